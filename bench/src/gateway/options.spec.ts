import { parseGatewayOptions } from './options';
import { targets } from './targets';

describe('options', () => {
  it('have defaults that keep the whole run within five minutes', () => {
    const options = parseGatewayOptions([])!;
    expect(options).toMatchObject({ connections: { SharedCase: 16, CaseList: 4 }, operations: ['SharedCase', 'CaseList'], profile: null });
    expect(options.targets).toEqual(targets.map(({ name }) => name));
    const measurements = 2 * targets.length;
    expect((options.rounds * options.seconds + options.warmUp) * measurements).toBeLessThan(240);
  });

  it('take targets by letter or name, in the order of the tables', () => {
    expect(parseGatewayOptions(['--only', 'f,hub-http,a2'])?.targets).toEqual(['stock-lean', 'hub-http', 'limit']);
  });

  it('take what is given', () => {
    expect(parseGatewayOptions(['--rounds', '1', '--connections', '8', '--operation', 'CaseList', '--results', '/x'])).toMatchObject({
      rounds: 1, connections: { SharedCase: 8, CaseList: 8 }, operations: ['CaseList'], results: '/x',
    });
    expect(parseGatewayOptions(['--cpu-prof', 'CaseList'])).toMatchObject({ rights: true, profile: 'CaseList', targets: ['hub'], operations: ['CaseList'] });
    expect(parseGatewayOptions(['--help'])).toBeNull();
  });

  it.each([
    [['--only', 'z']], [['--rights', 'maybe']], [['--only', '']], [['--operation', 'All']], [['--cpu-prof', 'All']], [['--cpu-prof', 'CaseList', '--only', 'a']],
    [['--connections', '1,2,3']], [['--connections', '0']], [['--rounds', '0']], [['--unknown']],
  ])('refuse %j', (args) => {
    expect(() => parseGatewayOptions(args)).toThrow();
  });
});
