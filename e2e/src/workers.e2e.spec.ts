import 'reflect-metadata';
import { createHash } from 'node:crypto';
import { serviceNames } from '@casebridge/contracts';
import { parseHubConfig, runningDatabases } from '@casebridge/hub';
import { busMigrations, openDatabase } from '@casebridge/platform';
import { cloneDatabase, type TestDatabase } from '@casebridge/testkit';
import { Client } from 'undici';
import type { LiveStream } from './client';
import { codeOf, dataFolder, eventually, isAlive, pause, post, WorkerHub } from './worker-hub';

const agency = 'MRA-210100';
const SUBMIT = 'mutation S($id: ID!, $key: ID!) { submitReferralReport(caseId: $id, input: { charge: OTHER, facts: "【演示】", taskForce: ["MRA-210100-2", "MRA-210100-3"] }, idempotencyKey: $key) { referral { id } } }';
const UPDATES = 'subscription U($after: String) { referralUpdated(after: $after) { cursor position referral { id } } }';
const CASES = '{ cases(first: 1) { nodes { id } } }';

interface Update {
  readonly referralUpdated: { readonly cursor: string; readonly referral: { readonly id: string } };
}

/** One hub of two workers on a PostgreSQL of its own, as a user starts it; what one process keeps from another is kept in that PostgreSQL and nowhere else. */
describe('HUB_WORKERS=2', () => {
  const folder = dataFolder();
  let hub: WorkerHub;
  let database: Awaited<ReturnType<typeof openDatabase>>;
  let inEnforcement: Awaited<ReturnType<typeof openDatabase>>;
  let openCases: string[] = [];

  beforeAll(async () => {
    hub = await WorkerHub.start(folder.path, 2);
    const addresses = await runningDatabases(parseHubConfig({ HUB_DATA_DIR: folder.path }));
    [database, inEnforcement] = [
      await openDatabase({ url: addresses.bus.ownerUrl, applicationName: 'e2e', poolSize: 2 }), await openDatabase({ url: addresses.enforcement.ownerUrl, applicationName: 'e2e', poolSize: 2 }),
    ];
    const officer = await hub.as(agency, 2);
    const { cases } = await officer.data<{ cases: { nodes: { id: string; referral: object | null }[] } }>(`{ cases(first: 100, filter: { status: [INVESTIGATING], agency: "${agency}" }) { nodes { id referral { id } } } }`);
    openCases = cases.nodes.filter(({ referral }) => referral === null).map(({ id }) => id);
    if (openCases.length < 5) throw new Error(`of ${cases.nodes.length} cases ${openCases.length} have no referral`);
  }, 120_000);
  afterAll(async () => {
    for (const opened of [database, inEnforcement]) if (opened?.isInitialized) await opened.destroy();
    await hub?.end();
    folder.remove();
  }, 60_000);

  /** Something that referrals are followed for. @returns the id of the referral */
  async function happens(): Promise<string> {
    const id = openCases.pop()!;
    const { submitReferralReport } = await (await hub.as(agency, 2)).data<{ submitReferralReport: { referral: { id: string } } }>(SUBMIT, { id, key: `workers-${id}` });
    return submitReferralReport.referral.id;
  }

  it('says ready once, when both serve, and both do', async () => {
    expect(hub.out.match(/^ready /gm)).toHaveLength(1);
    expect((await hub.workers()).map(({ state }) => state)).toEqual(['ready', 'ready']);
    for (const connection of await hub.connections(2)) expect((await post(connection, null, '{ __typename }')).data).toEqual({ __typename: 'Query' });
    const report = JSON.parse((await hub.adminGet('/readyz')).text) as { ok: boolean; services: { name: string; ok: boolean }[] };
    expect(report.ok).toBe(true);
    expect(report.services.map(({ name }) => name)).toEqual(expect.arrayContaining(['worker-1/gateway', 'worker-1/credit', 'worker-2/gateway', 'worker-2/credit']));
  });

  it('one act on one worker is seen on the other, and its idempotency key holds there', async () => {
    const [one, two] = (await hub.connections(2)) as [Client, Client];
    const token = await hub.token(agency, 2);
    const id = openCases.pop()!;
    const first = await post(one, token, SUBMIT, { id, key: 'both' });
    const again = await post(two, token, SUBMIT, { id, key: 'both' });
    expect([first.errors, again.errors, again.data]).toEqual([undefined, undefined, first.data]);
    expect(codeOf(await post(two, token, SUBMIT, { id: openCases[0], key: 'both' }))).toBe('IDEMPOTENCY_KEY_REUSED');
  });

  it('have one budget for an agency between them', async () => {
    const connections = await hub.connections(2);
    const token = await hub.token('MRA-210200', 2);
    const ask = (connection: Client) => post(connection, token, CASES);
    // An account in which next to nothing is left, and into which nothing flows before tomorrow.
    await database.query(`insert into cost_budget (account, level, filled_at, last_granted) values ('agency:MRA-210200', 40, now() + interval '1 day', 0)
      on conflict (account) do update set level = excluded.level, filled_at = excluded.filled_at`);
    const answers = [];
    for (let i = 0; i < 60; i += 1) answers.push([i % 2, codeOf(await ask(connections[i % 2]!))]);
    const done = answers.filter(([, code]) => code === undefined).length;
    expect(done).toBeLessThanOrEqual(40);
    expect(answers.slice(-4)).toEqual([[0, 'BUDGET_EXHAUSTED'], [1, 'BUDGET_EXHAUSTED'], [0, 'BUDGET_EXHAUSTED'], [1, 'BUDGET_EXHAUSTED']]);
    await database.query(`update cost_budget set level = 100000, filled_at = now() where account = 'agency:MRA-210200'`);
    for (const connection of connections) await eventually('the budget reaches again', () => ask(connection), (answer) => answer.errors === undefined);
  });

  it('have one limit of operations at once for a reader between them', async () => {
    const token = await hub.token('MRA-210200', 3);
    const sockets = Array.from({ length: 44 }, () => new Client(hub.url, { pipelining: 1 }));
    const lock = inEnforcement.createQueryRunner();
    try {
      await Promise.all(sockets.map((socket) => post(socket, null, '{ __typename }'))); // connected, to both
      await lock.connect();
      await lock.query('begin');
      await lock.query('lock table admin_case in access exclusive mode'); // whoever asks for cases waits
      let refused = 0;
      const answers = sockets.map((socket) => post(socket, token, CASES).then((answer) => {
        if (codeOf(answer) === 'CONCURRENCY_LIMIT') refused += 1;
        return answer;
      }));
      for (const answer of answers) answer.catch(() => undefined); // a test that failed before ends them
      // At most so many ask the database at a time; the rest has waited for its turn in vain.
      await eventually('who is too many is refused', async () => {
        const [row] = await inEnforcement.query<{ n: number }[]>("select count(*)::int as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'");
        expect(row!.n).toBeLessThanOrEqual(32);
        return refused;
      }, (n) => n === 12, 4_500);
      await lock.query('rollback');
      const codes = (await Promise.all(answers)).map(codeOf);
      expect(codes.filter((code) => code === 'CONCURRENCY_LIMIT')).toHaveLength(12);
      // Places come back.
      await eventually('places are free again', async () => codeOf(await post(sockets[0]!, token, CASES)), (code) => code === undefined);
    } finally {
      await lock.query('rollback').catch(() => undefined);
      await lock.release();
      for (const socket of sockets) if (!socket.destroyed) await socket.destroy();
    }
  });

  it('heed what other machines run of a reader', async () => {
    const connections = await hub.connections(2);
    const token = await hub.token('MRA-210200', 4);
    const reader = createHash('sha256').update('MRA-210200 MRA-210200-4').digest('base64url');
    const elsewhere = (seconds: number): string => JSON.stringify({ elsewhere: { n: 32, until: Math.round(Date.now() / 1_000) + seconds } });
    await database.query('insert into concurrency_slot (reader, need, spare, holders, touched_at) values ($1, 32, 0, $2, now())', [reader, elsewhere(60)]);
    expect(await Promise.all(connections.map(async (connection) => codeOf(await post(connection, token, CASES))))).toEqual(['CONCURRENCY_LIMIT', 'CONCURRENCY_LIMIT']);
    await database.query('update concurrency_slot set holders = $2 where reader = $1', [reader, elsewhere(0)]); // that machine died a minute ago
    for (const connection of connections) await eventually('its places are free', async () => codeOf(await post(connection, token, CASES)), (code) => code === undefined);
  });

  it('take no token any more within two seconds of its revocation on one of them', async () => {
    const connections = await hub.connections(2);
    const [token, head] = [await hub.token('PSB-210200', 3), await hub.token('PSB-210200', 1)];
    for (const connection of connections) expect((await post(connection, token, CASES)).errors).toBeUndefined();
    const { jti, exp } = JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString()) as { jti: string; exp: number };
    const revoke = 'mutation R($id: ID!, $until: DateTime!, $key: ID!) { revokeToken(tokenId: $id, input: { until: $until, reason: "【演示】" }, idempotencyKey: $key) { tokenId } }';
    expect((await post(connections[0]!, head, revoke, { id: jti, until: new Date(exp * 1_000).toISOString(), key: 'revoke' })).errors).toBeUndefined();
    await pause(2_000);
    expect(await Promise.all(connections.map(async (connection) => codeOf(await post(connection, token, CASES))))).toEqual(['TOKEN_REVOKED', 'TOKEN_REVOKED']);
    for (const connection of connections) expect((await post(connection, head, CASES)).errors).toBeUndefined();
  });

  it('go on when one of them is killed: its streams resume on the other with nothing lost, and another takes its place', async () => {
    const officer = await hub.as(agency, 2);
    const before = await hub.workers();
    const streams: LiveStream[] = [];
    const waiting: Promise<Update | null>[] = [];
    // Whoever is free takes a connection: sooner or later each worker has a stream of its own, which streams of the same reader on the same worker share.
    const upstreams = (): Promise<number> => hub.figure('casebridge_subscription_upstreams{door="hub",kind="shared"}');
    for (let open = 0; open < 2 && streams.length < 60; open = await upstreams()) {
      const stream = officer.follow(UPDATES, {}, 'U');
      streams.push(stream);
      waiting.push(stream.next<Update>(30_000).catch(() => null));
      await pause(300);
    }
    expect(await upstreams()).toBe(2);
    const first = await happens();
    const cursors = (await Promise.all(waiting)).map((update) => update!.referralUpdated);
    expect(new Set(cursors.map(({ referral }) => referral.id))).toEqual(new Set([first]));

    const next = streams.map((stream) => stream.next<Update>(30_000).catch(() => null));
    const killed = before[0]!;
    process.kill(killed.pid!, 'SIGKILL');
    await eventually('readiness is gone', () => hub.adminGet('/readyz'), ({ status, text }) => status === 503 && text.includes('"worker-1"'), 3_000);
    expect((await hub.adminGet('/healthz')).status).toBe(200); // the other one serves
    const missed = await happens();
    const seen = await Promise.all(next);
    const lost = seen.indexOf(null);
    expect(lost).toBeGreaterThanOrEqual(0);
    expect(new Set(seen.map((update) => update?.referralUpdated.referral.id))).toEqual(new Set([undefined, missed]));
    const resumed = officer.follow(UPDATES, { after: cursors[lost]!.cursor }, 'U');
    expect((await resumed.next<Update>()).referralUpdated.referral.id).toBe(missed);
    const later = resumed.next<Update>();
    const third = await happens();
    expect((await later).referralUpdated.referral.id).toBe(third);

    await eventually('both are ready again', () => hub.adminGet('/readyz'), ({ status }) => status === 200, 60_000);
    const after = await hub.workers();
    expect(after.map(({ worker, state }) => [worker, state])).toEqual([[1, 'ready'], [2, 'ready']]);
    expect([after[0]!.pid === killed.pid, after[1]!.pid]).toEqual([false, before[1]!.pid]);
    expect(await hub.figure('casebridge_worker_deaths_total')).toBe(1);
    expect(hub.out).toContain('a worker ended: another is started in its place');
    await hub.connections(2); // it is given work again
    await Promise.all([...streams, resumed].map((stream) => stream.close().catch(() => undefined)));
  }, 120_000);

  it('reload, both of them, on POST /reload and on SIGHUP', async () => {
    const answer = (await (await fetch(`${hub.admin}/reload`, { method: 'POST' })).json()) as { workers: object[] };
    expect(answer.workers).toEqual([1, 2].map((worker) => ({ worker, reloaded: false, reason: 'It is the present one' })));
    hub.signal('SIGHUP');
    await pause(200);
    expect((await hub.workers()).map(({ state }) => state)).toEqual(['ready', 'ready']);
  });

  it('drain together on SIGTERM: what is asked is answered, streams end with a cursor at hand, and nothing is left running', async () => {
    const officer = await hub.as(agency, 2);
    const stream = officer.follow(UPDATES, {}, 'U');
    const waiting = stream.next<Update>(30_000).then(() => 'an event', (cause: Error) => cause.message);
    await pause(500);
    const pids = (await hub.workers()).map(({ pid }) => pid!);
    const { postmaster } = hub;
    const connections = await hub.connections(2);
    const token = await hub.token(agency, 3);
    for (const opened of [database, inEnforcement]) await opened.destroy();
    const underWay = connections.map((connection) => post(connection, token, '{ cases(first: 100) { nodes { caseNo penaltyDecision { documentNo } referral { status } } } }'));
    hub.signal('SIGTERM');
    for (const answer of await Promise.all(underWay)) expect([answer.status, answer.errors]).toEqual([200, undefined]);
    expect(await waiting).toBe('the stream ended');
    expect(await hub.exit).toBe(0);
    for (const pid of [...pids, postmaster]) await eventually(`${pid} is gone`, () => isAlive(pid), (alive) => !alive);
  }, 60_000);

  it('leave nothing running when their primary is killed, and the next start just works', async () => {
    const killed = (hub = await WorkerHub.start(folder.path, 2));
    const pids = [...(await killed.workers()).map(({ pid }) => pid!), killed.postmaster];
    killed.signal('SIGKILL');
    for (const pid of pids) await eventually(`${pid} is gone`, () => isAlive(pid), (alive) => !alive);
    hub = await WorkerHub.start(folder.path, 2);
    expect((await hub.as(agency, 2).then((officer) => officer.data<object>('{ cases(first: 1) { totalCount } }')))).toBeDefined();
  }, 180_000);
});

/** Services are not needed for what is asked here, and are not there. */
describe('the gateway alone with HUB_WORKERS=2', () => {
  const folder = dataFolder();
  let bus: TestDatabase;
  let gateway: WorkerHub;
  beforeAll(async () => {
    bus = await cloneDatabase({ name: 'bus', migrations: busMigrations, appendOnly: ['bus_event'] });
    const services = Object.fromEntries(serviceNames.map((name) => [`SERVICE_URL_${name.toUpperCase()}`, 'http://127.0.0.1:1']));
    gateway = await WorkerHub.start(folder.path, 2, 'gateway', { DATABASE_URL_BUS: bus.url, HUB_HOST: '127.0.0.1', ...services });
  }, 120_000);
  afterAll(async () => {
    await gateway?.end();
    await bus?.drop();
    folder.remove();
  }, 60_000);

  it('serves with both, replaces one that dies, and ends when that is no help', async () => {
    for (const connection of await gateway.connections(2)) expect((await post(connection, null, '{ __typename }')).data).toEqual({ __typename: 'Query' });
    expect(JSON.parse((await gateway.adminGet('/readyz')).text)).toMatchObject({ ok: false, services: expect.arrayContaining([expect.objectContaining({ name: 'worker-2/credit', ok: false })]) as object[] });

    const first = async (): Promise<number | undefined> => (await gateway.workers())[0]?.pid;
    let killed = (await first())!;
    process.kill(killed, 'SIGKILL');
    await eventually('another takes its place', () => gateway.workers(), ([one]) => one?.state === 'ready' && one.pid !== killed);
    await gateway.connections(2);

    const others = (await gateway.workers())[1]!.pid!;
    for (let deaths = 1; deaths < 6; deaths += 1) {
      killed = (await eventually('there is another', first, (pid) => pid !== undefined && pid !== killed))!;
      process.kill(killed, 'SIGKILL');
      await eventually('it is gone', () => isAlive(killed), (alive) => !alive);
    }
    expect(await gateway.exit).toBe(1);
    expect(gateway.out).toContain('a worker ended again and again');
    await eventually('the other one is gone', () => isAlive(others), (alive) => !alive);
  }, 120_000);
});
