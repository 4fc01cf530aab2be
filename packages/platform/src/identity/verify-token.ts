import type { AgencyReader, Clock } from '@casebridge/kernel';
import { decodeJwt, decodeProtectedHeader, errors, jwtVerify, type JSONWebKeySet, type JWTPayload } from 'jose';
import { z } from 'zod';
import { LRUCache } from 'lru-cache';
import { agencyRecord, revocationKey, type Directory, type DirectoryAgency } from './directory';
import { AgencyUnknown, DirectoryUnavailable, TokenExpired, TokenInvalid, TokenMalformed, TokenRevoked } from './identity.errors';
import { IssuerKeys, type FetchKeys } from './issuer-keys';
import { officerRoles } from './reader-codes';

export interface TokenVerifierOptions {
  readonly directory: Directory;
  readonly clock: Clock;
  /** Keys of the development issuer; left out where there is none (production). */
  readonly devJwks?: () => JSONWebKeySet;
  /** `aud` of tokens for the hub. Default `casebridge`. */
  readonly audience?: string;
  /** For tests; default the global `fetch`. */
  readonly fetch?: FetchKeys;
}

export interface TokenVerifier {
  /**
   * The reader that a bearer token speaks for. The same object for the same token as long as it is remembered.
   *
   * @param bearer - the token itself, without the scheme
   * @throws TokenMalformed, TokenInvalid, TokenExpired, AgencyUnknown, TokenRevoked (401); IssuerUnavailable, DirectoryUnavailable (503)
   */
  verify(bearer: string): Promise<AgencyReader>;
  /** Stops listening to the directory. */
  close(): void;
}

const algorithms = ['EdDSA', 'ES256', 'PS256'];
/**
 * How far the clocks of issuers may be off, the only such grace: `expiresAt` of the reader has it in, so that answers, live streams and services all end
 * with the same instant.
 */
const skewSeconds = 30;
const maxTokenLength = 8 * 1024;
/** Only tokens that an issuer signed are remembered, under their whole text: looking that up costs less than a hash of it. */
const cacheEntries = 5_000;
/** A verified token is looked at again after this, so that a key withdrawn by its issuer does not live on in the cache. */
const cacheMs = 5 * 60_000;
/** 9999-12-31T23:59:59Z, the last second that every part of the hub can write down. */
const lastSecond = 253_402_300_799;

// Control, format (bidi) and surrogate characters would forge log lines and mislead whoever reads them.
const line = (max: number) => z.string().max(max).regex(/^[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]*$/u);
const seconds = z.number().min(0).max(lastSecond);

const claimsSchema = z.object({
  sub: line(128).min(1),
  agency: z.string().max(64),
  roles: z.array(z.string().max(64)).max(32).default([]),
  scope: line(2_048).default(''),
  purpose: line(200).nullish(),
  jti: line(128).min(1),
  iat: seconds,
  exp: seconds,
});

interface Verified {
  readonly reader: AgencyReader;
  /** Unix milliseconds. */
  readonly until: number;
}

export function createTokenVerifier(options: TokenVerifierOptions): TokenVerifier {
  const { directory, clock } = options;
  const audience = options.audience ?? 'casebridge';
  const keys = new IssuerKeys(options);
  const verified = new LRUCache<string, Verified>({ max: cacheEntries });
  const unsubscribe = directory.onChange(() => verified.clear());

  const check = async (token: string, agency: DirectoryAgency): Promise<AgencyReader> => {
    const now = clock.now();
    const payload = await checkedPayload(token, {
      keys: keys.for(agency), issuer: agency.issuer, audience, now,
    });
    return toReader(payload, agency, now);
  };

  return {
    async verify(bearer) {
      if (!directory.ready) throw new DirectoryUnavailable();
      // The longest token is measured before anything is computed over it.
      if (bearer.length > maxTokenLength) throw new TokenMalformed();
      const known = verified.get(bearer);
      if (known && clock.now().getTime() < known.until) {
        // The cache is emptied on every change; asked again all the same, a revocation must not hang on one line.
        if (directory.isRevoked(revocationKey(known.reader))) throw new TokenRevoked();
        return known.reader;
      }
      verified.delete(bearer);

      const issuer = issuerOf(bearer);
      const version = directory.version;
      const agency = activeAgency(directory, issuer);
      const reader = await check(bearer, agency);
      // The registry may have changed while the signature was checked or keys were fetched.
      if (directory.version !== version && activeAgency(directory, issuer) !== agency) throw new TokenInvalid();
      if (directory.isRevoked(revocationKey(reader))) throw new TokenRevoked();
      if (directory.version === version) {
        verified.set(bearer, { reader, until: Math.min(reader.expiresAt.getTime(), clock.now().getTime() + cacheMs) });
      }
      return reader;
    },
    close: unsubscribe,
  };
}

/**
 * The token in an `Authorization` header.
 *
 * @returns null when there is no header: the public reader
 * @throws TokenMalformed when the header is there and is not `Bearer <token>`: who tried to be somebody is not let in as nobody
 */
export function bearerToken(header: string | undefined): string | null {
  if (header === undefined) return null;
  if (header.length > maxTokenLength + 16) throw new TokenMalformed();
  const match = /^Bearer +([A-Za-z0-9._~+/=-]+) *$/i.exec(header);
  if (!match) throw new TokenMalformed();
  return match[1]!;
}

/** Reads, without believing it yet, who claims to have signed. */
function issuerOf(token: string): string {
  let algorithm: unknown;
  let type: unknown;
  let issuer: unknown;
  try {
    ({ alg: algorithm, typ: type } = decodeProtectedHeader(token));
    ({ iss: issuer } = decodeJwt(token));
  } catch {
    throw new TokenMalformed();
  }
  if (typeof issuer !== 'string') throw new TokenMalformed();
  if (typeof algorithm !== 'string' || !algorithms.includes(algorithm)) throw new TokenInvalid();
  // A token made for something else (a logout, an internal token) is not an access token although its key is right.
  if (type !== undefined && !(typeof type === 'string' && /^(application\/)?(at\+)?jwt$/i.test(type))) throw new TokenInvalid();
  return issuer;
}

function activeAgency(directory: Directory, issuer: string): DirectoryAgency {
  const agency = directory.byIssuer(issuer);
  if (!agency || agency.status !== 'ACTIVE') throw new AgencyUnknown();
  return agency;
}

async function checkedPayload(
  token: string,
  expected: { keys: Parameters<typeof jwtVerify>[1]; issuer: string; audience: string; now: Date },
): Promise<JWTPayload> {
  const { keys, issuer, audience, now } = expected;
  try {
    const { payload } = await jwtVerify(token, keys, {
      algorithms, issuer, audience, clockTolerance: skewSeconds, currentDate: now, requiredClaims: ['exp', 'iat', 'jti', 'sub'],
    });
    return payload;
  } catch (error) {
    if (error instanceof errors.JWTExpired) throw new TokenExpired();
    if (error instanceof errors.JWTInvalid || error instanceof errors.JWSInvalid) throw new TokenMalformed();
    if (error instanceof errors.JOSEError) throw new TokenInvalid();
    if (error instanceof TypeError) throw new TokenInvalid(); // a registered key of a kind that the algorithm cannot use
    throw error;
  }
}

function toReader(payload: JWTPayload, agency: DirectoryAgency, now: Date): AgencyReader {
  const parsed = claimsSchema.safeParse(payload);
  if (!parsed.success) throw new TokenMalformed();
  const claims = parsed.data;
  if (claims.agency !== agency.code) throw new TokenInvalid(); // an issuer speaks for its own agency only
  // Issued in the future: it would outlive the revocation of its officer.
  if (claims.iat > now.getTime() / 1_000 + skewSeconds) throw new TokenInvalid();
  return {
    kind: 'agency',
    agency: agencyRecord(agency),
    officerId: claims.sub,
    roles: officerRoles(claims.roles),
    scopes: [...new Set(claims.scope.split(' ').filter((s) => s !== ''))],
    purpose: claims.purpose || null,
    tokenId: claims.jti,
    issuedAt: new Date(claims.iat * 1_000),
    expiresAt: new Date(Math.min(claims.exp + skewSeconds, lastSecond) * 1_000),
  };
}
