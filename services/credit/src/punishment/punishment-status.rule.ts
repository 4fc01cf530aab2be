import type { PunishmentStatus } from '@casebridge/contracts';

/** What the status of a punishment depends on, besides the day of the reading. */
export interface PunishmentPeriod {
  readonly startsOn: string;
  readonly endsOn: string | null;
  readonly forLife: boolean;
  readonly publishedOn: string | null;
  readonly liftedAt: Date | null;
  readonly revokedAt: Date | null;
  /** The decision is not used any more since it is repaired; of a ban of a person that is not so. */
  readonly repaired: boolean;
}

/**
 * The status of a punishment on a day; the last day counts in full.
 *
 * PENDING: not yet published or not yet begun. A revocation or an early lifting (credit repair) holds from the instant of the act.
 */
export function punishmentStatus(period: PunishmentPeriod, today: string): PunishmentStatus {
  if (period.revokedAt !== null) return 'REVOKED';
  if (period.liftedAt !== null || period.repaired) return 'REPAIRED';
  if (period.publishedOn === null || period.publishedOn > today || period.startsOn > today) return 'PENDING';
  return !period.forLife && period.endsOn !== null && period.endsOn < today ? 'EXPIRED' : 'IN_FORCE';
}
