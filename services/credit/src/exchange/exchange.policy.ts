import type { AgencyReader } from '@casebridge/kernel';

/** Drug and market regulators impose the penalties that are exchanged here; their officers and programs hand them in. */
export const canSendPenalties = ({ agency, roles }: AgencyReader): boolean =>
  agency.functions.some((f) => f === 'DRUG' || f === 'MARKET') && roles.some((role) => role === 'officer' || role === 'head' || role === 'system');
