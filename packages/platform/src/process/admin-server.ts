import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { HealthReport } from './health';
import type { Logger } from './logger';
import type { Metrics } from './metrics';

export interface AdminAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** What answers `POST /reload` and the like. */
export type AdminRoute = () => AdminAnswer | Promise<AdminAnswer>;

export interface AdminServerOptions {
  /** 0 takes a free one. */
  readonly port: number;
  /** Default 127.0.0.1: nobody proves who he is here, so nobody from outside gets here. */
  readonly host?: string;
  readonly metrics: Metrics;
  readonly health: () => Promise<HealthReport>;
  /** Further routes by `METHOD /path`, e.g. `POST /reload`. */
  readonly routes?: Readonly<Record<string, AdminRoute>>;
  readonly logger: Logger;
}

export interface AdminServer {
  readonly port: number;
  readonly url: string;
  /** Ends after the answers under way. */
  close(): Promise<void>;
}

const loopbackNames = new Set(['127.0.0.1', 'localhost', '[::1]']);

/**
 * The listener for operators: `GET /metrics`, `GET /healthz` and what the process adds.
 *
 * @throws when the port is taken or may not be opened
 */
export async function startAdminServer(options: AdminServerOptions): Promise<AdminServer> {
  const { host = '127.0.0.1', logger } = options;
  const routes = new Map<string, (response: ServerResponse) => Promise<void>>([
    ['GET /metrics', (response) => metrics(options, response)],
    ['GET /healthz', (response) => health(options, response)],
  ]);
  for (const [name, route] of Object.entries(options.routes ?? {})) {
    if (!/^(GET|POST) \/[a-z0-9/-]*$/.test(name) || routes.has(name)) throw new RangeError(`Not a free admin route: ${name}`);
    routes.set(name, async (response) => {
      const { status, body } = await route();
      json(response, status, body);
    });
  }

  const server = createServer((request, response) => {
    answer(request, response, routes, loopbackNames.has(bracketed(host))).catch((error: unknown) => {
      logger.error({ err: error, path: request.url }, 'an admin request failed');
      if (response.headersSent) response.destroy();
      else json(response, 500, { error: 'Internal error' });
    });
  });
  server.requestTimeout = 10_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });

  const { port } = server.address() as AddressInfo;
  return {
    port,
    url: `http://${bracketed(host)}:${port}`,
    close: () =>
      new Promise<void>((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeIdleConnections();
      }),
  };
}

const bracketed = (host: string): string => (host.includes(':') ? `[${host}]` : host);

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  routes: ReadonlyMap<string, (response: ServerResponse) => Promise<void>>,
  loopbackOnly: boolean,
): Promise<void> {
  request.resume(); // no route takes a body
  const method = request.method === 'HEAD' ? 'GET' : (request.method ?? '');
  const path = (request.url ?? '').split('?', 1)[0] ?? '';
  // A web page in an operator's browser can reach loopback, also under a name of its own (DNS rebinding): it shows an
  // `Origin`, or a `Host` that is not this machine.
  const named = loopbackNames.has((request.headers.host ?? '').replace(/:\d+$/, ''));
  if (request.headers.origin !== undefined || (loopbackOnly && !named)) return json(response, 403, { error: 'Not for browsers' });
  const route = routes.get(`${method} ${path}`);
  if (route) return route(response);
  const others = ['GET', 'POST'].filter((other) => routes.has(`${other} ${path}`));
  if (others.length === 0) return json(response, 404, { error: 'Not found' });
  response.setHeader('allow', others.join(', '));
  return json(response, 405, { error: 'Method not allowed' });
}

async function metrics(options: AdminServerOptions, response: ServerResponse): Promise<void> {
  const { body, contentType } = await options.metrics.render();
  response.writeHead(200, { 'content-type': contentType, 'cache-control': 'no-store' }).end(body);
}

async function health(options: AdminServerOptions, response: ServerResponse): Promise<void> {
  const report = await options.health();
  json(response, report.ok ? 200 : 503, report);
}

function json(response: ServerResponse, status: number, body: unknown): void {
  response
    .writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' })
    .end(`${JSON.stringify(body)}\n`);
}
