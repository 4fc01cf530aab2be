import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type ServiceName, serviceNames } from '@casebridge/contracts';
import { cursorSecret } from '@casebridge/platform';
import { CursorCodec } from '@casebridge/platform/dist/graph/cursor';
import { required } from './config';
import { accessLogs, noLogs } from './limit/access-log';
import { caseList } from './limit/case-list';
import { Database, type Databases } from './limit/database';
import { publicPenalties } from './limit/public-penalties';
import { sharedCase } from './limit/shared-case';

/**
 * What is left when everything general is taken away: a bare HTTP server that knows three operations, one reader and their SQL. It keeps
 * nothing between requests but prepared statements.
 */
async function main(): Promise<void> {
  const databases = Object.fromEntries(serviceNames.map((name: ServiceName) =>
    [name, new Database(required(`DATABASE_URL_${name.toUpperCase()}`))])) as Record<ServiceName, Database> satisfies Databases;
  const logs = required('LIMIT_LOG') === 'on' ? accessLogs(databases) : noLogs;
  const cursors = new CursorCodec(await cursorSecret(required('HUB_DATA_DIR')));

  const operations: Readonly<Record<string, (variables: never) => Promise<object>>> = {
    SharedCase: (variables) => sharedCase(databases, logs, variables),
    CaseList: () => caseList(databases, logs, cursors),
    PublicPenalties: (variables) => publicPenalties(databases, cursors, variables),
  };
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const { operationName, variables } = JSON.parse(Buffer.concat(chunks).toString('utf8')) as { operationName: string; variables: never };
    const data = await operations[operationName]?.(variables);
    const text = JSON.stringify({ data });
    response.writeHead(data ? 200 : 404, { 'content-type': 'application/json; charset=utf-8', 'content-length': Buffer.byteLength(text) });
    response.end(text);
  };

  const server = createServer((request, response) => {
    answer(request, response).catch((cause: unknown) => {
      process.stderr.write(`${cause instanceof Error ? cause.stack : 'failed'}\n`);
      response.writeHead(500).end();
    });
  });
  process.once('SIGTERM', () => {
    server.close(() => void Promise.all(Object.values(databases).map((db) => db.close())).then(() => process.exit(0)));
    server.closeAllConnections();
  });
  server.listen(0, '127.0.0.1', () => {
    process.stdout.write(`ready http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql\n`);
  });
}

main().catch((cause: unknown) => {
  process.stderr.write(`${cause instanceof Error ? cause.stack : 'failed to start'}\n`);
  process.exit(1);
});
