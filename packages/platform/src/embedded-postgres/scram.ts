import { createHash, createHmac, pbkdf2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

const derive = promisify(pbkdf2);
const ITERATIONS = 4096; // PostgreSQL's default; a random 256-bit password needs no more
const VERIFIER = /^SCRAM-SHA-256\$(\d+):([A-Za-z0-9+/=]+)\$([A-Za-z0-9+/=]+):([A-Za-z0-9+/=]+)$/;

async function verifier(password: string, salt: Buffer, iterations: number): Promise<string> {
  const salted = await derive(password, salt, iterations, 32, 'sha256');
  const hmac = (text: string): Buffer => createHmac('sha256', salted).update(text).digest();
  const stored = createHash('sha256').update(hmac('Client Key')).digest('base64');
  return `SCRAM-SHA-256$${iterations}:${salt.toString('base64')}$${stored}:${hmac('Server Key').toString('base64')}`;
}

/**
 * What PostgreSQL stores for a password, so that the password itself never travels in a statement or reaches a log.
 *
 * @param password - printable ASCII, so that no SASLprep normalisation is needed
 * @throws RangeError for any other password
 * @see RFC 5803, RFC 7677
 */
export async function scramVerifier(password: string): Promise<string> {
  if (!/^[\x21-\x7e]+$/.test(password)) throw new RangeError('A role password must be of printable ASCII characters without blanks');
  return verifier(password, randomBytes(16), ITERATIONS);
}

/** Whether a stored verifier belongs to the password; false for a missing one or one of another kind. */
export async function matchesVerifier(password: string, stored: string | null): Promise<boolean> {
  const [, iterations, salt] = VERIFIER.exec(stored ?? '') ?? [];
  if (!stored || !iterations || !salt) return false;
  const expected = Buffer.from(await verifier(password, Buffer.from(salt, 'base64'), Number(iterations)));
  const actual = Buffer.from(stored);
  return expected.length === actual.length && timingSafeEqual(expected, actual);
}
