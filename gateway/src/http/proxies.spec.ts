import { request } from 'node:http';
import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { budgetPolicies } from '../limits';
import { startTestHub, type TestHub } from '../testing/test-hub';

/** Estimated at 11, and costs 4: the second from one network is more than there is. */
const question = '{ cases { no } }';
const gatewayOptions = { budgetPolicies: { ...budgetPolicies, publicNetwork: { perSecond: 0.1, burst: 13, shared: false } } };

type Ask = (hub: TestHub, forwarded: string) => Promise<string>;
type Answer = { readonly errors?: readonly { readonly extensions: Record<string, unknown> }[] };
const outcome = ({ errors }: Answer): string => String(errors?.[0]?.extensions['code'] ?? 'ok');

const overHttp = (accept: string): Ask => (hub, forwarded) => new Promise((resolve, reject) => {
  const asked = request(`${hub.gateway.url}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json', accept, 'x-forwarded-for': forwarded } }, (response) => {
    let text = '';
    response.setEncoding('utf8').on('data', (part: string) => void (text += part)).on('end', () => resolve(outcome(JSON.parse(/^data: (.*)$/m.exec(text)?.[1] ?? text) as Answer)));
  });
  asked.on('error', reject).end(JSON.stringify({ query: question }));
});

const overSocket: Ask = async (hub, forwarded) => {
  class Forwarded extends WebSocket {
    constructor(url: string, protocols: string) {
      super(url, protocols, { headers: { 'x-forwarded-for': forwarded } });
    }
  }
  const client = createClient({ url: `${hub.gateway.url.replace('http', 'ws')}/graphql`, webSocketImpl: Forwarded, retryAttempts: 0 });
  try {
    return await new Promise((resolve, reject) => client.subscribe({ query: question }, {
      next: (answer) => resolve(outcome(answer as Answer)), error: (cause) => (Array.isArray(cause) ? resolve(outcome({ errors: cause as never })) : reject(cause as Error)), complete: () => undefined,
    }));
  } finally {
    await client.dispose();
  }
};

describe.each<readonly [string, Ask]>([
  ['over HTTP', overHttp('application/json')], ['by server-sent events', overHttp('text/event-stream')], ['on a socket', overSocket],
])('clients behind a proxy, %s', (_carrier, ask) => {
  let hub: TestHub;
  afterEach(() => hub.stop());

  it('are each their own network where the proxy is trusted', async () => {
    hub = await startTestHub('in process', { gateway: { ...gatewayOptions, trustedProxies: ['127.0.0.0/8'] } });
    expect(await ask(hub, '192.0.2.1')).toBe('ok');
    expect(await ask(hub, '192.0.2.77')).toBe('BUDGET_EXHAUSTED'); // the same network
    expect(await ask(hub, '198.51.100.1')).toBe('ok');
    expect(await ask(hub, '203.0.113.5, 192.0.2.1')).toBe('BUDGET_EXHAUSTED'); // what the client says itself counts for nothing
  });

  it('are where the connection comes from when nobody is trusted', async () => {
    hub = await startTestHub('in process', { gateway: gatewayOptions });
    for (let n = 0; n < 3; n += 1) expect(await ask(hub, '192.0.2.1')).toBe('ok'); // this machine: no network's budget
  });
});
