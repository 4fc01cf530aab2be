import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { CaseStatus } from '@casebridge/contracts';
import type { Principal } from '@casebridge/kernel';
import { officer } from '@casebridge/testkit';
import { caseIn, noticeInput, step, tryStep, usual } from '../testing/case-steps';
import { filing, type Input, ReferralWorld, regulator } from '../testing/referral-world';
import { caseMachine } from '../admin-case/case.machine';
import { caseStepActs, type CaseStepActName } from './case-step.rule';

/*
 * Every step with every code that it can be refused with, as `refused-acts.int.spec` has the other acts: code, state of the case, article.
 */

const HOUSE = '药案通平台规则（非法律规定）';
const APL = '中华人民共和国行政处罚法';
const PROC = '市场监督管理行政处罚程序规定';

let world: ReferralWorld;
beforeAll(async () => {
  world = await ReferralWorld.start();
});
afterAll(() => world.stop());

const superior = officer('DRA-210000', 1);
interface Refused {
  readonly act: CaseStepActName;
  readonly code: string;
  readonly state: CaseStatus;
  readonly who?: Principal;
  readonly changes?: Input | (() => Input);
  readonly first?: readonly (readonly [CaseStepActName, Input?])[];
  readonly late?: number;
  readonly article?: readonly [instrument: string, article: string];
}

/** A state in which each is lawful, one in which it is not (null: there is none), and an input that is not taken. */
const table: Readonly<Record<CaseStepActName, readonly [from: CaseStatus, wrong: CaseStatus | null, bad: Input]>> = {
  beginInvestigation: ['FILED', 'INVESTIGATING', { officers: [] }], suspendCase: ['INVESTIGATING', 'SUSPENDED', { reasons: ' ' }], resumeCase: ['SUSPENDED', 'INVESTIGATING', { reasons: ' ' }],
  terminateCase: ['SUSPENDED', 'TERMINATED', { reasons: '' }], beginExcludedTime: ['INVESTIGATING', 'SUSPENDED', { kind: 'SUSPENSION' }], endExcludedTime: ['INVESTIGATING', 'DECIDED', { kind: 'APPRAISAL' }],
  concludeInvestigation: ['INVESTIGATING', 'FILED', { report: ' ' }], sendCaseForReview: ['INVESTIGATION_CONCLUDED', 'INVESTIGATING', { kind: 'NONE' }], extendCaseReview: ['UNDER_REVIEW', 'NOTICE_SERVED', { days: 0 }],
  passCaseReview: ['UNDER_REVIEW', 'INVESTIGATION_CONCLUDED', { opinion: ' ' }], returnCaseFromReview: ['UNDER_REVIEW', 'HEARING', { opinion: ' ' }],
  discussCaseCollectively: ['UNDER_REVIEW', 'INVESTIGATING', { participants: [] }], serveCaseNotice: ['NOTICE_SERVED', 'HEARING', { kinds: [] }], recordPartyStatement: ['NOTICE_SERVED', 'UNDER_REVIEW', { statement: ' ' }],
  recordHearingRequest: ['NOTICE_SERVED', 'HEARING', { requestedOn: '2020-01-01' }], notifyHearing: ['HEARING', 'NOTICE_SERVED', { place: ' ' }], recordHearingHeld: ['HEARING', 'NOTICE_SERVED', { record: ' ' }],
  recordHearingAbandoned: ['HEARING', 'NOTICE_SERVED', { reasons: ' ' }], extendDecision: ['INVESTIGATING', 'TERMINATED', { reasons: ' ' }],
  extendDecisionFurther: ['INVESTIGATING', 'SUSPENDED', { days: 0 }], decideWithoutPenalty: ['UNDER_REVIEW', 'FILED', { documentNo: '一号' }],
  recordFinePayment: ['SERVED', null, { amountFen: 0 }], demandPerformance: ['SERVED', 'CLOSED', { reasons: ' ' }], applyForCourtEnforcement: ['IN_EXECUTION', 'SERVED', { decisionId: 'none' }],
  recordRemedy: ['CLOSED', null, { caseNo: ' ' }], recordRemedyOutcome: ['SERVED', null, { documentNo: ' ' }], correctDecision: ['IN_EXECUTION', null, { outcome: 'UPHELD' }], confirmOverturning: ['ARCHIVED', null, { reasons: ' ' }],
  reopenCase: ['CLOSED', 'DECIDED', { reasons: ' ' }], closeCase: ['SERVED', 'CLOSED', { ground: 'INVESTIGATION_TERMINATED' }], archiveCase: ['CLOSED', 'SERVED', { mainVolume: [] }],
};
const onNoArticle: Readonly<Record<string, readonly [string, string]>> = { BAD_USER_INPUT: [HOUSE, '输入校验'], CONFLICT: [HOUSE, '并发修改'] };

/** Inputs that are refused on an article of their own. */
const ownArticle: Readonly<Partial<Record<CaseStepActName, readonly [string, string]>>> = { discussCaseCollectively: [PROC, '60'], closeCase: [PROC, '77'], archiveCase: [PROC, '78'] };

const rows: Refused[] = [
  ...caseStepActs.flatMap((act): Refused[] => {
    const [from, wrong, bad] = table[act];
    return [
      { act, code: 'FORBIDDEN', state: from, who: superior }, { act, code: 'CONFLICT', state: from, changes: { expectedVersion: 99 } }, ...(wrong === null ? [] : [{ act, code: 'ILLEGAL_TRANSITION', state: wrong }]),
      ...(act === 'sendCaseForReview' || act === 'beginInvestigation' ? [] : [{ act, code: 'BAD_USER_INPUT', state: from, changes: bad }]),
    ];
  }).map((row) => (row.code === 'BAD_USER_INPUT' && ownArticle[row.act] ? { ...row, article: ownArticle[row.act]! } : row)),
  { act: 'beginInvestigation', code: 'BAD_USER_INPUT', state: 'FILED', changes: { officers: [`${filing}-2`] }, article: [PROC, '22'] },
  { act: 'suspendCase', code: 'FORBIDDEN', state: 'INVESTIGATING', who: regulator },
  { act: 'passCaseReview', code: 'FORBIDDEN', state: 'UNDER_REVIEW', who: regulator },
  { act: 'passCaseReview', code: 'REVIEWED_BY_CASE_OFFICER', state: 'UNDER_REVIEW', who: officer(filing, 3, { roles: ['reviewer'] }), article: [APL, '58'] },
  { act: 'returnCaseFromReview', code: 'REVIEWED_BY_CASE_OFFICER', state: 'UNDER_REVIEW', who: officer(filing, 2, { roles: ['officer', 'reviewer'] }), article: [APL, '58'] },
  { act: 'passCaseReview', code: 'STEP_OUT_OF_ORDER', state: 'UNDER_REVIEW', first: [['passCaseReview']] },
  { act: 'serveCaseNotice', code: 'STEP_OUT_OF_ORDER', state: 'UNDER_REVIEW' },
  { act: 'serveCaseNotice', code: 'UNLAWFUL_STEP', state: 'NOTICE_SERVED', changes: () => noticeInput(world, { kinds: ['LICENCE_REVOCATION'] }), article: [APL, '63'] },
  { act: 'recordHearingRequest', code: 'STEP_OUT_OF_ORDER', state: 'NOTICE_SERVED', first: [['recordPartyStatement']] },
  { act: 'recordHearingRequest', code: 'UNLAWFUL_STEP', state: 'NOTICE_SERVED', late: 9, changes: () => ({ requestedOn: world.today() }), article: [APL, '64(1)'] },
  { act: 'notifyHearing', code: 'UNLAWFUL_STEP', state: 'HEARING', changes: () => ({ hearingOn: world.today() }), article: [APL, '64(2)'] },
  { act: 'recordHearingHeld', code: 'STEP_OUT_OF_ORDER', state: 'HEARING', first: [['notifyHearing']] },
  { act: 'extendCaseReview', code: 'PERIOD_ALREADY_EXTENDED', state: 'UNDER_REVIEW', first: [['extendCaseReview']] },
  { act: 'extendCaseReview', code: 'PERIOD_OVER', state: 'UNDER_REVIEW', late: 21 },
  { act: 'extendDecision', code: 'PERIOD_ALREADY_EXTENDED', state: 'INVESTIGATING', first: [['extendDecision']] },
  { act: 'extendDecision', code: 'PERIOD_OVER', state: 'INVESTIGATING', late: 200 },
  { act: 'extendDecisionFurther', code: 'STEP_OUT_OF_ORDER', state: 'INVESTIGATING' },
  { act: 'extendDecisionFurther', code: 'PERIOD_ALREADY_EXTENDED', state: 'INVESTIGATING', first: [['extendDecision'], ['extendDecisionFurther']] },
  { act: 'decideWithoutPenalty', code: 'UNLAWFUL_STEP', state: 'HEARING', article: [APL, '63'] },
  { act: 'demandPerformance', code: 'STEP_OUT_OF_ORDER', state: 'IN_EXECUTION' },
  { act: 'applyForCourtEnforcement', code: 'UNLAWFUL_STEP', state: 'IN_EXECUTION', article: [PROC, '76'] },
  { act: 'recordRemedy', code: 'STEP_OUT_OF_ORDER', state: 'SERVED', first: [['recordRemedy']] },
  { act: 'recordRemedyOutcome', code: 'STEP_OUT_OF_ORDER', state: 'SERVED' },
  { act: 'correctDecision', code: 'STEP_OUT_OF_ORDER', state: 'CLOSED', first: [['correctDecision']] },
  { act: 'correctDecision', code: 'STEP_OUT_OF_ORDER', state: 'ARCHIVED', first: [['correctDecision'], ['confirmOverturning']] },
  { act: 'confirmOverturning', code: 'STEP_OUT_OF_ORDER', state: 'SERVED' },
  { act: 'confirmOverturning', code: 'FORBIDDEN', state: 'SERVED', who: regulator, first: [['correctDecision']] },
  { act: 'confirmOverturning', code: 'CONFIRMED_BY_WHO_RECORDED', state: 'SERVED', who: officer(filing, 2, { roles: ['officer', 'head'] }), first: [['correctDecision']], article: [APL, '48(2)'] },
  { act: 'demandPerformance', code: 'STEP_OUT_OF_ORDER', state: 'SERVED', first: [['recordRemedy']], article: ['中华人民共和国行政强制法', '53'] },
  { act: 'archiveCase', code: 'STEP_OUT_OF_ORDER', state: 'CLOSED', first: [['recordRemedy']] },
  { act: 'reopenCase', code: 'STEP_OUT_OF_ORDER', state: 'SERVED' },
  { act: 'closeCase', code: 'STEP_OUT_OF_ORDER', state: 'SERVED' },
];

describe('a refused step says its code, the state of the case and the article', () => {
  it.each(rows.map((row) => [row.act, row.code, row.state, row] as const))('%s: %s in %s', async (act, code, state, { who, changes = {}, first = [], late = 0, article }) => {
    const caseId = await caseIn(world, state, { filedAt: new Date(world.clock.now().getTime() - 40 * 86_400_000) });
    for (const [before, input] of first) await step(world, before, caseId, input);
    const [usually, input] = usual[act];
    const given = await input(world, caseId);
    world.pass(late * 86_400_000 + 60_000);
    const before = await world.everything();
    const answer = await tryStep(world, act, who ?? usually, caseId, { ...given, ...(typeof changes === 'function' ? changes() : changes) });
    const basis = caseMachine.rules[act].basis;
    const [instrument, number] = article ?? onNoArticle[code] ?? [basis.instrument, basis.article];
    expect(answer.errors?.map(({ extensions: e }) => ({ code: e['code'], state: e['state'] ?? null, basis: e['basis'] }))).toEqual([
      { code, state, basis: expect.objectContaining({ instrument, article: number }) },
    ]);
    expect(await world.everything()).toEqual(before);
  });

  it('for every step, with every code that this feature has', () => {
    for (const act of caseStepActs) for (const code of ['FORBIDDEN', 'BAD_USER_INPUT', 'ILLEGAL_TRANSITION', 'CONFLICT']) {
      if (code === 'ILLEGAL_TRANSITION' && table[act][1] === null) continue; // whatever the case has come to
      if (act === 'sendCaseForReview' && code === 'BAD_USER_INPUT') continue; // has nothing that GraphQL itself would not refuse
      expect([act, code, rows.some((r) => r.act === act && r.code === code)]).toEqual([act, code, true]);
    }
    const folder = resolve(__dirname, '../../src/case-step');
    const own = readdirSync(folder).filter((f) => f.endsWith('.errors.ts')).flatMap((f) => [...readFileSync(resolve(folder, f), 'utf8').matchAll(/readonly code = '([A-Z_]+)'/g)].map(([, code]) => code as string));
    expect(own.length).toBeGreaterThan(3);
    expect(own.filter((code) => !rows.some((r) => r.code === code))).toEqual([]);
  });
});
