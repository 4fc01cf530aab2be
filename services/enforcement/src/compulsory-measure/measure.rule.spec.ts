import { compulsoryMeasureStatus, type CompulsoryMeasureStatus } from '@casebridge/contracts';
import { type AgencyReader, IllegalTransition, stateCouncilCalendar as calendar } from '@casebridge/kernel';
import { measureClocks } from './measure.clocks';
import { type MeasureActName, measureMachine } from './measure.machine';
import { whyNotMeasureAct } from './measure.policy';
import { decideMeasure, type MeasureStanding, newStanding, runningDeadlines, statusAt, takesMeasures } from './measure.rule';

const taken = new Date('2026-11-02T02:00:00Z'); // a Monday
const later = (days: number): Date => new Date(taken.getTime() + days * 86_400_000);
const standing = (changes: Partial<MeasureStanding> = {}): MeasureStanding => ({
  ...newStanding({ kind: 'SEIZURE', drug: false, urgent: false, goods: '演示', place: '演示', officers: ['a', 'b'], takenAt: taken.toISOString(), documentNo: null }), ...changes,
});
const rules = (status: CompulsoryMeasureStatus, s: MeasureStanding, now = taken): unknown => runningDeadlines(status, s, now, calendar).map((d) => [d.rule.name, d.lastDay]);

/** Typed from the articles: 7 working days, 30 days and 30 more, 7 days and 15 of drugs, 24 hours. */
it('the rows are those of the articles', () => {
  const row = (name: keyof typeof measureClocks): unknown => {
    const [r] = measureClocks[name].rows;
    return [r!.amount, r!.unit, r!.citation.instrument, r!.citation.article, r!.mark];
  };
  expect(row('preservationDisposal')).toEqual([7, 'WORKING_DAY', '市场监督管理行政处罚程序规定', '35', 'V']);
  expect(row('seizurePeriod')).toEqual([30, 'CALENDAR_DAY', '中华人民共和国行政强制法', '25', 'V']);
  expect(row('seizureExtension')).toEqual([30, 'CALENDAR_DAY', '中华人民共和国行政强制法', '25', 'V']);
  expect(row('drugSeizureDecision')).toEqual([7, 'CALENDAR_DAY', '中华人民共和国药品管理法', '100(2)', 'V']);
  expect(row('drugDecisionAfterReport')).toEqual([15, 'CALENDAR_DAY', '中华人民共和国药品管理法', '100(2)', 'V']);
  expect(row('urgentReport')).toEqual([24, 'HOUR', '市场监督管理行政处罚程序规定', '33, 36', 'V']);
});

it('each clock runs where its article says, weekends and roll-over counted', () => {
  expect(rules('IN_FORCE', standing({ kind: 'PRESERVATION' }))).toEqual([['preservationDisposal', '2026-11-11']]);
  expect(rules('IN_FORCE', standing())).toEqual([['seizurePeriod', '2026-12-02']]);
  expect(rules('IN_FORCE', standing({ kind: 'SEAL', extended: true }))).toEqual([['seizureExtension', '2027-01-01']]); // the calendar of that year is not published yet
  expect(rules('IN_FORCE', standing({ drug: true }))).toEqual([['drugSeizureDecision', '2026-11-09'], ['seizurePeriod', '2026-12-02']]);
  expect(rules('IN_FORCE', standing({ drug: true, reportOn: '2026-11-05' }))).toEqual([['drugDecisionAfterReport', '2026-11-20'], ['seizurePeriod', '2026-12-02']]);
  expect(rules('TAKEN_ON_THE_SPOT', standing({ urgent: true }))).toEqual([['urgentReport', null], ['seizurePeriod', '2026-12-02']]);
  for (const over of ['DECIDED', 'CONVERTED', 'LIFTED'] as const) expect(rules(over, standing({ drug: true }))).toEqual([]);
});

it('tests stop the period of the seizure, and the seven days of drugs wait for the report', () => {
  const tested = standing({ drug: true, tests: [{ from: later(2).toISOString(), to: null }] });
  expect(rules('UNDER_TEST', tested, later(12))).toEqual([['seizurePeriod', '2026-12-14']]);
  const back = decideMeasure({ status: 'UNDER_TEST', standing: tested }, 'recordSeizedGoodsReport', { on: '2026-11-12' }, later(12), calendar);
  expect(back.standing).toMatchObject({ reportOn: '2026-11-12', tests: [{ to: later(12).toISOString() }] });
  expect(back.deadline).toMatchObject({ rule: { name: 'drugDecisionAfterReport' }, lastDay: '2026-11-27' });
});

it('a preservation lapses after its last second, and a seizure never does', () => {
  const last = new Date('2026-11-11T15:59:59.999Z');
  const first = new Date(last.getTime() + 1);
  const kept = standing({ kind: 'PRESERVATION' });
  for (const status of ['IN_FORCE', 'TAKEN_ON_THE_SPOT', 'REPORTED'] as const) expect([last, first].map((at) => statusAt(status, kept, at, calendar))).toEqual([status, 'LAPSED']);
  for (const status of ['CONVERTED', 'LIFTED', 'DECIDED'] as const) expect(statusAt(status, kept, first, calendar)).toBe(status);
  expect(statusAt('IN_FORCE', standing(), later(400), calendar)).toBe('IN_FORCE');
  expect(decideMeasure({ status: 'IN_FORCE', standing: kept }, 'convertPreservation', {}, last, calendar)).toMatchObject({ status: 'CONVERTED', met: true });
  expect(() => decideMeasure({ status: 'IN_FORCE', standing: kept }, 'convertPreservation', {}, first, calendar)).toThrow(IllegalTransition);
});

it('says whether the report came within 24 hours, and the decision within its days', () => {
  const urgent = { status: 'TAKEN_ON_THE_SPOT', standing: standing({ urgent: true }) } as const;
  const met = (at: Date): unknown => decideMeasure(urgent, 'reportUrgentMeasure', {}, at, calendar).met;
  expect([met(new Date(later(1).getTime() - 1)), met(later(1))]).toEqual([true, false]);
  const drug = { status: 'IN_FORCE', standing: standing({ drug: true }) } as const;
  expect([6, 8].map((n) => decideMeasure(drug, 'decideOnMeasuredGoods', { outcome: 'CONFISCATED' }, later(n), calendar).met)).toEqual([true, false]);
});

it('is extended once, and not when it is over', () => {
  const extend = (s: MeasureStanding, at: Date) => (): unknown => decideMeasure({ status: 'IN_FORCE', standing: s }, 'extendCompulsoryMeasure', {}, at, calendar);
  expect(extend(standing(), later(10))()).toMatchObject({ standing: { extended: true }, met: null });
  expect(extend(standing({ extended: true }), later(10))).toThrow('extended already');
  expect(extend(standing(), later(31))).toThrow('is over');
});

/** Typed from the articles apart from the machine. */
const page: Readonly<Record<MeasureActName, Partial<Record<CompulsoryMeasureStatus | 'none', CompulsoryMeasureStatus>>>> = {
  orderCompulsoryMeasure: { none: 'IN_FORCE' }, takeUrgentMeasure: { none: 'TAKEN_ON_THE_SPOT' }, reportUrgentMeasure: { TAKEN_ON_THE_SPOT: 'REPORTED' }, approveUrgentMeasure: { REPORTED: 'IN_FORCE' },
  extendCompulsoryMeasure: { IN_FORCE: 'IN_FORCE' }, sendSeizedGoodsForTest: { IN_FORCE: 'UNDER_TEST' }, recordSeizedGoodsReport: { UNDER_TEST: 'IN_FORCE' }, decideOnMeasuredGoods: { IN_FORCE: 'DECIDED' },
  convertPreservation: { IN_FORCE: 'CONVERTED' }, liftCompulsoryMeasure: { TAKEN_ON_THE_SPOT: 'LIFTED', REPORTED: 'LIFTED', IN_FORCE: 'LIFTED', UNDER_TEST: 'LIFTED' },
};
it.each(measureMachine.acts)('%s is lawful in the states of the page and in no other', (act) => {
  for (const from of ['none', ...compulsoryMeasureStatus.codes] as const) {
    const to = page[act][from];
    const next = (): CompulsoryMeasureStatus => measureMachine.next(from === 'none' ? null : from, act);
    if (to === undefined) expect(next).toThrow(IllegalTransition);
    else expect(next()).toBe(to);
  }
});

it('what an officer may do, and what is for the head', () => {
  const who = (code: string, role: 'head' | 'officer' | 'reviewer'): AgencyReader => ({ agency: { code }, roles: [role] }) as unknown as AgencyReader;
  const officers = ['takeUrgentMeasure', 'reportUrgentMeasure', 'sendSeizedGoodsForTest', 'recordSeizedGoodsReport'];
  for (const act of measureMachine.acts) {
    const may = (code: string, role: 'head' | 'officer' | 'reviewer'): boolean => whyNotMeasureAct(who(code, role), act, { agencyCode: 'A' }) === null;
    expect([act, may('A', 'head'), may('A', 'officer'), may('A', 'reviewer'), may('B', 'head')]).toEqual([act, true, officers.includes(act), false, false]);
  }
});

it('measures are taken before the decision', () => {
  for (const status of ['FILED', 'INVESTIGATING', 'HEARING', 'PENDING_CRIMINAL'] as const) expect([status, takesMeasures(status)]).toEqual([status, true]);
  for (const status of ['DECIDED', 'SERVED', 'CLOSED', 'TERMINATED', 'ARCHIVED'] as const) expect([status, takesMeasures(status)]).toEqual([status, false]);
});
