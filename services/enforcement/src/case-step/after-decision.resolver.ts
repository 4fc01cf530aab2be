import { civilDate, type HolidayCalendar, isOverdue, startOfDay } from '@casebridge/kernel';
import { RequestContext, toDeadline } from '@casebridge/platform';
import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { caseLoader } from '../admin-case/admin-case.loader';
import { lastDayOf } from '../penalty-decision/decision-period.rule';
import { penaltyClocks } from '../penalty-decision/penalty-decision.clocks';
import { itemsOfDecision, type VisibleDecision } from '../penalty-decision/penalty-decision.loader';
import { PenaltyDecisionType } from '../penalty-decision/penalty-decision.type';
import { ArchiveCaseInput, CloseCaseInput, ConfirmOverturningInput, DecisionOutcomeInput, EnforceDecisionInput, RecordFinePaymentInput, RecordRemedyInput } from './after-decision.input';
import { DecisionExecution } from './after-decision.type';
import {
  applyForCourtEnforcement, archiveCase, closeCase, confirmOverturning, correctDecision, demandPerformance, recordFinePayment, recordRemedy, recordRemedyOutcome, reopenCase,
} from './after-decision.usecase';
import type { CaseStepTaken } from './case-step-act';
import { CaseIdArg, CaseStepPayload, KeyArg } from './case-step-acts.resolver';
import { CaseReasonsInput } from './case-step.input';
import { stepsOfCase } from './case-step.loader';
import { type Execution, notExecuted, owedFen, paidFen, surchargeFen } from './execution.rule';

function shownExecution(servedOn: string, items: Parameters<typeof owedFen>[0], execution: Execution, now: Date, calendar: HolidayCalendar): DecisionExecution {
  const { demandedOn, courtOn, remedies, pending, overturned } = execution;
  const fineFen = owedFen(items.filter(({ kind }) => kind === 'FINE'));
  const served = startOfDay(servedOn);
  const lastDay = lastDayOf(penaltyClocks.finePayment, served, calendar);
  const deadline = lastDay === null ? null : penaltyClocks.finePayment.dueAt(served, calendar);
  return {
    fineFen, owedFen: owedFen(items), paidFen: paidFen(execution), surchargeFen: lastDay === null ? 0 : surchargeFen({ fineFen, lastDay, execution }, civilDate(now)), paymentDeadline: deadline && toDeadline(deadline),
    overdue: overturned === null && paidFen(execution) < owedFen(items) && isOverdue(now, deadline?.dueAt ?? null), demandedOn, courtAppliedOn: courtOn, remedies, pending, overturned,
  };
}

@Resolver(() => PenaltyDecisionType)
export class DecisionExecutionResolver {
  @FieldResolver(() => DecisionExecution, { nullable: true, description: '执行情况 What became of it after its service; null before, and part of the file of the case.' })
  async execution(@Root() d: VisibleDecision, @Ctx() ctx: RequestContext): Promise<DecisionExecution | null> {
    const c = await ctx.use(caseLoader).load(d.caseId);
    if (!c?.may['file'] || c.ended || d.servedOn === null) return null;
    const steps = await ctx.use(stepsOfCase).load(d.caseId);
    const items = await ctx.use(itemsOfDecision).load(d.id);
    const { clock, calendar } = ctx.deps;
    return shownExecution(d.servedOn, items, steps.at(-1)?.standing.executions[d.id] ?? notExecuted, clock.now(), calendar);
  }
}

@Resolver()
export class AfterDecisionResolver {
  @Mutation(() => CaseStepPayload, { description: '缴纳罚款 Records a payment of the fine.' })
  recordFinePayment(
    @CaseIdArg() caseId: string, @Arg('input', () => RecordFinePaymentInput) input: RecordFinePaymentInput, @KeyArg() key: string, @Ctx() ctx: RequestContext,
  ): Promise<CaseStepTaken> {
    return recordFinePayment(ctx, { caseId, input }, key);
  }

  @Mutation(() => CaseStepPayload, { description: '催告 Demands what was not performed in the fifteen days.' })
  demandPerformance(
    @CaseIdArg() caseId: string, @Arg('input', () => EnforceDecisionInput) input: EnforceDecisionInput, @KeyArg() key: string, @Ctx() ctx: RequestContext,
  ): Promise<CaseStepTaken> {
    return demandPerformance(ctx, { caseId, input }, key);
  }

  @Mutation(() => CaseStepPayload, { description: '申请人民法院强制执行 Applies to the court ten working days after the demand; a head.' })
  applyForCourtEnforcement(
    @CaseIdArg() caseId: string, @Arg('input', () => EnforceDecisionInput) input: EnforceDecisionInput, @KeyArg() key: string, @Ctx() ctx: RequestContext,
  ): Promise<CaseStepTaken> {
    return applyForCourtEnforcement(ctx, { caseId, input }, key);
  }

  @Mutation(() => CaseStepPayload, { description: '行政复议、行政诉讼 Records that the party fights the decision.' })
  recordRemedy(
    @CaseIdArg() caseId: string, @Arg('input', () => RecordRemedyInput) input: RecordRemedyInput, @KeyArg() key: string, @Ctx() ctx: RequestContext,
  ): Promise<CaseStepTaken> {
    return recordRemedy(ctx, { caseId, input }, key);
  }

  @Mutation(() => CaseStepPayload, { description: '复议决定、裁判 Records the outcome; one that overturns the decision has no effect until it is confirmed.' })
  recordRemedyOutcome(
    @CaseIdArg() caseId: string, @Arg('input', () => DecisionOutcomeInput) input: DecisionOutcomeInput, @KeyArg() key: string, @Ctx() ctx: RequestContext,
  ): Promise<CaseStepTaken> {
    return recordRemedyOutcome(ctx, { caseId, input }, key);
  }

  @Mutation(() => CaseStepPayload, { description: '自行纠正 Records that the authority overturns its own decision; without effect until it is confirmed.' })
  correctDecision(
    @CaseIdArg() caseId: string, @Arg('input', () => DecisionOutcomeInput) input: DecisionOutcomeInput, @KeyArg() key: string, @Ctx() ctx: RequestContext,
  ): Promise<CaseStepTaken> {
    return correctDecision(ctx, { caseId, input }, key);
  }

  @Mutation(() => CaseStepPayload, { description: '确认变更、撤销等结果 Makes what was recorded take effect, so that what was published is withdrawn; a head who did not record it.' })
  confirmOverturning(
    @CaseIdArg() caseId: string, @Arg('input', () => ConfirmOverturningInput) input: ConfirmOverturningInput, @KeyArg() key: string, @Ctx() ctx: RequestContext,
  ): Promise<CaseStepTaken> {
    return confirmOverturning(ctx, { caseId, input }, key);
  }

  @Mutation(() => CaseStepPayload, { description: '重新调查处理 Reopens a case whose decision was overturned; a head.' })
  reopenCase(
    @CaseIdArg() caseId: string, @Arg('input', () => CaseReasonsInput) input: CaseReasonsInput, @KeyArg() key: string, @Ctx() ctx: RequestContext,
  ): Promise<CaseStepTaken> {
    return reopenCase(ctx, { caseId, input }, key);
  }

  @Mutation(() => CaseStepPayload, { description: '结案 Closes the case on a ground of the law; a head.' })
  closeCase(
    @CaseIdArg() caseId: string, @Arg('input', () => CloseCaseInput) input: CloseCaseInput, @KeyArg() key: string, @Ctx() ctx: RequestContext,
  ): Promise<CaseStepTaken> {
    return closeCase(ctx, { caseId, input }, key);
  }

  @Mutation(() => CaseStepPayload, { description: '归档 Archives the file in its two volumes.' })
  archiveCase(
    @CaseIdArg() caseId: string, @Arg('input', () => ArchiveCaseInput) input: ArchiveCaseInput, @KeyArg() key: string, @Ctx() ctx: RequestContext,
  ): Promise<CaseStepTaken> {
    return archiveCase(ctx, { caseId, input }, key);
  }
}
