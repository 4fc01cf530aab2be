import { createHash } from 'node:crypto';
import type { ServiceName } from '@casebridge/contracts';
import { publicReader, type AgencyReader, type Clock, type Principal } from '@casebridge/kernel';
import { createLocalJWKSet, decodeProtectedHeader, errors, importJWK, jwtVerify, SignJWT, type JSONWebKeySet, type KeyLike } from 'jose';
import { z } from 'zod';
import { admit, assertAdmitted } from './admission';
import { LRUCache } from 'lru-cache';
import { revocationKey, type Directory } from './directory';
import { AgencyUnknown, TokenExpired, TokenInvalid, TokenMalformed, TokenRevoked } from './identity.errors';
import type { SigningKey } from './keys';
import { isAgencyFunction, isOfficerRole } from './reader-codes';

const issuer = 'urn:casebridge:gateway';
/** A type of its own, so that no token of another use, signed by whatever key, passes for one of these. */
const type = 'casebridge-internal+jwt';
const lifeSeconds = 60;
/** How long one token is sent again: leaves it two thirds of its life on the way. */
const reuseMs = 20_000;
/** How far the clock of a service may be behind that of the gateway; an end is an end, without grace. */
const aheadSeconds = 30;
const maxLength = 64 * 1024;
const cacheEntries = 5_000;

export interface InternalTokenSigner {
  /**
   * A token that tells one service who reads, good for 60 s; the same one is given again for up to 20 s.
   *
   * @param principal - an admitted reader
   * @throws NotAdmitted when the reader was not let in
   */
  sign(principal: Principal, service: ServiceName): Promise<string>;
}

export interface InternalTokenVerifier {
  /**
   * The reader that the gateway speaks for, admitted. The same object for the same token.
   *
   * @throws TokenMalformed, TokenInvalid, TokenExpired, TokenRevoked, AgencyUnknown
   */
  verify(token: string): Promise<Principal>;
}

export async function createInternalTokenSigner(options: { readonly key: SigningKey; readonly clock: Clock }): Promise<InternalTokenSigner> {
  const { clock, key } = options;
  const privateKey = await importJWK(key.privateJwk, 'EdDSA');
  const known = new WeakMap<Principal, Map<ServiceName, { token: Promise<string>; until: number }>>();

  const make = (principal: Principal, service: ServiceName, now: number): Promise<string> => {
    const issuedAt = Math.floor(now / 1_000);
    return new SignJWT({ reader: toWire(principal) })
      .setProtectedHeader({ alg: 'EdDSA', typ: type, kid: key.kid })
      .setIssuer(issuer)
      .setAudience(service)
      .setIssuedAt(issuedAt)
      .setExpirationTime(issuedAt + lifeSeconds)
      .sign(privateKey as KeyLike);
  };

  return {
    async sign(principal, service) {
      assertAdmitted(principal);
      const now = clock.now().getTime();
      const tokens = known.get(principal) ?? new Map<ServiceName, { token: Promise<string>; until: number }>();
      known.set(principal, tokens);
      const last = tokens.get(service);
      // A clock that went backwards makes a new one too.
      if (last && now < last.until && last.until - now <= reuseMs) return last.token;
      const token = make(principal, service, now);
      tokens.set(service, { token, until: now + reuseMs });
      return token;
    },
  };
}

export interface InternalTokenVerifierOptions {
  /** Public key (or keys, while it is changed) of the gateway. */
  readonly keys: JSONWebKeySet;
  /** The only `aud` that is taken. */
  readonly service: ServiceName;
  readonly clock: Clock;
  /** Where given, a reader revoked (or whose agency was retired) meanwhile is refused although the gateway had let him in. */
  readonly directory?: Pick<Directory, 'agency' | 'isRevoked'>;
}

export function createInternalTokenVerifier(options: InternalTokenVerifierOptions): InternalTokenVerifier {
  const { clock, directory, service } = options;
  const keys = createLocalJWKSet(options.keys);
  const verified = new LRUCache<string, { reader: Principal; until: number }>({ max: cacheEntries });

  const stillGood = (reader: Principal): Principal => {
    if (reader.kind === 'public') return reader;
    if (clock.now().getTime() >= reader.expiresAt.getTime()) throw new TokenExpired();
    if (directory?.isRevoked(revocationKey(reader))) throw new TokenRevoked();
    if (directory?.agency(reader.agency.code)?.status === 'RETIRED') throw new AgencyUnknown();
    return reader;
  };

  return {
    async verify(token) {
      if (token.length > maxLength) throw new TokenMalformed();
      const hash = createHash('sha256').update(token).digest('base64');
      const known = verified.get(hash);
      const now = clock.now();
      if (known && now.getTime() < known.until) return stillGood(known.reader);
      verified.delete(hash);

      const { reader, expiresAt } = await checked(token, { keys, service, now });
      const admitted = admit(stillGood(reader));
      verified.set(hash, { reader: admitted, until: expiresAt });
      return admitted;
    },
  };
}

async function checked(
  token: string,
  { keys, service, now }: { keys: ReturnType<typeof createLocalJWKSet>; service: ServiceName; now: Date },
): Promise<{ reader: Principal; expiresAt: number }> {
  try {
    decodeProtectedHeader(token);
  } catch {
    throw new TokenMalformed();
  }
  try {
    const { payload } = await jwtVerify(token, keys, {
      algorithms: ['EdDSA'], issuer, audience: service, typ: type, currentDate: now, clockTolerance: 0, requiredClaims: ['exp', 'iat'],
    });
    const { aud, exp = 0, iat = 0 } = payload;
    // One service each, and never longer than what the signer gives: a stolen key file must not make a master key of a token.
    if (aud !== service || exp - iat > lifeSeconds || iat > now.getTime() / 1_000 + aheadSeconds) throw new TokenInvalid();
    const reader = wireSchema.safeParse(payload['reader']);
    if (!reader.success) throw new TokenInvalid();
    return { reader: fromWire(reader.data), expiresAt: exp * 1_000 };
  } catch (error) {
    if (error instanceof errors.JWTExpired) throw new TokenExpired();
    if (error instanceof errors.JOSEError) throw new TokenInvalid();
    throw error;
  }
}

const instant = z.iso.datetime().transform((text) => new Date(text));

const wireSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('public') }),
  z.strictObject({
    kind: z.literal('agency'),
    agency: z.strictObject({
      code: z.string().min(1),
      name: z.string(),
      nameEn: z.string(),
      functions: z.array(z.string().refine(isAgencyFunction)),
      regions: z.array(z.string()),
      superior: z.string().nullable(),
    }),
    officerId: z.string().min(1),
    roles: z.array(z.string().refine(isOfficerRole)),
    scopes: z.array(z.string()),
    purpose: z.string().nullable(),
    tokenId: z.string().min(1),
    issuedAt: instant,
    expiresAt: instant,
  }),
]);

function toWire(principal: Principal): z.input<typeof wireSchema> {
  if (principal.kind === 'public') return { kind: 'public' };
  const { agency } = principal;
  return {
    kind: 'agency',
    agency: {
      code: agency.code,
      name: agency.name,
      nameEn: agency.nameEn,
      functions: [...agency.functions],
      regions: [...agency.regions],
      superior: agency.superior,
    },
    officerId: principal.officerId,
    roles: [...principal.roles],
    scopes: [...principal.scopes],
    purpose: principal.purpose,
    tokenId: principal.tokenId,
    issuedAt: principal.issuedAt.toISOString(),
    expiresAt: principal.expiresAt.toISOString(),
  };
}

const fromWire = (wire: z.output<typeof wireSchema>): Principal =>
  wire.kind === 'public' ? publicReader : (wire satisfies AgencyReader);
