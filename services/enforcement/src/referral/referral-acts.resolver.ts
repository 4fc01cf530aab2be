import { RequestContext, type Visible } from '@casebridge/platform';
import { Arg, Ctx, FieldResolver, ID, Mutation, Resolver, Root, Subscription } from 'type-graphql';
import { type Following, referralEvents, type ReferralEvent } from './referral-events';
import type { ReferralEntity } from './referral.entity';
import {
  ApproveReferralInput, FileCriminalCaseInput, ForwardReferralInput, RefuseCriminalCaseInput, RefuseReferralInput, RequestReferralSupplementInput,
  ReturnReferralInput, SignReferralReceiptInput, SubmitReferralReportInput, SupplementReferralInput, TransferReferralInput,
} from './referral.input';
import { referralLoader, type VisibleReferral } from './referral.loader';
import { ReferralEventType, ReferralPayload, ReferralType } from './referral.type';
import {
  approveReferral, fileCriminalCase, forwardReferral, refuseCriminalCase, refuseReferral, requestReferralSupplement, returnReferral,
  signReferralReceipt, supplementReferral, transferReferral,
} from './referral.usecase';
import { submitReferralReport } from './submit-referral-report.usecase';

export type Made = Promise<{ readonly referral: VisibleReferral }>;

/** What an act gives back is the record as it stood right after it, also when its key is sent again much later. */
export async function payload(act: Promise<Visible<ReferralEntity>>): Made {
  const referral = await act;
  return { referral: { ...referral, asOf: { position: referral.version, at: referral.updatedAt } } };
}

export const IdArg = () => Arg('id', () => ID);
export const KeyArg = () => Arg('idempotencyKey', () => ID, { description: '幂等键 Unique per act; kept 30 days.' });

@Resolver()
export class ReferralActsResolver {
  @Mutation(() => ReferralPayload, { description: '提出移送报告 Reports a suspected crime to the head of the agency.' })
  submitReferralReport(
    @Arg('caseId', () => ID) caseId: string, @Arg('input', () => SubmitReferralReportInput) input: SubmitReferralReportInput, @KeyArg() key: string,
    @Ctx() ctx: RequestContext,
  ): Made {
    return payload(submitReferralReport(ctx, { caseId, input }, key));
  }

  @Mutation(() => ReferralPayload, { description: '批准移送 The head approves the referral.' })
  approveReferral(
    @IdArg() id: string, @Arg('input', () => ApproveReferralInput) input: ApproveReferralInput, @KeyArg() key: string, @Ctx() ctx: RequestContext,
  ): Made {
    return payload(approveReferral(ctx, { id, input }, key));
  }

  @Mutation(() => ReferralPayload, { description: '不批准移送 The head refuses, with reasons; the procuratorate of the place sees it.' })
  refuseReferral(
    @IdArg() id: string, @Arg('input', () => RefuseReferralInput) input: RefuseReferralInput, @KeyArg() key: string, @Ctx() ctx: RequestContext,
  ): Made {
    return payload(refuseReferral(ctx, { id, input }, key));
  }

  @Mutation(() => ReferralPayload, { description: '移送公安机关 Hands the file to the police, with a copy to the procuratorate.' })
  transferReferral(
    @IdArg() id: string, @Arg('input', () => TransferReferralInput) input: TransferReferralInput, @KeyArg() key: string, @Ctx() ctx: RequestContext,
  ): Made {
    return payload(transferReferral(ctx, { id, input }, key));
  }

  @Mutation(() => ReferralPayload, { description: '签收回执 The police sign for the file.' })
  signReferralReceipt(
    @IdArg() id: string, @Arg('input', () => SignReferralReceiptInput) input: SignReferralReceiptInput, @KeyArg() key: string, @Ctx() ctx: RequestContext,
  ): Made {
    return payload(signReferralReceipt(ctx, { id, input }, key));
  }

  @Mutation(() => ReferralPayload, { description: '要求补充材料 The police list what is missing; the review waits.' })
  requestReferralSupplement(
    @IdArg() id: string, @Arg('input', () => RequestReferralSupplementInput) input: RequestReferralSupplementInput, @KeyArg() key: string, @Ctx() ctx: RequestContext,
  ): Made {
    return payload(requestReferralSupplement(ctx, { id, input }, key));
  }

  @Mutation(() => ReferralPayload, { description: '补充材料 Hands in what was missing, or says why it cannot be had.' })
  supplementReferral(
    @IdArg() id: string, @Arg('input', () => SupplementReferralInput) input: SupplementReferralInput, @KeyArg() key: string, @Ctx() ctx: RequestContext,
  ): Made {
    return payload(supplementReferral(ctx, { id, input }, key));
  }

  @Mutation(() => ReferralPayload, { description: '移送有管辖权的公安机关 Forwards the referral to the competent police.' })
  forwardReferral(
    @IdArg() id: string, @Arg('input', () => ForwardReferralInput) input: ForwardReferralInput, @KeyArg() key: string, @Ctx() ctx: RequestContext,
  ): Made {
    return payload(forwardReferral(ctx, { id, input }, key));
  }

  @Mutation(() => ReferralPayload, { description: '退回 Returns what is no matter for the police; the administrative case resumes.' })
  returnReferral(
    @IdArg() id: string, @Arg('input', () => ReturnReferralInput) input: ReturnReferralInput, @KeyArg() key: string, @Ctx() ctx: RequestContext,
  ): Made {
    return payload(returnReferral(ctx, { id, input }, key));
  }

  @Mutation(() => ReferralPayload, { description: '决定立案 The police file a criminal case.' })
  fileCriminalCase(
    @IdArg() id: string, @Arg('input', () => FileCriminalCaseInput) input: FileCriminalCaseInput, @KeyArg() key: string, @Ctx() ctx: RequestContext,
  ): Made {
    return payload(fileCriminalCase(ctx, { id, input }, key));
  }

  @Mutation(() => ReferralPayload, { description: '不予立案 The police refuse to file, with reasons.' })
  refuseCriminalCase(
    @IdArg() id: string, @Arg('input', () => RefuseCriminalCaseInput) input: RefuseCriminalCaseInput, @KeyArg() key: string, @Ctx() ctx: RequestContext,
  ): Made {
    return payload(refuseCriminalCase(ctx, { id, input }, key));
  }
}

@Resolver(() => ReferralEventType)
export class ReferralEventResolver {
  @Subscription(() => ReferralEventType, {
    description: '移送动态订阅 Acts on referrals you may see: from the cursor without loss, then live. `after` null: from now.',
    subscribe: ({ args, context }: { args: Following; context: RequestContext }) => referralEvents(context, args),
  })
  referralUpdated(
    @Root() event: ReferralEvent,
    @Arg('after', () => String, { nullable: true, description: 'A cursor of the last 90 days.' }) _after: string | null,
    @Arg('referralIds', () => [ID], { nullable: true, description: 'Only these.' }) _referralIds: string[] | null,
  ): ReferralEvent {
    return event;
  }

  @FieldResolver(() => ReferralType, { nullable: true, description: 'The present record, as you may see it.' })
  referral(@Root() event: ReferralEvent, @Ctx() ctx: RequestContext): Promise<VisibleReferral | null> {
    return ctx.use(referralLoader).load(event.referralId);
  }
}
