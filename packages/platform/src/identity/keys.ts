import { generateKeyPairSync } from 'node:crypto';
import { chmod, mkdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { calculateJwkThumbprint, type JSONWebKeySet, type JWK } from 'jose';
import { z } from 'zod';
import { createFile, replaceFile } from '../embedded-postgres/atomic-write';

/** An Ed25519 signing key and where it lies. */
export interface SigningKey {
  /** RFC 7638 thumbprint; `kid` of what it signs. */
  readonly kid: string;
  /** Holds `d`: never log it, never send it. */
  readonly privateJwk: JWK;
  readonly publicJwk: JWK;
}

export interface StoredSigningKey extends SigningKey {
  readonly privateFile: string;
  /** What a service of another process is given. */
  readonly publicFile: string;
}

/** A key file that cannot be used. The message names the file and says nothing of what is in it. */
export class KeyFileUnusable extends Error {
  constructor(path: string, why: string) {
    super(`The key file ${path} ${why}`);
    this.name = 'KeyFileUnusable';
  }
}

/** The key with which the gateway vouches for its readers; services are given its public half. */
export const gatewayKeyName = 'gateway';

const namePattern = /^[a-z0-9][a-z0-9-]{0,62}$/;
const publicSchema = z.object({ kty: z.literal('OKP'), crv: z.literal('Ed25519'), x: z.string().regex(/^[A-Za-z0-9_-]{43}$/) });
const privateSchema = publicSchema.extend({ d: z.string().regex(/^[A-Za-z0-9_-]{43}$/) });
const keySetSchema = z.object({ keys: z.array(publicSchema).min(1) });

/**
 * The signing key of this name, made on first use under `keys/` of the data folder (mode 0600, whole or not at all).
 *
 * Processes that start together agree on one key: whoever comes first makes it.
 *
 * @param name - lower case, digits, hyphens
 * @throws KeyFileUnusable when the file is there and is not a key
 */
export async function loadOrCreateSigningKey(dataDir: string, name: string): Promise<StoredSigningKey> {
  if (!namePattern.test(name)) throw new RangeError('A key is named in lower case with digits and hyphens');
  const folder = join(dataDir, 'keys');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const privateFile = join(folder, `${name}.private.jwk.json`);
  const publicFile = join(folder, `${name}.public.jwk.json`);

  if (!(await exists(privateFile))) await createFile(privateFile, await newKey());
  await chmod(privateFile, 0o600); // a copy or a restore may have opened it
  const key = await readSigningKey(privateFile);
  const wanted = `${JSON.stringify(key.publicJwk)}\n`;
  if ((await contentOf(publicFile)) !== wanted) {
    await replaceFile(publicFile, wanted);
    await chmod(publicFile, 0o644); // the services may run as another user, and it is no secret
  }
  return { ...key, privateFile, publicFile };
}

/**
 * The signing key of this name if it was made before.
 *
 * @returns null when there is none
 * @throws KeyFileUnusable when the file is there and is not a key
 */
export async function findSigningKey(dataDir: string, name: string): Promise<SigningKey | null> {
  const path = join(dataDir, 'keys', `${name}.private.jwk.json`);
  return (await exists(path)) ? readSigningKey(path) : null;
}

/**
 * A private Ed25519 key (JWK) from a file, e.g. a mounted secret.
 *
 * @throws KeyFileUnusable when there is no file or no such key in it
 */
export async function readSigningKey(path: string): Promise<SigningKey> {
  const { kty, crv, x, d } = await parsed(path, privateSchema, 'holds no private Ed25519 key (JWK)');
  const kid = await calculateJwkThumbprint({ kty, crv, x });
  return { kid, privateJwk: { kty, crv, x, d, kid, alg: 'EdDSA' }, publicJwk: publicJwk(x, kid) };
}

/**
 * Public Ed25519 keys from a file: one JWK, or a key set while the gateway's key is being changed.
 *
 * @throws KeyFileUnusable when there is no file or no such key in it
 */
export async function readPublicKeys(path: string): Promise<JSONWebKeySet> {
  const found = await parsed(path, z.union([keySetSchema, publicSchema]), 'holds no public Ed25519 key (JWK or JWK set)');
  const keys = 'keys' in found ? found.keys : [found];
  return { keys: await Promise.all(keys.map(async ({ kty, crv, x }) => publicJwk(x, await calculateJwkThumbprint({ kty, crv, x })))) };
}

const publicJwk = (x: string, kid: string): JWK => ({ kty: 'OKP', crv: 'Ed25519', x, kid, alg: 'EdDSA', use: 'sig' });

async function newKey(): Promise<string> {
  const { kty, crv, x, d } = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
  return `${JSON.stringify({ kty, crv, x, d })}\n`;
}

async function parsed<T>(path: string, schema: z.ZodType<T>, why: string): Promise<T> {
  const text = await contentOf(path);
  if (text === null) throw new KeyFileUnusable(path, 'is not there or cannot be read');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new KeyFileUnusable(path, why);
  }
  const result = schema.safeParse(value);
  if (!result.success) throw new KeyFileUnusable(path, why);
  return result.data;
}

const contentOf = (path: string): Promise<string | null> => readFile(path, 'utf8').catch(() => null);

const exists = (path: string): Promise<boolean> => stat(path).then(() => true, () => false);
