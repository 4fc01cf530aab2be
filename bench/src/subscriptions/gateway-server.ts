import 'reflect-metadata';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { createGateway } from '@casebridge/gateway';
import { composePublic, composeSupergraph } from '@casebridge/gateway/dist/compose';
import { systemClock } from '@casebridge/kernel';
import { createLogger, createMetrics, createTokenVerifier, developmentJwks, directoryOf } from '@casebridge/platform';
import { optional, required } from '../config';
import { profileOnSignal } from '../gateway/profiler';
import { endWith, sayReady, start } from '../gateway/serve';
import { readerAgency } from '../gateway/settings';
import { sharedNow, takeCommands } from './control';
import { memoryInUse } from './memory';
import { TickerService, tickerSdl, titlesSdl } from './ticker';

export interface BurstRequest {
  /** Events per second, and for how long. */
  readonly rate: number;
  readonly seconds: number;
  /** Characters of text in each. */
  readonly size: number;
}

export interface BurstReport {
  readonly events: number;
  /** Of this process from the first event on until it was idle, in milliseconds. */
  readonly cpuMs: number;
  readonly loopDelayP99Ms: number;
}

const idleMs = 20;

/** Our gateway before two services in memory, and what the bench asks of it. */
start(async () => {
  const logger = createLogger({ name: 'gateway', level: 'warn', clock: systemClock });
  const directory = directoryOf([{ ...readerAgency, functions: [...readerAgency.functions] }]);
  const jwks = await developmentJwks(required('HUB_DATA_DIR'), 'development');
  const tokens = createTokenVerifier({ directory, clock: systemClock, devJwks: () => jwks });
  const ticker = new TickerService('enforcement');
  const sources = [{ name: 'enforcement', sdl: tickerSdl }, { name: 'inspection', sdl: titlesSdl }];
  const gateway = await createGateway({
    supergraphSdl: composeSupergraph(sources), publicSupergraphSdl: composePublic(sources), services: [ticker, new TickerService('inspection')],
    tokens, directory, clock: systemClock, logger, metrics: createMetrics(), port: 0, validateSupergraph: false,
  });
  const commands = await takeCommands({
    gateway: () => ({ url: gateway.url }),
    memory: async () => ({ ...(await memoryInUse()), streams: gateway.openStreams, upstreams: ticker.openStreams }),
    burst: ({ rate, seconds, size }: BurstRequest) => burst(ticker, rate, seconds, 'x'.repeat(size)),
  });
  endWith(async () => {
    await commands.close();
    await gateway.stop();
    tokens.close();
  });
  profileOnSignal(optional('BENCH_PROFILE'));
  sayReady(commands.url);
});

async function burst(ticker: TickerService, rate: number, seconds: number, text: string): Promise<BurstReport> {
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  const before = process.cpuUsage();
  const startedAt = performance.now();
  const events = Math.max(1, Math.round(rate * seconds));
  for (let n = 0; n < events; n += 1) {
    const due = startedAt + (n * 1_000) / rate;
    const wait = due - performance.now();
    if (wait > 0) await sleep(wait);
    // Told when it was due: what the process is behind counts as the wait of the reader.
    ticker.publish(sharedNow() - Math.max(0, performance.now() - due), text);
  }
  await quiet();
  const { system, user } = process.cpuUsage(before);
  delay.disable();
  return { events, cpuMs: (system + user) / 1_000, loopDelayP99Ms: delay.percentile(99) / 1e6 };
}

/** Resolves when hardly any CPU time was taken for a moment. */
async function quiet(): Promise<void> {
  for (let calm = 0; calm < 5; ) {
    const before = process.cpuUsage();
    await sleep(idleMs);
    const { system, user } = process.cpuUsage(before);
    calm = system + user < idleMs * 300 ? calm + 1 : 0;
  }
}
