import type { AskedOperation, Variables } from './operation';
import { randomFrom } from './random';
import { measurement, type Measurement } from './statistics';

/** A server as a load sees it. */
export interface Asked<O extends AskedOperation> {
  readonly name: string;
  /** `text` is the answer, or its beginning. */
  send(operation: O, variables: Variables): Promise<{ readonly status: number; readonly text: string }>;
}

export interface Load {
  readonly seconds: number;
  readonly connections: number;
  /** Chooses which variables come in which order; the same for every target of a round. */
  readonly seed: number;
  readonly signal: AbortSignal;
  /** Told of every request that was not answered as it should be. */
  readonly onError: (what: string) => void;
}

/** More would tell nothing new and fill the memory with latencies. */
const maxRequests = 200_000;

/**
 * Asks for some seconds, with a fixed number of requests under way: the next is sent when an answer is in. What is under way at the
 * end is waited for and counts, with the time that it takes.
 */
export async function measure<O extends AskedOperation>(
  target: Asked<NoInfer<O>>, operation: O, { seconds, connections, seed, signal, onError }: Load,
): Promise<Measurement> {
  const random = randomFrom(seed);
  const good = `{"data":{"${operation.root}":{`;
  const latencies: number[] = [];
  let errors = 0;
  let sent = 0;
  const startedAt = performance.now();
  const deadline = startedAt + seconds * 1_000;

  const failed = (what: string): void => {
    errors += 1;
    onError(`${target.name} ${operation.name}: ${what}`);
  };
  const ask = async (): Promise<void> => {
    const variables = operation.variables[Math.floor(random() * operation.variables.length)] ?? {};
    const sentAt = performance.now();
    try {
      const { status, text } = await target.send(operation, variables);
      if (status === 200 && text.startsWith(good)) return void latencies.push(performance.now() - sentAt);
      failed(`${status} ${text.slice(0, 500)}`);
    } catch (cause) {
      failed(cause instanceof Error ? cause.message : 'no answer');
    }
  };
  const client = async (): Promise<void> => {
    while (!signal.aborted && sent < maxRequests && performance.now() < deadline) {
      sent += 1;
      await ask();
    }
  };
  await Promise.all(Array.from({ length: connections }, client));
  return measurement(latencies, errors, (performance.now() - startedAt) / 1_000);
}
