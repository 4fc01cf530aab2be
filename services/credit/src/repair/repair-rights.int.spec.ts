import type { RepairStatus } from '@casebridge/contracts';
import { repairStatus } from '@casebridge/contracts';
import { query, sql } from '@casebridge/platform';
import { publicReader } from '@casebridge/testkit';
import { clerk, head } from '../test/listing-world';
import { RepairWorld } from '../test/repair-world';
import { functions, newId, officerFrom } from '../test/world';

/*
 * The row "The same before publication, after repair or expiry" of the rights policy, written out by hand for the repair itself: the owner and who is above it, police and
 * procuratorate with a part in the case; the agency of the registering province from the day on which it is told. That a repair was revoked is published.
 */

const FIELDS = `id status documentNo revokedOn kind appliedOn documents refusalGround stoppedAt notifiedOn dueAt version deadline { rule } registryAgency { code } acts { act }`;
const LIST = `query ($f: CreditRepairFilter) { creditRepairs(filter: $f, first: 100) { totalCount nodes { ${FIELDS} } } }`;
const NESTED = `query ($e: _Any!, $id: ID!) {
  enterprise: _entities(representations: [$e]) { ... on Enterprise { creditRepairs { totalCount nodes { id } } } } publicPenalty(id: $id) { creditRepairs { nodes { id } } } }`;
const insides = ['kind', 'appliedOn', 'documents', 'refusalGround', 'stoppedAt', 'notifiedOn', 'dueAt', 'version', 'deadline', 'registryAgency', 'acts'];
type Json = ReturnType<typeof JSON.parse>;
type Who = Parameters<RepairWorld['hub']['world']['as']>[0];

let world: RepairWorld;
const ids = new Map<string, RepairStatus>();
beforeAll(async () => {
  world = await RepairWorld.start();
  for (const status of repairStatus.codes) {
    const id = await world.given(status);
    ids.set(id, status);
    const { caseId } = (await query<{ caseId: string }>(world.hub.world.dataSource.manager, sql`select case_id as "caseId" from credit_repair where id = ${id}`))[0]!;
    await world.hub.world.access({ caseId, authorityCode: 'DRUG-own' }, { version: 2, parts: functions.map((fn) => `${fn}-party`) });
  }
  // All of them revoked today, so that the window of that is open.
  await query(world.hub.world.dataSource.manager, sql`update credit_repair set revocation_ends_on = ${world.today}::date where status = 'REVOKED'`);
}, 120_000);
afterAll(() => world.stop());

const list = async (who: Who, f: object = {}): Promise<Json[]> => {
  const { data, errors } = await world.hub.world.as(who).send<Json>(LIST, { f });
  expect(errors).toBeUndefined();
  expect(data.creditRepairs.totalCount).toBe(data.creditRepairs.nodes.length);
  return data.creditRepairs.nodes;
};

const every = [...repairStatus.codes];
const told: readonly RepairStatus[] = ['NOTIFIED', 'SYNCHRONISED', 'REVOKED'];
const wholly = (code: string): readonly RepairStatus[] => {
  if (['DRUG-own', 'DRUG-top', 'POLICE-party', 'POLICE-above', 'PROCURATORATE-party', 'PROCURATORATE-above'].includes(code)) return every;
  return code === 'MARKET-own' ? told : [];
};

const expectSeen = async (who: Who, inside: readonly RepairStatus[]): Promise<void> => {
  const seen = await list(who);
  const all = new Set([...inside, 'REVOKED' as const]);
  expect(seen.map((r) => ids.get(r.id)).sort()).toEqual([...all].sort());
  for (const r of seen) {
    expect(r.status).toBe(ids.get(r.id));
    if (inside.includes(r.status)) expect([r.kind, r.version > 0, r.acts.length]).toEqual([expect.any(String), true, r.version]);
    else expect(insides.map((name) => r[name])).toEqual(insides.map(() => null));
  }
  for (const status of every) expect((await list(who, { status: [status] })).map((r) => ids.get(r.id))).toEqual(all.has(status) ? [status] : []);
  expect((await list(who, { kinds: ['ORDINARY', 'RESTRUCTURING'] })).length).toBe(inside.length);
};

it.each(functions.flatMap((fn) => ['own', 'top', 'party', 'above', 'none'].map((relation) => `${fn}-${relation}`)))('%s', (code) => expectSeen(officerFrom(code), wholly(code)));
it('the public, and who reads audit alone', async () => {
  await expectSeen(publicReader, []);
  await expectSeen(officerFrom('DRUG-own', ['auditor']), []);
});

it('hold below the enterprise and the record too, and for what does not exist', async () => {
  for (const [id, status] of ids) {
    const { disclosure_id: disclosureId, uscc } = await world.row(id);
    for (const [who, open] of [[clerk, true], [officerFrom('COURT-none'), status === 'REVOKED'], [publicReader, status === 'REVOKED']] as const) {
      const { data } = await world.hub.world.as(who).send<Json>(NESTED, { e: { __typename: 'Enterprise', uscc }, id: disclosureId });
      expect(data.enterprise[0].creditRepairs).toEqual({ totalCount: open ? 1 : 0, nodes: open ? [{ id }] : [] });
      if (data.publicPenalty) expect(data.publicPenalty.creditRepairs.nodes).toEqual(open ? [{ id }] : []);
      const { data: one } = await world.hub.world.as(who).send<Json>('query ($id: ID!) { creditRepair(id: $id) { id } }', { id });
      expect(one.creditRepair !== null).toBe(open);
    }
  }
  for (const id of [newId(), 'x']) expect((await world.hub.world.as(clerk).send<Json>('query ($id: ID!) { creditRepair(id: $id) { id } }', { id })).data.creditRepair).toBeNull();
});

it('filter by agency, enterprise and what is overdue', async () => {
  const [one] = ids.keys();
  const owned = (code: string) => query(world.hub.world.dataSource.manager, sql`update credit_repair set agency_code = ${code} where id = ${one}`);
  await owned('MARKET-9');
  await query(world.hub.world.dataSource.manager, sql`update credit_repair set notified_on = applied_on, registry_code = 'DRUG-own' where id = ${one}`);
  expect((await list(clerk, { agency: ' market-9 ' })).map((r) => r.id)).toEqual([one]); // told of another's
  await owned('DRUG-own');
  await query(world.hub.world.dataSource.manager, sql`update credit_repair set notified_on = null where id = ${one}`);
  const { uscc } = await world.row(one as string);
  expect((await list(clerk, { enterpriseUscc: uscc })).map((r) => r.id)).toEqual([one]);
  expect(await list(clerk, { agency: 'NOBODY' })).toEqual([]);
  for (const f of [{ agency: '' }, { enterpriseUscc: 'x' }]) {
    expect((await world.hub.world.as(clerk).send(LIST, { f })).errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', field: `filter.${Object.keys(f)[0]}` });
  }
  world.hub.days(30);
  const overdue = (await list(clerk, { overdue: true })).map((r) => ids.get(r.id)).sort();
  expect(overdue).toEqual(['ACCEPTED', 'GRANTED', 'RECEIVED', 'REPAIRED']);
  expect(await list(officerFrom('COURT-none'), { overdue: true })).toEqual([]);
});

it('an excluded officer keeps what is published, and a seal takes all from everybody that it does not name', async () => {
  await query(world.hub.world.dataSource.manager, sql`update credit_repair set revocation_ends_on = ${world.today}::date where status = 'REVOKED'`);
  const rows = await query<{ case_id: string }>(world.hub.world.dataSource.manager, sql`select case_id from credit_repair`);
  for (const { case_id: caseId } of rows) await world.hub.world.access({ caseId, authorityCode: 'DRUG-own' }, { version: 3, excluded: [`DRUG-own/${head.officerId}`] });
  expect((await list(head)).map((r) => [r.status, r.version])).toEqual([['REVOKED', null]]);
  for (const { case_id: caseId } of rows) {
    await world.hub.world.access({ caseId, authorityCode: 'DRUG-own' }, { version: 4, sealedUntil: '9999-12-31', sealOfficers: [clerk.officerId] });
  }
  for (const who of [publicReader, head, officerFrom('DRUG-top')]) expect(await list(who)).toEqual([]);
  expect(await list(clerk)).toHaveLength(every.length);
});
