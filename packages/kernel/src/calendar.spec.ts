import { createHolidayCalendar, stateCouncilCalendar as calendar, stateCouncilYears } from './calendar';
import { addDays, dayOfWeek } from './civil-date';

const days = (from: string, to: string): string[] => {
  const all: string[] = [];
  for (let day = from; day <= to; day = addDays(day, 1)) all.push(day);
  return all;
};

describe('the State Council calendar', () => {
  it.each(['2026-01-04', '2026-02-14', '2026-02-28', '2026-05-09', '2026-09-20', '2026-10-10', '2025-01-26', '2025-02-08', '2025-04-27', '2025-09-28', '2025-10-11', '2024-02-04', '2024-02-18', '2024-04-07', '2024-04-28', '2024-05-11', '2024-09-14', '2024-09-29', '2024-10-12'])(
    '%s is a weekend day that is worked',
    (date) => {
      expect(dayOfWeek(date)).toBeGreaterThan(5);
      expect(calendar.isWorkingDay(date)).toBe(true);
    },
  );

  it.each([
    ['2026-01-01', '2026-01-03'],
    ['2026-02-15', '2026-02-23'],
    ['2026-04-04', '2026-04-06'],
    ['2026-05-01', '2026-05-05'],
    ['2026-06-19', '2026-06-21'],
    ['2026-09-25', '2026-09-27'],
    ['2026-10-01', '2026-10-07'],
    ['2025-01-28', '2025-02-04'],
    ['2025-10-01', '2025-10-08'],
    ['2024-02-10', '2024-02-17'],
    ['2024-10-01', '2024-10-07'],
  ])('%s to %s are off, the days around them as the week and the swaps say', (from, to) => {
    expect(days(from, to).filter((day) => calendar.isWorkingDay(day))).toEqual([]);
    for (const day of [addDays(from, -1), addDays(to, 1)]) {
      expect(calendar.isWorkingDay(day)).toBe(dayOfWeek(day) <= 5 || stateCouncilYears.some((y) => y.workedWeekends.includes(day)));
    }
  });

  // Summed otherwise: all days, less 104 weekend days, less the public holidays of 全国年节及纪念日放假办法 (11 days, 13 from 2025 on).
  it.each([
    [2024, 366 - 104 - 11],
    [2025, 365 - 104 - 13],
    [2026, 365 - 104 - 13],
  ])('%i has %i working days', (year, expected) => {
    expect(days(`${year}-01-01`, `${year}-12-31`).filter((day) => calendar.isWorkingDay(day))).toHaveLength(expected);
  });

  it('calls every day either worked or off', () => {
    for (const day of days('2023-12-01', '2027-12-31')) expect(calendar.isHoliday(day)).toBe(!calendar.isWorkingDay(day));
  });

  it('knows only weekends outside the published years', () => {
    for (const day of [...days('2023-01-01', '2023-12-31'), ...days('2027-01-01', '2027-12-31')]) {
      expect(calendar.isWorkingDay(day)).toBe(dayOfWeek(day) <= 5);
    }
    expect([calendar.firstPublishedYear, calendar.lastPublishedYear]).toEqual([2024, 2026]);
    expect(calendar.version).not.toBe('');
  });

  it('refuses what is no day', () => expect(() => calendar.isWorkingDay('2026-02-30')).toThrow(RangeError));
});

describe('createHolidayCalendar', () => {
  const year = { year: 2030, notice: '测试', daysOff: [], workedWeekends: [] };
  it.each([
    ['no year', []],
    ['a gap', [year, { ...year, year: 2032 }]],
    ['a year twice', [year, year]],
    ['a day of another year', [{ ...year, daysOff: [['2029-12-31', '2030-01-01']] as const }]],
    ['a holiday backwards', [{ ...year, daysOff: [['2030-01-02', '2030-01-01']] as const }]],
    ['a worked weekday', [{ ...year, workedWeekends: ['2030-01-02'] }]],
    ['a day both worked and off', [{ ...year, daysOff: [['2030-01-05', '2030-01-05']] as const, workedWeekends: ['2030-01-05'] }]],
    ['what is no day', [{ ...year, workedWeekends: ['2030-02-30'] }]],
  ])('refuses %s', (_, years) => expect(() => createHolidayCalendar('test', years)).toThrow(RangeError));

  it('takes a next year when it is published', () => {
    const next = createHolidayCalendar('test', [...stateCouncilYears, { year: 2027, notice: '测试', daysOff: [['2027-01-01', '2027-01-03']], workedWeekends: ['2027-01-10'] }]);
    expect(next.lastPublishedYear).toBe(2027);
    expect(next.isWorkingDay('2027-01-01')).toBe(false);
    expect(next.isWorkingDay('2027-01-10')).toBe(true);
    expect(next.isWorkingDay('2026-02-24')).toBe(true);
  });
});
