import { type Citation, isOverdue } from '@casebridge/kernel';
import { BothWaysPage, type Connection, DeadlineType, ForwardPage, pageOf, RequestContext } from '@casebridge/platform';
import { Arg, Args, Ctx, Directive, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { caseLoader, type VisibleCase } from '../admin-case/admin-case.loader';
import { CaseType, EnforcementEnterprise } from '../admin-case/admin-case.type';
import { agencyLoader } from '../agency/agency.loader';
import { AgencyType, type AgencyView, EnforcementRegion } from '../agency/agency.type';
import { BasisType } from '../shared/basis.type';
import { shownDeadline } from '../shared/stored-deadline';
import type { ClueActEntity } from './clue.entity';
import { ClueFilter } from './clue.input';
import { clueLoader, clueOfCase, cluesAlike, historyOfClue, type VisibleClue } from './clue.loader';
import { nonFilingBasis } from './clue.rule';
import { clueFilterSql, clueList } from './clue.source';
import { ClueConnection, ClueHistoryEntryType, ClueTestStretch, ClueType } from './clue.type';

@Resolver(() => ClueType)
export class ClueResolver {
  @Query(() => ClueType, { nullable: true, description: '线索 One clue; null when there is none that you may see.' })
  clue(@Arg('id', () => ID) id: string, @Ctx() ctx: RequestContext): Promise<VisibleClue | null> {
    return ctx.use(clueLoader).load(id);
  }

  @Query(() => ClueConnection, { nullable: true, description: '线索列表 Clues that you may see, the newest receipt first.' })
  async clues(
    @Arg('filter', () => ClueFilter, { nullable: true }) filter: ClueFilter | null,
    @Args(() => BothWaysPage) page: BothWaysPage,
    @Ctx() ctx: RequestContext,
  ): Promise<Connection<VisibleClue>> {
    return pageOf(ctx, clueList(ctx.reader, await clueFilterSql(ctx, filter ?? {})), page);
  }

  @FieldResolver(() => String, { nullable: true, description: '来源编号 Number of the source; that of a complaint is not open to whom the clue was transferred.' })
  sourceRef(@Root() q: VisibleClue): string | null {
    return q.source !== 'COMPLAINT' || q.may['number'] ? q.sourceRef : null;
  }

  @FieldResolver(() => AgencyType, { nullable: true, description: '承办机关 The agency that handles it.' })
  agency(@Root() q: VisibleClue, @Ctx() ctx: RequestContext): Promise<AgencyView | null> {
    return ctx.use(agencyLoader).load(q.agencyCode);
  }

  @FieldResolver(() => EnforcementRegion, { nullable: true, description: '地区 Place of the conduct.' })
  region(@Root() q: VisibleClue): EnforcementRegion {
    return { code: q.regionCode };
  }

  @FieldResolver(() => EnforcementEnterprise, { nullable: true, description: '当事企业 The enterprise that it is about.' })
  enterprise(@Root() q: VisibleClue): EnforcementEnterprise | null {
    return q.enterpriseUscc === null ? null : { uscc: q.enterpriseUscc };
  }

  @FieldResolver(() => String, { nullable: true, description: '当事人名称 As the source names it; of a natural person open to whoever handles it.' })
  partyName(@Root() q: VisibleClue): string | null {
    return q.partyKind !== 'NATURAL_PERSON' || q.may['person'] ? q.partyName : null;
  }

  @FieldResolver(() => [BasisType], { description: '涉嫌违反条款 Articles that seem to be broken.' })
  suspectedArticles(@Root() q: VisibleClue): readonly Citation[] {
    return q.suspectedArticles;
  }

  @FieldResolver(() => Boolean, { description: '是否逾期 Whether it is undecided and late now.' })
  overdue(@Root() q: VisibleClue, @Ctx() ctx: RequestContext): boolean {
    return isOverdue(ctx.deps.clock.now(), q.dueAt);
  }

  @FieldResolver(() => DeadlineType, { nullable: true, description: '期限说明 Why it is due when it is.' })
  deadline(@Root() q: VisibleClue): DeadlineType | null {
    return shownDeadline(q.deadline);
  }

  @FieldResolver(() => [ClueTestStretch], { description: '不计入期限的时间 Tests and appraisals, whose time is not counted.' })
  tests(@Root() q: VisibleClue): ClueTestStretch[] {
    return q.tests.map(({ kind, from, to }) => ({ kind, from: new Date(from), to: to === null ? null : new Date(to) }));
  }

  @FieldResolver(() => CaseType, { nullable: true, description: '案件 The case that it was filed as.' })
  case(@Root() q: VisibleClue, @Ctx() ctx: RequestContext): Promise<VisibleCase | null> | null {
    return q.caseId === null ? null : ctx.use(caseLoader).load(q.caseId);
  }

  @FieldResolver(() => BasisType, { nullable: true, description: '不予立案依据 The article that the ground of not filing rests on.' })
  nonFilingBasis(@Root() q: VisibleClue): Citation | null {
    return q.nonFilingGround === null ? null : nonFilingBasis[q.nonFilingGround];
  }

  @FieldResolver(() => AgencyType, { nullable: true, description: '受移送机关 The agency that it was transferred to.' })
  transferredTo(@Root() q: VisibleClue, @Ctx() ctx: RequestContext): Promise<AgencyView | null> | null {
    return q.transferredToCode === null ? null : ctx.use(agencyLoader).load(q.transferredToCode);
  }

  @FieldResolver(() => ClueType, { nullable: true, description: '移送前的线索 The clue that was transferred, as the sender left it.' })
  transferredFrom(@Root() q: VisibleClue, @Ctx() ctx: RequestContext): Promise<VisibleClue | null> | null {
    return q.transferredFromId === null ? null : ctx.use(clueLoader).load(q.transferredFromId);
  }

  @FieldResolver(() => ClueType, { nullable: true, description: '并入的线索 The older clue that it repeats.' })
  mergedInto(@Root() q: VisibleClue, @Ctx() ctx: RequestContext): Promise<VisibleClue | null> | null {
    return q.mergedIntoId === null ? null : ctx.use(clueLoader).load(q.mergedIntoId);
  }

  @FieldResolver(() => ClueConnection, { nullable: true,
    description: '疑似重复线索 Clues that you may see and that may be the same matter: same enterprise, same batch, same number of a source.',
  })
  possibleDuplicates(@Root() q: VisibleClue, @Args(() => ForwardPage) page: ForwardPage, @Ctx() ctx: RequestContext): Promise<Connection<VisibleClue>> {
    return ctx.use(cluesAlike).load(q.id, page);
  }

  @Directive('@listSize(assumedSize: 10)')
  @FieldResolver(() => [ClueHistoryEntryType], { nullable: true, description: '办理过程 Every act, in order.' })
  history(@Root() q: VisibleClue, @Ctx() ctx: RequestContext): Promise<ClueActEntity[]> {
    return ctx.use(historyOfClue).load(q.id);
  }
}

@Resolver(() => ClueHistoryEntryType)
export class ClueHistoryResolver {
  @FieldResolver(() => AgencyType, { nullable: true, description: '办理机关 Who acted.' })
  actor(@Root() a: ClueActEntity, @Ctx() ctx: RequestContext): Promise<AgencyView | null> {
    return ctx.use(agencyLoader).load(a.actorCode);
  }

  @FieldResolver(() => BasisType, { description: '依据 The article the act rests on.' })
  basis(@Root() a: ClueActEntity): Citation {
    return { instrument: a.basisInstrument, article: a.basisArticle, mark: a.basisMark };
  }

  @FieldResolver(() => DeadlineType, { nullable: true, description: '期限说明 Why a decision was due then.' })
  deadline(@Root() a: ClueActEntity): DeadlineType | null {
    return shownDeadline(a.deadline);
  }

  @FieldResolver(() => String, { nullable: true, description: '说明 What was said with the act: reasons, result, who tests.' })
  note(@Root() { detail }: ClueActEntity): string | null {
    return detail.reasons ?? detail.result ?? detail.testedBy ?? null;
  }
}

@Resolver(() => CaseType)
export class CaseClueResolver {
  @FieldResolver(() => ClueType, { nullable: true, description: '案件来源 The clue that the case came from.' })
  clue(@Root() c: VisibleCase, @Ctx() ctx: RequestContext): Promise<VisibleClue | null> {
    return ctx.use(clueOfCase).load(c.caseId);
  }
}
