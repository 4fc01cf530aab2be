import type { EventEnvelope } from '@casebridge/contracts';
import type { AgencyReader } from '@casebridge/kernel';
import { exportJWK, generateKeyPair, SignJWT, type JWK, type KeyLike } from 'jose';

/** For the tests of this room only; all agencies and officers are synthetic. */
export const now = '2026-11-21T09:00:00.000+08:00';
export const nowSeconds = Date.parse(now) / 1_000;

export interface TestKey {
  readonly kid: string;
  readonly alg: string;
  readonly privateKey: KeyLike;
  readonly jwk: JWK;
}

export async function testKey(kid: string, alg = 'EdDSA'): Promise<TestKey> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
  return { kid, alg, privateKey, jwk: { ...(await exportJWK(publicKey)), kid, alg, use: 'sig' } };
}

export const issuerA = 'https://id.a.example';
export const issuerB = 'https://id.b.example';

/** Claims of a good token of agency A; undefined leaves a claim out. */
export const claims = (changes: Record<string, unknown> = {}): Record<string, unknown> => {
  const all = {
    iss: issuerA, aud: 'casebridge', sub: 'A-1', agency: 'A', roles: ['officer'], scope: 'case:read adr:identity', purpose: 'case 7',
    jti: 'token-1', iat: nowSeconds - 10, nbf: nowSeconds - 10, exp: nowSeconds + 3_600, ...changes,
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
};

export const signed = (key: TestKey, payload: Record<string, unknown> = claims(), header: Record<string, unknown> = {}): Promise<string> =>
  new SignJWT(payload).setProtectedHeader({ alg: key.alg, typ: 'JWT', kid: key.kid, ...header }).sign(key.privateKey);

/** Compact form of any header and payload with any signature: what an attacker can write by hand. */
export const handwritten = (header: unknown, payload: unknown, signature = ''): string =>
  [header, payload].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.') + `.${signature}`;

export const event = (position: number, type: string, data: unknown, source: EventEnvelope['source'] = 'enforcement'): EventEnvelope => ({
  id: `00000000-0000-7000-8000-${String(position).padStart(12, '0')}`, source, position, type, subject: 'agency:test', occurredAt: new Date(now), data,
});

export const agencyEvent = (position: number, code: string, changes: Record<string, unknown> = {}): EventEnvelope =>
  event(position, 'directory.agency-changed.v1', {
    code, name: code, nameEn: code, functions: ['DRUG'], regions: ['210000'], superior: null, status: 'ACTIVE',
    issuer: `urn:test:${code}`, jwks: null, jwksUri: null, officers: [], version: 1, ...changes,
  });

export const readerOf = (changes: Partial<AgencyReader> = {}): AgencyReader => ({
  kind: 'agency',
  agency: { code: 'A', name: '甲局（合成）', nameEn: 'Bureau A (synthetic)', functions: ['DRUG', 'MARKET'], regions: ['210100'], superior: null },
  officerId: 'A-1',
  roles: ['officer'],
  scopes: ['case:read'],
  purpose: null,
  tokenId: 'token-1',
  issuedAt: new Date(Date.parse(now) - 10_000),
  expiresAt: new Date(Date.parse(now) + 3_600_000),
  ...changes,
});
