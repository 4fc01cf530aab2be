import type { AgencyReader, OfficerRole } from '@casebridge/kernel';
import type { MeasureActName } from './measure.machine';

/** In which role; a head may do what an officer may. */
const roles: Readonly<Record<MeasureActName, OfficerRole>> = {
  orderCompulsoryMeasure: 'head', takeUrgentMeasure: 'officer', reportUrgentMeasure: 'officer', approveUrgentMeasure: 'head', extendCompulsoryMeasure: 'head',
  sendSeizedGoodsForTest: 'officer', recordSeizedGoodsReport: 'officer', decideOnMeasuredGoods: 'head', convertPreservation: 'head', liftCompulsoryMeasure: 'head',
};

/** Null when the officer may act; else why not, in words for him. */
export function whyNotMeasureAct(who: AgencyReader, act: MeasureActName, c: { readonly agencyCode: string }): string | null {
  if (c.agencyCode !== who.agency.code) return 'Only the agency that handles the case may do this';
  const role = roles[act];
  return who.roles.includes('head') || who.roles.includes(role) ? null : `Only ${role === 'officer' ? 'an officer' : 'a head'} of the agency may do this`;
}
