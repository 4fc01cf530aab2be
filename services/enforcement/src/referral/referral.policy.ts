import type { AgencyReader } from '@casebridge/kernel';
import type { ReferralActName } from './referral.machine';

export interface ReferralParties {
  readonly filingAgencyCode: string;
  readonly policeAgencyCode: string | null;
  readonly procuratorateAgencyCode: string | null;
  readonly courtAgencyCode: string | null;
}

type Actor = 'filing' | 'police' | 'procuratorate' | 'court';

const agencyOf: Readonly<Record<Actor, keyof ReferralParties>> = {
  filing: 'filingAgencyCode', police: 'policeAgencyCode', procuratorate: 'procuratorateAgencyCode', court: 'courtAgencyCode',
};
const named: Readonly<Record<Actor, string>> = {
  filing: 'the agency that handles the case', police: 'the police that hold the referral', procuratorate: 'the procuratorate that has the case',
  court: 'the court that has the case',
};

/** Who acts, and in which role: the referral machine, "by". */
const actors: Readonly<Record<ReferralActName, { readonly actor: Actor | readonly Actor[]; readonly role: 'officer' | 'head' }>> = {
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
  recordReceiptRefusal: { actor: 'filing', role: 'officer' },
  withdrawCriminalCase: { actor: 'police', role: 'officer' },
  sendForProsecution: { actor: 'police', role: 'officer' },
  returnForInvestigation: { actor: 'procuratorate', role: 'officer' },
  indict: { actor: 'procuratorate', role: 'officer' },
  decideNotToProsecute: { actor: 'procuratorate', role: 'officer' },
  recordJudgment: { actor: ['court', 'procuratorate'], role: 'officer' },
  recordEffectiveJudgment: { actor: ['court', 'procuratorate'], role: 'officer' },
  closeReferral: { actor: 'filing', role: 'officer' },
  orderReferral: { actor: 'procuratorate', role: 'head' },
  extendFilingReview: { actor: 'police', role: 'officer' },
  requestReconsideration: { actor: 'filing', role: 'officer' },
  decideReconsideration: { actor: 'police', role: 'officer' },
  proposeFilingSupervision: { actor: 'filing', role: 'officer' },
  requestNonFilingExplanation: { actor: 'procuratorate', role: 'officer' },
  explainNonFiling: { actor: 'police', role: 'officer' },
  acceptNonFilingReasons: { actor: 'procuratorate', role: 'officer' },
  orderFiling: { actor: 'procuratorate', role: 'head' },
  issueCorrectionNotice: { actor: 'procuratorate', role: 'officer' },
  sendReverseTransfer: { actor: ['police', 'procuratorate', 'court'], role: 'officer' },
  acceptReverseTransfer: { actor: 'filing', role: 'officer' },
  returnAdministrativeOutcome: { actor: 'filing', role: 'officer' },
  recordGoods: { actor: 'filing', role: 'officer' },
  keepGoods: { actor: ['filing', 'police'], role: 'officer' },
  keepGoodsInPlace: { actor: ['filing', 'police'], role: 'officer' },
  preserveGoods: { actor: ['filing', 'police'], role: 'officer' },
  handOverGoods: { actor: 'filing', role: 'officer' },
  giveBackGoods: { actor: 'police', role: 'officer' },
  returnGoods: { actor: ['filing', 'police'], role: 'officer' },
  disposeOfGoods: { actor: ['filing', 'police'], role: 'officer' },
};

/** Null when the officer may act; else why not, in words for him. */
export function whyNotReferralAct(who: AgencyReader, act: ReferralActName, referral: ReferralParties): string | null {
  const { actor, role } = actors[act];
  const may = typeof actor === 'string' ? [actor] : actor;
  if (!may.some((one) => referral[agencyOf[one]] === who.agency.code)) return `Only ${may.map((one) => named[one]).join(' or ')} may do this`;
  if (!who.roles.includes(role) && !(role === 'officer' && who.roles.includes('head'))) {
    return role === 'head' ? 'Only the head of the agency (正职负责人) may do this' : 'Only an officer may do this';
  }
  return null;
}
