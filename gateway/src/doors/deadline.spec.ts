import { setTimeout as sleep } from 'node:timers/promises';
import { request as httpRequest } from 'node:http';
import { systemClock } from '@casebridge/kernel';
import { Peer } from '../hostile/testing/peer';
import { budgetPolicies, type Ledger, LocalLedger } from '../limits';
import { ask, carriers, codesOf, until } from '../testing/carriers';
import { agencies, type Form, startTestHub, type TestHub } from '../testing/test-hub';

/** Enough for what is answered at once, on a machine that does much else. */
const operationMs = 1_500;
/** Longer than any operation may take here: what ends one is its own time. */
const deadlineMs = 60_000;
const inTime = deadlineMs / 4;

const tracked = async <T>(work: () => Promise<T>): Promise<readonly [T, number]> => {
  const startedAt = performance.now();
  return [await work(), performance.now() - startedAt];
};
/** A service whose fetches take so long. */
const slowBy = (service: TestHub['enforcement'], ms: number): void => {
  const execute = service.execute.bind(service);
  service.execute = async (request) => {
    await sleep(ms);
    return execute(request);
  };
};
const late = (service: string, ...path: (string | number)[]) => ({ message: `There was no time left for ${service}`, path, extensions: { code: 'DEADLINE_EXCEEDED', kind: 'UNAVAILABLE', service } });

let hub: TestHub;
let token: string;
afterEach(() => hub.stop());

describe.each<Form>(['in process', 'over HTTP'])('the time of an operation, with services %s', (form) => {
  beforeEach(async () => {
    hub = await startTestHub(form, { deadlineMs, gateway: { operationMs } });
    token = await hub.token(agencies.drug, { officerId: 'DRA-210000-1' });
    await hub.post('{ case(id: "1") { no firm { name } } }', { token }); // planned
  });

  it.each(carriers)('bounds a service that does not answer, and the rest of the answer is there: by %s', async (carrier) => {
    hub.inspection.fault = 'hang';
    const [answer, ms] = await tracked(() => ask(hub, carrier, { query: '{ case(id: "1") { no firm { name rank } } }' }, { token }));
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({ data: { case: { no: 'A-1', firm: { name: null, rank: 'low' } } }, errors: [late('inspection', 'case', 'firm', 'name')] });
    expect(ms).toBeGreaterThan(operationMs - 50);
    expect(ms).toBeLessThan(inTime);
  });

  it('bounds fetches that follow each other: what is not asked any more is told with its path', async () => {
    slowBy(hub.enforcement, 500);
    slowBy(hub.credit, operationMs - 100);
    hub.credit.requests.length = 0;
    const [{ body }, ms] = await tracked(() => hub.post('{ cases { no firm { rank } } }', { token }));
    expect(body.data).toEqual({ cases: [{ no: 'A-1', firm: { rank: null } }, { no: 'A-2', firm: null }, { no: 'A-3', firm: { rank: null } }] });
    expect(body.errors).toEqual([late('credit', 'cases', 0, 'firm', 'rank'), late('credit', 'cases', 2, 'firm', 'rank')]);
    expect(ms).toBeLessThan(inTime);
  });

  it('asks no service once it is over, acts included', async () => {
    slowBy(hub.enforcement, operationMs + 100);
    const { body } = await hub.post('mutation { a: decide(id: "1") { case { firm { name } } } }', { token });
    expect(body).toEqual({ data: { a: null }, errors: [late('enforcement', 'a')] });
    const asked = hub.inspection.requests.length;
    await sleep(400);
    expect(hub.inspection.requests.length).toBe(asked);
  });

  it('bounds what is fetched for an event of a live stream', async () => {
    const peer = await Peer.open(hub, token);
    peer.subscribe('s', 'subscription { logged { n case { firm { name } } } }');
    await until('it is open', () => hub.enforcement.feeds.size === 1);
    hub.inspection.fault = 'hang';
    const [, ms] = await tracked(async () => {
      hub.enforcement.write({ id: '1' });
      await until('the event', () => peer.of('s').length === 1);
    });
    expect(peer.of('s')[0]?.payload).toMatchObject({ data: { logged: { n: 1, case: { firm: { name: null } } } }, errors: [{ extensions: { code: 'DEADLINE_EXCEEDED' } }] });
    expect(ms).toBeLessThan(inTime);
    peer.socket.terminate();
  });
});

it('bounds a service that sends its answer byte by byte', async () => {
  hub = await startTestHub('over HTTP', { deadlineMs, gateway: { operationMs } });
  hub.served('enforcement').answer = (_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': 10_000 });
    const drip = setInterval(() => response.write(' '), 20);
    response.once('close', () => clearInterval(drip));
  };
  const [{ body, status }, ms] = await tracked(() => hub.post('{ who }'));
  expect([status, body]).toEqual([200, { data: { who: null }, errors: [late('enforcement', 'who')] }]);
  expect(ms).toBeLessThan(inTime);
});

it('bounds the same by the deadline of the service where that is shorter', async () => {
  hub = await startTestHub('over HTTP', { deadlineMs: 300, gateway: { operationMs: deadlineMs } });
  hub.served('enforcement').answer = (_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': 10_000 });
    const drip = setInterval(() => response.write(' '), 20);
    response.once('close', () => clearInterval(drip));
  };
  const [{ body }, ms] = await tracked(() => hub.post('{ who }'));
  expect(body.errors?.[0]?.extensions).toMatchObject({ code: 'SERVICE_UNAVAILABLE', service: 'enforcement' });
  expect(ms).toBeLessThan(inTime);
});

describe('waits before an operation runs', () => {
  const concurrencyLimits = { perReader: 1, total: 1, waitingPerReader: 10, waitingTotal: 10, waitMs: 60_000 };

  it('end with it: for a place', async () => {
    hub = await startTestHub('in process', { deadlineMs, gateway: { operationMs, concurrencyLimits: { ...concurrencyLimits, total: 0 } } });
    const [answer, ms] = await tracked(() => hub.post('{ who }'));
    expect([answer.status, codesOf(answer as never), answer.headers.get('retry-after')]).toEqual([503, ['GATEWAY_BUSY'], '1']);
    expect(ms).toBeGreaterThan(operationMs - 50);
    expect(ms).toBeLessThan(inTime);
    expect(hub.enforcement.requests).toHaveLength(0);
  });

  it('end when the client has gone: his operation does not run', async () => {
    hub = await startTestHub('in process', { deadlineMs, gateway: { operationMs: deadlineMs, concurrencyLimits } });
    token = await hub.token(agencies.drug);
    const answer = hub.enforcement.hold();
    const first = hub.post('{ who }', { token });
    await until('the first runs', () => hub.enforcement.requests.length === 1);
    const leaving = httpRequest(`${hub.gateway.url}/graphql`, { method: 'POST', agent: false, headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` } });
    leaving.on('error', () => undefined).end('{"query":"{ who }"}');
    const peer = await Peer.open(hub, token);
    peer.subscribe('q', '{ who }');
    const waiting = async (): Promise<string> => /casebridge_operations_waiting (\d+)/.exec((await hub.metrics.render()).body)?.[1] ?? 'none';
    await until('both wait', async () => (await waiting()) === '2');
    leaving.destroy();
    peer.socket.terminate();
    await until('nobody waits', async () => (await waiting()) === '0');
    answer();
    await first;
    await sleep(100);
    expect(hub.enforcement.requests).toHaveLength(1);
    expect(hub.lines.some((line) => line.includes('CLIENT_GONE'))).toBe(true);
  });

  it('end with it: for the ledger of budgets, and what it brings later is given back', async () => {
    const real = new LocalLedger(systemClock);
    let bring: () => void = () => undefined;
    const brought = new Promise<void>((resolve) => (bring = resolve));
    const ledger: Ledger = {
      take: async (account, wanted) => {
        await brought;
        return real.takeNow(account, wanted);
      },
      giveBack: (account, points) => real.giveBack(account, points),
    };
    hub = await startTestHub('in process', { deadlineMs, gateway: { operationMs: 200, ledger } });
    token = await hub.token(agencies.drug);
    const answer = await hub.post('{ cases { no } }', { token });
    expect([answer.status, codesOf(answer as never), answer.headers.get('retry-after')]).toEqual([503, ['GATEWAY_BUSY'], '1']);
    bring();
    expect(hub.enforcement.requests).toHaveLength(0);
    await hub.gateway.stop();
    const account = { name: `agency:${agencies.drug}`, policy: budgetPolicies.agency };
    expect(real.levelOf(account)).toBe(budgetPolicies.agency.burst);
  });

  it.each(['hangs', 'fails'])('do not last when the ledger %s, nor does the end of the gateway', async (how) => {
    const never = (): Promise<never> => (how === 'hangs' ? new Promise(() => undefined) : Promise.reject(new Error('no ledger')));
    hub = await startTestHub('in process', { deadlineMs, gateway: { operationMs: deadlineMs, ledger: { take: never, giveBack: never } } });
    token = await hub.token(agencies.drug);
    const [answer, ms] = await tracked(() => hub.post('{ who }', { token }));
    expect(answer.body.errors).toBeUndefined();
    expect(ms).toBeLessThan(inTime);
    const [, stopping] = await tracked(() => hub.gateway.stop());
    expect(stopping).toBeLessThan(inTime);
  });
});
