import { createHmac, hkdfSync } from 'node:crypto';
import { isCitizenId, normaliseCode } from '@casebridge/kernel';

/**
 * Identity numbers of citizens (公民身份号码) as the hub compares them: by a keyed digest, never by the number. Whoever has the tables and not the
 * key can neither read a number nor try them all. Every process of the hub shares the key; a ban found under another one is lost.
 */
export class CitizenIds {
  private readonly key: Buffer;

  /** @param secret - at least 32 random bytes, kept in the data folder */
  constructor(secret: Buffer) {
    this.key = Buffer.from(hkdfSync('sha256', secret, '', 'casebridge citizen id', 32));
  }

  /** @returns 64 hexadecimal digits, or null for what is no identity number */
  digest(idNo: string): string | null {
    const number = normaliseCode(idNo);
    return isCitizenId(number) ? createHmac('sha256', this.key).update(number).digest('hex') : null;
  }
}
