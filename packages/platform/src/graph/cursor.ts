import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { CursorInvalid } from './errors';

type CursorValue = string | number | null;

/**
 * Cursors are sealed with AES-256-GCM: a client learns nothing from one, and one that was not made here, for this list and this
 * reader's agency, is refused.
 * Every process of a service shares the key, so that a cursor outlives a restart.
 */
export class CursorCodec {
  private readonly key: Buffer;

  /** @param secret - at least 32 random bytes, kept in the data folder or given by configuration */
  constructor(secret: Buffer) {
    this.key = Buffer.from(hkdfSync('sha256', secret, '', 'casebridge cursor', 32));
  }

  /** @param list - the name of the list or stream, with whatever the cursor is bound to */
  encode(list: string, values: readonly CursorValue[]): string {
    const iv = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', this.key, iv).setAAD(Buffer.from(list));
    const body = Buffer.concat([cipher.update(JSON.stringify(values), 'utf8'), cipher.final()]);
    return Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64url');
  }

  /** @throws CursorInvalid when it is forged, of another list, or no cursor at all */
  decode(list: string, cursor: string, field = 'after'): readonly CursorValue[] {
    try {
      const bytes = Buffer.from(cursor, 'base64url');
      const decipher = createDecipheriv('aes-256-gcm', this.key, bytes.subarray(0, 12)).setAAD(Buffer.from(list));
      decipher.setAuthTag(bytes.subarray(12, 28));
      const text = Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8');
      return JSON.parse(text) as CursorValue[];
    } catch {
      throw new CursorInvalid(field);
    }
  }
}
