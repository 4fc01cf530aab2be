import { nonFilingGround } from '@casebridge/contracts';
import { addDays, civilDate, startOfDay, stateCouncilCalendar as calendar } from '@casebridge/kernel';
import fc from 'fast-check';
import { clueClocks } from './clue.clocks';
import { ReviewAlreadyExtended, ReviewPeriodOver } from './clue.errors';
import type { ClueActName } from './clue.machine';
import { type ClueState, type ClueTest, decideClue, type DecidedClue, filingConditions, isOlder, nonFilingBasis, whyNotReceived } from './clue.rule';

const at = (text: string): Date => new Date(`${text}+08:00`);
const recorded = (receivedAt: Date): DecidedClue => decideClue({ status: null, receivedAt, dueAt: null, extended: false, tests: [] }, 'recordClue', receivedAt, calendar);
const after = (receivedAt: Date, decided: DecidedClue, before?: ClueState): ClueState => ({
  status: decided.status, receivedAt, dueAt: decided.keepsClock ? before?.dueAt ?? null : decided.deadline?.dueAt ?? null, extended: decided.extended, tests: decided.tests,
});
/** Does acts one after the other; the last decision is the answer. */
function run(receivedAt: Date, steps: readonly (readonly [ClueActName, Date])[]): { decided: DecidedClue; state: ClueState } {
  let decided = recorded(receivedAt);
  let state = after(receivedAt, decided);
  for (const [act, now] of steps) {
    decided = decideClue(state, act, now, calendar);
    state = after(receivedAt, decided, state);
  }
  return { decided, state };
}

describe('the clocks are those of the article', () => {
  it.each(['clueReview', 'clueReviewExtension'] as const)('%s: fifteen working days (PROC 18)', (name) => {
    expect(clueClocks[name].rows).toEqual([expect.objectContaining({
      name, citation: { instrument: '市场监督管理行政处罚程序规定', article: '18', mark: 'V' }, amount: 15, unit: 'WORKING_DAY', startExclusive: true, rollOver: true,
      suspendOn: ['SEND_CLUE_FOR_TESTING'], effectiveTo: null, mark: 'V',
    })]);
  });
});

describe('the period of review', () => {
  it.each([
    ['2026-11-02T09:00:00', '2026-11-23', 'three plain weeks'],
    ['2026-11-02T23:59:59.999', '2026-11-23', 'the last instant of the day of receipt'],
    ['2026-11-01T09:00:00', '2026-11-20', 'received on a Sunday'],
    ['2026-02-10T09:00:00', '2026-03-09', 'over the Spring Festival, its two worked Saturdays counted'],
    ['2026-09-16T09:00:00', '2026-10-13', 'over Mid-Autumn with its worked Sunday, and National Day with its worked Saturday'],
  ])('%s → %s (%s)', (received, last) => {
    expect(recorded(at(received)).deadline).toMatchObject({ lastDay: last, rule: { name: 'clueReview', amount: 15 }, startedAt: at(received), calendarVersion: calendar.version });
  });

  it('is overdue from the first instant after its last day', () => {
    const { dueAt } = recorded(at('2026-11-02T09:00:00')).deadline!;
    expect(dueAt).toEqual(at('2026-11-24T00:00:00'));
  });

  it('goes on when verification begins', () => {
    const { decided } = run(at('2026-11-02T09:00:00'), [['beginClueVerification', at('2026-11-03T09:00:00')]]);
    expect(decided).toMatchObject({ status: 'VERIFYING', keepsClock: true, met: null });
  });
});

describe('the extension', () => {
  const received = at('2026-11-02T09:00:00');

  it('gives fifteen more working days from the last day of the period, and says so', () => {
    const { decided } = run(received, [['extendClueReview', at('2026-11-20T09:00:00')]]);
    expect(decided).toMatchObject({ status: 'RECEIVED', extended: true });
    expect(decided.deadline).toMatchObject({ lastDay: '2026-12-14', startedAt: startOfDay('2026-11-23'), rule: { name: 'clueReviewExtension', amount: 15 } });
  });

  it('is given once', () => {
    const { state } = run(received, [['extendClueReview', at('2026-11-20T09:00:00')]]);
    expect(() => decideClue(state, 'extendClueReview', at('2026-11-21T09:00:00'), calendar)).toThrow(ReviewAlreadyExtended);
  });

  it('is given on the last day, and not a moment later', () => {
    const { state } = run(received, []);
    expect(decideClue(state, 'extendClueReview', at('2026-11-23T23:59:59.999'), calendar).extended).toBe(true);
    expect(() => decideClue(state, 'extendClueReview', at('2026-11-24T00:00:00'), calendar)).toThrow(ReviewPeriodOver);
  });

  it('makes thirty working days in all, whenever the clue came', () => {
    fc.assert(fc.property(fc.date({ min: at('2024-01-01T00:00:00'), max: at('2026-10-31T00:00:00'), noInvalidDate: true }), (start) => {
      const { decided } = run(start, [['extendClueReview', start]]);
      let worked = 0;
      for (let day = addDays(civilDate(start), 1); day <= decided.deadline!.lastDay!; day = addDays(day, 1)) if (calendar.isWorkingDay(day)) worked += 1;
      expect(worked).toBe(30);
    }));
  });
});

describe('the time of a test', () => {
  const received = at('2026-11-02T09:00:00');
  const sent = at('2026-11-06T09:00:00'); // four of fifteen days are gone
  const back = at('2026-12-01T09:00:00');

  it('is not counted: no clock runs while it lasts, and then what was left', () => {
    const waiting = run(received, [['beginClueVerification', received], ['sendClueForTesting', sent]]);
    expect(waiting.decided).toMatchObject({ status: 'AWAITING_TEST', deadline: null, tests: [{ kind: 'TESTING', from: sent, to: null }] });
    const { decided } = run(received, [['sendClueForTesting', sent], ['recordClueTestResult', back]]);
    expect(decided).toMatchObject({ status: 'VERIFYING', tests: [{ from: sent, to: back }] });
    expect(decided.deadline).toMatchObject({ lastDay: '2026-12-16', suspensions: [{ from: sent, to: back }] }); // eleven working days after 1 December
  });

  it('moves the extension with the period that it extends, and is not counted in it either', () => {
    const before = run(received, [['sendClueForTesting', sent], ['recordClueTestResult', back], ['extendClueReview', at('2026-12-02T09:00:00')]]);
    expect(before.decided.deadline).toMatchObject({ startedAt: startOfDay('2026-12-16'), suspensions: [] });
    const again = at('2026-12-18T09:00:00'); // two of the other fifteen days are gone
    const until = at('2026-12-25T09:00:00');
    const within = run(received, [
      ['sendClueForTesting', sent], ['recordClueTestResult', back], ['extendClueReview', at('2026-12-02T09:00:00')], ['sendClueForTesting', again], ['recordClueTestResult', until],
    ]);
    expect(within.decided.deadline).toMatchObject({ startedAt: startOfDay('2026-12-16'), suspensions: [{ from: again, to: until }] });
    let worked = 0;
    for (let day = addDays('2026-12-25', 1); day <= within.decided.deadline!.lastDay!; day = addDays(day, 1)) if (calendar.isWorkingDay(day)) worked += 1;
    expect(worked).toBe(13);
  });

  it('brings nothing back that is over: a clue that is late stays late', () => {
    const late = at('2026-11-24T00:00:00');
    const waiting = run(received, [['sendClueForTesting', late]]);
    expect(waiting.decided.keepsClock).toBe(true);
    expect(waiting.state.dueAt).toEqual(late);
    expect(run(received, [['sendClueForTesting', late], ['recordClueTestResult', back]]).decided.deadline?.dueAt).toEqual(late);
    expect(run(received, [['sendClueForTesting', late], ['fileCase', back]]).decided.met).toBe(false);
  });

  it('ends with the decision', () => {
    const { decided } = run(received, [['sendClueForTesting', sent], ['fileCase', back]]);
    expect(decided).toMatchObject({ status: 'FILED', deadline: null, met: true, tests: [{ from: sent, to: back }] });
  });
});

describe.each(['fileCase', 'declineToFileCase', 'transferClue', 'mergeClue'] as const)('%s', (act) => {
  it.each([['2026-11-23T23:59:59.999', true], ['2026-11-24T00:00:00', false]] as const)('on %s is in time: %s', (now, met) => {
    const { decided } = run(at('2026-11-02T09:00:00'), [['beginClueVerification', at('2026-11-03T09:00:00')], [act, at(now)]]);
    expect(decided).toMatchObject({ met, deadline: null });
  });
});

it('never makes a deadline earlier by a test, nor by an extension', () => {
  const hour = fc.integer({ min: 1, max: 24 * 20 });
  fc.assert(fc.property(fc.date({ min: at('2024-01-01T00:00:00'), max: at('2026-06-30T00:00:00'), noInvalidDate: true }), hour, hour, (start, wait, length) => {
    const from = new Date(start.getTime() + wait * 3_600_000);
    const tests: ClueTest[] = [{ kind: 'TESTING', from, to: null }];
    const plain = recorded(start).deadline!.dueAt;
    const state: ClueState = { status: 'AWAITING_TEST', receivedAt: start, dueAt: null, extended: false, tests };
    const waited = decideClue(state, 'recordClueTestResult', new Date(from.getTime() + length * 3_600_000), calendar).deadline!.dueAt;
    expect(waited.getTime()).toBeGreaterThanOrEqual(plain.getTime());
    const extended = decideClue({ ...state, extended: true }, 'recordClueTestResult', new Date(from.getTime() + length * 3_600_000), calendar).deadline!.dueAt;
    expect(extended.getTime()).toBeGreaterThan(waited.getTime());
  }));
});

it('every ground of not filing and every condition of filing has its article', () => {
  const of = (c: { readonly instrument: string; readonly article: string }): string => `${c.instrument} ${c.article}`;
  expect(nonFilingGround.codes.map((ground) => of(nonFilingBasis[ground]))).toEqual(
    ['20(1)(1)', '20(1)(2)', '20(1)(3)', '20(1)(4)', '19'].map((article) => `市场监督管理行政处罚程序规定 ${article}`));
  expect(Object.entries(filingConditions).map(([name, basis]) => [name, basis.article])).toEqual([
    ['primaFacieEvidence', '19(1)(1)'], ['penaltyDue', '19(1)(2)'], ['ownJurisdiction', '19(1)(3)'], ['withinLimitation', '19(1)(4)'],
  ]);
});

it('of two clues one is older, also when both came at once', () => {
  const [a, b] = [{ receivedAt: at('2026-11-02T09:00:00'), id: 'a' }, { receivedAt: at('2026-11-02T09:00:00'), id: 'b' }];
  expect([isOlder(a, b), isOlder(b, a), isOlder(a, a)]).toEqual([true, false, false]);
  expect(isOlder(b, { receivedAt: at('2026-11-02T09:00:01'), id: 'a' })).toBe(true);
});

it('a clue is received neither in days to come nor before the rule', () => {
  const now = at('2026-11-22T10:00:00');
  expect(whyNotReceived(now, now)).toBeNull();
  expect(whyNotReceived(new Date(now.getTime() + 1), now)).toMatch('future');
  expect(whyNotReceived(at('2021-07-15T00:00:00'), now)).toBeNull();
  expect(whyNotReceived(at('2021-07-14T23:59:59.999'), now)).toMatch('2021-07-15');
});
