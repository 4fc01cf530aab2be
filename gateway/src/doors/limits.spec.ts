import { FixedClock } from '@casebridge/kernel';
import { budgetPolicies } from '../limits';
import { ask, type Answer, type Asked, carriers, codesOf, until } from '../testing/carriers';
import { agencies, startTestHub, type TestHub } from '../testing/test-hub';

const many = (n: number, part: (i: number) => string): string => Array.from({ length: n }, (_, i) => part(i)).join(' ');
const deep = (levels: number): string => `{ cases ${'{ a '.repeat(levels)}${'}'.repeat(levels)} }`;

/** Each over its limit and over no other before it. */
const overLimit: readonly (readonly [code: string, limit: number, found: number, asked: Asked])[] = [
  ['DOCUMENT_TOO_LONG', 100_000, 100_006, { query: `{who}#${'x'.repeat(100_000)}` }],
  ['NESTING_LIMIT_EXCEEDED', 100, 102, { query: deep(101) }],
  ['TOKEN_LIMIT_EXCEEDED', 10_000, 10_003, { query: `{ ${'who '.repeat(10_001)} }` }],
  ['DEFINITION_LIMIT_EXCEEDED', 100, 101, { query: many(101, (i) => `query Q${i} { who }`), operationName: 'Q0' }],
  ['DEPTH_LIMIT_EXCEEDED', 25, 41, { query: deep(40) }],
  ['ALIAS_LIMIT_EXCEEDED', 100, 101, { query: `{ cases { ${many(101, (i) => `a${i}: no`)} } }` }],
  ['DIRECTIVE_LIMIT_EXCEEDED', 100, 101, { query: `{ cases { ${many(101, () => 'no @include(if: true)')} } }` }],
  ['ROOT_FIELD_LIMIT_EXCEEDED', 30, 31, { query: `{ ${many(31, (i) => `a${i}: who`)} }` }],
  ['VARIABLE_LIMIT_EXCEEDED', 10_000, 20_001, { query: 'query ($id: ID!) { case(id: $id) { no } }', variables: { id: Array.from({ length: 20_000 }, () => 1) } }],
];
/** What a caller may send in an address is less than in a body. */
const fitsAddress = ({ query = '', variables = {} }: Asked): boolean => query.length + JSON.stringify(variables).length < 5_000;

describe.each(carriers)('limits by %s', (carrier) => {
  let hub: TestHub;
  let token: string;
  const inHttp = (answer: Answer, status: number): void => {
    if (carrier === 'POST' || carrier === 'GET') expect(answer.status).toBe(status);
  };
  beforeAll(async () => {
    hub = await startTestHub('in process', { gateway: { costLimit: 100 } });
    token = await hub.token(agencies.drug);
  });
  afterAll(() => hub.stop());

  it.each(overLimit)('%s: %d, and %d are found', async (code, limit, found, asked) => {
    if (carrier === 'GET' && !fitsAddress(asked)) return;
    const answer = await ask(hub, carrier, asked, { token });
    expect(answer.body.errors?.[0]?.extensions).toEqual({ code, kind: 'BAD_USER_INPUT', limit, found });
    expect('data' in answer.body).toBe(false);
    inHttp(answer, 400);
    expect(hub.enforcement.requests).toHaveLength(0);
  });

  it('refuses what may cost more than one operation may', async () => {
    const answer = await ask(hub, carrier, { query: `{ ${many(11, (i) => `a${i}: cases { no }`)} }` }, { token });
    expect(answer.body.errors?.[0]).toEqual({
      message: 'The operation may cost 111, and the limit is 100; ask for shorter lists or less at once', extensions: { code: 'COST_LIMIT_EXCEEDED', kind: 'BAD_USER_INPUT', limit: 100, found: 111 },
    });
    inHttp(answer, 400);
    expect(hub.enforcement.requests).toHaveLength(0);
  });

  it('goes on answering what is within them', async () => {
    expect((await ask(hub, carrier, { query: '{ cases { no } }' }, { token })).body.errors).toBeUndefined();
    hub.enforcement.requests.length = 0;
  });
});

describe.each(carriers)('budgets by %s', (carrier) => {
  let hub: TestHub;
  const small = { perSecond: 20, burst: 30, shared: true };
  const clock = new FixedClock('2026-11-22T09:00:00Z');
  beforeAll(async () => {
    hub = await startTestHub('in process', { clock, gateway: { budgetPolicies: { ...budgetPolicies, agency: small } } });
  });
  afterAll(() => hub.stop());

  it('are an agency\'s own, say when to come again, and fill again', async () => {
    const drug = await hub.token(agencies.drug);
    const police = await hub.token(agencies.police);
    // Estimated at 21: twice is more than there is.
    const asked = { query: '{ a: cases { no } b: cases { no } }' };
    const outcomes: Answer[] = [];
    for (let i = 0; i < 8 && codesOf(outcomes.at(-1) ?? ({ body: {} } as Answer)).length === 0; i++) outcomes.push(await ask(hub, carrier, asked, { token: drug }));
    const refused = outcomes.at(-1)!;
    expect(refused.body.errors?.[0]?.extensions).toEqual({ code: 'BUDGET_EXHAUSTED', kind: 'UNAVAILABLE' });
    expect(refused.body.data ?? null).toBeNull();
    if (carrier === 'POST' || carrier === 'GET') {
      expect(refused.status).toBe(429);
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
    }
    expect((await ask(hub, carrier, asked, { token: police })).body.errors).toBeUndefined();
    clock.advance(1_500);
    expect((await ask(hub, carrier, asked, { token: drug })).body.errors).toBeUndefined();
  });
});

describe.each(carriers)('concurrency by %s', (carrier) => {
  let hub: TestHub;
  beforeAll(async () => {
    hub = await startTestHub('in process', {
      gateway: { concurrencyLimits: { perReader: 1, total: 2, waitingPerReader: 1, waitingTotal: 2, waitMs: 150 } },
    });
  });
  afterAll(() => hub.stop());

  it('is of each reader: what waits too long, or has too much before it, is refused', async () => {
    const tokens = await Promise.all(['1', '2', '3'].map((n) => hub.token(agencies.drug, { officerId: `${agencies.drug}-${n}` })));
    const answer = hub.enforcement.hold();
    const running = ask(hub, 'POST', { query: '{ who }' }, { token: tokens[0]! });
    await until('the first runs', () => hub.enforcement.requests.length === 1);
    const refused = await ask(hub, carrier, { query: '{ who }' }, { token: tokens[0]! });
    expect(refused.body.errors?.[0]?.extensions).toMatchObject({ code: 'CONCURRENCY_LIMIT', kind: 'UNAVAILABLE' });
    if (carrier === 'POST' || carrier === 'GET') expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '1']);
    const other = ask(hub, 'POST', { query: '{ who }' }, { token: tokens[1]! });
    await until('the second runs', () => hub.enforcement.requests.length === 2);
    const third = await ask(hub, carrier, { query: '{ who }' }, { token: tokens[2]! });
    expect(codesOf(third)).toEqual(['GATEWAY_BUSY']);
    if (carrier === 'POST' || carrier === 'GET') expect([third.status, third.headers.get('retry-after')]).toEqual([503, '1']);
    answer();
    expect([codesOf(await running), codesOf(await other)]).toEqual([[], []]);
    expect((await ask(hub, carrier, { query: '{ who }' }, { token: tokens[0]! })).body.errors).toBeUndefined();
  });
});
