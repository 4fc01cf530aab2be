import type { JudgmentOutcome } from '@casebridge/contracts';
import { stateCouncilCalendar } from '@casebridge/kernel';
import type { ActWords, Effect } from './act-words';
import { decideTrack, type GoodsAct, type ReferralActName, type ReferralEntity, settledByFiling, type Situation, type TrackAct, trackOf, type Tracks, withdrawalTold } from './enforcement';
import { type FoundGoods, onGoods } from './goods';

/** What an act that comes after the decision of the police finds. */
export interface Found {
  readonly referral: ReferralEntity;
  readonly words: ActWords;
  /** Civil day of the act. */
  readonly day: string;
  readonly tracks: Tracks;
  readonly situation: Situation;
  /** The administrative case goes on, where it waited. */
  readonly resume: () => boolean;
  readonly startPart: (agencyCode: string, kind: string) => void;
  readonly goods: FoundGoods;
}

export type LaterAct = Extract<
  ReferralActName,
  | 'recordReceiptRefusal' | 'withdrawCriminalCase' | 'sendForProsecution' | 'returnForInvestigation' | 'indict' | 'decideNotToProsecute' | 'recordJudgment'
  | 'recordEffectiveJudgment' | 'closeReferral' | 'requestReconsideration' | 'decideReconsideration' | 'proposeFilingSupervision' | 'requestNonFilingExplanation'
  | GoodsAct | 'explainNonFiling' | 'acceptNonFilingReasons' | 'orderFiling' | 'sendReverseTransfer' | 'acceptReverseTransfer' | 'returnAdministrativeOutcome'
>;

const reasonsOf = ({ words }: Found): string => words.reasons ?? '';
const changed = ({ tracks, situation }: Found, act: TrackAct) => decideTrack(tracks[trackOf[act]] ?? null, act, situation);
const onTrack = (act: TrackAct) => (found: Found): Effect => {
  const { track, met } = changed(found, act);
  return { tracks: [track], met, detail: { reasons: reasonsOf(found) } };
};
/** The clock of the main track tells whether a remedy came in time. */
const remedy = (act: TrackAct) => (found: Found): Effect => ({ tracks: [changed(found, act).track], detail: { reasons: reasonsOf(found) } });

const judgment = ({ day, referral, words }: Found, outcome: JudgmentOutcome) => ({
  judgmentNo: words.documentNo ?? referral.judgmentNo ?? '', judgmentOutcome: outcome, judgmentInstance: 'FIRST' as const, judgedOn: referral.judgedOn ?? day,
});

/** The police file: reconsideration and supervision are at their end. */
export function endedByFiling({ referral, situation, tracks }: Pick<Found, 'referral' | 'situation' | 'tracks'>): Effect {
  const { met, tracks: settled } = settledByFiling(tracks, situation);
  return { tracks: settled, ...(referral.status === 'NOT_FILED' ? { met } : {}) };
}

export const laterEffects: Readonly<Record<LaterAct, (found: Found) => Effect>> = {
  recordReceiptRefusal: (found) => ({ detail: { reasons: reasonsOf(found) } }),
  withdrawCriminalCase: (found) => {
    const withdrawalReasons = reasonsOf(found);
    return {
      fields: { withdrawalReasons }, detail: { reasons: withdrawalReasons, decidedOn: found.day }, caseChanged: found.resume(),
      met: withdrawalTold(found.day, found.situation.now, stateCouncilCalendar),
    };
  },
  sendForProsecution: ({ words }) => ({ detail: { opinionNo: words.documentNo ?? '' } }),
  returnForInvestigation: (found) => ({ detail: { reasons: reasonsOf(found) } }),
  indict: ({ startPart, words }) => {
    const [indictmentNo, courtAgencyCode] = [words.documentNo ?? '', words.court ?? ''];
    startPart(courtAgencyCode, 'REFERRAL_COURT');
    return { fields: { indictmentNo, courtAgencyCode }, detail: { indictmentNo }, caseChanged: true };
  },
  decideNotToProsecute: (found) => {
    const nonProsecutionReasons = reasonsOf(found);
    return { fields: { nonProsecutionKind: 'DISCRETIONARY', nonProsecutionReasons }, detail: { reasons: nonProsecutionReasons, decidedOn: found.day }, caseChanged: found.resume() };
  },
  recordJudgment: (found) => {
    const fields = judgment(found, found.words.judgment ?? 'CONVICTED');
    return { fields, detail: { judgmentNo: fields.judgmentNo } };
  },
  recordEffectiveJudgment: (found) => {
    const fields = { ...judgment(found, found.referral.judgmentOutcome ?? 'CONVICTED'), effectiveOn: found.day };
    return { fields, detail: { judgmentNo: fields.judgmentNo }, caseChanged: fields.judgmentOutcome !== 'CONVICTED' && found.resume() };
  },
  closeReferral: (found) => ({ caseChanged: found.referral.status === 'NOT_FILED' && found.resume() }),
  requestReconsideration: remedy('requestReconsideration'),
  decideReconsideration: (found) => onTrack(found.words.reconsidered === 'REVERSED' ? 'reverseRefusal' : 'upholdRefusal')(found),
  proposeFilingSupervision: (found) => {
    const upheld = found.tracks.RECONSIDERATION;
    return { ...remedy('proposeFilingSupervision')(found), ...(upheld?.deadline ? { met: found.situation.now < upheld.deadline.dueAt } : {}) };
  },
  requestNonFilingExplanation: onTrack('requestNonFilingExplanation'),
  explainNonFiling: onTrack('explainNonFiling'),
  acceptNonFilingReasons: onTrack('acceptNonFilingReasons'),
  orderFiling: onTrack('orderFiling'),
  sendReverseTransfer: onTrack('sendReverseTransfer'),
  acceptReverseTransfer: onTrack('acceptReverseTransfer'),
  returnAdministrativeOutcome: onTrack('returnAdministrativeOutcome'),
  recordGoods: onGoods('recordGoods'),
  keepGoods: onGoods('keepGoods'),
  keepGoodsInPlace: onGoods('keepGoodsInPlace'),
  preserveGoods: onGoods('preserveGoods'),
  handOverGoods: onGoods('handOverGoods'),
  giveBackGoods: onGoods('giveBackGoods'),
  returnGoods: onGoods('returnGoods'),
  disposeOfGoods: onGoods('disposeOfGoods'),
};
