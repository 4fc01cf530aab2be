import { BadUserInput } from './errors';

/** Money is an integer number of fen (1 yuan = 100 fen), never a fraction: a JSON number up to 2⁵³−1. */
export const isFen = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

/**
 * Checks an amount that comes from outside.
 *
 * @param amount - fen
 * @param field - the input field, for the refusal
 * @throws BadUserInput when it is not a whole number of fen from 0 to 2⁵³−1
 */
export function fen(amount: number, field = 'amountFen'): number {
  if (!isFen(amount)) throw new BadUserInput(field, 'must be a whole number of fen from 0 to 9007199254740991');
  return amount === 0 ? 0 : amount; // -0 is 0
}

/** Whole yuan as fen, for thresholds that a law states in yuan: `yuan(50_000)`. */
export const yuan = (amount: number): number => exact(BigInt(amount) * 100n);

/** A sum of amounts in fen. */
export const sumFen = (amounts: readonly number[]): number => exact(amounts.reduce((sum, amount) => sum + BigInt(fen(amount)), 0n));

/**
 * Converts 万元 (ten thousand yuan), the unit of the 双公示 interchange, to fen.
 *
 * @param text - decimal digits, at most six after the point, since 0.000001 万元 is one fen
 * @param field - the input field, for the refusal
 * @throws BadUserInput when the text is no such number or too large
 */
export function tenThousandYuanToFen(text: string, field = 'amount'): number {
  const match = /^(\d{1,16})(?:\.(\d{1,6}))?$/.exec(text.trim());
  if (!match) throw new BadUserInput(field, 'must be an amount in 万元 with at most six decimals');
  const amount = BigInt(match[1]!) * 1_000_000n + BigInt((match[2] ?? '').padEnd(6, '0'));
  if (amount > BigInt(Number.MAX_SAFE_INTEGER)) throw new BadUserInput(field, 'is larger than the hub can hold');
  return Number(amount);
}

/** Fen as 万元, without trailing zeros: 1 234 500 fen is `1.2345`. */
export function fenToTenThousandYuan(amount: number): string {
  const digits = String(fen(amount)).padStart(7, '0');
  return `${digits.slice(0, -6)}.${digits.slice(-6)}`.replace(/\.?0+$/, '');
}

/** Fen for people: 123 456 789 fen is `¥1,234,567.89`. */
export function formatYuan(amount: number): string {
  const digits = String(fen(amount)).padStart(3, '0');
  return `¥${digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ',')}.${digits.slice(-2)}`;
}

function exact(amount: bigint): number {
  if (amount < 0n || amount > BigInt(Number.MAX_SAFE_INTEGER)) throw new RangeError('Amount out of range');
  return Number(amount);
}
