import { ApolloGateway, buildOperationContext, executeQueryPlan, type GraphQLDataSource, type ServiceMap } from '@apollo/gateway';
import { operationFromDocument, type Schema, Supergraph } from '@apollo/federation-internals';
import { type FetchNode, type PlanNode, type QueryPlan, QueryPlanner, type QueryPlannerConfig } from '@apollo/query-planner';
import type {
  GatewayExecutionResult, GatewayGraphQLRequestContext, GatewayInterface, GatewayLoadResult, GatewayUnsubscriber,
} from '@apollo/server-gateway-interface';
import type { Logger, Metrics, ServicePort } from '@casebridge/platform';
import { type DocumentNode, type ExecutionResult, GraphQLError, type GraphQLSchema, type OperationDefinitionNode, parse } from 'graphql';
import { disableVendorTelemetry } from '../config';
import type { HubContext } from '../context';
import { unavailable } from '../services/unavailable';
import { ServiceDataSource } from './data-source';
import { fetchShape, type FetchShape } from './fetch-shape';
import { withMissingPaths } from './missing-paths';
import { tidyErrors } from './result-errors';

export interface GenerationOptions {
  readonly supergraphSdl: string;
  readonly services: ReadonlyMap<string, ServicePort>;
  /** Keep parsed fetches beside their text: for services in this process, which then neither parse nor validate. */
  readonly exposeDocuments: boolean;
  /** False for a text that was composed and compared when this software was built. Default true. */
  readonly validate?: boolean;
  readonly logger: Logger;
  readonly metrics: Metrics;
}

/** A live operation, planned: what to subscribe to, and what to fetch for each event. */
export interface SubscriptionPlan {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly primary: FetchNode;
  readonly primaryShape: FetchShape;
  readonly rest: PlanNode | null;
}

interface Live {
  readonly apiSchema: Schema;
  readonly schema: GraphQLSchema;
  readonly supergraphSchema: GraphQLSchema;
  readonly planner: QueryPlanner;
}

export interface LiveRequest {
  readonly variables: Readonly<Record<string, unknown>>;
  readonly context: HubContext;
}

/** Stands for the service of the primary fetch while an event is worked on: the event is its answer. */
const eventSource = '__event__';
/** Of plans with parsed fetches, in MiB; the least recently used goes first. */
const planStoreMiB = 50;

/**
 * One supergraph and all that is derived from it: schema, planner, executor. A new supergraph is a new generation beside the
 * old one, which lives until its last stream has ended.
 */
export class Generation implements GatewayInterface {
  private readonly gateway: ApolloGateway;
  private readonly sources: Readonly<Record<string, GraphQLDataSource>>;
  private built: Live | null = null;

  constructor(private readonly options: GenerationOptions) {
    const { logger, metrics, services, supergraphSdl } = options;
    disableVendorTelemetry();
    this.sources = Object.fromEntries([...services].map(([name, service]) => [name, new ServiceDataSource(service, metrics)]));
    this.gateway = new ApolloGateway({
      supergraphSdl,
      buildService: ({ name }) => {
        const source = this.sources[name];
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
    return this.live.schema;
  }

  /** What live operations need beside the library's own: built at the first one, which keeps a start without any short. */
  private get live(): Live {
    if (this.built) return this.built;
    const supergraph = Supergraph.build(this.options.supergraphSdl, { validateSupergraph: false });
    const apiSchema = supergraph.apiSchema();
    this.built = {
      apiSchema, schema: apiSchema.toGraphQLJSSchema(), supergraphSchema: supergraph.schema.toGraphQLJSSchema(),
      planner: new QueryPlanner(supergraph, this.plannerConfig),
    };
    return this.built;
  }

  async load(options: Parameters<GatewayInterface['load']>[0]): Promise<GatewayLoadResult> {
    const { executor } = await this.gateway.load(options);
    return {
      executor: async (request) => tidyErrors(await executor(request), request.document, request.request.operationName),
    };
  }

  onSchemaLoadOrUpdate(callback: Parameters<GatewayInterface['onSchemaLoadOrUpdate']>[0]): GatewayUnsubscriber {
    return this.gateway.onSchemaLoadOrUpdate(callback);
  }

  stop(): Promise<void> {
    return this.gateway.stop();
  }

  /**
   * @param document - valid against `schema`
   * @throws GraphQLError for a subscription that cannot be served: without a root field, or with a condition on it
   */
  planSubscription(document: DocumentNode, operationName: string | null): SubscriptionPlan {
    const { operation } = buildOperationContext({ schema: this.schema, operationDocument: document, ...(operationName ? { operationName } : {}) });
    let node: QueryPlan['node'];
    try {
      node = this.live.planner.buildQueryPlan(operationFromDocument(this.live.apiSchema, document, operationName ? { operationName } : {})).node;
    } catch (error) {
      // The planner asserts where a condition stands on the root field.
      this.options.logger.debug({ err: error }, 'a subscription cannot be planned');
    }
    if (node?.kind !== 'Subscription') {
      throw new GraphQLError('This subscription cannot be served: it needs one root field, without @skip and @include', {
        extensions: { code: 'BAD_USER_INPUT', kind: 'BAD_USER_INPUT' },
      });
    }
    const { primary, rest = null } = node;
    return { document, operation, primary, primaryShape: fetchShape(primary.operationDocumentNode ?? parse(primary.operation)), rest };
  }

  /** Opens the stream of the service that has the event; its results go to `completeEvent`, one by one. */
  async openStream(plan: SubscriptionPlan, { context, variables }: LiveRequest): Promise<AsyncGenerator<ExecutionResult, void, void> | ExecutionResult> {
    const { operation, operationDocumentNode, operationName, serviceName, variableUsages = [] } = plan.primary;
    const service = this.options.services.get(serviceName);
    if (!service) throw new RangeError(`no service ${serviceName}`);
    const used = Object.fromEntries(variableUsages.filter((name) => variables[name] !== undefined).map((name) => [name, variables[name]]));
    const opened = await service.subscribe({
      query: operation,
      ...(operationDocumentNode ? { document: operationDocumentNode } : {}),
      ...(operationName ? { operationName } : {}),
      variables: used,
      principal: context.principal, requestId: context.requestId, receivedAt: context.receivedAt,
      clientOperation: plan.operation.name?.value ?? null, scope: context,
    });
    if (Symbol.asyncIterator in opened) return opened;
    return this.completeEvent(plan, opened.errors?.length ? opened : unavailable(service.name), { context, variables });
  }

  /**
   * The client's answer for one event: what the event brought, and what the other services know beside it. Runs on the same
   * executor as queries, with the event as the answer to the first fetch.
   */
  async completeEvent(plan: SubscriptionPlan, event: ExecutionResult, { context, variables }: LiveRequest): Promise<GatewayExecutionResult> {
    const { document, operation, primary, primaryShape, rest } = plan;
    const name = operation.name?.value;
    const first: FetchNode = { ...primary, serviceName: eventSource };
    const queryPlan: QueryPlan = { kind: 'QueryPlan', node: { kind: 'Sequence', nodes: rest ? [first, rest] : [first] } };
    const { data = null, errors } = withMissingPaths(event, primaryShape, variables);
    const sources: ServiceMap = { ...this.sources, [eventSource]: { process: () => Promise.resolve({ data, ...(errors ? { errors } : {}) }) } };
    const request: Pick<GatewayGraphQLRequestContext, 'request' | 'context' | 'metrics' | 'logger' | 'operationName'> = {
      request: { variables: { ...variables } },
      context,
      metrics: {},
      logger: libraryLogger(this.options.logger),
      operationName: name ?? null,
    };
    const result = await executeQueryPlan(
      queryPlan, sources, request as GatewayGraphQLRequestContext,
      buildOperationContext({ schema: this.schema, operationDocument: document, ...(name ? { operationName: name } : {}) }),
      this.live.supergraphSchema, this.live.apiSchema,
    );
    return tidyErrors(result, document, name);
  }
}

/** The library's logger takes texts; some of them are not worth a line of ours. */
const libraryLogger = (logger: Logger) => ({
  debug: (text?: unknown) => logger.debug(String(text)),
  info: (text?: unknown) => logger.debug(String(text)),
  warn: (text?: unknown) => logger.warn(String(text)),
  error: (text?: unknown) => logger.error(String(text)),
});
