import { RequestContext } from '@casebridge/platform';
import { Arg, Ctx, ID, Mutation, Resolver } from 'type-graphql';
import {
  ApplyForCreditRepairInput, CreditRepairActInput, CreditRepairOpinionInput, CreditRepairReasonsInput, CreditRepairReceiptInput, CreditRepairRefusalInput,
  RecordDeregistrationInput, RecordRepairCorrectionsInput, RequestRepairCorrectionsInput,
} from './repair.input';
import { repairLoader, type VisibleRepair } from './repair.loader';
import { CreditRepairPayload } from './repair.type';
import {
  acceptRepairApplication, acknowledgeCreditRepair, applyForCreditRepair, declineRepairApplication, endTemporaryRepair, executeCreditRepair, extendRepairDecision,
  grantCreditRepair, grantTemporaryRepair, notifyCreditRepair, recordDeregistration, recordRepairCorrections, refuseCreditRepair, requestRepairCorrections,
  revokeCreditRepair,
} from './repair.usecase';

type Made = Promise<{ readonly repair: VisibleRepair | null }>;

/** The repair after the act, as the caller may see it. */
async function payload(ctx: RequestContext, act: Promise<{ readonly id: string }>): Made {
  const { id } = await act;
  return { repair: await ctx.use(repairLoader).load(id) };
}

const IdArg = () => Arg('id', () => ID);
const RecordArg = () => Arg('disclosureId', () => ID, { description: '公示记录 The published penalty.' });
const KeyArg = () => Arg('idempotencyKey', () => ID, { description: '幂等键 Unique per act; kept 30 days.' });

@Resolver()
export class RepairApplicationResolver {
  @Mutation(() => CreditRepairPayload, { description: '申请信用修复 Records the application of the party.' })
  applyForCreditRepair(@RecordArg() disclosureId: string, @Arg('input', () => ApplyForCreditRepairInput) input: ApplyForCreditRepairInput, @KeyArg() key: string, @Ctx() ctx: RequestContext): Made {
    return payload(ctx, applyForCreditRepair(ctx, { disclosureId, input }, key));
  }

  @Mutation(() => CreditRepairPayload, { description: '一次性告知补正 Tells the applicant, once, what is missing.' })
  requestRepairCorrections(@IdArg() id: string, @Arg('input', () => RequestRepairCorrectionsInput) input: RequestRepairCorrectionsInput, @KeyArg() key: string, @Ctx() ctx: RequestContext): Made {
    return payload(ctx, requestRepairCorrections(ctx, { id, input }, key));
  }

  @Mutation(() => CreditRepairPayload, { description: '补正 Records what was handed in after all.' })
  recordRepairCorrections(@IdArg() id: string, @Arg('input', () => RecordRepairCorrectionsInput) input: RecordRepairCorrectionsInput, @KeyArg() key: string, @Ctx() ctx: RequestContext): Made {
    return payload(ctx, recordRepairCorrections(ctx, { id, input }, key));
  }

  @Mutation(() => CreditRepairPayload, { description: '不予受理 The head does not accept the application, with the ground.' })
  declineRepairApplication(@IdArg() id: string, @Arg('input', () => CreditRepairRefusalInput) input: CreditRepairRefusalInput, @KeyArg() key: string, @Ctx() ctx: RequestContext): Made {
    return payload(ctx, declineRepairApplication(ctx, { id, input }, key));
  }

  @Mutation(() => CreditRepairPayload, { description: '受理 Accepts the application, once it is complete.' })
  acceptRepairApplication(@IdArg() id: string, @Arg('input', () => CreditRepairActInput) input: CreditRepairActInput, @KeyArg() key: string, @Ctx() ctx: RequestContext): Made {
    return payload(ctx, acceptRepairApplication(ctx, { id, input }, key));
  }

  @Mutation(() => CreditRepairPayload, { description: '记录注销 Records that the enterprise was de-registered. Once the head has granted that and it is carried out, what is shown of it stops; bans of persons go on.' })
  recordDeregistration(@RecordArg() disclosureId: string, @Arg('input', () => RecordDeregistrationInput) input: RecordDeregistrationInput, @KeyArg() key: string, @Ctx() ctx: RequestContext): Made {
    return payload(ctx, recordDeregistration(ctx, { disclosureId, input }, key));
  }
}

@Resolver()
export class RepairDecisionResolver {
  @Mutation(() => CreditRepairPayload, { description: '延长办理期限 The head extends the time for the decision, once.' })
  extendRepairDecision(@IdArg() id: string, @Arg('input', () => CreditRepairReasonsInput) input: CreditRepairReasonsInput, @KeyArg() key: string, @Ctx() ctx: RequestContext): Made {
    return payload(ctx, extendRepairDecision(ctx, { id, input }, key));
  }

  @Mutation(() => CreditRepairPayload, { description: '准予修复 The head grants repair.' })
  grantCreditRepair(@IdArg() id: string, @Arg('input', () => CreditRepairOpinionInput) input: CreditRepairOpinionInput, @KeyArg() key: string, @Ctx() ctx: RequestContext): Made {
    return payload(ctx, grantCreditRepair(ctx, { id, input }, key));
  }

  @Mutation(() => CreditRepairPayload, { description: '不予修复 The head refuses repair, with the ground.' })
  refuseCreditRepair(@IdArg() id: string, @Arg('input', () => CreditRepairRefusalInput) input: CreditRepairRefusalInput, @KeyArg() key: string, @Ctx() ctx: RequestContext): Made {
    return payload(ctx, refuseCreditRepair(ctx, { id, input }, key));
  }

  @Mutation(() => CreditRepairPayload, { description: '准予临时修复 The head grants temporary repair, for a restructuring: from now on nothing is shown.' })
  grantTemporaryRepair(@IdArg() id: string, @Arg('input', () => CreditRepairOpinionInput) input: CreditRepairOpinionInput, @KeyArg() key: string, @Ctx() ctx: RequestContext): Made {
    return payload(ctx, grantTemporaryRepair(ctx, { id, input }, key));
  }

  @Mutation(() => CreditRepairPayload, { description: '终止临时修复 The head takes a temporary repair back: the record is shown again.' })
  endTemporaryRepair(@IdArg() id: string, @Arg('input', () => CreditRepairReasonsInput) input: CreditRepairReasonsInput, @KeyArg() key: string, @Ctx() ctx: RequestContext): Made {
    return payload(ctx, endTemporaryRepair(ctx, { id, input }, key));
  }

  @Mutation(() => CreditRepairPayload, { description: '停止公示 Carries the repair out: from now on nothing is shown, shared or used.' })
  executeCreditRepair(@IdArg() id: string, @Arg('input', () => CreditRepairActInput) input: CreditRepairActInput, @KeyArg() key: string, @Ctx() ctx: RequestContext): Made {
    return payload(ctx, executeCreditRepair(ctx, { id, input }, key));
  }

  @Mutation(() => CreditRepairPayload, { description: '同步 Records that the other channel was told; the agency of the registering province reads the repair from then on.' })
  notifyCreditRepair(@IdArg() id: string, @Arg('input', () => CreditRepairReceiptInput) input: CreditRepairReceiptInput, @KeyArg() key: string, @Ctx() ctx: RequestContext): Made {
    return payload(ctx, notifyCreditRepair(ctx, { id, input }, key));
  }

  @Mutation(() => CreditRepairPayload, { description: '确认同步 The agency of the registering province acknowledges that it shows and uses the record no more.' })
  acknowledgeCreditRepair(@IdArg() id: string, @Arg('input', () => CreditRepairReceiptInput) input: CreditRepairReceiptInput, @KeyArg() key: string, @Ctx() ctx: RequestContext): Made {
    return payload(ctx, acknowledgeCreditRepair(ctx, { id, input }, key));
  }

  @Mutation(() => CreditRepairPayload, { description: '撤销修复 The repair was obtained by fraud: the period begins anew, and the revocation is shown for three years.' })
  revokeCreditRepair(@IdArg() id: string, @Arg('input', () => CreditRepairReasonsInput) input: CreditRepairReasonsInput, @KeyArg() key: string, @Ctx() ctx: RequestContext): Made {
    return payload(ctx, revokeCreditRepair(ctx, { id, input }, key));
  }
}
