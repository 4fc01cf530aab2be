import 'reflect-metadata';
import { demoAgencies, demoRegions, violationType } from '@casebridge/contracts';
import type { Scale } from '../scales';
import { accessTables, CollectedWorld, grouped, tables, testDay } from '../testing/collected-world';
import { type Size, sizes } from './sizes';

/*
 * What the design promises of the demo, asked of the rows by a model of the rights policy that is written here and not shared with the services.
 */

/** As many cases a day as in the year of a province, for fewer days. */
const dense: Size = {
  ...sizes['province-year'], enterprises: 1_200, products: 600, cases: 2_500, decisions: 1_300, inspections: 4_000, defects: 3_000, reports: 1_200,
  complaints: 1_000, days: 100,
};

const worlds: readonly (readonly [name: string, scale: Scale, seed: number, size: Size, today: string])[] = [
  ['demo, seed 1', 'demo', 1, sizes.demo, testDay], ['demo, seed 2', 'demo', 2, sizes.demo, testDay], ['demo, seed 77', 'demo', 77, sizes.demo, testDay],
  ['on the last day of a Spring Festival', 'demo', 1, sizes.demo, '2026-02-23'], ['on the last day of a year', 'demo', 1, sizes.demo, '2026-12-31'],
  ['as dense as province-year', 'province-year', 1, dense, testDay],
];

const city = demoAgencies.find((a) => a.code === 'MRA-210100')!;
const below = demoAgencies.filter((a) => a.superior === city.code).map((a) => a.code);

describe.each(worlds)('promises of the world: %s', (_, scale, seed, size, today) => {
  const world = new CollectedWorld(scale, seed, size, today);

  /** Cases that an officer of the city bureau who is not named in any seal sees: owner, superior, local after service. */
  const visible = world.all(tables.adminCase).filter((c) =>
    (c.sealedUntil === null || c.sealedUntil < today) &&
    (c.agencyCode === city.code || below.includes(c.agencyCode) || (c.servedOn !== null && city.regions.includes(c.regionCode))));
  const newest = [...visible].sort((a, b) => b.filedAt.getTime() - a.filedAt.getTime() || (a.caseId < b.caseId ? 1 : -1)).slice(0, 50);

  const inspections = grouped(world.all(tables.inspection).filter((i) => i.status === 'CONCLUDED' && city.regions.includes(i.regionCode)), (i) => i.uscc);
  const defects = new Set(world.all(tables.defect).map((d) => d.inspectionId));
  const inForce = new Set(world.all(tables.punishment).filter((p) =>
    p.publishedOn !== null && p.publishedOn <= today && p.startsOn <= today && (p.forLife || p.endsOn! >= today) && p.liftedAt === null && p.revokedAt === null).map((p) => p.uscc));
  const decisions = new Map(world.all(tables.penaltyDecision).map((d) => [d.caseId, d]));
  const items = grouped(world.all(tables.penaltyItem), (i) => i.decisionId);
  const referrals = new Map(world.all(tables.referral).map((r) => [r.caseId, r]));
  const timelines = grouped(world.all(tables.referralTimeline), (t) => t.referralId);
  const complaints = new Set(world.all(tables.complaint).filter((c) => c.agencyCode === city.code || below.includes(c.agencyCode)).flatMap((c) => c.caseIds));
  const registered = new Set(world.all(tables.product).filter((p) => p.registrationNo !== null).map((p) => p.id));
  const reports = new Set(world.all(tables.report).filter((r) =>
    registered.has(r.productId!) && (r.agencyCode === city.code || below.includes(r.agencyCode) || city.regions.includes(r.regionCode))).flatMap((r) => r.caseIds));

  const whole = newest.filter((c) =>
    (inspections.get(c.enterpriseUscc!) ?? []).some((i) => defects.has(i.id)) && inForce.has(c.enterpriseUscc) &&
    (items.get(decisions.get(c.caseId)?.id ?? '') ?? []).length > 0 && (timelines.get(referrals.get(c.caseId)?.id ?? '') ?? []).length > 0 &&
    complaints.has(c.caseId) && reports.has(c.caseId));

  it('at least ten of the newest fifty cases of MRA-210100 have all six parts', () => {
    expect(newest).toHaveLength(50);
    expect(whole.length).toBeGreaterThanOrEqual(10);
  });

  it('some of those have the police and the procuratorate of the city as running parties', () => {
    const together = whole.filter((c) => c.parts.includes('PSB-210100') && c.parts.includes('PPO-210100'));
    expect(together.length).toBeGreaterThanOrEqual(4);
    const linkedInspections = new Set(world.all(tables.inspection).filter((i) => i.status === 'CONCLUDED').flatMap((i) => i.caseIds));
    expect(together.filter((c) => linkedInspections.has(c.caseId))).toEqual(together);
  });

  it('MRA-210100 has cases to refer, none of them waiting for a test', () => {
    const free = newest.filter((c) =>
      c.agencyCode === city.code && (c.status === 'FILED' || c.status === 'INVESTIGATING') && !referrals.has(c.caseId) && !c.testRequired);
    expect(free.length).toBeGreaterThanOrEqual(10);
  });

  it('shows penalties of every class, for every violation, in every region', () => {
    const shown = world.all(tables.disclosure).filter((d) => d.withdrawnAt === null && (d.disclosureEndsOn === null || d.disclosureEndsOn >= today));
    expect(new Set(shown.map((d) => d.class)).size).toBe(5);
    expect(new Set(shown.map((d) => d.violationType))).toEqual(new Set(violationType.codes));
    expect(new Set(shown.map((d) => d.regionCode))).toEqual(new Set(demoRegions.map((r) => r.code)));
  });

  it('has something to read for every filing agency, and exactly the promised counts', () => {
    const owners = grouped(world.all(tables.adminCase), (c) => c.agencyCode);
    for (const code of ['MRA-210100', 'MRA-210200', 'MRA-210102', 'DRA-210000', 'DRA-220000']) expect(owners.get(code)!.length).toBeGreaterThan(10);
    expect(world.all(accessTables.adr)).toHaveLength(size.cases);
    expect(world.all(tables.penaltyDecision)).toHaveLength(size.decisions);
    expect(world.all(tables.inspection)).toHaveLength(size.inspections);
    expect(world.all(tables.defect)).toHaveLength(size.defects);
  });
});
