import {
  agencyChanged, officerRevoked, tokenRevoked,
  type AgencyChanged, type EventEnvelope, type OfficerRevoked, type TokenRevoked,
} from '@casebridge/contracts';
import type { AgencyFunction, AgencyRecord, OfficerRole } from '@casebridge/kernel';
import type { JSONWebKeySet } from 'jose';
import { isAgencyFunction, officerRoles } from './reader-codes';

export interface DirectoryOfficer {
  readonly id: string;
  readonly roles: readonly OfficerRole[];
}

/** An agency as the registry has it: what the rules need, and who signs its tokens. */
export interface DirectoryAgency extends AgencyRecord {
  readonly status: 'ACTIVE' | 'RETIRED';
  /** `iss` of its tokens. */
  readonly issuer: string;
  readonly jwks?: JSONWebKeySet;
  readonly jwksUri?: string;
  readonly officers: readonly DirectoryOfficer[];
}

/** What decides whether a token still counts; an `AgencyReader` gives it by `revocationKey`. */
export interface RevocationKey {
  readonly tokenId: string;
  readonly agencyCode: string;
  readonly officerId: string;
  readonly issuedAt: Date;
}

/** The agency registry and the revocations, in memory in every process. */
export interface Directory {
  /** False until the registry has been read once; nobody is let in before. */
  readonly ready: boolean;
  agency(code: string): DirectoryAgency | undefined;
  agencies(): readonly DirectoryAgency[];
  /** The agency that the issuer belongs to, active or retired; none where several active agencies claim it. */
  byIssuer(issuer: string): DirectoryAgency | undefined;
  /** Codes strictly below over the superior edges, retired agencies included (their records stay). */
  below(code: string): readonly string[];
  isRevoked(key: RevocationKey): boolean;
  /** Calls back on every change, revocations included; returns what ends it. */
  onChange(listener: () => void): () => void;
  /** Grows with every change. */
  readonly version: number;
}

export const revocationKey = (reader: {
  readonly agency: { readonly code: string };
  readonly officerId: string;
  readonly tokenId: string;
  readonly issuedAt: Date;
}): RevocationKey => ({ agencyCode: reader.agency.code, officerId: reader.officerId, tokenId: reader.tokenId, issuedAt: reader.issuedAt });

interface Index {
  readonly byIssuer: ReadonlyMap<string, DirectoryAgency>;
  readonly subordinates: ReadonlyMap<string, readonly string[]>;
  readonly below: Map<string, readonly string[]>;
}

const pair = (agencyCode: string, id: string): string => JSON.stringify([agencyCode, id]);
const none: readonly string[] = Object.freeze([]);

/** The directory that is fed with the events of the registry, in the order of their positions. */
export class InMemoryDirectory implements Directory {
  private readonly records = new Map<string, DirectoryAgency>();
  // Kept for good and without their `until`: a revoked token is "worth nothing from now on", a restart replays them all,
  // and a hundred thousand of them take some 10 MB.
  private readonly revokedTokens = new Set<string>();
  private readonly revokedOfficers = new Map<string, number>();
  private readonly listeners = new Set<() => void>();
  private index: Index | null = null;
  private changes = 0;
  private appliedTo = 0;
  private loaded = false;

  get ready(): boolean {
    return this.loaded;
  }

  get version(): number {
    return this.changes;
  }

  /** Position of the last event that was applied, 0 before the first. */
  get position(): number {
    return this.appliedTo;
  }

  /** Says that the registry has been read to its end once. */
  markReady(): void {
    if (this.loaded) return;
    this.loaded = true;
    this.changed();
  }

  /**
   * Takes in one event; an event already applied, and one of a type it does not know, changes nothing.
   *
   * @returns whether the directory changed
   * @throws ZodError when an event of a known type does not have its shape; its position then counts as passed
   */
  apply(event: EventEnvelope): boolean {
    if (event.source !== 'enforcement' || event.position <= this.appliedTo) return false;
    this.appliedTo = event.position;
    switch (event.type) {
      case agencyChanged.type:
        this.putAgency(agencyChanged.schema.parse(event.data));
        return true;
      case tokenRevoked.type:
        this.revokeToken(tokenRevoked.schema.parse(event.data));
        return true;
      case officerRevoked.type:
        this.revokeOfficer(officerRevoked.schema.parse(event.data));
        return true;
      default:
        return false;
    }
  }

  agency(code: string): DirectoryAgency | undefined {
    return this.records.get(code);
  }

  agencies(): readonly DirectoryAgency[] {
    return [...this.records.values()];
  }

  byIssuer(issuer: string): DirectoryAgency | undefined {
    return this.indexed().byIssuer.get(issuer);
  }

  below(code: string): readonly string[] {
    const { below, subordinates } = this.indexed();
    const known = below.get(code);
    if (known) return known;
    if (!subordinates.has(code)) return none; // not remembered: codes come from outside and have no end
    const found = descendants(code, subordinates);
    below.set(code, found);
    return found;
  }

  isRevoked(key: RevocationKey): boolean {
    if (this.revokedTokens.has(pair(key.agencyCode, key.tokenId))) return true;
    const upTo = this.revokedOfficers.get(pair(key.agencyCode, key.officerId));
    return upTo !== undefined && key.issuedAt.getTime() <= upTo;
  }

  onChange(listener: () => void): () => void {
    const own = (): void => listener(); // the same function given twice counts twice
    this.listeners.add(own);
    return () => void this.listeners.delete(own);
  }

  protected putAgency(record: AgencyChanged): void {
    this.records.set(record.code, toAgency(record));
    this.changed();
  }

  protected revokeToken({ agencyCode, tokenId }: Pick<TokenRevoked, 'agencyCode' | 'tokenId'>): void {
    this.revokedTokens.add(pair(agencyCode, tokenId));
    this.changed();
  }

  protected revokeOfficer({ agencyCode, officerId, revokedAt }: OfficerRevoked): void {
    const key = pair(agencyCode, officerId);
    this.revokedOfficers.set(key, Math.max(this.revokedOfficers.get(key) ?? 0, Date.parse(revokedAt)));
    this.changed();
  }

  private changed(): void {
    this.changes += 1;
    this.index = null; // rebuilt at the next question: the first load of n agencies must not cost n rebuilds
    for (const listener of this.listeners) listener();
  }

  private indexed(): Index {
    this.index ??= buildIndex(this.records.values());
    return this.index;
  }
}

function buildIndex(agencies: Iterable<DirectoryAgency>): Index {
  const claims = new Map<string, DirectoryAgency[]>();
  const subordinates = new Map<string, string[]>();
  for (const agency of agencies) {
    append(claims, agency.issuer, agency);
    if (agency.superior !== null) append(subordinates, agency.superior, agency.code);
  }
  const byIssuer = new Map<string, DirectoryAgency>();
  for (const [issuer, claimants] of claims) {
    const active = claimants.filter((a) => a.status === 'ACTIVE');
    // An agency must not speak for another by registering the other's issuer: a doubtful issuer is nobody's.
    const owner = active.length === 1 ? active[0] : active.length === 0 ? claimants[0] : undefined;
    if (owner) byIssuer.set(issuer, owner);
  }
  return { byIssuer, subordinates, below: new Map() };
}

/** Everything under a code; a circle of superiors, which the registry should refuse, neither hangs nor makes a code its own subordinate. */
function descendants(code: string, subordinates: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const seen = new Set([code]);
  const found: string[] = [];
  const open = [code];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const child of subordinates.get(next) ?? none) {
      if (seen.has(child)) continue;
      seen.add(child);
      found.push(child);
      open.push(child);
    }
  }
  return Object.freeze(found.sort());
}

function append<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}

function toAgency(record: AgencyChanged): DirectoryAgency {
  const functions: readonly AgencyFunction[] = record.functions.filter(isAgencyFunction);
  return Object.freeze({
    code: record.code,
    name: record.name,
    nameEn: record.nameEn,
    functions: Object.freeze(functions),
    regions: Object.freeze([...record.regions]),
    superior: record.superior,
    status: record.status,
    issuer: record.issuer,
    // What the keys are worth is seen when one is used: a bad one refuses its own tokens and nothing else.
    ...(record.jwks ? { jwks: record.jwks as unknown as JSONWebKeySet } : {}),
    ...(record.jwksUri ? { jwksUri: record.jwksUri } : {}),
    officers: Object.freeze(record.officers.map(({ id, roles }) => Object.freeze({ id, roles: Object.freeze(officerRoles(roles)) }))),
  });
}

/** The part of a registered agency that a reader carries: no keys, no officers. */
export const agencyRecord = ({ code, name, nameEn, functions, regions, superior }: AgencyRecord): AgencyRecord => ({
  code, name, nameEn, functions, regions, superior,
});
