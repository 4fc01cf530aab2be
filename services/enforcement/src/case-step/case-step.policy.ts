import type { AgencyReader, OfficerRole } from '@casebridge/kernel';
import type { CaseStepActName } from './case-step.rule';

/** In which role; a head may do what an officer or a reviewer may. */
const roles: Readonly<Record<CaseStepActName, OfficerRole>> = {
  beginInvestigation: 'officer', suspendCase: 'head', resumeCase: 'officer', terminateCase: 'head', beginExcludedTime: 'officer', endExcludedTime: 'officer',
  concludeInvestigation: 'officer', sendCaseForReview: 'officer', extendCaseReview: 'head', passCaseReview: 'reviewer', returnCaseFromReview: 'reviewer',
  discussCaseCollectively: 'head', serveCaseNotice: 'officer', recordPartyStatement: 'officer', recordHearingRequest: 'officer', notifyHearing: 'officer',
  recordHearingHeld: 'officer', recordHearingAbandoned: 'officer', extendDecision: 'head', extendDecisionFurther: 'head', decideWithoutPenalty: 'head',
  recordFinePayment: 'officer', demandPerformance: 'officer', applyForCourtEnforcement: 'head', recordRemedy: 'officer', recordRemedyOutcome: 'officer', correctDecision: 'officer', confirmOverturning: 'head',
  reopenCase: 'head', closeCase: 'head', archiveCase: 'officer',
};

/** Null when the officer may take the step; else why not, in words for him. The case is its agency's alone: a superior acts by acts of its own. */
export function whyNotCaseStep(who: AgencyReader, act: CaseStepActName, c: { readonly agencyCode: string }): string | null {
  if (c.agencyCode !== who.agency.code) return 'Only the agency that handles the case may do this';
  const role = roles[act];
  return who.roles.includes('head') || who.roles.includes(role) ? null : `Only ${role === 'officer' ? 'an officer' : `a ${role}`} of the agency may do this`;
}
