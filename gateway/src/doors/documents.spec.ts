import { createHash } from 'node:crypto';
import { TrustedDocuments } from '../documents';
import { buildManifest } from '../documents/trusted';
import { type Answer, ask, carriers, codesOf, until } from '../testing/carriers';
import { agencies, startTestHub, type TestHub } from '../testing/test-hub';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const persisted = (text: string, version = 1) => ({ persistedQuery: { version, sha256Hash: sha256(text) } });
const known = 'query Known($id: ID!) { case(id: $id) { no } }';
const live = 'subscription Live { decided { n } }';
const trusted = new TrustedDocuments(buildManifest([{ name: 'known', text: known }, { name: 'live', text: live }, { name: 'open', text: 'query Open { cases { no } }' }]));

describe.each(carriers)('documents by %s', (carrier) => {
  let hub: TestHub;
  beforeAll(async () => {
    hub = await startTestHub('in process', { gateway: { trusted } });
  });
  afterAll(() => hub.stop());
  const statusIn = ({ status }: Answer): unknown => (carrier === 'POST' || carrier === 'GET' ? status : null);
  const inHttp = (status: number): unknown => (carrier === 'POST' || carrier === 'GET' ? status : null);

  it('are found by their hash after they were sent with it once', async () => {
    const query = `query ByHash { case(id: "1") { no } } # ${carrier}`;
    const before = await ask(hub, carrier, { extensions: persisted(query) });
    expect([codesOf(before), before.body.errors?.[0]?.message, statusIn(before)]).toEqual([['PERSISTED_QUERY_NOT_FOUND'], 'PersistedQueryNotFound', inHttp(200)]);
    const sent = await ask(hub, carrier, { query, extensions: persisted(query) });
    const found = await ask(hub, carrier, { extensions: persisted(query) });
    expect([sent.body, found.body]).toEqual([{ data: { case: { no: 'A-1' } } }, { data: { case: { no: 'A-1' } } }]);
  });

  it('are not kept when they are not good, nor under another hash', async () => {
    const bad = `{ nothingOfTheKind } # ${carrier}`;
    expect(codesOf(await ask(hub, carrier, { query: bad, extensions: persisted(bad) }))).toEqual(['GRAPHQL_VALIDATION_FAILED']);
    expect(codesOf(await ask(hub, carrier, { extensions: persisted(bad) }))).toEqual(['PERSISTED_QUERY_NOT_FOUND']);
    const other = await ask(hub, carrier, { query: '{ who }', extensions: persisted('{ cases { no } }') });
    expect([codesOf(other), statusIn(other)]).toEqual([['BAD_REQUEST'], inHttp(400)]);
    expect(codesOf(await ask(hub, carrier, { query: '{ who }', extensions: persisted('{ who }', 2) }))).toEqual(['BAD_REQUEST']);
  });

  it('are found by the id of a trusted document, with or without its prefix', async () => {
    for (const documentId of [`sha256:${sha256(known)}`, sha256(known)]) {
      expect((await ask(hub, carrier, { documentId, variables: { id: '3' } })).body).toEqual({ data: { case: { no: 'A-3' } } });
    }
    expect(codesOf(await ask(hub, carrier, { documentId: 'sha256:1234' }))).toEqual(['BAD_REQUEST']);
    expect(codesOf(await ask(hub, carrier, { documentId: `sha256:${sha256('{ who }')}` }))).toEqual(['PERSISTED_QUERY_NOT_FOUND']);
    expect(codesOf(await ask(hub, carrier, { documentId: sha256(known), query: known }))).toEqual(['BAD_REQUEST']);
  });
});

describe.each(carriers)('a strict door by %s', (carrier) => {
  let hub: TestHub;
  let token: string;
  beforeAll(async () => {
    hub = await startTestHub('in process', { gateway: { trusted, strictDoors: ['hub'] } });
    token = await hub.token(agencies.drug);
  });
  afterAll(() => hub.stop());

  it('answers trusted documents, by their text and by their hash', async () => {
    const answer = { data: { case: { no: 'A-1' } } };
    expect((await ask(hub, carrier, { query: known, variables: { id: '1' } }, { token })).body).toEqual(answer);
    expect((await ask(hub, carrier, { documentId: sha256(known), variables: { id: '1' } }, { token })).body).toEqual(answer);
    expect((await ask(hub, carrier, { extensions: persisted(known), variables: { id: '1' } }, { token })).body).toEqual(answer);
  });

  it('answers nothing else, whoever asks and however it is asked for', async () => {
    for (const asked of [{ query: '{ who }' }, { query: `${known} `, variables: { id: '1' } }, { query: '{ who }', extensions: persisted('{ who }') }]) {
      const refused = await ask(hub, carrier, asked, { token });
      expect(codesOf(refused)).toEqual(['DOCUMENT_NOT_TRUSTED']);
      if (carrier === 'POST' || carrier === 'GET') expect(refused.status).toBe(403);
    }
    expect(codesOf(await ask(hub, carrier, { extensions: persisted('{ who }') }, { token }))).toEqual(['PERSISTED_QUERY_NOT_FOUND']);
    expect(hub.enforcement.requests.some(({ query }) => query.includes('who'))).toBe(false);
  });

  it('leaves the other door open', async () => {
    if (carrier === 'WebSocket') return;
    expect((await ask(hub, carrier, { query: '{ cases { no } }' }, { path: '/public/graphql' })).body.data).toEqual({ cases: expect.anything() });
  });
});

it('a live stream is found by the id of its document too', async () => {
  const hub = await startTestHub('in process', { gateway: { trusted, strictDoors: ['hub'] } });
  const token = await hub.token(agencies.drug);
  try {
    for (const carrier of ['WebSocket', 'server-sent events'] as const) {
      const first = firstEvent(hub, carrier, token);
      await until('the stream is open', () => hub.enforcement.feeds.size === 1);
      hub.enforcement.push({ decided: { n: 7, id: '1' } });
      expect(await first).toEqual({ data: { decided: { n: 7 } } });
      await until('the stream is closed', () => hub.enforcement.feeds.size === 0);
    }
  } finally {
    await hub.stop();
  }
});

const firstEvent = async (hub: TestHub, carrier: 'WebSocket' | 'server-sent events', token: string): Promise<unknown> => {
  if (carrier === 'WebSocket') return (await ask(hub, carrier, { documentId: sha256(live) }, { token })).body;
  const gone = new AbortController();
  const { body } = await fetch(`${hub.gateway.url}/graphql`, {
    method: 'POST', signal: gone.signal, headers: { 'content-type': 'application/json', accept: 'text/event-stream', authorization: `Bearer ${token}` },
    body: JSON.stringify({ documentId: sha256(live) }),
  });
  const reader = body!.getReader();
  for (let text = ''; ; ) {
    text += Buffer.from((await reader.read()).value!).toString();
    const event = /^event: next\ndata: (.*)\n\n/m.exec(text)?.[1];
    if (event === undefined) continue;
    gone.abort();
    return JSON.parse(event);
  }
};
