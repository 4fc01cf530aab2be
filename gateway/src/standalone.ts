import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { demoAgencies } from '@casebridge/contracts';
import { systemClock } from '@casebridge/kernel';
import {
  createLogger, createMetrics, createTokenVerifier, developmentJwks, dataDir, directoryOf, httpUrl, installDrain, InvalidEnvironment, logLevel, nodeEnv, openTracing, parseEnvironment,
  share, startAdminServer, tracingConfig,
} from '@casebridge/platform';
import { Supergraph } from '@apollo/federation-internals';
import { z } from 'zod';
import { foreignError } from './errors';
import { createGateway } from './gateway';
import { HttpService } from './services/http-service';
import { LastGood } from './supergraph/last-good';
import { SupergraphLife, SupergraphUnservable } from './supergraph/life';

const help = `Serves any Federation 2 supergraph over HTTP services.

  npm run gateway -- --supergraph FILE --port N [--anonymous] [--host 127.0.0.1] [--admin-port N] [--deadline-ms 5000] [--operation-ms 15000] [--max-cost N]

  --supergraph   the composed supergraph (SDL, any version of Federation 2); read again on SIGHUP and on POST /reload of the admin listener
  --port         of /graphql: POST, GET, WebSocket (graphql-transport-ws), server-sent events; 0 takes a free one
  --anonymous    nobody has to say who he is, and the schema is open; otherwise development tokens of the hub are taken
  --admin-port   metrics, health and reload, on the loopback; by default none
  --deadline-ms  for one fetch from a service
  --operation-ms for one operation, all its fetches together: what is missing then is null, with an error
  --max-cost     points that one operation may cost; by default 1000000, and with --anonymous whatever it costs

  Environment: LOG_LEVEL, HUB_DATA_DIR (the last supergraph that was good), OTEL_EXPORTER_OTLP_ENDPOINT and OTEL_TRACES_SAMPLER_ARG (traces).
`;

const environment = z.object({
  LOG_LEVEL: logLevel.default('warn'), NODE_ENV: nodeEnv.default('development'), HUB_DATA_DIR: dataDir,
  OTEL_EXPORTER_OTLP_ENDPOINT: httpUrl.optional(), OTEL_TRACES_SAMPLER_ARG: share.default(1),
});

/** One client of an anonymous gateway may be a load balancer or a test bench: its limits are those of the machine. */
const unlimited = { perSecond: 1e9, burst: 1e9, shared: false } as const;

async function main(argv: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      supergraph: { type: 'string' }, port: { type: 'string' }, anonymous: { type: 'boolean', default: false }, host: { type: 'string', default: '127.0.0.1' },
      'admin-port': { type: 'string' }, 'deadline-ms': { type: 'string', default: '5000' }, 'operation-ms': { type: 'string', default: '15000' },
      'max-cost': { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return void process.stdout.write(help);
  const { anonymous, host, supergraph } = values;
  if (supergraph === undefined || values.port === undefined) throw new UsageError('--supergraph and --port are needed');
  const port = whole('--port', values.port, 0, 65_535);
  const deadlineMs = whole('--deadline-ms', values['deadline-ms'], 1, 600_000);
  const operationMs = whole('--operation-ms', values['operation-ms'], 1, 3_600_000);
  const adminPort = values['admin-port'] === undefined ? null : whole('--admin-port', values['admin-port'], 0, 65_535);
  const costLimit = values['max-cost'] === undefined ? (anonymous ? Number.POSITIVE_INFINITY : 1_000_000) : whole('--max-cost', values['max-cost'], 1, Number.MAX_SAFE_INTEGER);
  const clock = systemClock;
  const env = parseEnvironment(environment, process.env);
  const logger = createLogger({ name: 'gateway', level: env.LOG_LEVEL, clock });
  const metrics = createMetrics();
  const tracing = await openTracing(tracingConfig(env), { name: 'gateway', callerDecides: false, logger });
  const file = resolve(supergraph);

  const directory = directoryOf(demoAgencies.map(({ code, functions }) => ({ code, functions })));
  const jwks = anonymous ? null : await developmentJwks(env.HUB_DATA_DIR, env.NODE_ENV);
  const tokens = createTokenVerifier({ directory, clock, ...(jwks ? { devJwks: () => jwks } : {}) });
  const services = new Map<string, HttpService>();
  /** The services that a supergraph names, each at its address; those of an earlier one stay for the answers under way. */
  const servicesFor = (supergraphSdl: string): HttpService[] => servicesOf(supergraphSdl).map(({ name, url }) => {
    const key = `${name} ${url}`;
    const service = services.get(key) ?? new HttpService({ name, url, signer: null, logger, deadlineMs });
    services.set(key, service);
    return service;
  });
  const text = () => readFile(file, 'utf8').catch((cause: unknown) => {
    throw new CannotStart(`--supergraph ${file}: cannot be read (${codeOf(cause)})`);
  });
  const source = async () => ({ supergraphSdl: await text(), releasedAt: null });
  // Of this file: what was served of another one is no stand-in for it.
  const lastGood = new LastGood(join(env.HUB_DATA_DIR, `supergraph-${port}-${createHash('sha256').update(file).digest('hex').slice(0, 12)}.json`));
  const life = new SupergraphLife({ source, logger, lastGood });
  const gateway = await life.start(async ({ supergraphSdl }) => createGateway({
    supergraphSdl, services: readable(() => servicesFor(supergraphSdl)), tokens, directory, clock, logger, metrics, tracing, host, port, deadlineMs, operationMs, anonymous, costLimit,
    formatError: foreignError, checks: { supergraph: () => life.check() },
    ...(anonymous
      ? {
          budgetPolicies: { agency: unlimited, public: unlimited, publicNetwork: unlimited },
          connectionLimits: { perAddress: 50_000 }, streamLimits: { perNetwork: 50_000 },
          concurrencyLimits: { perReader: 1_024, total: 1_024, waitingPerReader: 4_096, waitingTotal: 4_096, waitMs: 2_000 },
        }
      : {}),
  })).catch((cause: unknown) => {
    if (cause instanceof SupergraphUnservable) throw new CannotStart(`--supergraph ${file}: cannot be served: ${cause.message}`);
    if (codeOf(cause) === 'EADDRINUSE') throw new CannotStart(`--port ${port}: is taken on ${host}`);
    throw cause;
  });
  const reload = () => life.reload({ reload: (next) => gateway.reload({ ...next, services: servicesFor(next.supergraphSdl) }) });
  process.on('SIGHUP', () => void reload());
  const admin = adminPort === null ? null : await startAdminServer({
    port: adminPort, metrics, health: gateway.health, logger,
    routes: { 'POST /reload': async () => ({ status: 200, body: await reload() }) },
  });
  installDrain({
    logger,
    steps: () => [
      { name: 'gateway', stop: () => gateway.stop() },
      { name: 'services', stop: () => Promise.all([...services.values()].map((service) => service.close())).then(() => undefined) },
      { name: 'tokens', stop: () => tokens.close() },
      ...(tracing ? [{ name: 'traces', stop: () => tracing.close() }] : []),
      { name: 'admin', stop: () => admin?.close() },
    ],
  }).signal.addEventListener('abort', () => gateway.beginDrain(), { once: true });
  process.stdout.write(`ready ${gateway.url}/graphql${admin ? ` (admin ${admin.url})` : ''}\n`);
}

class UsageError extends Error {}

/** Used rightly, and it cannot be: with words for whoever started it. */
class CannotStart extends Error {}

const codeOf = (cause: unknown): unknown => (cause instanceof Error && 'code' in cause ? cause.code : undefined);

/** @throws SupergraphUnservable for a text in which no services can be read */
function readable<T>(read: () => T): T {
  try {
    return read();
  } catch (cause) {
    throw new SupergraphUnservable(cause);
  }
}

function whole(name: string, text: string, least: number, most: number): number {
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= least && value <= most)) throw new UsageError(`${name} must be a whole number from ${least} to ${most}`);
  return value;
}

/** The services that a supergraph names, by the name under which plans call them. */
function servicesOf(supergraphSdl: string): { name: string; url: string }[] {
  return [...Supergraph.build(supergraphSdl, { validateSupergraph: false, supportedFeatures: null }).subgraphsMetadata()].map(({ name, url }) => {
    if (!/^https?:\/\//.test(url ?? '')) throw new TypeError(`The supergraph gives the service ${name} no http address`);
    return { name, url };
  });
}

main(process.argv.slice(2)).catch((cause: unknown) => {
  const usage = cause instanceof UsageError || cause instanceof InvalidEnvironment || (cause instanceof TypeError && String(codeOf(cause)).startsWith('ERR_PARSE_ARGS'));
  process.stderr.write(`${cause instanceof Error ? cause.message : 'failed to start'}\n${usage ? `\n${help}` : ''}`);
  process.exit(usage || cause instanceof CannotStart ? 78 : 1); // EX_CONFIG
});
