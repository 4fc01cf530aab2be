import type { RepairDocument, RepairKind, RepairRefusalGround } from '@casebridge/contracts';
import type { NamedClockRow } from '@casebridge/kernel';
import {
  BothWaysPage, clockRowsFor, clockRowsOf, type Connection, DateScalar, DateTimeScalar, DeadlineType, ForwardPage, pageOf, RequestContext, StatutoryClockRow,
  toDeadline,
} from '@casebridge/platform';
import { Arg, Args, Ctx, Directive, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql';
import { CreditAgency } from '../agency/agency.type';
import { caseOf } from '../case/case.source';
import { CreditCase } from '../case/case.type';
import { DisclosureRecord } from '../disclosure/disclosure-record.type';
import { CreditEnterprise } from '../enterprise/enterprise.type';
import type { CreditRepairActEntity } from './repair.entity';
import { refusalBasis, type Repairable, rowOf } from './repair-ground.rule';
import { repairClocks } from './repair.clocks';
import { actsOfRepair, repairLoader, repairsOfEnterprise, repairsOfRecord, restrictionLoader, type VisibleRepair } from './repair.loader';
import { earliestRepairOn, repairDeadline } from './repair.rule';
import { repairList } from './repair.source';
import { CreditRepair, CreditRepairAct, CreditRepairConnection, CreditRepairFilter, RepairDocumentEnum, RepairKindEnum, RepairRefusalGroundEnum } from './repair.type';

const isPublic = '@tag(name: "public")';
type Rows = Connection<VisibleRepair>;
const clockRows = clockRowsOf(repairClocks);

/** The application and what became of it: not told with the revocation. */
const inside = <T>({ may }: VisibleRepair, value: T): T | null => (may['procedure'] ? value : null);

const actOf = ({ detail, basisInstrument, basisArticle, basisMark, ...act }: CreditRepairActEntity): CreditRepairAct => ({
  ...act, basis: detail.ground ? refusalBasis(detail.ground) : { instrument: basisInstrument, article: basisArticle, mark: basisMark }, on: detail.on ?? null,
  text: detail.reasons ?? detail.opinion ?? null, ground: detail.ground ?? null, documents: detail.documents ?? null, dutiesPerformed: detail.dutiesPerformed ?? null,
  harmRemoved: detail.harmRemoved ?? null, receiptNo: detail.receiptNo ?? null,
});

@Resolver(() => CreditRepair)
export class CreditRepairResolver {
  @Query(() => CreditRepairConnection, {
    nullable: true, description: '信用修复 Repairs that you handle, supervise or were told of, newest first; to everybody those that were revoked for fraud, for three years.',
  })
  @Directive(isPublic)
  creditRepairs(
    @Arg('filter', () => CreditRepairFilter, { nullable: true }) @Directive(isPublic) filter: CreditRepairFilter | null,
    @Args(() => BothWaysPage) page: BothWaysPage,
    @Ctx() ctx: RequestContext,
  ): Promise<Rows> {
    return pageOf(ctx, repairList(ctx.reader, filter && { ...filter, overdueAt: filter.overdue ? ctx.deps.clock.now() : null }), page);
  }

  @Query(() => CreditRepair, { nullable: true, description: '信用修复 One of them.' })
  @Directive(isPublic)
  creditRepair(@Arg('id', () => ID) @Directive(isPublic) id: string, @Ctx() ctx: RequestContext): Promise<VisibleRepair | null> {
    return ctx.use(repairLoader).load(id);
  }

  @Query(() => [StatutoryClockRow], { nullable: true, description: '信用修复期限表 The statutory clocks of credit repair.' })
  @Directive(isPublic)
  @Directive('@listSize(assumedSize: 20)')
  repairClocks(@Ctx() ctx: RequestContext): readonly NamedClockRow[] {
    return clockRowsFor(ctx.reader, clockRows);
  }

  @FieldResolver(() => CreditAgency, { nullable: true, description: '决定机关 Agency that decided the penalty, and decides on its repair.' })
  @Directive(isPublic)
  agency(@Root() { agencyCode }: VisibleRepair): CreditAgency {
    return { code: agencyCode };
  }

  @FieldResolver(() => CreditEnterprise, { nullable: true, description: '企业 The enterprise, where the party is one.' })
  @Directive(isPublic)
  enterprise(@Root() { uscc }: VisibleRepair): CreditEnterprise | null {
    return uscc === null ? null : { uscc };
  }

  @FieldResolver(() => CreditCase, { nullable: true, description: '案件 The case, where the reader may see it.' })
  case(@Root() { caseId }: VisibleRepair, @Ctx() ctx: RequestContext): Promise<CreditCase | null> {
    return caseOf(ctx, caseId);
  }

  @FieldResolver(() => RepairKindEnum, { nullable: true, description: '类型 Which way it goes.' })
  kind(@Root() repair: VisibleRepair): RepairKind | null {
    return inside(repair, repair.kind);
  }

  @FieldResolver(() => CreditAgency, { nullable: true, description: '登记地机关 Agency of the province where the party is registered, where that is another one.' })
  registryAgency(@Root() repair: VisibleRepair): CreditAgency | null {
    return inside(repair, repair.registryCode === null ? null : { code: repair.registryCode });
  }

  @FieldResolver(() => DateScalar, { nullable: true, description: '申请日期 Day of the application, or on which the de-registration was recorded.' })
  appliedOn(@Root() repair: VisibleRepair): string | null {
    return inside(repair, repair.appliedOn);
  }

  @FieldResolver(() => [RepairDocumentEnum], { nullable: true, description: '申请材料 What was handed in so far.' })
  documents(@Root() repair: VisibleRepair): RepairDocument[] | null {
    return inside(repair, repair.documents);
  }

  @FieldResolver(() => RepairRefusalGroundEnum, { nullable: true, description: '不予受理、不予修复理由 Why not.' })
  refusalGround(@Root() repair: VisibleRepair): RepairRefusalGround | null {
    return inside(repair, repair.refusalGround);
  }

  @FieldResolver(() => DateTimeScalar, { nullable: true, description: '停止公示时间 Since when the decision is not shown, shared or used.' })
  stoppedAt(@Root() repair: VisibleRepair): Date | null {
    return inside(repair, repair.stoppedAt);
  }

  @FieldResolver(() => DateScalar, { nullable: true, description: '同步日期 Day on which the other channel and the registering province were told.' })
  notifiedOn(@Root() repair: VisibleRepair): string | null {
    return inside(repair, repair.notifiedOn);
  }

  @FieldResolver(() => DateTimeScalar, { nullable: true, description: '逾期起点 First late instant of what is due; null without a running clock.' })
  dueAt(@Root() repair: VisibleRepair): Date | null {
    return inside(repair, repair.dueAt);
  }

  @FieldResolver(() => DeadlineType, { nullable: true, description: '期限说明 What is due when, and why.' })
  deadline(@Root() repair: VisibleRepair, @Ctx() ctx: RequestContext): DeadlineType | null {
    const { clock, clockStartedAt } = repair;
    return clock === null || clockStartedAt === null ? null : inside(repair, toDeadline(repairDeadline(clock, clockStartedAt, ctx.deps.calendar)));
  }

  @FieldResolver(() => Int, { nullable: true, description: '版本 Counts the acts; for `expectedVersion`.' })
  version(@Root() repair: VisibleRepair): number | null {
    return inside(repair, repair.version);
  }

  @FieldResolver(() => [CreditRepairAct], { nullable: true, description: '办理过程 The acts, in order.' })
  @Directive('@listSize(assumedSize: 8)')
  async acts(@Root() repair: VisibleRepair, @Ctx() ctx: RequestContext): Promise<CreditRepairAct[] | null> {
    return repair.may['procedure'] ? (await ctx.use(actsOfRepair).load(repair.id)).map(actOf) : null;
  }
}

@Resolver(() => DisclosureRecord)
export class RecordRepairResolver {
  @FieldResolver(() => CreditRepairConnection, { nullable: true, description: '信用修复 Repairs of the record, those that were refused included.' })
  @Directive(isPublic)
  creditRepairs(@Root() { id }: DisclosureRecord, @Args(() => ForwardPage) page: ForwardPage, @Ctx() ctx: RequestContext): Promise<Rows> {
    return ctx.use(repairsOfRecord).load(id, page);
  }

  @FieldResolver(() => DateScalar, { nullable: true, description: '最早可修复日 First day on which repair may be asked for; null: never; for agencies.' })
  async earliestRepairOn(@Root() record: Repairable & { readonly publishedOn: string; readonly decisionId: string }, @Ctx() ctx: RequestContext): Promise<string | null> {
    if (ctx.reader.self === null) return null;
    return earliestRepairOn(rowOf(record), record.publishedOn, await ctx.use(restrictionLoader).load(record.decisionId), ctx.deps.calendar);
  }
}

@Resolver(() => CreditEnterprise)
export class EnterpriseRepairResolver {
  @FieldResolver(() => CreditRepairConnection, { nullable: true, description: '信用修复 Repairs of penalties of the enterprise.' })
  @Directive(isPublic)
  creditRepairs(@Root() { uscc }: CreditEnterprise, @Args(() => ForwardPage) page: ForwardPage, @Ctx() ctx: RequestContext): Promise<Rows> {
    return ctx.use(repairsOfEnterprise).load(uscc, page);
  }
}
