import { referralTrackState, type ReferralTrackState } from '@casebridge/contracts';
import { IllegalTransition, stateCouncilCalendar } from '@casebridge/kernel';
import { decideTrack, groundToFile, openTrack, type ReferralTrack, runningSupervision, settledByFiling, type Situation, StillInTime } from './referral-track';
import { type TrackAct, trackMachine, trackOf } from './referral-track.machine';

const china = (local: string): Date => new Date(`${local}+08:00`);
const parties = { filingAgencyCode: 'MRA', policeAgencyCode: 'PSB', procuratorateAgencyCode: 'PPO', courtAgencyCode: null };
const at = (local: string, position = 9): Situation => ({ now: china(local), calendar: stateCouncilCalendar, parties, position });

/** The side tracks as the page on referrals has them, typed from that page: each act, from which states, to which, and who acts next. */
const page: Readonly<Record<TrackAct, readonly [from: readonly (ReferralTrackState | 'none')[], to: ReferralTrackState, next: string | null]>> = {
  requestReconsideration: [['none'], 'REQUESTED', 'PSB'],
  reverseRefusal: [['REQUESTED'], 'REVERSED', 'PSB'],
  upholdRefusal: [['REQUESTED'], 'UPHELD', 'MRA'],
  settleByFiling: [['REQUESTED', 'REVERSED'], 'COMPLIED', null],
  proposeFilingSupervision: [['none'], 'PROPOSED', 'PPO'],
  requestNonFilingExplanation: [['none', 'PROPOSED'], 'EXPLANATION_REQUESTED', 'PSB'],
  explainNonFiling: [['EXPLANATION_REQUESTED'], 'EXPLAINED', 'PPO'],
  acceptNonFilingReasons: [['EXPLAINED'], 'REASONS_ACCEPTED', null],
  orderFiling: [['EXPLAINED', 'EXPLANATION_REQUESTED'], 'FILING_ORDERED', 'PSB'],
  issueCorrectionNotice: [['FILING_ORDERED'], 'CORRECTION_NOTICE_ISSUED', 'PSB'],
  complyByFiling: [['PROPOSED', 'EXPLANATION_REQUESTED', 'EXPLAINED', 'FILING_ORDERED', 'CORRECTION_NOTICE_ISSUED'], 'COMPLIED', null],
  overtake: [['PROPOSED', 'EXPLANATION_REQUESTED', 'EXPLAINED', 'REASONS_ACCEPTED'], 'OVERTAKEN', null],
  sendReverseTransfer: [['none', 'OUTCOME_RETURNED'], 'SENT', 'MRA'],
  acceptReverseTransfer: [['SENT'], 'ACCEPTED', 'MRA'],
  returnAdministrativeOutcome: [['ACCEPTED'], 'OUTCOME_RETURNED', null],
  overtakeReverseTransfer: [['SENT', 'ACCEPTED'], 'OVERTAKEN', null],
};
const acts = Object.keys(page) as TrackAct[];
const states: readonly (ReferralTrackState | 'none')[] = ['none', ...referralTrackState.codes.filter((s) => s !== 'OVERTAKEN')];
/** A track whose clock, where one runs, is long over. */
const standing = (state: ReferralTrackState | 'none', act: TrackAct): ReferralTrack | null =>
  state === 'none' ? null : { kind: trackOf[act], openedPosition: 4, state, holderCode: 'X', deadline: overdue };
const overdue = decideTrack(null, 'requestReconsideration', at('2026-11-02T09:00:00')).track.deadline;

describe('a track beside the main one', () => {
  it('knows the acts of the page', () => {
    expect([...trackMachine.acts].sort()).toEqual([...acts].sort());
  });

  it.each(acts.flatMap((act) => states.map((state) => [act, state] as const)))('%s from %s', (act, state) => {
    const [from, to, holderCode] = page[act];
    const decide = () => decideTrack(standing(state, act), act, at('2026-11-23T09:00:00'));
    if (!from.includes(state)) {
      expect(decide).toThrow(IllegalTransition);
      return;
    }
    expect(decide().track).toMatchObject({ kind: trackOf[act], state: to, holderCode, openedPosition: state === 'none' || act === 'sendReverseTransfer' ? 9 : 4 });
  });

  it.each([
    ['SENT', ['OVERTAKEN']], ['ACCEPTED', ['OVERTAKEN']], ['OUTCOME_RETURNED', []], ['OVERTAKEN', []],
  ] as const)('that sent the case back ends with a filing where it runs: %s', (state, after) => {
    const track: ReferralTrack = { kind: 'REVERSE_TRANSFER', openedPosition: 4, state, holderCode: 'MRA', deadline: null };
    expect(settledByFiling({ REVERSE_TRANSFER: track }, at('2026-11-23T09:00:00'))).toMatchObject({ tracks: after.map((s) => ({ kind: 'REVERSE_TRANSFER', state: s })), met: null });
  });

  it('begins anew where the referral had gone elsewhere', () => {
    const gone: ReferralTrack = { kind: 'SUPERVISION', openedPosition: 4, state: 'OVERTAKEN', holderCode: null, deadline: null };
    expect(decideTrack(gone, 'proposeFilingSupervision', at('2026-11-23T09:00:00')).track).toMatchObject({ state: 'PROPOSED', openedPosition: 9 });
  });
});

describe('the clocks of the tracks', () => {
  const after = (state: ReferralTrackState, act: TrackAct) => decideTrack({ kind: trackOf[act], openedPosition: 1, state, holderCode: null, deadline: null }, act, at('2026-11-16T09:00:00')).track.deadline;

  it.each([
    ['requestReconsideration', null, 'reconsiderationDecision', '2026-11-20T00:00:00'],
    ['upholdRefusal', 'REQUESTED', 'supervisionProposal', '2026-11-20T00:00:00'],
    ['requestNonFilingExplanation', 'PROPOSED', 'nonFilingExplanation', '2026-11-24T00:00:00'],
    ['explainNonFiling', 'EXPLANATION_REQUESTED', 'reasonsNotice', '2026-11-27T00:00:00'],
    ['orderFiling', 'EXPLAINED', 'orderedFiling', '2026-12-02T00:00:00'],
    ['sendReverseTransfer', null, 'reverseCheck', '2026-12-02T00:00:00'],
    ['acceptReverseTransfer', 'SENT', 'reverseReply', '2027-01-19T00:00:00'],
  ] as const)('%s starts %s', (act, state, rule, dueAt) => {
    const deadline = state === null ? decideTrack(null, act, at('2026-11-16T09:00:00')).track.deadline : after(state, act);
    expect([deadline?.rule.name, deadline?.dueAt]).toEqual([rule, china(dueAt)]);
  });

  it.each(['reverseRefusal', 'acceptNonFilingReasons', 'returnAdministrativeOutcome'] as const)('%s starts none', (act) => {
    expect(after(page[act][0][0] as ReferralTrackState, act)).toBeNull();
  });

  it('measures an answer by the clock that it meets, to the last instant', () => {
    const asked = decideTrack(null, 'requestNonFilingExplanation', at('2026-11-16T09:00:00')).track;
    expect(decideTrack(asked, 'explainNonFiling', at('2026-11-23T23:59:59.999')).met).toBe(true);
    expect(decideTrack(asked, 'explainNonFiling', at('2026-11-24T00:00:00')).met).toBe(false);
    expect(decideTrack(null, 'requestReconsideration', at('2026-11-16T09:00:00')).met).toBeNull();
  });

  it('has the police file in fifteen days, the correction notice or not', () => {
    const explained: ReferralTrack = { kind: 'SUPERVISION', openedPosition: 1, state: 'EXPLAINED', holderCode: null, deadline: null };
    const ordered = decideTrack(explained, 'orderFiling', at('2026-11-16T09:00:00')).track;
    expect(() => decideTrack(ordered, 'issueCorrectionNotice', at('2026-12-01T23:59:59'))).toThrow(StillInTime);
    const corrected = decideTrack(ordered, 'issueCorrectionNotice', at('2026-12-02T00:00:00')).track;
    expect(corrected.deadline).toEqual(ordered.deadline);
    expect(decideTrack(ordered, 'complyByFiling', at('2026-12-01T23:59:59')).met).toBe(true);
    expect(decideTrack(corrected, 'complyByFiling', at('2026-12-03T09:00:00')).met).toBe(false);
  });

  it('lets the procuratorate order without an explanation once that is late', () => {
    const asked = decideTrack(null, 'requestNonFilingExplanation', at('2026-11-16T09:00:00')).track;
    expect(() => decideTrack(asked, 'orderFiling', at('2026-11-23T23:59:59.999'))).toThrow(StillInTime);
    expect(decideTrack(asked, 'orderFiling', at('2026-11-24T00:00:00')).track.state).toBe('FILING_ORDERED');
  });
});

describe('what the tracks mean for the main one', () => {
  const now = china('2026-11-23T09:00:00');
  const reconsideration = (state: ReferralTrackState, deadline = overdue): ReferralTrack => ({ kind: 'RECONSIDERATION', openedPosition: 1, state, holderCode: null, deadline });
  const supervision = (state: ReferralTrackState): ReferralTrack => ({ kind: 'SUPERVISION', openedPosition: 2, state, holderCode: null, deadline: null });
  const reverse = (state: ReferralTrackState): ReferralTrack => ({ kind: 'REVERSE_TRANSFER', openedPosition: 3, state, holderCode: null, deadline: null });
  const running = decideTrack(reconsideration('REQUESTED'), 'upholdRefusal', at('2026-11-23T08:00:00')).track;

  it.each([
    [{}, null], [{ RECONSIDERATION: reconsideration('REQUESTED') }, 'RECONSIDERATION'], [{ RECONSIDERATION: reconsideration('REVERSED') }, 'RECONSIDERATION'],
    [{ RECONSIDERATION: reconsideration('UPHELD') }, null], [{ RECONSIDERATION: running }, 'RECONSIDERATION'],
    [{ RECONSIDERATION: running, SUPERVISION: supervision('REASONS_ACCEPTED') }, null],
    ...(['PROPOSED', 'EXPLANATION_REQUESTED', 'EXPLAINED', 'FILING_ORDERED', 'CORRECTION_NOTICE_ISSUED'] as const).map((s) => [{ SUPERVISION: supervision(s) }, 'SUPERVISION'] as const),
    [{ SUPERVISION: supervision('OVERTAKEN') }, null], [{ RECONSIDERATION: reconsideration('REQUESTED'), SUPERVISION: supervision('REASONS_ACCEPTED') }, null],
    [{ RECONSIDERATION: reconsideration('REVERSED'), SUPERVISION: supervision('OVERTAKEN') }, 'RECONSIDERATION'], [{ REVERSE_TRANSFER: reverse('SENT') }, 'REVERSE_TRANSFER'], [{ REVERSE_TRANSFER: reverse('ACCEPTED') }, 'REVERSE_TRANSFER'],
    [{ REVERSE_TRANSFER: reverse('OUTCOME_RETURNED') }, null], [{ REVERSE_TRANSFER: reverse('OVERTAKEN') }, null],
  ] as const)('%#: what must end before a referral is closed', (tracks, open) => {
    expect(openTrack(tracks, 'NOT_FILED', now)?.kind ?? null).toBe(open);
    // Where the police filed, only what was sent back is left.
    expect(openTrack(tracks, 'CASE_WITHDRAWN', now)?.kind ?? null).toBe(open === 'REVERSE_TRANSFER' ? open : null);
  });

  it('takes a reversal, an order or a correction notice as ground to file after a refusal, and nothing else', () => {
    const grounds = referralTrackState.codes.filter((s) => groundToFile({ SUPERVISION: supervision(s) }) !== null);
    expect(grounds.sort()).toEqual(['CORRECTION_NOTICE_ISSUED', 'FILING_ORDERED']);
    expect(referralTrackState.codes.filter((s) => groundToFile({ RECONSIDERATION: reconsideration(s) }) !== null)).toEqual(['REVERSED']);
    expect(groundToFile({})).toBeNull();
  });

  it('knows when a supervision runs', () => {
    expect(referralTrackState.codes.filter((s) => runningSupervision({ SUPERVISION: supervision(s) }) !== null).sort())
      .toEqual(['CORRECTION_NOTICE_ISSUED', 'EXPLAINED', 'EXPLANATION_REQUESTED', 'FILING_ORDERED', 'PROPOSED']);
  });
});
