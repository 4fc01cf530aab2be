import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { systemClock } from '@casebridge/kernel';
import {
  createInternalTokenSigner, createLogger, createMetrics, createTokenVerifier, developmentJwks, gatewayKeyName, InMemoryDirectory, installDrain,
  InvalidEnvironment, loadOrCreateSigningKey, openDatabase, PostgresBus, readSigningKey, retry, startAdminServer, startDirectoryFeed,
} from '@casebridge/platform';
import { type GatewayConfig, parseConfig } from './config';
import { createGateway } from './gateway';
import { HttpService } from './services/http-service';

/** The gateway as a process of its own, before services across the network. */
async function main(config: GatewayConfig): Promise<void> {
  const clock = systemClock;
  const logger = createLogger({ name: 'gateway', level: config.logLevel, clock });
  const metrics = createMetrics();

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

  const [supergraphSdl, publicSupergraphSdl] = await Promise.all(
    ['supergraph.graphql', 'supergraph.public.graphql'].map((name) => readFile(join(config.supergraphDir, name), 'utf8')),
  );
  const gateway = await createGateway({
    supergraphSdl: supergraphSdl!, publicSupergraphSdl: publicSupergraphSdl!, services, tokens, directory, clock, logger, metrics,
    port: config.port, host: config.host, checks: { directoryFeed: () => feed.check() },
  });
  const admin = await startAdminServer({ port: config.adminPort, host: config.adminHost, metrics, health: gateway.health, logger });

  const drain = installDrain({
    logger,
    steps: () => [
      { name: 'gateway', stop: () => gateway.stop() },
      { name: 'services', stop: () => Promise.all(services.map((service) => service.close())).then(() => undefined) },
      { name: 'directory', stop: () => feed.stop() },
      { name: 'bus', stop: () => bus.close() },
      { name: 'database', stop: () => dataSource.destroy() },
      { name: 'tokens', stop: () => tokens.close() },
      { name: 'admin', stop: () => admin.close() },
    ],
  });
  drain.signal.addEventListener('abort', () => gateway.beginDrain(), { once: true });
  await feed.ready;
  process.stdout.write(`ready ${gateway.url}/graphql (admin ${admin.url})\n`);
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
