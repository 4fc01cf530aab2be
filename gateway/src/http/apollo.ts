import { ApolloServer, type ApolloServerPlugin, HeaderMap } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled, ApolloServerPluginInlineTraceDisabled, ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled, ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import type { Logger } from '@casebridge/platform';
import { GraphQLError, type GraphQLFormattedError, OperationTypeNode } from 'graphql';
import type { HubContext } from '../context';
import type { DocumentsUnderWay } from '../documents/under-way';
import { isBug } from '../errors';
import type { Generation } from '../federation/generation';

export interface ApolloOptions {
  /** What the door has read already. */
  readonly documents: DocumentsUnderWay;
  readonly formatError: (error: GraphQLFormattedError) => GraphQLFormattedError;
  readonly logger: Logger;
}

/** Runs the operations of one contract. Not started yet. */
export function createApollo(generation: Generation, { documents, formatError, logger }: ApolloOptions): ApolloServer<HubContext> {
  return new ApolloServer<HubContext>({
    gateway: generation,
    documentStore: documents,
    introspection: true,
    // Nothing here is done by cookie: a page of another site has no authority to misuse, and a plain GET is what the specification allows.
    csrfPrevention: false,
    hideSchemaDetailsFromClientErrors: true,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    stringifyResult: (value) => JSON.stringify(value),
    formatError: (formatted) => formatError(formatted),
    logger: { debug: () => undefined, info: () => undefined, warn: (m: unknown) => logger.warn(String(m)), error: (m: unknown) => logger.error(String(m)) },
    plugins: [
      ApolloServerPluginCacheControlDisabled(), ApolloServerPluginInlineTraceDisabled(), ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginSchemaReportingDisabled(), ApolloServerPluginUsageReportingDisabled(), refuseSubscriptions, logBugs(logger),
    ],
  });
}

/** Asked for like a query, a subscription would reach an executor that cannot serve it. */
const refuseSubscriptions: ApolloServerPlugin<HubContext> = {
  requestDidStart: () =>
    Promise.resolve({
      didResolveOperation: ({ operation }) => {
        if (operation?.operation !== OperationTypeNode.SUBSCRIPTION) return Promise.resolve();
        throw new GraphQLError('A subscription is served as server-sent events (Accept: text/event-stream) or, where there is one, over a WebSocket (graphql-transport-ws)', {
          extensions: {
            code: 'SUBSCRIPTION_OVER_HTTP', kind: 'BAD_USER_INPUT',
            http: { status: 405, headers: new HeaderMap([['allow', 'GET, POST'], ['upgrade', 'websocket']]) },
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
