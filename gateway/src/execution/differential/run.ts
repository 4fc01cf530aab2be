import { operationFromDocument } from '@apollo/federation-internals';
import { type DocumentNode, getOperationAST, parse, validate } from 'graphql';
import { buildOperationContext, executeQueryPlan, type GraphQLDataSource, type GraphQLDataSourceProcessOptions, type ServiceMap } from '@apollo/gateway';
import type { QueryPlan } from '@apollo/query-planner';
import type { GatewayExecutionResult, GatewayGraphQLRequestContext, GatewayGraphQLResponse } from '@apollo/server-gateway-interface';
import { publicReader } from '@casebridge/kernel';
import type { HubContext } from '../../context';
import { tidyErrors } from '../../federation/result-errors';
import { CompiledOperation } from '../compiled-operation';
import { conditionDefaults, type Variables } from '../conditions';
import type { Fetch, FetchAnswer, FetchSource, OperationRequest } from '../fetch';
import { isObject, type Json } from '../merge';
import { NotCompiled } from '../not-compiled';
import type { TestGraph } from './graphs';
import type { GeneratedOperation } from './operations';

const context: HubContext = { principal: publicReader, requestId: 'r', receivedAt: new Date(0) };
const request: OperationRequest = { context, clientOperation: null };

/** An operation, ready for both executors with one plan. */
export interface Ready {
  readonly generated: GeneratedOperation;
  readonly document: DocumentNode;
  readonly plan: QueryPlan;
  readonly compiled: CompiledOperation;
  /** The same, with answers that may not be changed. */
  readonly compiledForShared: CompiledOperation;
  readonly stockSources: ServiceMap;
}

export type Unready = { readonly refused: 'by the planner' | 'by the compiler'; readonly reason: string };

/** @throws Error for an operation that is not valid */
export function ready(graph: TestGraph, generated: GeneratedOperation): Ready | Unready {
  const { operationName, text } = generated;
  const document = parse(text);
  const [fault] = validate(graph.schema, document);
  if (fault) throw new Error(`The generator wrote an operation that is not valid: ${fault.message}\n${text}`);
  const operation = getOperationAST(document, operationName);
  if (!operation) throw new Error(`an operation that is not in its document\n${text}`);
  let plan: QueryPlan;
  try {
    plan = graph.planner.buildQueryPlan(operationFromDocument(graph.apiSchema, document, operationName ? { operationName } : {}));
  } catch (error) {
    return { refused: 'by the planner', reason: (error as Error).message };
  }
  const frozen = new Map([...graph.sources].map(([name, source]) => [name, new FrozenSource(source)]));
  const { schema, supergraphSchema } = graph;
  const compileFor = (sources: ReadonlyMap<string, FetchSource>) => new CompiledOperation({ plan, document, operation, schema, supergraphSchema, sources });
  let compiled: CompiledOperation;
  try {
    compiled = compileFor(graph.sources);
  } catch (error) {
    if (error instanceof NotCompiled) return { refused: 'by the compiler', reason: error.message };
    throw error;
  }
  const stockSources = Object.fromEntries([...graph.sources].map(([name, source]) => [name, new StockSource(source, graph.interfaces)]));
  return { generated, document, plan, compiled, compiledForShared: compileFor(frozen), stockSources };
}

export interface CompiledRun {
  readonly result: GatewayExecutionResult;
  /** What the fetches brought, merged. */
  readonly raw: Json;
}

export async function runCompiled({ document, generated }: Ready, compiled: CompiledOperation, variables: Variables): Promise<CompiledRun> {
  const raw: Json = {};
  const result = await compiled.execute(request, variables, { data: raw, errors: [] });
  return { result: tidyErrors(result, document, generated.operationName), raw };
}

/** @returns what was thrown instead of a result, where nothing came */
export async function runStock(graph: TestGraph, { document, generated: { operationName }, plan, stockSources }: Ready, variables: Variables): Promise<GatewayExecutionResult | Error> {
  const operationContext = buildOperationContext({ schema: graph.schema, operationDocument: document, ...(operationName ? { operationName } : {}) });
  const requestContext: Pick<GatewayGraphQLRequestContext, 'request' | 'context' | 'metrics' | 'logger' | 'operationName'> = {
    request: { variables: { ...variables } }, context, metrics: {}, logger: console, operationName,
  };
  try {
    const result = await executeQueryPlan(plan, stockSources, requestContext as GatewayGraphQLRequestContext, operationContext, graph.supergraphSchema, graph.apiSchema);
    return tidyErrors(result, document, operationName);
  } catch (error) {
    return error as Error;
  }
}

type Options = GraphQLDataSourceProcessOptions<HubContext & Record<string, unknown>>;

/**
 * Mends what the stock executor does, where everything after it would differ.
 *
 * - A service that knows an interface as an object answers its name for `__typename`: stock lets it overwrite the real type, and
 *   fragments on that type fall out of the answer.
 * - The errors of a service that is down name what was asked for, which needs the values of conditions: stock does not fill in
 *   those that the client left to their defaults.
 */
class StockSource implements GraphQLDataSource<HubContext & Record<string, unknown>> {
  private readonly defaults = new WeakMap<DocumentNode, Variables>();

  constructor(
    private readonly source: GraphQLDataSource<HubContext & Record<string, unknown>>,
    private readonly interfaces: ReadonlySet<unknown>,
  ) {}

  async process(options: Options): Promise<GatewayGraphQLResponse> {
    if (!('document' in options) || !options.document) return this.source.process(options);
    const { document, request: asked } = options;
    const defaults = this.defaults.get(document) ?? conditionDefaults(document);
    this.defaults.set(document, defaults);
    const answer = await this.source.process({ ...options, request: { ...asked, variables: { ...defaults, ...asked.variables } } });
    const entities: unknown = answer.data?.['_entities'];
    if (Array.isArray(entities)) for (const entity of entities) if (isObject(entity) && this.interfaces.has(entity['__typename'])) delete entity['__typename'];
    return answer;
  }
}

/** Answers as a cache or a coalescing source gives them: others have them too. */
class FrozenSource implements FetchSource {
  constructor(private readonly source: FetchSource) {}

  async fetch(fetch: Fetch, variables: Variables, operation: OperationRequest): Promise<FetchAnswer> {
    const { data, errors } = await this.source.fetch(fetch, variables, operation);
    return { data: freeze(data), errors, shared: true };
  }
}

function freeze<T>(value: T): T {
  if (Array.isArray(value)) value.forEach(freeze);
  else if (isObject(value)) Object.values(value).forEach(freeze);
  return Object.freeze(value);
}
