import { ApolloGateway } from '@apollo/gateway';
import { Supergraph } from '@apollo/federation-internals';
import { type FetchNode, type QueryPlan, QueryPlanner, type QueryPlannerConfig } from '@apollo/query-planner';
import type {
  GatewayExecutionResult, GatewayExecutor, GatewayInterface, GatewayLoadResult, GatewayUnsubscriber,
} from '@apollo/server-gateway-interface';
import { type AgencyReader, type Principal, publicReader } from '@casebridge/kernel';
import type { Logger, Metrics, ServicePort } from '@casebridge/platform';
import { type DocumentNode, type ExecutionResult, GraphQLError, type GraphQLSchema, type OperationDefinitionNode, OperationTypeNode, parse } from 'graphql';
import {
  type Authorization, type AuthorizationOptions, Authorizer, hubPolicies, type PlannerSupergraph, type Policies, stripSecurity, withRefusals,
} from '../authorization';
import { LRUCache } from 'lru-cache';
import { disableVendorTelemetry } from '../config';
import type { HubContext } from '../context';
import { isBug } from '../errors';
import { conditionalSubscription, type ReadyOperation } from '../documents';
import { CompiledExecutor, type Graph, operationOf } from '../execution/compiled-executor';
import type { CompiledOperation } from '../execution/compiled-operation';
import { type FetchSource, serviceErrors } from '../execution/fetch';
import type { Json } from '../execution/merge';
import { compileRewrites, type Rewrite } from '../execution/rewrites';
import type { DoorName } from '../limits';
import { type DoorFigures, figuresOf } from '../observability/figures';
import { ReportingSource } from '../observability/reporting-source';
import { unavailable } from '../services/unavailable';
import { CoalescingSource } from '../sources/coalescing';
import { DeadlineSource } from '../sources/deadline-source';
import type { EntityCache } from '../sources/entity-cache';
import { EntityCacheSource } from '../sources/entity-cache-source';
import { ServiceDataSource } from './data-source';
import { fetchShape, type FetchShape } from './fetch-shape';
import { withMissingPaths } from './missing-paths';
import { type Resuming, resumingOf } from './resumable';
import { tidyErrors } from './result-errors';

export interface GenerationOptions {
  /** For metrics. Default hub. */
  readonly door?: DoorName;
  readonly supergraphSdl: string;
  readonly services: ReadonlyMap<string, ServicePort>;
  /** Keep parsed fetches beside their text: for services in this process, which then neither parse nor validate. */
  readonly exposeDocuments: boolean;
  /** False for a text that was composed and compared when this software was built. Default true. */
  readonly validate?: boolean;
  /** The library's own executor is for comparison. Default compiled. */
  readonly executor?: 'compiled' | 'stock';
  /** Functions behind `@policy`. Default: those of this hub. */
  readonly policies?: Policies;
  readonly authorization?: Partial<AuthorizationOptions>;
  /** Without it every entity is asked for each time. */
  readonly entityCache?: EntityCache;
  readonly logger: Logger;
  readonly metrics: Metrics;
}

/** A live operation, planned: what to subscribe to, and what to fetch for each event. */
export interface SubscriptionPlan extends Resuming {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly primary: FetchNode;
  readonly primaryShape: FetchShape;
  /** What other services add to an event. */
  readonly compiled: CompiledOperation;
  /** For whom the plan is, and what was taken out of it for them. */
  readonly authorization: Authorization;
  readonly rewrite: Rewrite | null;
}

export interface LiveRequest {
  readonly variables: Readonly<Record<string, unknown>>;
  readonly context: HubContext;
}

/** Different live operations; documents are bounded in length before. */
const maxSubscriptionPlans = 500;
/** Of plans with parsed fetches, in MiB; the least recently used goes first. */
const planStoreMiB = 50;

/**
 * One supergraph and all that is derived from it: schema, planner, executor. A new supergraph is a new generation beside the
 * old one, which lives until its last stream has ended.
 */
export class Generation implements GatewayInterface {
  private readonly gateway: ApolloGateway;
  /** What the planner gets, and what is enforced: of one and the same supergraph. */
  private readonly planned: PlannerSupergraph;
  readonly authorizer: Authorizer;
  /** As they were when this supergraph was loaded. */
  private readonly services: ReadonlyMap<string, ServicePort>;
  private readonly sources: ReadonlyMap<string, ServiceDataSource>;
  private readonly figures: DoorFigures;
  private readonly subscriptionPlans = new LRUCache<string, SubscriptionPlan>({ max: maxSubscriptionPlans });
  private built: { readonly graph: Graph; readonly executor: CompiledExecutor } | null = null;

  constructor(private readonly options: GenerationOptions) {
    const { authorization, logger, metrics, policies = hubPolicies, services, supergraphSdl } = options;
    disableVendorTelemetry();
    this.figures = figuresOf(metrics).door(options.door ?? 'hub');
    this.planned = stripSecurity(supergraphSdl);
    this.authorizer = new Authorizer({ supergraphSdl, policies, ...(authorization ? { options: authorization } : {}) });
    this.authorizer.assertEnforces(this.planned);
    if (options.executor === 'stock' && !this.authorizer.isOpen) throw new RangeError('The stock executor enforces no rights, and this supergraph has some');
    this.services = new Map(services);
    this.sources = new Map([...services].map(([name, service]) => [name, new ServiceDataSource(service, metrics)]));
    this.gateway = new ApolloGateway({
      supergraphSdl: this.planned.sdl,
      buildService: ({ name }) => {
        const source = this.sources.get(name);
        if (!source) throw new RangeError(`The supergraph needs a service ${name}, and there is none`);
        return source;
      },
      queryPlannerConfig: this.plannerConfig,
      experimental_approximateQueryPlanStoreMiB: planStoreMiB,
      __exposeQueryPlanExperimental: false,
      validateSupergraph: options.validate ?? true,
      logger: libraryLogger(logger),
    });
  }

  private get plannerConfig(): QueryPlannerConfig {
    return { exposeDocumentNodeInFetchNode: this.options.exposeDocuments };
  }

  /** What clients may ask. */
  get schema(): GraphQLSchema {
    return this.graph.schema;
  }

  private get graph(): Graph {
    return this.compiler.graph;
  }

  private get executor(): CompiledExecutor {
    return this.compiler.executor;
  }

  /** What plans and compiles: built at the first operation, which keeps a start without any short. */
  private get compiler(): { readonly graph: Graph; readonly executor: CompiledExecutor } {
    if (this.built) return this.built;
    const supergraph = Supergraph.build(this.planned.sdl, { validateSupergraph: false });
    const apiSchema = supergraph.apiSchema();
    const graph: Graph = {
      apiSchema, schema: apiSchema.toGraphQLJSSchema(), supergraphSchema: supergraph.schema.toGraphQLJSSchema(),
      planner: new QueryPlanner(supergraph, this.plannerConfig),
    };
    const { logger } = this.options;
    const onFallback = (reason: string): void => {
      this.figures.fellBack(reason);
      logger.info({ reason }, 'an operation runs on the stock executor');
    };
    const onPlanned = (hit: boolean): void => this.figures.planned(hit);
    this.built = { graph, executor: new CompiledExecutor({ graph, sources: this.stacked(graph.supergraphSchema), authorizer: this.authorizer, onFallback, onPlanned }) };
    return this.built;
  }

  /** What a fetch passes: who reports of it, the deadline of its operation, what is remembered, who asks the same in the same moment, the service. */
  private stacked(schema: GraphQLSchema): ReadonlyMap<string, FetchSource> {
    const { entityCache: cache, logger } = this.options;
    return new Map([...this.sources].map(([name, own]) => {
      const source = new CoalescingSource(own);
      const service = this.services.get(name);
      // A service that cannot note what is read of it by others' hands is asked each time.
      return [name, new ReportingSource(new DeadlineSource(cache && service?.noteReads ? new EntityCacheSource({ source, service, cache, schema, logger }) : source))];
    }));
  }

  async load(options: Parameters<GatewayInterface['load']>[0]): Promise<GatewayLoadResult> {
    const { executor: stock } = await this.gateway.load(options);
    const executor: GatewayExecutor = async (request) => {
      const { operationName, queryHash } = request;
      const context = request.context as HubContext;
      const document = context.toRun?.document ?? request.document;
      const question = { document, operationName: operationName ?? null, hash: context.toRun?.key ?? queryHash, variables: request.request.variables ?? {} };
      try {
        const answer = this.options.executor === 'stock' ? null : await this.executor.execute(question, { context, clientOperation: question.operationName });
        const result = answer ?? tidyErrors(await this.executor.withAliasesAside(document, async (aside) => stock({ ...request, document: aside, queryHash: question.hash })), document, operationName);
        context.toRun?.answered(result.data);
        this.figures.ranOn(answer ? 'compiled' : 'stock');
        for (const error of result.errors ?? []) if (isBug(error) && error.originalError instanceof Error) this.tell(error.originalError, context);
        return context.record ? context.record.answered(result) : result;
      } catch (cause) {
        if (!(cause instanceof GraphQLError) || isBug(cause)) this.tell(cause, context);
        throw cause;
      }
    };
    return { executor };
  }

  /** Says in the log what clients do not get to read. What services say is in theirs. */
  private tell(err: unknown, { requestId }: HubContext): void {
    this.options.logger.error({ err, requestId }, 'an operation failed');
  }

  onSchemaLoadOrUpdate(callback: Parameters<GatewayInterface['onSchemaLoadOrUpdate']>[0]): GatewayUnsubscriber {
    return this.gateway.onSchemaLoadOrUpdate(callback);
  }

  /** Plans that are remembered: for metrics. */
  get plans(): { readonly entries: number; readonly bytes: number } {
    return this.built?.executor.remembered ?? { entries: 0, bytes: 0 };
  }

  stop(): Promise<void> {
    return this.gateway.stop();
  }

  /** Plans an operation as a reader gets it who has a token and nothing special, and as one without a token. */
  warm({ document, hash, name, operation }: ReadyOperation): void {
    const receivedAt = new Date(0);
    for (const principal of [publicReader, anybody]) {
      if (operation.operation !== OperationTypeNode.SUBSCRIPTION) this.executor.prepare({ document, hash, operationName: name }, { principal, receivedAt }, false);
    }
  }

  /**
   * @param document - valid against `schema`
   * @param key - equal for equal documents
   * @throws GraphQLError for a subscription that cannot be served: without a root field, or not to this reader
   */
  planSubscription(document: DocumentNode, key: string, operationName: string | null, { principal, receivedAt }: HubContext): SubscriptionPlan {
    const authorization = this.authorizer.authorize(document, operationOf(document, operationName), principal, receivedAt);
    const planKey = `${key} ${operationName ?? ''} ${authorization.key}`;
    const known = this.subscriptionPlans.get(planKey);
    if (known) return known;
    const plan = this.newSubscriptionPlan(document, operationName, authorization);
    this.subscriptionPlans.set(planKey, plan);
    return plan;
  }

  private newSubscriptionPlan(document: DocumentNode, operationName: string | null, authorization: Authorization): SubscriptionPlan {
    const operation = operationOf(document, operationName);
    const [refusal] = authorization.errors;
    if (!authorization.document) throw refusal ?? cannotBeServed();
    let node: QueryPlan['node'];
    try {
      node = this.executor.plan(authorization.document, operationName).node;
    } catch (error) {
      // The planner asserts where a condition stands on the root field.
      this.options.logger.debug({ err: error }, 'a subscription cannot be planned');
    }
    if (node?.kind !== 'Subscription') throw cannotBeServed();
    const { primary, rest } = node;
    const compiled = this.executor.compile({ kind: 'QueryPlan', ...(rest ? { node: rest } : {}) }, document, operation, authorization);
    if (!compiled) throw cannotBeServed();
    return {
      ...resumingOf(this.schema, document, operation, primary),
      document, operation, primary, primaryShape: fetchShape(primary.operationDocumentNode ?? parse(primary.operation)), compiled, authorization,
      rewrite: compileRewrites(this.graph.supergraphSchema, primary.outputRewrites),
    };
  }

  /** Whether a plan that was made for somebody is the plan for this reader now. */
  holds({ authorization, document, operation }: SubscriptionPlan, principal: Principal, now: Date): boolean {
    return this.authorizer.keyOf(document, operation, principal, now) === authorization.key;
  }

  /** What the stream is opened at: another one when the service has gone to another address. */
  portOf({ primary }: SubscriptionPlan): ServicePort | undefined {
    return this.services.get(primary.serviceName);
  }

  /** Opens the stream of the service that has the event, after a cursor or from now; its results go to `completeEvent`, one by one. */
  async openStream(
    { operation, primary, upstream, variablesFrom }: SubscriptionPlan,
    { context, variables }: LiveRequest,
    after: string | null,
  ): Promise<AsyncGenerator<ExecutionResult, void, void> | ExecutionResult> {
    const service = this.services.get(primary.serviceName);
    if (!service) throw new RangeError(`no service ${primary.serviceName}`);
    const opened = await service.subscribe({
      ...upstream,
      variables: variablesFrom(variables, after),
      principal: context.principal, requestId: context.requestId, receivedAt: context.receivedAt,
      clientOperation: operation.name?.value ?? null, scope: context,
    });
    if (Symbol.asyncIterator in opened) return opened;
    return opened.errors?.length ? { errors: serviceErrors(service.name, opened.errors) } : unavailable(service.name);
  }

  /**
   * The client's answer for one event: what the event brought, and what the other services know beside it. Runs like a query
   * whose first fetch is answered already.
   */
  async completeEvent(plan: SubscriptionPlan, event: ExecutionResult, { context, variables }: LiveRequest): Promise<GatewayExecutionResult> {
    const { compiled, document, operation, primary, primaryShape } = plan;
    const clientOperation = operation.name?.value ?? null;
    const { data, errors = [] } = withMissingPaths(event, primaryShape, variables);
    const seed = { data: (data ?? {}) as Json, errors: serviceErrors(primary.serviceName, errors) };
    plan.rewrite?.(seed.data);
    const answer = tidyErrors(await compiled.execute({ context, clientOperation }, variables, seed), document, clientOperation);
    return withRefusals(answer, plan.authorization.errors, this.authorizer.options.errors);
  }
}

/** Stands for whoever has a token; never asks a service. */
const anybody: AgencyReader = {
  kind: 'agency', agency: { code: '', name: '', nameEn: '', functions: [], regions: [], superior: null }, officerId: '', roles: ['officer'], scopes: [],
  purpose: null, tokenId: '', issuedAt: new Date(0), expiresAt: new Date(0),
};

const cannotBeServed = (): GraphQLError =>
  new GraphQLError(conditionalSubscription, {
    extensions: { code: 'BAD_USER_INPUT', kind: 'BAD_USER_INPUT' },
  });

/** The library's logger takes texts; some of them are not worth a line of ours. */
const libraryLogger = (logger: Logger) => ({
  debug: (text?: unknown) => logger.debug(String(text)),
  info: (text?: unknown) => logger.debug(String(text)),
  warn: (text?: unknown) => logger.warn(String(text)),
  error: (text?: unknown) => logger.error(String(text)),
});
