import { type Clock, isDevelopmentIssuer } from '@casebridge/kernel';
import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose';
import type { DirectoryAgency } from './directory';
import { AgencyUnknown, IssuerUnavailable, TokenInvalid } from './identity.errors';

/** Fetches a key set document; the global `fetch` fits. */
export type FetchKeys = (url: string, init: { readonly signal: AbortSignal; readonly redirect: 'error'; readonly headers: Record<string, string> }) => Promise<Response>;

export interface IssuerKeysOptions {
  readonly clock: Clock;
  /** Keys of the development issuer; left out where there is none (production). */
  readonly devJwks?: () => JSONWebKeySet;
  readonly fetch?: FetchKeys;
}

const timeoutMs = 5_000;
/** One fetch per issuer in this time whatever comes, else a made-up `kid` would let anybody flood an agency through the hub. */
const cooldownMs = 30_000;
const freshMs = 10 * 60_000;
/** An issuer that cannot be reached for a while does not lock its officers out; a key withdrawn from it still dies within this time. */
const usableMs = 20 * 60_000;
const maxBytes = 256 * 1024;

/** The keys of the registry's issuers. */
export class IssuerKeys {
  private resolvers = new WeakMap<DirectoryAgency, JWTVerifyGetKey>();
  private readonly remotes = new Map<string, RemoteKeys>();

  constructor(private readonly options: IssuerKeysOptions) {}

  /**
   * What finds the key for a token of this agency.
   *
   * @throws AgencyUnknown when the agency has no keys that this installation takes
   * @throws TokenInvalid when the registered key set cannot be used
   */
  for(agency: DirectoryAgency): JWTVerifyGetKey {
    // Looked up each time: the development key may be made after the start.
    if (isDevelopmentIssuer(agency.issuer)) {
      if (!this.options.devJwks) throw new AgencyUnknown();
      return localKeys(this.options.devJwks());
    }
    const known = this.resolvers.get(agency);
    if (known) return known;
    const made = this.resolverOf(agency);
    this.resolvers.set(agency, made);
    return made;
  }

  private resolverOf(agency: DirectoryAgency): JWTVerifyGetKey {
    if (agency.jwks) return localKeys(agency.jwks);
    if (!agency.jwksUri) throw new AgencyUnknown();
    const uri = agency.jwksUri;
    const remote = this.remotes.get(uri) ?? new RemoteKeys(uri, this.options.clock, this.options.fetch ?? fetch);
    this.remotes.set(uri, remote); // outlives a change of the agency's record, so that a change does not end the cooldown
    return remote.find;
  }
}

/** @throws TokenInvalid at once, or when a key is asked for, where what is registered is no usable public key */
function localKeys(jwks: JSONWebKeySet): JWTVerifyGetKey {
  try {
    const find = createLocalJWKSet(jwks);
    return (header, token) => find(header, token).catch((error: unknown) => {
      throw error instanceof errors.JWKSNoMatchingKey ? error : new TokenInvalid();
    });
  } catch {
    throw new TokenInvalid();
  }
}

/** A key set by address: fetched when it is old or names no such key, never more often than the cooldown allows. */
class RemoteKeys {
  private keys: JWTVerifyGetKey | null = null;
  private fetchedAt = Number.NEGATIVE_INFINITY;
  private triedAt = Number.NEGATIVE_INFINITY;
  private running: Promise<void> | null = null;

  constructor(
    private readonly uri: string,
    private readonly clock: Clock,
    private readonly fetchKeys: FetchKeys,
  ) {}

  readonly find: JWTVerifyGetKey = async (header, token) => {
    if (this.age() >= freshMs) await this.refresh();
    const keys = this.usable();
    try {
      return await keys(header, token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey) || !(await this.refresh())) throw error;
      return this.usable()(header, token); // the issuer has rotated its keys
    }
  };

  private age(): number {
    return this.clock.now().getTime() - this.fetchedAt;
  }

  private usable(): JWTVerifyGetKey {
    if (!this.keys || this.age() >= usableMs) throw new IssuerUnavailable();
    return this.keys;
  }

  /** Fetches unless that was tried just now. Returns whether new keys came. */
  private async refresh(): Promise<boolean> {
    const before = this.fetchedAt;
    if (!this.running) {
      const now = this.clock.now().getTime();
      if (now - this.triedAt < cooldownMs) return false;
      this.triedAt = now;
      this.running = this.load().finally(() => (this.running = null));
    }
    // A failure is not the reader's: the old keys may do, and `usable` says so when they do not.
    await this.running.catch(() => undefined);
    return this.fetchedAt !== before;
  }

  private async load(): Promise<void> {
    assertFetchable(this.uri);
    const response = await this.fetchKeys(this.uri, {
      signal: AbortSignal.timeout(timeoutMs), // covers the body too
      redirect: 'error', // the registry names the place, not the place another one
      headers: { accept: 'application/jwk-set+json, application/json' },
    });
    if (response.status !== 200) throw new IssuerUnavailable();
    this.keys = localKeys(JSON.parse(await limitedText(response)) as JSONWebKeySet);
    this.fetchedAt = this.clock.now().getTime();
  }
}

/** Keys come over TLS, or from this machine (tests, a sidecar). */
function assertFetchable(uri: string): void {
  const url = new URL(uri);
  const local = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && local)) throw new IssuerUnavailable();
}

async function limitedText(response: Response): Promise<string> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of response.body ?? []) {
    size += part.byteLength;
    if (size > maxBytes) throw new IssuerUnavailable(); // leaving the loop cancels the rest
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}
