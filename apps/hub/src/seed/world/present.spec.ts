import 'reflect-metadata';
import { demoAgencies } from '@casebridge/contracts';
import { findingsOn } from '@casebridge/enforcement';
import { addDays, isDistributionLicenceNo, isDrugApprovalNo, isProductionLicenceNo, isUscc, parseDocumentNo, stateCouncilCalendar } from '@casebridge/kernel';
import { CollectedWorld, fingerprint, grouped, recordedAfter, tables, testDay } from '../testing/collected-world';
import { dayNumber } from './days';
import { latestPresent, presentOn } from './present';
import { sizes } from './sizes';

describe('the present of a demo world', () => {
  it('ends at six in the evening in China', () => {
    expect(presentOn('2026-11-15')).toEqual({
      day: '2026-11-15', number: dayNumber('2026-11-15'), now: new Date('2026-11-15T18:00:00+08:00'), year: 2026, leeway: 10,
    });
    expect(presentOn('2026-10-30').year).toBe(2025);
  });

  it('is the last one that is over', () => {
    expect(latestPresent(new Date('2026-11-22T17:59:59+08:00'))).toBe('2026-11-21');
    expect(latestPresent(new Date('2026-11-22T18:00:00+08:00'))).toBe('2026-11-22');
    expect(latestPresent(new Date('2027-01-01T00:30:00+08:00'))).toBe('2026-12-31');
  });

  it('has its limits, at which a wrong clock stops as well', () => {
    for (const day of ['2025-12-31', '2046-01-01']) expect(() => presentOn(day)).toThrow(RangeError);
    expect(latestPresent(new Date('1970-01-01T00:00:00Z'))).toBe('2026-01-01');
    expect(latestPresent(new Date('2099-01-01T00:00:00Z'))).toBe('2045-12-31');
  });

  it('leaves six working days for what follows a decision', () => {
    expect(presentOn('2026-02-24').leeway).toBe(15);
    for (let day = '2026-01-01'; day < '2027-01-01'; day = addDays(day, 1)) {
      const { leeway, number } = presentOn(day);
      const days = Array.from({ length: leeway }, (_, i) => addDays(day, -i));
      expect(days.filter((d) => stateCouncilCalendar.isWorkingDay(d)).length).toBeGreaterThanOrEqual(6);
      expect(number).toBe(dayNumber(day));
    }
  });

  it('makes another world', () => {
    const small = { ...sizes.demo, enterprises: 200, products: 60, cases: 300, decisions: 150, inspections: 600, defects: 500, reports: 260, complaints: 170 };
    expect(fingerprint('demo', 5, small, '2026-12-01')).toBe(fingerprint('demo', 5, small, '2026-12-01'));
    expect(fingerprint('demo', 5, small, '2026-12-01')).not.toBe(fingerprint('demo', 5, small, '2026-12-02'));
  });
});

const spread = (values: readonly string[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
};

const usual = new CollectedWorld('demo', 1);
const referralStates = (world: CollectedWorld): Record<string, number> => spread(world.all(tables.referral).map((r) => r.status));
const caseStates = (world: CollectedWorld): Record<string, number> => spread(world.all(tables.adminCase).map((c) => c.status));

/** New Year, before, within and after a Spring Festival, a plain day, after National Day, the ends of years, a leap day, years whose calendar is not out yet. */
const days = [
  '2026-01-01', '2026-02-13', '2026-02-19', '2026-02-23', '2026-02-24', '2026-06-17', '2026-10-07', '2026-10-08', '2026-11-22', '2026-12-31', '2027-01-01',
  '2028-02-29', '2045-12-31',
];

describe.each(days)('the demo world as of %s', (today) => {
  const world = new CollectedWorld('demo', 1, sizes.demo, today);
  const { now } = presentOn(today);

  it('tells nothing of what came later', () => {
    expect(recordedAfter(world, now)).toEqual([]);
  });

  it('has the shape that it has on any day', () => {
    for (const [table, count] of [
      [tables.enterprise, sizes.demo.enterprises], [tables.adminCase, sizes.demo.cases], [tables.penaltyDecision, sizes.demo.decisions],
      [tables.inspection, sizes.demo.inspections], [tables.defect, sizes.demo.defects], [tables.report, sizes.demo.reports], [tables.complaint, sizes.demo.complaints],
    ] as const) expect(world.all<object>(table)).toHaveLength(count);
    expect(world.all(tables.caseSeal).map((s) => [s.parties.length, s.expiresOn > today])).toEqual([[1, true], [1, true]]);
    expect(Object.keys(referralStates(world)).sort()).toEqual(Object.keys(referralStates(usual)).sort());
    // Where weekends and festivals lie moves some cases on; of a state in which only a few are, there may be none.
    for (const [found, expected] of [[referralStates(world), referralStates(usual)], [caseStates(world), caseStates(usual)]] as const) {
      const moved = Object.entries(expected).filter(([state, n]) => Math.abs((found[state] ?? 0) - n) > Math.max(8, n * 0.4));
      expect({ moved, found }).toEqual({ moved: [], found });
    }
  });

  it('has deadlines that run, also tomorrow, and some that are overdue', () => {
    const due = world.all(tables.referral).flatMap((r) => (r.dueAt === null ? [] : [r.dueAt]));
    const tomorrow = new Date(now.getTime() + 86_400_000);
    expect(due.filter((at) => at > now).length).toBeGreaterThanOrEqual(5);
    expect(due.filter((at) => at > tomorrow).length).toBeGreaterThanOrEqual(3);
    expect(due.filter((at) => at <= now).length).toBeGreaterThan(10);
  });

  it('has valid identifiers and decisions that no rule of law refuses', () => {
    expect(world.all(tables.enterprise).filter((e) => !isUscc(e.uscc))).toEqual([]);
    const licences = world.all(tables.licence);
    expect(licences.filter((l) => l.kind === 'DRUG_PRODUCTION' && !isProductionLicenceNo(l.number))).toEqual([]);
    expect(licences.filter((l) => l.kind === 'DRUG_DISTRIBUTION' && !isDistributionLicenceNo(l.number))).toEqual([]);
    expect(world.all(tables.product).filter((p) => p.kind === 'DRUG' && !isDrugApprovalNo(p.registrationNo ?? ''))).toEqual([]);
    const numbers = [...world.all(tables.adminCase).map((c) => c.caseNo), ...world.all(tables.referral).map((r) => r.referralNo)];
    expect(numbers.filter((n) => parseDocumentNo(n) === null)).toEqual([]);
    expect(new Set(numbers).size).toBe(numbers.length);

    const agencies = new Map(demoAgencies.map((a) => [a.code, a]));
    const cases = new Map(world.all(tables.adminCase).map((c) => [c.caseId, c]));
    const items = grouped(world.all(tables.penaltyItem), (i) => i.decisionId);
    const refused = world.all(tables.penaltyDecision).flatMap((d) => findingsOn({
      ...d, authorityFunctions: agencies.get(d.agencyCode)!.functions, caseStatus: 'INVESTIGATING', filedAt: cases.get(d.caseId)!.filedAt, excluded: [], extensions: [],
      items: items.get(d.id)!.map((i) => ({ ...i, basis: { instrument: i.basisInstrument, article: i.basisArticle } })),
    }, stateCouncilCalendar).filter((f) => f.blocks));
    expect(refused).toEqual([]);
  });
});

it.each([[77, '2026-02-22'], [2, '2026-02-24'], [77, '2026-10-04']])('hurries where little time is left before a festival (seed %i, %s)', (seed, today) => {
  expect(recordedAfter(new CollectedWorld('demo', seed, sizes.demo, today), presentOn(today).now)).toEqual([]);
});

it('stands on 2026-11-15 in tests', () => {
  expect(testDay).toBe('2026-11-15');
});
