import type { ListingStatus } from '@casebridge/contracts';
import { addDays } from '@casebridge/kernel';
import { query, sql } from '@casebridge/platform';
import { publicReader } from '@casebridge/testkit';
import { decided, functions, officerFrom, startWorld, today, type World } from '../test/world';
import type { DishonestyListingEntity } from './listing.entity';
import { listingCandidateOf } from './listing-record';
import { proposeListing } from './listing.repository';

/*
 * The rows "Punishment, industry ban, dishonesty entry, in force" and "The same before publication, after repair or expiry" of the rights policy,
 * written out by hand.
 */

const published = { noticeNo: 'n', noticeServedOn: '2026-01-01', listingNo: 'l', listedOn: '2026-01-02', publishedOn: '2026-01-03', endsOn: '2029-01-03' };
const { publishedOn: _, endsOn: __, ...listed } = published;

/** Every state in which a listing can be, whether it is on the list, and what is written of it. */
const states: Readonly<Record<string, { readonly inForce: boolean; readonly change: Partial<DishonestyListingEntity>; readonly shown?: ListingStatus }>> = {
  CANDIDATE: { inForce: false, change: {} },
  NOTICE_SERVED: { inForce: false, change: { noticeNo: 'n', noticeServedOn: '2026-01-01' } },
  HEARING: { inForce: false, change: { noticeNo: 'n', noticeServedOn: '2026-01-01' } },
  HEARD: { inForce: false, change: { noticeNo: 'n', noticeServedOn: '2026-01-01' } },
  AWAITING_CONSENT: { inForce: false, change: { noticeNo: 'n', noticeServedOn: '2026-01-01', consentAgencyCode: 'x' } },
  CONSENTED: { inForce: false, change: { noticeNo: 'n', noticeServedOn: '2026-01-01', consentAgencyCode: 'x' } },
  NOT_LISTED: { inForce: false, change: { notListedReason: 'NO_INTENT', notListedExplanation: 'x' } },
  LISTED: { inForce: false, change: listed },
  PUBLISHED: { inForce: true, change: published },
  EXIT_APPLIED: { inForce: true, change: published },
  EXIT_ACCEPTED: { inForce: true, change: published },
  EXIT_APPROVED: { inForce: true, change: published },
  EXITED_EARLY: { inForce: false, change: published },
  REVOKED: { inForce: false, change: published },
  RESTORED: { inForce: true, change: published },
  EXPIRED: { inForce: false, change: { ...published, endsOn: addDays(today, -1) } },
};
const every = Object.keys(states).sort();
const inForce = every.filter((name) => states[name]?.inForce);

const wholly: Readonly<Record<string, readonly string[]>> = {
  DRUG: ['own', 'top'], MARKET: ['own', 'top'], POLICE: ['own', 'party', 'above'], PROCURATORATE: ['own', 'party', 'above'], COURT: ['own'], HEALTH: ['own'],
  CDC: ['own'], SUPERVISION: ['own'], INSURANCE: ['own'], LAB: ['own'],
};

const LIST = `query { dishonestyListings(first: 100) { totalCount nodes {
  id status noticeNo noticeServedOn notListedReason notListedExplanation consentAgency { code } earliestExitOn dueAt deadline { rule } version acts { act } } } }`;
const NESTED = `query ($e: _Any!, $c: _Any!) {
  enterprise: _entities(representations: [$e]) { ... on Enterprise { dishonestyListings(first: 100) { totalCount nodes { id } } } }
  case: _entities(representations: [$c]) { ... on Case { dishonestyListings(first: 100) { nodes { id } } } }
}`;
const ONE = 'query ($id: ID!) { dishonestyListing(id: $id) { id } }';
type Json = ReturnType<typeof JSON.parse>;

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.stop());

interface Given {
  readonly ids: ReadonlyMap<string, string>;
  readonly caseId: string;
  readonly uscc: string | null;
}
async function given(owner: string, parts: readonly string[]): Promise<Given> {
  const event = decided({ authorityCode: owner, tier: 'HEAVY' });
  const ids = new Map<string, string>();
  for (const [name, { change }] of Object.entries(states)) {
    const candidate = listingCandidateOf({ ...event, decisionId: decided().decisionId }, world.clock.now(), (text) => text) as DishonestyListingEntity;
    const status = (name === 'EXPIRED' ? 'PUBLISHED' : name) as ListingStatus;
    await proposeListing(world.dataSource.manager, { ...candidate, status, ...change });
    ids.set(candidate.id, name);
  }
  await world.access(event, { parts: [...parts] });
  return { ids, caseId: event.caseId, uscc: event.partyUscc };
}

describe.each(functions)('the rights of %s', (fn) => {
  let records: Given;
  beforeAll(async () => {
    records = await given(`${fn}-own`, [`${fn}-party`]);
  });
  afterAll(() => query(world.dataSource.manager, sql`delete from dishonesty_listing`));

  const namesOf = (nodes: readonly Json[]): string[] => nodes.map((n) => records.ids.get(n.id) ?? '?').sort();
  const seenBy = async (who: Parameters<World['as']>[0]): Promise<Json[]> => {
    const { data, errors } = await world.as(who).send<Json>(LIST);
    expect(errors).toBeUndefined();
    expect(data.dishonestyListings.totalCount).toBe(data.dishonestyListings.nodes.length);
    return data.dishonestyListings.nodes;
  };

  it.each(['own', 'top', 'party', 'above', 'none'])('%s', async (relation) => {
    const whole = wholly[fn]?.includes(relation) ?? false;
    const who = officerFrom(`${fn}-${relation}`);
    const nodes = await seenBy(who);
    expect(namesOf(nodes)).toEqual(whole ? every : inForce);
    for (const { id, status, acts, version, ...inside } of nodes) {
      const name = records.ids.get(id) as string;
      expect([name, status]).toEqual([name, whole ? name : 'PUBLISHED']);
      expect([acts, version]).toEqual(whole ? [[], 0] : [null, null]);
      if (!whole) expect(Object.values(inside)).toEqual(Object.keys(inside).map(() => null));
    }
    const { data } = await world.as(who).send<Json>(NESTED, { e: { __typename: 'Enterprise', uscc: records.uscc }, c: { __typename: 'Case', id: records.caseId } });
    expect(namesOf(data.enterprise[0].dishonestyListings.nodes)).toEqual(whole ? every : inForce);
    if (data.case[0]) expect(namesOf(data.case[0].dishonestyListings.nodes)).toEqual(whole ? every : inForce);
    for (const [id, name] of records.ids) {
      const one = (await world.as(who).send<Json>(ONE, { id })).data.dishonestyListing;
      expect([name, one !== null]).toEqual([name, whole || inForce.includes(name)]);
    }
  });

  it('whoever reads audit alone sees what the public sees', async () => {
    expect(namesOf(await seenBy(officerFrom(`${fn}-own`, ['auditor'])))).toEqual(inForce);
    expect(namesOf(await seenBy(publicReader))).toEqual(inForce);
  });

  it('an excluded officer keeps what is in force, without how it came to it', async () => {
    await world.access({ caseId: records.caseId, authorityCode: `${fn}-own` }, { version: 2, parts: [`${fn}-party`], excluded: [`${fn}-own/${fn}-own-1`] });
    const nodes = await seenBy(officerFrom(`${fn}-own`));
    expect(namesOf(nodes)).toEqual(inForce);
    expect(nodes.map((n) => [n.status, n.version])).toEqual(inForce.map(() => ['PUBLISHED', null]));
    expect(namesOf(await seenBy(officerFrom(`${fn}-own`, ['officer'], 2)))).toEqual(every);
  });

  it('a seal takes everything from everybody but those it names', async () => {
    await world.access({ caseId: records.caseId, authorityCode: `${fn}-own` }, {
      version: 3, parts: [`${fn}-party`], sealedUntil: '2026-12-31', sealOfficers: [`${fn}-own-2`], sealParties: [],
    });
    for (const who of [publicReader, ...['own', 'top', 'party', 'none'].map((r) => officerFrom(`${fn}-${r}`))]) expect(await seenBy(who)).toEqual([]);
    expect(namesOf(await seenBy(officerFrom(`${fn}-own`, ['officer'], 2)))).toEqual(every);
  });
});
