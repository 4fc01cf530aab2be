import type { AgencyReader } from '@casebridge/kernel';
import type { ReferralActName } from './referral.machine';

export interface ReferralParties {
  readonly filingAgencyCode: string;
  readonly policeAgencyCode: string | null;
}

type Actor = 'filing' | 'police';

/** Who acts, and in which role: the referral machine, "by". */
const actors: Readonly<Record<ReferralActName, { readonly actor: Actor; readonly role: 'officer' | 'head' }>> = {
  submitReferralReport: { actor: 'filing', role: 'officer' },
  approveReferral: { actor: 'filing', role: 'head' },
  refuseReferral: { actor: 'filing', role: 'head' },
  transferReferral: { actor: 'filing', role: 'officer' },
  signReferralReceipt: { actor: 'police', role: 'officer' },
  requestReferralSupplement: { actor: 'police', role: 'officer' },
  supplementReferral: { actor: 'filing', role: 'officer' },
  forwardReferral: { actor: 'police', role: 'officer' },
  returnReferral: { actor: 'police', role: 'officer' },
  fileCriminalCase: { actor: 'police', role: 'officer' },
  refuseCriminalCase: { actor: 'police', role: 'officer' },
};

/** Null when the officer may act; else why not, in words for him. */
export function whyNotReferralAct(who: AgencyReader, act: ReferralActName, referral: ReferralParties): string | null {
  const { actor, role } = actors[act];
  const agency = actor === 'filing' ? referral.filingAgencyCode : referral.policeAgencyCode;
  if (who.agency.code !== agency) {
    return actor === 'filing' ? 'Only the agency that handles the case may do this' : 'Only the police that hold the referral may do this';
  }
  if (!who.roles.includes(role) && !(role === 'officer' && who.roles.includes('head'))) {
    return role === 'head' ? 'Only the head of the agency (正职负责人) may do this' : 'Only an officer may do this';
  }
  return null;
}
