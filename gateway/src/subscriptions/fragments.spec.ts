import { Peer } from '../hostile/testing/peer';
import { until } from '../testing/carriers';
import { type Form, startTestHub, type TestHub } from '../testing/test-hub';

const roots = {
  'an inline fragment': 'subscription ($after: String) { ... on Subscription { logged(after: $after) { n case { firm { name } } } } }',
  'an inline fragment without a type': 'subscription ($after: String) { ... { logged(after: $after) { n case { firm { name } } } } }',
  'a named fragment': 'subscription ($after: String) { ...Log } fragment Log on Subscription { logged(after: $after) { n case { firm { name } } } }',
  'fragments in fragments': `
    subscription ($after: String) { ...Outer }
    fragment Outer on Subscription { ... { ...Log } }
    fragment Log on Subscription { logged: logged(after: $after) { ...Entry } }
    fragment Entry on Logged { n case { firm { name } } }`,
  'two fragments that say the same': `
    subscription ($after: String) { ...A ...B }
    fragment A on Subscription { logged(after: $after) { n } }
    fragment B on Subscription { logged(after: $after) { case { firm { name } } } }`,
} as const;

describe.each<Form>(['in process', 'over HTTP'])('a live stream whose root field stands in fragments, with services %s', (form) => {
  let hub: TestHub;
  const peers: Peer[] = [];
  const open = async (): Promise<Peer> => {
    const peer = await Peer.open(hub, null);
    peers.push(peer);
    return peer;
  };
  const events = (peer: Peer, id = 's'): unknown[] => peer.of(id).map(({ payload }) => payload?.data?.['logged'] ?? payload);
  const expected = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => ({ n: from + i, case: { firm: { name: 'firm U1' } } }));

  beforeEach(async () => {
    hub = await startTestHub(form);
  });
  afterEach(async () => {
    for (const peer of peers.splice(0)) peer.socket.terminate();
    await hub.stop();
  });

  it.each(Object.entries(roots))('is served from a cursor, and over a loss of the service: %s', async (_what, query) => {
    hub.enforcement.write(...Array.from({ length: 5 }, () => ({ id: '1' })));
    const peer = await open();
    peer.subscribe('s', query, { after: 'c2' });
    await until('what was missed', () => events(peer).length === 3);
    await until('one upstream', () => hub.enforcement.feeds.size === 1);
    const upstreams = (): unknown[] => hub.enforcement.requests.filter(({ query: sent }) => sent.includes('logged')).map(({ variables }) => variables?.['hub_after']);
    const before = upstreams().length;
    if (form === 'in process') hub.enforcement.cut();
    else for (const socket of hub.served('enforcement').sockets.clients) socket.terminate();
    hub.enforcement.write({ id: '1' });
    await until('it is open again', () => upstreams().length > before && hub.enforcement.feeds.size === 1);
    hub.enforcement.write({ id: '1' });
    await until('all', () => events(peer).length === 5);
    expect(events(peer)).toEqual(expected(3, 7));
    expect(upstreams().slice(before)).toEqual(['c5']);
  });

  it('shares its upstream with who comes from another place', async () => {
    hub.enforcement.write({ id: '1' });
    const [first, second] = [await open(), await open()];
    first.subscribe('s', roots['a named fragment']);
    await until('it is open', () => hub.enforcement.feeds.size === 1);
    second.subscribe('s', roots['a named fragment'], { after: 'c0' });
    await until('the second has the past', () => events(second).length === 1);
    hub.enforcement.write({ id: '1' });
    await until('both have it', () => events(first).length === 1 && events(second).length === 2);
    expect(events(second)).toEqual(expected(1, 2));
    await until('one upstream is left', () => hub.enforcement.feeds.size === 1);
  });

  it.each([
    'subscription ($yes: Boolean = true) { logged @include(if: $yes) { n } }',
    'subscription ($yes: Boolean!) { logged @include(if: $yes) { n } }',
    'subscription { logged @include(if: true) { n } }',
    'subscription { logged @skip(if: false) { n } }',
    'subscription { logged @skip(if: true) { n } }',
    'subscription { logged @include(if: false) { n } }',
    'subscription ($yes: Boolean = true) { ... @include(if: $yes) { logged { n } } }',
    'subscription ($no: Boolean = false) { ...Log @skip(if: $no) } fragment Log on Subscription { logged { n } }',
    'subscription ($yes: Boolean = true) { ...Log } fragment Log on Subscription { ... on Subscription { logged @include(if: $yes) { n } } }',
    'subscription { ...Log @include(if: true) } fragment Log on Subscription { logged { n } }',
  ])('refuses conditions on the way to it, and says so: %s', async (query) => {
    const peer = await open();
    peer.subscribe('s', query, { yes: true });
    await until('a word', () => peer.of('s').length > 0);
    expect(peer.of('s')).toEqual([{
      id: 's', type: 'error', payload: [expect.objectContaining({
        message: 'This subscription cannot be served: it needs one root field, without @skip and @include', extensions: { code: 'GRAPHQL_VALIDATION_FAILED', kind: 'BAD_USER_INPUT' },
      })],
    }]);
    expect(hub.enforcement.feeds.size).toBe(0);
    expect(hub.lines.filter((line) => /"level":(50|60|"error")/.test(line))).toEqual([]);
  });
});
