import { RequestContext } from '@casebridge/platform';
import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import type { CooperationNamed } from './cooperation-act';
import { CooperationIdArg, CooperationPayload, KeyArg } from './cooperation-acts.resolver';
import { AcceptCooperationInput, AnswerCooperationInput, EndCooperationInput, PublicInterestInput, ReportTestInput, RequestTestInput } from './cooperation.input';
import {
  acceptTest, answerProcuratorialSuggestion, declineTest, issueProcuratorialSuggestion, receivePublicInterestClue, reportPublicInterestOutcome, reportTest, requestTest, sendPublicInterestClue, withdrawProcuratorialSuggestion, withdrawTest,
} from './cooperation.usecase';

@Resolver()
export class TestAndSuggestionResolver {
  @Mutation(() => CooperationPayload, { description: '委托检验 Has something tested by a laboratory; market or drug regulation, police, procuratorate, court.' })
  requestTest(@Arg('input', () => RequestTestInput) input: RequestTestInput, @KeyArg() key: string, @Ctx() ctx: RequestContext): Promise<CooperationNamed> {
    return requestTest(ctx, { input }, key);
  }

  @Mutation(() => CooperationPayload, { description: '收样受理 The laboratory has the sample; its time runs from here.' })
  acceptTest(
    @CooperationIdArg() cooperationId: string, @Arg('input', () => AcceptCooperationInput) input: AcceptCooperationInput, @KeyArg() key: string, @Ctx() ctx: RequestContext,
  ): Promise<CooperationNamed> {
    return acceptTest(ctx, { cooperationId, input }, key);
  }

  @Mutation(() => CooperationPayload, { description: '出具检验报告 Tells what came out, with the report.' })
  reportTest(
    @CooperationIdArg() cooperationId: string, @Arg('input', () => ReportTestInput) input: ReportTestInput, @KeyArg() key: string, @Ctx() ctx: RequestContext,
  ): Promise<CooperationNamed> {
    return reportTest(ctx, { cooperationId, input }, key);
  }

  @Mutation(() => CooperationPayload, { description: '不予受理检验 Declines; the laboratory.' })
  declineTest(
    @CooperationIdArg() cooperationId: string, @Arg('input', () => EndCooperationInput) input: EndCooperationInput, @KeyArg() key: string, @Ctx() ctx: RequestContext,
  ): Promise<CooperationNamed> {
    return declineTest(ctx, { cooperationId, input }, key);
  }

  @Mutation(() => CooperationPayload, { description: '撤回检验委托 Takes it back before the sample is received; the agency that asks.' })
  withdrawTest(
    @CooperationIdArg() cooperationId: string, @Arg('input', () => EndCooperationInput) input: EndCooperationInput, @KeyArg() key: string, @Ctx() ctx: RequestContext,
  ): Promise<CooperationNamed> {
    return withdrawTest(ctx, { cooperationId, input }, key);
  }

  @Mutation(() => CooperationPayload, { description: '制发检察建议 Suggests something to a regulator; the chief of a procuratorate.' })
  issueProcuratorialSuggestion(@Arg('input', () => PublicInterestInput) input: PublicInterestInput, @KeyArg() key: string, @Ctx() ctx: RequestContext): Promise<CooperationNamed> {
    return issueProcuratorialSuggestion(ctx, { input }, key);
  }

  @Mutation(() => CooperationPayload, { description: '回复检察建议 Answers it; a head of the regulator.' })
  answerProcuratorialSuggestion(
    @CooperationIdArg() cooperationId: string, @Arg('input', () => AnswerCooperationInput) input: AnswerCooperationInput, @KeyArg() key: string, @Ctx() ctx: RequestContext,
  ): Promise<CooperationNamed> {
    return answerProcuratorialSuggestion(ctx, { cooperationId, input }, key);
  }

  @Mutation(() => CooperationPayload, { description: '撤回检察建议 Takes it back; the chief of the procuratorate.' })
  withdrawProcuratorialSuggestion(
    @CooperationIdArg() cooperationId: string, @Arg('input', () => EndCooperationInput) input: EndCooperationInput, @KeyArg() key: string, @Ctx() ctx: RequestContext,
  ): Promise<CooperationNamed> {
    return withdrawProcuratorialSuggestion(ctx, { cooperationId, input }, key);
  }

  @Mutation(() => CooperationPayload, { description: '移送公益诉讼线索 Sends what may be a matter of public-interest litigation; a head of market or drug regulation.' })
  sendPublicInterestClue(@Arg('input', () => PublicInterestInput) input: PublicInterestInput, @KeyArg() key: string, @Ctx() ctx: RequestContext): Promise<CooperationNamed> {
    return sendPublicInterestClue(ctx, { input }, key);
  }

  @Mutation(() => CooperationPayload, { description: '签收公益诉讼线索 Receives it; the procuratorate.' })
  receivePublicInterestClue(
    @CooperationIdArg() cooperationId: string, @Arg('input', () => AcceptCooperationInput) input: AcceptCooperationInput, @KeyArg() key: string, @Ctx() ctx: RequestContext,
  ): Promise<CooperationNamed> {
    return receivePublicInterestClue(ctx, { cooperationId, input }, key);
  }

  @Mutation(() => CooperationPayload, { description: '反馈公益诉讼结果 Tells what came of it; the procuratorate.' })
  reportPublicInterestOutcome(
    @CooperationIdArg() cooperationId: string, @Arg('input', () => AnswerCooperationInput) input: AnswerCooperationInput, @KeyArg() key: string, @Ctx() ctx: RequestContext,
  ): Promise<CooperationNamed> {
    return reportPublicInterestOutcome(ctx, { cooperationId, input }, key);
  }
}
