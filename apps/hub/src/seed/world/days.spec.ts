import { civilDate, stateCouncilCalendar } from '@casebridge/kernel';
import { byDaylight, dayNumber, dayOf, dayText, isWorking, officeTime, workingBy, workingDaysLater, workingFrom, WorkingLine } from './days';
import { Random } from './random';

describe('days of the demo world', () => {
  it('are those of the calendar', () => {
    for (const day of ['2022-02-28', '2024-02-29', '2026-02-14', '2026-10-01', '2026-10-10', '2026-11-15']) {
      expect(dayText(dayNumber(day))).toBe(day);
      expect(isWorking(dayNumber(day))).toBe(stateCouncilCalendar.isWorkingDay(day));
    }
    expect(dayText(workingFrom(dayNumber('2026-10-01')))).toBe('2026-10-08');
    expect(dayText(workingBy(dayNumber('2026-10-07')))).toBe('2026-09-30');
    expect(dayText(workingDaysLater(dayNumber('2026-09-30'), 7))).toBe('2026-10-15'); // as an independent library says
    expect(() => dayNumber('2050-01-01')).toThrow(RangeError);
  });

  it('have instants in office hours of the day in China', () => {
    const random = Random.of(1);
    for (let i = 0; i < 200; i += 1) {
      const at = officeTime(dayNumber('2026-03-02'), random);
      expect(dayText(dayOf(at))).toBe('2026-03-02');
      expect(civilDate(new Date(at))).toBe('2026-03-02');
      const hour = Number(new Date(at + 8 * 3_600_000).toISOString().slice(11, 13));
      expect(hour).toBeGreaterThanOrEqual(8);
      expect(hour).toBeLessThan(18);
    }
  });

  it('move nights to the next morning and leave daytime alone', () => {
    const random = Random.of(2);
    const noon = Date.parse('2026-03-02T12:00:00+08:00');
    expect(byDaylight(noon, random)).toBe(noon);
    for (const night of ['2026-03-02T21:00:00+08:00', '2026-03-03T03:00:00+08:00']) {
      const moved = byDaylight(Date.parse(night), random);
      expect(civilDate(new Date(moved))).toBe('2026-03-03');
      expect(moved).toBeGreaterThan(Date.parse(night));
    }
  });

  it('make a line of office hours on which later shares are later', () => {
    const line = new WorkingLine(dayNumber('2026-09-28'), dayNumber('2026-10-12'));
    const instants = Array.from({ length: 300 }, (_, i) => line.at(i / 300));
    expect([...instants].sort((a, b) => a - b)).toEqual(instants);
    for (const at of instants) expect(isWorking(dayOf(at))).toBe(true);
  });
});
