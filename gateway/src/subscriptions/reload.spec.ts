import { systemClock } from '@casebridge/kernel';
import { composeSupergraph } from '../compose';
import { Peer } from '../hostile/testing/peer';
import { until } from '../testing/carriers';
import { type Ledger, LocalLedger } from '../limits';
import { agencies, startTestHub, testEnforcement, type TestHub } from '../testing/test-hub';
import type { TestService } from '../testing/test-service';

const live = 'subscription Log($after: String, $about: ID) { logged(after: $after, about: $about) { n text } }';

let hub: TestHub;
/** What waits for its budget waits for this. */
let budget: Promise<void> | null;
let opening: Promise<void> | null;
const peers: Peer[] = [];

const open = async (token: string | null = null): Promise<Peer> => {
  const peer = await Peer.open(hub, token);
  peers.push(peer);
  return peer;
};
const held = (): { readonly until: Promise<void>; readonly release: () => void } => {
  let release: () => void = () => undefined;
  const promise = new Promise<void>((resolve) => (release = resolve));
  return { until: promise, release };
};
type Change = readonly [from: string, to: string];
/** The present supergraph with changes in the texts of the services. */
const changed = (...changes: readonly Change[]) => ({
  supergraphSdl: composeSupergraph([hub.enforcement, hub.inspection, hub.credit].map(({ name, sdl }) => ({ name, sdl: changes.reduce((text, [from, to]) => text.replace(from, to), sdl) }))),
});
/** The text of an event is for readers with a token only. */
const withoutText = (...others: readonly Change[]) =>
  changed(['["@key"', '["@authenticated","@key"'], ['n: Int! text: String', 'n: Int! text: String @authenticated'], ...others);
/** Nobody knows the stream any more. */
const withoutStream = () => changed([' logged(after: String, about: ID): Logged', '']);
const texts = (peer: Peer, id: string): unknown[] => peer.of(id).flatMap(({ payload, type }) => (type === 'next' ? [(payload?.data?.['logged'] as { text: unknown } | undefined)?.text ?? payload?.errors?.[0]?.extensions['code']] : []));
const hidden = 'UNAUTHORIZED_FIELD_OR_TYPE';

beforeEach(async () => {
  budget = null;
  opening = null;
  const real = new LocalLedger(systemClock);
  const ledger: Ledger = new Proxy(real, {
    get: (target, key) => {
      const value: unknown = Reflect.get(target, key);
      if (typeof value !== 'function') return value;
      return async (...args: unknown[]): Promise<unknown> => {
        await budget;
        return Reflect.apply(value, target, args) as unknown;
      };
    },
  });
  hub = await startTestHub('in process', { deadlineMs: 20_000, gateway: { ledger } });
  const subscribe = hub.enforcement.subscribe.bind(hub.enforcement);
  hub.enforcement.subscribe = async (request) => {
    await opening;
    return subscribe(request);
  };
});
afterEach(async () => {
  for (const peer of peers.splice(0)) peer.socket.terminate();
  await hub.stop();
});

describe('a stream that is asked for while another supergraph comes', () => {
  it('is answered by the new one, and joined by who asks the same later', async () => {
    const spending = held();
    budget = spending.until;
    const first = await open();
    first.subscribe('s', live);
    await hub.post('{ __typename }', { path: '/nothing' }); // what was sent before this was taken before it
    await hub.gateway.reload(withoutText());
    budget = null;
    spending.release();
    await until('the stream is open', () => hub.enforcement.feeds.size === 1);
    const later = await open();
    later.subscribe('s', live);
    await until('both are there', () => hub.gateway.openStreams === 2);
    hub.enforcement.write({ text: 'not for the public' });
    await until('both have it', () => texts(first, 's').length === 1 && texts(later, 's').length === 1);
    expect([texts(first, 's'), texts(later, 's')]).toEqual([[hidden], [hidden]]);
    expect(hub.enforcement.feeds.size).toBe(1);
  });

  it('is refused when the new one does not know it', async () => {
    const spending = held();
    budget = spending.until;
    const peer = await open();
    peer.subscribe('s', live);
    await hub.post('{ __typename }', { path: '/nothing' });
    await hub.gateway.reload(withoutStream());
    budget = null;
    spending.release();
    await until('he is told', () => texts(peer, 's').length === 1);
    expect(texts(peer, 's')).toEqual(['GRAPHQL_VALIDATION_FAILED']);
    expect(hub.enforcement.feeds.size).toBe(0);
  });

  it('is not joined to a stream whose turn to be moved has not come', async () => {
    const many = await open();
    for (let n = 0; n < 100; n += 1) many.subscribe(`s${n}`, live, { about: `${n}` });
    await until('all are open', () => hub.enforcement.feeds.size === 100);
    const later = await open();
    let isOver = false;
    const reloaded = hub.gateway.reload(withoutText(['grade: String', 'grade: String rating: String'])).then(() => (isOver = true)); // a second for a hundred streams
    let status = 0;
    while (status !== 200) ({ status } = await hub.post('{ case(id: "1") { firm { rating } } }')); // until the door serves it
    later.subscribe('s', live, { about: '99' });
    await until('it is open', () => hub.gateway.openStreams === 101);
    expect(isOver).toBe(false);
    hub.enforcement.write({ text: 'not for the public' });
    await until('the event', () => texts(later, 's').length === 1);
    expect(texts(later, 's')).toEqual([hidden]);
    expect(hub.enforcement.feeds.size).toBe(100);
    await reloaded;
  });
});

describe('a stream that is being opened when another supergraph comes', () => {
  it('ends at once when that does not know it', async () => {
    const wait = held();
    opening = wait.until;
    const peer = await open();
    peer.subscribe('s', live);
    await until('it is being opened', () => hub.gateway.openStreams === 1);
    await hub.gateway.reload(withoutStream());
    await until('he is told', () => texts(peer, 's').length === 1);
    expect(texts(peer, 's')).toEqual(['SUBSCRIPTION_SCHEMA_RELOAD']);
    wait.release();
    await until('nothing is left', () => hub.gateway.openStreams === 0 && hub.enforcement.feeds.size === 0);
  });

  it('is opened anew when its upstream is another', async () => {
    const wait = held();
    opening = wait.until;
    const peer = await open();
    peer.subscribe('s', 'subscription { logged { n case { no } } }');
    await until('it is being opened', () => hub.gateway.openStreams === 1);
    await hub.gateway.reload(changed(
      ['no: String @tag(name: "public") firm', 'firm'],
      ['type Query { firms: Int }', 'type Query { firms: Int } type Case @key(fields: "id") { id: ID! no: String @tag(name: "public") }'],
    ));
    wait.release();
    const upstreams = (): string[] => hub.enforcement.requests.map(({ query }) => query).filter((query) => query.includes('logged'));
    await until('it is opened anew', () => upstreams().length === 2 && hub.enforcement.feeds.size === 1);
    expect(upstreams().map((query) => /\bno\b/.test(query))).toEqual([true, false]);
    hub.enforcement.write({});
    await until('the event', () => peer.of('s').length === 1);
    expect(peer.of('s')[0]?.payload).toEqual({ data: { logged: { n: 1, case: null } } });
  });
});

describe('a reader who replays when another supergraph comes', () => {
  const entries = 400;
  /** He has some, and no more before the test lets him. */
  const replay = async (): Promise<{ readonly peer: Peer; readonly goOn: () => void }> => {
    hub.enforcement.write(...Array.from({ length: entries }, (_, n) => ({ text: `t${n + 1}`, id: '1' })));
    const { release: goOn, until: further } = held();
    const execute = hub.inspection.execute.bind(hub.inspection);
    hub.inspection.execute = async (request) => {
      if (hub.inspection.requests.length > 20) await further;
      return execute(request);
    };
    const peer = await open();
    peer.subscribe('s', 'subscription($after: String) { logged(after: $after) { n text case { firm { name } } } }', { after: 'c0' });
    await until('he has some', () => texts(peer, 's').length > 10);
    return { peer, goOn };
  };

  it('ends after what waits for him when that does not know the stream', async () => {
    const { goOn, peer } = await replay();
    await hub.gateway.reload(withoutStream());
    goOn();
    await until('he is told', () => peer.of('s').at(-1)?.type === 'complete');
    expect(texts(peer, 's').at(-1)).toBe('SUBSCRIPTION_SCHEMA_RELOAD');
    expect(texts(peer, 's').length).toBeLessThan(entries);
    await until('nothing is left', () => hub.gateway.openStreams === 0 && hub.enforcement.feeds.size === 0);
  });

  it('is answered by the new one, without loss and without a double', async () => {
    const { goOn, peer } = await replay();
    await hub.gateway.reload(withoutText());
    goOn();
    hub.enforcement.write({ text: 'the last', id: '1' });
    await until('he has all', () => texts(peer, 's').length === entries + 1, 20_000);
    const said = texts(peer, 's');
    const before = said.indexOf(hidden);
    expect(before).toBeGreaterThan(10);
    expect(before).toBeLessThan(entries - 10);
    expect(said).toEqual(Array.from({ length: entries + 1 }, (_, n) => (n < before ? `t${n + 1}` : hidden)));
    await until('he is with the others', () => hub.enforcement.feeds.size === 1);
  }, 60_000);
});

it('keeps the places of readers with a token', async () => {
  const peer = await open(await hub.token(agencies.drug, { officerId: 'DRA-210000-1' }));
  peer.subscribe('s', live);
  await until('the stream is open', () => hub.enforcement.feeds.size === 1);
  hub.enforcement.write({ text: 'one' });
  await until('the event', () => texts(peer, 's').length === 1);
  await hub.gateway.reload(withoutText());
  hub.enforcement.write({ text: 'two' });
  await until('the next', () => texts(peer, 's').length === 2);
  expect(texts(peer, 's')).toEqual(['one', 'two']);
});

describe('a service that comes back at another address with the new supergraph', () => {
  const numbered = 'subscription ($after: String) { logged(after: $after) { n } }';
  const numbers = (peer: Peer, id = 's'): unknown[] => peer.of(id).map(({ payload, type }) => (payload?.data?.['logged'] as { n: number } | undefined)?.n ?? type);
  const upTo = (n: number, from = 1): number[] => Array.from({ length: n - from + 1 }, (_, i) => from + i);
  /** The same service with the same log. */
  const another = (): TestService => {
    const service = testEnforcement();
    service.write(...hub.enforcement.log);
    return service;
  };
  const reload = (...services: TestService[]): Promise<void> =>
    hub.gateway.reload({ ...changed(), services });

  it('is asked there from the last cursor on, without loss and without a double', async () => {
    const [peer, later] = [await open(), await open()];
    peer.subscribe('s', numbered);
    await until('it is open', () => hub.enforcement.feeds.size === 1);
    hub.enforcement.write({}, {});
    await until('both events', () => numbers(peer).length === 2);
    const moved = another();
    moved.write({}); // which nobody can have from the old address
    await reload(moved);
    await until('it is asked there', () => moved.feeds.size === 1);
    await until('and not here any more', () => hub.enforcement.feeds.size === 0);
    later.subscribe('s', numbered, { after: 'c0' });
    moved.write({});
    await until('all are there', () => numbers(peer).length === 4 && numbers(later).length === 4);
    expect([numbers(peer), numbers(later)]).toEqual([upTo(4), upTo(4)]);
    await until('one upstream', () => moved.feeds.size === 1);
    expect(hub.enforcement.feeds.size).toBe(0);
  });

  it('is asked there by who replays, too', async () => {
    hub.enforcement.write(...Array.from({ length: 400 }, () => ({})));
    const peer = await open();
    peer.subscribe('s', numbered, { after: 'c0' });
    await until('he has some', () => numbers(peer).length > 10);
    const moved = another();
    await reload(moved);
    moved.write({});
    await until('he has all', () => numbers(peer).length === 401, 20_000);
    expect(numbers(peer)).toEqual(upTo(401));
    await until('he is with the others', () => moved.feeds.size === 1 && hub.enforcement.feeds.size === 0);
  }, 60_000);

  it('is told as a gap where there is no cursor', async () => {
    const peer = await open();
    peer.subscribe('s', 'subscription { decided { n } }');
    await until('it is open', () => hub.enforcement.feeds.size === 1);
    const moved = another();
    await reload(moved);
    await until('it is asked there', () => moved.feeds.size === 1 && hub.enforcement.feeds.size === 0);
    moved.push({ decided: { n: 7 } });
    await until('the event', () => peer.of('s').length === 2);
    expect(peer.of('s').map(({ payload }) => payload)).toEqual([{ data: null, extensions: { gap: { reason: 'UPSTREAM_LOST' } } }, { data: { decided: { n: 7 } } }]);
  });

  it('is not asked anew when it is the one that was there before', async () => {
    const peer = await open();
    peer.subscribe('s', numbered);
    await until('it is open', () => hub.enforcement.feeds.size === 1);
    const asked = hub.enforcement.requests.length;
    await reload(hub.enforcement);
    hub.enforcement.write({});
    await until('the event', () => numbers(peer).length === 1);
    expect(hub.enforcement.requests.length).toBe(asked);
  });

  it('is left alone when the supergraph that it comes with cannot be loaded', async () => {
    const moved = another();
    await expect(hub.gateway.reload({ supergraphSdl: 'type Query { nonsense', services: [moved] })).rejects.toThrow();
    await reload();
    await hub.post('{ who }');
    expect(moved.requests).toEqual([]);
    expect(hub.enforcement.requests.length).toBeGreaterThan(0);
  });
});
