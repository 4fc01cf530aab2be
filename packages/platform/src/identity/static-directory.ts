import type { AgencyChanged } from '@casebridge/contracts';
import { type AgencyFunction, type AgencyRecord, developmentIssuer, type OfficerRole } from '@casebridge/kernel';
import type { JSONWebKeySet } from 'jose';
import { InMemoryDirectory } from './directory';

/** An agency written by hand: what is left out is filled in as for an agency of the development issuer. */
export interface StaticAgency extends Partial<AgencyRecord> {
  readonly code: string;
  readonly functions: readonly AgencyFunction[];
  readonly status?: 'ACTIVE' | 'RETIRED';
  readonly issuer?: string;
  readonly jwks?: JSONWebKeySet;
  readonly jwksUri?: string;
  readonly officers?: readonly { readonly id: string; readonly roles: readonly OfficerRole[] }[];
}

/** The same directory, fed by hand: for tests and for the generator of demo data. Ready from the start. */
export class StaticDirectory extends InMemoryDirectory {
  constructor(agencies: readonly StaticAgency[] = []) {
    super();
    for (const agency of agencies) this.put(agency);
    this.markReady();
  }

  /** Adds an agency or replaces the one with its code. */
  put(agency: StaticAgency): void {
    this.putAgency(completed(agency));
  }

  retire(code: string): void {
    this.put({ ...(this.agency(code) ?? unregistered(code)), status: 'RETIRED' });
  }

  /** Revokes one token, or every token of an officer issued up to an instant. */
  revoke(what: { readonly agencyCode: string } & ({ readonly tokenId: string } | { readonly officerId: string; readonly revokedAt: Date })): void {
    if ('tokenId' in what) this.revokeToken(what);
    else this.revokeOfficer({ ...what, revokedAt: what.revokedAt.toISOString() });
  }
}

/** A directory of these agencies. */
export const directoryOf = (agencies: readonly StaticAgency[]): StaticDirectory => new StaticDirectory(agencies);

function unregistered(code: string): never {
  throw new RangeError(`No agency ${code} in the directory`);
}

const completed = (agency: StaticAgency): AgencyChanged => ({
  code: agency.code,
  name: agency.name ?? agency.code,
  nameEn: agency.nameEn ?? agency.code,
  functions: [...agency.functions],
  regions: [...(agency.regions ?? [])],
  superior: agency.superior ?? null,
  status: agency.status ?? 'ACTIVE',
  issuer: agency.issuer ?? developmentIssuer(agency.code),
  jwks: agency.jwks ? { keys: agency.jwks.keys.map((key) => ({ ...key })) } : null,
  jwksUri: agency.jwksUri ?? null,
  officers: (agency.officers ?? []).map(({ id, roles }) => ({ id, roles: [...roles] })),
  version: 1,
});
