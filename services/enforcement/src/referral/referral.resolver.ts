import type { Citation } from '@casebridge/kernel';
import { isOverdue } from '@casebridge/kernel';
import { BothWaysPage, type Connection, DateTimeScalar, DeadlineType, ForwardPage, LegalBasis, pageOf, RequestContext, toDeadline, type Visible } from '@casebridge/platform';
import { Arg, Args, Ctx, Directive, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { caseLoader } from '../admin-case/admin-case.loader';
import { CaseType, EnforcementEnterprise } from '../admin-case/admin-case.type';
import { agencyLoader } from '../agency/agency.loader';
import { AgencyType, type AgencyView } from '../agency/agency.type';
import { revivedDeadline, shownDeadline } from '../shared/stored-deadline';
import type { ReferralEntity, ReferralRefusalEntity, ReferralTimelineEntity } from './referral.entity';
import { tracksAfter } from './referral-record';
import type { ReferralTrack } from './referral-track';
import { referralEventCursor } from './referral-events';
import { factsInShort } from './facts-in-short';
import { referralFilterSql } from './referral-filter';
import { ReferralFilter } from './referral.input';
import { documentsOf, referralLoader, referralOfCase, referralsOfCase, referralsOfEnterprise, timelineOf, type VisibleReferral } from './referral.loader';
import { refusalList, referralList } from './referral.source';
import { lastShown, mayNote } from './referral-words';
import {
  JudgmentType, NonProsecutionType, ReferralConnection, ReferralDocumentType, ReferralRefusalConnection, ReferralRefusalType, ReferralTimelineEntryType, ReferralTrackType,
  ReferralType,
} from './referral.type';

/** A timeline entry, and whether its words are open. */
type VisibleEntry = ReferralTimelineEntity & { readonly mayNote: boolean };

const agencyOf = (ctx: RequestContext, code: string | null): Promise<AgencyView | null> | null => (code === null ? null : ctx.use(agencyLoader).load(code));

@Resolver(() => ReferralType)
export class ReferralResolver {
  @Query(() => ReferralType, { nullable: true, description: '移送 One referral; null when there is none that you may see.' })
  referral(@Arg('id', () => ID) id: string, @Ctx() ctx: RequestContext): Promise<VisibleReferral | null> {
    return ctx.use(referralLoader).load(id);
  }

  @Query(() => ReferralConnection, { nullable: true, description: '移送列表 Referrals that you may see, the newest first.' })
  referrals(
    @Arg('filter', () => ReferralFilter, { nullable: true }) filter: ReferralFilter | null,
    @Args(() => BothWaysPage) page: BothWaysPage,
    @Ctx() ctx: RequestContext,
  ): Promise<Connection<Visible<ReferralEntity>>> {
    return pageOf(ctx, referralList(ctx.reader, referralFilterSql(filter ?? {}, ctx.deps.clock.now())), page);
  }

  @Query(() => ReferralRefusalConnection, { nullable: true, description: '不批准移送情况 Refusals to refer that you may see, the newest first.' })
  referralRefusals(@Args(() => BothWaysPage) page: BothWaysPage, @Ctx() ctx: RequestContext): Promise<Connection<Visible<ReferralRefusalEntity>>> {
    return pageOf(ctx, refusalList(ctx.reader), page);
  }

  @Query(() => String, { nullable: true, description: 'Cursor of the present end of the log of referrals, for referralUpdated(after:).' })
  referralEventCursor(@Ctx() ctx: RequestContext): Promise<string> {
    return referralEventCursor(ctx);
  }

  @FieldResolver(() => CaseType, { nullable: true, description: '案件' })
  case(@Root() r: VisibleReferral, @Ctx() ctx: RequestContext) {
    return ctx.use(caseLoader).load(r.caseId);
  }

  @FieldResolver(() => AgencyType, { nullable: true, description: '当前承办机关 The agency that must act next.' })
  holder(@Root() r: VisibleReferral, @Ctx() ctx: RequestContext) {
    return agencyOf(ctx, r.holderCode);
  }

  @FieldResolver(() => AgencyType, { nullable: true, description: '移送机关' })
  filingAgency(@Root() r: VisibleReferral, @Ctx() ctx: RequestContext) {
    return agencyOf(ctx, r.filingAgencyCode);
  }

  @FieldResolver(() => AgencyType, { nullable: true, description: '受移送的公安机关' })
  policeAgency(@Root() r: VisibleReferral, @Ctx() ctx: RequestContext) {
    return agencyOf(ctx, r.policeAgencyCode);
  }

  @FieldResolver(() => AgencyType, { nullable: true, description: '抄送的人民检察院' })
  procuratorateAgency(@Root() r: VisibleReferral, @Ctx() ctx: RequestContext) {
    return agencyOf(ctx, r.procuratorateAgencyCode);
  }

  @FieldResolver(() => AgencyType, { nullable: true, description: '受理的人民法院' })
  court(@Root() r: VisibleReferral, @Ctx() ctx: RequestContext) {
    return agencyOf(ctx, r.courtAgencyCode);
  }

  @FieldResolver(() => String, { nullable: true, description: '撤销案件理由 Owed to the agency that filed.' })
  withdrawalReasons(@Root() r: VisibleReferral): string | null {
    return r.may['notice'] ? r.withdrawalReasons : null;
  }

  @FieldResolver(() => NonProsecutionType, { nullable: true, description: '不起诉决定 Owed to the agency that filed.' })
  nonProsecution(@Root() r: VisibleReferral): NonProsecutionType | null {
    const { nonProsecutionKind: kind, nonProsecutionReasons: reasons } = r;
    return r.may['notice'] && kind && reasons ? { kind, reasons } : null;
  }

  @FieldResolver(() => String, { nullable: true, description: '起诉书文号 For police, procuratorate and court.' })
  indictmentNo(@Root() r: VisibleReferral): string | null {
    return r.may['proceedings'] ? r.indictmentNo : null;
  }

  @FieldResolver(() => JudgmentType, { nullable: true, description: '判决 For police, procuratorate and court; owed to the agency that filed once it is effective.' })
  judgment(@Root() r: VisibleReferral): JudgmentType | null {
    const { judgmentNo: number, judgmentOutcome: outcome, judgmentInstance: instance, judgedOn, effectiveOn } = r;
    const open = r.may[effectiveOn === null ? 'proceedings' : 'notice'];
    return open && number && outcome && instance && judgedOn ? { number, outcome, instance, judgedOn, effectiveOn } : null;
  }

  @FieldResolver(() => Boolean, { nullable: true, description: '是否逾期 Whether the clock that runs is over now.' })
  overdue(@Root() r: VisibleReferral, @Ctx() ctx: RequestContext): boolean {
    return isOverdue(r.asOf?.at ?? ctx.deps.clock.now(), r.dueAt);
  }

  @FieldResolver(() => DeadlineType, { nullable: true, description: '期限说明 Why it is due when it is.' })
  deadline(@Root() r: VisibleReferral): DeadlineType | null {
    return shownDeadline(r.deadline);
  }

  @FieldResolver(() => String, { nullable: true, description: '案件事实 Facts of the report; part of the file.' })
  facts(@Root() r: VisibleReferral): string | null {
    return r.may['file'] ? r.facts : null;
  }

  @FieldResolver(() => [String], { nullable: true, description: '专案组 The task force; part of the file.' })
  taskForce(@Root() r: VisibleReferral): readonly string[] | null {
    return r.may['file'] ? r.taskForce : null;
  }

  @FieldResolver(() => [ReferralDocumentType], { nullable: true, description: '移送材料 Documents; part of the file.' })
  async documents(@Root() r: VisibleReferral, @Ctx() ctx: RequestContext): Promise<ReferralDocumentType[] | null> {
    if (!r.may['file']) return null;
    const documents = await ctx.use(documentsOf).load(r.id);
    return documents.filter((d) => d.addedPosition <= lastShown(r));
  }

  @Directive('@listSize(assumedSize: 20)')
  @FieldResolver(() => [ReferralTimelineEntryType], { nullable: true, description: '办理过程 Every act, in order.' })
  async timeline(@Root() r: VisibleReferral, @Ctx() ctx: RequestContext): Promise<VisibleEntry[]> {
    const entries = await ctx.use(timelineOf).load(r.id);
    return entries.filter((e) => e.position <= lastShown(r)).map((e) => ({ ...e, mayNote: mayNote(r, e.act) }));
  }

  @Directive('@listSize(assumedSize: 3)')
  @FieldResolver(() => [ReferralTrackType], { nullable: true, description: '并行程序 Tracks beside the main one, the last of each kind.' })
  async tracks(@Root() r: VisibleReferral, @Ctx() ctx: RequestContext): Promise<ReferralTrack[]> {
    const entries = await ctx.use(timelineOf).load(r.id);
    return Object.values(tracksAfter(entries.filter((e) => e.position <= lastShown(r)))).map((track) => ({ ...track, asOf: r.asOf?.at ?? null }));
  }
}

/** A track as a reader sees it: `asOf` where it is not shown as it stands now. */
type SeenTrack = ReferralTrack & { readonly asOf?: Date | null };

@Resolver(() => ReferralTrackType)
export class ReferralTrackResolver {
  @FieldResolver(() => AgencyType, { nullable: true, description: '当前承办机关 Who must act next on it; null where nobody must.' })
  holder(@Root() track: SeenTrack, @Ctx() ctx: RequestContext) {
    return agencyOf(ctx, track.holderCode);
  }

  @FieldResolver(() => DateTimeScalar, { nullable: true })
  dueAt(@Root() { deadline }: SeenTrack): Date | null {
    return deadline?.dueAt ?? null;
  }

  @FieldResolver(() => Boolean, { nullable: true, description: '是否逾期' })
  overdue(@Root() { asOf, deadline }: SeenTrack, @Ctx() ctx: RequestContext): boolean {
    return isOverdue(asOf ?? ctx.deps.clock.now(), deadline?.dueAt ?? null);
  }

  @FieldResolver(() => DeadlineType, { nullable: true, description: '期限说明 Why it is due when it is.' })
  deadline(@Root() { deadline }: SeenTrack): DeadlineType | null {
    return deadline && toDeadline(deadline);
  }
}

@Resolver(() => ReferralTimelineEntryType)
export class ReferralTimelineResolver {
  @FieldResolver(() => AgencyType, { nullable: true, description: '办理机关 Who acted.' })
  actor(@Root() e: ReferralTimelineEntity, @Ctx() ctx: RequestContext) {
    return agencyOf(ctx, e.actorCode);
  }

  @FieldResolver(() => AgencyType, { nullable: true, description: '随后的承办机关 Who must act next after it.' })
  holder(@Root() e: ReferralTimelineEntity, @Ctx() ctx: RequestContext) {
    return agencyOf(ctx, e.holderCode);
  }

  @FieldResolver(() => String, { nullable: true, description: '说明 What was said with the act: opinion, reasons, gaps, explanation, number.' })
  note(@Root() e: VisibleEntry): string | null {
    if (!e.mayNote) return null;
    const { opinion, reasons, gaps, goods, explanation, opinionNo, indictmentNo, judgmentNo } = e.detail;
    const said = opinion ?? reasons ?? gaps ?? explanation ?? opinionNo ?? indictmentNo ?? judgmentNo ?? goods ?? null;
    return typeof said === 'string' || said === null ? said : said.join('\n');
  }

  @FieldResolver(() => String, { nullable: true, description: '文书文号 Number of the notice, opinion or decision of the act.' })
  documentNo(@Root() e: VisibleEntry): string | null {
    return e.mayNote ? (e.detail.documentNo ?? null) : null;
  }

  @FieldResolver(() => String, { nullable: true, description: '批准人 Who approved an extension.' })
  approver(@Root() e: VisibleEntry): string | null {
    return e.mayNote ? (e.detail.approver ?? null) : null;
  }

  @FieldResolver(() => [ReferralTrackType], { description: '并行程序 Tracks beside the main one that the act changed, as they stood after it.' })
  tracks(@Root() e: ReferralTimelineEntity): ReferralTrack[] {
    return e.tracks.map((track) => ({ ...track, deadline: revivedDeadline(track.deadline), asOf: e.at }));
  }

  @FieldResolver(() => LegalBasis, { description: '依据 The article the act rests on.' })
  basis(@Root() e: ReferralTimelineEntity): Citation {
    return { instrument: e.basisInstrument, article: e.basisArticle, mark: e.basisMark };
  }

  @FieldResolver(() => DeadlineType, { nullable: true })
  deadline(@Root() e: ReferralTimelineEntity): DeadlineType | null {
    return shownDeadline(e.deadline);
  }
}

@Resolver(() => ReferralRefusalType)
export class ReferralRefusalResolver {
  @FieldResolver(() => AgencyType, { nullable: true, description: '作出决定的机关' })
  agency(@Root() r: ReferralRefusalEntity, @Ctx() ctx: RequestContext) {
    return agencyOf(ctx, r.agencyCode);
  }

  @FieldResolver(() => String, { description: '事实摘要 Facts in short.' })
  factsInShort(@Root() r: ReferralRefusalEntity): string {
    return factsInShort(r.facts);
  }

  @FieldResolver(() => DateTimeScalar)
  refusedAt(@Root() r: ReferralRefusalEntity): Date {
    return r.refusedAt;
  }
}

@Resolver(() => CaseType)
export class CaseReferralResolver {
  @FieldResolver(() => ReferralType, { nullable: true, description: '当前移送 The current referral.' })
  referral(@Root() c: { caseId: string }, @Ctx() ctx: RequestContext): Promise<VisibleReferral | null> {
    return ctx.use(referralOfCase).load(c.caseId);
  }

  @FieldResolver(() => ReferralConnection, { nullable: true, description: '历次移送 All referrals of the case, the newest first.' })
  referrals(@Root() c: { caseId: string }, @Args(() => ForwardPage) page: ForwardPage, @Ctx() ctx: RequestContext) {
    return ctx.use(referralsOfCase).load(c.caseId, page);
  }
}

@Resolver(() => EnforcementEnterprise)
export class EnterpriseReferralsResolver {
  @FieldResolver(() => ReferralConnection, { nullable: true, description: '涉嫌犯罪移送 Referrals of cases against it that you may see.' })
  referrals(@Root() { uscc }: EnforcementEnterprise, @Args(() => ForwardPage) page: ForwardPage, @Ctx() ctx: RequestContext) {
    return ctx.use(referralsOfEnterprise).load(uscc, page);
  }
}
