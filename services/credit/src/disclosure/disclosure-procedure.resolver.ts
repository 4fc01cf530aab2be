import type { DisclosureStatus, SecrecyReview } from '@casebridge/contracts';
import { civilDate } from '@casebridge/kernel';
import {
  BothWaysPage, type Connection, DateScalar, DeadlineType, LegalBasis, pageOf, RequestContext, toDeadline,
} from '@casebridge/platform';
import { Arg, Args, Ctx, Directive, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql';
import { CreditAgency } from '../agency/agency.type';
import { caseLoader } from '../case/case.source';
import { CreditCase } from '../case/case.type';
import type { DisclosureActEntity } from './disclosure-act.entity';
import { deferralLoader, type VisibleDeferral } from './disclosure-deferral.loader';
import { deferralList } from './disclosure-deferral.source';
import {
  DisclosureDeferral, DisclosureDeferralConnection, DisclosureDeferralFilter, DisclosureFilter, DisclosureProcedureAct, DisclosurePush, DisclosureStatusEnum, SecrecyReviewEnum,
} from './disclosure-procedure.type';
import { disclosureActs, disclosureLoader, disclosureTexts, type VisibleDisclosure } from './disclosure-record.loader';
import { disclosureProcedureList } from './disclosure-record.source';
import { DisclosureRecord, DisclosureRecordConnection } from './disclosure-record.type';
import { disclosureStatusOn } from './disclosure-status.rule';
import { metOn, provincePush, withdrawalDeadline } from './publication-clock.rule';

const isPublic = '@tag(name: "public")';

/** How it came to the publication, or not, is open to those who handle or supervise it. */
const inside = <T>({ may }: VisibleDisclosure, value: T): T | null => (may['procedure'] ? value : null);

const actOf = ({ detail, basisInstrument, basisArticle, basisMark, ...act }: DisclosureActEntity): DisclosureProcedureAct => ({
  ...act, basis: { instrument: basisInstrument, article: basisArticle, mark: basisMark }, on: detail.on ?? null, reviewOn: detail.reviewOn ?? null,
  text: detail.reasons ?? detail.opinion ?? null, cause: detail.cause ?? null, grounds: [...(detail.grounds ?? [])], changes: [...(detail.changes ?? [])],
});

@Resolver(() => DisclosureRecord)
export class DisclosureProcedureResolver {
  @Query(() => DisclosureRecordConnection, {
    nullable: true, description: '行政处罚公示办理 The records that you handle or supervise, in whatever state, newest first.',
  })
  disclosures(
    @Arg('filter', () => DisclosureFilter, { nullable: true }) filter: DisclosureFilter | null, @Args(() => BothWaysPage) page: BothWaysPage, @Ctx() ctx: RequestContext,
  ): Promise<Connection<VisibleDisclosure>> {
    return pageOf(ctx, disclosureProcedureList(ctx.reader, filter), page);
  }

  @Query(() => DisclosureRecord, { nullable: true, description: '行政处罚公示办理详情 One record that is open to you, in whatever state.' })
  disclosure(@Arg('id', () => ID) id: string, @Ctx() ctx: RequestContext): Promise<VisibleDisclosure | null> {
    return ctx.use(disclosureLoader).load(id);
  }

  @FieldResolver(() => DisclosureStatusEnum, { nullable: true, description: '公示状态 State as of today; for those who handle or supervise it.' })
  status(@Root() record: VisibleDisclosure, @Ctx() ctx: RequestContext): DisclosureStatus | null {
    return inside(record, disclosureStatusOn(record, ctx.reader.today, record.may['deferred'] === true));
  }

  @FieldResolver(() => String, { nullable: true, description: '决定书全文 The full text, without personal data and what was taken out; before the secrecy review for those who handle or supervise it.' })
  @Directive(isPublic)
  fullText(@Root() record: VisibleDisclosure, @Ctx() ctx: RequestContext): Promise<string | null> | null {
    const cleared = record.review === 'CLEARED' || record.review === 'REDACTED';
    return record.textBy !== null && (cleared || record.may['procedure']) ? ctx.use(disclosureTexts).load(record.id) : null;
  }

  @FieldResolver(() => SecrecyReviewEnum, { nullable: true, description: '保密审查结果 Outcome of the secrecy review; null: none since the text was stored.' })
  review(@Root() record: VisibleDisclosure): SecrecyReview | null {
    return inside(record, record.review);
  }

  @FieldResolver(() => DisclosurePush, { nullable: true, description: '跨省推送 What is owed to the province in which the party is registered; null where it is the authority\'s own.' })
  push(@Root() record: VisibleDisclosure, @Ctx() { deps, reader }: RequestContext): DisclosurePush | null {
    const owed = provincePush(record, reader.today, deps.calendar);
    if (owed === null) return null;
    const { push, met, publication } = owed;
    return inside(record, { pushedOn: record.pushedOn, deadline: push && toDeadline(push), met, publicationDeadline: publication && toDeadline(publication) });
  }

  @FieldResolver(() => DateScalar, { nullable: true, description: '撤回事由发生日期 The day from which the time for the withdrawal counts.' })
  withdrawalCauseOn(@Root() record: VisibleDisclosure): string | null {
    return inside(record, causeOf(record));
  }

  @FieldResolver(() => DeadlineType, { nullable: true, description: '撤回期限说明 Until when it had to be withdrawn (O45 art. 11), and why; null without a cause.' })
  withdrawalDeadline(@Root() record: VisibleDisclosure, @Ctx() { deps }: RequestContext): DeadlineType | null {
    const causeOn = causeOf(record);
    const deadline = causeOn === null ? null : withdrawalDeadline(causeOn, deps.calendar);
    return deadline && inside(record, toDeadline(deadline));
  }

  @FieldResolver(() => Boolean, { nullable: true, description: '是否按期撤回 Whether it was withdrawn in time; null while it still may be, and without a cause.' })
  withdrawalMet(@Root() record: VisibleDisclosure, @Ctx() { deps, reader }: RequestContext): boolean | null {
    const causeOn = causeOf(record);
    const withdrawnOn = record.withdrawnAt === null ? null : civilDate(record.withdrawnAt);
    return inside(record, causeOn === null ? null : metOn(withdrawalDeadline(causeOn, deps.calendar), withdrawnOn, reader.today));
  }

  @FieldResolver(() => Int, { nullable: true, description: '版本 Counts the acts; for `expectedVersion`.' })
  version(@Root() record: VisibleDisclosure): number | null {
    return inside(record, record.version);
  }

  @FieldResolver(() => [DisclosureProcedureAct], { nullable: true, description: '公示办理过程 The acts, in order.' })
  @Directive('@listSize(assumedSize: 6)')
  async acts(@Root() record: VisibleDisclosure, @Ctx() ctx: RequestContext): Promise<DisclosureProcedureAct[] | null> {
    return record.may['procedure'] ? (await ctx.use(disclosureActs).load(record.id)).map(actOf) : null;
  }
}

/** The day since which there is a cause to withdraw it, one that was only proposed included. */
const causeOf = (record: VisibleDisclosure): string | null => record.withdrawalCauseOn ?? record.proposal?.causeOn ?? null;

@Resolver(() => DisclosureDeferral)
export class DisclosureDeferralResolver {
  @Query(() => DisclosureDeferralConnection, { nullable: true, description: '暂缓公示 Deferrals of the cases that you handle or supervise, newest first.' })
  disclosureDeferrals(
    @Arg('filter', () => DisclosureDeferralFilter, { nullable: true }) filter: DisclosureDeferralFilter | null, @Args(() => BothWaysPage) page: BothWaysPage,
    @Ctx() ctx: RequestContext,
  ): Promise<Connection<VisibleDeferral>> {
    return pageOf(ctx, deferralList(ctx.reader, filter), page);
  }

  @Query(() => DisclosureDeferral, { nullable: true, description: '暂缓公示详情 One of them.' })
  disclosureDeferral(@Arg('id', () => ID) id: string, @Ctx() ctx: RequestContext): Promise<VisibleDeferral | null> {
    return ctx.use(deferralLoader).load(id);
  }

  @FieldResolver(() => LegalBasis, { nullable: true, description: '依据 The article that the head rests it on; not checked by the hub.' })
  basis(@Root() { basisInstrument, basisArticle }: VisibleDeferral): LegalBasis {
    return { instrument: basisInstrument, article: basisArticle, mark: 'NV' };
  }

  @FieldResolver(() => Boolean, { nullable: true, description: '逾期未复核 Whether it runs and was not looked at by its day.' })
  reviewOverdue(@Root() { status, reviewOn }: VisibleDeferral, @Ctx() { reader }: RequestContext): boolean {
    return status === 'RUNNING' && reviewOn < reader.today;
  }

  @FieldResolver(() => CreditAgency, { nullable: true, description: '决定机关 Agency that ordered it.' })
  agency(@Root() { agencyCode }: VisibleDeferral): CreditAgency {
    return { code: agencyCode };
  }

  @FieldResolver(() => CreditCase, { nullable: true, description: '案件 The case, where the reader may see it.' })
  case(@Root() { caseId }: VisibleDeferral, @Ctx() ctx: RequestContext): Promise<CreditCase | null> {
    return ctx.use(caseLoader).load(caseId);
  }

  @FieldResolver(() => [DisclosureProcedureAct], { nullable: true, description: '办理过程 The acts, in order.' })
  @Directive('@listSize(assumedSize: 4)')
  async acts(@Root() deferral: VisibleDeferral, @Ctx() ctx: RequestContext): Promise<DisclosureProcedureAct[]> {
    return (await ctx.use(disclosureActs).load(deferral.id)).map(actOf);
  }
}
