import { Turnstile } from './turnstile';

it('never has more inside than places, lets everybody through in order, and survives failures', async () => {
  const turnstile = new Turnstile(3);
  let inside = 0;
  let most = 0;
  const entered: number[] = [];
  const work = async (n: number): Promise<void> => {
    entered.push(n);
    most = Math.max(most, (inside += 1));
    await new Promise((resolve) => setImmediate(resolve));
    inside -= 1;
    if (n % 4 === 0) throw new Error(`${n}`);
  };
  const results = await Promise.allSettled(Array.from({ length: 20 }, (_, n) => turnstile.pass(() => work(n))));
  expect(most).toBe(3);
  expect(entered).toEqual(Array.from({ length: 20 }, (_, n) => n));
  expect(results.filter((r) => r.status === 'rejected')).toHaveLength(5);
  await expect(turnstile.pass(() => Promise.resolve('in'))).resolves.toBe('in');
});
