import { Kind, type OperationDefinitionNode, parse, type SelectionNode } from 'graphql';
import { conditionDefaults, conditionOf, conditionVariables, isIncluded } from './conditions';

const document = parse(`
  query ($on: Boolean! = true, $off: Boolean = false, $must: Boolean!, $other: Int = 1) { a @skip(if: $on) ...F @include(if: $must) b(n: $other) }
  fragment F on Query { c @include(if: $off) @skip(if: $on) }
`);
const [operation] = document.definitions as [OperationDefinitionNode];

it('names the variables that decide, wherever they stand', () => {
  expect(conditionVariables(document)).toEqual(['must', 'off', 'on']);
});

it('knows the defaults of those that a client may leave out', () => {
  expect(conditionDefaults(document)).toEqual({ on: true, off: false });
});

it.each([
  ['on', {}, true], ['on', { on: false }, false], ['off', {}, false], ['off', { off: true }, true], ['off', { off: null }, false], ['must', { must: true }, true],
  ['must', {}, false], ['toString', {}, false],
])('$%s of %j is %s', (name, variables, expected) => {
  expect(conditionOf(operation, name)(variables)).toBe(expected);
});

it.each([
  ['a', {}, true], ['a @skip(if: true)', {}, false], ['a @include(if: false)', {}, false], ['a @include(if: $x)', { x: true }, true], ['a @include(if: $x)', {}, false],
  ['a @skip(if: $x)', { x: true }, false], ['a @include(if: $x) @skip(if: $y)', { x: true, y: true }, false], ['a @skip(if: $y) @include(if: $x)', { x: true, y: false }, true],
  ['... @include(if: $x) { a }', { x: false }, false], ['a @other(if: true)', {}, true],
])('%s with %j is in: %s', (text, variables, expected) => {
  const [parsed] = parse(`{ ${text} }`).definitions;
  const [selection] = parsed?.kind === Kind.OPERATION_DEFINITION ? parsed.selectionSet.selections : [];
  expect(isIncluded(selection as SelectionNode, variables)).toBe(expected);
});
