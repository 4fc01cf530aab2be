import { setTimeout as sleep } from 'node:timers/promises';
import { later } from './later';

const happened = async (count: number, list: readonly unknown[]): Promise<void> => {
  while (list.length < count) await sleep(5);
};

it('lets happen what is not taken back, in the order in which it was begun, each after its time', async () => {
  const acts: string[] = [];
  const startedAt = performance.now();
  const at: number[] = [];
  const wait = (ms: number, name: string): (() => void) => later(ms, () => {
    acts.push(name);
    at.push(performance.now() - startedAt);
  });
  wait(60, 'b');
  wait(20, 'a');
  const takenBack = wait(60, 'never');
  await sleep(30);
  wait(60, 'c');
  takenBack();
  await happened(3, acts);
  expect(acts).toEqual(['a', 'b', 'c']);
  for (const [i, least] of [20, 60, 90].entries()) expect(at[i]).toBeGreaterThanOrEqual(least - 1);
});

it('waits for what began while another of its length ended, also when everything before was taken back', async () => {
  const acts: string[] = [];
  later(10, () => {
    acts.push('first');
    later(10, () => acts.push('second'));
  });
  await happened(2, acts);
  later(10, () => acts.push('never'))();
  await sleep(30);
  later(10, () => acts.push('third'));
  await happened(3, acts);
  expect(acts).toEqual(['first', 'second', 'third']);
});

it('forgets what it was told after it happened', async () => {
  const acts: string[] = [];
  const cancel = later(5, () => acts.push('once'));
  await happened(1, acts);
  cancel();
  expect(acts).toEqual(['once']);
});
