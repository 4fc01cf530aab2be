import { ApolloServer, type ApolloServerPlugin, HeaderMap } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled, ApolloServerPluginInlineTraceDisabled, ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled, ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import type { Principal } from '@casebridge/kernel';
import type { Logger } from '@casebridge/platform';
import { GraphQLError, OperationTypeNode } from 'graphql';
import type { HubContext } from '../context';
import { BadRequest, isBug, publicError } from '../errors';
import type { Generation } from '../federation/generation';
import type { Exchange } from './exchange';

/** Of a GraphQL request, in bytes. */
export const bodyLimit = 1024 * 1024;

/** A door: one contract, with its own schema, planner and caches. Not started yet. */
export function createDoor(generation: Generation, logger: Logger): ApolloServer<HubContext> {
  return new ApolloServer<HubContext>({
    gateway: generation,
    introspection: true,
    // Nothing here is done by cookie: a page of another site has no authority to misuse, and a plain GET is what the specification allows.
    csrfPrevention: false,
    hideSchemaDetailsFromClientErrors: true,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    stringifyResult: (value) => JSON.stringify(value),
    formatError: (formatted) => publicError(formatted),
    logger: { debug: () => undefined, info: () => undefined, warn: (m: unknown) => logger.warn(String(m)), error: (m: unknown) => logger.error(String(m)) },
    plugins: [
      ApolloServerPluginCacheControlDisabled(), ApolloServerPluginInlineTraceDisabled(), ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginSchemaReportingDisabled(), ApolloServerPluginUsageReportingDisabled(), refuseSubscriptions, logBugs(logger),
    ],
  });
}

/** Over HTTP a subscription would reach an executor that cannot serve it. */
const refuseSubscriptions: ApolloServerPlugin<HubContext> = {
  requestDidStart: () =>
    Promise.resolve({
      didResolveOperation: ({ operation }) => {
        if (operation?.operation !== OperationTypeNode.SUBSCRIPTION) return Promise.resolve();
        throw new GraphQLError('Subscriptions are served over WebSocket (graphql-transport-ws) only', {
          extensions: {
            code: 'SUBSCRIPTION_OVER_HTTP', kind: 'BAD_USER_INPUT',
            http: { status: 405, headers: new HeaderMap([['upgrade', 'websocket']]) },
          },
        });
      },
    }),
};

/** The words that clients do not get. */
const logBugs = (logger: Logger): ApolloServerPlugin<HubContext> => ({
  requestDidStart: () =>
    Promise.resolve({
      didEncounterErrors: ({ contextValue, errors }) => {
        for (const error of errors) {
          // Faults of the document get their code later; those of services are in the log of the service.
          const foreign = error.originalError && !(error.originalError instanceof Error);
          if (isBug(error.toJSON()) && error.originalError && !foreign) {
            logger.error({ err: error.originalError, requestId: contextValue.requestId }, 'an operation failed');
          }
        }
        return Promise.resolve();
      },
    }),
});

/** @throws BadRequest for a body that is no JSON, RequestTooLarge */
export async function answerGraphQL(exchange: Exchange, door: ApolloServer<HubContext>, principal: Principal): Promise<void> {
  const { method, receivedAt, request, requestId, response, search } = exchange;
  exchange.allow('GET', 'POST');
  const headers = new HeaderMap();
  for (const [name, value] of Object.entries(request.headers)) if (typeof value === 'string') headers.set(name, value);
  // Any other type could be sent by a page of another site without asking.
  if (method === 'POST' && !/^application\/(graphql-response\+)?json\b/i.test(request.headers['content-type'] ?? '')) {
    throw new BadRequest('The body must be application/json');
  }
  const body = method === 'POST' ? parseBody(await exchange.body(bodyLimit)) : undefined;
  const result = await door.executeHTTPGraphQLRequest({
    httpGraphQLRequest: { method, headers, search, body },
    context: () => Promise.resolve({ principal, receivedAt, requestId }),
  });
  if (exchange.isGone()) return;
  response.statusCode = result.status ?? 200;
  response.setHeader('cache-control', 'no-store');
  for (const [name, value] of result.headers) response.setHeader(name, value);
  if (result.body.kind !== 'complete') throw new Error('an answer in parts, which nobody asked for');
  response.end(result.body.string);
}

function parseBody(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new BadRequest('The body is not JSON');
  }
}
