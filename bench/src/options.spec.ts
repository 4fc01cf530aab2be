import 'reflect-metadata';
import { parseOptions } from './options';

describe('options', () => {
  it('has defaults that keep the whole run within four minutes on two cores', () => {
    const options = parseOptions([]);
    expect(options).toMatchObject({ rounds: 5, seconds: 3, connections: 16, scale: 'demo', limitLog: true });
    const measurements = 3 * 4;
    expect(options!.rounds * options!.seconds * measurements + options!.warmUp * measurements).toBeLessThan(200);
  });

  it('takes what is given', () => {
    expect(parseOptions(['--rounds', '1', '--seconds', '0.5', '--connections', '4', '--limit-log', 'off', '--results', '/x'])).toMatchObject({
      rounds: 1, seconds: 0.5, connections: 4, limitLog: false, results: '/x',
    });
    expect(parseOptions(['--help'])).toBeNull();
  });

  it.each([
    [['--rounds', '0']], [['--rounds', '1.5']], [['--rounds', 'many']], [['--rounds', '']], [['--seconds', '-1']], [['--connections', '1000']],
    [['--limit-log', 'maybe']], [['--scale', 'world']], [['--scale', 'none']], [['--unknown']],
  ])('refuses %j', (args) => {
    expect(() => parseOptions(args)).toThrow();
  });
});
