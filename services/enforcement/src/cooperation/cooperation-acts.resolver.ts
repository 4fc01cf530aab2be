import { RequestContext } from '@casebridge/platform';
import { Arg, Ctx, FieldResolver, ID, Mutation, ObjectType, Resolver, Root } from 'type-graphql';
import type { CooperationNamed } from './cooperation-act';
import { AcceptCooperationInput, AnswerCooperationInput, EndCooperationInput, ExtendCooperationInput, RequestAssistanceInput } from './cooperation.input';
import { cooperationLoader, type VisibleCooperation } from './cooperation.loader';
import { CooperationType } from './cooperation.type';
import { acceptAssistance, answerAssistance, declineAssistance, extendAssistance, requestAssistance, withdrawAssistance } from './cooperation.usecase';

@ObjectType({ description: 'What the act was on, after it.' })
export class CooperationPayload implements CooperationNamed {
  cooperationId!: string;
}

export const CooperationIdArg = () => Arg('cooperationId', () => ID);
export const KeyArg = () => Arg('idempotencyKey', () => ID);

@Resolver(() => CooperationPayload)
export class CooperationActsResolver {
  @FieldResolver(() => CooperationType, { nullable: true })
  cooperation(@Root() { cooperationId }: CooperationNamed, @Ctx() ctx: RequestContext): Promise<VisibleCooperation | null> {
    return ctx.use(cooperationLoader).load(cooperationId);
  }

  @Mutation(() => CooperationPayload, { description: '请求协查 Asks another agency for help; market or drug regulation, supervision.' })
  requestAssistance(@Arg('input', () => RequestAssistanceInput) input: RequestAssistanceInput, @KeyArg() key: string, @Ctx() ctx: RequestContext): Promise<CooperationNamed> {
    return requestAssistance(ctx, { input }, key);
  }

  @Mutation(() => CooperationPayload, { description: '受理协查 Takes the request up; the agency that is asked.' })
  acceptAssistance(
    @CooperationIdArg() cooperationId: string, @Arg('input', () => AcceptCooperationInput) input: AcceptCooperationInput, @KeyArg() key: string, @Ctx() ctx: RequestContext,
  ): Promise<CooperationNamed> {
    return acceptAssistance(ctx, { cooperationId, input }, key);
  }

  @Mutation(() => CooperationPayload, { description: '延期办理 Tells that it takes longer; a head of the agency that is asked.' })
  extendAssistance(
    @CooperationIdArg() cooperationId: string, @Arg('input', () => ExtendCooperationInput) input: ExtendCooperationInput, @KeyArg() key: string, @Ctx() ctx: RequestContext,
  ): Promise<CooperationNamed> {
    return extendAssistance(ctx, { cooperationId, input }, key);
  }

  @Mutation(() => CooperationPayload, { description: '函复协查结果 Answers, with documents; the agency that is asked.' })
  answerAssistance(
    @CooperationIdArg() cooperationId: string, @Arg('input', () => AnswerCooperationInput) input: AnswerCooperationInput, @KeyArg() key: string, @Ctx() ctx: RequestContext,
  ): Promise<CooperationNamed> {
    return answerAssistance(ctx, { cooperationId, input }, key);
  }

  @Mutation(() => CooperationPayload, { description: '不予协助 Declines, with the reason; a head of the agency that is asked.' })
  declineAssistance(
    @CooperationIdArg() cooperationId: string, @Arg('input', () => EndCooperationInput) input: EndCooperationInput, @KeyArg() key: string, @Ctx() ctx: RequestContext,
  ): Promise<CooperationNamed> {
    return declineAssistance(ctx, { cooperationId, input }, key);
  }

  @Mutation(() => CooperationPayload, { description: '撤回协查 Takes the request back; the agency that asks.' })
  withdrawAssistance(
    @CooperationIdArg() cooperationId: string, @Arg('input', () => EndCooperationInput) input: EndCooperationInput, @KeyArg() key: string, @Ctx() ctx: RequestContext,
  ): Promise<CooperationNamed> {
    return withdrawAssistance(ctx, { cooperationId, input }, key);
  }
}
