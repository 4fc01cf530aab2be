import type { AgencyReader } from '@casebridge/kernel';
import type { MeasureActName } from './measure.machine';

export interface MeasureParties {
  readonly agencyCode: string;
  readonly executorCode: string | null;
}

/** The agency that listed orders; the executor does the rest. */
const actors: Readonly<Record<MeasureActName, keyof MeasureParties>> = {
  orderJointMeasure: 'agencyCode', reportMeasureExecuted: 'executorCode', reportMeasureNotExecutable: 'executorCode', liftJointMeasure: 'executorCode',
};
const notHis: Readonly<Record<keyof MeasureParties, string>> = {
  agencyCode: 'Only the agency that listed the party may do this', executorCode: 'Only the agency that carries the measure out may do this',
};

/** Null when the officer may act; else why not, in words for him. */
export function whyNotMeasureAct(who: AgencyReader, act: MeasureActName, measure: MeasureParties): string | null {
  const actor = actors[act];
  if (measure[actor] !== who.agency.code) return notHis[actor];
  return who.roles.includes('officer') || who.roles.includes('head') ? null : 'Only an officer may do this';
}
