import { type Logger, maxNotedRecords, type ServicePort } from '@casebridge/platform';
import type { GraphQLFormattedError, GraphQLSchema } from 'graphql';
import type { Variables } from '../execution/conditions';
import type { Fetch, FetchAnswer, FetchSource, OperationRequest } from '../execution/fetch';
import { isObject, type Json } from '../execution/merge';
import { type CachePlan, cachePlanOf } from './cache-plan';
import type { CachedEntity, EntityCache, Moment } from './entity-cache';
import { readerClass } from './reader-key';

export interface EntityCacheSourceOptions {
  /** Whom to ask for what is not remembered. */
  readonly source: FetchSource;
  readonly service: Pick<ServicePort, 'name' | 'noteReads'>;
  readonly cache: EntityCache;
  /** Of the whole supergraph. */
  readonly schema: GraphQLSchema;
  readonly logger: Logger;
}

/** One entity of a fetch. */
interface Asked {
  /** Null: of a type that the plan does not know. */
  readonly key: string | null;
  readonly representation: Json;
  readonly known: CachedEntity | null;
}

/**
 * Answers fetches of entities out of the cache where it can, and asks the service for the rest.
 *
 * What is shown depends on the reader only by what his agency is (`readerClass`), without the officer: all that the allow list names is
 * open to all agencies alike, so there is no seal, exclusion or grant on it that could be an officer's own. Whatever is read is noted for
 * the officer all the same, by the service, before it is shown. Operations that write read from the service.
 */
export class EntityCacheSource implements FetchSource {
  private readonly plans = new WeakMap<Fetch, { readonly plan: CachePlan | null }>();

  constructor(private readonly options: EntityCacheSourceOptions) {}

  async fetch(fetch: Fetch, variables: Variables, request: OperationRequest): Promise<FetchAnswer> {
    const { cache, source } = this.options;
    const operation = cache.operation(request.context);
    if (fetch.shape.kind === 'mutation') operation.writes = true;
    const plan = fetch.shape.kind === 'entities' ? this.planOf(fetch) : null;
    const { representations, ...others } = variables;
    if (!plan || !Array.isArray(representations)) return source.fetch(fetch, variables, request);
    if (operation.writes || !cache.isOn) {
      cache.figures.passed(operation.writes ? 'act' : 'off');
      return source.fetch(fetch, variables, request);
    }
    const asked = this.look(plan, `${readerClass(request.context.principal)} ${JSON.stringify(others)}`, representations as readonly Json[]);
    const known = asked.flatMap((one) => one.known ?? []);
    if (known.length === 0) return this.keep(plan, asked, await source.fetch(fetch, variables, request), operation.moment);

    const missing = asked.flatMap(({ known: entry }, place) => (entry ? [] : [place]));
    const rest = missing.map((place) => asked[place] as Asked);
    const [noted, fresh] = await Promise.all([
      this.note(fetch, request, known),
      rest.length === 0
        ? null
        : source.fetch(fetch, { ...variables, representations: rest.map(({ representation }) => representation) }, request)
          .then((answer) => this.keep(plan, rest, answer, operation.moment)),
    ]);
    if (noted) return together(asked, missing, fresh);
    cache.figures.passed('not noted');
    return source.fetch(fetch, variables, request);
  }

  private planOf(fetch: Fetch): CachePlan | null {
    const made = this.plans.get(fetch) ?? { plan: cachePlanOf(fetch, this.options.schema, this.options.cache.list) };
    this.plans.set(fetch, made);
    return made.plan;
  }

  private look(plan: CachePlan, reader: string, representations: readonly Json[]): Asked[] {
    const { cache } = this.options;
    return representations.map((representation) => {
      const own = plan.keyOf(representation);
      if (!own) return { key: null, representation, known: null };
      const key = `${plan.digest} ${reader} ${JSON.stringify(representation)}`;
      const known = cache.get(key) ?? null;
      cache.figures.asked(own.type, known ? 'hit' : 'miss');
      return { key, representation, known };
    });
  }

  /** Remembers an answer that is whole; one with errors is told and forgotten. */
  private keep(plan: CachePlan, asked: readonly Asked[], answer: FetchAnswer, began: Moment): FetchAnswer {
    const entities = answer.data?.['_entities'];
    if (answer.errors?.length || !Array.isArray(entities) || entities.length !== asked.length) return answer;
    for (const [i, { key, representation }] of asked.entries()) {
      const entity: unknown = entities[i];
      // What is not there, or not for this reader, may be there in a moment, and nobody tells.
      if (key === null || !isObject(entity)) continue;
      const shows = plan.showsOf(representation, entity);
      if (shows) this.options.cache.put(key, entity, shows, began);
    }
    return answer;
  }

  /** False when it is not certain that the reading is in the access log. The public has none. */
  private async note(fetch: Fetch, { clientOperation, context }: OperationRequest, known: readonly CachedEntity[]): Promise<boolean> {
    const { logger, service } = this.options;
    const { principal, receivedAt, requestId } = context;
    if (principal.kind !== 'agency') return true;
    const records = [...new Set(known.flatMap(({ shows }) => shows.read))];
    if (records.length === 0) return true;
    if (records.length > maxNotedRecords || !service.noteReads) return false;
    try {
      await service.noteReads({ query: fetch.query, document: fetch.document, records, clientOperation, principal, receivedAt, requestId, scope: context });
      return true;
    } catch (err) {
      logger.warn({ err, service: service.name, requestId }, 'a reading could not be noted: the service is asked itself');
      return false;
    }
  }
}

/** What was remembered and what the service answered beside it, in the order of the question. */
function together(asked: readonly Asked[], missing: readonly number[], fresh: FetchAnswer | null): FetchAnswer {
  const asOf = asked.reduce<Date | undefined>((first, { known }) => (known && (!first || known.readAt < first) ? known.readAt : first), undefined);
  const from = { shared: true, ...(asOf ? { asOf } : {}) };
  if (!fresh) return { ...from, data: { _entities: asked.map(({ known }) => known?.entity ?? null) } };
  const errors = fresh.errors?.map((error) => atItsPlace(error, missing));
  const answered = fresh.data?.['_entities'];
  // Of an answer with another number of entities nobody knows which is whose; where there is none at all, what is remembered stands.
  const isBroken = fresh.data != null && !(Array.isArray(answered) && answered.length === missing.length);
  const entities: unknown[] = asked.map(({ known }) => known?.entity ?? null);
  if (fresh.data != null && Array.isArray(answered)) for (const [i, place] of missing.entries()) entities[place] = answered[i];
  return { ...from, data: { _entities: isBroken ? null : entities }, ...(errors?.length ? { errors } : {}) };
}

function atItsPlace(error: GraphQLFormattedError, missing: readonly number[]): GraphQLFormattedError {
  const [root, index, ...below] = error.path ?? [];
  if (typeof index !== 'number' || missing[index] === undefined) return error;
  return { message: error.message, path: [root as string, missing[index], ...below], ...(error.extensions ? { extensions: error.extensions } : {}) };
}
