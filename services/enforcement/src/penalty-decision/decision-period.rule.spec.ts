import { stateCouncilCalendar as calendar } from '@casebridge/kernel';
import { decisionDeadline, runningDecisionDeadline, type Stretch } from './decision-period.rule';
import { penaltyClocks } from './penalty-decision.clocks';

/** Friday, 9 October 2026; the ninetieth day after it is Thursday, 7 January 2027. */
const filedAt = new Date('2026-10-09T01:00:00Z');
const on = (day: string, time = '01:00'): Date => new Date(`${day}T${time}:00Z`);
const period = (excluded: readonly Stretch[] = [], extensions: readonly number[] = []) => ({ filedAt, excluded, extensions });
const lastDay = (excluded: readonly Stretch[] = [], extensions: readonly number[] = []) => decisionDeadline(period(excluded, extensions), on('2027-03-01'), calendar)?.lastDay;

it.each([
  ['penaltyDecision', 90, 'CASE_FILED'], ['decisionExtension', 30, 'DECISION_PERIOD_ENDS'],
] as const)('%s is the row of PROC 64', (name, amount, startEvent) => {
  const [row] = penaltyClocks[name].rows;
  expect(row).toMatchObject({
    citation: { instrument: '市场监督管理行政处罚程序规定', article: '64', mark: 'V' }, amount, unit: 'CALENDAR_DAY', startExclusive: true, rollOver: true, mark: 'V', startEvent,
    suspendOn: ['SUSPENSION', 'HEARING', 'PUBLIC_NOTICE', 'TESTING', 'INSPECTION', 'QUARANTINE', 'APPRAISAL', 'REFUND_ORDER', 'PENDING_CRIMINAL'],
  });
});

it('is ninety days from filing, thirty more by the head, and as many more as a collective decision states', () => {
  expect(lastDay()).toBe('2027-01-07');
  // 6 February is a Saturday, and so is the next working day the eighth.
  expect(lastDay([], [30])).toBe('2027-02-08');
  expect(decisionDeadline(period([], [30]), filedAt, calendar)?.rule).toMatchObject({ name: 'decisionExtension', amount: 30 });
  const further = decisionDeadline(period([], [30, 20]), filedAt, calendar);
  expect(further).toMatchObject({ lastDay: '2027-03-01', rule: { name: 'decisionFurtherExtension', amount: 20 } });
});

it('leaves out what does not count, once where it overlaps', () => {
  expect(lastDay([{ from: on('2026-10-19'), to: on('2026-10-24') }])).toBe('2027-01-12');
  expect(lastDay([{ from: on('2026-10-19'), to: on('2026-10-24') }, { from: on('2026-10-21'), to: on('2026-10-26') }])).toBe('2027-01-14');
  expect(lastDay([{ from: on('2026-10-21'), to: on('2026-10-22') }, { from: on('2026-10-19'), to: on('2026-10-24') }])).toBe('2027-01-12');
  // In the extension as well, and not before it was due anyway.
  expect(lastDay([{ from: on('2027-01-18'), to: on('2027-01-21') }], [30])).toBe('2027-02-09');
});

it('waits while something does not count, unless it was late before', () => {
  expect(runningDecisionDeadline(period([{ from: on('2026-11-02'), to: null }]), on('2027-02-01'), calendar)).toBeNull();
  expect(runningDecisionDeadline(period([{ from: on('2027-01-08'), to: null }]), on('2027-02-01'), calendar)?.lastDay).toBe('2027-01-07');
  expect(runningDecisionDeadline(period(), on('2026-11-02'), calendar)?.lastDay).toBe('2027-01-07');
});

it('is not counted for a case that was filed before the rule', () => {
  expect(decisionDeadline({ ...period(), filedAt: on('2021-07-01') }, on('2021-12-01'), calendar)).toBeNull();
});
