import fc from 'fast-check';
import { type DocumentNode, Kind, parse, type SelectionSetNode } from 'graphql';
import { documentLimits, limitsOf, measureVariables, overLimits } from './document-limits';
import { countRepeats, measureDocument } from './measure';
import { fragmentsOf } from '../documents/fragments';

/** Fields after fragments are opened, by opening them: what the quick way must agree with. */
function openedSlowly(document: DocumentNode): { fields: number; depth: number; aliases: number } {
  const fragments = fragmentsOf(document);
  const walk = (set: SelectionSetNode, level: number): { fields: number; depth: number; aliases: number } => {
    const total = { fields: 0, depth: level, aliases: 0 };
    for (const node of set.selections) {
      const isField = node.kind === Kind.FIELD;
      const below = node.kind === Kind.FRAGMENT_SPREAD ? fragments.get(node.name.value)?.selectionSet : node.selectionSet;
      const found = below ? walk(below, level + (isField ? 1 : 0)) : { fields: 0, depth: level + (isField ? 1 : 0), aliases: 0 };
      total.fields += found.fields + (isField ? 1 : 0);
      total.aliases += found.aliases + (isField && node.alias ? 1 : 0);
      total.depth = Math.max(total.depth, found.depth);
    }
    return total;
  };
  return document.definitions.reduce((all, d) => {
    if (d.kind !== Kind.OPERATION_DEFINITION) return all;
    const { aliases, depth, fields } = walk(d.selectionSet, 0);
    return { fields: all.fields + fields, aliases: all.aliases + aliases, depth: Math.max(all.depth, depth) };
  }, { fields: 0, depth: 0, aliases: 0 });
}

/** Documents whose fragments name later ones only, all of them used. */
const documents = fc.integer({ min: 0, max: 4 }).chain((count) => {
  const { selections } = fc.letrec((tie) => ({
    selection: fc.oneof(
      { maxDepth: 3 },
      fc.constantFrom('a', 'b', 'x: a', 'y: b @skip(if: true)'),
      tie('selections').map((below) => `a { ${String(below)} }`),
      tie('selections').map((below) => `... @include(if: true) { ${String(below)} }`),
    ),
    selections: fc.array(tie('selection'), { minLength: 1, maxLength: 3 }).map((all) => all.join(' ')),
  }));
  const bodies = fc.array(selections, { minLength: count + 1, maxLength: count + 1 });
  return bodies.map((all) => all.map((body, i) => {
    const spreads = all.slice(i + 1).map((_, j) => `...F${i + 1 + j}`).join(' ');
    return i === 0 ? `{ ${String(body)} ${spreads} }` : `fragment F${i} on T { ${String(body)} ${spreads} }`;
  }).join('\n'));
});

describe('figures of a document', () => {
  it('are those of the opened fragments', () => {
    fc.assert(fc.property(documents, (text) => {
      const document = parse(text);
      expect(measureDocument(document)).toMatchObject({ ...openedSlowly(document), cyclic: false });
    }), { numRuns: 500 });
  });

  it('name each kind', () => {
    const document = parse(`query A @d { a: x @d { y ...F } ... on Q @d { z } } query B($v: Int @d) { z } fragment F on X @d { b: y ...G } fragment G on X { y { y } }`);
    expect(measureDocument(document)).toEqual({ definitions: 4, depth: 3, aliases: 2, directives: 5, rootFields: 2, fields: 7, cyclic: false });
  });

  it('count fragments that nothing uses, and circles once', () => {
    expect(measureDocument(parse('{ a } fragment F on X { b c { d } }'))).toMatchObject({ fields: 4, depth: 2, cyclic: false });
    expect(measureDocument(parse('{ ...A } fragment A on X { a ...B } fragment B on X { b ...A }'))).toMatchObject({ cyclic: true });
    expect(measureDocument(parse('{ ...A } fragment A on X { a ...A }'))).toMatchObject({ cyclic: true });
    expect(measureDocument(parse('{ ...Absent }'))).toMatchObject({ fields: 0, cyclic: false });
  });

  it('take no longer for a bomb than for its text', () => {
    const levels = 2_000;
    const fragments = Array.from({ length: levels }, (_, i) => `fragment F${i} on X { a { ...F${i + 1} } b { ...F${i + 1} } }`).join(' ');
    const document = parse(`{ ...F0 } ${fragments} fragment F${levels} on X { a }`);
    const began = performance.now();
    const { fields } = measureDocument(document);
    expect(performance.now() - began).toBeLessThan(5_000);
    expect(fields).toBe(Infinity);
    expect(overLimits({ fields }, limitsOf('hub'))[0]?.message).toBe('Fields after fragments are opened: too many to count, and the limit is 3000');
  });
});

describe('repeats', () => {
  it.each([
    ['{ a b c }', 0],
    ['{ a a }', 2],
    ['{ a a a }', 6],
    ['{ x: a x: b }', 2],
    ['{ a { b } a { b } }', 4],
    ['{ a(x: [1, 2]) a(x: [1, 2]) }', 8],
    ['{ a ...F ...F } fragment F on Q { a }', 6],
    ['{ a { b } ... on Q { a { b c } } } ', 4],
  ])('of %s are %d', (text, repeats) => {
    expect(countRepeats(parse(text))).toBe(repeats);
  });
});

it('does not follow fragments for ever that double and end in nothing', () => {
  const doubling = Array.from({ length: 60 }, (_, n) => `fragment F${n} on Query { ...F${n + 1} ...F${n + 1} }`).join(' ');
  expect(countRepeats(parse(`{ ...F0 } ${doubling}`))).toBe(Infinity);
});

describe('limits', () => {
  it('refuse with a code of their own and both numbers', () => {
    const [error] = overLimits({ depth: 30, aliases: 3 }, limitsOf('hub'));
    expect(error?.toJSON()).toEqual({
      message: 'Levels of fields: 30, and the limit is 25', extensions: { code: 'DEPTH_LIMIT_EXCEEDED', kind: 'BAD_USER_INPUT', limit: 25, found: 30 },
    });
    expect(overLimits({ depth: 25 }, limitsOf('hub'))).toEqual([]);
  });

  it('are lower for the public, and may be set', () => {
    for (const [name, row] of Object.entries(documentLimits)) expect([name, row.public < row.hub]).toEqual([name, true]);
    expect(limitsOf('public', { depth: 3 })).toMatchObject({ depth: 3, aliases: documentLimits.aliases.public });
    expect(overLimits({ depth: 1e9 }, limitsOf('hub', { depth: Infinity }))).toEqual([]);
  });

  it('look at variables no further than needed', () => {
    const limits = limitsOf('hub', { variableValues: 5, variableDepth: 3 });
    expect(measureVariables({ a: 1, b: [1, { c: null }] }, limits)).toEqual({ variableValues: 5, variableDepth: 3 });
    expect(measureVariables({ a: [[[[[1]]]]] }, limits).variableDepth).toBe(4);
    expect(measureVariables({ a: Array.from({ length: 9 }) }, limits).variableValues).toBe(10);
    expect(measureVariables({}, limits)).toEqual({ variableValues: 0, variableDepth: 0 });
    let deep: unknown = 1;
    for (let i = 0; i < 1_000_000; i++) deep = [deep];
    expect(measureVariables({ deep }, limitsOf('hub')).variableDepth).toBe(21);
  });
});
