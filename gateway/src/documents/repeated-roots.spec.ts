import { type OperationDefinitionNode, parse } from 'graphql';
import { repeatedRoots } from './repeated-roots';

const repeated = (text: string): string[] => {
  const document = parse(text);
  return repeatedRoots(document, document.definitions.find((d) => d.kind === 'OperationDefinition') as OperationDefinitionNode);
};

describe('response keys at the root of a mutation', () => {
  it.each([
    ['mutation { drop(id: 1) tick }', []],
    ['mutation { drop(id: 1) again: drop(id: 1) }', []],
    ['mutation($y: Boolean!) { drop(id: 1) tick drop(id: 1) @include(if: $y) }', ['drop']],
    ['mutation { drop(id: 1) ...F } fragment F on Mutation { tick drop(id: 1) }', ['drop']],
    ['mutation { ...F tick ...F } fragment F on Mutation { drop(id: 1) }', ['drop']],
    ['mutation { a: drop(id: 1) ... { ... on Mutation { a: drop(id: 1) } } }', ['a']],
    ['mutation { drop(id: 1) { id id } }', []],
    ['mutation { __typename ... { __typename a: __typename } ... { a: __typename } }', []],
  ])('%s: %j', (text, keys) => {
    expect(repeated(text)).toEqual(keys);
  });
});
