import { GraphQLError } from 'graphql';
import { Peer } from '../hostile/testing/peer';
import { until } from '../testing/carriers';
import { agencies, startTestHub, type TestHub } from '../testing/test-hub';

const live = 'subscription { logged { n text } }';
const idOf = (token: string): string => (JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString()) as { jti: string }).jti;

let hub: TestHub;
let token: string;
/** Lets the openings go on that were held back. */
let release: () => void;
/** Tokens in whose name the service was asked for a stream. */
let asked: string[];
/** Tokens that the service refuses, whatever the gateway thinks of them. */
let refused: Set<string>;
const peers: Peer[] = [];

const open = async (bearer = token): Promise<Peer> => {
  const peer = await Peer.open(hub, bearer);
  peers.push(peer);
  return peer;
};
const numbers = (peer: Peer, id: string): unknown[] => peer.of(id).flatMap(({ payload, type }) => (type === 'next' ? [(payload?.data?.['logged'] as { n: number } | undefined)?.n ?? payload?.errors?.[0]?.extensions['code']] : []));

beforeEach(async () => {
  hub = await startTestHub('in process', { deadlineMs: 20_000 });
  token = await hub.token(agencies.drug, { officerId: 'DRA-210000-1' });
  asked = [];
  refused = new Set();
  const held = new Promise<void>((resolve) => (release = resolve));
  const subscribe = hub.enforcement.subscribe.bind(hub.enforcement);
  hub.enforcement.subscribe = async (request) => {
    const { principal } = request;
    const tokenId = principal.kind === 'agency' ? principal.tokenId : 'public';
    asked.push(tokenId);
    await held;
    if (refused.has(tokenId)) return { errors: [new GraphQLError('no', { extensions: { code: 'TOKEN_EXPIRED', kind: 'UNAUTHENTICATED' } })] };
    return subscribe(request);
  };
});
afterEach(async () => {
  release();
  for (const peer of peers.splice(0)) peer.socket.terminate();
  await hub.stop();
});

describe('an id that is used again while what had it is being opened', () => {
  it('is that of one stream, and none outlives its socket', async () => {
    const peer = await open();
    for (let n = 0; n < 3; n += 1) {
      peer.subscribe('1', live);
      peer.send({ type: 'complete', id: '1' });
    }
    peer.subscribe('1', live);
    await until('the service was asked', () => asked.length > 0);
    release();
    await until('one is left', () => hub.gateway.openStreams === 1 && hub.enforcement.feeds.size === 1);
    hub.enforcement.write({});
    await until('the event', () => numbers(peer, '1').length > 0);
    hub.enforcement.write({});
    await until('the next', () => numbers(peer, '1').includes(2));
    expect(peer.of('1').map(({ type }) => type)).toEqual(['next', 'next']);
    peer.socket.terminate();
    await until('nothing is left', () => hub.gateway.openStreams === 0 && hub.enforcement.feeds.size === 0);
  });

  it('hears nothing of a query that had it', async () => {
    release();
    const peer = await open();
    const execute = hub.inspection.execute.bind(hub.inspection);
    let answer: () => void = () => undefined;
    const waiting = new Promise<void>((resolve) => (answer = resolve));
    let fetched = false;
    hub.inspection.execute = async (request) => {
      fetched = true;
      await waiting;
      return execute(request);
    };
    peer.subscribe('1', '{ case(id: "1") { firm { name } } }');
    await until('it runs', () => fetched);
    peer.send({ type: 'complete', id: '1' });
    peer.subscribe('1', live);
    await until('the stream is open', () => hub.gateway.openStreams === 1);
    answer();
    await hub.post('{ case(id: "3") { firm { name } } }', { token });
    hub.enforcement.write({});
    await until('the event', () => numbers(peer, '1').includes(1));
    expect(peer.of('1').map(({ payload }) => payload?.data)).toEqual([{ logged: { n: 1, text: null } }]);
  });
});

describe('a reader who has lost his access while the stream was opened', () => {
  const both = async () => {
    const second = await hub.token(agencies.drug, { officerId: 'DRA-210000-1', expiresIn: 600 });
    const one = await open();
    one.subscribe('s', live);
    await until('the service was asked', () => asked.length === 1);
    const two = await open(second);
    two.subscribe('s', live);
    await until('both are there', () => hub.gateway.openStreams === 2);
    hub.directory.revoke({ agencyCode: agencies.drug, tokenId: idOf(token) });
    await until('he has ended', () => hub.gateway.openStreams === 1);
    return { one, two, second };
  };

  it('is not joined to it: others speak for themselves, and nothing is kept for him', async () => {
    const { one, two, second } = await both();
    release();
    await until('he is told', () => numbers(one, 's').length === 1);
    hub.enforcement.write({});
    await until('the event', () => numbers(two, 's').length === 1);
    hub.enforcement.cut();
    await until('it was opened again', () => asked.length === 2 && hub.enforcement.feeds.size === 1);
    expect(numbers(one, 's')).toEqual(['TOKEN_REVOKED']);
    expect(asked).toEqual([idOf(token), idOf(second)]);
    two.send({ type: 'complete', id: 's' });
    await until('the upstream is free', () => hub.enforcement.feeds.size === 0);
  });

  it('is refused by the service, and the other is not', async () => {
    const { two, second } = await both();
    refused.add(idOf(token));
    release();
    await until('the stream is open', () => hub.enforcement.feeds.size === 1);
    hub.enforcement.write({});
    await until('the event', () => numbers(two, 's').length === 1);
    expect(numbers(two, 's')).toEqual([1]);
    expect(asked).toEqual([idOf(token), idOf(second)]);
  });

  it('hears of it at once, and the upstream is let go as soon as it is open', async () => {
    const one = await open();
    one.subscribe('s', live);
    await until('the service was asked', () => asked.length === 1);
    hub.directory.revoke({ agencyCode: agencies.drug, tokenId: idOf(token) });
    await until('he is told', () => numbers(one, 's').length === 1);
    expect(numbers(one, 's')).toEqual(['TOKEN_REVOKED']);
    release();
    await until('nothing is left', () => hub.gateway.openStreams === 0 && hub.enforcement.feeds.size === 0);
  });
});

it('is not waited for when the gateway goes away', async () => {
  const peer = await open();
  peer.subscribe('s', live);
  await until('the service was asked', () => asked.length === 1);
  await hub.gateway.stop();
  expect(numbers(peer, 's')).toEqual(['GATEWAY_DRAINING']);
}, 60_000);
