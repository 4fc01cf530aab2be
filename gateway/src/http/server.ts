import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ApolloServer } from '@apollo/server';
import { type Clock, publicReader } from '@casebridge/kernel';
import { type FilePort, type HealthReport, type Logger, type Metrics, type TokenVerifier, withoutMessages } from '@casebridge/platform';
import { admit } from '@casebridge/platform/dist/identity/admission';
import type { HubContext } from '../context';
import { PathNotFound } from '../errors';
import { Exchange } from './exchange';
import { sendFile, storeFile } from './files-route';
import { answerGraphQL } from './graphql-route';

export interface HttpOptions {
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  readonly door: ApolloServer<HubContext>;
  readonly publicDoor: ApolloServer<HubContext>;
  /** Null where no service keeps documents. */
  readonly files: FilePort | null;
  readonly health: () => Promise<HealthReport>;
  readonly tokens: TokenVerifier;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: Metrics;
}

export interface HttpFront {
  readonly server: Server;
  listen(): Promise<number>;
  /** No new connections; ends when the answers under way are out, at the latest after 15 s. */
  close(): Promise<void>;
}

/** Longer than that of common proxies, who would else meet a connection that was just closed. */
const keepAliveMs = 65_000;
/** For answers under way when the listener closes: longer than any fetch takes, shorter than the patience of an orchestrator. */
const drainMs = 15_000;

export function createHttpFront(options: HttpOptions): HttpFront {
  const { clock, logger, metrics } = options;
  let closing = false;

  const server = createServer((request, response) => {
    const exchange = new Exchange(request, response, clock);
    const startedAt = performance.now();
    if (closing) response.shouldKeepAlive = false;
    response.once('close', () => account(exchange, (performance.now() - startedAt) / 1_000, logger, metrics));
    response.on('error', () => undefined); // the reader went away: nothing to say, nobody to say it to
    route(exchange, options).catch((cause: unknown) => exchange.fail(cause, logger));
  });
  server.keepAliveTimeout = keepAliveMs;
  server.headersTimeout = 20_000;
  server.on('clientError', refuseMalformed);

  return {
    server,
    listen: () =>
      new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen(options.port, options.host, () => {
          server.off('error', reject);
          resolve((server.address() as AddressInfo).port);
        });
      }),
    close: () =>
      new Promise((resolve) => {
        closing = true;
        // A connection whose answer was under way is kept by both sides when that is out.
        const sweep = setInterval(() => server.closeIdleConnections(), 50);
        const late = setTimeout(() => server.closeAllConnections(), drainMs);
        server.close(() => {
          clearInterval(sweep);
          clearTimeout(late);
          resolve();
        });
        server.closeIdleConnections();
      }),
  };
}

async function route(exchange: Exchange, options: HttpOptions): Promise<void> {
  const { door, files, publicDoor, tokens } = options;
  const { method, path } = exchange;
  if (path === '/graphql') {
    exchange.route = path;
    exchange.allow('GET', 'POST');
    return answerGraphQL(exchange, door, await exchange.identify(tokens));
  }
  if (path === '/public/graphql') {
    exchange.route = path;
    openToAllOrigins(exchange.response);
    if (method === 'OPTIONS') return preflight(exchange.response);
    return answerGraphQL(exchange, publicDoor, admit(publicReader)); // whoever asks: a token opens nothing here
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
    'access-control-allow-headers': 'content-type, accept, apollo-require-preflight, x-apollo-operation-name, x-request-id',
    'access-control-max-age': '86400',
  });
  response.end();
}

/** One line per request: no variables, no token, no query, no name. */
function account(exchange: Exchange, seconds: number, logger: Logger, metrics: Metrics): void {
  const { agencyCode, method, path, requestId, response, route: pattern } = exchange;
  const status = response.statusCode;
  metrics.httpRequest({ method, route: pattern, status, seconds });
  logger.info(
    {
      // A path that is no route of ours may be anything somebody typed.
      method, path: pattern === 'none' ? '(unknown)' : path.slice(0, 100), status, ms: Math.round(seconds * 1_000), requestId, agency: agencyCode,
      ...(response.writableFinished ? {} : { aborted: true }),
    },
    'request',
  );
}

function refuseMalformed(_error: Error, socket: IncomingMessage['socket'] | import('node:stream').Duplex): void {
  if (socket.writable) socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
  else socket.destroy();
}
