import fc from 'fast-check';
import { BadUserInput } from './errors';
import { fen, fenToTenThousandYuan, formatYuan, isFen, sumFen, tenThousandYuanToFen, yuan } from './money';

const max = Number.MAX_SAFE_INTEGER;
const anyFen = fc.integer({ min: 0, max });

describe('fen', () => {
  it.each([0, 1, 5_000_000, max])('accepts %i', (amount) => {
    expect(isFen(amount)).toBe(true);
    expect(fen(amount)).toBe(amount);
  });
  it.each([-1, 0.5, max + 1, Number.NaN, Infinity])('refuses %p and names the field', (amount) => {
    expect(isFen(amount)).toBe(false);
    expect(() => fen(amount, 'input.fineFen')).toThrow(BadUserInput);
    expect(() => fen(amount, 'input.fineFen')).toThrow(/^input\.fineFen: /);
  });
  it.each(['1', null, undefined, 1n, {}])('does not take %p for an amount', (value) => expect(isFen(value)).toBe(false));
  it('knows no negative zero', () => expect(Object.is(fen(-0), 0)).toBe(true));
});

describe('yuan and sums', () => {
  it('writes a threshold of a law', () => {
    expect(yuan(50_000)).toBe(5_000_000);
    expect(yuan(0)).toBe(0);
  });
  it.each([-1, 0.5, max])('refuses %p yuan', (amount) => expect(() => yuan(amount)).toThrow(RangeError));
  it('adds exactly and refuses what no longer fits', () => {
    expect(sumFen([])).toBe(0);
    expect(sumFen([max - 3, 1, 2])).toBe(max);
    expect(() => sumFen([max, 1])).toThrow(RangeError);
    expect(() => sumFen([1.5])).toThrow(BadUserInput);
  });
});

describe('万元', () => {
  it.each([
    ['0', 0],
    ['1', 1_000_000],
    ['0.000001', 1],
    ['0.1', 100_000],
    ['1.005', 1_005_000], // in floating point, 1.005 × 1 000 000 is less
    [' 12.3456 ', 12_345_600],
    ['9007199254.740991', max],
  ])('%s 万元 = %i fen', (text, amount) => expect(tenThousandYuanToFen(text)).toBe(amount));
  it.each(['', '.5', '5.', '-1', '+1', '1e3', '1,000', '0.0000001', '１', 'NaN', '1 2', '9007199254.740992', '99999999999999999'])('refuses %p', (text) => {
    expect(() => tenThousandYuanToFen(text, 'amount')).toThrow(BadUserInput);
  });
  it.each([
    [0, '0'],
    [1, '0.000001'],
    [1_234_500, '1.2345'],
    [10_000_000, '10'],
    [100_000_000, '100'],
  ])('%i fen = %s 万元', (amount, text) => expect(fenToTenThousandYuan(amount)).toBe(text));
  it('comes back as it went', () => {
    fc.assert(fc.property(anyFen, (amount) => expect(tenThousandYuanToFen(fenToTenThousandYuan(amount))).toBe(amount)));
  });
});

describe('formatYuan', () => {
  it.each([
    [0, '¥0.00'],
    [5, '¥0.05'],
    [99, '¥0.99'],
    [100, '¥1.00'],
    [99_999, '¥999.99'],
    [100_000, '¥1,000.00'],
    [123_456_789, '¥1,234,567.89'],
    [max, '¥90,071,992,547,409.91'],
  ])('%i fen reads %s', (amount, text) => expect(formatYuan(amount)).toBe(text));
  it('shows every digit and nothing else', () => {
    fc.assert(fc.property(anyFen, (amount) => expect(Number(formatYuan(amount).replace(/[¥,.]/g, ''))).toBe(amount)));
  });
  it.each([-1, 0.5])('refuses %p', (amount) => expect(() => formatYuan(amount)).toThrow(BadUserInput));
});
