import { describeDifferences, differences, withOpenCursors } from './compare';

describe('differences', () => {
  it('finds none between equal answers, whatever the order of their keys', () => {
    expect(differences({ a: [1, { b: null, c: 'x' }] }, { a: [1, { c: 'x', b: null }] })).toEqual([]);
  });

  it('tells each place', () => {
    const hub = { case: { id: '1', agency: { functions: ['DRUG', 'MARKET'] }, referral: null } };
    const other = { case: { id: '1', agency: { functions: ['MARKET', 'DRUG'] }, referral: { id: '2' } } };
    expect(differences(hub, other)).toEqual([
      { path: 'case.agency.functions[0]', expected: 'DRUG', actual: 'MARKET' },
      { path: 'case.agency.functions[1]', expected: 'MARKET', actual: 'DRUG' },
      { path: 'case.referral', expected: null, actual: { id: '2' } },
    ]);
  });

  it.each<[unknown, unknown]>([
    [{ a: null }, {}], [{}, { a: null }], [[1], [1, 2]], [[1, 2], [1]], [1, '1'], [null, {}], [[], {}], [0, false], [{ a: [] }, { a: null }],
  ])('tells %j from %j', (a, b) => {
    expect(differences(a, b)).toHaveLength(1);
  });
});

describe('cursors', () => {
  const open = (cursor: string): string => cursor.split('#')[0] as string;

  it('are compared by what is in them, and only where they are cursors', () => {
    const one = { pageInfo: { endCursor: 'a#1', hasNextPage: true }, edges: [{ cursor: 'a#2', node: { id: 'x#1' } }] };
    const two = { pageInfo: { endCursor: 'a#8', hasNextPage: true }, edges: [{ cursor: 'b#9', node: { id: 'x#2' } }] };
    expect(differences(withOpenCursors(one, open), withOpenCursors(two, open)).map((d) => d.path)).toEqual(['edges[0].cursor', 'edges[0].node.id']);
  });

  it('may be null', () => {
    expect(withOpenCursors({ endCursor: null }, open)).toEqual({ endCursor: null });
  });
});

describe('the message', () => {
  it('shortens long values and long lists', () => {
    const found = differences(Array.from({ length: 12 }, () => 'a'), Array.from({ length: 12 }, () => 'b'.repeat(500)));
    const text = describeDifferences(found, 10);
    expect(text.split('\n')).toHaveLength(11);
    expect(text).toContain('… and 2 more');
    expect(text).not.toContain('b'.repeat(201));
  });
});
