import { readFileSync } from 'node:fs';
import { ApolloGateway } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import { required } from '../config';
import { endWith, sayReady, start } from './serve';

/** The gateway as its vendor's guide writes it, with the vendor's own data source; the addresses are in the supergraph. */
start(async () => {
  const gateway = new ApolloGateway({ supergraphSdl: readFileSync(required('BENCH_SUPERGRAPH'), 'utf8') });
  const server = new ApolloServer({ gateway, stopOnTerminationSignals: false });
  const { url } = await startStandaloneServer(server, { listen: { host: '127.0.0.1', port: 0 } });
  endWith(() => server.stop());
  sayReady(url);
});
