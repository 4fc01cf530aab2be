import { copyLine } from './copy-text';
import type { Column, ColumnType } from './world/tables';

const line = (value: unknown, type: ColumnType = 'plain'): string => copyLine([{ name: 'x', property: 'x', type } satisfies Column], { x: value });

describe('copyLine', () => {
  it.each([
    [null, 'plain', '\\N\n'], ['演示', 'plain', '演示\n'], ['a\tb\\c\nd', 'plain', 'a\\tb\\\\c\\nd\n'], [true, 'plain', 't\n'], [false, 'plain', 'f\n'],
    [12, 'plain', '12\n'], [new Date('2026-11-15T10:00:00.001Z'), 'plain', '2026-11-15T10:00:00.001Z\n'],
    [[], 'array', '{}\n'], [['a', 'NULL', '', 'x,y', 'q"u\\o'], 'array', '{a,"NULL","","x,y","q\\\\"u\\\\\\\\o"}\n'], [null, 'array', '\\N\n'],
    [{ a: 'x\\y' }, 'json', '{"a":"x\\\\\\\\y"}\n'], ['{"a":"\\n"}', 'jsonText', '{"a":"\\\\n"}\n'],
  ] as const)('writes %j as %s', (value, type, text) => {
    expect(line(value, type)).toBe(text);
  });

  it('parts fields by tabs, in the order of the columns', () => {
    const columns: Column[] = [{ name: 'b', property: 'b', type: 'plain' }, { name: 'a', property: 'a', type: 'plain' }];
    expect(copyLine(columns, { a: 1, b: 'x' })).toBe('x\t1\n');
  });

  it.each([[0.5, 'plain'], [Number.NaN, 'plain'], [{}, 'plain'], ['x', 'array']] as const)('refuses %j as %s', (value, type) => {
    expect(() => line(value, type)).toThrow(/whole number|no column takes|Not an array/);
  });
});
