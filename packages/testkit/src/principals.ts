import { demoAgencies } from '@casebridge/contracts';
import type { AgencyReader, AgencyRecord, OfficerRole } from '@casebridge/kernel';
import { admit } from '@casebridge/platform/dist/identity/admission';

export interface OfficerOptions {
  readonly roles?: readonly OfficerRole[];
  readonly scopes?: readonly string[];
  readonly purpose?: string;
  readonly tokenId?: string;
  readonly expiresAt?: Date;
}

/** An admitted officer of an agency: `officer('MRA-210100', 2)` is MRA-210100-2; number 1 is the head. */
export function officer(code: string, number = 2, options: OfficerOptions = {}): AgencyReader {
  const record = demoAgencies.find((a) => a.code === code);
  if (!record) throw new Error(`no demo agency ${code}`);
  return officerOf(record, `${code}-${number}`, { roles: number === 1 ? ['officer', 'head'] : ['officer'], ...options });
}

/** The same for an agency that is not of the demo world. */
export function officerOf(agency: AgencyRecord, officerId: string, options: OfficerOptions = {}): AgencyReader {
  const { code, name, nameEn, functions, regions, superior } = agency;
  return admit({
    kind: 'agency', agency: { code, name, nameEn, functions: [...functions], regions: [...regions], superior }, officerId,
    roles: [...(options.roles ?? ['officer'])], scopes: [...(options.scopes ?? [])], purpose: options.purpose ?? 'test',
    tokenId: options.tokenId ?? `${officerId}-token`, issuedAt: new Date(), expiresAt: options.expiresAt ?? new Date(Date.now() + 3_600_000),
  });
}

/** The reader without a token, admitted. */
export const publicReader = admit({ kind: 'public' as const });
