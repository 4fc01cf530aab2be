import { setTimeout as sleep } from 'node:timers/promises';
import { busMigrations, openDatabase } from '@casebridge/platform';
import { request } from 'undici';
import { type Mode, type Stack, startStack } from './stack';

type Pool = Awaited<ReturnType<typeof openDatabase>>;
type Json = ReturnType<typeof JSON.parse>;

const CASES = `query CasesOfFirms {
  cases(first: 20) { nodes { id enterprise { uscc name address region { code name } riskTier } product { id name holder { uscc name } } region { code name parent { code name } } } }
}`;
const PENALTIES = 'query Penalties { publicPenalties(first: 20) { nodes { enterprise { uscc name } authority { code name } } } }';
const WITH_MORE = PENALTIES.replace('uscc name }', 'uscc name address riskTier }');

let requests = 0;
interface Answer {
  readonly id: string;
  readonly data: Json;
  readonly errors: Json;
  /** How the services did, as the gateway says. */
  readonly sources: Readonly<Record<string, { readonly status: string; readonly asOf: string | null; readonly cached?: true }>>;
}

/** What the gateway remembers of master data, seen from outside. */
describe.each<Mode>(['in process', 'over http'])('the entity cache, %s', (mode) => {
  let hub: Stack;
  let inspection: Pool;
  beforeAll(async () => {
    hub = await startStack(mode);
    inspection = await openDatabase({ url: hub.databases['inspection']!.url, applicationName: 'test' });
  }, 240_000);
  afterAll(async () => {
    await inspection?.destroy();
    await hub?.stop();
  });

  async function ask(query: string, token: string | null, path = '/graphql'): Promise<Answer> {
    const id = `cache-${mode.replace(' ', '-')}-${(requests += 1)}`;
    const response = await request(`${hub.url}${path}`, {
      method: 'POST', body: JSON.stringify({ query }),
      headers: { 'content-type': 'application/json', 'x-request-id': id, 'x-hub-sources': '1', ...(token ? { authorization: `Bearer ${token}` } : {}) },
    });
    const { data, errors, extensions } = (await response.body.json()) as Json;
    return { id: (response.headers['x-request-id'] as string | undefined) ?? id, data, errors, sources: extensions?.sources ?? {} };
  }
  /** The same question until it is answered from memory; the first time it was asked, and the last. */
  async function remembered(query: string, token: string | null, path?: string): Promise<{ first: Answer; again: Answer }> {
    const first = await ask(query, token, path);
    for (let tries = 0; tries < 100; tries += 1) {
      const again = await ask(query, token, path);
      if (again.sources['inspection']?.cached) return { first, again };
      await sleep(50);
    }
    throw new Error('nothing is remembered');
  }
  const entriesOf = async ({ id }: Answer): Promise<Json[]> => {
    const rows: Json[] = await inspection.query('select agency_code, officer_id, purpose, operation, records, fields from access_log where request_id = $1', [id]);
    return rows;
  };
  /**
   * Who read what, whatever number of lines it took. Across the network each line has the records of its own fetch; in one process also
   * those that the request had read until then, which hangs on the order in which its fetches ended.
   */
  const readingsOf = async (answer: Answer): Promise<unknown> => {
    const rows = await entriesOf(answer);
    const unique = (texts: readonly string[]): string[] => [...new Set(texts)].sort();
    const fieldsOf = (row: Json): string => [...row.fields].sort().join();
    return {
      readers: unique(rows.map((row) => [row.agency_code, row.officer_id, row.operation].join())), records: unique(rows.flatMap((row) => row.records)), selections: unique(rows.map(fieldsOf)),
      ...(mode === 'over http' ? { exact: unique(rows.flatMap((row) => row.records.map((one: string) => `${one} ${fieldsOf(row)}`))) } : {}),
    };
  };

  it('answers what a service answered, and says of when it is', async () => {
    const { first, again } = await remembered(CASES, await hub.token('MRA-210100', 2, { purpose: `answers ${mode}` }));
    expect(first.errors).toBeUndefined();
    expect(first.data.cases.nodes.length).toBeGreaterThan(5);
    expect(again.data).toEqual(first.data);
    expect(first.sources['inspection']).toEqual({ status: 'ok', asOf: expect.any(String) });
    expect(again.sources['inspection']).toMatchObject({ status: 'ok', cached: true });
    expect(Date.parse(again.sources['inspection']?.asOf ?? '')).toBeLessThanOrEqual(Date.parse(first.sources['inspection']?.asOf ?? ''));
  });

  it('writes to the access log what is written of a reading, for each officer', async () => {
    const purpose = `log ${mode}`;
    const { first, again } = await remembered(CASES, await hub.token('MRA-210100', 2, { purpose }));
    expect(first.sources['inspection']?.cached).toBeUndefined();
    expect((await entriesOf(first)).flatMap((row) => row.records).length).toBeGreaterThan(20);
    expect(await readingsOf(again)).toEqual(await readingsOf(first));
    expect((await entriesOf(again)).map((row) => row.purpose)).toContain(purpose);
    // Another officer, who is excluded from some of these cases: out of what the first one left, and by himself.
    const colleague = await ask(CASES, await hub.token('MRA-210100', 3, { purpose }));
    expect(colleague.sources['inspection']?.cached).toBe(true);
    const byHimself = await ask(CASES, await hub.token('MRA-210100', 3, { purpose: `${purpose}, alone` }));
    expect(byHimself.sources['inspection']?.cached).toBeUndefined();
    expect(colleague.data).toEqual(byHimself.data);
    expect(await readingsOf(colleague)).toEqual(await readingsOf(byHimself));
    expect((await entriesOf(colleague)).every((row) => row.officer_id === 'MRA-210100-3' && row.purpose === purpose)).toBe(true);
  });

  it('shows a change of a record within a second, also where it is below another', async () => {
    const token = await hub.token('MRA-210100', 2, { purpose: `change ${mode}` });
    const { first } = await remembered(CASES, token);
    const { uscc } = first.data.cases.nodes.find((node: Json) => node.enterprise).enterprise;
    const name = `改名之后（演示）${mode}`;
    await inspection.query('update enterprise set name = $2 where uscc = $1', [uscc, name]);
    const startedAt = performance.now();
    const nameNow = async (): Promise<unknown> => (await ask(CASES, token)).data.cases.nodes.find((node: Json) => node.enterprise?.uscc === uscc).enterprise.name;
    while ((await nameNow()) !== name) {
      if (performance.now() - startedAt > 5_000) throw new Error('the change is not shown');
    }
    expect(performance.now() - startedAt).toBeLessThan(1_000);
    for (let n = 0; n < 5; n += 1) expect(await nameNow()).toBe(name);
  });

  it('gives the public nothing that an agency may see, and an agency nothing less for the public', async () => {
    const purpose = `alike ${mode}`;
    const rows = (answer: Answer): Json[] => answer.data.publicPenalties.nodes.filter((node: Json) => node.enterprise);
    const agency = await remembered(WITH_MORE, await hub.token('MRA-210100', 2, { purpose }));
    expect(rows(agency.again).some((node: Json) => node.enterprise.address !== null && node.enterprise.riskTier !== null)).toBe(true);
    const open = await remembered(WITH_MORE, null);
    const auditor = await remembered(WITH_MORE, await hub.token('MRA-210100', 2, { purpose, roles: ['auditor'] }));
    for (const answer of [open.first, open.again, auditor.first, auditor.again]) {
      expect(rows(answer).length).toBeGreaterThan(0);
      expect(rows(answer).every((node: Json) => node.enterprise.address === null && node.enterprise.riskTier === null && node.enterprise.name !== null)).toBe(true);
    }
    expect((await ask(WITH_MORE, await hub.token('MRA-210100', 2, { purpose }))).data).toEqual(agency.first.data);
    // The public door has a graph and plans of its own, and the same memory; the public is not in the log.
    const atTheDoor = await remembered(PENALTIES, null, '/public/graphql');
    expect(atTheDoor.again.data).toEqual((await ask(PENALTIES, null)).data);
    expect(await entriesOf(atTheDoor.again)).toEqual([]);
  });

  it('shows a change of the registry, and not the name of before after it', async () => {
    const token = await hub.token('MRA-210100', 2, { purpose: `registry ${mode}` });
    const { first } = await remembered(WITH_MORE, token);
    const { code } = first.data.publicPenalties.nodes.find((node: Json) => node.authority).authority;
    const registry = await hub.as('DRA-210000', 1, { scopes: ['hub:registry'] });
    const name = `改名的机关（演示）${mode}`;
    const { agency } = await registry.data<Json>('query ($code: ID!) { agency(code: $code) { version } }', { code });
    const done = await registry.send('mutation ($code: ID!, $input: UpdateAgencyInput!) { updateAgency(code: $code, input: $input, idempotencyKey: "rename-it") { agency { name } } }', {
      code, input: { name, expectedVersion: agency.version },
    });
    expect(done.errors).toBeUndefined();
    const nameNow = async (): Promise<unknown> => (await ask(WITH_MORE, token)).data.publicPenalties.nodes.find((node: Json) => node.authority?.code === code).authority.name;
    const startedAt = performance.now();
    while ((await nameNow()) !== name) {
      if (performance.now() - startedAt > 3_000) throw new Error('the change is not shown');
    }
    for (let n = 0; n < 40; n += 1, await sleep(100)) expect(await nameNow()).toBe(name);
  });

  it('reads from the services while the bus cannot be read, and remembers again afterwards', async () => {
    const token = await hub.token('MRA-210100', 2, { purpose: `bus ${mode}` });
    const { first } = await remembered(CASES, token);
    const bus = await openDatabase({ url: hub.databases['bus']!.ownerUrl, applicationName: 'test', migrations: busMigrations });
    try {
      // The log is locked away: whoever reads it waits.
      await bus.query('alter table bus_event rename to bus_event_away');
      const startedAt = performance.now();
      for (;;) {
        const { data, sources } = await ask(CASES, token);
        expect(data).toEqual(first.data);
        if (!sources['inspection']?.cached) break;
        if (performance.now() - startedAt > 3_000) throw new Error('it is still remembered');
        await sleep(20);
      }
      expect((await ask(CASES, token)).sources['inspection']?.cached).toBeUndefined();
    } finally {
      await bus.query('alter table bus_event_away rename to bus_event');
      await bus.destroy();
    }
    expect((await remembered(CASES, token)).again.data).toEqual(first.data);
  });
});
