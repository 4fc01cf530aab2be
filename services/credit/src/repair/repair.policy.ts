import type { AgencyReader } from '@casebridge/kernel';
import type { RepairActName } from './repair.machine';

export interface RepairParties {
  /** The agency that decided the penalty. */
  readonly agencyCode: string;
  /** The agency of the registering province. */
  readonly registryCode: string | null;
}

type Actor = keyof RepairParties;
const notHis: Readonly<Record<Actor, string>> = {
  agencyCode: 'Only the agency that decided the penalty may do this', registryCode: 'Only the agency of the registering province, where there is one, may do this',
};

/** Who acts, and in which role. What the applicant does is recorded by the agency that it comes to. */
const actors: Readonly<Record<RepairActName, readonly [actor: Actor, role: 'officer' | 'head']>> = {
  applyForCreditRepair: ['agencyCode', 'officer'],
  requestRepairCorrections: ['agencyCode', 'officer'],
  recordRepairCorrections: ['agencyCode', 'officer'],
  declineRepairApplication: ['agencyCode', 'head'],
  acceptRepairApplication: ['agencyCode', 'officer'],
  extendRepairDecision: ['agencyCode', 'head'],
  grantCreditRepair: ['agencyCode', 'head'],
  refuseCreditRepair: ['agencyCode', 'head'],
  grantTemporaryRepair: ['agencyCode', 'head'],
  endTemporaryRepair: ['agencyCode', 'head'],
  executeCreditRepair: ['agencyCode', 'officer'],
  notifyCreditRepair: ['agencyCode', 'officer'],
  acknowledgeCreditRepair: ['registryCode', 'officer'],
  revokeCreditRepair: ['agencyCode', 'head'],
  recordDeregistration: ['agencyCode', 'officer'],
};

/** Null when the officer may act; else why not, in words for him. */
export function whyNotRepairAct(who: AgencyReader, act: RepairActName, repair: RepairParties): string | null {
  const [actor, role] = actors[act];
  if (repair[actor] !== who.agency.code) return notHis[actor];
  if (who.roles.includes(role) || (role === 'officer' && who.roles.includes('head'))) return null;
  return role === 'head' ? 'Only the head of the agency (负责人) may do this' : 'Only an officer may do this';
}
