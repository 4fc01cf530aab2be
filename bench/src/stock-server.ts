import 'reflect-metadata';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ApolloGateway, type GraphQLDataSourceProcessOptions, RemoteGraphQLDataSource } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import { type ServiceName, serviceNames } from '@casebridge/contracts';
import { type Principal, publicReader, systemClock } from '@casebridge/kernel';
import {
  bearerToken, createInternalTokenSigner, createLogger, createTokenVerifier, developmentJwks, gatewayKeyName, InMemoryDirectory, installDrain,
  loadOrCreateSigningKey, openBus, startDirectoryFeed,
} from '@casebridge/platform';
import { admit } from '@casebridge/platform/dist/identity/admission';
import { stripSecurity } from '@casebridge/gateway';
import { withServiceUrls } from './supergraph';
import { required } from './config';

/**
 * The gateway as its vendor ships it, `startStandaloneServer` and `RemoteGraphQLDataSource` with their defaults, before the same services.
 * It knows who asks and vouches for him as our gateway does, with the same parts, so that what differs is the gateway.
 */
interface StockContext {
  readonly principal: Principal;
}

async function main(): Promise<void> {
  const dataDir = required('HUB_DATA_DIR');
  const logger = createLogger({ name: 'stock', level: 'warn', clock: systemClock });
  const signer = await createInternalTokenSigner({ key: await loadOrCreateSigningKey(dataDir, gatewayKeyName), clock: systemClock });
  const bus = await openBus(required('DATABASE_URL_BUS'), logger);
  const directory = new InMemoryDirectory();
  const feed = startDirectoryFeed({ bus: bus.bus, directory, logger, clock: systemClock });
  const keys = await developmentJwks(dataDir, 'development');
  const tokens = createTokenVerifier({ directory, clock: systemClock, devJwks: () => keys });

  const urls = new Map(serviceNames.map((name) => [name, `${required(`SERVICE_URL_${name.toUpperCase()}`)}/graphql`]));
  // The library refuses a supergraph with rights in it, and enforces none: it gets the text without their mark.
  const { sdl } = stripSecurity(readFileSync(join(resolve(__dirname, '../../gateway'), 'supergraph.graphql'), 'utf8'));
  const supergraphSdl = withServiceUrls(sdl, urls);
  const server = new ApolloServer<StockContext>({
    stopOnTerminationSignals: false,
    gateway: new ApolloGateway({
      supergraphSdl,
      buildService: ({ name, url }) =>
        new RemoteGraphQLDataSource<StockContext>({
          url,
          willSendRequest: async (options: GraphQLDataSourceProcessOptions<StockContext>) => {
            if (!('incomingRequestContext' in options)) return; // the gateway's own questions, of which it has none here
            const token = await signer.sign(options.context.principal, name as ServiceName);
            options.request.http?.headers.set('authorization', `Bearer ${token}`);
          },
        }),
    }),
  });
  await feed.ready;
  const { url } = await startStandaloneServer(server, {
    listen: { host: '127.0.0.1', port: 0 },
    context: async ({ req }) => {
      const token = bearerToken(req.headers.authorization);
      return { principal: admit(token === null ? publicReader : await tokens.verify(token)) };
    },
  });
  installDrain({
    logger,
    steps: () => [
      { name: 'server', stop: () => server.stop() }, { name: 'directory', stop: () => feed.stop() },
      { name: 'tokens', stop: () => tokens.close() }, { name: 'bus', stop: () => bus.close() },
    ],
  });
  process.stdout.write(`ready ${url}\n`);
}

main().catch((cause: unknown) => {
  process.stderr.write(`${cause instanceof Error ? cause.stack : 'failed to start'}\n`);
  process.exit(1);
});
