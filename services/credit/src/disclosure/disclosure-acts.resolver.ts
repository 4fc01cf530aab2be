import { RequestContext } from '@casebridge/platform';
import { Arg, Ctx, ID, Mutation, Resolver } from 'type-graphql';
import {
  ClearDisclosureInput, DeferDisclosureInput, DisclosureOpinionInput, DisclosureReasonsInput, ProposeDisclosureCorrectionInput, ProposeDisclosureWithdrawalInput,
  RecordDisclosurePushInput, ReviewDisclosureDeferralInput, StoreDisclosureTextInput, WithholdDisclosureInput,
} from './disclosure.input';
import { deferDisclosure, liftDisclosureDeferral, reviewDisclosureDeferral } from './disclosure-deferral.usecase';
import { deferralLoader, type VisibleDeferral } from './disclosure-deferral.loader';
import { DisclosureDeferralPayload, DisclosurePayload } from './disclosure-procedure.type';
import { disclosureLoader, type VisibleDisclosure } from './disclosure-record.loader';
import {
  approveDisclosureCorrection, approveDisclosureWithdrawal, clearDisclosure, proposeDisclosureCorrection, proposeDisclosureWithdrawal, recordDisclosurePush,
  rejectDisclosureCorrection, rejectDisclosureWithdrawal, storeDisclosureText, withholdDisclosure,
} from './disclosure.usecase';

type Made = Promise<{ readonly record: VisibleDisclosure | null }>;
type Deferred = Promise<{ readonly deferral: VisibleDeferral | null }>;

/** The record after the act, as the caller may see it. */
async function payload(ctx: RequestContext, act: Promise<{ readonly id: string }>): Made {
  const { id } = await act;
  return { record: await ctx.use(disclosureLoader).load(id) };
}

async function deferred(ctx: RequestContext, act: Promise<{ readonly id: string }>): Deferred {
  const { id } = await act;
  return { deferral: await ctx.use(deferralLoader).load(id) };
}

const IdArg = () => Arg('id', () => ID);
const KeyArg = () => Arg('idempotencyKey', () => ID, { description: '幂等键 Unique per act; kept 30 days.' });

@Resolver()
export class DisclosureActsResolver {
  @Mutation(() => DisclosurePayload, { description: '录入决定书全文 Stores the full text, without personal data; it is shown once a secrecy review has cleared it.' })
  storeDisclosureText(@IdArg() id: string, @Arg('input', () => StoreDisclosureTextInput) input: StoreDisclosureTextInput, @KeyArg() key: string, @Ctx() ctx: RequestContext): Made {
    return payload(ctx, storeDisclosureText(ctx, { id, input }, key));
  }

  @Mutation(() => DisclosurePayload, { description: '保密审查通过 The secrecy review clears it, without the passages that are named; what is public already is withheld first.' })
  clearDisclosure(@IdArg() id: string, @Arg('input', () => ClearDisclosureInput) input: ClearDisclosureInput, @KeyArg() key: string, @Ctx() ctx: RequestContext): Made {
    return payload(ctx, clearDisclosure(ctx, { id, input }, key));
  }

  @Mutation(() => DisclosurePayload, { description: '保密审查不予公示 The head keeps it from publication, instead of the withdrawal that another officer asked for: nothing of it is shown until it is cleared.' })
  withholdDisclosure(@IdArg() id: string, @Arg('input', () => WithholdDisclosureInput) input: WithholdDisclosureInput, @KeyArg() key: string, @Ctx() ctx: RequestContext): Made {
    return payload(ctx, withholdDisclosure(ctx, { id, input }, key));
  }

  @Mutation(() => DisclosurePayload, { description: '跨省推送 Records the push to the province in which the party is registered.' })
  recordDisclosurePush(@IdArg() id: string, @Arg('input', () => RecordDisclosurePushInput) input: RecordDisclosurePushInput, @KeyArg() key: string, @Ctx() ctx: RequestContext): Made {
    return payload(ctx, recordDisclosurePush(ctx, { id, input }, key));
  }

  @Mutation(() => DisclosurePayload, { description: '拟更正公示信息 Asks the head for a correction, with proof.' })
  proposeDisclosureCorrection(@IdArg() id: string, @Arg('input', () => ProposeDisclosureCorrectionInput) input: ProposeDisclosureCorrectionInput, @KeyArg() key: string, @Ctx() ctx: RequestContext): Made {
    return payload(ctx, proposeDisclosureCorrection(ctx, { id, input }, key));
  }

  @Mutation(() => DisclosurePayload, { description: '更正公示信息 The head approves the correction that another officer asked for; the public reads it, and that it was corrected.' })
  approveDisclosureCorrection(@IdArg() id: string, @Arg('input', () => DisclosureOpinionInput) input: DisclosureOpinionInput, @KeyArg() key: string, @Ctx() ctx: RequestContext): Made {
    return payload(ctx, approveDisclosureCorrection(ctx, { id, input }, key));
  }

  @Mutation(() => DisclosurePayload, { description: '不予更正 The head refuses the correction.' })
  rejectDisclosureCorrection(@IdArg() id: string, @Arg('input', () => DisclosureReasonsInput) input: DisclosureReasonsInput, @KeyArg() key: string, @Ctx() ctx: RequestContext): Made {
    return payload(ctx, rejectDisclosureCorrection(ctx, { id, input }, key));
  }

  @Mutation(() => DisclosurePayload, { description: '拟撤回公示 Asks the head for the withdrawal, for a cause.' })
  proposeDisclosureWithdrawal(@IdArg() id: string, @Arg('input', () => ProposeDisclosureWithdrawalInput) input: ProposeDisclosureWithdrawalInput, @KeyArg() key: string, @Ctx() ctx: RequestContext): Made {
    return payload(ctx, proposeDisclosureWithdrawal(ctx, { id, input }, key));
  }

  @Mutation(() => DisclosurePayload, { description: '撤回公示 The head approves the withdrawal that another officer asked for: nothing of it is shown any more.' })
  approveDisclosureWithdrawal(@IdArg() id: string, @Arg('input', () => DisclosureOpinionInput) input: DisclosureOpinionInput, @KeyArg() key: string, @Ctx() ctx: RequestContext): Made {
    return payload(ctx, approveDisclosureWithdrawal(ctx, { id, input }, key));
  }

  @Mutation(() => DisclosurePayload, { description: '不予撤回 The head refuses the withdrawal.' })
  rejectDisclosureWithdrawal(@IdArg() id: string, @Arg('input', () => DisclosureReasonsInput) input: DisclosureReasonsInput, @KeyArg() key: string, @Ctx() ctx: RequestContext): Made {
    return payload(ctx, rejectDisclosureWithdrawal(ctx, { id, input }, key));
  }
}

@Resolver()
export class DisclosureDeferralActsResolver {
  @Mutation(() => DisclosureDeferralPayload, {
    description: '暂缓公示 The head defers publication of all that comes of the case, before the decision is served or after, while it would expose an investigation.',
  })
  deferDisclosure(@Arg('caseId', () => ID) caseId: string, @Arg('input', () => DeferDisclosureInput) input: DeferDisclosureInput, @KeyArg() key: string, @Ctx() ctx: RequestContext): Deferred {
    return deferred(ctx, deferDisclosure(ctx, { caseId, input }, key));
  }

  @Mutation(() => DisclosureDeferralPayload, { description: '复核暂缓公示 The head has looked at it again, and it goes on.' })
  reviewDisclosureDeferral(@IdArg() id: string, @Arg('input', () => ReviewDisclosureDeferralInput) input: ReviewDisclosureDeferralInput, @KeyArg() key: string, @Ctx() ctx: RequestContext): Deferred {
    return deferred(ctx, reviewDisclosureDeferral(ctx, { id, input }, key));
  }

  @Mutation(() => DisclosureDeferralPayload, { description: '解除暂缓公示 The head lifts it: what waited is published.' })
  liftDisclosureDeferral(@IdArg() id: string, @Arg('input', () => DisclosureReasonsInput) input: DisclosureReasonsInput, @KeyArg() key: string, @Ctx() ctx: RequestContext): Deferred {
    return deferred(ctx, liftDisclosureDeferral(ctx, { id, input }, key));
  }
}
