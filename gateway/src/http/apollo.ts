import { ApolloServer } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled, ApolloServerPluginInlineTraceDisabled, ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled, ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import type { Logger } from '@casebridge/platform';
import type { GraphQLFormattedError } from 'graphql';
import type { HubContext } from '../context';
import type { DocumentsUnderWay } from '../documents/under-way';
import type { Generation } from '../federation/generation';
import type { Prepared } from '../pipeline';

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
    documentStore: documents.documents,
    persistedQueries: { cache: documents.texts },
    introspection: true,
    hideSchemaDetailsFromClientErrors: true,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    formatError: (formatted) => formatError(formatted),
    logger: { debug: () => undefined, info: () => undefined, warn: (m: unknown) => logger.warn(String(m)), error: (m: unknown) => logger.error(String(m)) },
    // None that wants to hear of each request: it would wait for it several times.
    plugins: [
      ApolloServerPluginCacheControlDisabled(), ApolloServerPluginInlineTraceDisabled(), ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginSchemaReportingDisabled(), ApolloServerPluginUsageReportingDisabled(),
    ],
  });
}

/** An answer as it goes out. */
export interface Answer {
  readonly status: number;
  readonly result: {
    readonly errors?: readonly GraphQLFormattedError[] | undefined;
    readonly data?: unknown;
    readonly extensions?: unknown;
  };
}

/** Runs an operation that was let in: it is told by its hash, and neither hashed, parsed nor validated once more. */
export async function runOn(apollo: ApolloServer<HubContext>, { ready: { hash, name }, variables }: Prepared, contextValue: HubContext): Promise<Answer> {
  const extensions = { persistedQuery: { version: 1, sha256Hash: hash } };
  const { body, http } = await apollo.executeOperation(name === null ? { extensions, variables } : { extensions, variables, operationName: name }, { contextValue });
  if (body.kind !== 'single') throw new Error('an answer in parts, which nobody asked for');
  return { status: http.status ?? 200, result: body.singleResult };
}
