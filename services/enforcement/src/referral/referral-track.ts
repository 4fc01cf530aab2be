import type { ReferralTrackKind, ReferralTrackState } from '@casebridge/contracts';
import { type Citation, type Deadline, DomainError, type HolidayCalendar, isOverdue, o310, type StatutoryClock, sppr2019 } from '@casebridge/kernel';
import { referralClocks } from './referral.clocks';
import type { ReferralParties } from './referral.policy';
import type { ReferralState } from './referral.rule';
import { type TrackAct, trackMachine, trackOf } from './referral-track.machine';

/** A track beside the main one, as it stands after an act on it. */
export interface ReferralTrack {
  readonly kind: ReferralTrackKind;
  /** Position of the act that opened it: tells two tracks of one kind apart. */
  readonly openedPosition: number;
  readonly state: ReferralTrackState;
  /** Who must act next on it; null where nobody must. */
  readonly holderCode: string | null;
  readonly deadline: Deadline | null;
}

/** The clock that starts with an act. */
const starts: Partial<Record<TrackAct, StatutoryClock>> = {
  requestReconsideration: referralClocks.reconsiderationDecision, upholdRefusal: referralClocks.supervisionProposal,
  requestNonFilingExplanation: referralClocks.nonFilingExplanation, explainNonFiling: referralClocks.reasonsNotice, orderFiling: referralClocks.orderedFiling,
  sendReverseTransfer: referralClocks.reverseCheck, acceptReverseTransfer: referralClocks.reverseReply,
};

/** Acts that the clock before them is about. */
const meets: ReadonlySet<TrackAct> = new Set([
  'reverseRefusal', 'upholdRefusal', 'explainNonFiling', 'acceptNonFilingReasons', 'complyByFiling', 'acceptReverseTransfer', 'returnAdministrativeOutcome',
]);

/** Who must act next, by the state that a track is in. */
const holders: Readonly<Record<ReferralTrackState, keyof ReferralParties | null>> = {
  REQUESTED: 'policeAgencyCode', REVERSED: 'policeAgencyCode', UPHELD: 'filingAgencyCode',
  PROPOSED: 'procuratorateAgencyCode', EXPLANATION_REQUESTED: 'policeAgencyCode', EXPLAINED: 'procuratorateAgencyCode', REASONS_ACCEPTED: null,
  FILING_ORDERED: 'policeAgencyCode', CORRECTION_NOTICE_ISSUED: 'policeAgencyCode', COMPLIED: null, OVERTAKEN: null,
  SENT: 'filingAgencyCode', ACCEPTED: 'filingAgencyCode', OUTCOME_RETURNED: null,
};

/** What waits for a time that is not over yet. */
export class StillInTime extends DomainError {
  readonly code = 'STILL_IN_TIME';
  readonly kind = 'CONFLICT';
  constructor(state: string, basis: Citation) {
    super(`The time for what is owed in state ${state} is not over yet`, { state, basis });
  }
}

export interface TrackDecided {
  readonly track: ReferralTrack;
  /** Whether the act came in time for the clock that it meets; null where none ran. */
  readonly met: boolean | null;
}

export interface Situation {
  readonly now: Date;
  readonly calendar: HolidayCalendar;
  readonly parties: ReferralParties;
  /** Of the act in the timeline. */
  readonly position: number;
}

export const lapsed = (track: ReferralTrack, now: Date): boolean => isOverdue(now, track.deadline?.dueAt ?? null);

/**
 * The track after an act.
 *
 * @param track - the last of its kind; null where there is none
 * @throws IllegalTransition when the act is not lawful in its state
 * @throws StillInTime for an act that is lawful only once something is overdue
 */
export function decideTrack(track: ReferralTrack | null, act: TrackAct, { now, calendar, parties, position }: Situation): TrackDecided {
  const before = track?.state === 'OVERTAKEN' ? null : track; // other police, another refusal, a criminal case after all
  const state = trackMachine.next(before?.state ?? null, act);
  if (before && waits(before, act) && !lapsed(before, now)) throw new StillInTime(before.state, trackMachine.rules[act].basis);
  const opened = act === 'sendReverseTransfer' ? undefined : before?.openedPosition;
  const holder = holders[state];
  // The police that were told to correct themselves owe the filing since the day the order set.
  const deadline = act === 'issueCorrectionNotice' ? (before?.deadline ?? null) : (starts[act]?.dueAt(now, calendar) ?? null);
  return {
    track: { kind: trackOf[act], openedPosition: opened ?? position, state, holderCode: holder && parties[holder], deadline },
    met: before?.deadline && meets.has(act) ? !lapsed(before, now) : null,
  };
}

/** An order without an explanation, and a correction notice, come when the police are late. */
const waits = ({ state }: ReferralTrack, act: TrackAct): boolean =>
  (act === 'orderFiling' && state === 'EXPLANATION_REQUESTED') || act === 'issueCorrectionNotice';

export type Tracks = Partial<Record<ReferralTrackKind, ReferralTrack>>;

const supervising: ReadonlySet<ReferralTrackState> = new Set(['PROPOSED', 'EXPLANATION_REQUESTED', 'EXPLAINED', 'FILING_ORDERED', 'CORRECTION_NOTICE_ISSUED']);

/** The supervision that runs; it ends when the police file, or when the referral goes elsewhere. */
export const runningSupervision = ({ SUPERVISION: track }: Tracks): ReferralTrack | null => (track && supervising.has(track.state) ? track : null);

/** What the police file on after they had refused; null where there is nothing. */
export const groundToFile = ({ RECONSIDERATION, SUPERVISION }: Tracks): ReferralTrack | null => {
  const ordered = SUPERVISION?.state === 'FILING_ORDERED' || SUPERVISION?.state === 'CORRECTION_NOTICE_ISSUED';
  if (ordered) return SUPERVISION;
  return RECONSIDERATION?.state === 'REVERSED' ? RECONSIDERATION : null;
};

/** A track stands in the way of an act. */
export class TrackStillOpen extends DomainError {
  readonly code = 'TRACK_STILL_OPEN';
  readonly kind = 'CONFLICT';
  constructor({ kind, state }: ReferralTrack) {
    super(`The track ${kind} is in state ${state} and must come to its end first`, { state, basis: kind === 'REVERSE_TRANSFER' ? trackMachine.rules.sendReverseTransfer.basis : o310('9') });
  }
}

/** Nothing is owed any more for what was sent back. */
const returned: ReadonlySet<ReferralTrackState> = new Set(['OUTCOME_RETURNED', 'OVERTAKEN']);

/**
 * Null when every remedy against the refusal is lost or lapsed and the case that was sent back is answered; else what is still open. Once there is a criminal
 * case nothing is left of the remedies.
 */
export function openTrack({ RECONSIDERATION, SUPERVISION, REVERSE_TRANSFER }: Tracks, status: string, now: Date): ReferralTrack | null {
  if (REVERSE_TRANSFER && !returned.has(REVERSE_TRANSFER.state)) return REVERSE_TRANSFER;
  if (status !== 'NOT_FILED') return null;
  if (SUPERVISION && SUPERVISION.state !== 'OVERTAKEN') return supervising.has(SUPERVISION.state) ? SUPERVISION : null;
  if (RECONSIDERATION && ['REQUESTED', 'REVERSED'].includes(RECONSIDERATION.state)) return RECONSIDERATION;
  return RECONSIDERATION && !lapsed(RECONSIDERATION, now) ? RECONSIDERATION : null;
}

/** The police file: reconsideration and supervision are at their end, and what was sent back waits for the court. */
export function settledByFiling({ RECONSIDERATION, REVERSE_TRANSFER, SUPERVISION }: Tracks, situation: Situation): { readonly tracks: readonly ReferralTrack[]; readonly met: boolean | null } {
  const running = runningSupervision(SUPERVISION ? { SUPERVISION } : {});
  const complied = running && decideTrack(running, 'complyByFiling', situation);
  const settled = RECONSIDERATION && trackMachine.can(RECONSIDERATION.state, 'settleByFiling') ? decideTrack(RECONSIDERATION, 'settleByFiling', situation).track : null;
  const sentBack = REVERSE_TRANSFER && !returned.has(REVERSE_TRANSFER.state) ? decideTrack(REVERSE_TRANSFER, 'overtakeReverseTransfer', situation).track : null;
  return { tracks: [complied?.track, settled, sentBack].filter((track) => track != null), met: complied?.met ?? null };
}

/** The police owe a filing: they may neither refuse, nor send the referral elsewhere. */
export function assertNotOrdered({ SUPERVISION }: Tracks): void {
  if (SUPERVISION && ['FILING_ORDERED', 'CORRECTION_NOTICE_ISSUED'].includes(SUPERVISION.state)) throw new TrackStillOpen(SUPERVISION);
}

/**
 * Before a refusal supervision is for a review that took too long (SPPR art. 562): longer than the law's own three days, since an extension whose text was not
 * read blocks nothing.
 */
export function assertReviewLapsed({ reviewStartedAt, status, suspensions }: ReferralState, now: Date, calendar: HolidayCalendar): void {
  if (status === 'NOT_FILED' || !reviewStartedAt) return;
  const waits = suspensions.map(({ from, to }) => ({ from, to: to ?? now }));
  if (!isOverdue(now, referralClocks.filingDecision.dueAt(reviewStartedAt, calendar, waits).dueAt)) throw new StillInTime(String(status), sppr2019('562'));
}
