import { createHash, randomBytes } from 'node:crypto';
import type { RandomBytes } from '@casebridge/kernel';

/** Crockford's base32: no I, L, O and U, so that a code survives being read out and written down. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const BITS = 128;
const LENGTH = Math.ceil(BITS / 5);

export interface Receipt {
  /** 26 characters with 128 random bits, in groups; given to the reporter once and kept nowhere. */
  readonly code: string;
  /** What is stored of it. */
  readonly hash: string;
}

/** How a receipt code is compared: capitals, no separators, the letters that look like digits as digits. */
const normaliseReceipt = (code: string): string =>
  code.normalize('NFKC').toUpperCase().replace(/[^0-9A-Z]/gu, '').replaceAll('O', '0').replace(/[IL]/gu, '1');

/**
 * SHA-256 of a receipt code, in hexadecimal: the table does not reveal the code, and a look-up by it takes the same way for every input.
 *
 * 128 random bits leave nothing to guess, so the hash needs neither salt nor stretching.
 */
export const receiptHash = (code: string): string => createHash('sha256').update(normaliseReceipt(code)).digest('hex');

/** @param random - where the 16 bytes come from; seeded in generators of demo data, the system's source otherwise */
export function createReceipt(random: RandomBytes = randomBytes): Receipt {
  let bits = BigInt(`0x${Buffer.from(random(BITS / 8)).toString('hex')}`);
  let plain = '';
  for (let i = 0; i < LENGTH; i += 1) {
    plain = alphabet.charAt(Number(bits & 31n)) + plain;
    bits >>= 5n;
  }
  return { code: plain.match(/.{1,6}/gu)?.join('-') ?? plain, hash: receiptHash(plain) };
}
