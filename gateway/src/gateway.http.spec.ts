import { Agent, request as httpRequest } from 'node:http';
import { FixedClock } from '@casebridge/kernel';
import { WebSocket } from 'ws';
import { until } from './testing/carriers';
import { agencies, type Form, startTestHub, type TestHub } from './testing/test-hub';

const forms: Form[] = ['in process', 'over HTTP'];
const joined = 'query Joined($id: ID!) { case(id: $id) { no firm { name marks rank } } }';

describe.each(forms)('the gateway with services %s', (form) => {
  let hub: TestHub;
  let officer: string;
  beforeAll(async () => {
    hub = await startTestHub(form);
    officer = await hub.token(agencies.drug, { officerId: 'DRA-210000-1' });
  });
  afterAll(() => hub.stop());
  beforeEach(() => {
    for (const service of [hub.enforcement, hub.inspection, hub.credit]) {
      service.fault = 'none';
      service.requests.length = 0;
    }
  });

  it('joins what three services know, as one reader and one request', async () => {
    const { status, headers, body } = await hub.post(joined, { token: officer, variables: { id: '1' }, headers: { 'x-request-id': 'request-0001' } });
    expect(status).toBe(200);
    expect(headers.get('x-request-id')).toBe('request-0001');
    expect(body).toEqual({ data: { case: { no: 'A-1', firm: { name: 'firm U1', marks: [1, 2], rank: 'low' } } } });
    const requests = [hub.enforcement, hub.inspection, hub.credit].flatMap((s) => s.requests);
    expect(requests).toHaveLength(3);
    for (const { principal, requestId, clientOperation, receivedAt } of requests) {
      expect(principal).toMatchObject({ kind: 'agency', officerId: 'DRA-210000-1', agency: { code: agencies.drug } });
      expect({ requestId, clientOperation }).toEqual({ requestId: 'request-0001', clientOperation: 'Joined' });
      expect(receivedAt).toEqual(requests[0]!.receivedAt);
    }
  });

  it('gives the services of this process parsed fetches and one scope per request', async () => {
    await hub.post(joined, { variables: { id: '1' } });
    const first = hub.inspection.requests[0]!;
    expect(first.document === undefined).toBe(form === 'over HTTP');
    if (form === 'in process') expect(first.scope).toBe(hub.enforcement.requests[0]!.scope);
    await hub.post(joined, { variables: { id: '1' } });
    expect(hub.inspection.requests[1]!.scope).not.toBe(first.scope);
  });

  it('serves a reader without a token as the public', async () => {
    expect((await hub.post('query Who { who }')).body.data).toEqual({ who: 'public Who' });
    expect((await hub.post('{ who }', { token: officer })).body.data).toEqual({ who: `${agencies.drug}/DRA-210000-1 null` });
  });

  it('runs mutations once, and refusals keep code, kind, field, state and basis', async () => {
    const good = await hub.post('mutation { decide(id: "1") { case { no firm { rank } } seen } }', { token: officer });
    expect(good.body.data).toEqual({ decide: { case: { no: 'A-1', firm: { rank: 'low' } }, seen: 1 } });
    expect(hub.enforcement.requests).toHaveLength(1);
    const bad = await hub.post('mutation { decide(id: "1", note: "bad") { seen } }', { token: officer });
    expect(bad.body.errors).toEqual([{ message: 'note: is bad', path: ['decide'], extensions: { code: 'BAD_USER_INPUT', kind: 'BAD_USER_INPUT', field: 'note' } }]);
    const clash = await hub.post('{ clash }', { token: officer });
    expect(clash.body.errors?.[0]?.extensions).toEqual({
      code: 'CONFLICT', kind: 'CONFLICT', state: 'FILED', basis: { instrument: '刑事诉讼法(2018)', article: '113' },
    });
  });

  it('answers what only the stock executor can, each time, also where part of the question is closed to the reader', async () => {
    const conditions = Array.from({ length: 9 }, (_, n) => `$c${n}: Boolean = true`).join(', ');
    const fields = Array.from({ length: 9 }, (_, n) => `f${n}: no @include(if: $c${n})`).join(' ');
    const query = `query(${conditions}) { __type(name: "Case") { name } case(id: "1") { ${fields} } }`;
    const token = await hub.token(agencies.drug, { officerId: 'DRA-210000-1', scopes: [] });
    const expected = { __type: null, case: Object.fromEntries(Array.from({ length: 9 }, (_, n) => [`f${n}`, 'A-1'])) };
    for (let n = 0; n < 3; n += 1) expect((await hub.post(query, { token })).body).toEqual({ data: expected });
  });

  it('takes no act out of an address, whatever kind of answer is wanted', async () => {
    const address = `${hub.gateway.url}/graphql?query=${encodeURIComponent('mutation { decide(id: "1") { seen } }')}`;
    for (const accept of ['application/json', 'text/event-stream']) {
      const response = await fetch(address, { headers: { accept, authorization: `Bearer ${officer}` } });
      expect([accept, response.status]).toEqual([accept, 405]);
      await response.text();
    }
    expect(hub.enforcement.requests).toEqual([]);
  });

  it('keeps the words of a bug to itself', async () => {
    const { body } = await hub.post('{ bug who }', { token: officer });
    expect(body.data).toMatchObject({ bug: null, who: expect.any(String) });
    expect(body.errors).toEqual([{ message: 'Internal server error', path: ['bug'], extensions: { code: 'INTERNAL_SERVER_ERROR', kind: 'INTERNAL' } }]);
  });

  it.each(['throw', 'hang'] as const)('answers with the rest when a service does %s, and names it and the places', async (fault) => {
    hub.credit.fault = fault;
    const { status, body } = await hub.post('{ cases { no firm { name points: marks rank } } }', { token: officer });
    expect(status).toBe(200);
    expect(body.data).toEqual({
      cases: [
        { no: 'A-1', firm: { name: 'firm U1', points: null, rank: null } },
        { no: 'A-2', firm: null },
        { no: 'A-3', firm: { name: 'firm U3', points: null, rank: null } },
      ],
    });
    const missing = { message: 'credit is unavailable', extensions: { code: 'SERVICE_UNAVAILABLE', kind: 'UNAVAILABLE', service: 'credit' } };
    expect(body.errors).toEqual([
      { ...missing, path: ['cases', 0, 'firm', 'points'] }, { ...missing, path: ['cases', 0, 'firm', 'rank'] },
      { ...missing, path: ['cases', 2, 'firm', 'points'] }, { ...missing, path: ['cases', 2, 'firm', 'rank'] },
    ]);
  });

  it('names the root field of a service that is down, and answers what others can', async () => {
    hub.enforcement.fault = 'throw';
    const { body } = await hub.post('{ mine: case(id: "1") { no } firms }');
    expect(body.data).toEqual({ mine: null, firms: null });
    expect(body.errors).toEqual([
      { message: 'enforcement is unavailable', path: ['mine'], extensions: { code: 'SERVICE_UNAVAILABLE', kind: 'UNAVAILABLE', service: 'enforcement' } },
    ]);
  });

  it('passes over neither a bad token nor a revoked one', async () => {
    const malformed = await hub.post('{ who }', { token: 'abc' });
    expect(malformed.status).toBe(401);
    expect(malformed.headers.get('www-authenticate')).toContain('error="invalid_token"');
    expect(malformed.body).toEqual({ errors: [{ message: expect.any(String), extensions: { code: 'TOKEN_MALFORMED', kind: 'UNAUTHENTICATED' } }] });
    expect((await hub.post('{ who }', { headers: { authorization: 'Basic abc' } })).status).toBe(401);

    const token = await hub.token(agencies.police, { officerId: 'PSB-210000-9' });
    expect((await hub.post('{ who }', { token })).status).toBe(200);
    hub.directory.revoke({ agencyCode: agencies.police, officerId: 'PSB-210000-9', revokedAt: new Date() });
    const revoked = await hub.post('{ who }', { token });
    expect(revoked.status).toBe(401);
    expect(revoked.body.errors?.[0]?.extensions['code']).toBe('TOKEN_REVOKED');
  });

  it('shows the public contract at the public door, and the public reader whoever comes', async () => {
    const path = '/public/graphql';
    const answer = await hub.post('{ cases { no firm { name } } }', { path, token: officer });
    expect(answer.body.data).toMatchObject({ cases: [{ no: 'A-1', firm: { name: 'firm U1' } }, { firm: null }, {}] });
    expect(hub.enforcement.requests[0]!.principal).toEqual({ kind: 'public' });
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    const hidden = await hub.post('{ cases { id firm { nam grade } } }', { path });
    expect(hidden.status).toBe(400);
    expect(hidden.body.errors?.map((e) => e.message)).toEqual([
      'Cannot query field "id" on type "Case".', 'Cannot query field "nam" on type "Firm".', 'Cannot query field "grade" on type "Firm".',
    ]);
  });

  it('never names a hidden field at the public door, not even as missing', async () => {
    hub.enforcement.fault = 'throw';
    const { body } = await hub.post('{ cases { firm { name } } }', { path: '/public/graphql' });
    expect(body.errors?.map((e) => e.path)).toEqual([['cases']]);
    expect(JSON.stringify(body)).not.toContain('uscc');
  });

  it('answers a preflight at the public door only', async () => {
    const preflight = { method: 'OPTIONS', headers: { origin: 'https://example.org', 'access-control-request-method': 'POST' } };
    expect((await fetch(`${hub.gateway.url}/public/graphql`, preflight)).status).toBe(204);
    const inner = await fetch(`${hub.gateway.url}/graphql`, preflight);
    expect(inner.status).toBe(405);
    expect(inner.headers.get('access-control-allow-origin')).toBeNull();
  });

  it('refuses what is not a request of its kind', async () => {
    const sub = await hub.post('subscription { decided { n } }', { token: officer });
    expect([sub.status, sub.headers.get('allow')]).toEqual([405, 'GET, POST']);
    const inAddress = await fetch(`${hub.gateway.url}/graphql?query=subscription{decided{n}}`);
    expect([inAddress.status, inAddress.headers.get('allow'), await inAddress.json()]).toEqual([405, 'GET, POST', sub.body]);
    expect(sub.body.errors?.[0]).toMatchObject({ message: expect.stringContaining('text/event-stream') as string, extensions: { code: 'SUBSCRIPTION_OVER_HTTP', kind: 'BAD_USER_INPUT' } });
    expect((await hub.post('{ nothing', {})).body.errors?.[0]?.extensions).toEqual({ code: 'GRAPHQL_PARSE_FAILED', kind: 'BAD_USER_INPUT' });
    expect((await hub.post('query ($id: ID!) { case(id: $id) { no } }')).body.errors?.[0]?.extensions).toEqual({ code: 'BAD_USER_INPUT', kind: 'BAD_USER_INPUT', field: 'id' });
    const url = `${hub.gateway.url}/graphql`;
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/jsonp', '']) {
      const form = await fetch(url, { method: 'POST', body: Buffer.from('{"query":"{ who }"}'), headers: type === '' ? {} : { 'content-type': type } });
      expect([form.status, form.headers.get('content-type'), await form.json()]).toEqual([
        400, expect.stringContaining('application/json'), { errors: [{ message: 'The body must be application/json', extensions: { code: 'BAD_REQUEST', kind: 'BAD_USER_INPUT' } }] },
      ]);
    }
    const charset = async (type: string) => (await fetch(url, { method: 'POST', body: Buffer.from('{"query":"{ who }"}'), headers: { 'content-type': `application/json${type}` } })).status;
    for (const type of ['; charset=iso-8859-1', ';charset="utf-16"', '; x=1; Charset=gbk', '; charset=', '; charset=utf-8; charset=latin1']) expect([type, await charset(type)]).toEqual([type, 400]);
    for (const type of ['; charset=UTF-8', ';charset="utf-8"', '; charset=utf8', '; x="charset=latin1"', '; x=1']) expect([type, await charset(type)]).toEqual([type, 200]);
    const refused = async (body: string | Buffer): Promise<unknown> => {
      const answer = await fetch(url, { method: 'POST', body, headers: { 'content-type': 'application/json' } });
      expect(answer.status).toBe(400);
      return answer.json();
    };
    const fault = (message: string): object => ({ errors: [{ message, extensions: { code: 'BAD_REQUEST', kind: 'BAD_USER_INPUT' } }] });
    for (const body of ['{', '', ' ', 'query { who }', '\uFEFF{}', Buffer.alloc(250_000, 0x81), `${' '.repeat(250_000)}x`]) expect(await refused(body)).toEqual(fault('The body is not JSON'));
    for (const body of ['[{"query":"{ who }"}]', '"text"', ' -1', 'null', '['.repeat(250_000)]) expect(await refused(body)).toEqual(fault('The body must be one JSON object'));
    const late = await fetch(url, { method: 'POST', body: `${' \n\t\r'.repeat(60_000)}{"query":"{ who }"}`, headers: { 'content-type': 'application/json' } });
    expect(late.status).toBe(200);
    expect((await fetch(`${hub.gateway.url}/elsewhere`)).status).toBe(404);
    const get = await fetch(`${url}?query=${encodeURIComponent('query Plain($id: ID!) { who case(id: $id) { no } }')}&variables=${encodeURIComponent('{"id":"1"}')}`);
    expect([get.status, await get.json()]).toEqual([200, { data: { who: 'public Plain', case: { no: 'A-1' } } }]);
    const mine = await fetch(`${url}?query=${encodeURIComponent('{ who }')}`, { headers: { authorization: `Bearer ${officer}` } });
    expect(await mine.json()).toEqual({ data: { who: `${agencies.drug}/DRA-210000-1 null` } });
    const change = await fetch(`${url}?query=${encodeURIComponent('mutation { decide(id: 1) { seen } }')}`, { headers: { 'apollo-require-preflight': '1' } });
    expect(change.status).toBe(405);
  });

  it('refuses a body beyond a megabyte, or beyond a fourth of that without a token, declared or not, and the client can read why', async () => {
    const url = `${hub.gateway.url}/graphql`;
    const sized = (kib: number): string => JSON.stringify({ query: `{ who } # ${'x'.repeat(kib * 1024)}` });
    const answer = async (kib: number, headers: Readonly<Record<string, string>>): Promise<unknown[]> => {
      const response = await fetch(url, { method: 'POST', body: sized(kib), headers: { 'content-type': 'application/json', ...headers } });
      return [response.status, ((await response.json()) as { errors: { extensions: { code: string } }[] }).errors[0]!.extensions.code];
    };
    const mine = { authorization: `Bearer ${officer}` };
    expect([await answer(255, {}), await answer(256, {})]).toEqual([[400, 'DOCUMENT_TOO_LONG'], [413, 'REQUEST_TOO_LARGE']]);
    expect([await answer(1_023, mine), await answer(1_024, mine)]).toEqual([[400, 'DOCUMENT_TOO_LONG'], [413, 'REQUEST_TOO_LARGE']]);
    expect([await chunked(url, sized(256)), await chunked(url, sized(1_024))]).toEqual([413, 413]);
  });

  it('says how it is', async () => {
    expect(await (await fetch(`${hub.gateway.url}/healthz`)).json()).toEqual({ status: 'ok' });
    expect((await fetch(`${hub.gateway.url}/readyz`)).status).toBe(200);
    hub.credit.healthy = false;
    const response = await fetch(`${hub.gateway.url}/readyz`);
    const report = (await response.json()) as { services: { name: string; ok: boolean }[] };
    expect(response.status).toBe(503);
    expect(report.services.filter((s) => !s.ok).map((s) => s.name)).toEqual(['credit']);
    expect(JSON.stringify(report)).not.toContain('postgres:');
    hub.credit.healthy = true;
  });

  it('logs a line per request, without variables, tokens and queries', async () => {
    hub.lines.length = 0;
    await hub.post('query Named($id: ID!) { case(id: $id) { no } }', { token: officer, variables: { id: 'name-of-a-person' }, headers: { 'x-request-id': 'request-0002' } });
    await fetch(`${hub.gateway.url}/search/name-of-a-person?q=name-of-a-person`);
    const requests = () => hub.lines.map((line) => JSON.parse(line) as Record<string, unknown>).filter((line) => line['msg'] === 'request');
    await until('both are logged', () => requests().length >= 2);
    const lines = requests();
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatchObject({ method: 'POST', path: '/graphql', status: 200, requestId: 'request-0002', agency: agencies.drug, ms: expect.any(Number) });
    expect(lines[0]).toMatchObject({ graphql: { operation: 'Named' } }); // its name, and nothing else of the text
    expect(hub.lines.join('')).not.toMatch(/name-of-a-person|eyJ|\$id|case\(/);
  });

  it('counts requests and fetches', async () => {
    const { body } = await hub.metrics.render();
    expect(body).toMatch(/casebridge_subgraph_operations_total\{service="credit",kind="entities",outcome="unavailable"\} [1-9]/);
    expect(body).toMatch(/casebridge_http_requests_total\{method="POST",route="\/graphql",status="200"\} [1-9]/);
  });
});

/** Sends without a content-length, in pieces; resolves with the status. */
const chunked = (url: string, body: string): Promise<number> =>
  new Promise((resolve, reject) => {
    const request = httpRequest(url, { method: 'POST', headers: { 'content-type': 'application/json' } }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    request.on('error', reject);
    for (let at = 0; at < body.length; at += 64 * 1024) request.write(body.slice(at, at + 64 * 1024));
    request.end();
  });

describe('a token that has expired', () => {
  const clock = new FixedClock('2026-11-22T09:00:00Z');
  let hub: TestHub;
  let token: string;
  beforeAll(async () => {
    hub = await startTestHub('in process', { clock });
    token = await hub.token(agencies.drug, { expiresIn: 60 });
    expect((await hub.post('{ who }', { token })).status).toBe(200); // and is remembered as good
    clock.advance(60_000 + 31_000); // its minute, and the 30 s by which clocks may differ
  });
  afterAll(() => hub.stop());
  const refusal = { errors: [{ message: 'The bearer token has expired', extensions: { code: 'TOKEN_EXPIRED', kind: 'UNAUTHENTICATED' } }] };

  it('is refused over HTTP with 401 and its code, and does not make its bearer the public reader', async () => {
    const { status, headers, body } = await hub.post('{ who }', { token });
    expect([status, headers.get('www-authenticate'), body]).toEqual([401, 'Bearer realm="casebridge", error="invalid_token"', refusal]);
    const get = await fetch(`${hub.gateway.url}/graphql?query=${encodeURIComponent('{ who }')}`, { headers: { authorization: `Bearer ${token}` } });
    expect([get.status, await get.json()]).toEqual([401, refusal]);
    const file = await fetch(`${hub.gateway.url}/files/1`, { headers: { authorization: `Bearer ${token}` } });
    expect([file.status, await file.json()]).toEqual([401, refusal]);
  });

  it('is refused on a socket with 4403 and its code', async () => {
    const socket = new WebSocket(`${hub.gateway.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
    const heard: string[] = [];
    socket.on('message', (data: Buffer) => void heard.push(data.toString()));
    const closed = new Promise((resolve) => socket.on('close', (code, reason) => resolve([code, String(reason)])));
    socket.on('open', () => socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization: `Bearer ${token}` } })));
    expect(await closed).toEqual([4403, 'TOKEN_EXPIRED']);
    expect(heard).toEqual([]);
  });

  it('matters to the public door as little as any other', async () => {
    expect((await hub.post('{ cases { no } }', { token, path: '/public/graphql' })).status).toBe(200);
  });
});

describe('a gateway that drains', () => {
  it('answers who is on his connection, and takes none from him that he is about to use', async () => {
    const hub = await startTestHub('in process');
    const agent = new Agent({ keepAlive: true, maxSockets: 4 });
    const errors: string[] = [];
    let [answered, draining] = [0, true];
    const client = async (): Promise<void> => {
      while (draining && errors.length < 500) {
        const outcome = await keptAlive(`${hub.gateway.url}/graphql?query=%7Bwho%7D`, agent);
        if (outcome === 200) answered += 1;
        else errors.push(String(outcome));
      }
    };
    const clients = Array.from({ length: 4 }, client);
    await until('all are at it', () => answered > 10);
    await hub.stop();
    draining = false;
    await Promise.all(clients);
    agent.destroy();
    expect(errors.filter((error) => error.endsWith('reused'))).toEqual([]);
  });
});

/** Status of an answer, or what went wrong and whether on a connection that had been good before. */
const keptAlive = (url: string, agent: Agent): Promise<number | string> =>
  new Promise((resolve) => {
    const asked = httpRequest(url, { agent }, (response) => {
      response.resume();
      response.on('end', () => resolve(response.statusCode ?? 0));
      response.on('error', () => resolve('cut'));
    });
    asked.on('error', (error: NodeJS.ErrnoException) => setTimeout(() => resolve(`${error.code ?? ''}${asked.reusedSocket ? ' reused' : ''}`), 5));
    asked.end();
  });

describe('a service across the network', () => {
  let hub: TestHub;
  beforeAll(async () => void (hub = await startTestHub('over HTTP')));
  afterAll(() => hub.stop());

  const marks = async () => (await hub.post('{ case(id: "1") { firm { name marks } } }')).body;
  const down = { data: { case: { firm: { name: 'firm U1', marks: null } } }, errors: [{ message: 'credit is unavailable', path: ['case', 'firm', 'marks'], extensions: { code: 'SERVICE_UNAVAILABLE', kind: 'UNAVAILABLE', service: 'credit' } }] };

  it.each<[string, number, string, string]>([
    ['500', 500, 'application/json', '{"errors":[{"message":"at db.internal:5432"}]}'],
    ['bad JSON', 200, 'application/json', '{"data":'],
    ['a page', 200, 'text/html', '<h1>proxy at 10.0.0.7</h1>'],
    ['nothing', 200, 'application/json', '{}'],
    ['no data and no reason', 200, 'application/json', '{"data":null}'],
    ['another schema', 400, 'application/json', '{"errors":[{"message":"Cannot query field \\"marks\\"","extensions":{"code":"GRAPHQL_VALIDATION_FAILED"}}]}'],
    ['a refused gateway', 401, 'application/json', '{"errors":[{"message":"who are you","extensions":{"code":"TOKEN_INVALID","kind":"UNAUTHENTICATED"}}]}'],
  ])('that answers with %s is unavailable and leaks nothing', async (_what, status, type, text) => {
    hub.served('credit').answer = (_request, response) => void response.writeHead(status, { 'content-type': type }).end(text);
    expect(await marks()).toEqual(down);
    hub.served('credit').answer = null;
    expect((await marks()).errors).toBeUndefined();
  });

  it('that starts an answer and never ends it is unavailable after the deadline', async () => {
    hub.served('credit').answer = (_request, response) => void response.writeHead(200).write('{"data":');
    expect(await marks()).toEqual(down);
    hub.served('credit').answer = null;
  });

  it('tells the reader what is wrong with his own token', async () => {
    hub.served('credit').answer = (_request, response) =>
      void response.writeHead(401).end('{"errors":[{"message":"The bearer token has been revoked","extensions":{"code":"TOKEN_REVOKED","kind":"UNAUTHENTICATED"}}]}');
    expect((await marks()).errors).toEqual([{ message: 'The bearer token has been revoked', path: ['case', 'firm'], extensions: { code: 'TOKEN_REVOKED', kind: 'UNAUTHENTICATED' } }]);
    hub.served('credit').answer = null;
  });

  it('is asked once more after a reset, but never to change something', async () => {
    hub.served('credit').resets = 1;
    expect((await marks()).errors).toBeUndefined();
    hub.served('credit').resets = 2;
    expect(await marks()).toEqual(down);

    hub.served('enforcement').resets = 1;
    const before = hub.enforcement.requests.length;
    const { body } = await hub.post('mutation { decide(id: "1") { seen } }');
    expect(body.errors?.[0]?.extensions['code']).toBe('SERVICE_UNAVAILABLE');
    expect(hub.enforcement.requests).toHaveLength(before);
  });

  it('that does not answer is left alone for a while, and asked again when it is back', async () => {
    hub.served('inspection').answer = (_request, response) => void response.writeHead(500).end();
    const ask = async () => (await hub.post('{ case(id: "1") { no firm { name } } }')).body;
    for (let n = 0; n < 8; n += 1) expect((await ask()).errors?.[0]?.extensions['code']).toBe('SERVICE_UNAVAILABLE');
    const asked = () => hub.inspection.requests.length;
    hub.served('inspection').answer = null;
    const before = asked();
    expect((await ask()).errors?.[0]?.extensions['code']).toBe('SERVICE_UNAVAILABLE'); // it would answer, and nobody asks
    expect(asked()).toBe(before);
    let answer = await ask();
    await until('it is asked again', async () => !(answer = await ask()).errors);
    expect(answer).toEqual({ data: { case: { no: 'A-1', firm: { name: 'firm U1' } } } });
  });

  it('that is not there at all costs its branch only', async () => {
    await hub.served('credit').stop();
    expect(await marks()).toEqual(down);
    const report = await (await fetch(`${hub.gateway.url}/readyz`)).text();
    expect(report).not.toMatch(/127\.0\.0\.1|ECONN/);
    expect(JSON.parse(report)).toMatchObject({ ok: false });
    expect(hub.lines.join('')).toContain('ECONNREFUSED');
  });
});
