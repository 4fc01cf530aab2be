import { isOverdue, startOfDay } from '@casebridge/kernel';
import { type ActInput, dayOf, listingAct, words } from './listing-act';
import { AlreadyExtended, ExitTooEarly, NewHeavyPenalty } from './listing.errors';
import { changePunishmentOf, hasNewHeavyPenalty } from './listing.repository';
import { deadlineOf, earliestExitOn, periodFrom } from './listing.rule';

/*
 * The way out of the list before the period is over, and back into it: early exit (O44 art. 16; O107 arts. 13-17), revocation (O44 art. 19),
 * restoration after fraud (O44 art. 20).
 */

interface Application extends ActInput {
  readonly appliedOn: string;
  readonly dutiesPerformed: string;
  readonly harmRemoved: string;
}
export const applyForEarlyExit = listingAct<Application>('applyForEarlyExit', (doing, input) => {
  const { listing, acting, state } = doing;
  const appliedOn = dayOf(doing, 'appliedOn', input.appliedOn, listing.publishedOn, 'the publication');
  const from = listing.publishedOn === null ? null : earliestExitOn(listing.publishedOn, listing, acting.tx.calendar);
  if (from === null || appliedOn < from) throw new ExitTooEarly(state, from);
  return {
    detail: { dutiesPerformed: words('dutiesPerformed', input.dutiesPerformed), harmRemoved: words('harmRemoved', input.harmRemoved), on: appliedOn },
    from: startOfDay(appliedOn),
  };
});

export const acceptEarlyExit = listingAct<ActInput>('acceptEarlyExit', () => ({}));

/** Once, and counted from the end of the time that it extends. */
export const extendEarlyExit = listingAct<ActInput & { reasons: string }>('extendEarlyExit', ({ listing, state, now }, input) => {
  if (listing.clock !== 'exitDecision' || listing.dueAt === null) throw new AlreadyExtended(state);
  return { detail: { reasons: words('reasons', input.reasons) }, from: new Date(listing.dueAt.getTime() - 1), met: !isOverdue(now, listing.dueAt) };
});

export const approveEarlyExit = listingAct<ActInput & { opinion?: string | null }>('approveEarlyExit', async ({ acting, listing, state }, { opinion }) => {
  if (await hasNewHeavyPenalty(acting.tx.em, listing)) throw new NewHeavyPenalty(state);
  return { detail: opinion == null ? {} : { opinion: words('opinion', opinion) } };
});

export const rejectEarlyExit = listingAct<ActInput & { reasons: string }>('rejectEarlyExit', (_, input) => ({ detail: { reasons: words('reasons', input.reasons) } }));

export const removeFromList = listingAct<ActInput>('removeFromList', ({ acting, now }) => ({
  afterwards: (after) => changePunishmentOf(acting.tx.em, after, { liftedAt: now }),
}));

/** The penalty decision that it rests on was revoked: nothing of the listing is shown from this instant on. */
export const revokeListing = listingAct<ActInput & { reasons: string; decisionRevokedOn: string }>('revokeListing', (doing, input) => {
  const { acting, listing, now } = doing;
  const on = dayOf(doing, 'decisionRevokedOn', input.decisionRevokedOn, listing.decidedOn, 'the penalty decision');
  return {
    detail: { reasons: words('reasons', input.reasons), on },
    met: !isOverdue(now, deadlineOf('listingRevocation', startOfDay(on), acting.tx.calendar)?.dueAt ?? null),
    afterwards: (after) => changePunishmentOf(acting.tx.em, after, { revokedAt: now }),
  };
});

/** The early exit was obtained by fraud: the period begins anew, and there is no early exit from it (O107 art. 23). */
export const restoreListing = listingAct<ActInput & { reasons: string }>('restoreListing', ({ acting, listing, today }, input) => {
  const period = periodFrom(today, listing, acting.tx.calendar);
  return {
    fields: { publishedOn: today, ...period }, detail: { reasons: words('reasons', input.reasons) },
    afterwards: (after) => changePunishmentOf(acting.tx.em, after, { liftedAt: null, publishedOn: today, publicationEndsOn: period.endsOn, endsOn: period.endsOn, forLife: period.forLife }),
  };
});
