import type { EventEnvelope } from '@casebridge/contracts';
import { TailWindow } from './tail-window';

const events = (from: number, to: number): EventEnvelope[] =>
  Array.from({ length: to - from + 1 }, (_, i) => ({ position: from + i }) as EventEnvelope);
const positions = (found: readonly EventEnvelope[] | null) => found?.map((e) => e.position) ?? null;

it('gives what follows a position, up to a limit', () => {
  const window = new TailWindow(100);
  window.push(events(11, 20));
  expect(positions(window.after(10, 3))).toEqual([11, 12, 13]);
  expect(positions(window.after(18, 3))).toEqual([19, 20]);
});

it('says so when the next event is no longer here, or not yet', () => {
  const window = new TailWindow(100);
  expect(window.after(0, 3)).toBeNull();
  window.push(events(11, 20));
  expect(window.after(9, 3)).toBeNull();
  expect(window.after(20, 3)).toBeNull();
});

it('keeps at least its size and at most twice that', () => {
  const window = new TailWindow(10);
  for (let p = 1; p <= 1_000; p += 1) {
    window.push(events(p, p));
    if (p >= 10) expect(positions(window.after(p - 10, 100))).toEqual(positions(events(p - 9, p)));
    if (p > 20) expect(window.after(p - 21, 1)).toBeNull();
  }
});
