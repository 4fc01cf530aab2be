import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

export interface Memory {
  /** Bytes of JavaScript objects, and of buffers outside the heap. */
  readonly heap: number;
  readonly external: number;
  /** Bytes of the process. */
  readonly resident: number;
}

let collect: (() => void) | null = null;

/** What is left after everything that nobody needs was collected. */
export async function memoryInUse(): Promise<Memory> {
  if (!collect) {
    setFlagsFromString('--expose-gc');
    collect = runInNewContext('gc') as () => void;
  }
  // What a first collection frees may hold what only finalizers give back.
  for (let round = 0; round < 3; round += 1) {
    collect();
    await new Promise((wake) => setTimeout(wake, 50));
  }
  const { external, heapUsed, rss } = process.memoryUsage();
  return { heap: heapUsed, external, resident: rss };
}
