import { retry, RetriesExhausted } from './retry';

let pauses: number[];
const sleep = async (ms: number): Promise<void> => void pauses.push(ms);
beforeEach(() => {
  pauses = [];
});

const failing = (times: number, error: Error = Object.assign(new Error('refused'), { code: 'ECONNREFUSED' })) => {
  let calls = 0;
  return { attempt: async () => ((calls += 1) <= times ? Promise.reject(error) : `worked at ${calls}`), calls: () => calls };
};

it('tries until it works, with pauses that double up to the longest', async () => {
  const { attempt } = failing(6);
  expect(await retry({ what: 'database', attempts: 7, baseMs: 100, maxMs: 1_000, sleep, random: () => 1 }, attempt)).toBe('worked at 7');
  expect(pauses).toEqual([100, 200, 400, 800, 1_000, 1_000]);
});

it('spreads the pauses over half of the step', async () => {
  await retry({ what: 'database', attempts: 2, baseMs: 100, sleep, random: () => 0 }, failing(1).attempt);
  expect(pauses).toEqual([50]);
});

it('gives up at the limit and says what it was, how often, and why', async () => {
  const { attempt, calls } = failing(9);
  const error = await retry({ what: 'database inspection', attempts: 3, sleep }, attempt).then(() => null, (e: unknown) => e);
  expect(error).toBeInstanceOf(RetriesExhausted);
  expect((error as Error).message).toBe('database inspection: gave up after 3 tries (ECONNREFUSED: refused)');
  expect((error as Error).cause).toMatchObject({ code: 'ECONNREFUSED' });
  expect(calls()).toBe(3);
  expect(pauses).toHaveLength(2);
});

it('does not repeat what cannot get better', async () => {
  const { attempt, calls } = failing(9, Object.assign(new Error('password authentication failed'), { code: '28P01' }));
  await expect(retry({ what: 'database', sleep, retryable: (e) => (e as { code?: string }).code !== '28P01' }, attempt)).rejects.toThrow('after 1 try');
  expect(calls()).toBe(1);
});

it('stops waiting when asked to', async () => {
  const controller = new AbortController();
  const { attempt, calls } = failing(9);
  const running = retry({ what: 'database', baseMs: 60_000, maxMs: 60_000, signal: controller.signal }, attempt);
  setTimeout(() => controller.abort(), 10);
  await expect(running).rejects.toBeInstanceOf(RetriesExhausted);
  expect(calls()).toBe(1);
});

it('tries at least once', async () => {
  await expect(retry({ what: 'x', attempts: 0 }, async () => 1)).rejects.toThrow(RangeError);
});
