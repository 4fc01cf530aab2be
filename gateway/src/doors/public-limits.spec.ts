import { budgetPolicies, documentLimits, type LimitName } from '../limits';
import { codesOf } from '../testing/carriers';
import { agencies, startTestHub, type TestHub } from '../testing/test-hub';

const many = (n: number, part: (i: number) => string): string => Array.from({ length: n }, (_, i) => part(i)).join(' ');
const deep = (levels: number): string => `{ cases ${'{ a '.repeat(levels)}${'}'.repeat(levels)} }`;
const nested = (levels: number): unknown => (levels === 0 ? 1 : [nested(levels - 1)]);
const conditional = 'query ($yes: Boolean = true) { cases @include(if: $yes) { no } }';

interface Asked {
  readonly query: string;
  readonly operationName?: string;
  readonly variables?: object;
}

/** Each over this limit of the public door, over no other before it, and within that of the other door. */
const over: Readonly<Record<LimitName, Asked>> = {
  characters: { query: `{cases{no}}#${'x'.repeat(20_000)}` },
  nesting: { query: deep(64) },
  tokens: { query: `{ cases { ${'no '.repeat(2_000)} } }` },
  definitions: { query: many(31, (i) => `query Q${i} { cases { no } }`), operationName: 'Q0' },
  depth: { query: deep(18) },
  aliases: { query: `{ cases { ${many(21, (i) => `a${i}: no`)} } }` },
  directives: { query: `{ cases { ${many(31, () => 'no @include(if: true)')} } }` },
  rootFields: { query: `{ ${many(11, (i) => `a${i}: cases { no }`)} }` },
  fields: { query: `{ cases { ...A } } fragment A on Case { ${many(6, () => '...B')} } fragment B on Case { ${many(6, () => '...C')} } fragment C on Case { ${many(6, () => '...D')} } fragment D on Case { ${many(6, () => 'no')} }` },
  repeats: { query: `{ cases { ${'no '.repeat(102)} } }` },
  variableValues: { query: conditional, variables: { yes: Array.from({ length: 500 }, () => 1) } },
  variableDepth: { query: conditional, variables: { yes: nested(11) } },
};

describe('limits of the public door', () => {
  let hub: TestHub;
  const post = (asked: Asked, path = '/public/graphql') => {
    const { query, ...options } = asked;
    return hub.post(query, { ...options, path });
  };
  beforeAll(async () => {
    hub = await startTestHub('in process', { gateway: { costLimit: { hub: 30_000, public: 50 } } });
  });
  afterAll(() => hub.stop());

  it.each(Object.entries(over) as [LimitName, Asked][])('%s: its own, with its code', async (name, asked) => {
    const { code, hub: others, public: own } = documentLimits[name];
    expect(own).toBeLessThan(others);
    const { body, status } = await post(asked);
    expect([status, codesOf({ body } as never)]).toEqual([400, [code]]);
    const { found, limit } = body.errors![0]!.extensions as { found: number; limit: number };
    expect(limit).toBe(own);
    expect(found).toBeGreaterThan(own);
    expect(found).toBeLessThanOrEqual(others);
    // The other door has no quarrel with that: whatever it says is of something else.
    expect((await post(asked, '/graphql')).body.errors?.map(({ extensions }) => extensions['limit'] ?? 'none') ?? []).not.toContain(own);
    expect(codesOf(await post(asked, '/graphql') as never)).not.toContain(code);
  });

  it('cost of one operation', async () => {
    const asked = { query: '{ a: cases { no } b: cases { no } c: cases { no } d: cases { no } e: cases { no } }' };
    const { body, status } = await post(asked);
    expect([status, body.errors?.[0]?.extensions]).toEqual([400, { code: 'COST_LIMIT_EXCEEDED', kind: 'BAD_USER_INPUT', limit: 50, found: 51 }]);
    expect((await post(asked, '/graphql')).body.errors).toBeUndefined();
  });

  it('the body', async () => {
    const { body, status } = await post({ query: `{cases{no}}#${'x'.repeat(1024 * 1024)}` });
    expect([status, codesOf({ body } as never)]).toEqual([413, ['REQUEST_TOO_LARGE']]);
  });

  it('asks no service for any of that, and goes on', async () => {
    hub.enforcement.requests.length = 0;
    for (const asked of Object.values(over)) await post(asked);
    expect(hub.enforcement.requests).toEqual([]);
    expect((await post({ query: '{ cases { no } }' })).body.errors).toBeUndefined();
  });
});

describe('budgets of the public', () => {
  const tiny = { perSecond: 0.1, burst: 30 };
  const question = '{ cases { no } }';
  let hub: TestHub;
  const ask = (path: string, options: { token?: string; from?: string } = {}) =>
    hub.post(question, { path, ...(options.token ? { token: options.token } : {}), ...(options.from ? { headers: { 'x-forwarded-for': options.from } } : {}) });
  const exhaust = async (path: string, from?: string): Promise<Awaited<ReturnType<typeof ask>>> => {
    for (let n = 0; n < 20; n += 1) {
      const answer = await ask(path, from ? { from } : {});
      if (answer.status !== 200) return answer;
    }
    throw new Error('the budget does not end');
  };
  afterEach(() => hub.stop());

  it('are one at both doors, end with 429 and a time, and take nothing from an agency', async () => {
    hub = await startTestHub('in process', { gateway: { budgetPolicies: { ...budgetPolicies, public: { ...tiny, shared: true } } } });
    const token = await hub.token(agencies.drug);
    const refused = await exhaust('/public/graphql');
    expect([refused.status, codesOf(refused as never)]).toEqual([429, ['BUDGET_EXHAUSTED']]);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
    expect((await ask('/graphql')).status).toBe(429);
    for (let n = 0; n < 10; n += 1) expect((await ask('/graphql', { token })).status).toBe(200);
    // A token opens nothing at the public door, and pays for nothing there.
    expect((await ask('/public/graphql', { token })).status).toBe(429);
  });

  it('are not spent by an agency', async () => {
    hub = await startTestHub('in process', { gateway: { budgetPolicies: { ...budgetPolicies, agency: { ...tiny, shared: true } } } });
    const token = await hub.token(agencies.drug);
    for (let n = 0; n < 10; n += 1) await ask('/graphql', { token });
    expect((await ask('/graphql', { token })).status).toBe(429);
    for (let n = 0; n < 10; n += 1) expect((await ask('/public/graphql')).status).toBe(200);
    expect((await ask('/graphql', { token: await hub.token(agencies.police) })).status).toBe(200);
  });

  it('of one network are its own', async () => {
    hub = await startTestHub('in process', { gateway: { trustedProxies: ['127.0.0.1'], budgetPolicies: { ...budgetPolicies, publicNetwork: { ...tiny, shared: false } } } });
    expect((await exhaust('/public/graphql', '192.0.2.1')).status).toBe(429);
    expect((await ask('/public/graphql', { from: '192.0.2.200' })).status).toBe(429);
    expect((await ask('/public/graphql', { from: '198.51.100.1' })).status).toBe(200);
  });
});

it('is strict by itself, where it is told to be', async () => {
  const hub = await startTestHub('in process', { gateway: { strictDoors: ['public'] } });
  try {
    const refused = await hub.post('{ cases { no } }', { path: '/public/graphql' });
    expect([refused.status, codesOf(refused as never)]).toEqual([403, ['DOCUMENT_NOT_TRUSTED']]);
    expect((await hub.post('{ cases { no } }')).status).toBe(200);
  } finally {
    await hub.stop();
  }
});
