import { RequestContext } from '@casebridge/platform';
import { Arg, Ctx, ID, Mutation, Resolver } from 'type-graphql';
import { orderReferral } from './order-referral.usecase';
import {
  AcceptNonFilingReasonsInput, AcceptReverseTransferInput, DecideReconsiderationInput, ExplainNonFilingInput, ExtendFilingReviewInput,
  IssueCorrectionNoticeInput, OrderFilingInput, OrderReferralInput, ProposeFilingSupervisionInput, RequestNonFilingExplanationInput,
  RequestReconsiderationInput, ReturnAdministrativeOutcomeInput, SendReverseTransferInput,
} from './remedies.input';
import {
  acceptNonFilingReasons, acceptReverseTransfer, decideReconsideration, explainNonFiling, extendFilingReview, issueCorrectionNotice, orderFiling,
  proposeFilingSupervision, requestNonFilingExplanation, requestReconsideration, returnAdministrativeOutcome, sendReverseTransfer,
} from './remedies.usecase';
import { IdArg, KeyArg, type Made, payload } from './referral-acts.resolver';
import { ReferralPayload } from './referral.type';

@Resolver()
export class RemediesResolver {
  @Mutation(() => ReferralPayload, { description: '检察意见 The procuratorate finds that a case must be referred: it is approved by this order. The procuratorate must have a part in the case, by calling for its file for one.' })
  orderReferral(@Arg('caseId', () => ID) caseId: string, @Arg('input', () => OrderReferralInput) input: OrderReferralInput, @KeyArg() key: string, @Ctx() ctx: RequestContext): Made {
    return payload(orderReferral(ctx, { caseId, input }, key));
  }

  @Mutation(() => ReferralPayload, { description: '延长立案审查期限 The police extend their review.' })
  extendFilingReview(@IdArg() id: string, @Arg('input', () => ExtendFilingReviewInput) input: ExtendFilingReviewInput, @KeyArg() key: string, @Ctx() ctx: RequestContext): Made {
    return payload(extendFilingReview(ctx, { id, input }, key));
  }

  @Mutation(() => ReferralPayload, { description: '提请复议 The filing agency asks the police to reconsider their refusal.' })
  requestReconsideration(@IdArg() id: string, @Arg('input', () => RequestReconsiderationInput) input: RequestReconsiderationInput, @KeyArg() key: string, @Ctx() ctx: RequestContext): Made {
    return payload(requestReconsideration(ctx, { id, input }, key));
  }

  @Mutation(() => ReferralPayload, { description: '复议决定 The police decide on it.' })
  decideReconsideration(@IdArg() id: string, @Arg('input', () => DecideReconsiderationInput) input: DecideReconsiderationInput, @KeyArg() key: string, @Ctx() ctx: RequestContext): Made {
    return payload(decideReconsideration(ctx, { id, input }, key));
  }

  @Mutation(() => ReferralPayload, { description: '建议立案监督 The filing agency asks the procuratorate to supervise the filing.' })
  proposeFilingSupervision(@IdArg() id: string, @Arg('input', () => ProposeFilingSupervisionInput) input: ProposeFilingSupervisionInput, @KeyArg() key: string, @Ctx() ctx: RequestContext): Made {
    return payload(proposeFilingSupervision(ctx, { id, input }, key));
  }

  @Mutation(() => ReferralPayload, { description: '要求说明不立案理由 The procuratorate asks the police to explain.' })
  requestNonFilingExplanation(@IdArg() id: string, @Arg('input', () => RequestNonFilingExplanationInput) input: RequestNonFilingExplanationInput, @KeyArg() key: string, @Ctx() ctx: RequestContext): Made {
    return payload(requestNonFilingExplanation(ctx, { id, input }, key));
  }

  @Mutation(() => ReferralPayload, { description: '说明不立案理由 The police explain.' })
  explainNonFiling(@IdArg() id: string, @Arg('input', () => ExplainNonFilingInput) input: ExplainNonFilingInput, @KeyArg() key: string, @Ctx() ctx: RequestContext): Made {
    return payload(explainNonFiling(ctx, { id, input }, key));
  }

  @Mutation(() => ReferralPayload, { description: '不立案理由成立 The procuratorate accepts the reasons, and tells the filing agency.' })
  acceptNonFilingReasons(@IdArg() id: string, @Arg('input', () => AcceptNonFilingReasonsInput) input: AcceptNonFilingReasonsInput, @KeyArg() key: string, @Ctx() ctx: RequestContext): Made {
    return payload(acceptNonFilingReasons(ctx, { id, input }, key));
  }

  @Mutation(() => ReferralPayload, { description: '通知立案 The procuratorate orders the police to file.' })
  orderFiling(@IdArg() id: string, @Arg('input', () => OrderFilingInput) input: OrderFilingInput, @KeyArg() key: string, @Ctx() ctx: RequestContext): Made {
    return payload(orderFiling(ctx, { id, input }, key));
  }

  @Mutation(() => ReferralPayload, { description: '纠正违法通知 The procuratorate notes that the police have not filed as ordered.' })
  issueCorrectionNotice(@IdArg() id: string, @Arg('input', () => IssueCorrectionNoticeInput) input: IssueCorrectionNoticeInput, @KeyArg() key: string, @Ctx() ctx: RequestContext): Made {
    return payload(issueCorrectionNotice(ctx, { id, input }, key));
  }

  @Mutation(() => ReferralPayload, { description: '反向移送 Police, procuratorate or court send the case back for an administrative penalty.' })
  sendReverseTransfer(@IdArg() id: string, @Arg('input', () => SendReverseTransferInput) input: SendReverseTransferInput, @KeyArg() key: string, @Ctx() ctx: RequestContext): Made {
    return payload(sendReverseTransfer(ctx, { id, input }, key));
  }

  @Mutation(() => ReferralPayload, { description: '接收反向移送 The filing agency takes it.' })
  acceptReverseTransfer(@IdArg() id: string, @Arg('input', () => AcceptReverseTransferInput) input: AcceptReverseTransferInput, @KeyArg() key: string, @Ctx() ctx: RequestContext): Made {
    return payload(acceptReverseTransfer(ctx, { id, input }, key));
  }

  @Mutation(() => ReferralPayload, { description: '回复处理结果 The filing agency tells what became of it.' })
  returnAdministrativeOutcome(@IdArg() id: string, @Arg('input', () => ReturnAdministrativeOutcomeInput) input: ReturnAdministrativeOutcomeInput, @KeyArg() key: string, @Ctx() ctx: RequestContext): Made {
    return payload(returnAdministrativeOutcome(ctx, { id, input }, key));
  }
}
