import { type AgencyReader, type Principal, publicReader, systemClock } from '@casebridge/kernel';
import { createMetrics, maxNotedRecords, type ReadsNote, silentLogger } from '@casebridge/platform';
import { buildSchema, type GraphQLFormattedError, parse } from 'graphql';
import type { HubContext } from '../context';
import type { Variables } from '../execution/conditions';
import type { Fetch, FetchAnswer, FetchSource, OperationRequest } from '../execution/fetch';
import { fetchShape } from '../federation/fetch-shape';
import { testList } from '../testing/cache';
import { EntityCache } from './entity-cache';
import { EntityCacheSource } from './entity-cache-source';

const schema = buildSchema(`
  type Query { firm: Firm }
  type Firm { uscc: ID! name: String place: Place secret: String }
  type Place { code: ID! name: String }
`);
function fetchOf(selection: string, service = 'inspection'): Fetch {
  const query = `query One__inspection__1($representations: [_Any!]!, $a: Boolean) { _entities(representations: $representations) { ${selection} } }`;
  const document = parse(query);
  return { service, query, document, shape: fetchShape(document) };
}
const names = fetchOf('... on Firm { name place { code } }');
const firm = (uscc: string) => ({ __typename: 'Firm', uscc });

const officer = (agency: string, officerId: string, more: Partial<AgencyReader> = {}): AgencyReader => ({
  kind: 'agency', agency: { code: agency, name: '', nameEn: '', functions: ['DRUG'], regions: ['210000'], superior: null }, officerId, roles: ['officer'], scopes: [], purpose: 'test',
  tokenId: `${officerId}-t`, issuedAt: new Date(0), expiresAt: new Date(0), ...more,
});
let requests = 0;
const requestOf = (principal: Principal = publicReader, clientOperation: string | null = null): OperationRequest => ({
  clientOperation, context: { principal, requestId: `r${(requests += 1)}`, receivedAt: new Date(0) } as HubContext,
});

/** A service that answers each firm with its name and the number of the call; null for `none`, an error for `bad`. */
function started(options: { readonly on?: boolean; readonly megabytes?: number } = {}) {
  const calls: { readonly asked: string[]; readonly request: OperationRequest }[] = [];
  const notes: ReadsNote[] = [];
  const state = { down: false, noting: true, broken: false, answers: null as FetchAnswer | null };
  const source: FetchSource = {
    fetch: (fetch: Fetch, variables: Variables, request) => {
      const asked = ((variables['representations'] ?? []) as { uscc: string }[]).map(({ uscc }) => uscc);
      calls.push({ asked, request });
      if (state.answers) return Promise.resolve(state.answers);
      const placed = (i: number, code: string): GraphQLFormattedError => ({ message: code, path: ['_entities', i, 'name'], extensions: { code } });
      if (state.down) return Promise.resolve({ data: null, errors: asked.map((_, i) => placed(i, 'SERVICE_UNAVAILABLE')) });
      const entities = asked.map((uscc) => (uscc === 'none' || uscc === 'bad' ? null : { name: `${uscc}/${calls.length}`, place: { code: `P-${uscc}` } }));
      if (state.broken) entities.pop();
      const errors = asked.flatMap((uscc, i) => (uscc === 'bad' ? [placed(i, 'NO')] : []));
      return Promise.resolve({ data: fetch.shape.kind === 'entities' ? { _entities: entities } : { done: true }, ...(errors.length > 0 ? { errors } : {}) });
    },
  };
  const service = {
    name: 'inspection',
    noteReads: async (note: ReadsNote) => {
      notes.push(note);
      if (!state.noting) throw new Error('the log is full');
    },
  };
  const metrics = createMetrics({ defaults: false });
  const cache = new EntityCache({ megabytes: options.megabytes ?? 1, clock: systemClock, metrics, list: testList });
  if (options.on !== false) cache.confirm();
  const cached = new EntityCacheSource({ source, service, cache, schema, logger: silentLogger });
  const ask = (usccs: readonly string[], request = requestOf(), fetch = names, variables: Variables = {}): Promise<FetchAnswer> =>
    cached.fetch(fetch, { ...variables, representations: usccs.map(firm) }, request);
  return { ask, cache, cached, calls, notes, state, asked: () => calls.map((call) => call.asked), text: async () => (await metrics.render()).body };
}
const namesOf = ({ data }: FetchAnswer): unknown => (data?.['_entities'] as ({ name: string } | null)[] | null)?.map((entity) => entity?.name ?? null);

describe('a fetch of entities', () => {
  it('is answered from memory where it can be, in the order of the question', async () => {
    const { ask, asked } = started();
    expect(namesOf(await ask(['A', 'B']))).toEqual(['A/1', 'B/1']);
    const again = await ask(['B', 'C', 'A']);
    expect(namesOf(again)).toEqual(['B/1', 'C/2', 'A/1']);
    expect(again.shared).toBe(true);
    expect(namesOf(await ask(['A', 'C']))).toEqual(['A/1', 'C/2']);
    expect(asked()).toEqual([['A', 'B'], ['C']]);
  });

  it('says since when it is remembered, and nothing where it is not', async () => {
    const { ask } = started();
    expect((await ask(['A'])).asOf).toBeUndefined();
    const before = Date.now();
    expect((await ask(['A', 'B'])).asOf?.getTime()).toBeLessThanOrEqual(before);
  });

  it('goes to the service with what it is told of an entity that is not there, and with errors at their places', async () => {
    const { ask, asked } = started();
    await ask(['A', 'none']);
    const answer = await ask(['A', 'bad', 'none', 'A2', 'bad']);
    expect(namesOf(answer)).toEqual(['A/1', null, null, 'A2/2', null]);
    expect(answer.errors?.map(({ path }) => path)).toEqual([['_entities', 1, 'name'], ['_entities', 4, 'name']]);
    expect(answer.errors?.[0]).toEqual({ message: 'NO', path: ['_entities', 1, 'name'], extensions: { code: 'NO' } });
    // Nothing of an answer with errors is remembered, and nothing of what was not there.
    await ask(['A2', 'none']);
    expect(asked()).toEqual([['A', 'none'], ['bad', 'none', 'A2', 'bad'], ['A2', 'none']]);
  });

  it('keeps what is remembered when the service does not answer the rest', async () => {
    const { ask, state } = started();
    await ask(['A']);
    state.down = true;
    const answer = await ask(['B', 'A']);
    expect(namesOf(answer)).toEqual([null, 'A/1']);
    expect(answer.errors).toEqual([{ message: 'SERVICE_UNAVAILABLE', path: ['_entities', 0, 'name'], extensions: { code: 'SERVICE_UNAVAILABLE' } }]);
    expect(answer.asOf).toBeInstanceOf(Date);
  });

  it('is worth nothing where the service answers another number than it was asked for', async () => {
    const { ask, state } = started();
    await ask(['A']);
    state.broken = true;
    expect((await ask(['A', 'B', 'C'])).data).toEqual({ _entities: null });
    expect((await ask(['D'])).data).toEqual({ _entities: [] });
    state.broken = false;
    expect(namesOf(await ask(['B', 'C', 'D']))).toEqual(['B/4', 'C/4', 'D/4']);
    state.answers = { data: { _entities: 'x' } };
    expect((await ask(['A', 'E'])).data).toEqual({ _entities: null });
    state.answers = { data: null, errors: [{ message: 'no', path: [] }] };
    expect(await ask(['A', 'E'])).toMatchObject({ data: { _entities: [{ name: 'A/1' }, null] }, errors: [{ message: 'no', path: [] }] });
  });

  it.each<[string, Fetch, Variables]>([
    ['something that is not on the list', fetchOf('... on Firm { name secret }'), {}],
    ['another service', fetchOf('... on Firm { name }', 'credit'), {}],
    ['root fields', { ...names, shape: fetchShape(parse('{ firm { name } }')) }, {}],
  ])('is asked each time when it is of %s', async (_, fetch, variables) => {
    const { ask, calls } = started();
    for (let n = 0; n < 2; n += 1) await ask(['A'], requestOf(), fetch, variables);
    expect(calls).toHaveLength(2);
  });

  it('is another one with other variables, another selection or another representation', async () => {
    const { ask, asked, cached } = started();
    const conditional = fetchOf('... on Firm { name @include(if: $a) }');
    for (let n = 0; n < 2; n += 1) {
      await ask(['A'], requestOf(), conditional, { a: true });
      await ask(['A'], requestOf(), conditional, { a: false });
      await ask(['A']);
      await cached.fetch(names, { representations: [{ ...firm('A'), extra: 1 }] }, requestOf());
    }
    expect(asked()).toHaveLength(4);
  });

  it('is not known of types that the fetch does not name', async () => {
    const { cached, calls } = started();
    const odd = { representations: [{ __typename: 'Place', uscc: 'A' }, { __typename: 'Firm' }] };
    for (let n = 0; n < 2; n += 1) await cached.fetch(names, odd, requestOf());
    expect(calls).toHaveLength(2);
  });

  it('reads from the service while changes are not known', async () => {
    const { ask, cache, calls, text } = started({ on: false });
    for (let n = 0; n < 2; n += 1) await ask(['A']);
    cache.confirm();
    await ask(['A']);
    await ask(['A']);
    cache.switchOff();
    await ask(['A']);
    expect(calls).toHaveLength(4);
    expect(await text()).toContain('casebridge_entity_cache_passed_total{reason="off"} 3');
  });

  it('reads from the service after an act of the same operation, of whatever service', async () => {
    const { ask, cached, calls, text } = started();
    await ask(['A']);
    const act = requestOf();
    const mutation = parse('mutation { decide { done } }');
    await cached.fetch({ service: 'inspection', query: 'mutation { decide { done } }', document: mutation, shape: fetchShape(mutation) }, {}, act);
    expect(namesOf(await ask(['A'], act))).toEqual(['A/3']);
    expect(namesOf(await ask(['A']))).toEqual(['A/1']);
    expect(calls).toHaveLength(3);
    expect(await text()).toContain('reason="act"} 1');
  });

  it('counts', async () => {
    const { ask, text } = started();
    await ask(['A', 'B']);
    await ask(['A', 'C']);
    expect(await text()).toMatch(/entity_cache_total\{type="Firm",result="miss"\} 3[^]*result="hit"\} 1/);
  });
});

describe('readers', () => {
  const base = officer('D1', '1');
  it.each<[string, Principal, boolean]>([
    ['an officer beside him', officer('D1', '2'), true],
    ['the same with another token', officer('D1', '1', { tokenId: 'other', expiresAt: new Date(9) }), true],
    ['the public', publicReader, false],
    ['another agency', officer('D2', '1'), false],
    ['another function', officer('D1', '1', { agency: { ...base.agency, functions: ['DRUG', 'MARKET'] } }), false],
    ['another region', officer('D1', '1', { agency: { ...base.agency, regions: ['310000'] } }), false],
    ['another superior', officer('D1', '1', { agency: { ...base.agency, superior: 'D9' } }), false],
    ['another role', officer('D1', '1', { roles: ['auditor'] }), false],
    ['another scope', officer('D1', '1', { scopes: ['adr:identity'] }), false],
    ['another purpose', officer('D1', '1', { purpose: 'other' }), false],
  ])('share what is remembered, or not: %s', async (_, other, shares) => {
    const { ask, calls } = started();
    await ask(['A'], requestOf(base));
    expect(namesOf(await ask(['A'], requestOf(other)))).toEqual([shares ? 'A/1' : 'A/2']);
    expect(namesOf(await ask(['A'], requestOf(base)))).toEqual(['A/1']);
    expect(calls).toHaveLength(shares ? 1 : 2);
  });
});

describe('what is read from memory', () => {
  it('is noted for the officer, with all that it shows of other records, once per fetch', async () => {
    const { ask, notes } = started();
    await ask(['A', 'B'], requestOf(officer('D1', '1')));
    expect(notes).toEqual([]);
    const request = requestOf(officer('D1', '2'), 'ListOfFirms');
    await ask(['B', 'C', 'A'], request);
    expect(notes).toEqual([{
      records: ['Firm:B', 'Place:P-B', 'Firm:A', 'Place:P-A'], query: names.query, document: names.document, clientOperation: 'ListOfFirms',
      principal: request.context.principal, requestId: request.context.requestId, receivedAt: request.context.receivedAt, scope: request.context,
    }]);
  });

  it('is not noted for the public', async () => {
    const { ask, notes } = started();
    for (let n = 0; n < 2; n += 1) await ask(['A']);
    expect(notes).toEqual([]);
  });

  it('is shown only when the note is durable; else the service is asked for everything', async () => {
    const { ask, asked, state, text } = started();
    await ask(['A'], requestOf(officer('D1', '1')));
    state.noting = false;
    expect(namesOf(await ask(['A'], requestOf(officer('D1', '1'))))).toEqual(['A/2']);
    expect(namesOf(await ask(['A', 'B'], requestOf(officer('D1', '1'))))).toEqual(['A/4', 'B/4']);
    expect(asked()).toEqual([['A'], ['A'], ['B'], ['A', 'B']]);
    expect(await text()).toContain('reason="not noted"} 2');
  });

  it('waits for the note', async () => {
    const { cache, calls } = started();
    let durable: () => void = () => undefined;
    const service = { name: 'inspection', noteReads: () => new Promise<void>((resolve) => (durable = resolve)) };
    const source: FetchSource = { fetch: () => Promise.resolve({ data: { _entities: [{ name: 'x', place: null }] } }) };
    const waiting = new EntityCacheSource({ source, service, cache, schema, logger: silentLogger });
    const ask = () => waiting.fetch(names, { representations: [firm('A')] }, requestOf(officer('D1', '1')));
    await ask();
    let shown = false;
    const answer = ask().then(() => (shown = true));
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(shown).toBe(false);
    durable();
    await answer;
    expect(calls).toEqual([]);
  });

  it('is asked for where it is too much for a note, or the service notes nothing', async () => {
    const { ask, calls, notes } = started({ megabytes: 64 });
    const reader = (): OperationRequest => requestOf(officer('D1', '1'));
    const many = Array.from({ length: maxNotedRecords / 2 + 1 }, (_, i) => `U${i}`); // two records each
    for (let n = 0; n < 2; n += 1) await ask(many, reader());
    expect([calls.length, notes.length]).toEqual([2, 0]);
    await ask(many.slice(1), reader());
    expect([calls.length, notes.length]).toEqual([2, 1]);
    const { cache } = started();
    const source: FetchSource = { fetch: () => Promise.resolve({ data: { _entities: [{ name: 'x', place: null }] } }) };
    const spy = jest.spyOn(source, 'fetch');
    const mute = new EntityCacheSource({ source, service: { name: 'inspection' }, cache, schema, logger: silentLogger });
    for (let n = 0; n < 2; n += 1) await mute.fetch(names, { representations: [firm('A')] }, reader());
    expect(spy).toHaveBeenCalledTimes(2);
  });
});
