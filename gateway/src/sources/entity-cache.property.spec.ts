import { type AgencyReader, type Principal, publicReader, systemClock } from '@casebridge/kernel';
import { createMetrics, silentLogger } from '@casebridge/platform';
import { type Arbitrary, assert, asyncProperty, array, constantFrom, integer, oneof, record, constant, type WeightedArbitrary } from 'fast-check';
import { buildSchema, parse } from 'graphql';
import type { HubContext } from '../context';
import type { Fetch, FetchAnswer, FetchSource, OperationRequest } from '../execution/fetch';
import { fetchShape } from '../federation/fetch-shape';
import { testList } from '../testing/cache';
import { EntityCache } from './entity-cache';
import { EntityCacheSource } from './entity-cache-source';

const schema = buildSchema('type Query { firm: Firm } type Firm { uscc: ID! name: String place: Place } type Place { code: ID! name: String }');
const fetchOf = (selection: string): Fetch => {
  const query = `query($representations: [_Any!]!) { _entities(representations: $representations) { ${selection} } }`;
  const document = parse(query);
  return { service: 'inspection', query, document, shape: fetchShape(document) };
};
const withPlace = fetchOf('... on Firm { name place { code name } }');
const alone = fetchOf('... on Firm { name }');

const officerOf = (agency: string, officerId: string): AgencyReader => ({
  kind: 'agency', agency: { code: agency, name: '', nameEn: '', functions: ['DRUG'], regions: [], superior: null }, officerId, roles: ['officer'], scopes: [], purpose: null,
  tokenId: 't', issuedAt: new Date(0), expiresAt: new Date(0),
});
const readers: readonly Principal[] = [publicReader, officerOf('D1', '1'), officerOf('D1', '2'), officerOf('D2', '1')];
const firms = ['A', 'B', 'C'] as const;
const places = ['P', 'Q'] as const;

interface Open {
  /** Takes what the records are now, as a statement would. */
  read(): void;
  finish(): Promise<void>;
}

/**
 * A service with records that change, and readers who see different things of them. An operation sees a record as it first read it, as
 * its loaders do. Answers come when the test says so.
 */
class World {
  readonly versions = new Map<string, number>();
  readonly gone = new Set<string>();
  placeOf = new Map<string, string>([['A', 'P'], ['B', 'Q'], ['C', 'P']]);
  readonly open: Open[] = [];
  readonly untold: [string, string][] = [];
  private readonly loaded = new WeakMap<object, Map<string, unknown>>();

  change(type: string, key: string): void {
    this.versions.set(`${type}:${key}`, (this.versions.get(`${type}:${key}`) ?? 0) + 1);
    this.untold.push([type, key]);
  }

  /** What an uncached gateway answers. */
  answer(fetch: Fetch, asked: readonly string[], { context }: OperationRequest): FetchAnswer {
    const memory = this.loaded.get(context) ?? new Map<string, unknown>();
    this.loaded.set(context, memory);
    const load = <T>(name: string, value: () => T): T => {
      if (!memory.has(name)) memory.set(name, value());
      return memory.get(name) as T;
    };
    const { principal } = context;
    const who = principal.kind === 'public' ? 'public' : principal.agency.code;
    const named = (type: string, key: string): string => `${type}:${key} v${this.versions.get(`${type}:${key}`) ?? 0} for ${who}`;
    return {
      data: {
        _entities: asked.map((uscc) => {
          const firm = load(`Firm:${uscc}`, () => (this.gone.has(uscc) ? null : { name: named('Firm', uscc), place: this.placeOf.get(uscc) as string }));
          if (!firm || fetch === alone) return firm && { name: firm.name };
          return { name: firm.name, place: { code: firm.place, name: load(`Place:${firm.place}`, () => named('Place', firm.place)) } };
        }),
      },
    };
  }

  get source(): FetchSource {
    return {
      fetch: (fetch, { representations }, request) => new Promise((resolve) => {
        const asked = (representations as { uscc: string }[]).map(({ uscc }) => uscc);
        let answer: FetchAnswer | null = null;
        const read = (): void => void (answer ??= this.answer(fetch, asked, request));
        this.open.push({ read, finish: async () => {
          read();
          resolve(answer as FetchAnswer);
          await new Promise((done) => setImmediate(done));
        } });
      }),
    };
  }
}

/** Answers out of an operation's own memory, long after a change, must come up often enough. */
const often = <T>(weight: number, arbitrary: Arbitrary<T>): WeightedArbitrary<T> => ({ weight, arbitrary });
const step = oneof(
  often(3, record({ kind: constant('change' as const), type: constantFrom('Firm', 'Place'), nth: integer({ min: 0, max: 2 }) })),
  often(1, record({ kind: constant('move' as const), firm: constantFrom(...firms), place: constantFrom(...places) })),
  often(1, record({ kind: constant('vanish' as const), firm: constantFrom(...firms) })),
  often(1, record({ kind: constant('appear' as const), firm: constantFrom(...firms) })),
  often(4, record({ kind: constant('tell' as const) })),
  often(6, record({
    kind: constant('ask' as const), fetch: constantFrom(withPlace, alone), reader: constantFrom(...readers.keys()), operation: integer({ min: 0, max: 1 }),
    firms: array(constantFrom(...firms), { minLength: 1, maxLength: 3 }),
  })),
  often(1, record({ kind: constant('read' as const), nth: integer({ min: 0, max: 5 }) })),
  often(6, record({ kind: constant('finish' as const), nth: integer({ min: 0, max: 5 }) })),
  often(1, record({ kind: constant('outage' as const) })),
);

it('a gateway that remembers answers as one that does not, once every change was told, whatever happened at the same time', async () => {
  await assert(asyncProperty(array(step, { maxLength: 60, size: 'large' }), async (steps) => {
    const world = new World();
    const cache = new EntityCache({ megabytes: 1, clock: systemClock, metrics: createMetrics({ defaults: false }), list: testList });
    cache.confirm();
    const cached = new EntityCacheSource({
      source: world.source, service: { name: 'inspection', noteReads: () => Promise.resolve() }, cache, schema, logger: silentLogger,
    });
    const requestOf = (reader: number): OperationRequest =>
      ({ clientOperation: null, context: { principal: readers[reader], requestId: 'r', receivedAt: new Date(0) } as HubContext });
    const asking = (fetch: Fetch, asked: readonly string[], request: OperationRequest): Promise<FetchAnswer> =>
      cached.fetch(fetch, { representations: asked.map((uscc) => ({ __typename: 'Firm', uscc })) }, request);
    const operations = new Map<string, OperationRequest>();
    const tell = (): void => {
      const [next] = world.untold.splice(0, 1);
      if (next) cache.invalidate(...next);
    };
    const finish = async (nth: number): Promise<void> => {
      const [call] = world.open.splice(nth % Math.max(1, world.open.length), 1);
      await call?.finish();
    };

    for (const one of steps) {
      switch (one.kind) {
        case 'change': world.change(one.type, (one.type === 'Firm' ? firms[one.nth] : places[one.nth % 2]) as string); break;
        case 'move': world.placeOf.set(one.firm, one.place); world.change('Firm', one.firm); break;
        case 'vanish': world.gone.add(one.firm); world.change('Firm', one.firm); break;
        case 'appear': world.gone.delete(one.firm); break; // nobody tells of what is new
        case 'tell': tell(); break;
        case 'ask': {
          const name = `${one.operation}/${one.reader}`;
          const request = operations.get(name) ?? requestOf(one.reader);
          operations.set(name, request);
          void asking(one.fetch, one.firms, request);
          await new Promise((done) => setImmediate(done));
          break;
        }
        case 'read': world.open[one.nth % Math.max(1, world.open.length)]?.read(); break;
        case 'finish': await finish(one.nth); break;
        case 'outage':
          // What is told meanwhile is not heard; the feed begins anew at the end of the log.
          cache.switchOff();
          world.untold.length = 0;
          cache.confirm();
          break;
      }
    }
    while (world.untold.length > 0) tell();
    while (world.open.length > 0) await finish(0);

    for (const reader of readers.keys()) for (const fetch of [withPlace, alone]) {
      const answer = asking(fetch, firms, requestOf(reader));
      await new Promise((done) => setImmediate(done));
      while (world.open.length > 0) await finish(0);
      expect((await answer).data).toEqual(world.answer(fetch, firms, requestOf(reader)).data);
    }
  }), { numRuns: 400 });
}, 60_000);
