import fc from 'fast-check';
import { stateCouncilCalendar as calendar } from './calendar';
import { addDays, addMonths, civilDate, daysBetween, startOfDay, yearOf } from './civil-date';
import { cpl2018, o107, o310, o44, proc, sppr2019 } from './instruments';
import type { NamedClockRow, PeriodUnit, Suspension } from './period';
import { defineClocks, dueAt, dueDate, isOverdue, remaining } from './period';

const at = (text: string): Date => new Date(`${text}+08:00`);

const row = (amount: number, unit: PeriodUnit, changes: Partial<NamedClockRow> = {}): NamedClockRow => ({
  name: 'test',
  citation: cpl2018(105),
  amount,
  unit,
  startEvent: 'TEST',
  startExclusive: true,
  rollOver: unit !== 'HOUR',
  suspendOn: [],
  effectiveFrom: '2000-01-01',
  effectiveTo: null,
  mark: 'V',
  countingMark: 'V',
  ...changes,
});
const lastDay = (r: NamedClockRow, start: string, suspensions: readonly Suspension[] = []): string => dueDate(r, at(start), calendar, suspensions);

describe('calendar days', () => {
  it.each([
    ['2026-11-16T09:00:00', 3, '2026-11-19', 'plain: the day of the start does not count'],
    ['2026-11-16T00:00:00', 3, '2026-11-19', 'the first instant of a day'],
    ['2026-11-16T23:59:59.999', 3, '2026-11-19', 'the last instant of a day'],
    ['2026-11-17T00:00:00', 3, '2026-11-20', 'an instant later is the next day'],
    ['2026-11-18T09:00:00', 3, '2026-11-23', 'Saturday moves to Monday'],
    ['2026-11-19T09:00:00', 3, '2026-11-23', 'Sunday moves to Monday'],
    ['2026-02-10T09:00:00', 7, '2026-02-24', 'Spring Festival 2026, as in the style guide'],
    ['2026-02-11T09:00:00', 3, '2026-02-14', 'a worked Saturday does not move'],
    ['2026-02-25T09:00:00', 3, '2026-02-28', 'nor does the other one'],
    ['2026-09-17T09:00:00', 3, '2026-09-20', 'a worked Sunday does not move'],
    ['2026-09-22T09:00:00', 3, '2026-09-28', 'Mid-Autumn, not joined to National Day'],
    ['2026-09-28T09:00:00', 3, '2026-10-08', 'National Day'],
    ['2026-10-08T09:00:00', 2, '2026-10-10', 'a worked Saturday after National Day'],
    ['2025-12-29T09:00:00', 3, '2026-01-04', 'year end: New Year to a worked Sunday'],
    ['2026-12-29T09:00:00', 3, '2027-01-01', 'the next year is not published: only weekends are known'],
    ['2024-02-26T09:00:00', 3, '2024-02-29', 'leap day'],
  ])('%s + %i → %s (%s)', (start, amount, expected) => expect(lastDay(row(amount, 'CALENDAR_DAY'), start)).toBe(expected));

  it('stays on a day off without roll-over', () => {
    expect(lastDay(row(7, 'CALENDAR_DAY', { rollOver: false }), '2026-02-10T09:00:00')).toBe('2026-02-17');
  });

  it('counts the first day where the instrument says so', () => {
    expect(lastDay(row(3, 'CALENDAR_DAY', { startExclusive: false }), '2026-11-16T09:00:00')).toBe('2026-11-18');
    expect(lastDay(row(1, 'CALENDAR_DAY', { startExclusive: false }), '2026-11-16T09:00:00')).toBe('2026-11-16');
  });

  it('ends on the first working day on or after start + n, for every start and length', () => {
    fc.assert(
      fc.property(anyInstant(), fc.integer({ min: 1, max: 400 }), (start, n) => {
        const nominal = addDays(civilDate(start), n);
        const last = dueDate(row(n, 'CALENDAR_DAY'), start, calendar);
        expect(calendar.isWorkingDay(last)).toBe(true);
        expect(last >= nominal).toBe(true);
        for (let day = nominal; day < last; day = addDays(day, 1)) expect(calendar.isWorkingDay(day)).toBe(false);
      }),
    );
  });
});

describe('working days', () => {
  it.each([
    ['2026-11-16T09:00:00', 5, '2026-11-23', 'over a weekend'],
    ['2026-11-21T09:00:00', 1, '2026-11-23', 'from a Saturday'],
    ['2026-02-13T18:00:00', 2, '2026-02-24', 'Friday; the worked Saturday is the first day, then Spring Festival'],
    ['2026-02-14T18:00:00', 1, '2026-02-24', 'from the worked Saturday'],
    ['2026-02-24T09:00:00', 5, '2026-03-02', 'with a worked Saturday in it'],
    ['2026-09-30T09:00:00', 7, '2026-10-15', 'National Day with a worked Saturday'],
    ['2026-09-18T09:00:00', 2, '2026-09-21', 'with a worked Sunday in it'],
    ['2025-12-31T09:00:00', 1, '2026-01-04', 'year end to a worked Sunday'],
    ['2024-12-30T09:00:00', 2, '2025-01-02', 'New Year 2025'],
  ])('%s + %i → %s (%s)', (start, amount, expected) => expect(lastDay(row(amount, 'WORKING_DAY'), start)).toBe(expected));

  it('counts the first day where the instrument says so, unless it is off', () => {
    const inclusive = row(2, 'WORKING_DAY', { startExclusive: false });
    expect(lastDay(inclusive, '2026-11-16T09:00:00')).toBe('2026-11-17');
    expect(lastDay(inclusive, '2026-11-21T09:00:00')).toBe('2026-11-24');
  });

  it('has exactly n working days from the day after the start to the last, which is one; roll-over makes no difference', () => {
    fc.assert(
      fc.property(anyInstant(), fc.integer({ min: 1, max: 120 }), (start, n) => {
        const last = dueDate(row(n, 'WORKING_DAY'), start, calendar);
        let worked = 0;
        for (let day = addDays(civilDate(start), 1); day <= last; day = addDays(day, 1)) if (calendar.isWorkingDay(day)) worked += 1;
        expect(worked).toBe(n);
        expect(calendar.isWorkingDay(last)).toBe(true);
        expect(dueDate(row(n, 'WORKING_DAY', { rollOver: false }), start, calendar)).toBe(last);
      }),
    );
  });

  it('is never shorter than as many calendar days', () => {
    fc.assert(
      fc.property(anyInstant(), fc.integer({ min: 1, max: 120 }), (start, n) => {
        expect(dueDate(row(n, 'WORKING_DAY'), start, calendar) >= dueDate(row(n, 'CALENDAR_DAY'), start, calendar)).toBe(true);
      }),
    );
  });
});

describe('months and years', () => {
  const plain = { rollOver: false };
  it.each([
    ['2026-01-15T09:00:00', 2, '2026-03-15'],
    ['2026-01-31T09:00:00', 1, '2026-02-28'],
    ['2024-01-31T09:00:00', 1, '2024-02-29'],
    ['2026-02-28T09:00:00', 1, '2026-03-28'],
    ['2026-12-31T09:00:00', 2, '2027-02-28'],
  ])('%s + %i months → %s', (start, amount, expected) => expect(lastDay(row(amount, 'MONTH', plain), start)).toBe(expected));

  it.each([
    ['2026-01-15T09:00:00', 1, '2026-02-14'],
    ['2026-03-01T09:00:00', 1, '2026-03-31'],
    ['2026-01-31T09:00:00', 1, '2026-02-28'],
    ['2026-01-30T09:00:00', 1, '2026-02-28'],
  ])('%s + %i months, the first day counted → %s', (start, amount, expected) => {
    expect(lastDay(row(amount, 'MONTH', { ...plain, startExclusive: false }), start)).toBe(expected);
  });

  it.each([
    ['2024-02-29T09:00:00', 2, '2026-02-28'],
    ['2024-02-29T09:00:00', 4, '2028-02-29'],
    ['2021-11-21T09:00:00', 5, '2026-11-21'],
  ])('%s + %i years → %s', (start, amount, expected) => expect(lastDay(row(amount, 'YEAR', plain), start)).toBe(expected));

  it('rolls over', () => {
    expect(lastDay(row(1, 'MONTH'), '2026-01-17T09:00:00')).toBe('2026-02-24');
    expect(lastDay(row(2, 'YEAR'), '2024-10-03T09:00:00')).toBe('2026-10-08');
  });

  it('a year is twelve months', () => {
    fc.assert(
      fc.property(anyInstant(), fc.integer({ min: 1, max: 30 }), fc.boolean(), fc.boolean(), (start, n, rollOver, startExclusive) => {
        const same = { rollOver, startExclusive };
        expect(dueDate(row(n, 'YEAR', same), start, calendar)).toBe(dueDate(row(12 * n, 'MONTH', same), start, calendar));
        expect(dueDate(row(n, 'YEAR', plain), start, calendar)).toBe(addMonths(civilDate(start), 12 * n));
      }),
    );
  });
});

describe('hours', () => {
  it('run by the clock on the wall, through nights, weekends and holidays', () => {
    const due = dueAt(row(24, 'HOUR'), at('2026-02-14T18:30:15.250'), calendar);
    expect(due.dueAt).toEqual(at('2026-02-15T18:30:15.250'));
    expect(due.lastDay).toBeNull();
    expect(due.provisional).toBe(false);
  });

  it('have no last day', () => expect(() => dueDate(row(24, 'HOUR'), at('2026-02-14T18:30:15'), calendar)).toThrow(RangeError));
});

describe('dueAt and isOverdue', () => {
  const due = dueAt(row(3, 'CALENDAR_DAY'), at('2026-11-16T09:00:00'), calendar);

  it('is the first late instant: the last second of the last day is in time', () => {
    expect(due.lastDay).toBe('2026-11-19');
    expect(due.dueAt.toISOString()).toBe('2026-11-19T16:00:00.000Z');
    expect(isOverdue(at('2026-11-19T23:59:59.999'), due.dueAt)).toBe(false);
    expect(isOverdue(at('2026-11-20T00:00:00.000'), due.dueAt)).toBe(true);
    expect(isOverdue(at('2026-11-20T00:00:00.001'), due.dueAt)).toBe(true);
  });

  it('is never overdue without a running clock', () => expect(isOverdue(at('2126-01-01T00:00:00'), null)).toBe(false));

  it('says why', () => {
    expect(due).toMatchObject({
      rule: { name: 'test', citation: { instrument: '中华人民共和国刑事诉讼法', article: '105', mark: 'V' }, amount: 3, unit: 'CALENDAR_DAY', mark: 'V' },
      startedAt: at('2026-11-16T09:00:00'),
      suspensions: [],
      calendarVersion: calendar.version,
    });
  });

  it('agrees with dueDate, and never falls before the start', () => {
    const units = fc.constantFrom<PeriodUnit>('CALENDAR_DAY', 'WORKING_DAY', 'MONTH', 'YEAR');
    fc.assert(
      fc.property(anyInstant(), fc.integer({ min: 1, max: 40 }), units, fc.boolean(), fc.boolean(), (start, n, unit, startExclusive, rollOver) => {
        const r = row(n, unit, { startExclusive, rollOver });
        const end = dueAt(r, start, calendar);
        expect(end.lastDay).toBe(dueDate(r, start, calendar));
        expect(end.dueAt).toEqual(startOfDay(addDays(end.lastDay!, 1)));
        expect(end.dueAt.getTime()).toBeGreaterThan(start.getTime());
      }),
    );
  });

  it('is the later, the later the start and the longer the period', () => {
    const units = fc.constantFrom<PeriodUnit>('HOUR', 'CALENDAR_DAY', 'WORKING_DAY', 'MONTH', 'YEAR');
    fc.assert(
      fc.property(anyInstant(), fc.integer({ min: 0, max: 1e10 }), fc.integer({ min: 1, max: 40 }), units, (start, later, n, unit) => {
        const due1 = dueAt(row(n, unit), start, calendar).dueAt.getTime();
        expect(dueAt(row(n, unit), new Date(start.getTime() + later), calendar).dueAt.getTime()).toBeGreaterThanOrEqual(due1);
        expect(dueAt(row(n + 1, unit), start, calendar).dueAt.getTime()).toBeGreaterThanOrEqual(due1);
      }),
    );
  });
});

describe('provisional', () => {
  it.each([
    ['ends on the last day that is published', '2026-12-30T09:00:00', row(1, 'WORKING_DAY'), false],
    ['ends in a year that is not', '2026-12-30T09:00:00', row(2, 'WORKING_DAY'), true],
    ['rolls by a year that is not published', '2026-12-29T09:00:00', row(3, 'CALENDAR_DAY'), true],
    ['asks no calendar', '2026-12-29T09:00:00', row(3, 'CALENDAR_DAY', { rollOver: false }), false],
    ['asks no calendar for years', '2026-11-16T09:00:00', row(2, 'YEAR', { rollOver: false }), false],
    ['rolls by a year that is not published', '2026-11-16T09:00:00', row(2, 'YEAR'), true],
    ['begins before the first year that is known', '2023-12-28T09:00:00', row(5, 'WORKING_DAY'), true],
    ['only its last day asks the calendar', '2023-12-28T09:00:00', row(6, 'CALENDAR_DAY'), false],
  ])('%s', (_, start, r, expected) => expect(dueAt(r, at(start), calendar).provisional).toBe(expected));

  it('is said exactly when a day of an unknown year was asked', () => {
    fc.assert(
      fc.property(anyInstant(), fc.integer({ min: 1, max: 300 }), (start, n) => {
        const end = dueAt(row(n, 'WORKING_DAY'), start, calendar);
        const known = yearOf(civilDate(start)) >= calendar.firstPublishedYear && yearOf(end.lastDay!) <= calendar.lastPublishedYear;
        expect(end.provisional).toBe(!known);
      }),
    );
  });
});

describe('waiting', () => {
  // Three days from acceptance; the materials are asked for on the first day and come on the fourth.
  it('goes on with the days that were left', () => {
    const r = row(3, 'CALENDAR_DAY');
    const accepted = at('2026-11-02T09:00:00');
    const asked = at('2026-11-03T10:00:00');
    const wait = { from: asked, to: at('2026-11-09T16:00:00') };
    expect(dueDate(r, accepted, calendar)).toBe('2026-11-05');
    expect(remaining(r, accepted, asked, calendar)).toEqual({ unit: 'CALENDAR_DAY', amount: 2 });
    expect(dueDate(r, accepted, calendar, [wait])).toBe('2026-11-11');
    expect(dueAt(r, accepted, calendar, [wait])).toMatchObject({ dueAt: at('2026-11-12T00:00:00'), startedAt: accepted, suspensions: [wait] });
  });

  it('counts from the day before roll-over, so a weekend is not given twice', () => {
    const r = row(3, 'CALENDAR_DAY');
    const accepted = at('2026-11-18T09:00:00'); // nominally Saturday, rolled to Monday
    expect(remaining(r, accepted, at('2026-11-19T09:00:00'), calendar)).toEqual({ unit: 'CALENDAR_DAY', amount: 2 });
    expect(lastDay(r, '2026-11-18T09:00:00', [{ from: at('2026-11-19T09:00:00'), to: at('2026-11-23T09:00:00') }])).toBe('2026-11-25');
  });

  it('leaves the rest of the day when it waited on its last', () => {
    const r = row(3, 'CALENDAR_DAY');
    const accepted = at('2026-11-02T09:00:00');
    const asked = at('2026-11-05T23:59:59.999');
    expect(remaining(r, accepted, asked, calendar)).toEqual({ unit: 'CALENDAR_DAY', amount: 0 });
    expect(lastDay(r, '2026-11-02T09:00:00', [{ from: asked, to: at('2026-11-10T09:00:00') }])).toBe('2026-11-10');
    expect(lastDay(r, '2026-11-02T09:00:00', [{ from: asked, to: at('2026-11-14T09:00:00') }])).toBe('2026-11-16');
  });

  it('takes nothing away when it waited on the days won by roll-over', () => {
    const accepted = '2026-11-18T09:00:00'; // nominally Saturday, rolled to Monday
    const sunday = at('2026-11-22T09:00:00');
    expect(remaining(row(3, 'CALENDAR_DAY'), at(accepted), sunday, calendar)).toEqual({ unit: 'CALENDAR_DAY', amount: 0 });
    expect(lastDay(row(3, 'CALENDAR_DAY'), accepted, [{ from: sunday, to: at('2026-11-25T09:00:00') }])).toBe('2026-11-25');
  });

  it('leaves working days, hours to the millisecond, and days of a month', () => {
    expect(remaining(row(10, 'WORKING_DAY'), at('2026-11-02T09:00:00'), at('2026-11-06T09:00:00'), calendar)).toEqual({ unit: 'WORKING_DAY', amount: 6 });
    expect(lastDay(row(10, 'WORKING_DAY'), '2026-11-02T09:00:00', [{ from: at('2026-11-06T09:00:00'), to: at('2026-11-20T09:00:00') }])).toBe('2026-11-30');
    expect(lastDay(row(1, 'WORKING_DAY', { rollOver: false }), '2026-11-05T09:00:00', [{ from: at('2026-11-06T09:00:00'), to: at('2026-11-14T09:00:00') }])).toBe('2026-11-16');

    const asked = at('2026-11-02T19:00:00.001');
    expect(remaining(row(24, 'HOUR'), at('2026-11-02T09:00:00'), asked, calendar)).toEqual({ unit: 'MILLISECOND', amount: 14 * 3_600_000 - 1 });
    expect(dueAt(row(24, 'HOUR'), at('2026-11-02T09:00:00'), calendar, [{ from: asked, to: at('2026-11-05T00:00:00') }]).dueAt).toEqual(at('2026-11-05T13:59:59.999'));

    expect(remaining(row(1, 'MONTH'), at('2026-11-02T09:00:00'), at('2026-11-22T09:00:00'), calendar)).toEqual({ unit: 'CALENDAR_DAY', amount: 10 });
  });

  it('waits several times', () => {
    const waits = [
      { from: at('2026-11-03T10:00:00'), to: at('2026-11-09T16:00:00') },
      { from: at('2026-11-10T10:00:00'), to: at('2026-11-18T16:00:00') },
    ];
    expect(lastDay(row(3, 'CALENDAR_DAY'), '2026-11-02T09:00:00', waits)).toBe('2026-11-19');
    expect(remaining(row(3, 'CALENDAR_DAY'), at('2026-11-02T09:00:00'), at('2026-11-18T17:00:00'), calendar, waits)).toEqual({ unit: 'CALENDAR_DAY', amount: 1 });
  });

  it('does not bring a period back that is over', () => {
    const r = row(3, 'CALENDAR_DAY');
    const late = at('2026-11-06T00:00:00');
    expect(remaining(r, at('2026-11-02T09:00:00'), late, calendar)).toBeNull();
    expect(lastDay(r, '2026-11-02T09:00:00', [{ from: late, to: at('2026-12-01T09:00:00') }])).toBe('2026-11-05');
  });

  it.each([
    ['before the start', [{ from: at('2026-11-02T08:59:59'), to: at('2026-11-03T09:00:00') }]],
    ['backwards', [{ from: at('2026-11-03T09:00:00'), to: at('2026-11-03T08:59:59') }]],
    ['overlapping', [{ from: at('2026-11-03T09:00:00'), to: at('2026-11-04T09:00:00') }, { from: at('2026-11-04T08:00:00'), to: at('2026-11-05T09:00:00') }]],
    ['of no time', [{ from: new Date(Number.NaN), to: at('2026-11-05T09:00:00') }]],
  ])('refuses suspensions %s', (_, waits) => expect(() => lastDay(row(3, 'CALENDAR_DAY'), '2026-11-02T09:00:00', waits)).toThrow(RangeError));

  const anyUnit = fc.constantFrom<PeriodUnit>('HOUR', 'CALENDAR_DAY', 'WORKING_DAY', 'MONTH', 'YEAR');
  it('changes nothing by waiting no time, or within one day', () => {
    fc.assert(
      fc.property(anyInstant(), fc.integer({ min: 1, max: 40 }), anyUnit, fc.nat(), (start, n, unit, when) => {
        const r = row(n, unit);
        const plain = dueAt(r, start, calendar).dueAt;
        const from = new Date(start.getTime() + (when % (plain.getTime() - start.getTime())));
        const to = unit === 'HOUR' ? from : new Date(startOfDay(addDays(civilDate(from), 1)).getTime() - 1);
        expect(dueAt(r, start, calendar, [{ from, to }]).dueAt).toEqual(plain);
      }),
    );
  });

  it('never takes time away, and gives no more days than it waited, but for roll-over', () => {
    fc.assert(
      fc.property(anyInstant(), fc.integer({ min: 1, max: 40 }), anyUnit, fc.nat(), fc.integer({ min: 0, max: 100 * 86_400_000 }), (start, n, unit, when, length) => {
        const r = row(n, unit, { rollOver: false });
        const plain = dueAt(r, start, calendar);
        const from = new Date(start.getTime() + (when % (plain.dueAt.getTime() - start.getTime())));
        const to = new Date(from.getTime() + length);
        const waited = dueAt(r, start, calendar, [{ from, to }]);
        expect(waited.dueAt.getTime()).toBeGreaterThanOrEqual(plain.dueAt.getTime());
        expect(waited.dueAt.getTime()).toBeGreaterThan(to.getTime() - 1);
        if (unit === 'HOUR') expect(waited.dueAt.getTime() - plain.dueAt.getTime()).toBe(length);
        if (unit === 'CALENDAR_DAY' || unit === 'MONTH') expect(daysBetween(plain.lastDay!, waited.lastDay!)).toBe(daysBetween(civilDate(from), civilDate(to)));
      }),
    );
  });
});

describe('defineClocks', () => {
  const clocks = defineClocks({
    nonFilingExplanation: {
      citation: sppr2019(560), amount: 7, unit: 'CALENDAR_DAY', startEvent: 'EXPLANATION_REQUESTED', startExclusive: true,
      rollOver: true, effectiveFrom: '2019-12-30', effectiveTo: null, mark: 'V',
    },
    transfer: {
      citation: o310('5(2)'), amount: 24, unit: 'HOUR', startEvent: 'REFERRAL_APPROVED', startExclusive: true, rollOver: false,
      suspendOn: ['TEST'], effectiveFrom: '2001-07-09', effectiveTo: null, mark: 'V',
    },
    listRemoval: [
      { citation: o44(17), amount: 15, unit: 'WORKING_DAY', startEvent: 'REPAIR_ACCEPTED', startExclusive: true, rollOver: true, effectiveFrom: '2021-09-01', effectiveTo: '2025-12-24', mark: 'V' },
      { citation: o107(16), amount: 7, unit: 'WORKING_DAY', startEvent: 'REPAIR_ACCEPTED', startExclusive: true, rollOver: true, effectiveFrom: '2025-12-25', effectiveTo: null, mark: 'V' },
    ],
  });

  it('keeps the names, in the type as well', () => {
    const names: ('nonFilingExplanation' | 'transfer' | 'listRemoval')[] = Object.keys(clocks) as (keyof typeof clocks)[];
    expect(names).toEqual(['nonFilingExplanation', 'transfer', 'listRemoval']);
    expect(clocks.transfer.name).toBe('transfer');
    expect(clocks.transfer.rows).toMatchObject([{ name: 'transfer', suspendOn: ['TEST'] }]);
    expect(clocks.listRemoval.rows).toHaveLength(2);
    expect(clocks.nonFilingExplanation.rows[0]!.suspendOn).toEqual([]);
  });

  it('counts by its row', () => {
    expect(clocks.nonFilingExplanation.dueDate(at('2026-02-10T09:00:00'), calendar)).toBe('2026-02-24');
    expect(clocks.transfer.dueAt(at('2026-02-10T09:00:00'), calendar)).toMatchObject({ dueAt: at('2026-02-11T09:00:00'), rule: { name: 'transfer', citation: o310('5(2)'), amount: 24, unit: 'HOUR' } });
    expect(clocks.transfer.remaining(at('2026-02-10T09:00:00'), at('2026-02-10T10:00:00'), calendar)).toEqual({ unit: 'MILLISECOND', amount: 23 * 3_600_000 });
    const wait = [{ from: at('2026-02-10T10:00:00'), to: at('2026-02-10T12:00:00') }];
    expect(clocks.transfer.dueAt(at('2026-02-10T09:00:00'), calendar, wait).dueAt).toEqual(at('2026-02-11T11:00:00'));
    expect(clocks.nonFilingExplanation.dueDate(at('2026-11-02T09:00:00'), calendar, [{ from: at('2026-11-03T09:00:00'), to: at('2026-11-04T09:00:00') }])).toBe('2026-11-10');
  });

  it('follows the row that was in force when the period started, on the day in China', () => {
    expect(clocks.listRemoval.rowAt(at('2025-12-24T23:59:59.999'))).toMatchObject({ amount: 15, citation: o44(17) });
    expect(clocks.listRemoval.rowAt(at('2025-12-25T00:00:00'))).toMatchObject({ amount: 7, citation: o107(16) });
    expect(clocks.listRemoval.dueAt(at('2025-12-24T10:00:00'), calendar).rule.amount).toBe(15);
    expect(clocks.listRemoval.dueAt(at('2025-12-24T10:00:00'), calendar).lastDay! > clocks.listRemoval.dueAt(at('2025-12-25T10:00:00'), calendar).lastDay!).toBe(true);
  });

  it('has no answer for a time before it was law', () => {
    expect(() => clocks.listRemoval.dueAt(at('2021-08-31T23:59:59'), calendar)).toThrow(RangeError);
  });

  it.each([
    ['no row', []],
    ['amount 0', [row(0, 'CALENDAR_DAY')]],
    ['a fraction', [row(1.5, 'CALENDAR_DAY')]],
    ['hours that roll over', [row(24, 'HOUR', { rollOver: true })]],
    ['an end before the beginning', [row(1, 'CALENDAR_DAY', { effectiveTo: '1999-12-31' })]],
    ['a beginning that is no day', [row(1, 'CALENDAR_DAY', { effectiveFrom: '2026-02-30' })]],
    ['an end that is no day', [row(1, 'CALENDAR_DAY', { effectiveTo: 'never' })]],
    ['rows that overlap', [row(1, 'CALENDAR_DAY', { effectiveTo: '2020-01-01' }), row(2, 'CALENDAR_DAY', { effectiveFrom: '2020-01-01' })]],
    ['a row after one without end', [row(1, 'CALENDAR_DAY'), row(2, 'CALENDAR_DAY', { effectiveFrom: '2020-01-01' })]],
  ])('refuses %s', (_, rows) => expect(() => defineClocks({ faulty: rows })).toThrow(RangeError));

  it('takes the counting for as well known as the period, unless something else is said', () => {
    const { countingMark: _, ...plain } = row(1, 'CALENDAR_DAY', { mark: 'P' });
    const { silent, said } = defineClocks({ silent: plain, said: { ...plain, countingMark: 'NV' } });
    expect([silent, said].map((clock) => clock.rows.map((r) => [r.mark, r.countingMark]))).toEqual([[['P', 'P']], [['P', 'NV']]]);
  });

  it('lets a clock lapse between two laws', () => {
    const gap = defineClocks({ gap: [row(1, 'CALENDAR_DAY', { effectiveTo: '2020-01-01', citation: proc(18) }), row(2, 'CALENDAR_DAY', { effectiveFrom: '2021-01-01' })] }).gap;
    expect(() => gap.rowAt(at('2020-06-01T00:00:00'))).toThrow(RangeError);
    expect(gap.rowAt(at('2021-01-01T00:00:00')).amount).toBe(2);
  });
});

function anyInstant(): fc.Arbitrary<Date> {
  return fc.date({ min: new Date('2023-06-01T00:00:00Z'), max: new Date('2027-06-30T00:00:00Z'), noInvalidDate: true });
}
