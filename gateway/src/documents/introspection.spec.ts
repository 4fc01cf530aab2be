import { executeSync, getIntrospectionQuery, getOperationAST, type OperationDefinitionNode, parse, print, specifiedRules, validate } from 'graphql';
import { introspectionOf, withoutType } from './introspection';
import { hubSchema } from './testing/hub-schema';

const of = (text: string, name: string | null = null) => introspectionOf(parse(text), getOperationAST(parse(text), name) as OperationDefinitionNode);

describe('introspection', () => {
  it.each([
    ['{ __typename case(id: "1") { __typename } }', 'none'],
    ['{ a: __type(name: "Case") { name } }', 'type'],
    ['{ __type(name: "Case") { name } schema: __schema { queryType { name } } }', 'schema'],
    ['{ ... { ...A } } fragment A on Query { ...B } fragment B on Query { __schema { queryType { name } } }', 'schema'],
    ['{ ...A } fragment A on Query { __type(name: "Case") { name } }', 'type'],
    ['{ __schema @include(if: false) { queryType { name } } }', 'schema'],
    [getIntrospectionQuery(), 'schema'],
  ])('is seen in %s', (text, expected) => {
    expect(of(text)).toBe(expected);
  });

  it('is that of the operation asked, not of its neighbour', () => {
    const text = 'query A { __typename ...X } query B { ...Y } fragment X on Query { __typename } fragment Y on Query { __schema { queryType { name } } }';
    expect(of(text, 'A')).toBe('none');
    expect(of(text, 'B')).toBe('schema');
  });

  it('answers null for every __type, in its place and under its name', () => {
    const text = `query A($name: String!, $yes: Boolean = true) { first: __typename a: __type(name: $name) { name fields { name } } b: __type(name: "Case") @skip(if: $yes) { name }
      ...F last: __typename } fragment F on Query { c: __type(name: $name) { kind } }`;
    const document = parse(text);
    const variableValues = { name: 'Case' };
    expect(executeSync({ schema: hubSchema, document, variableValues }).data).toMatchObject({ a: { name: 'Case' } });
    const hidden = withoutType(document);
    expect(executeSync({ schema: hubSchema, document: hidden, variableValues })).toEqual({ data: { first: 'Query', a: null, c: null, last: 'Query' } });
    expect(Object.keys(executeSync({ schema: hubSchema, document: hidden, variableValues }).data ?? {})).toEqual(['first', 'a', 'c', 'last']);
    expect(validate(hubSchema, hidden, specifiedRules)).toEqual([]);
    expect(print(document)).toContain('$name');
  });
});
