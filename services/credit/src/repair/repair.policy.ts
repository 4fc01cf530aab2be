import type { AgencyReader } from '@casebridge/kernel';
import type { RepairActName } from './repair.machine';

interface Agencies {
  /** The agency that decided the penalty. */
  readonly agencyCode: string;
  /** The agency of the registering province. */
  readonly registryCode: string | null;
}

export interface RepairParties extends Agencies {
  /** Who recorded the application or the de-registration. */
  readonly openedBy?: string | null;
}

type Actor = keyof Agencies;
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

/** Acts that take a name from the public: nobody does that alone. */
const grants: ReadonlySet<RepairActName> = new Set(['grantCreditRepair', 'grantTemporaryRepair']);

/** Null when the officer may act; else why not, in words for him. */
export function whyNotRepairAct(who: AgencyReader, act: RepairActName, repair: RepairParties): string | null {
  const [actor, role] = actors[act];
  if (repair[actor] !== who.agency.code) return notHis[actor];
  if (grants.has(act) && repair.openedBy != null && repair.openedBy === who.officerId) return 'Another officer than the one who recorded it must decide this';
  if (who.roles.includes(role) || (role === 'officer' && who.roles.includes('head'))) return null;
  return role === 'head' ? 'Only the head of the agency (负责人) may do this' : 'Only an officer may do this';
}
