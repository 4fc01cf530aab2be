import type { GraphQLDataSource, GraphQLDataSourceProcessOptions } from '@apollo/gateway';
import type { GatewayGraphQLResponse } from '@apollo/server-gateway-interface';
import { isTraced, type Metrics, type ServicePort, traced } from '@casebridge/platform';
import { type DocumentNode, type ExecutionResult, GraphQLError, parse } from 'graphql';
import type { HubContext } from '../context';
import type { Variables } from '../execution/conditions';
import type { Fetch, FetchAnswer, FetchSource, OperationRequest } from '../execution/fetch';
import { statusOfAnswer } from '../observability/source-report';
import { beforeDeadline } from '../sources/deadline-source';
import { unavailable } from '../services/unavailable';
import { type FetchShape, fetchShape } from './fetch-shape';
import { withMissingPaths } from './missing-paths';

/** Fetches of the plan, put to a service. Whatever the service does, this resolves to an answer or to errors with paths. */
export class ServiceDataSource implements FetchSource, GraphQLDataSource<HubContext & Record<string, unknown>> {
  private readonly fetches = new WeakMap<DocumentNode, Fetch>();

  private readonly count: ReturnType<Metrics['operationsOf']>;

  constructor(
    private readonly service: ServicePort,
    metrics: Metrics,
  ) {
    this.count = metrics.operationsOf(service.name);
  }

  /** For plans of the compiled executor. */
  fetch(fetch: Fetch, variables: Variables, request: OperationRequest): Promise<FetchAnswer> {
    if (!isTraced()) return this.ask(fetch, variables, request);
    const { representations } = variables;
    const attributes = {
      'hub.service': this.service.name, 'hub.fetch': fetch.shape.kind,
      ...(Array.isArray(representations) ? { 'hub.entities': representations.length } : {}),
      ...(request.alsoFor ? { 'hub.shared_with': request.alsoFor.length } : {}),
    };
    return traced(`fetch ${this.service.name}`, {
      kind: 'client', attributes, conclude: (span, answer) => void span.setAttribute('hub.outcome', statusOfAnswer(answer)),
    }, () => this.ask(fetch, variables, request));
  }

  private async ask(fetch: Fetch, variables: Variables, { alsoFor, clientOperation, context }: OperationRequest): Promise<FetchAnswer> {
    const { document, operationName, query, shape } = fetch;
    const startedAt = performance.now();
    const answer = await this.service.execute({
      query, document, variables, clientOperation,
      ...(operationName ? { operationName } : {}),
      ...(alsoFor ? { alsoFor } : {}),
      principal: context.principal,
      requestId: context.requestId,
      receivedAt: context.receivedAt,
      scope: context,
    });
    const result = withMissingPaths(whole(answer, this.service, shape, variables), shape, variables);
    this.count({ kind: shape.kind, outcome: statusOfAnswer(result), seconds: (performance.now() - startedAt) / 1_000 });
    return result;
  }

  /** For plans of the library's own executor. */
  async process(options: GraphQLDataSourceProcessOptions<HubContext & Record<string, unknown>>): Promise<GatewayGraphQLResponse> {
    if (!('incomingRequestContext' in options)) throw new Error('only fetches of client operations come here');
    const { context, document, incomingRequestContext, request } = options;
    const { operationName, query = '', variables = {} } = request;
    const fetch = this.fetchOf(document ?? parse(query, { noLocation: true }), query, operationName);
    const asked: OperationRequest = { context, clientOperation: incomingRequestContext.operationName ?? null };
    const answer = await beforeDeadline(fetch, variables, asked, () => this.fetch(fetch, variables, asked));
    context.record?.asked(this.service.name, statusOfAnswer(answer));
    const { data, errors } = answer;
    return { data: data ?? null, ...(errors ? { errors } : {}) };
  }

  private fetchOf(document: DocumentNode, query: string, operationName: string | undefined): Fetch {
    const fetch = this.fetches.get(document) ?? {
      service: this.service.name, query, document, shape: fetchShape(document), ...(operationName ? { operationName } : {}),
    };
    this.fetches.set(document, fetch);
    return fetch;
  }
}

/** What comes of an answer with which the executor would leave places empty, and nobody would know why. */
function whole(answer: ExecutionResult, { name }: ServicePort, { entities }: FetchShape, { representations }: Variables): ExecutionResult {
  const { data, errors = [] } = answer;
  if (data == null) return errors.length > 0 ? answer : unavailable(name);
  const answered = data['_entities'];
  if (!entities || (Array.isArray(answered) && Array.isArray(representations) && answered.length === representations.length)) return answer;
  // Where the service says itself what is wrong with the whole, that is enough.
  if (errors.some(({ path }) => typeof path?.[1] !== 'number')) return { errors };
  return { errors: [...errors, new GraphQLError(otherEntities, { extensions: { code: 'DOWNSTREAM_SERVICE_ERROR', service: name } })] };
}

/** Nobody knows then which is whose. */
const otherEntities = 'The service answered with another number of entities than it was asked for';
