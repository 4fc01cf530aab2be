import { required } from '../config';
import { JitService } from './jit-service';
import { serveJson, start } from './serve';
import { serviceHere, worldHere } from './settings';
import { subgraphSchema } from './subgraphs';

/** A service with nothing between it and its work: bare HTTP, documents kept, compiled execution. */
start(() => {
  const name = serviceHere(required('BENCH_SERVICE'));
  const service = new JitService(name, subgraphSchema(name, worldHere()));
  serveJson(name, (body) => service.execute(body as Parameters<JitService['execute']>[0]));
  return Promise.resolve();
});
