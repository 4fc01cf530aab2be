import { RequestContext } from '@casebridge/platform';
import { Arg, Ctx, ID, Mutation, Resolver } from 'type-graphql';
import {
  ApplyForEarlyExitInput, DecideListingInput, DecideNotToListInput, ListingActInput, ListingOpinionInput, ListingReasonsInput,
  RecordListingHearingInput, RecordListingStatementInput, RequestListingHearingInput, RevokeListingInput, ServeListingNoticeInput,
} from './listing.input';
import { listingLoader, type VisibleListing } from './listing.loader';
import { DishonestyListingPayload } from './listing.type';
import {
  consentToListing, decideListing, decideNotToList, publishListing, recordListingHearing, recordListingStatement, refuseListingConsent,
  requestListingConsent, requestListingHearing, serveListingNotice,
} from './listing.usecase';
import {
  acceptEarlyExit, applyForEarlyExit, approveEarlyExit, extendEarlyExit, rejectEarlyExit, removeFromList, restoreListing, revokeListing,
} from './listing-exit.usecase';

type Made = Promise<{ readonly listing: VisibleListing | null }>;

/** The listing after the act, as the caller may see it. */
async function payload(ctx: RequestContext, act: Promise<{ readonly id: string }>): Made {
  const { id } = await act;
  return { listing: await ctx.use(listingLoader).load(id) };
}

const IdArg = () => Arg('id', () => ID);
const KeyArg = () => Arg('idempotencyKey', () => ID, { description: '幂等键 Unique per act; kept 30 days.' });

@Resolver()
export class ListingActsResolver {
  @Mutation(() => DishonestyListingPayload, { description: '列入告知 Serves the notice of listing; the party has five working days to be heard.' })
  serveListingNotice(@IdArg() id: string, @Arg('input', () => ServeListingNoticeInput) input: ServeListingNoticeInput, @KeyArg() key: string, @Ctx() ctx: RequestContext): Made {
    return payload(ctx, serveListingNotice(ctx, { id, input }, key));
  }

  @Mutation(() => DishonestyListingPayload, { description: '陈述申辩 Records what the party says.' })
  recordListingStatement(@IdArg() id: string, @Arg('input', () => RecordListingStatementInput) input: RecordListingStatementInput, @KeyArg() key: string, @Ctx() ctx: RequestContext): Made {
    return payload(ctx, recordListingStatement(ctx, { id, input }, key));
  }

  @Mutation(() => DishonestyListingPayload, { description: '听证申请 Records that the party asks for a hearing.' })
  requestListingHearing(@IdArg() id: string, @Arg('input', () => RequestListingHearingInput) input: RequestListingHearingInput, @KeyArg() key: string, @Ctx() ctx: RequestContext): Made {
    return payload(ctx, requestListingHearing(ctx, { id, input }, key));
  }

  @Mutation(() => DishonestyListingPayload, { description: '听证 Records the hearing.' })
  recordListingHearing(@IdArg() id: string, @Arg('input', () => RecordListingHearingInput) input: RecordListingHearingInput, @KeyArg() key: string, @Ctx() ctx: RequestContext): Made {
    return payload(ctx, recordListingHearing(ctx, { id, input }, key));
  }

  @Mutation(() => DishonestyListingPayload, { description: '报请上一级同意 The head asks the agency above for its consent.' })
  requestListingConsent(@IdArg() id: string, @Arg('input', () => ListingReasonsInput) input: ListingReasonsInput, @KeyArg() key: string, @Ctx() ctx: RequestContext): Made {
    return payload(ctx, requestListingConsent(ctx, { id, input }, key));
  }

  @Mutation(() => DishonestyListingPayload, { description: '同意列入 The head of the agency above consents.' })
  consentToListing(@IdArg() id: string, @Arg('input', () => ListingOpinionInput) input: ListingOpinionInput, @KeyArg() key: string, @Ctx() ctx: RequestContext): Made {
    return payload(ctx, consentToListing(ctx, { id, input }, key));
  }

  @Mutation(() => DishonestyListingPayload, { description: '不同意列入 The head of the agency above refuses, with reasons.' })
  refuseListingConsent(@IdArg() id: string, @Arg('input', () => ListingReasonsInput) input: ListingReasonsInput, @KeyArg() key: string, @Ctx() ctx: RequestContext): Made {
    return payload(ctx, refuseListingConsent(ctx, { id, input }, key));
  }

  @Mutation(() => DishonestyListingPayload, { description: '决定列入 The head decides to list.' })
  decideListing(@IdArg() id: string, @Arg('input', () => DecideListingInput) input: DecideListingInput, @KeyArg() key: string, @Ctx() ctx: RequestContext): Made {
    return payload(ctx, decideListing(ctx, { id, input }, key));
  }

  @Mutation(() => DishonestyListingPayload, { description: '决定不列入 The head records why a heavy penalty is not followed by a listing.' })
  decideNotToList(@IdArg() id: string, @Arg('input', () => DecideNotToListInput) input: DecideNotToListInput, @KeyArg() key: string, @Ctx() ctx: RequestContext): Made {
    return payload(ctx, decideNotToList(ctx, { id, input }, key));
  }

  @Mutation(() => DishonestyListingPayload, { description: '公示 Puts the entry on the published list.' })
  publishListing(@IdArg() id: string, @Arg('input', () => ListingActInput) input: ListingActInput, @KeyArg() key: string, @Ctx() ctx: RequestContext): Made {
    return payload(ctx, publishListing(ctx, { id, input }, key));
  }
}

@Resolver()
export class ListingExitResolver {
  @Mutation(() => DishonestyListingPayload, { description: '申请提前移出 Records the application of the party, a year after the publication at the earliest.' })
  applyForEarlyExit(@IdArg() id: string, @Arg('input', () => ApplyForEarlyExitInput) input: ApplyForEarlyExitInput, @KeyArg() key: string, @Ctx() ctx: RequestContext): Made {
    return payload(ctx, applyForEarlyExit(ctx, { id, input }, key));
  }

  @Mutation(() => DishonestyListingPayload, { description: '受理提前移出申请 Accepts the application.' })
  acceptEarlyExit(@IdArg() id: string, @Arg('input', () => ListingActInput) input: ListingActInput, @KeyArg() key: string, @Ctx() ctx: RequestContext): Made {
    return payload(ctx, acceptEarlyExit(ctx, { id, input }, key));
  }

  @Mutation(() => DishonestyListingPayload, { description: '延长核实期限 The head extends the time for the decision, once.' })
  extendEarlyExit(@IdArg() id: string, @Arg('input', () => ListingReasonsInput) input: ListingReasonsInput, @KeyArg() key: string, @Ctx() ctx: RequestContext): Made {
    return payload(ctx, extendEarlyExit(ctx, { id, input }, key));
  }

  @Mutation(() => DishonestyListingPayload, { description: '准予提前移出 The head grants early exit.' })
  approveEarlyExit(@IdArg() id: string, @Arg('input', () => ListingOpinionInput) input: ListingOpinionInput, @KeyArg() key: string, @Ctx() ctx: RequestContext): Made {
    return payload(ctx, approveEarlyExit(ctx, { id, input }, key));
  }

  @Mutation(() => DishonestyListingPayload, { description: '不予提前移出 The head refuses, with reasons; the entry stays.' })
  rejectEarlyExit(@IdArg() id: string, @Arg('input', () => ListingReasonsInput) input: ListingReasonsInput, @KeyArg() key: string, @Ctx() ctx: RequestContext): Made {
    return payload(ctx, rejectEarlyExit(ctx, { id, input }, key));
  }

  @Mutation(() => DishonestyListingPayload, { description: '移出名单 Carries out the early exit.' })
  removeFromList(@IdArg() id: string, @Arg('input', () => ListingActInput) input: ListingActInput, @KeyArg() key: string, @Ctx() ctx: RequestContext): Made {
    return payload(ctx, removeFromList(ctx, { id, input }, key));
  }

  @Mutation(() => DishonestyListingPayload, { description: '撤销列入 The penalty decision was revoked: the listing goes with it.' })
  revokeListing(@IdArg() id: string, @Arg('input', () => RevokeListingInput) input: RevokeListingInput, @KeyArg() key: string, @Ctx() ctx: RequestContext): Made {
    return payload(ctx, revokeListing(ctx, { id, input }, key));
  }

  @Mutation(() => DishonestyListingPayload, { description: '恢复列入 The early exit was obtained by fraud: the period begins anew.' })
  restoreListing(@IdArg() id: string, @Arg('input', () => ListingReasonsInput) input: ListingReasonsInput, @KeyArg() key: string, @Ctx() ctx: RequestContext): Made {
    return payload(ctx, restoreListing(ctx, { id, input }, key));
  }
}
