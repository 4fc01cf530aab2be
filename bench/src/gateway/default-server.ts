import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import { required } from '../config';
import { endWith, sayReady, start } from './serve';
import { serviceHere, worldHere } from './settings';
import { subgraphSchema } from './subgraphs';

/** A service as its vendor's guide writes it. */
start(async () => {
  const name = serviceHere(required('BENCH_SERVICE'));
  const server = new ApolloServer({ schema: subgraphSchema(name, worldHere()), stopOnTerminationSignals: false });
  const { url } = await startStandaloneServer(server, { listen: { host: '127.0.0.1', port: 0 } });
  endWith(() => server.stop());
  sayReady(url);
});
