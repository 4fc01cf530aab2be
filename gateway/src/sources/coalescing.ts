import { maxAlsoFor } from '@casebridge/platform';
import type { GraphQLFormattedError } from 'graphql';
import type { Fetch, FetchAnswer, FetchSource, OperationRequest } from '../execution/fetch';
import type { Variables } from '../execution/conditions';
import type { Json } from '../execution/merge';
import { readerKey } from './reader-key';

interface Member {
  readonly request: OperationRequest;
  /** Index in the batch of each representation that the member asked for. */
  readonly places: readonly number[];
  readonly resolve: (answer: FetchAnswer) => void;
}

interface Batch {
  readonly fetch: Fetch;
  readonly variables: Variables;
  readonly representations: Json[];
  readonly indexes: Map<string, number>;
  readonly members: Member[];
}

/** More entities than this go in a batch of their own. */
const maxBatch = 1_000;

/**
 * Fetches of entities that several requests of one reader put to a service in the same turn of the event loop go as one. Equal
 * entities are asked for once; every request gets its own part of the answer, errors included.
 */
export class CoalescingSource implements FetchSource {
  private readonly open = new Map<string, Map<string, Batch>>();
  private underWay = 0;

  constructor(private readonly source: FetchSource) {}

  async fetch(fetch: Fetch, variables: Variables, request: OperationRequest): Promise<FetchAnswer> {
    this.underWay += 1;
    try {
      // Alone there is nobody to wait for.
      if (fetch.shape.kind !== 'entities' || this.underWay === 1) return await this.source.fetch(fetch, variables, request);
      return await this.join(fetch, variables, request);
    } finally {
      this.underWay -= 1;
    }
  }

  private join(fetch: Fetch, variables: Variables, request: OperationRequest): Promise<FetchAnswer> {
    const { representations, ...others } = variables as { representations: Json[] };
    const key = `${readerKey(request.context.principal)}\n${request.clientOperation ?? ''}\n${JSON.stringify(others)}`;
    let batches = this.open.get(fetch.query);
    if (!batches) this.open.set(fetch.query, (batches = new Map<string, Batch>()));
    let batch = batches.get(key);
    if (!batch || batch.members.length > maxAlsoFor || batch.representations.length + representations.length > maxBatch) {
      batch = { fetch, variables: others, representations: [], indexes: new Map(), members: [] };
      const started = batch;
      batches.set(key, started);
      setImmediate(() => {
        if (batches.get(key) === started) batches.delete(key);
        if (batches.size === 0 && this.open.get(fetch.query) === batches) this.open.delete(fetch.query);
        void this.send(started);
      });
    }
    const own = batch;
    return new Promise((resolve) => own.members.push({ request, resolve, places: representations.map((one) => indexIn(own, one)) }));
  }

  private async send({ fetch, members, representations, variables }: Batch): Promise<void> {
    const [first, ...others] = members;
    if (!first) return;
    // Loaders and the list of what was read belong to the batch, not to one of those who share it.
    const request: OperationRequest = others.length === 0
      ? first.request
      : { ...first.request, context: { ...first.request.context }, alsoFor: others.map((member) => member.request.context.requestId) };
    const answer = await this.source.fetch(fetch, { ...variables, representations }, request);
    for (const member of members) member.resolve(others.length === 0 && isWhole(member, representations) ? answer : partOf(answer, member, representations.length));
  }
}

function indexIn(batch: Batch, representation: Json): number {
  const text = JSON.stringify(representation);
  const known = batch.indexes.get(text);
  if (known !== undefined) return known;
  const index = batch.representations.push(representation) - 1;
  batch.indexes.set(text, index);
  return index;
}

const isWhole = ({ places }: Member, representations: readonly Json[]): boolean =>
  places.length === representations.length && places.every((place, i) => place === i);

function partOf({ data, errors }: FetchAnswer, { places }: Member, asked: number): FetchAnswer {
  const own = errors?.flatMap((error) => errorsFor(error, places));
  return {
    shared: true,
    ...(data ? { data: { _entities: ownEntities(data['_entities'], places, asked) } } : { data: null }),
    ...(own && own.length > 0 ? { errors: own } : {}),
  };
}

/** Null where the service answered with another number than it was asked for: nobody knows which is whose. */
const ownEntities = (entities: unknown, places: readonly number[], asked: number): unknown[] | null =>
  Array.isArray(entities) && entities.length === asked ? places.map((place) => entities[place] as unknown) : null;

/** An error of one entity is told to those who asked for it, at its place in their list; any other to all. */
function errorsFor(error: GraphQLFormattedError, places: readonly number[]): GraphQLFormattedError[] {
  const [root, index, ...below] = error.path ?? [];
  if (typeof index !== 'number') return [error];
  return places.flatMap((place, i) => (place === index ? [{ message: error.message, path: [root as string, i, ...below], ...(error.extensions ? { extensions: error.extensions } : {}) }] : []));
}
