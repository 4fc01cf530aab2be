import { buildSchema, parse } from 'graphql';
import type { Fetch } from '../execution/fetch';
import { fetchShape } from '../federation/fetch-shape';
import { testList } from '../testing/cache';
import { type CachePlan, cachePlanOf } from './cache-plan';

const schema = buildSchema(`
  interface Named { name: String }
  type Query { firm: Firm }
  type Firm implements Named { uscc: ID! name: String tags: [String!] place: Place office: Office partners: [Firm!] grade(on: String): String secret: String }
  type Place implements Named { code: ID! name: String within: Place }
  type Office { code: ID! name: String }
`);

function fetchOf(selection: string, service = 'inspection', head = 'query Some__inspection__1($representations: [_Any!]!)'): Fetch {
  const query = `${head} { _entities(representations: $representations) { ${selection} } }`;
  const document = parse(query);
  return { service, query, document, shape: fetchShape(document) };
}
const planOf = (selection: string, service?: string, head?: string): CachePlan | null => cachePlanOf(fetchOf(selection, service, head), schema, testList);
const firm = { __typename: 'Firm', uscc: 'U1' };

describe('a fetch may be answered out of what is remembered', () => {
  it.each<[string, string]>([
    ['fields of the list', '... on Firm { name tags }'],
    ['aliases', '... on Firm { title: name }'],
    ['its name and key', '__typename ... on Firm { __typename uscc name }'],
    ['fragments on the same type', '... on Firm { ... on Firm { name } ... { tags } }'],
    ['conditions', '... on Firm { name @include(if: $a) tags @skip(if: $b) }'],
    ['several types', '... on Firm { name } ... on Place { name }'],
    ['records below with their keys', '... on Firm { place { code name within { key: code name } } partners { uscc name } office { code } }'],
  ])('with %s', (_, selection) => expect(planOf(selection)).not.toBeNull());

  it.each<[string, string]>([
    ['a field that is not on the list', '... on Firm { name secret }'],
    ['a field with arguments', '... on Firm { grade(on: "x") }'],
    ['a field that takes arguments, without any', '... on Firm { grade }'],
    ['a type that is not on the list', '... on Office2 { code }'],
    ['one such type among others', '... on Firm { name } ... on Query { firm { uscc } }'],
    ['an interface', '... on Named { name }'],
    ['an interface inside', '... on Firm { ... on Named { name } }'],
    ['a record below without its key', '... on Firm { place { name } }'],
    ['a record below whose key has a condition', '... on Firm { place { code @include(if: $a) name } }'],
    ['a record below in a fragment with a condition', '... on Firm { place { ... @include(if: $a) { code } name } }'],
    ['a field below that is not on the list', '... on Firm { partners { uscc secret } }'],
    ['a directive that it does not know', '... on Firm { name @cost }'],
    ['a named fragment', '... on Firm { ...F } } } fragment F on Firm { name x { y'],
  ])('not with %s', (_, selection) => expect(planOf(selection)).toBeNull());

  it('not when another service is asked than that of the type', () => expect(planOf('... on Firm { name }', 'credit')).toBeNull());

  it('not when it is of root fields', () => {
    const document = parse('{ firm { name } }');
    expect(cachePlanOf({ service: 'inspection', query: '', document, shape: fetchShape(document) }, schema, testList)).toBeNull();
  });
});

describe('what is remembered', () => {
  it('is shared by operations that select the same, and by nobody else', () => {
    const digest = (...args: Parameters<typeof planOf>) => planOf(...args)?.digest;
    expect(digest('... on Firm { name }', undefined, 'query Other__inspection__7($representations: [_Any!]!)')).toBe(digest('... on Firm { name }'));
    expect(new Set(['... on Firm { name }', '... on Firm { tags }', '... on Firm { name: tags }', '... on Firm { name @skip(if: $a) }'].map((s) => digest(s))).size).toBe(4);
  });

  it('names every record that it shows: read where its service has it, told of where more than its key is shown', () => {
    const plan = planOf('... on Firm { name place { c: code name within { code } } office { code } partners { uscc place { code name } } }');
    expect(plan?.keyOf(firm)).toEqual({ type: 'Firm', key: 'U1' });
    expect(plan?.showsOf(firm, {
      name: 'x', place: { c: 'P1', name: 'p', within: { code: 'P0' } }, office: { code: 'O1' },
      partners: [{ uscc: 'U2', place: null }, { uscc: 'U3', place: { code: 'P3', name: 'p' } }],
    })).toEqual({ depends: ['Firm:U1', 'Place:P1', 'Firm:U2', 'Firm:U3', 'Place:P3'], read: ['Firm:U1', 'Place:P1', 'Place:P0', 'Firm:U2', 'Firm:U3', 'Place:P3'] });
    expect(plan?.showsOf(firm, { name: 'x', place: null })).toEqual({ depends: ['Firm:U1'], read: ['Firm:U1'] });
  });

  it('is nothing where it cannot be told which record it is', () => {
    const plan = planOf('... on Firm { place { code name } }');
    expect(plan?.keyOf({ __typename: 'Place', code: 'P1' })).toBeNull();
    expect(plan?.keyOf({ __typename: 'Firm' })).toBeNull();
    expect(plan?.showsOf(firm, { place: { name: 'p' } })).toBeNull();
    expect(plan?.showsOf(firm, { place: 'P1' })).toBeNull();
    expect(plan?.showsOf({ __typename: 'Place', code: 'P1' }, {})).toBeNull();
  });
});
