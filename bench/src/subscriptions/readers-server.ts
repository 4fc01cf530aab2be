import { required } from '../config';
import { endWith, sayReady, start } from '../gateway/serve';
import { percentile } from '../statistics';
import { takeCommands } from './control';
import { Heard, Reader } from './reader';

export interface HeardReport {
  readonly messages: number;
  readonly p50: number | null;
  readonly p99: number | null;
  readonly broken: number;
}

/** How many come at once: those who wait longer than the gateway does for the first word would be turned away. */
const atOnce = 100;

/** The readers, in a process of their own: what they take is not the gateway's. */
start(async () => {
  const heard = new Heard();
  const readers: Reader[] = [];
  const token = required('BENCH_TOKEN');
  const commands = await takeCommands({
    open: async ({ count, query, url }: { count: number; query: string; url: string }) => {
      while (readers.length < count) {
        const next = Array.from({ length: Math.min(atOnce, count - readers.length) }, () => new Reader({ url: new URL(url), token, query, heard }));
        readers.push(...next);
        await Promise.all(next.map((reader) => reader.subscribed));
      }
      return { open: readers.length };
    },
    close: () => {
      for (const reader of readers.splice(0)) reader.close();
      return {};
    },
    heard: () => {
      const sorted = heard.latencies.toSorted((a, b) => a - b);
      const report: HeardReport = { messages: heard.messages, p50: percentile(sorted, 0.5), p99: percentile(sorted, 0.99), broken: heard.broken };
      heard.clear();
      return report;
    },
  });
  endWith(() => commands.close());
  sayReady(commands.url);
});
