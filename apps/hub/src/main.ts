import 'reflect-metadata';
import { systemClock } from '@casebridge/kernel';
import { createLogger, type Drain, installDrain } from '@casebridge/platform';
import { type HubConfig, parseHubConfig } from './config';
import { prepareDatabases } from './databases';
import { deferred } from './deferred-port';
import { endWith } from './end-with';
import { firstSteps } from './first-steps';
import { progressDisplay } from './progress';

async function main(): Promise<void> {
  const config = parseHubConfig(process.env);
  const display = progressDisplay(process.stderr);
  const logger = createLogger({ name: 'hub', level: config.logLevel, clock: systemClock, ...(process.stderr.isTTY ? { to: display } : {}) });
  if (config.workers > 1) {
    const { startWorkers } = await import('./workers.js');
    const pool = await startWorkers({ config, logger, progress: display.show }).finally(() => display.end());
    if (pool) ready(config, pool, pool.drain);
    return;
  }
  // Before there is anything to reload it must not end the process either, as it does by default.
  let reload: (() => Promise<unknown>) | null = null;
  process.on('SIGHUP', () => void reload?.());
  // The gateway's libraries are loaded, which leaves time for nothing else, while PostgreSQL starts: not before it has been launched.
  const launched = deferred<void>();
  const prepared = prepareDatabases(config, logger, launched.resolve);
  prepared.catch(() => undefined); // startHub waits for it and tells
  if (config.databases === null) await Promise.race([launched.promise, prepared.catch(() => undefined)]);
  const { startHub } = await import('./start-hub.js');
  const hub = await startHub({ config, logger, prepared, progress: display.show }).finally(() => display.end());
  reload = hub.reload;
  const drain = installDrain({ logger, steps: () => hub.steps });
  hub.postgres?.onExit((exit) => {
    logger.error({ code: exit.code, signal: exit.signal }, exit.message);
    void drain.run('the embedded PostgreSQL ended', 1);
  });
  ready(config, hub, drain);
}

function ready(config: HubConfig, hub: { readonly url: string; readonly publicUrl: string; readonly adminUrl: string }, drain: Drain): void {
  if (config.underNpmStart) endWithParent(() => void drain.run('the command that started the hub ended', 1));
  process.stdout.write(`ready ${hub.url} public ${hub.publicUrl} admin ${hub.adminUrl}\n`);
  if (config.development) process.stdout.write(firstSteps(hub.url, config.dataDirGiven ? config.dataDir : null));
}

/** Under `npm start` the process above is npm; if that is killed without a word, nothing must be left running. */
function endWithParent(end: () => void): void {
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) end();
  }, 1_000).unref();
}

main().catch(endWith);
