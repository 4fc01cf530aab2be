import { availableParallelism } from 'node:os';
import { workerCount } from './worker-count';

it.each([['1', 1], ['2', 2], ['64', 64], ['auto', Math.min(64, availableParallelism())]])('%s is %d', (text, count) => {
  expect(workerCount.parse(text)).toBe(count);
});

it.each(['0', '65', '-1', '1.5', 'many', 'AUTO', '2 ', '1e1', '010'])('%s is none', (text) => {
  expect(workerCount.safeParse(text)).toMatchObject({ success: false, error: { issues: [{ message: 'must be a whole number from 1 to 64, or auto' }] } });
});
