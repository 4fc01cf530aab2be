import { type Clock, isDevelopmentIssuer, type OfficerRole, uuidv7 } from '@casebridge/kernel';
import { importJWK, SignJWT, type JSONWebKeySet, type KeyLike } from 'jose';
import type { DirectoryAgency } from './directory';
import { loadOrCreateSigningKey } from './keys';

/** Scope of tokens that may read the schema at the door of the agencies. */
export const introspectionScope = 'hub:introspect';


const keyName = 'dev-issuer';
const maxLifeSeconds = 7 * 24 * 3_600;
const unitSeconds: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600, d: 86_400 };

/** A development token was asked for where there is none to be had; the message says why. */
export class NoDevelopmentToken extends Error {
  constructor(why: string) {
    super(why);
    this.name = 'NoDevelopmentToken';
  }
}

export interface DevelopmentTokenRequest {
  readonly dataDir: string;
  /** `NODE_ENV` of the process: in production there is no development issuer. */
  readonly nodeEnv: string | undefined;
  readonly agency: Pick<DirectoryAgency, 'code' | 'issuer' | 'status' | 'officers'>;
  /** Default: the first officer of the agency, `CODE-1` where it has none. */
  readonly officerId?: string;
  /** Default: the roles the registry gives the officer, `officer` for one it does not have. */
  readonly roles?: readonly OfficerRole[];
  /** Default: that of reading the schema. */
  readonly scopes?: readonly string[];
  readonly purpose?: string | null;
  /** Seconds, or a text such as `45s`, `30m`, `1h`, `7d` (the longest). Default 1 h. */
  readonly expiresIn?: number | string;
  readonly audience?: string;
  readonly clock: Clock;
}

/**
 * The public key of the development issuer, made on first use.
 *
 * @throws NoDevelopmentToken in production
 */
export async function developmentJwks(dataDir: string, nodeEnv: string | undefined): Promise<JSONWebKeySet> {
  refuseProduction(nodeEnv);
  return { keys: [(await loadOrCreateSigningKey(dataDir, keyName)).publicJwk] };
}

/**
 * A bearer token for a synthetic agency, signed by the development issuer of this data folder.
 *
 * @throws NoDevelopmentToken in production, and for an agency that is retired or has an issuer of its own
 * @throws RangeError when `expiresIn` is no length of time, or a longer one than 7 days
 */
export async function mintDevelopmentToken(request: DevelopmentTokenRequest): Promise<string> {
  const { agency, clock } = request;
  refuseProduction(request.nodeEnv);
  if (!isDevelopmentIssuer(agency.issuer)) throw new NoDevelopmentToken(`${agency.code} has an issuer of its own; the development issuer does not speak for it`);
  if (agency.status !== 'ACTIVE') throw new NoDevelopmentToken(`${agency.code} is retired`);

  const life = typeof request.expiresIn === 'string' ? durationSeconds(request.expiresIn) : (request.expiresIn ?? 3_600);
  if (!Number.isInteger(life) || life < 1 || life > maxLifeSeconds) throw new RangeError('A development token lives from 1 second to 7 days');
  const officerId = request.officerId ?? agency.officers[0]?.id ?? `${agency.code}-1`;
  const roles = request.roles ?? agency.officers.find((o) => o.id === officerId)?.roles ?? ['officer'];

  const key = await loadOrCreateSigningKey(request.dataDir, keyName);
  const issuedAt = Math.floor(clock.now().getTime() / 1_000);
  return new SignJWT({
    agency: agency.code,
    roles: [...roles],
    scope: (request.scopes ?? [introspectionScope]).join(' '),
    ...(request.purpose ? { purpose: request.purpose } : {}),
  })
    .setProtectedHeader({ alg: 'EdDSA', typ: 'JWT', kid: key.kid })
    .setIssuer(agency.issuer)
    .setSubject(officerId)
    .setAudience(request.audience ?? 'casebridge')
    .setJti(uuidv7(clock))
    .setIssuedAt(issuedAt)
    .setNotBefore(issuedAt)
    .setExpirationTime(issuedAt + life)
    .sign((await importJWK(key.privateJwk, 'EdDSA')) as KeyLike);
}

/**
 * Seconds of a text such as `90s`, `30m`, `1h` or `2d`.
 *
 * @throws RangeError when it is none
 */
export function durationSeconds(text: string): number {
  const [, amount, unit] = /^([1-9]\d{0,6})([smhd])$/.exec(text.trim()) ?? [];
  const seconds = unitSeconds[unit ?? ''];
  if (amount === undefined || seconds === undefined) throw new RangeError('A length of time is a whole number with s, m, h or d, such as 1h');
  return Number(amount) * seconds;
}

function refuseProduction(nodeEnv: string | undefined): void {
  if (nodeEnv === 'production') throw new NoDevelopmentToken('There is no development issuer in production');
}
