import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { systemClock } from '@casebridge/kernel';
import type { JWK } from 'jose';
import {
  createInternalTokenSigner, createLogger, createMetrics, createTokenVerifier, developmentJwks, gatewayKeyName, InMemoryDirectory, installDrain,
  InvalidEnvironment, loadOrCreateSigningKey, openDatabase, openTracing, PostgresBus, readSigningKey, retry, startAdminServer, startDirectoryFeed,
} from '@casebridge/platform';
import { type GatewayConfig, parseConfig } from './config';
import { createGateway } from './gateway';
import { loadTrustedDocuments } from './documents';
import { PostgresLedger } from './limits';
import { HttpService } from './services/http-service';
import { folderSource, type SupergraphSource, urlSource } from './supergraph/artefact';
import { LastGood } from './supergraph/last-good';
import { SupergraphLife } from './supergraph/life';

/** The gateway as a process of its own, before services across the network. */
async function main(config: GatewayConfig): Promise<void> {
  const clock = systemClock;
  const logger = createLogger({ name: 'gateway', level: config.logLevel, clock });
  const metrics = createMetrics();
  const tracing = await openTracing(config.tracing, { name: 'gateway', callerDecides: false, logger });

  const key = config.internalKeyFile ? await readSigningKey(config.internalKeyFile) : await loadOrCreateSigningKey(config.dataDir, gatewayKeyName);
  const signer = await createInternalTokenSigner({ key, clock });
  const services = [...config.serviceUrls].map(
    ([name, url]) => new HttpService({ name, url, signer, logger, deadlineMs: config.serviceDeadlineMs, files: name === 'enforcement' }),
  );

  const dataSource = await retry({ what: 'database bus', logger }, () =>
    openDatabase({ url: config.busUrl, applicationName: 'casebridge-gateway', poolSize: 3 }),
  );
  const bus = new PostgresBus({ dataSource, databaseUrl: config.busUrl, logger });
  const directory = new InMemoryDirectory();
  const feed = startDirectoryFeed({ bus, directory, logger, clock });
  const developmentKeys = config.developmentIssuer ? await developmentJwks(config.dataDir, config.nodeEnv) : null;
  const tokens = createTokenVerifier({ directory, clock, ...(developmentKeys ? { devJwks: () => developmentKeys } : {}) });

  const life = new SupergraphLife({ source: await sourceOf(config), logger, lastGood: new LastGood(join(config.dataDir, 'supergraph.json')) });
  const gateway = await life.start((supergraphs) => createGateway({
    ...supergraphs, services, tokens, directory, clock, logger, metrics, tracing,
    ledger: new PostgresLedger(dataSource.manager), trusted: loadTrustedDocuments(config.supergraphDir),
    port: config.port, host: config.host, trustedProxies: config.trustedProxies, checks: { directoryFeed: () => feed.check(), supergraph: () => life.check() },
  }));
  const reload = () => life.reload(gateway);
  process.on('SIGHUP', () => void reload());
  const admin = await startAdminServer({
    port: config.adminPort, host: config.adminHost, metrics, health: gateway.health, logger,
    routes: { 'POST /reload': async () => ({ status: 200, body: await reload() }) },
  });

  const drain = installDrain({
    logger,
    steps: () => [
      { name: 'gateway', stop: () => gateway.stop() },
      { name: 'services', stop: () => Promise.all(services.map((service) => service.close())).then(() => undefined) },
      { name: 'directory', stop: () => feed.stop() },
      { name: 'bus', stop: () => bus.close() },
      { name: 'database', stop: () => dataSource.destroy() },
      { name: 'tokens', stop: () => tokens.close() },
      ...(tracing ? [{ name: 'traces', stop: () => tracing.close() }] : []),
      { name: 'admin', stop: () => admin.close() },
    ],
  });
  drain.signal.addEventListener('abort', () => gateway.beginDrain(), { once: true });
  await feed.ready;
  process.stdout.write(`ready ${gateway.url}/graphql (admin ${admin.url})\n`);
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
