import { BadOption } from '../option-values';
import { parseSubscriptionOptions } from './options';

it('reads lists of rates and sizes', () => {
  expect(parseSubscriptionOptions(['--rates', '10,20,40', '--sizes', '5', '--idle', '100'])).toMatchObject({ rates: [10, 20, 40], sizes: [5], idle: 100, readers: 1_000, profile: false });
});

it.each([['--rates', '10,x'], ['--idle', '0'], ['--sizes', ''], ['--cpu-prof', 'yes']])('refuses %s %s', (...args) => {
  expect(() => parseSubscriptionOptions(args)).toThrow(BadOption);
});

it('gives help', () => {
  expect(parseSubscriptionOptions(['--help'])).toBeNull();
});
