import { connect } from 'node:net';
import { constants, setPriority } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { required } from '../config';
import { endWith, sayReady, start } from '../gateway/serve';
import { takeCommands } from '../subscriptions/control';
import { attacks } from './attacks';

/** A connection that is not answered is given up after this, in milliseconds. */
const patienceMs = 500;

export interface AttackReport {
  readonly sent: number;
  /** Answers by status; what was closed without one is 0. */
  readonly statuses: Readonly<Record<string, number>>;
}

/** Sends what hostile clients send, at a rate, without waiting for answers. */
start(async () => {
  // It would be another machine: here it must not take the processor from those whom it attacks.
  setPriority(constants.priority.PRIORITY_LOW);
  const url = new URL(required('BENCH_TARGET'));
  let kinds = Object.values(attacks);
  const statuses: Record<string, number> = {};
  let sent = 0;
  let perSecond = 0;
  const tell = (answer: Buffer | null): void => {
    const status = (answer && /^HTTP\/1\.1 (\d{3})/.exec(answer.toString('latin1', 0, 20))?.[1]) ?? '0';
    statuses[status] = (statuses[status] ?? 0) + 1;
  };
  const attack = (n: number): void => {
    const socket = connect({ host: url.hostname, port: Number(url.port) });
    let first: Buffer | null = null;
    const timer = setTimeout(() => socket.destroy(), patienceMs);
    socket.on('error', () => undefined).once('connect', () => socket.write(kinds[n % kinds.length]?.(n) ?? ''));
    socket.on('data', (part) => (first ??= part)).once('close', () => {
      clearTimeout(timer);
      tell(first);
    });
  };
  let over = false;
  const attacking = (async () => {
    while (!over) {
      if (perSecond > 0) attack((sent += 1));
      await sleep(perSecond > 0 ? 1_000 / perSecond : 10);
    }
  })();
  const commands = await takeCommands({
    begin: ({ only, rate }: { only: readonly string[]; rate: number }) => {
      kinds = Object.entries(attacks).flatMap(([name, attack]) => (only.length === 0 || only.includes(name) ? [attack] : []));
      perSecond = rate;
      return {};
    },
    end: () => {
      perSecond = 0;
      return { sent, statuses } satisfies AttackReport;
    },
  });
  endWith(async () => {
    over = true;
    await attacking;
    await commands.close();
  });
  sayReady(commands.url);
});
