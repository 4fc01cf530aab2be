import { jointMeasureActed, type JointMeasureStatus } from '@casebridge/contracts';
import { query, sql } from '@casebridge/platform';
import { publicReader } from '@casebridge/testkit';
import { clerk, executor, head, ListingWorld } from '../test/listing-world';
import { functions, newId, officerFrom } from '../test/world';

const FIELDS = `id kind status partyName orderedAt basis { article } agency { code } executor { code } enterprise { uscc } listing { id }
  notice feedback feedbackOn feedbackMet lifting liftedOn dueAt deadline { rule lastDay basis { mark } } version`;
const READ = `query ($id: ID!) { jointMeasure(id: $id) { ${FIELDS} } }`;
const LIST = `query ($f: JointMeasureFilter) { jointMeasures(filter: $f, first: 100) { totalCount nodes { ${FIELDS} } } }`;
const NESTED = `query ($e: _Any!, $l: ID!) {
  enterprise: _entities(representations: [$e]) { ... on Enterprise { jointMeasures { totalCount nodes { id } } } }
  dishonestyListing(id: $l) { jointMeasures { nodes { id } } }
}`;
type Json = ReturnType<typeof JSON.parse>;
type Who = Parameters<ListingWorld['world']['as']>[0];

let hub: ListingWorld;
beforeAll(async () => {
  hub = await ListingWorld.start();
});
afterAll(() => hub.stop());

const read = async (id: string, who: Who = clerk): Promise<Json> => {
  const { data, errors } = await hub.world.as(who).send<Json>(READ, { id });
  expect(errors).toBeUndefined();
  return data.jointMeasure;
};
const list = async (who: Who, f: object = {}): Promise<Json[]> => {
  const { data, errors } = await hub.world.as(who).send<Json>(LIST, { f });
  expect(errors).toBeUndefined();
  expect(data.jointMeasures.totalCount).toBe(data.jointMeasures.nodes.length);
  return data.jointMeasures.nodes;
};

it('is ordered, answered and lifted once the listing has ended', async () => {
  const id = await hub.measure('ORDERED');
  expect(await read(id)).toMatchObject({
    kind: 'KEY_SUPERVISION', status: 'ORDERED', basis: { article: '15' }, agency: { code: 'DRUG-own' }, executor: { code: 'MARKET-own' }, notice: '请列为重点监管对象。', version: 1,
    deadline: { rule: 'measureFeedback', basis: { mark: 'NV' } },
  });
  await hub.must(executor, 'reportMeasureExecuted', id, { text: '已列入重点监管名录。', on: hub.today });
  expect(await read(id, executor)).toMatchObject({ status: 'EXECUTED', feedback: '已列入重点监管名录。', feedbackOn: hub.today, feedbackMet: true, dueAt: null, deadline: null });

  const listingId = (await read(id)).listing.id;
  await hub.must(head, 'revokeListing', listingId, hub.inputs.revokeListing());
  expect((await read(id)).status).toBe('DUE_FOR_LIFTING');
  await hub.must(executor, 'liftJointMeasure', id, { text: '已移出。', on: hub.today });
  expect(await read(id)).toMatchObject({ status: 'LIFTED', lifting: '已移出。', liftedOn: hub.today, version: 3 });

  const told = (await hub.told(listingId, jointMeasureActed.type)).map((data) => jointMeasureActed.schema.parse(data));
  expect(told.map((e) => [e.position, e.act, e.statusAfter, e.actorCode])).toEqual([
    [1, 'ORDER_JOINT_MEASURE', 'ORDERED', 'DRUG-own'], [2, 'REPORT_MEASURE_EXECUTED', 'EXECUTED', 'MARKET-own'], [3, 'LIFT_JOINT_MEASURE', 'LIFTED', 'MARKET-own'],
  ]);
});

it('ends by the day with the listing, and owes no answer any more', async () => {
  const id = await hub.measure('ORDERED');
  hub.days(60);
  expect((await list(clerk, { overdue: true })).map((m) => m.id)).toEqual([id]);
  hub.days(3 * 366);
  expect(await read(id)).toMatchObject({ status: 'ENDED', dueAt: null, deadline: null });
  expect(await list(clerk, { overdue: true })).toEqual([]);
});

it('says that an answer came late', async () => {
  const id = await hub.measure('ORDERED');
  hub.days(60);
  await hub.must(executor, 'reportMeasureNotExecutable', id, { text: '该企业不在本辖区。', on: hub.today });
  expect(await read(id)).toMatchObject({ status: 'NOT_EXECUTABLE', feedbackMet: false });
});

it('lets one of ten concurrent orders, and one of ten answers, through', async () => {
  const listingId = await hub.given('PUBLISHED');
  hub.days(1);
  const order = 'mutation($id: ID!, $key: ID!) { orderJointMeasure(listingId: $id, input: { kind: NO_HONOURS, executor: "HEALTH-own", notice: "演示" }, idempotencyKey: $key) { measure { id } } }';
  const answer = 'mutation($id: ID!, $key: ID!, $on: Date!) { reportMeasureExecuted(id: $id, input: { text: "演示", on: $on }, idempotencyKey: $key) { measure { id } } }';
  const race = async (who: Who, text: string, id: string) => {
    const all = await Promise.all(Array.from({ length: 10 }, (_, i) => hub.world.as(who).send(text, { id, key: `race-${id}-${i}`, on: hub.today })));
    return all.flatMap((a) => a.errors?.map((e) => e.extensions?.['code']) ?? ['done']).sort();
  };
  const once = [...Array.from({ length: 9 }, () => 'CONFLICT'), 'done'];
  expect(await race(clerk, order, listingId)).toEqual(once);
  hub.days(1);
  expect(await race(officerFrom('HEALTH-own'), answer, await hub.lastMeasure())).toEqual(once);
});

it('answers a key again with the measure', async () => {
  const listingId = await hub.given('PUBLISHED');
  const args = { listingId, input: { kind: 'NO_HONOURS', executor: 'HEALTH-own', notice: '演示' }, idempotencyKey: 'order-again' };
  for (let i = 0; i < 2; i += 1) expect((await hub.act(clerk, 'orderJointMeasure', args)).errors).toBeUndefined();
  expect(await query(hub.world.dataSource.manager, sql`select 1 from joint_measure where listing_id = ${listingId}`)).toHaveLength(1);
});

/*
 * The row "Joint measure" of the rights policy, written out by hand: the owner, who is above it, the executor; the public, and with it everybody else, what is
 * published: the measure while its listing is in force, without its words.
 */
describe('the rights', () => {
  const states: readonly JointMeasureStatus[] = ['ORDERED', 'EXECUTED', 'NOT_EXECUTABLE', 'ENDED', 'DUE_FOR_LIFTING', 'LIFTED'];
  const shown: readonly JointMeasureStatus[] = ['ORDERED', 'EXECUTED'];
  const words = ['notice', 'feedback', 'feedbackOn', 'feedbackMet', 'lifting', 'liftedOn', 'dueAt', 'deadline', 'version'];
  const ids = new Map<string, JointMeasureStatus>();
  beforeAll(async () => {
    await query(hub.world.dataSource.manager, sql`delete from joint_measure`);
    for (const state of states) ids.set(await hub.measure(state), state);
  });

  const expectSeen = async (who: Who, wholly: boolean): Promise<void> => {
    const seen = await list(who);
    expect(seen.map((m) => ids.get(m.id)).sort()).toEqual([...(wholly ? states : shown)].sort());
    for (const m of seen) {
      expect(m.status).toBe(ids.get(m.id));
      if (wholly) expect(m.notice).not.toBeNull();
      else expect(words.map((word) => m[word])).toEqual(words.map(() => null));
    }
    for (const state of states) expect((await list(who, { status: [state] })).map((m) => ids.get(m.id))).toEqual(wholly || shown.includes(state) ? [state] : []);
  };

  // In this world DRUG-own lists and MARKET-own carries out.
  const wholly = new Set(['DRUG-own', 'DRUG-top', 'MARKET-own']);
  it.each(functions.flatMap((fn) => ['own', 'top', 'party', 'none'].map((relation) => `${fn}-${relation}`)))('%s', (code) => expectSeen(officerFrom(code), wholly.has(code)));
  it('the public, and who reads audit alone', async () => {
    await expectSeen(publicReader, false);
    await expectSeen(officerFrom('DRUG-own', ['auditor']), false);
  });

  it.each(functions)('an executor of the function %s reads the words', async (fn) => {
    const [id] = [...ids.keys()];
    await query(hub.world.dataSource.manager, sql`update joint_measure set executor_code = ${`${fn}-party`} where id = ${id}`);
    expect((await read(id as string, officerFrom(`${fn}-party`))).notice).not.toBeNull();
    expect((await read(id as string, officerFrom(`${fn}-above`))).notice).toBeNull();
    await query(hub.world.dataSource.manager, sql`update joint_measure set executor_code = 'MARKET-own' where id = ${id}`);
  });

  it('hold below the enterprise and the listing too, and for what does not exist', async () => {
    for (const [id, state] of ids) {
      const [row] = await query<{ listing_id: string; uscc: string }>(hub.world.dataSource.manager, sql`select listing_id, uscc from joint_measure where id = ${id}`);
      for (const [who, open] of [[clerk, true], [executor, true], [officerFrom('COURT-none'), shown.includes(state)]] as const) {
        const { data } = await hub.world.as(who).send<Json>(NESTED, { e: { __typename: 'Enterprise', uscc: row?.uscc }, l: row?.listing_id });
        expect(data.enterprise[0].jointMeasures).toEqual({ totalCount: open ? 1 : 0, nodes: open ? [{ id }] : [] });
        if (data.dishonestyListing) expect(data.dishonestyListing.jointMeasures.nodes).toEqual(open ? [{ id }] : []);
        expect((await read(id, who)) !== null).toBe(open);
      }
    }
    for (const id of [newId(), 'x']) expect(await read(id)).toBeNull();
  });

  it('filter by kind, agency, executor and enterprise', async () => {
    expect(await list(clerk, { kinds: ['KEY_SUPERVISION'] })).toHaveLength(states.length);
    expect(await list(clerk, { kinds: ['NO_HONOURS'] })).toEqual([]);
    await query(hub.world.dataSource.manager, sql`update joint_measure set executor_code = 'MARKET-9'`);
    expect(await list(clerk, { executor: ' market-9 ' })).toHaveLength(states.length);
    expect(await list(clerk, { executor: 'NOBODY' })).toEqual([]);
    expect(await list(clerk, { agency: 'NOBODY' })).toEqual([]);
    await query(hub.world.dataSource.manager, sql`update joint_measure set executor_code = 'MARKET-own'`);
    for (const f of [{ agency: '' }, { executor: '%' }, { enterpriseUscc: 'x' }]) {
      expect((await hub.world.as(clerk).send(LIST, { f })).errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', field: `filter.${Object.keys(f)[0]}` });
    }
    const [one] = await list(clerk);
    expect((await list(clerk, { enterpriseUscc: one.enterprise.uscc })).map((m) => m.id)).toEqual([one.id]);
  });

  it('a seal takes all of them from everybody that it does not name', async () => {
    const rows = await query<{ case_id: string }>(hub.world.dataSource.manager, sql`select case_id from joint_measure`);
    for (const { case_id: caseId } of rows) {
      await hub.world.access({ caseId, authorityCode: 'DRUG-own' }, { version: 9, sealedUntil: '9999-12-31', sealOfficers: ['DRUG-own-1'] });
    }
    for (const who of [publicReader, head, executor, officerFrom('DRUG-top')]) expect(await list(who)).toEqual([]);
    expect(await list(clerk)).toHaveLength(states.length);
  });
});

it('shows the closed list to everybody', async () => {
  const { data } = await hub.world.as(publicReader).send<Json>('{ jointMeasureList { kind basis { article } executors } }');
  expect(data.jointMeasureList).toHaveLength(5);
});
