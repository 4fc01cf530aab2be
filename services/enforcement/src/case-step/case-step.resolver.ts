import { type Citation, type Deadline, isOverdue } from '@casebridge/kernel';
import { DateTimeScalar, DeadlineType, RequestContext, toDeadline } from '@casebridge/platform';
import { Ctx, Directive, FieldResolver, Resolver, Root } from 'type-graphql';
import type { VisibleCase } from '../admin-case/admin-case.loader';
import { CaseType } from '../admin-case/admin-case.type';
import { agencyLoader } from '../agency/agency.loader';
import { AgencyType, type AgencyView } from '../agency/agency.type';
import { runningDecisionDeadline } from '../penalty-decision/decision-period.rule';
import { BasisType } from '../shared/basis.type';
import { shownDeadline } from '../shared/stored-deadline';
import { type CaseState, decisionPeriodOf, owesDecision, stepDeadline } from './case-standing.rule';
import type { CaseStepEntity } from './case-step.entity';
import { stepsOfCase } from './case-step.loader';
import { caseStateOf } from './case-step-record';
import { CaseProgress, CaseStepType } from './case-step.type';

/** Steps that are open to the reader: the file, up to the end of his part. */
async function stepsOf(c: VisibleCase, ctx: RequestContext): Promise<CaseStepEntity[] | null> {
  if (!c.may['file']) return null;
  const steps = await ctx.use(stepsOfCase).load(c.caseId);
  const { ended } = c;
  return ended ? steps.filter(({ at }) => at <= ended.at) : steps;
}

/** What the clocks of a case are counted from; null where nothing runs for this reader: no head of the case, or a part that has ended. */
async function running(c: VisibleCase, ctx: RequestContext): Promise<CaseState | null> {
  if (!c.may['head'] || c.ended) return null;
  const steps = await ctx.use(stepsOfCase).load(c.caseId);
  return caseStateOf(c, steps.at(-1)?.standing ?? null);
}

async function decisionDue(c: VisibleCase, ctx: RequestContext): Promise<Deadline | null> {
  const state = owesDecision(c) ? await running(c, ctx) : null;
  return state && runningDecisionDeadline(decisionPeriodOf(state), ctx.deps.clock.now(), ctx.deps.calendar);
}

async function stepDue(c: VisibleCase, ctx: RequestContext): Promise<Deadline | null> {
  const state = c.may['file'] ? await running(c, ctx) : null;
  return state && stepDeadline(state, ctx.deps.clock.now(), ctx.deps.calendar);
}

@Resolver(() => CaseType)
export class CaseProgressResolver {
  @FieldResolver(() => DateTimeScalar, { nullable: true, description: '办案期限逾期起点 The first instant at which the decision is late; null once it is made, and while it waits.' })
  async decisionDueAt(@Root() c: VisibleCase, @Ctx() ctx: RequestContext): Promise<Date | null> {
    return (await decisionDue(c, ctx))?.dueAt ?? null;
  }

  @FieldResolver(() => Boolean, { nullable: true, description: '办案期限是否逾期 Whether the decision is owed and late now.' })
  async decisionOverdue(@Root() c: VisibleCase, @Ctx() ctx: RequestContext): Promise<boolean | null> {
    return c.may['head'] && !c.ended ? isOverdue(ctx.deps.clock.now(), (await decisionDue(c, ctx))?.dueAt ?? null) : null;
  }

  @FieldResolver(() => DeadlineType, { nullable: true, description: '办案期限说明 Why the decision is due when it is: ninety days from filing, what was added and what does not count.' })
  async decisionDeadline(@Root() c: VisibleCase, @Ctx() ctx: RequestContext): Promise<DeadlineType | null> {
    const deadline = await decisionDue(c, ctx);
    return deadline && toDeadline(deadline);
  }

  @FieldResolver(() => DeadlineType, { nullable: true, description: "当前步骤期限 What runs in the present state: the review, or the party's time to answer the notice; part of the file." })
  async stepDeadline(@Root() c: VisibleCase, @Ctx() ctx: RequestContext): Promise<DeadlineType | null> {
    const deadline = await stepDue(c, ctx);
    return deadline && toDeadline(deadline);
  }

  @FieldResolver(() => Boolean, { nullable: true, description: '当前步骤是否逾期 Whether that is over; part of the file.' })
  async stepOverdue(@Root() c: VisibleCase, @Ctx() ctx: RequestContext): Promise<boolean | null> {
    return c.may['file'] && !c.ended ? isOverdue(ctx.deps.clock.now(), (await stepDue(c, ctx))?.dueAt ?? null) : null;
  }

  @FieldResolver(() => CaseProgress, { nullable: true, description: '办案进度 How far the procedure has come; null where no step is recorded, and part of the file.' })
  async progress(@Root() c: VisibleCase, @Ctx() ctx: RequestContext): Promise<CaseProgress | null> {
    const standing = (await stepsOf(c, ctx))?.at(-1)?.standing;
    if (!standing) return null;
    const { officers, major, discussed, review, notice, hearing, excluded, extensions } = standing;
    return {
      officers, major, discussed, extensions, reviewKind: review?.kind ?? null, reviewPassed: review?.passed ?? null, noticeServedOn: notice?.servedOn ?? null,
      hearingOffered: notice?.hearingOffered ?? null, hearingRequestedOn: hearing?.requestedOn ?? null, hearingOn: hearing?.heldFor ?? null, hearingHeld: hearing?.held ?? null,
      excludedTime: excluded.map(({ kind, from, to }) => ({ kind, from: new Date(from), to: to === null ? null : new Date(to) })),
    };
  }

  @Directive('@listSize(assumedSize: 15)')
  @FieldResolver(() => [CaseStepType], { nullable: true, description: '办案过程 Every step that is recorded, in order; part of the file.' })
  steps(@Root() c: VisibleCase, @Ctx() ctx: RequestContext): Promise<CaseStepEntity[] | null> {
    return stepsOf(c, ctx);
  }
}

@Resolver(() => CaseStepType)
export class CaseStepResolver {
  @FieldResolver(() => AgencyType, { nullable: true, description: '办理机关 Who acted.' })
  actor(@Root() s: CaseStepEntity, @Ctx() ctx: RequestContext): Promise<AgencyView | null> {
    return ctx.use(agencyLoader).load(s.actorCode);
  }

  @FieldResolver(() => BasisType, { description: '依据 The article the step rests on.' })
  basis(@Root() s: CaseStepEntity): Citation {
    return { instrument: s.basisInstrument, article: s.basisArticle, mark: s.basisMark };
  }

  @FieldResolver(() => DeadlineType, { nullable: true, description: '期限说明 Why what ran after it was due then.' })
  deadline(@Root() s: CaseStepEntity): DeadlineType | null {
    return shownDeadline(s.deadline);
  }

  @FieldResolver(() => String, { nullable: true, description: '说明 What was said with the step: reasons, report, opinion, statement.' })
  note(@Root() { words }: CaseStepEntity): string | null {
    return words.text ?? null;
  }

  @FieldResolver(() => String, { nullable: true, description: '文号 Number of the document of a decision without a penalty.' })
  documentNo(@Root() { words }: CaseStepEntity): string | null {
    return words.documentNo ?? null;
  }
}
