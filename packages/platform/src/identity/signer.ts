import { calculateJwkThumbprint, compactVerify, CompactSign, createLocalJWKSet, importJWK, type JSONWebKeySet, type JWK, type KeyLike } from 'jose';
import { loadOrCreateSigningKey, readSigningKey, type SigningKey } from './keys';

export type { JSONWebKeySet, JWK } from 'jose';

/** Signs what must be provable later, to people who do not ask the hub. */
export interface Signer {
  /** RFC 7638 thumbprint of the key. */
  readonly kid: string;
  readonly publicJwk: JWK;
  /**
   * A compact JWS (EdDSA) of a text.
   *
   * @param type - what kind of text it is; a signature of one kind passes for no other
   */
  sign(type: string, text: string): Promise<string>;
}

export async function createSigner({ kid, privateJwk, publicJwk }: SigningKey): Promise<Signer> {
  const key = (await importJWK(privateJwk, 'EdDSA')) as KeyLike;
  return {
    kid, publicJwk,
    sign: (type, text) => new CompactSign(Buffer.from(text, 'utf8')).setProtectedHeader({ alg: 'EdDSA', kid, typ: type }).sign(key),
  };
}

/**
 * The signer of a service: by the key file that it is given, else by the key of the data folder, made on first use.
 *
 * @throws KeyFileUnusable
 */
export const openSigner = async (service: string, { dataDir, keyFile }: { readonly dataDir: string; readonly keyFile?: string | null }): Promise<Signer> =>
  createSigner(keyFile ? await readSigningKey(keyFile) : await loadOrCreateSigningKey(dataDir, service));

/**
 * The text that was signed, and by which of the keys.
 *
 * @throws JOSEError where none of the keys signed it, it is of another type, or it is no such signature at all
 */
export async function verifySigned(jws: string, type: string, keys: JSONWebKeySet): Promise<{ readonly kid: string; readonly text: string }> {
  const { payload, protectedHeader: { kid, typ } } = await compactVerify(jws, createLocalJWKSet(keys), { algorithms: ['EdDSA'] });
  if (kid === undefined || typ !== type) throw new TypeError(`is not signed as ${type}`);
  return { kid, text: new TextDecoder('utf-8', { fatal: true }).decode(payload) };
}

/** RFC 7638 thumbprint of a key, worked out of the key itself. */
export const keyThumbprint = (key: JWK): Promise<string> => calculateJwkThumbprint(key);
