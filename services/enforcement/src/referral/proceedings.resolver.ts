import { RequestContext } from '@casebridge/platform';
import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import {
  CloseReferralInput, DecideNotToProsecuteInput, IndictInput, RecordEffectiveJudgmentInput, RecordJudgmentInput, RecordReceiptRefusalInput, ReturnForInvestigationInput,
  SendForProsecutionInput, WithdrawCriminalCaseInput,
} from './proceedings.input';
import {
  closeReferral, decideNotToProsecute, indict, recordEffectiveJudgment, recordJudgment, recordReceiptRefusal, returnForInvestigation, sendForProsecution,
  withdrawCriminalCase,
} from './proceedings.usecase';
import { IdArg, KeyArg, type Made, payload } from './referral-acts.resolver';
import { ReferralPayload } from './referral.type';

@Resolver()
export class ProceedingsResolver {
  @Mutation(() => ReferralPayload, { description: '拒绝签收 The filing agency records that the police did not sign; the procuratorate is told.' })
  recordReceiptRefusal(@IdArg() id: string, @Arg('input', () => RecordReceiptRefusalInput) input: RecordReceiptRefusalInput, @KeyArg() key: string, @Ctx() ctx: RequestContext): Made {
    return payload(recordReceiptRefusal(ctx, { id, input }, key));
  }

  @Mutation(() => ReferralPayload, { description: '撤销案件 The police give the criminal case up; the administrative case resumes.' })
  withdrawCriminalCase(@IdArg() id: string, @Arg('input', () => WithdrawCriminalCaseInput) input: WithdrawCriminalCaseInput, @KeyArg() key: string, @Ctx() ctx: RequestContext): Made {
    return payload(withdrawCriminalCase(ctx, { id, input }, key));
  }

  @Mutation(() => ReferralPayload, { description: '移送审查起诉 The police send the case to the procuratorate.' })
  sendForProsecution(@IdArg() id: string, @Arg('input', () => SendForProsecutionInput) input: SendForProsecutionInput, @KeyArg() key: string, @Ctx() ctx: RequestContext): Made {
    return payload(sendForProsecution(ctx, { id, input }, key));
  }

  @Mutation(() => ReferralPayload, { description: '补充侦查 The procuratorate returns the case to the police.' })
  returnForInvestigation(@IdArg() id: string, @Arg('input', () => ReturnForInvestigationInput) input: ReturnForInvestigationInput, @KeyArg() key: string, @Ctx() ctx: RequestContext): Made {
    return payload(returnForInvestigation(ctx, { id, input }, key));
  }

  @Mutation(() => ReferralPayload, { description: '提起公诉 The procuratorate indicts before a court.' })
  indict(@IdArg() id: string, @Arg('input', () => IndictInput) input: IndictInput, @KeyArg() key: string, @Ctx() ctx: RequestContext): Made {
    return payload(indict(ctx, { id, input }, key));
  }

  @Mutation(() => ReferralPayload, { description: '不起诉 The procuratorate does not prosecute; the administrative case resumes.' })
  decideNotToProsecute(@IdArg() id: string, @Arg('input', () => DecideNotToProsecuteInput) input: DecideNotToProsecuteInput, @KeyArg() key: string, @Ctx() ctx: RequestContext): Made {
    return payload(decideNotToProsecute(ctx, { id, input }, key));
  }

  @Mutation(() => ReferralPayload, { description: '判决 The court, or the procuratorate, records a judgment.' })
  recordJudgment(@IdArg() id: string, @Arg('input', () => RecordJudgmentInput) input: RecordJudgmentInput, @KeyArg() key: string, @Ctx() ctx: RequestContext): Made {
    return payload(recordJudgment(ctx, { id, input }, key));
  }

  @Mutation(() => ReferralPayload, { description: '判决生效 The judgment stands; after acquittal or exemption the administrative case resumes.' })
  recordEffectiveJudgment(@IdArg() id: string, @Arg('input', () => RecordEffectiveJudgmentInput) input: RecordEffectiveJudgmentInput, @KeyArg() key: string, @Ctx() ctx: RequestContext): Made {
    return payload(recordEffectiveJudgment(ctx, { id, input }, key));
  }

  @Mutation(() => ReferralPayload, { description: '办结 The filing agency closes the referral.' })
  closeReferral(@IdArg() id: string, @Arg('input', () => CloseReferralInput) input: CloseReferralInput, @KeyArg() key: string, @Ctx() ctx: RequestContext): Made {
    return payload(closeReferral(ctx, { id, input }, key));
  }
}
