import type { FilingReviewExtension, ReconsiderationOutcome } from '@casebridge/contracts';
import { BadUserInput, Forbidden, isOverdue } from '@casebridge/kernel';
import { lineInput } from '@casebridge/platform';
import { stateOf } from './referral-record';
import { assertReviewLapsed, decideTrack, lapsed, openTrack, runningSupervision, StillInTime, type Tracks, TrackStillOpen } from './referral-track';
import { type TrackAct, trackMachine, trackOf } from './referral-track.machine';
import { type Doing, type Effect, openTracks, policeOf, referralAct, resumeCase, situation, words } from './referral-steps';

/*
 * What is done against a refusal to file or a review that takes too long, and what comes back to the regulator when there is no crime to punish.
 */

/** An act on its track. */
function onTrack(doing: Doing, tracks: Tracks, act: TrackAct): Required<Pick<Effect, 'tracks' | 'met'>> {
  const { track, met } = decideTrack(tracks[trackOf[act]] ?? null, act, situation(doing));
  return { tracks: [track], met };
}

/** An act of which nothing is to be said but reasons, and perhaps the number of a document. */
interface Said {
  readonly reasons: string;
  readonly documentNo?: string | null;
}
const said = ({ reasons, documentNo }: Said) => ({
  reasons: words('input.reasons', reasons), ...(documentNo == null ? {} : { documentNo: lineInput(documentNo, 'input.documentNo') }),
});
const simply = (act: TrackAct) => async (doing: Doing, input: Said): Promise<Effect> => {
  const changed = onTrack(doing, await openTracks(doing), act);
  return { detail: said(input), ...changed };
};

const longer: Readonly<Record<FilingReviewExtension, readonly (FilingReviewExtension | null)[]>> = {
  COMPLEX: [null], MAJOR: [null, 'COMPLEX'], MAJOR_AND_APPROVED: ['MAJOR'],
};

export const extendFilingReview = referralAct<{ extension: FilingReviewExtension; approver: string; reasons: string }>('extendFilingReview', async ({ acting, referral }, input) => {
  const { extension } = input;
  const detail = { extension, approver: lineInput(input.approver, 'input.approver', 100), reasons: words('input.reasons', input.reasons) };
  await acting.target.refuseIfOvertaken(acting.tx.em); // the state keeps nobody from extending twice
  if (!longer[extension].includes(referral.reviewExtension)) {
    throw new BadUserInput('input.extension', `does not follow ${referral.reviewExtension ?? 'the time without extension'}`);
  }
  return { fields: { reviewExtension: extension }, detail };
});

export const requestReconsideration = referralAct<{ reasons: string }>('requestReconsideration', async (doing, input) => {
  const tracks = await openTracks(doing);
  const supervision = runningSupervision(tracks);
  if (supervision) throw new TrackStillOpen(supervision);
  return { detail: said(input), tracks: onTrack(doing, tracks, 'requestReconsideration').tracks };
});

export const decideReconsideration = referralAct<Said & { outcome: ReconsiderationOutcome }>('decideReconsideration', (doing, input) =>
  simply(input.outcome === 'REVERSED' ? 'reverseRefusal' : 'upholdRefusal')(doing, input));

/** Against the refusal, against the decision that upheld it, or against a review that took too long. */
export const proposeFilingSupervision = referralAct<{ reasons: string }>('proposeFilingSupervision', async (doing, input) => {
  const { referral } = doing;
  const { calendar, now } = situation(doing);
  assertReviewLapsed(stateOf(referral), now, calendar);
  const tracks = await openTracks(doing);
  const { RECONSIDERATION: decided } = tracks;
  if (decided?.state === 'REQUESTED' && !lapsed(decided, now)) throw new StillInTime(decided.state, trackMachine.rules.upholdRefusal.basis);
  const { tracks: changed } = onTrack(doing, tracks, 'proposeFilingSupervision');
  return { detail: said(input), tracks: changed, ...(decided?.state === 'UPHELD' ? { met: !lapsed(decided, now) } : {}) };
});

/** On a proposal, or of its own accord; before a refusal only once the review has taken too long. */
export const requestNonFilingExplanation = referralAct<Said>('requestNonFilingExplanation', async (doing, input) => {
  const tracks = await openTracks(doing);
  const { calendar, now } = situation(doing);
  if (!runningSupervision(tracks)) assertReviewLapsed(stateOf(doing.referral), now, calendar);
  return { detail: said(input), ...onTrack(doing, tracks, 'requestNonFilingExplanation') };
});

export const explainNonFiling = referralAct<Said>('explainNonFiling', simply('explainNonFiling'));
export const acceptNonFilingReasons = referralAct<Said>('acceptNonFilingReasons', simply('acceptNonFilingReasons'));
export const orderFiling = referralAct<Said>('orderFiling', simply('orderFiling'));
export const issueCorrectionNotice = referralAct<Said>('issueCorrectionNotice', simply('issueCorrectionNotice'));

/** Whoever ended the criminal proceedings sends the case back. */
const endedBy = ({ referral }: Doing): string | null => {
  if (referral.status === 'NOT_PROSECUTED') return referral.procuratorateAgencyCode;
  return referral.status === 'JUDGED_EFFECTIVE' ? referral.courtAgencyCode : policeOf(referral);
};

export const sendReverseTransfer = referralAct<Said>('sendReverseTransfer', (doing, input) => {
  if (doing.acting.who.agency.code !== endedBy(doing)) throw new Forbidden('Only the agency that ended the criminal proceedings may do this');
  return simply('sendReverseTransfer')(doing, input);
});
/** After a refusal that can no longer be fought the administrative case goes on with it; elsewhere it has gone on already. */
export const acceptReverseTransfer = referralAct<Said>('acceptReverseTransfer', async (doing, input) => {
  const { dueAt, status } = doing.referral;
  const { REVERSE_TRANSFER: _sent, ...remedies } = await openTracks(doing);
  const { now } = situation(doing);
  const over = status === 'NOT_FILED' && !openTrack(remedies, status, now) && (!dueAt || isOverdue(now, dueAt));
  const effect = await simply('acceptReverseTransfer')(doing, input);
  return { ...effect, caseChanged: over && resumeCase(doing) };
});
export const returnAdministrativeOutcome = referralAct<Said>('returnAdministrativeOutcome', simply('returnAdministrativeOutcome'));
