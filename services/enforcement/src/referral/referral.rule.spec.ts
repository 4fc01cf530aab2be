import { type ReferralStatus, referralStatus } from '@casebridge/contracts';
import { civilDate, IllegalTransition, startOfDay, stateCouncilCalendar } from '@casebridge/kernel';
import fc from 'fast-check';
import { referralClocks } from './referral.clocks';
import { type ReferralActName, referralMachine } from './referral.machine';
import { newReferralRow, referralAfter, stateOf, timelineRow } from './referral-record';
import { actsBeside, decideReferral, holderAfter, missingDocuments, noReferral as none, type ReferralState, waitsForCriminal, withdrawalTold } from './referral.rule';

const calendar = stateCouncilCalendar;
const china = (local: string): Date => new Date(`${local}+08:00`);
const decide = (state: ReferralState, act: ReferralActName, local: string) => decideReferral(state, act, china(local), calendar);
const next = (state: ReferralState, act: ReferralActName, local: string): ReferralState => {
  const { status, deadline, reviewStartedAt, suspensions } = decide(state, act, local);
  return { ...state, status, dueAt: deadline?.dueAt ?? null, reviewStartedAt, suspensions };
};
const inState = (status: ReferralStatus): ReferralState => ({ ...none, status });
/** A referral whose receipt was signed. */
const underReview = (local: string): ReferralState => next(inState('TRANSFERRED'), 'signReferralReceipt', local);

describe('the clocks of a referral are those of the law', () => {
  const O310 = '行政执法机关移送涉嫌犯罪案件的规定';
  const MPS = '公安机关办理刑事案件程序规定';
  const SPPR = '人民检察院刑事诉讼规则';
  const M41 = '药品行政执法与刑事司法衔接工作办法';
  const rows: readonly (readonly [name: string, instrument: string, article: string, mark: string, amount: number, unit: string, start: string])[] = [
    ['headDecision', O310, '5(2)', 'V', 3, 'CALENDAR_DAY', 'SUBMIT_REFERRAL_REPORT'],
    ['transfer', O310, '5(2)', 'V', 24, 'HOUR', 'APPROVE_REFERRAL'],
    ['receipt', '药案通平台规则（非法律规定）', '签收回执', 'NV', 24, 'HOUR', 'TRANSFER_REFERRAL'],
    ['firstLook', MPS, '180(2)', 'V', 24, 'HOUR', 'SIGN_REFERRAL_RECEIPT'],
    ['filingDecision', O310, '8', 'V', 3, 'CALENDAR_DAY', 'SIGN_REFERRAL_RECEIPT'],
    ['supplement', MPS, '180(2)', 'V', 3, 'CALENDAR_DAY', 'REQUEST_REFERRAL_SUPPLEMENT'],
    ['goodsHandover', O310, '12', 'V', 3, 'CALENDAR_DAY', 'FILE_CRIMINAL_CASE'],
    ['withdrawalNotice', MPS, '187, 189', 'V', 3, 'CALENDAR_DAY', 'WITHDRAW_CRIMINAL_CASE'],
    ['remedy', O310, '9', 'V', 3, 'CALENDAR_DAY', 'REFUSE_CRIMINAL_CASE'],
    ['orderedTransfer', M41, '条次待核', 'NV', 3, 'CALENDAR_DAY', 'ORDER_REFERRAL'],
    ['filingDecisionComplex', M41, '条次待核', 'NV', 10, 'CALENDAR_DAY', 'SIGN_REFERRAL_RECEIPT'],
    ['filingDecisionMajor', M41, '条次待核', 'NV', 30, 'CALENDAR_DAY', 'SIGN_REFERRAL_RECEIPT'],
    ['filingDecisionMajorApproved', M41, '条次待核', 'NV', 60, 'CALENDAR_DAY', 'SIGN_REFERRAL_RECEIPT'],
    ['reconsiderationDecision', O310, '9(2)', 'V', 3, 'CALENDAR_DAY', 'REQUEST_RECONSIDERATION'],
    ['supervisionProposal', O310, '9(2)', 'V', 3, 'CALENDAR_DAY', 'DECIDE_RECONSIDERATION'],
    ['nonFilingExplanation', SPPR, '560', 'V', 7, 'CALENDAR_DAY', 'REQUEST_NON_FILING_EXPLANATION'],
    ['reasonsNotice', SPPR, '561(2)', 'V', 10, 'CALENDAR_DAY', 'EXPLAIN_NON_FILING'],
    ['orderedFiling', SPPR, '563', 'V', 15, 'CALENDAR_DAY', 'ORDER_FILING'],
    ['reverseCheck', M41, '15', 'NV', 15, 'CALENDAR_DAY', 'SEND_REVERSE_TRANSFER'],
    ['reverseReply', M41, '16', 'NV', 2, 'MONTH', 'ACCEPT_REVERSE_TRANSFER'],
  ];

  it.each(rows)('%s: %s art. %s (%s), %i × %s from %s', (name, instrument, article, mark, amount, unit, startEvent) => {
    const [row, ...more] = referralClocks[name as keyof typeof referralClocks].rows;
    expect(more).toEqual([]);
    expect(row).toMatchObject({ citation: { instrument, article, mark }, amount, unit, startEvent, mark });
    // Days: the first does not count, a last day off moves on. Hours are strict.
    expect([row?.startExclusive, row?.rollOver]).toEqual(unit === 'HOUR' ? [false, false] : [true, true]);
  });

  it('has no other clock', () => {
    expect(Object.keys(referralClocks).sort()).toEqual(rows.map(([name]) => name).sort());
  });

  it('counts by rows that were in force when the revised instruments were', () => {
    expect(referralClocks.headDecision.rows[0]?.effectiveFrom).toBe('2020-08-07');
    expect(referralClocks.firstLook.rows[0]?.effectiveFrom).toBe('2020-09-01');
  });
});

describe('when the next act is due', () => {
  const due = (state: ReferralState, act: ReferralActName, local: string) => decide(state, act, local).deadline;

  it.each([
    ['a Monday, three days on', '2026-11-16T09:00:00', '2026-11-19'],
    ['the last second of a day counts as that day', '2026-11-16T23:59:59.999', '2026-11-19'],
    ['the first instant of the next day does not', '2026-11-17T00:00:00', '2026-11-20'],
    ['a last day on Saturday moves to Monday', '2026-11-18T09:00:00', '2026-11-23'],
    ['a last day on Sunday moves to Monday', '2026-11-19T09:00:00', '2026-11-23'],
    ['the National Day week moves it to the first day worked', '2026-09-28T09:00:00', '2026-10-08'],
    ['the Spring Festival does too', '2026-02-12T09:00:00', '2026-02-24'],
    ['a Saturday that is worked stays', '2026-10-07T09:00:00', '2026-10-10'],
  ])('head decision: %s', (_, submitted, lastDay) => {
    const deadline = due(none, 'submitReferralReport', submitted);
    expect(deadline?.lastDay).toBe(lastDay);
    expect(deadline?.dueAt.getTime()).toBe(startOfDay(lastDay).getTime() + 86_400_000);
    expect(deadline?.provisional).toBe(false);
  });

  it('is provisional past the last published calendar', () => {
    const deadline = due(none, 'submitReferralReport', '2026-12-30T09:00:00');
    expect(deadline).toMatchObject({ lastDay: '2027-01-04', provisional: true });
  });

  it('transfer: 24 hours by the clock, over a weekend too', () => {
    const deadline = due(inState('PENDING_APPROVAL'), 'approveReferral', '2026-11-20T17:30:00');
    expect(deadline).toMatchObject({ dueAt: china('2026-11-21T17:30:00'), lastDay: null });
  });

  it.each([
    ['orderReferral', 'NOT_APPROVED', '2026-11-24T00:00:00', 'orderedTransfer'],
    ['transferReferral', 'APPROVED', '2026-11-21T10:00:00', 'receipt'],
    ['forwardReferral', 'UNDER_FILING_REVIEW', '2026-11-21T10:00:00', 'receipt'],
    ['signReferralReceipt', 'TRANSFERRED', '2026-11-24T00:00:00', 'filingDecision'],
    ['requestReferralSupplement', 'UNDER_FILING_REVIEW', '2026-11-24T00:00:00', 'supplement'],
    ['fileCriminalCase', 'UNDER_FILING_REVIEW', '2026-11-24T00:00:00', 'goodsHandover'],
    ['refuseCriminalCase', 'UNDER_FILING_REVIEW', '2026-11-24T00:00:00', 'remedy'],
  ] as const)('%s starts the right clock', (act, from, dueAt, rule) => {
    const deadline = due(inState(from), act, '2026-11-20T10:00:00');
    expect(deadline?.dueAt).toEqual(china(dueAt));
    expect(deadline?.rule.name).toBe(rule);
  });

  it.each(['refuseReferral', 'returnReferral'] as const)('%s starts none', (act) => {
    expect(due(inState(act === 'refuseReferral' ? 'PENDING_APPROVAL' : 'UNDER_FILING_REVIEW'), act, '2026-11-20T10:00:00')).toBeNull();
  });
});

describe('the review waits for a supplement', () => {
  /** Signed on Monday 9 November: due by the end of Thursday the 12th. */
  const signed = underReview('2026-11-09T10:00:00');

  it('counts three days from the receipt without a wait', () => {
    expect(signed.dueAt).toEqual(china('2026-11-13T00:00:00'));
  });

  it('goes on with the days that were left, the day of resumption in place of the day of waiting', () => {
    const waiting = next(signed, 'requestReferralSupplement', '2026-11-10T09:00:00');
    expect(waiting).toMatchObject({ status: 'SUPPLEMENT_REQUIRED', dueAt: china('2026-11-14T00:00:00') });
    // Two days were left of the 10th; from Friday the 13th they end on Sunday, which moves to Monday the 16th.
    expect(next(waiting, 'supplementReferral', '2026-11-13T16:00:00').dueAt).toEqual(china('2026-11-17T00:00:00'));
  });

  it('changes nothing when the supplement comes on the same day', () => {
    const waiting = next(signed, 'requestReferralSupplement', '2026-11-10T09:00:00');
    expect(next(waiting, 'supplementReferral', '2026-11-10T21:00:00').dueAt).toEqual(signed.dueAt);
  });

  it('adds up several waits', () => {
    let state = next(signed, 'requestReferralSupplement', '2026-11-09T12:00:00');
    state = next(state, 'supplementReferral', '2026-11-16T12:00:00'); // three days left: Thursday the 19th
    expect(state.dueAt).toEqual(china('2026-11-20T00:00:00'));
    state = next(state, 'requestReferralSupplement', '2026-11-17T12:00:00'); // two days left
    state = next(state, 'supplementReferral', '2026-11-24T12:00:00');
    expect(state.dueAt).toEqual(china('2026-11-27T00:00:00'));
    expect(state.suspensions).toHaveLength(2);
  });

  it('does not give back time that was over before the police asked', () => {
    const late = next(signed, 'requestReferralSupplement', '2026-11-16T09:00:00');
    expect(next(late, 'supplementReferral', '2026-11-18T09:00:00').dueAt).toEqual(signed.dueAt);
  });

  it('forgets the waits when another police agency signs', () => {
    let state = next(signed, 'requestReferralSupplement', '2026-11-10T09:00:00');
    state = next(state, 'supplementReferral', '2026-11-11T09:00:00');
    state = next(state, 'forwardReferral', '2026-11-11T10:00:00');
    expect(state).toMatchObject({ status: 'TRANSFERRED', reviewStartedAt: null, suspensions: [] });
    expect(next(state, 'signReferralReceipt', '2026-11-12T10:00:00').dueAt).toEqual(china('2026-11-17T00:00:00'));
  });
});

describe('a review that is extended', () => {
  const signed = underReview('2026-11-09T10:00:00');
  const extended = (reviewExtension: 'COMPLEX' | 'MAJOR' | 'MAJOR_AND_APPROVED') => ({ ...signed, reviewExtension });

  it.each([['COMPLEX', '2026-11-20'], ['MAJOR', '2026-12-10'], ['MAJOR_AND_APPROVED', '2027-01-09']] as const)('%s counts from the receipt, and says that it was not verified', (extension, last) => {
    const { deadline, reviewStartedAt } = decide(extended(extension), 'extendFilingReview', '2026-11-11T10:00:00');
    expect(deadline?.rule).toMatchObject({ mark: 'NV', citation: { mark: 'NV' } });
    expect(deadline?.dueAt.getTime()).toBeGreaterThanOrEqual(china(`${last}T00:00:00`).getTime());
    expect(deadline?.dueAt.getTime()).toBeLessThan(china(`${last}T00:00:00`).getTime() + 4 * 86_400_000);
    expect(reviewStartedAt).toEqual(signed.reviewStartedAt);
  });

  it('goes on being extended after a supplement', () => {
    const waiting = next(next(extended('COMPLEX'), 'extendFilingReview', '2026-11-10T09:00:00'), 'requestReferralSupplement', '2026-11-10T10:00:00');
    const { deadline } = decide(waiting, 'supplementReferral', '2026-11-10T12:00:00');
    expect(deadline?.rule.name).toBe('filingDecisionComplex');
  });
});

describe('whether an act came in time', () => {
  const met = (state: ReferralState, act: ReferralActName, local: string) => decide(state, act, local).met;

  it('takes the whole last day, and nothing after it', () => {
    const submitted = next(none, 'submitReferralReport', '2026-11-16T09:00:00');
    expect(met(submitted, 'approveReferral', '2026-11-19T23:59:59.999')).toBe(true);
    expect(met(submitted, 'approveReferral', '2026-11-20T00:00:00')).toBe(false);
    expect(met(submitted, 'refuseReferral', '2026-11-20T00:00:00')).toBe(false);
  });

  it('says nothing where no clock ran', () => {
    expect(met(none, 'submitReferralReport', '2026-11-16T09:00:00')).toBeNull();
    expect(met(inState('NOT_APPROVED'), 'submitReferralReport', '2026-11-16T09:00:00')).toBeNull();
  });

  it.each(['requestReferralSupplement', 'forwardReferral', 'returnReferral'] as const)('measures %s by 24 hours from the receipt', (act) => {
    const state = underReview('2026-11-16T09:00:00');
    expect(met(state, act, '2026-11-17T08:59:59.999')).toBe(true);
    expect(met(state, act, '2026-11-17T09:00:00')).toBe(false);
  });

  it.each(['fileCriminalCase', 'refuseCriminalCase'] as const)('measures %s by the three days of the review', (act) => {
    const state = underReview('2026-11-16T09:00:00');
    expect(met(state, act, '2026-11-19T23:59:59.999')).toBe(true);
    expect(met(state, act, '2026-11-20T00:00:00')).toBe(false);
  });

  it('measures a second look by the review, whose first 24 hours are long over', () => {
    let state = next(underReview('2026-11-16T09:00:00'), 'requestReferralSupplement', '2026-11-16T15:00:00');
    state = next(state, 'supplementReferral', '2026-11-18T09:00:00');
    expect(met(state, 'returnReferral', '2026-11-19T09:00:00')).toBe(true);
  });
});

it('counts the notice of a withdrawal from the day of the decision', () => {
  expect(withdrawalTold('2026-11-16', china('2026-11-19T23:59:59.999'), calendar)).toBe(true);
  expect(withdrawalTold('2026-11-16', china('2026-11-20T00:00:00'), calendar)).toBe(false);
  expect(withdrawalTold('2026-11-18', china('2026-11-23T23:59:59'), calendar)).toBe(true); // over a weekend
});

describe('what a transfer needs', () => {
  it.each([
    [['TRANSFER_LETTER', 'INVESTIGATION_REPORT', 'GOODS_LIST'], false, []],
    [['TRANSFER_LETTER', 'INVESTIGATION_REPORT', 'GOODS_LIST'], true, ['TEST_REPORT']],
    [['TRANSFER_LETTER', 'INVESTIGATION_REPORT', 'GOODS_LIST', 'TEST_REPORT', 'OTHER'], true, []],
    [['OTHER'], false, ['TRANSFER_LETTER', 'INVESTIGATION_REPORT', 'GOODS_LIST']],
    [[], true, ['TRANSFER_LETTER', 'INVESTIGATION_REPORT', 'GOODS_LIST', 'TEST_REPORT']],
  ])('%j, test needed %s: lacks %j', (kinds, testRequired, missing) => {
    expect(missingDocuments(kinds, testRequired)).toEqual(missing);
  });

  it('holds the case only where nothing has been decided', () => {
    const waiting = ['CLUE', 'VERIFYING', 'FILED', 'INVESTIGATING', 'SUSPENDED', 'INVESTIGATION_CONCLUDED', 'UNDER_REVIEW', 'NOTICE_SERVED', 'HEARING'];
    const decided = ['NOT_FILED', 'DECIDED', 'SERVED', 'IN_EXECUTION', 'PENDING_CRIMINAL', 'TERMINATED', 'CLOSED', 'ARCHIVED'];
    expect(waiting.every(waitsForCriminal)).toBe(true);
    expect(decided.some(waitsForCriminal)).toBe(false);
  });
});

describe('whatever is tried, in whatever order', () => {
  /** Holder by state: the column "holder after" of the page, read the other way round. */
  const holderIs: Record<ReferralStatus, 'filing' | 'police' | 'procuratorate' | 'court'> = {
    PENDING_APPROVAL: 'filing', NOT_APPROVED: 'filing', APPROVED: 'filing', SUPPLEMENT_REQUIRED: 'filing', RETURNED: 'filing', NOT_FILED: 'filing',
    TRANSFERRED: 'police', UNDER_FILING_REVIEW: 'police', FILED: 'police', CASE_WITHDRAWN: 'filing', SENT_FOR_PROSECUTION: 'procuratorate', INDICTED: 'court',
    NOT_PROSECUTED: 'filing', JUDGED: 'court', JUDGED_EFFECTIVE: 'filing', CLOSED: 'filing',
  };
  const listed = new Set([
    'none>PENDING_APPROVAL', 'NOT_APPROVED>PENDING_APPROVAL', 'PENDING_APPROVAL>APPROVED', 'PENDING_APPROVAL>NOT_APPROVED', 'APPROVED>TRANSFERRED',
    'TRANSFERRED>UNDER_FILING_REVIEW', 'UNDER_FILING_REVIEW>SUPPLEMENT_REQUIRED', 'SUPPLEMENT_REQUIRED>UNDER_FILING_REVIEW',
    'UNDER_FILING_REVIEW>TRANSFERRED', 'UNDER_FILING_REVIEW>RETURNED', 'UNDER_FILING_REVIEW>FILED', 'UNDER_FILING_REVIEW>NOT_FILED',
    'TRANSFERRED>TRANSFERRED', 'none>APPROVED', 'PENDING_APPROVAL>APPROVED', 'NOT_APPROVED>APPROVED', 'UNDER_FILING_REVIEW>UNDER_FILING_REVIEW',
    'SUPPLEMENT_REQUIRED>SUPPLEMENT_REQUIRED', 'NOT_FILED>NOT_FILED', 'NOT_FILED>FILED', 'CASE_WITHDRAWN>CASE_WITHDRAWN', 'NOT_PROSECUTED>NOT_PROSECUTED',
    'JUDGED_EFFECTIVE>JUDGED_EFFECTIVE', 'FILED>CASE_WITHDRAWN', 'FILED>SENT_FOR_PROSECUTION', 'SENT_FOR_PROSECUTION>FILED', 'SENT_FOR_PROSECUTION>INDICTED',
    'SENT_FOR_PROSECUTION>NOT_PROSECUTED', 'INDICTED>JUDGED', 'JUDGED>JUDGED_EFFECTIVE', 'RETURNED>CLOSED', 'NOT_FILED>CLOSED', 'CASE_WITHDRAWN>CLOSED',
    'NOT_PROSECUTED>CLOSED', 'JUDGED_EFFECTIVE>CLOSED',
    // Goods are in somebody's care in every state.
    ...referralStatus.codes.map((status) => `${status}>${status}`),
  ]);
  /** Acts that start a clock, or leave one running. */
  const timed: readonly ReferralActName[] = [
    'submitReferralReport', 'approveReferral', 'transferReferral', 'recordReceiptRefusal', 'signReferralReceipt', 'requestReferralSupplement', 'supplementReferral',
    'forwardReferral', 'fileCriminalCase', 'refuseCriminalCase', 'orderReferral', 'extendFilingReview',
  ];
  /** Acts that the clock before them is not about. */
  const unmeasured: readonly ReferralActName[] = ['recordReceiptRefusal', 'withdrawCriminalCase', 'sendForProsecution', 'closeReferral', 'orderReferral', 'extendFilingReview'];
  /** Mostly one of the acts that are lawful then, so that the sequences get somewhere. */
  const tries = fc.array(
    fc.record({
      lawful: fc.integer({ min: 0, max: 9 }).map((n) => n > 0), pick: fc.nat(), waitMs: fc.nat(5 * 86_400_000),
      police: fc.constantFrom('PSB-1', 'PSB-2', 'PSB-3'),
    }),
    { minLength: 1, maxLength: 40 },
  );

  it('has one holder at any moment, only listed transitions, a dense history, and clocks that make sense', () => {
    fc.assert(
      fc.property(tries, (attempts) => {
        let now = china('2026-01-05T09:00:00').getTime();
        let row = newReferralRow({ id: '00000000-0000-7000-8000-000000000000', referralNo: 'X', caseId: '00000000-0000-7000-8000-000000000001', agencyCode: 'MRA', at: new Date(now) });
        const history: number[] = [];
        for (const { lawful, pick, waitMs, police } of attempts) {
          now += waitMs;
          const before = row.version === 0 ? none : stateOf(row);
          const acts = lawful ? referralMachine.actsFrom(before.status).filter((a) => !a.endsWith('Goods') && !a.startsWith('keepGoods')) : referralMachine.acts;
          const act = acts[pick % acts.length];
          if (act === undefined) break;
          const at = new Date(now);
          if (!referralMachine.can(before.status, act)) {
            expect(() => decideReferral(before, act, at, calendar)).toThrow(IllegalTransition);
            continue;
          }
          const decided = decideReferral(before, act, at, calendar);
          const moves = act === 'transferReferral' || act === 'forwardReferral';
          const dueBefore = row.dueAt;
          const court = act === 'indict' ? { courtAgencyCode: 'CRT' } : {};
          row = referralAfter(row, { act, decided, at, fields: moves ? { policeAgencyCode: police, procuratorateAgencyCode: 'PPO' } : court });
          history.push(timelineRow(row, { act, decided, actorCode: 'X', officerId: 'Y' }).position);

          expect(listed).toContain(`${before.status ?? 'none'}>${row.status}`);
          const parties = { filing: 'MRA', police: row.policeAgencyCode, procuratorate: 'PPO', court: 'CRT' };
          expect(row.holderCode).toBe(parties[holderIs[row.status]]);
          const beside = (actsBeside as readonly string[]).includes(act);
          // A remedy uses up the time that there was for it.
          const remedy = row.status === 'NOT_FILED' && (act === 'requestReconsideration' || act === 'proposeFilingSupervision');
          if (act === 'recordReceiptRefusal' || (beside && !remedy)) expect(row.dueAt).toEqual(dueBefore);
          else expect(row.dueAt === null).toBe(!timed.includes(act));
          expect(decided.met === null).toBe(before.dueAt === null || unmeasured.includes(act) || (beside && !remedy));
          expect(row.suspensions.filter((s) => s.to === null)).toHaveLength(row.status === 'SUPPLEMENT_REQUIRED' ? 1 : 0);
          if (row.status === 'UNDER_FILING_REVIEW' && row.dueAt && row.reviewStartedAt) {
            // Never shorter than three days after the receipt, whatever it waited for.
            expect(row.dueAt.getTime()).toBeGreaterThan(startOfDay(civilDate(row.reviewStartedAt)).getTime() + 3 * 86_400_000);
          }
        }
        expect(history).toEqual(history.map((_, i) => i + 1));
      }),
      { numRuns: 400, seed: 20_261_122 },
    );
  });

  it('reaches every state that the acts of the page lead to', () => {
    const reached = new Set<string | null>([null]);
    for (let size = 0; size !== reached.size; ) {
      size = reached.size;
      for (const state of [...reached]) for (const act of referralMachine.actsFrom(state as ReferralStatus | null)) reached.add(referralMachine.next(state as ReferralStatus | null, act));
    }
    reached.delete(null);
    expect([...reached].sort()).toEqual(Object.keys(holderIs).sort());
    expect([...reached].every((s) => s !== null && referralStatus.is(s))).toBe(true);
  });

  it('has no holder without police', () => {
    expect(() => holderAfter('transferReferral', { filingAgencyCode: 'MRA', policeAgencyCode: null, procuratorateAgencyCode: null, courtAgencyCode: null, holderCode: 'MRA' })).toThrow(RangeError);
  });
});
