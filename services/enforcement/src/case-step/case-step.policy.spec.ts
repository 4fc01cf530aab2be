import { demoAgencies } from '@casebridge/contracts';
import type { AgencyReader, OfficerRole } from '@casebridge/kernel';
import { whyNotCaseStep } from './case-step.policy';
import { caseStepActs, type CaseStepActName } from './case-step.rule';

/** PROC 46, 47, 64, APL 57: with the approval or by the decision of the head; PROC 49-55: the review is a reviewer's. Everything else is an officer's. */
const byHead: readonly CaseStepActName[] = ['suspendCase', 'terminateCase', 'extendCaseReview', 'discussCaseCollectively', 'extendDecision', 'extendDecisionFurther', 'decideWithoutPenalty',
  'applyForCourtEnforcement', 'confirmOverturning', 'reopenCase', 'closeCase'];
const byReviewer: readonly CaseStepActName[] = ['passCaseReview', 'returnCaseFromReview'];

const reader = (code: string, roles: readonly OfficerRole[]): AgencyReader => {
  const agency = demoAgencies.find((a) => a.code === code);
  if (!agency) throw new Error(code);
  const at = new Date('2026-11-22T02:00:00.000Z');
  return { kind: 'agency', agency, officerId: `${code}-3`, roles, scopes: [], purpose: null, tokenId: 't', issuedAt: at, expiresAt: at };
};
const mine = { agencyCode: 'MRA-210102' };

it.each(caseStepActs)('%s', (act) => {
  const may = (role: OfficerRole): boolean => whyNotCaseStep(reader('MRA-210102', [role]), act, mine) === null;
  expect(may('head')).toBe(true);
  expect(may('officer')).toBe(!byHead.includes(act) && !byReviewer.includes(act));
  expect(may('reviewer')).toBe(byReviewer.includes(act));
  for (const role of ['auditor', 'analyst', 'system'] as const) expect(may(role)).toBe(false);
  // Neither the superior nor a neighbour.
  for (const other of ['MRA-210100', 'DRA-210000', 'MRA-210200', 'PSB-210102']) expect(whyNotCaseStep(reader(other, ['head', 'officer', 'reviewer']), act, mine)).toMatch('Only the agency that handles');
});
