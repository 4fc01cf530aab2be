import fc from 'fast-check';
import { GraphQLError } from 'graphql';
import { scanText } from './scan';
import { clientTexts, hubDocuments, namesIn } from './testing/hub-schema';

/** What a document is made of, and what it should not be made of. */
const pieces = [
  '{', '}', '[', ']', '(', ')', '...', ':', '$', '@', '!', '=', '&', '|', '"', '"""', '\\', '#', '\n', ' ', ',', '\0', '\ufeff', '\ud800', '\udfff', '💊', '案',
  'query', 'mutation', 'subscription', 'fragment', 'on', 'null', 'true', 'id', 'case', 'nodes', '__typename', '__schema', '__type', '__proto__', 'constructor',
  '...A', 'fragment A on Case { ...A }', '{ id }', '@skip(if: $x)', '@include(if: true)', '$x: Int = 1', '9'.repeat(400), '-0', '1e999', '0.1.2', '1e', String.raw`"\u{110000}"`,
  String.raw`\u0000`, 'first: 2147483648', 'first: -1', '{{{{{{', ']]]]', '""""""', 'extend type Case { a: Int }',
];

/** A linear generator: the same documents in every run, and other ones when the number is changed. */
function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

function mutate(text: string, next: (below: number) => number): string {
  const at = next(text.length);
  const length = next(20);
  const piece = pieces[next(pieces.length)] ?? '';
  switch (next(6)) {
    case 0: return text.slice(0, at) + text.slice(at + length);
    case 1: return text.slice(0, at) + piece + text.slice(at);
    case 2: return text.slice(0, at) + piece + text.slice(at + length);
    case 3: return text.slice(0, at) + text.slice(at, at + length * 5).repeat(1 + next(8)) + text.slice(at);
    case 4: {
      const from = next(text.length);
      return text.slice(0, at) + text.slice(from, from + length * 3) + text.slice(at);
    }
    default: return text.slice(0, at) + String.fromCharCode(next(0x10000)) + text.slice(at + 1);
  }
}

const allowed = new Set([
  'GRAPHQL_PARSE_FAILED', 'GRAPHQL_VALIDATION_FAILED', 'OPERATION_RESOLUTION_FAILURE', 'NESTING_LIMIT_EXCEEDED', 'DEPTH_LIMIT_EXCEEDED', 'ALIAS_LIMIT_EXCEEDED',
  'FIELD_LIMIT_EXCEEDED', 'REPEAT_LIMIT_EXCEEDED', 'ROOT_FIELD_LIMIT_EXCEEDED', 'DIRECTIVE_LIMIT_EXCEEDED', 'TOKEN_LIMIT_EXCEEDED', 'DEFINITION_LIMIT_EXCEEDED', 'DOCUMENT_TOO_LONG',
]);

describe('mutated documents', () => {
  it('get an operation or an error with a code, a hundred thousand of them', () => {
    const documents = hubDocuments();
    const next = random(20_261_122);
    const texts = [...clientTexts.values()].filter((known) => namesIn(known).length > 0);
    const outcomes = new Map<string, number>();
    const count = (outcome: string): void => void outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
    let text = texts[0] ?? '';
    for (let i = 0; i < 100_000; i++) {
      // Mutants of mutants too, until they have nothing left of a document.
      if (i % 5 === 0) text = texts[next(texts.length)] ?? '';
      text = mutate(text, next);
      const answer = documents.operation(text, null);
      if (!('errors' in answer)) {
        count('ready');
        expect(Number.isFinite(answer.cost.estimate({}))).toBe(true);
        expect(documents.variableFaults(answer, { id: '1', first: 1 }) ?? []).toBeInstanceOf(Array);
        continue;
      }
      expect(answer.errors.length).toBeGreaterThan(0);
      for (const error of answer.errors) {
        if (!(error instanceof GraphQLError) || !allowed.has(String(error.extensions['code'])) || error.message.length > 401) throw error;
        if (error.message.includes('Did you mean')) throw error;
      }
      count(String(answer.errors[0]?.extensions['code']));
    }
    // All kinds of answers, or the mutations are too harsh or too tame to show anything.
    expect(outcomes.get('ready')).toBeGreaterThan(1_000);
    expect(outcomes.get('GRAPHQL_PARSE_FAILED')).toBeGreaterThan(10_000);
    expect(outcomes.get('GRAPHQL_VALIDATION_FAILED')).toBeGreaterThan(5_000);
  }, 240_000);

  it('are anything at all', () => {
    const documents = hubDocuments();
    const anything = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.array(fc.constantFrom(...pieces), { maxLength: 60 }).map((parts) => parts.join(' ')),
      fc.array(fc.constantFrom(...pieces), { maxLength: 60 }).map((parts) => parts.join('')),
      fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 100 }).map((codes) => String.fromCharCode(...codes)),
    );
    fc.assert(fc.property(anything, fc.option(fc.string()), (text, name) => {
      const answer = documents.operation(text, name);
      if ('errors' in answer) for (const error of answer.errors) expect(allowed).toContain(error.extensions['code']);
      expect(scanText(text).nesting).toBeGreaterThanOrEqual(0);
    }), { numRuns: 5_000 });
  }, 60_000);
});
