import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DomainError, isUuid, type Principal } from '@casebridge/kernel';
import { type InternalTokenVerifier, maxFileBytes, type RequestInfo } from '@casebridge/platform';
import type { ExecutionResult } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import type { TestService } from './test-service';

export interface ServedTestService {
  readonly url: string;
  readonly server: Server;
  readonly sockets: WebSocketServer;
  /** What is done instead of answering `POST /graphql`; taken away again with null. */
  answer: ((request: IncomingMessage, response: ServerResponse) => void) | null;
  /** Resets the next so many connections after they have sent their request. */
  resets: number;
  stop(): Promise<void>;
}

/** The wire of a service (PLAN: headers, internal token, graphql-transport-ws, files) in as few lines as a test needs. */
export async function serveTestService(service: TestService, tokens: InternalTokenVerifier): Promise<ServedTestService> {
  const principalOf = (request: IncomingMessage): Promise<Principal> => tokens.verify((request.headers.authorization ?? '').replace('Bearer ', ''));
  const infoOf = async (request: IncomingMessage): Promise<RequestInfo> => ({
    principal: await principalOf(request),
    requestId: String(request.headers['x-request-id']),
    clientOperation: request.headers['x-client-operation'] === undefined ? null : String(request.headers['x-client-operation']),
    receivedAt: new Date(String(request.headers['x-received-at'])),
  });

  const route = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = request.url ?? '/';
    if (path === '/readyz') return json(response, 200, await service.health());
    if (path === '/graphql') {
      const body: unknown = JSON.parse(await textOf(request));
      if (served.resets > 0) {
        served.resets -= 1;
        return void request.socket.resetAndDestroy();
      }
      if (served.answer) return served.answer(request, response);
      return json(response, 200, await service.execute({ ...(body as { query: string }), ...(await infoOf(request)), scope: {} }));
    }
    const { files } = service;
    if (!files) return json(response, 404, {});
    const principal = await principalOf(request);
    if (request.method === 'POST') {
      if (principal.kind !== 'agency') return json(response, 401, {});
      return json(response, 201, await files.store(principal, request, { limitBytes: maxFileBytes }));
    }
    const made = isUuid(path.slice('/files/'.length)) ? null : await files.make(principal, path.slice('/files/'.length));
    if (made) {
      response.writeHead(200, { 'content-type': made.mediaType, 'x-file-name': made.fileName });
      made.stream.on('error', () => response.destroy()).pipe(response);
      return;
    }
    const file = await files.open(principal, path.slice('/files/'.length));
    if (!file) return json(response, 404, { errors: [{ message: 'File not found', extensions: { code: 'NOT_FOUND', kind: 'NOT_FOUND' } }] });
    const { mediaType, sha256, size, stream } = file;
    response.writeHead(200, { 'content-length': size, 'x-file': JSON.stringify({ sha256, size, mediaType }) });
    stream.pipe(response);
  };

  const server = createServer((request, response) => {
    route(request, response).catch((error: unknown) => {
      if (error instanceof DomainError) json(response, 400, { errors: [{ message: error.message, extensions: { code: error.code, kind: error.kind } }] });
      else json(response, 500, { stack: (error as Error).stack });
    });
  });
  const sockets = new WebSocketServer({ server, path: '/graphql' });
  const cleanup = useServer(
    {
      schema: service.schema,
      validate: () => [],
      context: (ctx, _id, payload) => ({ request: ctx.extra.request, payload }),
      subscribe: async (args) => {
        const { payload, request } = args.contextValue as { payload: { query: string; variables?: Record<string, unknown> }; request: IncomingMessage };
        return (await service.subscribe({
          query: payload.query, ...(payload.variables ? { variables: payload.variables } : {}), ...(await infoOf(request)), scope: {},
        })) as ExecutionResult;
      },
    },
    sockets,
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const served: ServedTestService = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    server, sockets, answer: null, resets: 0,
    stop: async () => {
      if (!server.listening) return;
      await cleanup.dispose();
      await new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      });
    },
  };
  return served;
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

function json(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
}
