import { type SealStatus, serviceNames } from '@casebridge/contracts';
import type { AgencyRecord, RandomBytes } from '@casebridge/kernel';

/** Every service that keeps records linked to cases must say that it hides them before a seal is in force. */
export const sealKeepers: readonly string[] = serviceNames.filter((name) => name !== 'enforcement');

export interface SealFacts {
  readonly expiresOn: string;
  readonly acknowledgedBy: readonly string[];
  readonly liftedAt: Date | null;
}

/** @param today - civil date of the reading; the last day of a seal is all of it sealed */
export function sealStatusOf(seal: SealFacts, today: string): SealStatus {
  if (seal.liftedAt !== null) return 'LIFTED';
  if (seal.expiresOn < today) return 'EXPIRED';
  return sealKeepers.every((name) => seal.acknowledgedBy.includes(name)) ? 'IN_FORCE' : 'PENDING';
}

/** Letters and digits that are not mistaken for one another. */
const alphabet = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';

/** A seal's number. Drawn, not counted: a running number would tell everybody who holds one how many others there are. */
export function sealNumber(year: number, random: RandomBytes): string {
  const drawn = [...random(10)].map((byte) => alphabet[byte % alphabet.length]).join('');
  return `密封〔${year}〕${drawn}号`;
}

type Procuratorate = Pick<AgencyRecord, 'code' | 'functions' | 'regions' | 'superior'> & { readonly status: string };

/**
 * Regions whose register of seals a procuratorate keeps an eye on: those whose competent procuratorate stands directly below it. Of several
 * that are competent for a place, one above the other, the lowest counts.
 */
export function supervisedRegions(code: string, agencies: readonly Procuratorate[]): string[] {
  const procuratorates = agencies.filter((a) => a.status === 'ACTIVE' && a.functions.includes('PROCURATORATE'));
  const regions = procuratorates
    .filter((p) => p.superior === code)
    .flatMap((p) => p.regions.filter((region) => !procuratorates.some((lower) => lower.superior === p.code && lower.regions.includes(region))));
  return [...new Set(regions)].sort();
}
