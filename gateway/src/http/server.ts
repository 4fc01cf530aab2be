import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { type Clock, publicReader } from '@casebridge/kernel';
import { annotate, closesGently, type DataPort, type FilePort, type HealthReport, type Logger, type Metrics, type TokenVerifier, type Tracing, withoutMessages } from '@casebridge/platform';
import { admit } from '@casebridge/platform/dist/identity/admission';
import type { Door } from '../door';
import { PathNotFound } from '../errors';
import { figuresOf } from '../observability/figures';
import type { TrustedProxies } from './client-address';
import { connectionLimits, type ConnectionLimits, Connections } from './connections';
import { type Charging, sendData, takeData } from './data-route';
import { Exchange } from './exchange';
import { sendFile, storeFile } from './files-route';
import { answerGraphQL } from './graphql-route';
import { httpTimeouts, type HttpTimeouts } from './timeouts';

export interface HttpOptions {
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  readonly door: Door;
  /** Null where there is no contract for the public. */
  readonly publicDoor: Door | null;
  /** Null where no service keeps documents. */
  readonly files: FilePort | null;
  /** Null where no service gives or takes tables. */
  readonly data: DataPort | null;
  readonly charge: Charging;
  readonly health: () => Promise<HealthReport>;
  /** Null where nobody has to say who he is. */
  readonly tokens: TokenVerifier | null;
  readonly proxies: TrustedProxies;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly timeouts?: Partial<HttpTimeouts>;
  readonly connectionLimits?: Partial<ConnectionLimits>;
  readonly tracing?: Tracing | null;
}

export interface HttpFront {
  readonly server: Server;
  /** Those that are open. */
  readonly connections: Connections;
  listen(): Promise<number>;
  /** No new connections; ends when the answers under way are out, at the latest after 15 s. */
  close(): Promise<void>;
}

/** For answers under way when the listener closes: longer than any fetch takes, shorter than the patience of an orchestrator. */
const drainMs = 15_000;

export function createHttpFront(options: HttpOptions): HttpFront {
  const { clock, logger, metrics } = options;
  const timeouts = { ...httpTimeouts, ...options.timeouts };
  const checks = Math.max(50, Math.min(2_000, timeouts.headers / 4)); // how often the server looks for what takes too long
  const limits = { headersTimeout: timeouts.headers, requestTimeout: timeouts.request, connectionsCheckingInterval: checks, keepAliveTimeout: timeouts.idle };
  const underWay = new WeakMap<Duplex, Exchange>();
  const figures = figuresOf(metrics);
  const connections = new Connections({ ...connectionLimits, ...options.connectionLimits }, options.proxies, () => figures.connectionRefused());
  figures.watchConnections(() => connections.size);
  const server = createServer(limits, (request, response) => {
    if (!connections.begin(request.socket)) return; // it has been told
    const exchange = new Exchange(request, response, clock, options.proxies);
    const startedAt = performance.now();
    underWay.set(request.socket, exchange);
    response.once('close', () => {
      connections.end(request.socket);
      account(exchange, (performance.now() - startedAt) / 1_000, logger, metrics);
    });
    response.on('error', () => undefined); // the reader went away: nothing to say, nobody to say it to
    answered(exchange, options, timeouts).catch((cause: unknown) => exchange.fail(cause, logger));
  });
  server.prependListener('connection', (socket) => connections.admit(socket));
  server.timeout = timeouts.stalled;
  server.on('clientError', (error, socket) => refuseMalformed(error, socket, underWay.get(socket)));
  const close = closesGently(server, drainMs);

  return {
    server,
    connections,
    listen: () =>
      new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen(options.port, options.host, () => {
          server.off('error', reject);
          resolve((server.address() as AddressInfo).port);
        });
      }),
    close,
  };
}

/** Health is asked all day long and is no part of anybody's trace. */
function answered(exchange: Exchange, options: HttpOptions, timeouts: HttpTimeouts): Promise<void> {
  const { method, path, request, requestId, response } = exchange;
  const work = (): Promise<void> => route(exchange, options, timeouts);
  if (!options.tracing || path === '/healthz' || path === '/readyz') return work();
  const conclude = (): void => annotate({ 'http.route': exchange.route, ...(response.headersSent ? { 'http.response.status_code': response.statusCode } : {}), ...(exchange.agencyCode ? { 'hub.agency': exchange.agencyCode } : {}) });
  return options.tracing.begin('request', textOf(request.headers['traceparent']), { kind: 'server', attributes: { 'http.request.method': method, 'hub.request': requestId } }, () => work().finally(conclude));
}

const textOf = (value: string | readonly string[] | undefined): string | null => (typeof value === 'string' ? value : null);

async function route(exchange: Exchange, options: HttpOptions, { body: bodyMs }: HttpTimeouts): Promise<void> {
  const { charge, data, door, files, publicDoor, tokens } = options;
  const { method, path } = exchange;
  if (path === '/graphql') {
    exchange.route = path;
    exchange.allow('GET', 'POST');
    return answerGraphQL(exchange, door, await exchange.identify(tokens), { bodyMs });
  }
  if (publicDoor && path === '/public/graphql') {
    exchange.route = path;
    openToAllOrigins(exchange.response);
    if (method === 'OPTIONS') return preflight(exchange.response);
    return answerGraphQL(exchange, publicDoor, admit(publicReader), { bodyMs }); // whoever asks: a token opens nothing here
  }
  if (path === '/healthz') {
    exchange.route = path;
    exchange.allow('GET', 'HEAD');
    return exchange.json(200, { status: 'ok' });
  }
  if (path === '/readyz') {
    exchange.route = path;
    exchange.allow('GET', 'HEAD');
    const report = await options.health();
    return exchange.json(report.ok ? 200 : 503, withoutMessages(report));
  }
  if (files && path === '/files') {
    exchange.route = path;
    exchange.allow('POST');
    return storeFile(exchange, files, await exchange.identify(tokens));
  }
  if (files && path.startsWith('/files/')) {
    exchange.route = '/files/:id';
    exchange.allow('GET');
    return sendFile(exchange, files, await exchange.identify(tokens), path.slice('/files/'.length));
  }
  if (data && publicDoor && path.startsWith('/public/data/')) {
    exchange.route = '/public/data/:name';
    openToAllOrigins(exchange.response);
    exchange.allow('GET', 'HEAD');
    return sendData(exchange, data, admit(publicReader), charge);
  }
  if (data && path.startsWith('/exchange/')) {
    exchange.route = '/exchange/:name';
    exchange.allow('GET', 'HEAD', 'POST');
    const principal = await exchange.identify(tokens);
    return method === 'POST' ? takeData(exchange, data, principal) : sendData(exchange, data, principal, charge);
  }
  throw new PathNotFound('Nothing is here');
}

/** The public contract is for every web page; it takes no credentials, so none can be borrowed. */
function openToAllOrigins(response: ServerResponse): void {
  response.setHeader('access-control-allow-origin', '*');
  response.setHeader('access-control-expose-headers', 'x-request-id');
}

function preflight(response: ServerResponse): void {
  response.writeHead(204, {
    'access-control-allow-methods': 'GET, POST, OPTIONS',
    'access-control-allow-headers': 'content-type, accept, apollo-require-preflight, x-apollo-operation-name, x-request-id, x-hub-sources, traceparent',
    'access-control-max-age': '86400',
  });
  response.end();
}

/** One line per request: no variables, no token, no query, no name. */
function account(exchange: Exchange, seconds: number, logger: Logger, metrics: Metrics): void {
  const { agencyCode, code, method, path, record, requestId, response, route: pattern } = exchange;
  const status = response.statusCode;
  metrics.httpRequest({ method, route: pattern, status, seconds });
  logger.info(
    {
      // A path that is no route of ours may be anything somebody typed.
      method, path: pattern === 'none' ? '(unknown)' : path.slice(0, 100), status, ms: Math.round(seconds * 1_000), requestId, agency: agencyCode,
      ...(code === null ? {} : { code }),
      ...(record ? { graphql: record.line() } : {}),
      ...(response.writableFinished ? {} : { aborted: true }),
    },
    'request',
  );
}

const statusOfFault: Readonly<Record<string, string>> = {
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large', HPE_CHUNK_EXTENSIONS_OVERFLOW: '413 Payload Too Large', ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
};
/** What a client who was told off gets to read it before the connection is cut. */
const farewellMs = 1_000;

/** What is no HTTP. An answer that is under way on the connection goes out first: a refusal in its place would be taken for it. */
function refuseMalformed(error: NodeJS.ErrnoException, socket: Duplex, exchange: Exchange | undefined): void {
  if (!socket.writable) return void socket.destroy();
  if (exchange) {
    const { request, response } = exchange;
    // What is under way is broken off, and so is a request that was answered before it was whole.
    if (response.headersSent && !(request.complete && response.writableFinished)) return void socket.destroy();
    if (request.complete && !response.writableFinished) {
      if (response.shouldKeepAlive) response.once('close', () => socket.destroy());
      response.shouldKeepAlive = false;
      return;
    }
  }
  socket.end(`HTTP/1.1 ${statusOfFault[error.code ?? ''] ?? '400 Bad Request'}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
  setTimeout(() => socket.destroy(), farewellMs).unref();
}
