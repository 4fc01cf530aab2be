import { type Schema, operationFromDocument } from '@apollo/federation-internals';
import type { QueryPlan, QueryPlanner } from '@apollo/query-planner';
import type { GatewayExecutionResult } from '@apollo/server-gateway-interface';
import {
  type DocumentNode, getOperationAST, getVariableValues, GraphQLError, type GraphQLSchema, type OperationDefinitionNode,
} from 'graphql';
import { isTraced, traced, withInputFields } from '@casebridge/platform';
import { LRUCache } from 'lru-cache';
import { type Authorization, type Authorizer, withRefusals } from '../authorization';
import type { HubContext } from '../context';
import { tidyErrors } from '../federation/result-errors';
import { withObjectFragments } from './abstract-fragments';
import { ClientAliases, withClientAliases } from './client-aliases';
import { CompiledOperation } from './compiled-operation';
import type { Variables } from './conditions';
import type { FetchSource, OperationRequest } from './fetch';
import { NotCompiled } from './not-compiled';
import { fragmentsOf } from '../documents/fragments';
import { internalError } from '../errors';

/** A supergraph in the forms that planning and compiling need. */
export interface Graph {
  /** What clients may ask, as the planner knows it and as GraphQL does. */
  readonly apiSchema: Schema;
  readonly schema: GraphQLSchema;
  readonly supergraphSchema: GraphQLSchema;
  readonly planner: QueryPlanner;
}

export interface ExecutorOptions {
  readonly graph: Graph;
  readonly sources: ReadonlyMap<string, FetchSource>;
  readonly authorizer: Authorizer;
  /** MiB for compiled operations; the least recently used goes first. Default 64. */
  readonly cacheMiB?: number;
  /** The compiler does not know a construct of this operation: it runs on the library's own executor. */
  readonly onFallback: (reason: string) => void;
  /** An operation was looked for; whether its plan was there. */
  readonly onPlanned?: (hit: boolean) => void;
}

/** An operation as it comes from the client, parsed and valid. */
export interface Question {
  readonly document: DocumentNode;
  readonly operationName: string | null;
  /** Equal for equal texts. */
  readonly hash: string;
  readonly variables: Variables;
}

interface Prepared {
  readonly operation: OperationDefinitionNode;
  /** Null where only the library's own executor can answer. */
  readonly compiled: CompiledOperation | null;
  /** Something was taken out. Asked when it is made: later the same text may have been parsed anew. */
  readonly isFiltered: boolean;
  readonly authorization: Authorization;
}

/** Bytes that a character of a query takes as plan, syntax tree and closures, roughly. */
const bytesPerCharacter = 60;
const maxFaults = 20;

/** Answers operations with plans that are compiled once. */
export class CompiledExecutor {
  private readonly prepared: LRUCache<string, Prepared>;
  private readonly aliases: ClientAliases;

  constructor(private readonly options: ExecutorOptions) {
    this.prepared = new LRUCache({ maxSize: (options.cacheMiB ?? 64) * 1024 * 1024 });
    this.aliases = new ClientAliases(options.graph.schema, options.graph.supergraphSchema);
  }

  /** Null when only the library's own executor can answer. */
  async execute(question: Question, request: OperationRequest): Promise<GatewayExecutionResult | null> {
    const { authorization, compiled, isFiltered, operation } = this.prepare(question, request.context);
    const refused = (answer: GatewayExecutionResult): GatewayExecutionResult =>
      withRefusals(answer, authorization.errors, this.options.authorizer.options.errors);
    if (!authorization.document) return refused({ data: null });
    // The other executor would lay the answer out without what was taken out of the question.
    if (!compiled) return isFiltered ? refused({ data: null }) : null;
    // The door has looked at them already where it let the operation in.
    const faults = request.context.toRun ? null : variableFaults(this.options.graph.schema, operation, question);
    if (faults) return { errors: faults };
    return refused(tidyErrors(await compiled.execute(request, question.variables), question.document, question.operationName));
  }

  /**
   * Plans and compiles for all who have the same rights in this operation.
   *
   * @param asked - false ahead of the first use, which is no reader's: neither counted nor traced
   */
  prepare({ document, hash, operationName }: Omit<Question, 'variables'>, { principal, receivedAt, record }: Pick<HubContext, 'principal' | 'receivedAt' | 'record'>, asked = true): Prepared {
    const operation = operationOf(document, operationName);
    const authorization = this.options.authorizer.authorize(document, operation, principal, receivedAt);
    const key = `${hash} ${operationName ?? ''} ${authorization.key}`;
    const known = this.prepared.get(key);
    if (asked) this.options.onPlanned?.(known !== undefined);
    const make = (): Prepared => this.make(key, document, operationName, operation, authorization);
    const prepared = known ?? (asked && isTraced() ? traced('plan', {}, make) : make());
    const left = authorization.document;
    record?.executed({
      executor: prepared.compiled || prepared.isFiltered ? 'compiled' : 'stock', cached: known !== undefined,
      plan: () => prepared.compiled?.plan ?? (left && this.plan(left, operationName)),
    });
    return prepared;
  }

  private make(key: string, document: DocumentNode, operationName: string | null, operation: OperationDefinitionNode, authorization: Authorization): Prepared {
    const plan = authorization.document ? this.plan(authorization.document, operationName) : null;
    const prepared = { operation, authorization, isFiltered: authorization.document !== document, compiled: plan && this.compile(plan, document, operation, authorization) };
    this.prepared.set(key, prepared, { size: sizeOf(document, plan) });
    return prepared;
  }

  /** Plans that are remembered, and roughly their bytes: for metrics. */
  get remembered(): { readonly entries: number; readonly bytes: number } {
    return { entries: this.prepared.size, bytes: this.prepared.calculatedSize };
  }

  /** @throws GraphQLError, with no words of the planner's, for what the planner does not plan */
  plan(document: DocumentNode, operationName: string | null): QueryPlan {
    const { apiSchema, planner, schema } = this.options.graph;
    const aside = this.aliases.aside(document);
    const planned = (asked: DocumentNode): QueryPlan => planner.buildQueryPlan(operationFromDocument(apiSchema, asked, operationName ? { operationName } : {}));
    try {
      return planned(aside);
    } catch (cause) {
      try {
        return planned(withObjectFragments(aside, operationOf(aside, operationName), schema));
      } catch {
        throw internalError(cause); // the first: it is about what the client wrote
      }
    }
  }

  /**
   * Runs an operation on another executor, out of whose way aliases have to be as well.
   *
   * @throws GraphQLError, with no words of that executor's, where it gives up
   */
  async withAliasesAside(document: DocumentNode, run: (aside: DocumentNode) => Promise<GatewayExecutionResult>): Promise<GatewayExecutionResult> {
    const aside = this.aliases.aside(document);
    try {
      const answer = await run(aside);
      return aside === document ? answer : withClientAliases(answer);
    } catch (cause) {
      throw internalError(cause);
    }
  }

  /** @returns null for what the compiler does not know */
  compile(plan: QueryPlan, document: DocumentNode, operation: OperationDefinitionNode, authorization: Authorization): CompiledOperation | null {
    const { graph: { schema, supergraphSchema }, onFallback, sources } = this.options;
    const name = operation.name?.value ?? null;
    const aside = this.aliases.aside(document);
    const left = authorization.document && authorization.document !== document ? this.aliases.aside(authorization.document) : null;
    const filtered = left ? { operation: operationOf(left, name), fragments: fragmentsOf(left) } : undefined;
    try {
      return new CompiledOperation({
        plan, document: aside, operation: operationOf(aside, name), schema, supergraphSchema, sources, aliasesAside: aside !== document, ...(filtered ? { filtered } : {}),
      });
    } catch (cause) {
      if (!(cause instanceof NotCompiled)) throw cause;
      onFallback(cause.message);
      return null;
    }
  }
}

/** @throws RangeError when it is not in its document, which validation has seen to */
export function operationOf(document: DocumentNode, operationName: string | null): OperationDefinitionNode {
  const operation = getOperationAST(document, operationName);
  if (!operation) throw new RangeError('an operation that is not in its document');
  return operation;
}

/** Which variables do not fit; null when all do. */
function variableFaults(schema: GraphQLSchema, operation: OperationDefinitionNode, { document, operationName, variables }: Question): GraphQLError[] | null {
  const definitions = operation.variableDefinitions ?? [];
  if (definitions.length === 0) return null;
  const { errors } = getVariableValues(schema, definitions, variables, { maxErrors: maxFaults });
  if (!errors) return null;
  return withInputFields(errors, { schema, document, operationName, variables })
    .map((e) => new GraphQLError(e.message, { nodes: e.nodes ?? [], extensions: { ...e.extensions, code: 'BAD_USER_INPUT', kind: 'BAD_USER_INPUT' } }));
}

function sizeOf(document: DocumentNode, plan: QueryPlan | null): number {
  let characters = document.loc ? document.loc.end - document.loc.start : 1_000;
  const open: unknown[] = plan?.node ? [plan.node] : [];
  for (let part = open.pop(); part !== undefined; part = open.pop()) {
    if (typeof part !== 'object' || part === null) continue;
    if ('operation' in part && typeof part.operation === 'string') characters += part.operation.length;
    for (const key of ['node', 'nodes', 'ifClause', 'elseClause', 'rest'] as const) {
      const below: unknown = (part as Record<string, unknown>)[key];
      if (Array.isArray(below)) open.push(...(below as unknown[]));
      else if (below) open.push(below);
    }
  }
  return characters * bytesPerCharacter;
}
