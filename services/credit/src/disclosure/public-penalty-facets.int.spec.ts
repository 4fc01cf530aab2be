import { publicReader } from '@casebridge/testkit';
import { item, officerFrom, startWorld, type World } from '../test/world';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.stop());

const FACETS = `query ($filter: PublicPenaltyFilter) { publicPenalties(filter: $filter) { totalCount }
  publicPenaltyFacets(filter: $filter) { total penaltyKinds { value count } violationTypes { value count } regions { value count } authorities { value count } years { value count } months { value count } } }`;
type Json = ReturnType<typeof JSON.parse>;
async function facets(filter: object = {}, reader: Parameters<World['as']>[0] = publicReader): Promise<Json> {
  const { data, errors } = await world.as(reader).send<Json>(FACETS, { filter });
  expect(errors).toBeUndefined();
  return data;
}

it('counts what the list shows, and nothing else', async () => {
  world.clock.set('2026-06-10T02:00:00Z');
  await world.decide({ decidedOn: '2025-12-31', items: [item(), item({ kind: 'CONFISCATION_OF_GAINS', amountFen: 100 })] });
  await world.decide({ items: [item({ kind: 'CRITICISM', amountFen: null })], violationType: 'FAKE_DRUGS' });
  await world.decide({}, { sealedUntil: '2026-12-31', sealOfficers: [] });
  world.clock.set('2026-07-01T02:00:00Z');
  await world.decide({ authorityCode: 'MARKET-own', regionCode: '210103', decidedOn: '2026-06-20' });
  const all = {
    total: 3, penaltyKinds: [{ value: 'FINE', count: 2 }, { value: 'CONFISCATION_OF_GAINS', count: 1 }, { value: 'CRITICISM', count: 1 }],
    violationTypes: [{ value: 'SUBSTANDARD_DRUGS', count: 2 }, { value: 'FAKE_DRUGS', count: 1 }], regions: [{ value: '210102', count: 2 }, { value: '210103', count: 1 }],
    authorities: [{ value: 'DRUG-own', count: 2 }, { value: 'MARKET-own', count: 1 }], years: [{ value: '2026', count: 2 }, { value: '2025', count: 1 }],
    months: [{ value: '2026-06', count: 2 }, { value: '2026-07', count: 1 }],
  };
  for (const reader of [publicReader, officerFrom('DRUG-own'), officerFrom('POLICE-none')]) {
    expect(await facets({}, reader)).toEqual({ publicPenalties: { totalCount: 3 }, publicPenaltyFacets: all });
  }
  for (const filter of [{ penaltyKinds: ['FINE'] }, { text: '假药' }, { regionCode: '210103' }, { decidedFrom: '2026-01-01' }, { text: '没有的' }]) {
    const { publicPenalties, publicPenaltyFacets } = await facets(filter);
    expect([filter, publicPenaltyFacets.total]).toEqual([filter, publicPenalties.totalCount]);
    expect(publicPenaltyFacets.regions.reduce((sum: number, r: Json) => sum + Number(r.count), 0)).toBe(publicPenalties.totalCount);
  }
  world.clock.set('2026-09-10T16:00:00Z'); // the criticism was shown for three months
  expect(await facets()).toMatchObject({ publicPenalties: { totalCount: 2 }, publicPenaltyFacets: { total: 2 } });
});
