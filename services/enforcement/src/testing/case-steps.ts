import type { CaseStatus } from '@casebridge/contracts';
import { civilDate, type Principal, stateCouncilCalendar, uuidv7 } from '@casebridge/kernel';
import { type Answer, officer } from '@casebridge/testkit';
import type { AdminCaseEntity } from '../admin-case/admin-case.entity';
import { caseStepClocks } from '../case-step/case-step.clocks';
import { CaseStepEntity } from '../case-step/case-step.entity';
import type { CaseStepActName } from '../case-step/case-step.rule';
import { PenaltyDecisionEntity, PenaltyItemEntity } from '../penalty-decision/penalty-decision.entity';
import { sendAct } from './acts';
import { filing, head, type Input, type ReferralWorld, regulator } from './referral-world';
import { dataOf, decisionRow, itemRow } from './world';

/** Reviews what others handled. */
export const reviewer = officer(filing, 5, { roles: ['reviewer'] });

export interface StepView {
  readonly warnings: readonly { readonly code: string; readonly field: string; readonly basis: { readonly article: string; readonly mark: string } }[];
  readonly case: {
    readonly id: string;
    readonly status: CaseStatus;
    readonly version: number;
    readonly decisionDueAt: string | null;
    readonly decisionOverdue: boolean;
    readonly stepDeadline: { readonly rule: string; readonly lastDay: string } | null;
    readonly stepOverdue: boolean;
  };
}
const selection = 'warnings { code field basis { article mark } } case { id status version decisionDueAt decisionOverdue stepDeadline { rule lastDay } stepOverdue }';

export const tryStep = (world: ReferralWorld, act: CaseStepActName, who: Principal, caseId: string, input: Input = {}, more: Input = {}): Promise<Answer<Record<string, StepView>>> =>
  sendAct(world, who, act, { caseId, input, ...more }, { selection });

/** The same for a step that must succeed; a minute goes by after it. */
export async function doStep(world: ReferralWorld, act: CaseStepActName, who: Principal, caseId: string, input: Input = {}): Promise<StepView> {
  const done = dataOf(await tryStep(world, act, who, caseId, input))[act] as StepView;
  world.pass(60_000);
  return done;
}

const why = { reasons: '演示理由' };
export const noticeInput = (world: ReferralWorld, changes: Input = {}): Input => ({ servedOn: world.today(), facts: '演示：拟处罚的事实、理由和依据。', kinds: ['FINE'], fineFen: 100_000, ...changes });
/** The first day for which a hearing can be announced now. */
export const hearingDay = (world: ReferralWorld): string => caseStepClocks.hearingNotice.dueDate(world.clock.now(), stateCouncilCalendar);
export const withoutPenalty = (world: ReferralWorld, changes: Input = {}): Input => ({
  kind: 'NO_PENALTY_MINOR', documentNo: '演示市监不罚〔2026〕1号', decidedOn: world.today(), ...why, ...changes,
});

/** The fine of the decision of a case that was served nineteen days ago. */
export const theFine = 5_000_000;
export const decisionOf = async (world: ReferralWorld, caseId: string): Promise<string> =>
  (await world.db.getRepository(PenaltyDecisionEntity).findOneByOrFail({ caseId })).id;
export const outcomeInput = async (world: ReferralWorld, caseId: string, changes: Input = {}): Promise<Input> => ({
  decisionId: await decisionOf(world, caseId), outcome: 'REVOKED', documentNo: '演示行复决〔2026〕1号', decidedOn: world.today(), ...why, ...changes,
});

/** Everything that a step needs by default, for who takes it. */
export const usual: Readonly<Record<CaseStepActName, readonly [who: Principal, input: (world: ReferralWorld, caseId: string) => Input | Promise<Input>]>> = {
  beginInvestigation: [regulator, () => ({ officers: [`${filing}-2`, `${filing}-3`] })],
  suspendCase: [head, () => ({ ground: 'DEPENDS_ON_OTHER_CASE', ...why })],
  resumeCase: [regulator, () => why],
  terminateCase: [head, () => ({ ground: 'ENTITY_ENDED', ...why })],
  beginExcludedTime: [regulator, () => ({ kind: 'TESTING', ...why })],
  endExcludedTime: [regulator, () => ({ kind: 'TESTING', ...why })],
  concludeInvestigation: [regulator, () => ({ report: '演示调查终结报告。' })],
  sendCaseForReview: [regulator, () => ({ kind: 'LEGAL_REVIEW' })],
  extendCaseReview: [head, () => ({ days: 5, ...why })],
  passCaseReview: [reviewer, () => ({ opinion: '演示：同意。' })],
  returnCaseFromReview: [reviewer, () => ({ opinion: '演示：补充证据。' })],
  discussCaseCollectively: [head, () => ({ participants: [`${filing}-1`, '演示副局长'], conclusion: '演示结论。' })],
  serveCaseNotice: [regulator, (world) => noticeInput(world)],
  recordPartyStatement: [regulator, () => ({ statement: '演示：当事人放弃陈述、申辩。', waives: true })],
  recordHearingRequest: [regulator, (world) => ({ requestedOn: world.today() })],
  notifyHearing: [regulator, (world) => ({ hearingOn: hearingDay(world), place: '演示听证室', chair: `${filing}-4` })],
  recordHearingHeld: [regulator, () => ({ record: '演示听证笔录。' })],
  recordHearingAbandoned: [regulator, () => why],
  extendDecision: [head, () => why],
  extendDecisionFurther: [head, () => ({ days: 20, participants: [`${filing}-1`, '演示副局长'], ...why })],
  decideWithoutPenalty: [head, (world) => withoutPenalty(world)],
  recordFinePayment: [regulator, async (world, caseId) => ({ decisionId: await decisionOf(world, caseId), paidOn: world.today(), amountFen: theFine })],
  demandPerformance: [regulator, async (world, caseId) => ({ decisionId: await decisionOf(world, caseId), ...why })],
  applyForCourtEnforcement: [head, async (world, caseId) => ({ decisionId: await decisionOf(world, caseId), ...why })],
  recordRemedy: [regulator, async (world, caseId) => ({ decisionId: await decisionOf(world, caseId), kind: 'RECONSIDERATION', appliedOn: world.today(), caseNo: '演示行复〔2026〕1号' })],
  recordRemedyOutcome: [regulator, (world, caseId) => outcomeInput(world, caseId, { outcome: 'UPHELD' })],
  correctDecision: [regulator, (world, caseId) => outcomeInput(world, caseId)],
  confirmOverturning: [head, async (world, caseId) => ({ decisionId: await decisionOf(world, caseId), confirmed: true, ...why })],
  reopenCase: [head, () => why],
  closeCase: [head, (world) => ({ ground: 'PERFORMED', groundOn: world.today(), ...why })],
  archiveCase: [regulator, () => ({ mainVolume: ['演示立案审批表', '演示行政处罚决定书'], subVolume: ['演示集体讨论记录'] })],
};

export const step = async (world: ReferralWorld, act: CaseStepActName, caseId: string, changes: Input = {}): Promise<StepView> => {
  const [who, input] = usual[act];
  return doStep(world, act, who, caseId, { ...(await input(world, caseId)), ...changes });
};

const reviewed: readonly CaseStepActName[] = ['beginInvestigation', 'concludeInvestigation', 'sendCaseForReview', 'passCaseReview'];
/** What leads to a state from FILED, by the shortest way. */
const ways: Readonly<Partial<Record<CaseStatus, readonly CaseStepActName[]>>> = {
  FILED: [], INVESTIGATING: ['beginInvestigation'], SUSPENDED: ['beginInvestigation', 'suspendCase'], TERMINATED: ['beginInvestigation', 'terminateCase'],
  INVESTIGATION_CONCLUDED: reviewed.slice(0, 2), UNDER_REVIEW: reviewed.slice(0, 3), NOTICE_SERVED: [...reviewed, 'serveCaseNotice'],
  HEARING: [...reviewed, 'serveCaseNotice', 'recordHearingRequest'], DECIDED: [...reviewed, 'decideWithoutPenalty'],
  SERVED: [], IN_EXECUTION: ['demandPerformance'], CLOSED: ['recordFinePayment', 'closeCase'], ARCHIVED: ['recordFinePayment', 'closeCase', 'archiveCase'],
};
const afterService: readonly CaseStatus[] = ['SERVED', 'IN_EXECUTION', 'CLOSED', 'ARCHIVED'];

async function givenServed(world: ReferralWorld, c: AdminCaseEntity): Promise<void> {
  const daysAgo = (n: number): string => civilDate(new Date(world.clock.now().getTime() - n * 86_400_000));
  await world.act(async (tx) => {
    const decision = decisionRow(c, tx.clock.now(), { decidedOn: daysAgo(20), servedOn: daysAgo(19) });
    await tx.em.insert(PenaltyDecisionEntity, { ...decision });
    await tx.em.insert(PenaltyItemEntity, { ...itemRow(decision.id), id: uuidv7(tx.clock.now()), amountFen: theFine });
  });
  await world.change(c.caseId, { status: 'SERVED', servedOn: daysAgo(19) });
  world.pass(60_000);
}

/** A case of `filing` in a state, by the steps that lead to it; filed on 9 October. */
export async function caseIn(world: ReferralWorld, status: CaseStatus, overrides: Partial<AdminCaseEntity> = {}): Promise<string> {
  const c = await world.givenCase({ ...overrides, status: 'FILED' });
  const { caseId } = c;
  if (afterService.includes(status)) await givenServed(world, c);
  for (const act of ways[status] ?? []) await step(world, act, caseId);
  return caseId;
}

export const stepRows = (world: ReferralWorld, caseId: string): Promise<CaseStepEntity[]> =>
  world.db.getRepository(CaseStepEntity).find({ where: { caseId }, order: { position: 'ASC' } });
