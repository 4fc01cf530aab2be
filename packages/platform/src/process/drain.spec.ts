import { EventEmitter } from 'node:events';
import { installDrain, type Drain, type DrainStep } from './drain';
import { silentLogger } from './logger';

let source: EventEmitter;
let done: string[];
let drain: Drain;
let exited: Promise<number>;
let codes: number[];

const step = (name: string, stop: () => void | Promise<void> = () => undefined): DrainStep => ({
  name,
  stop: async () => {
    done.push(`${name} begins`);
    await stop();
    done.push(`${name} ends`);
  },
});

function install(steps: readonly DrainStep[], deadlineMs = 1_000): void {
  source = new EventEmitter();
  done = [];
  codes = [];
  exited = new Promise((resolve) => {
    drain = installDrain({
      steps: () => steps, logger: silentLogger, deadlineMs, source,
      exit: (code) => {
        codes.push(code);
        resolve(code);
      },
    });
  });
}

const later = (ms = 5): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

it.each(['SIGTERM', 'SIGINT'])('%s closes the house step by step and ends with 0', async (signal) => {
  install([step('doors', later), step('database', later)]);
  expect(drain.signal.aborted).toBe(false);
  source.emit(signal);
  expect(drain.signal.aborted).toBe(true);
  expect(await exited).toBe(0);
  expect(done).toEqual(['doors begins', 'doors ends', 'database begins', 'database ends']);
});

it('runs once, whoever asks', async () => {
  install([step('doors', later)]);
  await Promise.all([drain.run('a'), drain.run('b'), drain.run('c', 3)]);
  expect(done).toEqual(['doors begins', 'doors ends']);
  expect(codes).toEqual([0]);
});

it('goes on after a step that fails, and ends with 1', async () => {
  install([step('doors', () => Promise.reject(new Error('stuck'))), step('database')]);
  source.emit('SIGTERM');
  expect(await exited).toBe(1);
  expect(done).toContain('database ends');
});

it('does not wait longer than the deadline', async () => {
  install([step('doors', () => new Promise(() => undefined)), step('database')], 20);
  source.emit('SIGTERM');
  expect(await exited).toBe(1);
  expect(done).toEqual(['doors begins']);
});

it('takes the echo of a signal for the same key press', async () => {
  install([step('doors', () => later(50))]);
  source.emit('SIGINT');
  source.emit('SIGINT');
  expect(await exited).toBe(0);
  expect(done).toEqual(['doors begins', 'doors ends']);
});

it.each([['SIGINT', 130], ['SIGTERM', 143]])('ends at once at a second signal (%s)', async (signal, code) => {
  install([step('doors', () => new Promise(() => undefined))], 2_000);
  source.emit('SIGTERM');
  await later(520);
  source.emit(signal);
  expect(codes).toEqual([code]);
});

it.each(['uncaughtException', 'unhandledRejection'])('drains after %s and ends with 1', async (event) => {
  install([step('doors')]);
  source.emit(event, new Error('bug'));
  expect(await exited).toBe(1);
  expect(done).toEqual(['doors begins', 'doors ends']);
});

it('lets go of the signals', () => {
  install([]);
  drain.uninstall();
  for (const event of ['SIGINT', 'SIGTERM', 'uncaughtException', 'unhandledRejection']) expect(source.listenerCount(event)).toBe(0);
});
