import type { FetchDataRewrite, FetchNode } from '@apollo/query-planner';
import { type DocumentNode, GraphQLError, type GraphQLFormattedError, type GraphQLSchema, parse } from 'graphql';
import type { HubContext } from '../context';
import { fetchShape, type FetchShape } from '../federation/fetch-shape';
import { conditionDefaults, type Variables } from './conditions';
import { copyOf, isObject, type Json, mergeInto } from './merge';
import { compileCollect, type Path, placesOf, type PlanPath } from './places';
import { compileExtract, type Extract } from './representations';
import { compileRewrites, type Rewrite } from './rewrites';

/** One fetch of a plan, as the services get it. */
export interface Fetch {
  readonly service: string;
  readonly query: string;
  readonly document: DocumentNode;
  readonly operationName?: string;
  readonly shape: FetchShape;
}

export interface FetchAnswer {
  readonly data?: Json | null | undefined;
  readonly errors?: readonly GraphQLFormattedError[] | undefined;
  /** Other requests got the same objects: they may be read and not changed. */
  readonly shared?: boolean;
  /** When the service answered what of this was remembered, the earliest; left out where nothing was. */
  readonly asOf?: Date;
}

/** Puts fetches to one service. Never rejects: what goes wrong is an answer with errors whose paths name what is missing. Of entities come as many as were asked for, or none. */
export interface FetchSource {
  fetch(fetch: Fetch, variables: Variables, request: OperationRequest): Promise<FetchAnswer>;
}

/** What the fetches of one client operation have in common. */
export interface OperationRequest {
  readonly context: HubContext;
  /** Name of the client's operation. */
  readonly clientOperation: string | null;
  /** Ids of other requests of the same reader for which this fetch is made as well. */
  readonly alsoFor?: readonly string[];
}

/** One run of a plan. */
export interface PlanRun {
  readonly data: Json;
  readonly variables: Variables;
  readonly request: OperationRequest;
  readonly errors: GraphQLError[];
}

export type Step = (run: PlanRun) => Promise<void> | void;

export interface FetchOptions {
  /** The whole supergraph: keys may be fields that clients cannot see. */
  readonly supergraphSchema: GraphQLSchema;
  readonly source: FetchSource;
}

/**
 * A fetch of the plan as a function: collects the objects it completes, asks the service, merges the answer, and gives its
 * errors the path that the client knows.
 */
export function compileFetch(node: FetchNode, path: PlanPath, { source, supergraphSchema }: FetchOptions): Step {
  const { operation, operationName, requires, serviceName, variableUsages = [] } = node;
  const document = node.operationDocumentNode ?? parse(operation, { noLocation: true });
  const fetch: Fetch = { service: serviceName, query: operation, document, shape: fetchShape(document), ...(operationName ? { operationName } : {}) };
  const collect = compileCollect(path);
  const rewriteOutput = compileRewrites(supergraphSchema, node.outputRewrites);
  // Who answers for a service that is down reads conditions without reading the head of the operation.
  const defaults = conditionDefaults(document);
  const pick = (variables: Variables): Json => {
    const picked: Json = { ...defaults };
    for (const name of variableUsages) if (Object.hasOwn(variables, name) && variables[name] !== undefined) picked[name] = variables[name];
    return picked;
  };
  if (!requires) {
    return async (run) => {
      const targets = collect(run.data);
      if (targets.length === 0) return;
      const { data, errors, shared = false } = await source.fetch(fetch, pick(run.variables), run.request);
      if (errors) report(run, serviceName, errors, (own) => [[...path, ...own]]);
      if (!isObject(data)) return;
      const answer = shared && rewriteOutput ? copyOf(data) : data;
      rewriteOutput?.(answer);
      for (const [i, target] of targets.entries()) mergeInto(target, answer, shared || i > 0);
    };
  }
  const keepTypename = compileKeepTypename(node.inputRewrites);
  const group = compileGroup(compileExtract(supergraphSchema, requires), compileRewrites(supergraphSchema, node.inputRewrites));
  return async (run) => {
    const targets = collect(run.data);
    const { owners, representations } = group(targets);
    if (representations.length === 0) return;
    const variables = pick(run.variables);
    variables['representations'] = representations;
    const { data, errors, shared = false } = await source.fetch(fetch, variables, run.request);
    if (errors) {
      const places = placesOf(run.data, path);
      report(run, serviceName, errors, (own) => placesOfEntity(own, owners, places) ?? [[...path, ...own.slice(1)]]);
    }
    const entities = data?.['_entities'];
    if (!Array.isArray(entities)) return;
    for (const [i, answered] of entities.entries()) {
      if (!isObject(answered)) continue;
      const own = owners[i] ?? [];
      const entity = shared && rewriteOutput ? copyOf(answered) : answered;
      if (rewriteOutput) {
        entity['__typename'] ??= targets[own[0] ?? 0]?.['__typename']; // rewrites go by type
        rewriteOutput(entity);
      }
      for (const [n, owner] of own.entries()) {
        const target = targets[owner];
        if (!target) continue;
        const typename = target['__typename'];
        mergeInto(target, entity, shared || n < own.length - 1);
        keepTypename?.(target, typename);
      }
    }
  };
}

/**
 * A service that knows an interface as an object (@interfaceObject) answers the interface's name for the type, which says
 * less than what is known already.
 */
function compileKeepTypename(rewrites: readonly FetchDataRewrite[] = []): ((target: Json, known: unknown) => void) | null {
  const interfaces = new Set<unknown>(rewrites.flatMap((r) => (r.kind === 'ValueSetter' && r.path.at(-1) === '__typename' ? [r.setValueTo] : [])));
  if (interfaces.size === 0) return null;
  return (target, known) => {
    if (known !== undefined && interfaces.has(target['__typename'])) target['__typename'] = known;
  };
}

interface Group {
  readonly representations: readonly Json[];
  /** Per representation the targets that share it. */
  readonly owners: readonly number[][];
}

/** Equal for equal representations; most have a type and a key, which are texts. */
function nameOf(representation: Json): string {
  let name = '';
  for (const key of Object.keys(representation)) {
    const value = representation[key];
    if (typeof value !== 'string') return JSON.stringify(representation);
    name += `${key} ${value.length} ${value}`;
  }
  return name;
}

/** Equal entities are asked for once. */
function compileGroup(extract: Extract, rewriteInput: Rewrite | null): (targets: readonly Json[]) => Group {
  return (targets) => {
    const representations: Json[] = [];
    const owners: number[][] = [];
    const known = targets.length > 1 ? new Map<string, number[]>() : null;
    for (let i = 0; i < targets.length; i++) {
      const representation = extract(targets[i] as Json);
      if (!representation?.['__typename']) continue;
      rewriteInput?.(representation);
      const key = known ? nameOf(representation) : '';
      const same = known?.get(key);
      if (same) {
        same.push(i);
        continue;
      }
      const own = [i];
      known?.set(key, own);
      representations.push(representation);
      owners.push(own);
    }
    return { owners, representations };
  };
}

/** The paths of an error on `['_entities', index, …]`; null when it names no entity, the whole answer when it names one that nobody asked for. */
function placesOfEntity(own: Path, owners: readonly number[][], places: readonly Path[]): Path[] | null {
  const [, index, ...below] = own;
  if (typeof index !== 'number') return null;
  return owners[index]?.map((owner) => [...(places[owner] ?? []), ...below]) ?? [[]];
}

function report(run: PlanRun, serviceName: string, errors: readonly GraphQLFormattedError[], pathsOf: (own: Path) => Path[]): void {
  run.errors.push(...serviceErrors(serviceName, errors, pathsOf));
}

/** Errors of a service as the client gets them: with the service's name, a code, and the path in the client's answer. */
export function serviceErrors(
  serviceName: string,
  errors: readonly GraphQLFormattedError[],
  pathsOf: (own: Path) => Path[] = (own) => [[...own]],
): GraphQLError[] {
  return errors.flatMap((error) => {
    const extensions = { code: 'DOWNSTREAM_SERVICE_ERROR', ...error.extensions, serviceName };
    const message = error.message || `Error while fetching subquery from service "${serviceName}"`;
    const paths: (Path | undefined)[] = error.path ? pathsOf(error.path) : [undefined];
    return paths.map((path) => new GraphQLError(message, { ...(path ? { path: [...path] } : {}), extensions, originalError: error as Error }));
  });
}
