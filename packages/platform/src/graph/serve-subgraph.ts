import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pipeline } from 'node:stream/promises';
import { ApolloServer, HeaderMap } from '@apollo/server';
import type { GatewayInterface } from '@apollo/server-gateway-interface';
import { ApolloServerPluginCacheControlDisabled, ApolloServerPluginInlineTraceDisabled } from '@apollo/server/plugin/disabled';
import { type ExecutionArgs, type ExecutionResult, GraphQLError } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import { z } from 'zod';
import { DomainError, type ErrorKind, isUuid, type Principal } from '@casebridge/kernel';
import type { InternalTokenVerifier } from '../identity';
import { fileHeaders, madeFileHeaders, maxFileBytes } from '../files';
import { closesGently, type Logger, type Tracing } from '../process';
import { alsoForHeader, readAlsoFor } from './also-for';
import { maskError } from './errors';
import type { RequestInfo } from './request-context';
import { type DataRequest, maxNotedRecords, type ServiceRequest } from './service-port';
import type { ServiceRuntime } from './service-runtime';

const BODY_LIMIT = 4 * 1024 * 1024;
/** For answers under way when the door closes. */
const drainMs = 10_000;

export interface ServedSubgraph {
  readonly port: number;
  stop(): Promise<void>;
}

export interface ServeOptions {
  readonly runtime: ServiceRuntime;
  readonly tokens: InternalTokenVerifier;
  readonly host: string;
  readonly port: number;
  readonly logger: Logger;
  /** Null, or left out: nothing is traced. */
  readonly tracing?: Tracing | null;
}

/** What the gateway shows of this service's records out of what it remembers; who reads, and for which request, is in the headers. */
const readsNote = z.object({
  query: z.string().min(1),
  records: z.array(z.string().regex(/^[A-Za-z_]\w{0,99}:.{1,200}$/u)).min(1).max(maxNotedRecords),
});

type Incoming = RequestInfo & Pick<ServiceRequest, 'scope' | 'alsoFor'>;

const header = (request: IncomingMessage, name: string): string | null => {
  const value = request.headers[name];
  return typeof value === 'string' && value !== '' ? value : null;
};

/** Everything but health needs the gateway's internal token; the service then acts on the officer's rights it carries. */
async function incoming(request: IncomingMessage, tokens: InternalTokenVerifier): Promise<Incoming> {
  const bearer = header(request, 'authorization')?.replace(/^Bearer /i, '') ?? '';
  const principal: Principal = await tokens.verify(bearer);
  const receivedAt = new Date(header(request, 'x-received-at') ?? Number.NaN);
  return {
    principal,
    requestId: header(request, 'x-request-id') ?? 'none',
    clientOperation: header(request, 'x-client-operation'),
    receivedAt: Number.isNaN(receivedAt.getTime()) ? new Date(0) : receivedAt,
    scope: request,
    alsoFor: readAlsoFor(header(request, alsoForHeader)),
  };
}

const fileNotFound = { errors: [{ message: 'File not found', extensions: { code: 'NOT_FOUND', kind: 'NOT_FOUND' } }] };

/** A service on its own: GraphQL over HTTP and graphql-transport-ws, files, health. */
export async function serveSubgraph(options: ServeOptions): Promise<ServedSubgraph> {
  const { logger, runtime, tokens, tracing } = options;
  const apollo = new ApolloServer<Incoming>({
    gateway: executorOf(runtime),
    plugins: [ApolloServerPluginCacheControlDisabled(), ApolloServerPluginInlineTraceDisabled()],
    includeStacktraceInErrorResponses: false,
    stringifyResult: (value) => JSON.stringify(value),
    stopOnTerminationSignals: false,
    csrfPrevention: true,
    dangerouslyDisableValidation: true, // the runtime validates, with the same rules in process and here
  });
  await apollo.start();

  // The internal token names every region of the reader: a province has many.
  const http = createServer({ maxHeaderSize: 64 * 1024 }, (request, response) => {
    route(request, response).catch((cause: unknown) => {
      fail(response, cause, logger);
    });
  });
  const closeGently = closesGently(http, drainMs);
  const route = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = (request.url ?? '/').split('?')[0] ?? '/';
    if (path === '/healthz') return send(response, 200, { status: 'ok' });
    if (path === '/readyz') {
      const health = await runtime.health();
      return send(response, health.ok ? 200 : 503, health);
    }
    if (path === '/graphql' && request.method === 'POST') {
      const answer = (): Promise<void> => graphql(request, response);
      return tracing ? tracing.begin('POST /graphql', header(request, 'traceparent'), { kind: 'server', attributes: { 'hub.service': runtime.name } }, answer) : answer();
    }
    if (path === '/reads' && request.method === 'POST') return reads(request, response);
    if (runtime.files && path === '/files' && request.method === 'POST') return upload(request, response);
    if (runtime.files && path.startsWith('/files/') && request.method === 'GET') return download(request, response, path.slice('/files/'.length));
    if (runtime.data && path.startsWith('/data/') && request.method === 'GET') return giveData(request, response);
    if (runtime.data && path.startsWith('/data/') && request.method === 'POST') return takeData(request, response);
    return send(response, 404, { errors: [{ message: 'Not found', extensions: { code: 'NOT_FOUND', kind: 'NOT_FOUND' } }] });
  };

  const graphql = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const context = await incoming(request, tokens);
    const headers = new HeaderMap();
    for (const [name, value] of Object.entries(request.headers)) if (typeof value === 'string') headers.set(name, value);
    const result = await apollo.executeHTTPGraphQLRequest({
      httpGraphQLRequest: { method: 'POST', headers, search: '', body: JSON.parse(await readBody(request)) },
      context: () => Promise.resolve(context),
    });
    response.statusCode = result.status ?? 200;
    for (const [name, value] of result.headers) response.setHeader(name, value);
    if (result.body.kind === 'complete') response.end(result.body.string);
    else response.end();
  };

  const reads = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const context = await incoming(request, tokens);
    const note = readsNote.safeParse(JSON.parse(await readBody(request)));
    if (!note.success) throw new RangeError('not a note of reads');
    await runtime.noteReads({ ...context, ...note.data });
    response.writeHead(204);
    response.end();
  };

  const upload = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { principal } = await incoming(request, tokens);
    if (principal.kind !== 'agency' || !runtime.files) return send(response, 401, unauthenticated);
    send(response, 201, await runtime.files.store(principal, request, { limitBytes: maxFileBytes }));
  };

  const download = async (request: IncomingMessage, response: ServerResponse, id: string): Promise<void> => {
    const { principal, requestId } = await incoming(request, tokens);
    if (!isUuid(id)) {
      const made = await runtime.files?.make(principal, id, requestId);
      if (!made) return send(response, 404, fileNotFound);
      response.writeHead(200, { ...madeFileHeaders(made), 'x-file-name': made.fileName });
      return pipeline(made.stream, response);
    }
    const file = await runtime.files?.open(principal, id, requestId);
    if (!file) return send(response, 404, fileNotFound);
    response.writeHead(200, { ...fileHeaders(file), 'x-file': JSON.stringify({ sha256: file.sha256, size: file.size, mediaType: file.mediaType }) });
    await pipeline(file.stream, response);
  };

  const asked = (request: IncomingMessage, requestId: string): DataRequest => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://service');
    const known = header(request, 'if-none-match')?.split(/\s*,\s*/) ?? [];
    return { path: decodeURIComponent(pathname.slice('/data/'.length)), query: Object.fromEntries(searchParams), known, requestId };
  };

  const giveData = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { principal, requestId } = await incoming(request, tokens);
    const reply = await runtime.data?.open(principal, asked(request, requestId));
    if (!reply) return send(response, 404, { errors: [{ message: 'Not found', extensions: { code: 'NOT_FOUND', kind: 'NOT_FOUND' } }] });
    const { body, ...facts } = reply;
    response.writeHead(body ? 200 : 204, { 'x-data': encodeURIComponent(JSON.stringify(facts)) });
    if (body) await pipeline(body, response);
    else response.end();
  };

  const takeData = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { principal, requestId } = await incoming(request, tokens);
    if (principal.kind !== 'agency') return send(response, 401, unauthenticated);
    const receipt = await runtime.data?.take(principal, asked(request, requestId), request);
    if (!receipt) return send(response, 404, { errors: [{ message: 'Not found', extensions: { code: 'NOT_FOUND', kind: 'NOT_FOUND' } }] });
    send(response, 202, receipt);
  };

  const sockets = new WebSocketServer({ server: http, path: '/graphql' });
  const cleanup = useServer<Record<string, never>, { incoming?: Incoming }>(
    {
      isProd: true, // words of an unexpected error stay out of the close frame
      schema: runtime.schema,
      onConnect: async (ctx) => {
        const { request, socket } = ctx.extra;
        try {
          ctx.extra.incoming = await incoming(request, tokens);
          return true;
        } catch (cause) {
          // The gateway reads the code: what is wrong with the reader's own token is the reader's to know.
          if (cause instanceof DomainError) socket.close(4403, cause.code);
          else {
            logger.error({ err: cause }, 'a socket could not be opened');
            socket.close(4500, 'Internal server error');
          }
          return false;
        }
      },
      context: (ctx) => ctx.extra.incoming,
      execute: (args) => survive(() => runtime.execute(socketRequest(args))),
      subscribe: (args) => survive(() => runtime.subscribe(socketRequest(args))) as Promise<ExecutionResult>,
    },
    sockets,
  );
  /** A bug in one operation is the end of that operation; thrown further, it would close the socket without a word. */
  const survive = async <T>(work: () => Promise<T>): Promise<T | ExecutionResult> => {
    try {
      return await work();
    } catch (cause) {
      const thrown = new GraphQLError('Internal server error', { originalError: cause instanceof Error ? cause : new Error('no Error was thrown') });
      return { errors: [maskError(thrown, (err) => logger.error({ err }, 'an operation on a socket failed'))] };
    }
  };

  await new Promise<void>((resolve, reject) => {
    http.once('error', reject);
    http.listen(options.port, options.host, resolve);
  });
  return {
    port: (http.address() as AddressInfo).port,
    stop: async () => {
      await Promise.all([closeGently(), cleanup.dispose()]);
      await apollo.stop();
    },
  };
}

const socketRequest = (args: ExecutionArgs): ServiceRequest => ({
  ...(args.contextValue as Incoming),
  query: '', document: args.document, scope: args, // one operation, one set of loaders
  ...(args.variableValues ? { variables: args.variableValues } : {}),
  ...(args.operationName ? { operationName: args.operationName } : {}),
});

/** Apollo Server's public hook for an executor: one way of executing, in process and over HTTP. */
const executorOf = (runtime: ServiceRuntime): GatewayInterface => ({
  load: () =>
    Promise.resolve({
      executor: async ({ context, request }) => {
        const result = await runtime.execute({
          ...(context as unknown as Incoming), query: request.query ?? '',
          operationName: request.operationName ?? null, variables: request.variables ?? {},
        });
        return result as never;
      },
    }),
  onSchemaLoadOrUpdate: (listener) => {
    listener({ apiSchema: runtime.schema, coreSupergraphSdl: '' });
    return () => undefined;
  },
  stop: () => Promise.resolve(),
});

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > BODY_LIMIT) throw new RangeError('body too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

const statusOf: Readonly<Record<ErrorKind, number>> = {
  UNAUTHENTICATED: 401, FORBIDDEN: 403, NOT_FOUND: 404, CONFLICT: 409, BAD_USER_INPUT: 400, UNAVAILABLE: 503,
};

const unauthenticated = { errors: [{ message: 'An internal token is needed', extensions: { code: 'TOKEN_INVALID', kind: 'UNAUTHENTICATED' } }] };

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
  response.end(JSON.stringify(body));
}

function fail(response: ServerResponse, cause: unknown, logger: Logger): void {
  if (response.headersSent) return void response.destroy();
  if (cause instanceof DomainError) {
    // A refused upload is not read to its end: the connection cannot be used again.
    response.setHeader('connection', 'close');
    return send(response, statusOf[cause.kind], { errors: [{ message: cause.message, extensions: { code: cause.code, kind: cause.kind, field: cause.field } }] });
  }
  if (cause instanceof SyntaxError || cause instanceof RangeError) {
    return send(response, 400, { errors: [{ message: 'Malformed request body', extensions: { code: 'BAD_REQUEST', kind: 'BAD_USER_INPUT' } }] });
  }
  logger.error({ err: cause }, 'request failed');
  return send(response, 500, { errors: [{ message: 'Internal server error', extensions: { code: 'INTERNAL_SERVER_ERROR', kind: 'INTERNAL' } }] });
}
