import fc from 'fast-check';
import { addDays, addMonths, addYears, civilDate, compareDates, dayOfWeek, daysBetween, earliest, isCivilDate, isWeekend, latest, startOfDay, yearOf } from './civil-date';

/** Any day from 1600 to 2400, by way of an independent clock. */
const anyDay = fc.date({ min: new Date('1600-01-01T00:00:00Z'), max: new Date('2400-12-31T00:00:00Z'), noInvalidDate: true }).map((d) => d.toISOString().slice(0, 10));

describe('isCivilDate', () => {
  it.each(['2026-11-21', '2024-02-29', '2000-02-29', '0001-01-01', '9999-12-31', '2026-04-30'])('accepts %s', (text) => expect(isCivilDate(text)).toBe(true));
  it.each([
    '2026-02-29', '1900-02-29', '2026-04-31', '2026-13-01', '2026-00-10', '2026-01-00', '2026-01-32', '0000-01-01', '2026-1-1', '26-01-01', '20260101',
    '2026-01-01T00:00:00Z', ' 2026-01-01', '2026-01-01\n', '２０２６-01-01', '', null, undefined, 20260101, new Date('2026-01-01'),
  ])('refuses %p', (value) => expect(isCivilDate(value)).toBe(false));

  it('agrees with the calendar of the runtime for every text of the form', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9999 }), fc.integer({ min: 0, max: 99 }), fc.integer({ min: 0, max: 99 }), (y, m, d) => {
        const text = `${String(y).padStart(4, '0')}-${String(m).padStart(2, '0')}-${String(d).padStart(2, '0')}`;
        const at = new Date(`${text}T00:00:00Z`);
        expect(isCivilDate(text)).toBe(!Number.isNaN(at.getTime()) && at.toISOString().slice(0, 10) === text);
      }),
    );
  });
});

describe('civilDate and startOfDay', () => {
  it('turns the day at midnight in China, to the millisecond', () => {
    expect(civilDate(new Date('2026-11-20T15:59:59.999Z'))).toBe('2026-11-20');
    expect(civilDate(new Date('2026-11-20T16:00:00.000Z'))).toBe('2026-11-21');
    expect(civilDate(new Date('2026-11-21T00:00:00+08:00'))).toBe('2026-11-21');
    expect(startOfDay('2026-11-21').toISOString()).toBe('2026-11-20T16:00:00.000Z');
  });

  it('knows no summer time, not even for the years in which there was one', () => {
    expect(civilDate(new Date('1988-07-01T15:30:00Z'))).toBe('1988-07-01');
  });

  it('are inverse: a day lasts from its start to just before the next', () => {
    fc.assert(
      fc.property(anyDay, (day) => {
        const start = startOfDay(day).getTime();
        expect(civilDate(new Date(start))).toBe(day);
        expect(civilDate(new Date(start - 1))).toBe(addDays(day, -1));
        expect(startOfDay(addDays(day, 1)).getTime() - start).toBe(86_400_000);
      }),
    );
  });

  it('refuses what is no instant and no day', () => {
    expect(() => civilDate(new Date('nonsense'))).toThrow(RangeError);
    expect(() => civilDate(new Date(8.64e15))).toThrow(RangeError);
    expect(() => civilDate(new Date('-000001-01-01T00:00:00Z'))).toThrow(RangeError);
    expect(() => startOfDay('2026-02-30')).toThrow(RangeError);
  });
});

describe('addDays', () => {
  it.each([
    ['2026-12-31', 1, '2027-01-01'],
    ['2024-02-28', 1, '2024-02-29'],
    ['2026-02-28', 1, '2026-03-01'],
    ['2026-03-01', -1, '2026-02-28'],
    ['2026-11-21', 0, '2026-11-21'],
    ['2024-01-01', 366, '2025-01-01'],
    ['0099-12-31', 1, '0100-01-01'],
  ])('%s + %i = %s', (date, days, expected) => expect(addDays(date, days)).toBe(expected));

  it('is undone by its negative, measured by daysBetween, and moves the weekday along', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: -50_000, max: 50_000 }), (day, n) => {
        const moved = addDays(day, n);
        expect(addDays(moved, -n)).toBe(day);
        expect(daysBetween(day, moved)).toBe(n);
        expect(compareDates(day, moved)).toBe(n > 0 ? -1 : n < 0 ? 1 : 0);
        expect((((dayOfWeek(moved) - dayOfWeek(day) - n) % 7) + 7) % 7).toBe(0);
      }),
    );
  });

  it('refuses a fraction, an invalid day and the end of the calendar', () => {
    expect(() => addDays('2026-01-01', 0.5)).toThrow(RangeError);
    expect(() => addDays('2026-01-01', Number.NaN)).toThrow(RangeError);
    expect(() => addDays('2026-1-1', 1)).toThrow(RangeError);
    expect(() => addDays('9999-12-31', 1)).toThrow(RangeError);
    expect(() => addDays('0001-01-01', -1)).toThrow(RangeError);
    expect(() => addDays('2026-01-01', Number.MAX_SAFE_INTEGER)).toThrow(RangeError);
  });
});

describe('addMonths and addYears', () => {
  it.each([
    ['2026-01-31', 1, '2026-02-28'],
    ['2024-01-31', 1, '2024-02-29'],
    ['2026-01-30', 1, '2026-02-28'],
    ['2026-02-28', 1, '2026-03-28'],
    ['2026-08-31', 1, '2026-09-30'],
    ['2026-12-15', 1, '2027-01-15'],
    ['2026-11-30', 3, '2027-02-28'],
    ['2026-03-31', -1, '2026-02-28'],
    ['2026-01-15', -1, '2025-12-15'],
    ['2026-01-15', 0, '2026-01-15'],
    ['2026-01-15', -13, '2024-12-15'],
  ])('%s + %i months = %s', (date, months, expected) => expect(addMonths(date, months)).toBe(expected));

  it.each([
    ['2024-02-29', 1, '2025-02-28'],
    ['2024-02-29', 4, '2028-02-29'],
    ['2026-11-21', 2, '2028-11-21'],
    ['2026-11-21', -5, '2021-11-21'],
  ])('%s + %i years = %s', (date, years, expected) => expect(addYears(date, years)).toBe(expected));

  it('keeps the day of the month, or ends the month', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: -1200, max: 1200 }), (day, n) => {
        const moved = addMonths(day, n);
        const months = (date: string) => yearOf(date) * 12 + Number(date.slice(5, 7));
        expect(isCivilDate(moved)).toBe(true);
        expect(months(moved) - months(day)).toBe(n);
        expect(moved.slice(8) === day.slice(8) || (moved.slice(8) < day.slice(8) && addDays(moved, 1).endsWith('-01'))).toBe(true);
      }),
    );
  });

  it('refuse fractions and the end of the calendar', () => {
    expect(() => addMonths('2026-01-01', 1.5)).toThrow(RangeError);
    expect(() => addYears('2026-01-01', 0.25)).toThrow(RangeError);
    expect(() => addMonths('9999-12-01', 1)).toThrow(RangeError);
    expect(() => addMonths('0001-01-01', -1)).toThrow(RangeError);
  });
});

describe('weekday and order', () => {
  it.each([
    ['2026-11-16', 1],
    ['2026-11-21', 6],
    ['2026-11-22', 7],
    ['1970-01-01', 4],
    ['1969-12-28', 7],
    ['2000-02-29', 2],
  ])('%s is day %i of its week', (date, day) => {
    expect(dayOfWeek(date)).toBe(day);
    expect(isWeekend(date)).toBe(day > 5);
  });

  it('finds the earliest and the latest', () => {
    expect(earliest('2026-03-01', '2026-02-28', '2027-01-01')).toBe('2026-02-28');
    expect(latest('2026-03-01', '2026-02-28', '2027-01-01')).toBe('2027-01-01');
    expect(earliest('2026-03-01')).toBe('2026-03-01');
    expect(() => latest('2026-03-01', 'tomorrow')).toThrow(RangeError);
    expect(() => compareDates('tomorrow', '2026-03-01')).toThrow(RangeError);
  });
});
