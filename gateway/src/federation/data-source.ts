import type { GraphQLDataSource, GraphQLDataSourceProcessOptions } from '@apollo/gateway';
import type { GatewayGraphQLResponse } from '@apollo/server-gateway-interface';
import type { Metrics, OperationFacts, ServicePort } from '@casebridge/platform';
import { type DocumentNode, type ExecutionResult, parse } from 'graphql';
import type { HubContext } from '../context';
import { codeOf } from '../services/wire';
import { unavailable } from '../services/unavailable';
import { fetchShape, type FetchShape } from './fetch-shape';
import { withMissingPaths } from './missing-paths';

/** Fetches of the plan, put to a service. Whatever the service does, this resolves to an answer or to errors with paths. */
export class ServiceDataSource implements GraphQLDataSource<HubContext & Record<string, unknown>> {
  private readonly shapes = new WeakMap<DocumentNode, FetchShape>();

  constructor(
    private readonly service: ServicePort,
    private readonly metrics: Metrics,
  ) {}

  async process(options: GraphQLDataSourceProcessOptions<HubContext & Record<string, unknown>>): Promise<GatewayGraphQLResponse> {
    if (!('incomingRequestContext' in options)) throw new Error('only fetches of client operations come here');
    const { context, document, incomingRequestContext, request } = options;
    const { operationName, query = '', variables = {} } = request;
    const shape = this.shapeOf(document ?? parse(query, { noLocation: true }));
    const startedAt = performance.now();
    const answer = await this.service.execute({
      query,
      ...(document ? { document } : {}),
      ...(operationName ? { operationName } : {}),
      variables,
      principal: context.principal,
      requestId: context.requestId,
      clientOperation: incomingRequestContext.operationName,
      receivedAt: context.receivedAt,
      scope: context,
    });
    const result = withMissingPaths(whole(answer, this.service), shape, variables);
    this.metrics.operation({
      service: this.service.name, kind: shape.kind, outcome: outcomeOf(result), seconds: (performance.now() - startedAt) / 1_000,
    });
    return { data: result.data ?? null, ...(result.errors ? { errors: result.errors } : {}) };
  }

  private shapeOf(document: DocumentNode): FetchShape {
    const shape = this.shapes.get(document) ?? fetchShape(document);
    this.shapes.set(document, shape);
    return shape;
  }
}

/** Neither data nor a word why: the executor would take it for an empty answer and nobody would know that something is missing. */
const whole = (answer: ExecutionResult, service: ServicePort): ExecutionResult =>
  answer.data == null && !answer.errors?.length ? unavailable(service.name) : answer;

function outcomeOf({ errors }: ExecutionResult): OperationFacts['outcome'] {
  if (!errors || errors.length === 0) return 'ok';
  if (errors.some((e) => codeOf(e) === 'SERVICE_UNAVAILABLE')) return 'unavailable';
  return errors.some((e) => codeOf(e) === 'INTERNAL_SERVER_ERROR') ? 'failed' : 'refused';
}
