import type { LicenceStatus } from '@casebridge/contracts';

/** What a licence counts as on a civil date: its last day still counts, and a withdrawn licence does not become an expired one. */
export const licenceStatusOn = (
  licence: { readonly status: Exclude<LicenceStatus, 'EXPIRED'>; readonly validTo: string | null },
  today: string,
): LicenceStatus => {
  const stillStands = licence.status === 'VALID' || licence.status === 'SUSPENDED';
  return stillStands && licence.validTo !== null && licence.validTo < today ? 'EXPIRED' : licence.status;
};
