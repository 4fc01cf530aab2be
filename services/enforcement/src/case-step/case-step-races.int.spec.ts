import { systemClock } from '@casebridge/kernel';
import { caseIn, step, stepRows, tryStep, usual } from '../testing/case-steps';
import { ReferralWorld } from '../testing/referral-world';
import { caseStepActs, type CaseStepActName } from './case-step.rule';

let world: ReferralWorld;
beforeAll(async () => {
  world = await ReferralWorld.start(systemClock);
});
afterAll(() => world.stop());

const ago = (days: number): Date => new Date(systemClock.now().getTime() - days * 86_400_000);
/** These wait for days to come, which they do not in a test by the clock on the wall. */
const notRaced = ['recordHearingHeld', 'applyForCourtEnforcement'] as const satisfies readonly CaseStepActName[];
/** Where each is lawful, and what must go before it. */
const before: Readonly<Record<Exclude<CaseStepActName, (typeof notRaced)[number]>, readonly [status: Parameters<typeof caseIn>[1], ...first: CaseStepActName[]]>> = {
  beginInvestigation: ['FILED'], suspendCase: ['INVESTIGATING'], resumeCase: ['SUSPENDED'], terminateCase: ['INVESTIGATING'], beginExcludedTime: ['INVESTIGATING'],
  endExcludedTime: ['INVESTIGATING', 'beginExcludedTime'], concludeInvestigation: ['INVESTIGATING'], sendCaseForReview: ['INVESTIGATION_CONCLUDED'], extendCaseReview: ['UNDER_REVIEW'],
  passCaseReview: ['UNDER_REVIEW'], returnCaseFromReview: ['UNDER_REVIEW'], discussCaseCollectively: ['UNDER_REVIEW'], serveCaseNotice: ['UNDER_REVIEW', 'passCaseReview'],
  recordPartyStatement: ['NOTICE_SERVED'], recordHearingRequest: ['NOTICE_SERVED'], notifyHearing: ['HEARING'], recordHearingAbandoned: ['HEARING'], extendDecision: ['INVESTIGATING'],
  extendDecisionFurther: ['INVESTIGATING', 'extendDecision'], decideWithoutPenalty: ['UNDER_REVIEW'], recordFinePayment: ['SERVED'], demandPerformance: ['SERVED'],
  recordRemedy: ['CLOSED'], recordRemedyOutcome: ['SERVED', 'recordRemedy'], correctDecision: ['SERVED'], confirmOverturning: ['SERVED', 'correctDecision'], reopenCase: ['SERVED', 'correctDecision', 'confirmOverturning'],
  closeCase: ['SERVED', 'recordFinePayment'], archiveCase: ['CLOSED'],
};
const times = <T>(n: number, make: (i: number) => T): T[] => Array.from({ length: n }, (_, i) => make(i));

it.each(Object.keys(before) as (keyof typeof before)[])('ten calls of %s at once with ten keys: one success, nine CONFLICT', async (act) => {
  const [status, ...first] = before[act];
  const caseId = await caseIn(world, status, { filedAt: ago(40) });
  for (const each of first) await step(world, each, caseId);
  const had = (await stepRows(world, caseId)).length;
  const { version } = await world.case(caseId);
  const [who, input] = usual[act];
  const given = await input(world, caseId);
  const answers = await Promise.all(times(10, () => tryStep(world, act, who, caseId, given)));
  expect(answers.filter((a) => !a.errors)).toHaveLength(1);
  expect(answers.flatMap((a) => a.errors ?? []).map((e) => [e.extensions['code'], e.extensions['kind']])).toEqual(times(9, () => ['CONFLICT', 'CONFLICT']));
  expect((await stepRows(world, caseId)).map((s) => s.position)).toEqual(times(had + 1, (i) => i + 1));
  expect((await world.case(caseId)).version).toBe(version + 1);
});

it('every step is raced that need not wait', () => {
  expect([...Object.keys(before), ...notRaced].sort()).toEqual([...caseStepActs].sort());
});
