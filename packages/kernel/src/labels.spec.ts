import type { CodeOf } from './labels';
import { codeList } from './labels';

const colour = codeList('Colour', { RED: ['红', 'Red'], DARK_BLUE: ['深蓝', 'Dark blue'] });
type Colour = CodeOf<typeof colour>;

/** Compiles only when both types are the same. */
const same = <A, B>(proof: (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false): boolean => proof;

describe('codeList', () => {
  it('has the exact union of its keys as type', () => {
    expect(same<Colour, 'RED' | 'DARK_BLUE'>(true)).toBe(true);
    expect(same<(typeof colour.values)['RED'], 'RED'>(true)).toBe(true);
  });

  it('gives name, codes in order, values and labels in both languages', () => {
    expect(colour.name).toBe('Colour');
    expect(colour.codes).toEqual(['RED', 'DARK_BLUE']);
    expect(colour.values).toEqual({ RED: 'RED', DARK_BLUE: 'DARK_BLUE' });
    expect(colour.labels.DARK_BLUE).toEqual({ zh: '深蓝', en: 'Dark blue' });
  });

  it.each(['RED', 'DARK_BLUE'])('knows %s', (code) => expect(colour.is(code)).toBe(true));
  it.each(['red', '', 'constructor', '__proto__', 'toString', null, undefined, 0, ['RED'], { RED: 'RED' }])('does not know %p', (value) => {
    expect(colour.is(value)).toBe(false);
  });

  it('narrows a value from outside', () => {
    const outside: unknown = 'RED';
    const known: Colour | null = colour.is(outside) ? outside : null;
    expect(known).toBe('RED');
  });

  it('cannot be changed', () => {
    for (const part of [colour, colour.codes, colour.values, colour.labels, colour.labels.RED]) expect(Object.isFrozen(part)).toBe(true);
  });

  it.each([
    ['empty', {}, /is empty/],
    ['lower case', { red: ['红', 'Red'] }, /SCREAMING_SNAKE_CASE/],
    ['digit first', { '1A': ['一', 'One'] }, /SCREAMING_SNAKE_CASE/],
    ['blank Chinese', { RED: [' ', 'Red'] }, /blank label/],
    ['blank English', { RED: ['红', ''] }, /blank label/],
    ['Chinese label twice', { RED: ['红', 'Red'], ROSE: ['红', 'Rose'] }, /repeats a label/],
    ['English label twice', { RED: ['红', 'Red'], ROSE: ['朱', 'Red'] }, /repeats a label/],
  ] as const)('refuses a list that is faulty: %s', (_, entries, message) => {
    expect(() => codeList('Faulty', entries as Record<string, readonly [string, string]>)).toThrow(message);
  });
});
