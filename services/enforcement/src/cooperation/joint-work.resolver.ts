import { RequestContext } from '@casebridge/platform';
import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import type { CooperationNamed } from './cooperation-act';
import { CooperationIdArg, CooperationPayload, KeyArg } from './cooperation-acts.resolver';
import { AnswerCooperationInput, EndCooperationInput, ExtendCooperationInput, OpenConsultationInput, OrderJointSupervisionInput, RequestEarlyConsultationInput } from './cooperation.input';
import {
  closeJointSupervision, concludeConsultation, concludeEarlyConsultation, declineEarlyConsultation, extendJointSupervision, giveConsultationOpinion, giveEarlyOpinion, openConsultation, orderJointSupervision, reportJointSupervision, requestEarlyConsultation, withdrawConsultation, withdrawJointSupervision,
} from './cooperation.usecase';

@Resolver()
export class JointWorkResolver {
  @Mutation(() => CooperationPayload, { description: '联合督办立项 Puts a matter under joint supervision; a head of market or drug regulation, police or procuratorate.' })
  orderJointSupervision(@Arg('input', () => OrderJointSupervisionInput) input: OrderJointSupervisionInput, @KeyArg() key: string, @Ctx() ctx: RequestContext): Promise<CooperationNamed> {
    return orderJointSupervision(ctx, { input }, key);
  }

  @Mutation(() => CooperationPayload, { description: '报告督办进展 Reports what was done; an agency that takes part.' })
  reportJointSupervision(
    @CooperationIdArg() cooperationId: string, @Arg('input', () => AnswerCooperationInput) input: AnswerCooperationInput, @KeyArg() key: string, @Ctx() ctx: RequestContext,
  ): Promise<CooperationNamed> {
    return reportJointSupervision(ctx, { cooperationId, input }, key);
  }

  @Mutation(() => CooperationPayload, { description: '延长督办期限 Gives more time; a head of the agency that ordered it.' })
  extendJointSupervision(
    @CooperationIdArg() cooperationId: string, @Arg('input', () => ExtendCooperationInput) input: ExtendCooperationInput, @KeyArg() key: string, @Ctx() ctx: RequestContext,
  ): Promise<CooperationNamed> {
    return extendJointSupervision(ctx, { cooperationId, input }, key);
  }

  @Mutation(() => CooperationPayload, { description: '督办销号 Closes it; a head of the agency that ordered it.' })
  closeJointSupervision(
    @CooperationIdArg() cooperationId: string, @Arg('input', () => AnswerCooperationInput) input: AnswerCooperationInput, @KeyArg() key: string, @Ctx() ctx: RequestContext,
  ): Promise<CooperationNamed> {
    return closeJointSupervision(ctx, { cooperationId, input }, key);
  }

  @Mutation(() => CooperationPayload, { description: '撤销督办 Ends it without result; a head of the agency that ordered it.' })
  withdrawJointSupervision(
    @CooperationIdArg() cooperationId: string, @Arg('input', () => EndCooperationInput) input: EndCooperationInput, @KeyArg() key: string, @Ctx() ctx: RequestContext,
  ): Promise<CooperationNamed> {
    return withdrawJointSupervision(ctx, { cooperationId, input }, key);
  }

  @Mutation(() => CooperationPayload, { description: '提请会商 Calls other agencies together about a case; market or drug regulation, police, procuratorate.' })
  openConsultation(@Arg('input', () => OpenConsultationInput) input: OpenConsultationInput, @KeyArg() key: string, @Ctx() ctx: RequestContext): Promise<CooperationNamed> {
    return openConsultation(ctx, { input }, key);
  }

  @Mutation(() => CooperationPayload, { description: '会商意见 Says what the agency thinks; an agency that takes part.' })
  giveConsultationOpinion(
    @CooperationIdArg() cooperationId: string, @Arg('input', () => AnswerCooperationInput) input: AnswerCooperationInput, @KeyArg() key: string, @Ctx() ctx: RequestContext,
  ): Promise<CooperationNamed> {
    return giveConsultationOpinion(ctx, { cooperationId, input }, key);
  }

  @Mutation(() => CooperationPayload, { description: '会商结论 Concludes; the agency that opened it.' })
  concludeConsultation(
    @CooperationIdArg() cooperationId: string, @Arg('input', () => AnswerCooperationInput) input: AnswerCooperationInput, @KeyArg() key: string, @Ctx() ctx: RequestContext,
  ): Promise<CooperationNamed> {
    return concludeConsultation(ctx, { cooperationId, input }, key);
  }

  @Mutation(() => CooperationPayload, { description: '撤回会商 Takes it back; the agency that opened it.' })
  withdrawConsultation(
    @CooperationIdArg() cooperationId: string, @Arg('input', () => EndCooperationInput) input: EndCooperationInput, @KeyArg() key: string, @Ctx() ctx: RequestContext,
  ): Promise<CooperationNamed> {
    return withdrawConsultation(ctx, { cooperationId, input }, key);
  }

  @Mutation(() => CooperationPayload, { description: '商请提前介入 Asks police or procuratorate to look at a case before it is referred; a head of market or drug regulation.' })
  requestEarlyConsultation(@Arg('input', () => RequestEarlyConsultationInput) input: RequestEarlyConsultationInput, @KeyArg() key: string, @Ctx() ctx: RequestContext): Promise<CooperationNamed> {
    return requestEarlyConsultation(ctx, { input }, key);
  }

  @Mutation(() => CooperationPayload, { description: '提前介入意见 Says what police or procuratorate think of it.' })
  giveEarlyOpinion(
    @CooperationIdArg() cooperationId: string, @Arg('input', () => AnswerCooperationInput) input: AnswerCooperationInput, @KeyArg() key: string, @Ctx() ctx: RequestContext,
  ): Promise<CooperationNamed> {
    return giveEarlyOpinion(ctx, { cooperationId, input }, key);
  }

  @Mutation(() => CooperationPayload, { description: '不予提前介入 Declines; a head of police or procuratorate.' })
  declineEarlyConsultation(
    @CooperationIdArg() cooperationId: string, @Arg('input', () => EndCooperationInput) input: EndCooperationInput, @KeyArg() key: string, @Ctx() ctx: RequestContext,
  ): Promise<CooperationNamed> {
    return declineEarlyConsultation(ctx, { cooperationId, input }, key);
  }

  @Mutation(() => CooperationPayload, { description: '提前介入办结 Concludes; the agency that asked.' })
  concludeEarlyConsultation(
    @CooperationIdArg() cooperationId: string, @Arg('input', () => AnswerCooperationInput) input: AnswerCooperationInput, @KeyArg() key: string, @Ctx() ctx: RequestContext,
  ): Promise<CooperationNamed> {
    return concludeEarlyConsultation(ctx, { cooperationId, input }, key);
  }
}
