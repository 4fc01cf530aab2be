import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { HealthReport } from './health';
import type { Logger } from './logger';
import type { Metrics } from './metrics';

export interface AdminAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** Parts of the path that the route names with a colon, decoded. */
export type AdminParams = Readonly<Record<string, string>>;

/** What answers `POST /reload` and the like. */
export type AdminRoute = (params: AdminParams) => AdminAnswer | Promise<AdminAnswer>;

export interface AdminServerOptions {
  /** 0 takes a free one. */
  readonly port: number;
  /** Default 127.0.0.1: nobody proves who he is here, so nobody from outside gets here. */
  readonly host?: string;
  readonly metrics: Pick<Metrics, 'render'>;
  readonly health: () => Promise<HealthReport>;
  /** Default `health`. */
  readonly readiness?: () => Promise<HealthReport>;
  /** Further routes by `METHOD /path`, e.g. `POST /reload` or `POST /jobs/:name/run`; answered from this machine only, wherever it listens. */
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
 * The listener for operators: `GET /metrics`, `GET /healthz`, `GET /readyz` and what the process adds.
 *
 * @throws when the port is taken or may not be opened
 */
export async function startAdminServer(options: AdminServerOptions): Promise<AdminServer> {
  const { host = '127.0.0.1', logger } = options;
  const routes: Route[] = [
    routeOf('GET /metrics', (response) => metrics(options, response), true), routeOf('GET /healthz', (response) => health(options.health, response), true),
    routeOf('GET /readyz', (response) => health(options.readiness ?? options.health, response), true),
  ];
  for (const [name, answerTo] of Object.entries(options.routes ?? {})) {
    const taken = routes.some((route) => route.shape === shapeOf(name));
    if (!/^(GET|POST) (\/:?[a-z0-9-]*)+$/i.test(name) || taken) throw new RangeError(`Not a free admin route: ${name}`);
    routes.push(routeOf(name, async (response, params) => {
      const { status, body } = await answerTo(params);
      json(response, status, body);
    }));
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

interface Route {
  readonly method: string;
  readonly segments: readonly string[];
  /** Two routes of one shape would stand in each other's way. */
  readonly shape: string;
  /** Whether other machines may ask, where the listener is open to them: for scrapers and orchestrators. */
  readonly open: boolean;
  readonly run: (response: ServerResponse, params: AdminParams) => Promise<void>;
}

const shapeOf = (name: string): string => name.replace(/:[a-z0-9-]+/gi, ':');

function routeOf(name: string, run: Route['run'], open = false): Route {
  const [method = '', path = ''] = name.split(' ');
  return { method, segments: path.split('/'), shape: shapeOf(name), run, open };
}

/** The named parts of a path that fits the route, or null. */
function paramsOf({ segments }: Route, path: readonly string[]): AdminParams | null {
  if (segments.length !== path.length) return null;
  const params: Record<string, string> = {};
  for (const [i, segment] of segments.entries()) {
    const given = path[i] ?? '';
    if (!segment.startsWith(':')) {
      if (segment !== given) return null;
      continue;
    }
    try {
      params[segment.slice(1)] = decodeURIComponent(given);
    } catch {
      return null;
    }
  }
  return params;
}

const bracketed = (host: string): string => (host.includes(':') ? `[${host}]` : host);

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  routes: readonly Route[],
  loopbackOnly: boolean,
): Promise<void> {
  request.resume(); // no route takes a body
  const method = request.method === 'HEAD' ? 'GET' : (request.method ?? '');
  const path = (request.url ?? '').split('?', 1)[0] ?? '';
  // A web page in an operator's browser can reach loopback, also under a name of its own (DNS rebinding): it shows an
  // `Origin`, or a `Host` that is not this machine.
  const named = loopbackNames.has((request.headers.host ?? '').replace(/:\d+$/, ''));
  if (request.headers.origin !== undefined || (loopbackOnly && !named)) return json(response, 403, { error: 'Not for browsers' });
  const segments = path.split('/');
  const fitting = routes.flatMap((route) => {
    const params = paramsOf(route, segments);
    return params ? [{ route, params }] : [];
  });
  const found = fitting.find(({ route }) => route.method === method);
  if (found && !found.route.open && !isThisMachine(request)) return json(response, 403, { error: 'From this machine only' });
  if (found) return found.route.run(response, found.params);
  if (fitting.length === 0) return json(response, 404, { error: 'Not found' });
  response.setHeader('allow', fitting.map(({ route }) => route.method).join(', '));
  return json(response, 405, { error: 'Method not allowed' });
}

/** Nobody proves who he is here: what tells of records or changes something is for whoever is on the machine (in the container). */
const isThisMachine = ({ socket }: IncomingMessage): boolean => /^(?:::ffff:)?127\.|^::1$/.test(socket.remoteAddress ?? '');

async function metrics(options: AdminServerOptions, response: ServerResponse): Promise<void> {
  const { body, contentType } = await options.metrics.render();
  response.writeHead(200, { 'content-type': contentType, 'cache-control': 'no-store' }).end(body);
}

async function health(ask: () => Promise<HealthReport>, response: ServerResponse): Promise<void> {
  const report = await ask();
  json(response, report.ok ? 200 : 503, report);
}

function json(response: ServerResponse, status: number, body: unknown): void {
  response
    .writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' })
    .end(`${JSON.stringify(body)}\n`);
}
