import type { Frame } from './frame';
import { FrameBudget, KeptFrames } from './kept-frames';

const frame = (position: number | null, cursor: string | null = position === null ? null : `c${position}`, length = 10): Frame => ({ text: 'x'.repeat(length), position, cursor });
const at = (position: number | null, cursor: string | null = null) => ({ position, cursor });
const places = (frames: readonly Frame[] | null): unknown => frames?.map(({ position }) => position) ?? null;

let budget: FrameBudget;
beforeEach(() => {
  jest.useFakeTimers();
  budget = new FrameBudget(1_000);
});
afterEach(() => jest.useRealTimers());

it('keeps nothing for nobody', () => {
  const kept = new KeptFrames(budget);
  kept.add(frame(1));
  expect([budget.used, kept.after(at(1))]).toEqual([0, null]);
});

it('keeps what comes while somebody replays, and ten seconds longer', () => {
  const kept = new KeptFrames(budget);
  kept.keep(4);
  for (const n of [5, 6, 7]) kept.add(frame(n));
  expect([places(kept.after(at(3))), places(kept.after(at(4))), places(kept.after(at(6))), places(kept.after(at(9)))]).toEqual([null, [5, 6, 7], [7], []]);
  kept.linger();
  jest.advanceTimersByTime(9_000);
  expect(places(kept.after(at(5)))).toEqual([6, 7]);
  kept.keep(7); // he comes again
  jest.advanceTimersByTime(9_000);
  kept.linger();
  jest.advanceTimersByTime(10_000);
  expect([budget.used, kept.after(at(7))]).toEqual([0, null]);
  expect(jest.getTimerCount()).toBe(0);
});

it('finds a place by the cursor where the service tells no positions, and keeps what has neither not at all', () => {
  const kept = new KeptFrames(budget);
  kept.keep(null);
  for (const n of [1, 2, 3]) kept.add(frame(null, `c${n}`));
  kept.add(frame(null));
  expect(kept.after(at(null, 'c1'))?.map(({ cursor }) => cursor)).toEqual(['c2', 'c3']);
  expect([kept.after(at(null, 'c9')), budget.used]).toEqual([null, 30]);
});

it('keeps 256 of one stream, and no more characters than the process may: who began first loses his', () => {
  const [old, young] = [new KeptFrames(budget), new KeptFrames(budget)];
  old.keep(0);
  young.keep(0);
  for (let n = 1; n <= 300; n += 1) old.add(frame(n, null, 1));
  expect([budget.used, old.after(at(43))]).toEqual([256, null]);
  expect(old.after(at(44))).toHaveLength(256);
  for (let n = 1; n <= 8; n += 1) young.add(frame(n, null, 100));
  expect([budget.used, places(old.after(at(299))), places(old.after(at(300))), places(young.after(at(6)))]).toEqual([800, null, [], [7, 8]]);
  old.add(frame(301, null, 50));
  expect([budget.used, places(old.after(at(300)))]).toEqual([850, [301]]);
  young.stop();
  expect(budget.used).toBe(50);
});

it('forgets what would be answered otherwise now', () => {
  const kept = new KeptFrames(budget);
  kept.keep(0);
  kept.add(frame(1));
  kept.forget(1);
  kept.add(frame(2));
  expect([places(kept.after(at(0))), places(kept.after(at(1))), budget.used]).toEqual([null, [2], 10]);
});
