import { setTimeout as sleep } from 'node:timers/promises';
import type { Asked } from './load';
import type { AskedOperation } from './operation';
import { randomFrom } from './random';
import { measurement, type Measurement } from './statistics';

/** How requests follow each other: at equal distances, as wrk2 sends them, or at random ones (a Poisson process), as strangers come. */
export type Arrivals = 'even' | 'random';

/** Instants in milliseconds from the start; the mean distance is `1000 / perSecond` in both forms. */
export function* arrivalTimes(arrivals: Arrivals, perSecond: number, seconds: number, seed: number): Generator<number, void, void> {
  const random = randomFrom(seed);
  const distance = 1_000 / perSecond;
  for (let at = 0; at < seconds * 1_000; at += arrivals === 'even' ? distance : -Math.log(1 - random()) * distance) yield at;
}

export interface PacedLoad {
  readonly arrivals: Arrivals;
  readonly perSecond: number;
  readonly seconds: number;
  readonly seed: number;
  readonly signal: AbortSignal;
  readonly onError: (what: string) => void;
}

/**
 * Asks at a given rate whatever the server does. Latencies run from the instant when a request was due, not from when it was sent: a
 * server that stands still for a while is charged for all who would have come meanwhile.
 */
export async function measurePaced<O extends AskedOperation>(target: Asked<NoInfer<O>>, operation: O, load: PacedLoad): Promise<Measurement> {
  const random = randomFrom(load.seed + 1);
  const good = `{"data":{"${operation.root}":{`;
  const latencies: number[] = [];
  const underWay = new Set<Promise<void>>();
  let errors = 0;
  const startedAt = performance.now();
  const ask = async (due: number): Promise<void> => {
    const variables = operation.variables[Math.floor(random() * operation.variables.length)] ?? {};
    try {
      const { status, text } = await target.send(operation, variables);
      if (status === 200 && text.startsWith(good)) return void latencies.push(performance.now() - due);
      throw new Error(`${status} ${text.slice(0, 500)}`);
    } catch (cause) {
      errors += 1;
      load.onError(`${target.name} ${operation.name}: ${cause instanceof Error ? cause.message : 'no answer'}`);
    }
  };
  for (const at of arrivalTimes(load.arrivals, load.perSecond, load.seconds, load.seed)) {
    const due = startedAt + at;
    // Timers of whole milliseconds are too coarse for answers that take less: the last two are waited for turn by turn.
    const early = due - performance.now() - 2;
    if (early > 1) await sleep(early);
    while (performance.now() < due) await new Promise((turn) => setImmediate(turn));
    if (load.signal.aborted) break;
    const asking = ask(due).finally(() => underWay.delete(asking));
    underWay.add(asking);
  }
  await Promise.all(underWay);
  return measurement(latencies, errors, (performance.now() - startedAt) / 1_000);
}
