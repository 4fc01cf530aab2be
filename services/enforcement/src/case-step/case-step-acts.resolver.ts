import { RequestContext } from '@casebridge/platform';
import { Arg, Ctx, Field, FieldResolver, ID, Mutation, ObjectType, Resolver, Root } from 'type-graphql';
import { caseLoader, type VisibleCase } from '../admin-case/admin-case.loader';
import { CaseType } from '../admin-case/admin-case.type';
import { RuleWarning } from '../penalty-decision/penalty-decision.resolver';
import type { CaseStepTaken } from './case-step-act';
import {
  BeginInvestigationInput, CaseReasonsInput, CaseReviewInput, ConcludeInvestigationInput, DecideWithoutPenaltyInput, DiscussCaseInput,
  ExcludedTimeInput, ExtendCaseReviewInput, ExtendDecisionFurtherInput, NotifyHearingInput, RecordHearingHeldInput, RecordHearingRequestInput,
  RecordPartyStatementInput, SendCaseForReviewInput, ServeCaseNoticeInput, SuspendCaseInput, TerminateCaseInput,
} from './case-step.input';
import {
  beginExcludedTime, beginInvestigation, concludeInvestigation, decideWithoutPenalty, discussCaseCollectively, endExcludedTime, extendCaseReview,
  extendDecision, extendDecisionFurther, notifyHearing, passCaseReview, recordHearingAbandoned, recordHearingHeld, recordHearingRequest,
  recordPartyStatement, resumeCase, returnCaseFromReview, sendCaseForReview, serveCaseNotice, suspendCase, terminateCase,
} from './case-step.usecase';

@ObjectType({ description: 'The case after the step, and what the rules have to say.' })
export class CaseStepPayload {
  caseId!: string;
  @Field(() => [RuleWarning], { description: '提示 Rules that warn and do not refuse.' }) warnings!: RuleWarning[];
}

export const CaseIdArg = () => Arg('caseId', () => ID);
export const KeyArg = () => Arg('idempotencyKey', () => ID);

@Resolver(() => CaseStepPayload)
export class CaseStepActsResolver {
  @FieldResolver(() => CaseType, { nullable: true })
  case(@Root() { caseId }: CaseStepTaken, @Ctx() ctx: RequestContext): Promise<VisibleCase | null> {
    return ctx.use(caseLoader).load(caseId);
  }

  @Mutation(() => CaseStepPayload, { description: '开始调查 Begins the investigation of a filed case, with its two officers.' })
  beginInvestigation(
    @CaseIdArg() caseId: string, @Arg('input', () => BeginInvestigationInput) input: BeginInvestigationInput, @KeyArg() key: string, @Ctx() ctx: RequestContext,
  ): Promise<CaseStepTaken> {
    return beginInvestigation(ctx, { caseId, input }, key);
  }

  @Mutation(() => CaseStepPayload, { description: '中止调查 Suspends the investigation on a ground of the law; a head. The period of decision waits.' })
  suspendCase(
    @CaseIdArg() caseId: string, @Arg('input', () => SuspendCaseInput) input: SuspendCaseInput, @KeyArg() key: string, @Ctx() ctx: RequestContext,
  ): Promise<CaseStepTaken> {
    return suspendCase(ctx, { caseId, input }, key);
  }

  @Mutation(() => CaseStepPayload, { description: '恢复调查 Resumes it once the ground is gone.' })
  resumeCase(
    @CaseIdArg() caseId: string, @Arg('input', () => CaseReasonsInput) input: CaseReasonsInput, @KeyArg() key: string, @Ctx() ctx: RequestContext,
  ): Promise<CaseStepTaken> {
    return resumeCase(ctx, { caseId, input }, key);
  }

  @Mutation(() => CaseStepPayload, { description: '终止调查 Ends an investigation that cannot go on; a head.' })
  terminateCase(
    @CaseIdArg() caseId: string, @Arg('input', () => TerminateCaseInput) input: TerminateCaseInput, @KeyArg() key: string, @Ctx() ctx: RequestContext,
  ): Promise<CaseStepTaken> {
    return terminateCase(ctx, { caseId, input }, key);
  }

  @Mutation(() => CaseStepPayload, { description: '不计入办案期限的时间开始 From now on the period of decision waits: for a test, an appraisal, a public notice, an order to refund.' })
  beginExcludedTime(
    @CaseIdArg() caseId: string, @Arg('input', () => ExcludedTimeInput) input: ExcludedTimeInput, @KeyArg() key: string, @Ctx() ctx: RequestContext,
  ): Promise<CaseStepTaken> {
    return beginExcludedTime(ctx, { caseId, input }, key);
  }

  @Mutation(() => CaseStepPayload, { description: '不计入办案期限的时间结束 The period of decision runs on.' })
  endExcludedTime(
    @CaseIdArg() caseId: string, @Arg('input', () => ExcludedTimeInput) input: ExcludedTimeInput, @KeyArg() key: string, @Ctx() ctx: RequestContext,
  ): Promise<CaseStepTaken> {
    return endExcludedTime(ctx, { caseId, input }, key);
  }

  @Mutation(() => CaseStepPayload, { description: '调查终结 Concludes the investigation with its report.' })
  concludeInvestigation(
    @CaseIdArg() caseId: string, @Arg('input', () => ConcludeInvestigationInput) input: ConcludeInvestigationInput, @KeyArg() key: string, @Ctx() ctx: RequestContext,
  ): Promise<CaseStepTaken> {
    return concludeInvestigation(ctx, { caseId, input }, key);
  }

  @Mutation(() => CaseStepPayload, { description: '送审 Sends the case for review; ten working days.' })
  sendCaseForReview(
    @CaseIdArg() caseId: string, @Arg('input', () => SendCaseForReviewInput) input: SendCaseForReviewInput, @KeyArg() key: string, @Ctx() ctx: RequestContext,
  ): Promise<CaseStepTaken> {
    return sendCaseForReview(ctx, { caseId, input }, key);
  }

  @Mutation(() => CaseStepPayload, { description: '延长审核期限 Extends the review, once; a head.' })
  extendCaseReview(
    @CaseIdArg() caseId: string, @Arg('input', () => ExtendCaseReviewInput) input: ExtendCaseReviewInput, @KeyArg() key: string, @Ctx() ctx: RequestContext,
  ): Promise<CaseStepTaken> {
    return extendCaseReview(ctx, { caseId, input }, key);
  }

  @Mutation(() => CaseStepPayload, { description: '审核同意 The review agrees; a reviewer or head who is no officer of the case.' })
  passCaseReview(
    @CaseIdArg() caseId: string, @Arg('input', () => CaseReviewInput) input: CaseReviewInput, @KeyArg() key: string, @Ctx() ctx: RequestContext,
  ): Promise<CaseStepTaken> {
    return passCaseReview(ctx, { caseId, input }, key);
  }

  @Mutation(() => CaseStepPayload, { description: '审核退回 The review sends the case back to be investigated further; a reviewer or head who is no officer of the case.' })
  returnCaseFromReview(
    @CaseIdArg() caseId: string, @Arg('input', () => CaseReviewInput) input: CaseReviewInput, @KeyArg() key: string, @Ctx() ctx: RequestContext,
  ): Promise<CaseStepTaken> {
    return returnCaseFromReview(ctx, { caseId, input }, key);
  }

  @Mutation(() => CaseStepPayload, { description: '集体讨论 Records that the heads have discussed the case; without it a complex or major one is not decided.' })
  discussCaseCollectively(
    @CaseIdArg() caseId: string, @Arg('input', () => DiscussCaseInput) input: DiscussCaseInput, @KeyArg() key: string, @Ctx() ctx: RequestContext,
  ): Promise<CaseStepTaken> {
    return discussCaseCollectively(ctx, { caseId, input }, key);
  }

  @Mutation(() => CaseStepPayload, { description: '行政处罚告知 Records the notice of the intended penalty; five working days to state, defend or ask for a hearing.' })
  serveCaseNotice(
    @CaseIdArg() caseId: string, @Arg('input', () => ServeCaseNoticeInput) input: ServeCaseNoticeInput, @KeyArg() key: string, @Ctx() ctx: RequestContext,
  ): Promise<CaseStepTaken> {
    return serveCaseNotice(ctx, { caseId, input }, key);
  }

  @Mutation(() => CaseStepPayload, { description: '陈述申辩 Records what the party has stated.' })
  recordPartyStatement(
    @CaseIdArg() caseId: string, @Arg('input', () => RecordPartyStatementInput) input: RecordPartyStatementInput, @KeyArg() key: string, @Ctx() ctx: RequestContext,
  ): Promise<CaseStepTaken> {
    return recordPartyStatement(ctx, { caseId, input }, key);
  }

  @Mutation(() => CaseStepPayload, { description: '申请听证 Records that the party asks for a hearing; the period of decision waits until it is held.' })
  recordHearingRequest(
    @CaseIdArg() caseId: string, @Arg('input', () => RecordHearingRequestInput) input: RecordHearingRequestInput, @KeyArg() key: string, @Ctx() ctx: RequestContext,
  ): Promise<CaseStepTaken> {
    return recordHearingRequest(ctx, { caseId, input }, key);
  }

  @Mutation(() => CaseStepPayload, { description: '通知听证 Announces the hearing, seven working days before at least.' })
  notifyHearing(
    @CaseIdArg() caseId: string, @Arg('input', () => NotifyHearingInput) input: NotifyHearingInput, @KeyArg() key: string, @Ctx() ctx: RequestContext,
  ): Promise<CaseStepTaken> {
    return notifyHearing(ctx, { caseId, input }, key);
  }

  @Mutation(() => CaseStepPayload, { description: '举行听证 Records that the hearing was held.' })
  recordHearingHeld(
    @CaseIdArg() caseId: string, @Arg('input', () => RecordHearingHeldInput) input: RecordHearingHeldInput, @KeyArg() key: string, @Ctx() ctx: RequestContext,
  ): Promise<CaseStepTaken> {
    return recordHearingHeld(ctx, { caseId, input }, key);
  }

  @Mutation(() => CaseStepPayload, { description: '放弃听证 Records that the party gave its hearing up.' })
  recordHearingAbandoned(
    @CaseIdArg() caseId: string, @Arg('input', () => CaseReasonsInput) input: CaseReasonsInput, @KeyArg() key: string, @Ctx() ctx: RequestContext,
  ): Promise<CaseStepTaken> {
    return recordHearingAbandoned(ctx, { caseId, input }, key);
  }

  @Mutation(() => CaseStepPayload, { description: '延长办案期限 Thirty more days for the decision, once; a head.' })
  extendDecision(
    @CaseIdArg() caseId: string, @Arg('input', () => CaseReasonsInput) input: CaseReasonsInput, @KeyArg() key: string, @Ctx() ctx: RequestContext,
  ): Promise<CaseStepTaken> {
    return extendDecision(ctx, { caseId, input }, key);
  }

  @Mutation(() => CaseStepPayload, { description: '继续延期 As many more days as the heads decide collectively, once, after the thirty; a head.' })
  extendDecisionFurther(
    @CaseIdArg() caseId: string, @Arg('input', () => ExtendDecisionFurtherInput) input: ExtendDecisionFurtherInput, @KeyArg() key: string, @Ctx() ctx: RequestContext,
  ): Promise<CaseStepTaken> {
    return extendDecisionFurther(ctx, { caseId, input }, key);
  }

  @Mutation(() => CaseStepPayload, { description: '作出不予处罚等决定 Decides the case without a penalty; a head.' })
  decideWithoutPenalty(
    @CaseIdArg() caseId: string, @Arg('input', () => DecideWithoutPenaltyInput) input: DecideWithoutPenaltyInput, @KeyArg() key: string, @Ctx() ctx: RequestContext,
  ): Promise<CaseStepTaken> {
    return decideWithoutPenalty(ctx, { caseId, input }, key);
  }
}
