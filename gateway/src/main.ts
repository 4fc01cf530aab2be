import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { systemClock } from '@casebridge/kernel';
import type { JWK } from 'jose';
import {
  createInternalTokenSigner, createLogger, createMetrics, createTokenVerifier, databaseAt, developmentJwks, type Drain, forkWorker, gatewayKeyName, InMemoryDirectory, installDrain,
  InvalidEnvironment, loadOrCreateSigningKey, type Logger, openDatabase, openTracing, originOf, PostgresBus, type PrimaryLink, primaryLink, readSigningKey, reloadWorkers, retry,
  serveAsWorker, sharedPort, startAdminServer, startDirectoryFeed, startPoolAdmin, Supervisor, workerNumber, workerPatienceMs,
} from '@casebridge/platform';
import { type GatewayConfig, parseConfig } from './config';
import { createGateway } from './gateway';
import { loadTrustedDocuments } from './documents';
import { PostgresLedger, PostgresSlots } from './limits';
import { HttpService } from './services/http-service';
import { startCacheFeed } from './sources/cache-feed';
import { EntityCache } from './sources/entity-cache';
import { folderSource, type SupergraphSource, urlSource } from './supergraph/artefact';
import { LastGood } from './supergraph/last-good';
import { SupergraphLife } from './supergraph/life';

/** The gateway as a process of its own, before services across the network. */
async function main(config: GatewayConfig): Promise<void> {
  const logger = createLogger({ name: 'gateway', level: config.logLevel, clock: systemClock });
  const worker = workerNumber();
  if (config.workers > 1 && worker === null) return startPrimary(config, logger);
  await serve(config, worker === null ? logger : logger.child({ worker }), worker === null ? null : primaryLink());
}

/** @param link - to the primary of this worker; null: it serves alone */
async function serve(config: GatewayConfig, logger: Logger, link: PrimaryLink | null): Promise<void> {
  const clock = systemClock;
  const metrics = createMetrics();
  const tracing = await openTracing(config.tracing, { name: 'gateway', callerDecides: false, logger });

  const key = config.internalKeyFile ? await readSigningKey(config.internalKeyFile) : await loadOrCreateSigningKey(config.dataDir, gatewayKeyName);
  const signer = await createInternalTokenSigner({ key, clock });
  const services = [...config.serviceUrls].map(
    ([name, url]) => new HttpService({ name, url, signer, logger, deadlineMs: config.serviceDeadlineMs, files: name === 'enforcement', data: name === 'credit' }),
  );

  const dataSource = await retry({ what: `database bus at ${databaseAt(config.busUrl)}`, attempts: config.databaseAttempts, logger }, () =>
    openDatabase({ url: config.busUrl, applicationName: 'casebridge-gateway', poolSize: 3 }),
  );
  const bus = new PostgresBus({ dataSource, databaseUrl: config.busUrl, logger });
  const directory = new InMemoryDirectory();
  const feed = startDirectoryFeed({ bus, directory, logger, clock });
  const entityCache = config.entityCacheMb > 0 ? new EntityCache({ megabytes: config.entityCacheMb, clock, metrics }) : null;
  const cacheFeed = entityCache ? startCacheFeed({ bus, cache: entityCache, logger }) : null;
  const developmentKeys = config.developmentIssuer ? await developmentJwks(config.dataDir, config.nodeEnv) : null;
  const tokens = createTokenVerifier({ directory, clock, ...(developmentKeys ? { devJwks: () => developmentKeys } : {}) });

  const life = new SupergraphLife({ source: await sourceOf(config), logger, lastGood: new LastGood(join(config.dataDir, 'supergraph.json')) });
  const gateway = await life.start((supergraphs) => createGateway({
    ...supergraphs, services, tokens, directory, clock, logger, metrics, tracing,
    ...(entityCache ? { entityCache } : {}), ledger: new PostgresLedger(dataSource.manager), slots: new PostgresSlots(dataSource.manager), trusted: loadTrustedDocuments(config.supergraphDir),
    port: config.port, host: config.host, ...config.settings, checks: { directoryFeed: () => feed.check(), supergraph: () => life.check() },
  }));
  const reload = () => life.reload(gateway);
  const routes = { 'POST /reload': async () => ({ status: 200, body: await reload() }) };
  const steps = [
    { name: 'gateway', stop: () => gateway.stop() },
    { name: 'services', stop: () => Promise.all(services.map((service) => service.close())).then(() => undefined) },
    ...(cacheFeed ? [{ name: 'entity cache', stop: () => cacheFeed.stop() }] : []),
    { name: 'directory', stop: () => feed.stop() },
    { name: 'bus', stop: () => bus.close() },
    { name: 'database', stop: () => dataSource.destroy() },
    { name: 'tokens', stop: () => tokens.close() },
    ...(tracing ? [{ name: 'traces', stop: () => tracing.close() }] : []),
  ];
  if (link) {
    await feed.ready;
    const { signal } = serveAsWorker({ link, logger, metrics, health: gateway.health, routes, steps });
    signal.addEventListener('abort', () => gateway.beginDrain(), { once: true });
    return;
  }
  process.on('SIGHUP', () => void reload());
  const admin = await startAdminServer({ port: config.adminPort, host: config.adminHost, metrics, health: gateway.health, logger, routes });
  const drain = installDrain({ logger, steps: () => [...steps, { name: 'admin', stop: () => admin.close() }] });
  drain.signal.addEventListener('abort', () => gateway.beginDrain(), { once: true });
  await feed.ready;
  process.stdout.write(`ready ${gateway.url}/graphql (admin ${admin.url})\n`);
}

/** Keeps the workers running, and answers operators for them. */
async function startPrimary(config: GatewayConfig, logger: Logger): Promise<void> {
  // Made once, before the workers look for them.
  if (!config.internalKeyFile) await loadOrCreateSigningKey(config.dataDir, gatewayKeyName);
  if (config.developmentIssuer) await developmentJwks(config.dataDir, config.nodeEnv);
  const port = await sharedPort(config.host, config.port);
  let drain: Drain | null = null;
  const supervisor = new Supervisor({
    count: config.workers, logger, fork: (worker) => forkWorker(worker, { HUB_WORKERS: String(config.workers), PORT: String(port) }), onGiveUp: (reason) => void drain?.run(reason, 1),
  });
  supervisor.start();
  await supervisor.ready;
  const admin = await startPoolAdmin({ supervisor, host: config.adminHost, port: config.adminPort, logger });
  drain = installDrain({
    logger, steps: () => [{ name: 'workers', stop: () => supervisor.drain(workerPatienceMs) }, { name: 'admin', stop: () => admin.close() }],
  });
  process.on('SIGHUP', () => void reloadWorkers(supervisor));
  process.stdout.write(`ready ${originOf(config.host, port)}/graphql (admin ${admin.url})\n`);
}

async function sourceOf({ supergraphArtefact, supergraphDir }: GatewayConfig): Promise<SupergraphSource> {
  if (!supergraphArtefact) return folderSource(supergraphDir);
  return urlSource(supergraphArtefact.url, JSON.parse(await readFile(supergraphArtefact.keyFile, 'utf8')) as JWK);
}

function start(): void {
  let config: GatewayConfig;
  try {
    config = parseConfig(process.env);
  } catch (error) {
    if (!(error instanceof InvalidEnvironment)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 78; // EX_CONFIG
    return;
  }
  main(config).catch((error: unknown) => {
    createLogger({ name: 'gateway', clock: systemClock }).error({ err: error }, 'the gateway cannot start');
    process.exit(1);
  });
}

start();
