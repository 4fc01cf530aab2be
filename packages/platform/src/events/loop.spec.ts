import { backOff, describeError, startLoop } from './loop';
import { isPassing } from './failure';

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

it('runs at the start, after a ring, and once more for rings during a run', async () => {
  let runs = 0;
  let release: () => void = () => undefined;
  const loop = startLoop('test', async () => {
    runs += 1;
    await new Promise<void>((resolve) => (release = resolve));
  }, quiet);
  await turn();
  expect(runs).toBe(1);
  loop.ring();
  loop.ring();
  release();
  await turn();
  expect(runs).toBe(2);
  release();
  await turn();
  expect(runs).toBe(2);
  loop.ring();
  await turn();
  expect(runs).toBe(3);
  const stopped = loop.stop();
  release();
  await stopped;
  loop.ring();
  await turn();
  expect(runs).toBe(3);
});

it('waits for the run in progress when stopped, and ends at once when idle or waiting after a failure', async () => {
  let finished = false;
  const busy = startLoop('busy', async () => {
    await new Promise((resolve) => setTimeout(resolve, 20));
    finished = true;
  }, quiet);
  await busy.stop();
  expect(finished).toBe(true);

  let failures = 0;
  const failing = startLoop('failing', () => ((failures += 1), Promise.reject(new Error('no'))), quiet);
  while (failures < 2) await new Promise((resolve) => setTimeout(resolve, 5));
  await failing.stop();
  const after = failures;
  await new Promise((resolve) => setTimeout(resolve, 120));
  expect(failures).toBe(after);
});

it('backs off within half and the whole of a doubling wait, up to a limit', () => {
  for (let n = 1; n < 60; n += 1) {
    const full = Math.min(1_000, 10 * 2 ** (n - 1));
    const wait = backOff(n, 10, 1_000);
    expect(wait).toBeGreaterThanOrEqual(full / 2);
    expect(wait).toBeLessThanOrEqual(full);
  }
});

it('tells the log the words of an error only when it is about a connection', () => {
  const broken = Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:1'), { code: 'ECONNREFUSED', syscall: 'connect' });
  expect(describeError(broken)).toEqual({ error: 'Error', code: 'ECONNREFUSED', cause: broken.message });
  const personal = Object.assign(new TypeError('no such person: 张三'), { code: '23505', constraint: 'person_once' });
  expect(JSON.stringify(describeError(personal))).toBe('{"error":"TypeError","code":"23505","constraint":"person_once"}');
});

it.each([
  [{ code: '57P01' }, true], [{ code: '08006' }, true], [{ code: '40P01' }, true], [{ code: 'ECONNRESET' }, true], [{ code: '53300' }, true],
  [{ code: '26000' }, true], [{ code: '0A000', message: 'cached plan must not change result type' }, true],
  [{ code: '23505' }, false], [{ code: '22P02' }, false], [{ code: '0A000', message: 'not supported' }, false], [{}, false],
])('knows that %p passes by itself: %p', (properties, passing) => {
  expect(isPassing(Object.assign(new Error('x'), properties))).toBe(passing);
  expect(isPassing('x')).toBe(false);
});
