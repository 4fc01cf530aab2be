import { withinTime } from './within-time';

const never = new Promise<string>(() => undefined);

it('gives what came in time, or what stands for it', async () => {
  await expect(withinTime(1_000, Promise.resolve('it'), () => 'late')).resolves.toBe('it');
  await expect(withinTime(1_000, Promise.reject(new Error('refused')), () => 'late')).rejects.toThrow('refused');
  await expect(withinTime(5, never, () => 'late')).resolves.toBe('late');
});

it('rejects with what late throws', () => expect(withinTime(5, never, () => {
  throw new Error('too late');
})).rejects.toThrow('too late'));

it('hears nothing of what comes afterwards', async () => {
  let refuse: (cause: Error) => void = () => undefined;
  const slow = new Promise<string>((_, reject) => (refuse = reject));
  await expect(withinTime(5, slow, () => 'late')).resolves.toBe('late');
  refuse(new Error('afterwards'));
  await new Promise((resolve) => setImmediate(resolve));
});
