import { caseStatus, caseStepAct, type CaseStatus, excludedTimeKind, noPenaltyDecisionKind, suspensionGround } from '@casebridge/contracts';
import { addDays, IllegalTransition, stateCouncilCalendar as calendar } from '@casebridge/kernel';
import { caseMachine } from '../admin-case/case.machine';
import { type CaseStanding, type CaseState, type StepWords, hasOwnActs, isKeptHere, type PenaltyToDecide, noPenaltyBasis, noSteps, owesDecision, penaltyStepFindings, stepDeadline, stepFindings, suspensionBasis } from './case-standing.rule';
import { caseStepClocks } from './case-step.clocks';
import { historyStep } from './case-step-record';
import { caseStepActs, type CaseStepActName, decideCaseStep } from './case-step.rule';
import { type Execution, notExecuted } from './execution.rule';
import { hearingFindings, largeAmounts } from './hearing.rule';

const PROC = '市场监督管理行政处罚程序规定';
const APL = '中华人民共和国行政处罚法';
const ARL = '中华人民共和国行政复议法';
/** Written out from the table of steps of the law book, apart from the machine. */
const page: Readonly<Record<CaseStepActName, { from: readonly CaseStatus[]; to: CaseStatus | null; basis: readonly [string, string, string] }>> = (() => {
  const open: CaseStatus[] = ['FILED', 'INVESTIGATING', 'INVESTIGATION_CONCLUDED', 'UNDER_REVIEW', 'NOTICE_SERVED', 'HEARING'];
  const told: CaseStatus[] = ['NOTICE_SERVED', 'HEARING'];
  const executed: CaseStatus[] = ['SERVED', 'IN_EXECUTION'];
  const any = caseStatus.codes;
  return {
    beginInvestigation: { from: ['FILED'], to: 'INVESTIGATING', basis: [PROC, '22', 'V'] },
    suspendCase: { from: ['INVESTIGATING'], to: 'SUSPENDED', basis: [PROC, '46', 'V'] },
    resumeCase: { from: ['SUSPENDED'], to: 'INVESTIGATING', basis: [PROC, '46', 'V'] },
    terminateCase: { from: ['INVESTIGATING', 'SUSPENDED'], to: 'TERMINATED', basis: [PROC, '47', 'V'] },
    beginExcludedTime: { from: open, to: null, basis: [PROC, '64', 'V'] },
    endExcludedTime: { from: open, to: null, basis: [PROC, '64', 'V'] },
    concludeInvestigation: { from: ['INVESTIGATING'], to: 'INVESTIGATION_CONCLUDED', basis: [PROC, '48', 'NV'] },
    sendCaseForReview: { from: ['INVESTIGATION_CONCLUDED'], to: 'UNDER_REVIEW', basis: [PROC, '49', 'V'] },
    extendCaseReview: { from: ['UNDER_REVIEW'], to: null, basis: [PROC, '49-55', 'V'] },
    passCaseReview: { from: ['UNDER_REVIEW'], to: null, basis: [APL, '58', 'V'] },
    returnCaseFromReview: { from: ['UNDER_REVIEW'], to: 'INVESTIGATING', basis: [PROC, '49-55', 'V'] },
    discussCaseCollectively: { from: ['INVESTIGATION_CONCLUDED', 'UNDER_REVIEW', ...told], to: null, basis: [APL, '57(2)', 'V'] },
    serveCaseNotice: { from: ['UNDER_REVIEW', 'NOTICE_SERVED'], to: 'NOTICE_SERVED', basis: [APL, '44', 'V'] },
    recordPartyStatement: { from: told, to: null, basis: [PROC, '57', 'V'] },
    recordHearingRequest: { from: ['NOTICE_SERVED'], to: 'HEARING', basis: [APL, '64(1)', 'V'] },
    notifyHearing: { from: ['HEARING'], to: null, basis: [APL, '64(2)', 'V'] },
    recordHearingHeld: { from: ['HEARING'], to: null, basis: [APL, '63', 'V'] },
    recordHearingAbandoned: { from: ['HEARING'], to: 'NOTICE_SERVED', basis: [APL, '64', 'NV'] },
    extendDecision: { from: open, to: null, basis: [PROC, '64', 'V'] },
    extendDecisionFurther: { from: open, to: null, basis: [PROC, '64', 'V'] },
    decideWithoutPenalty: { from: ['UNDER_REVIEW', ...told], to: 'DECIDED', basis: [APL, '57(1)', 'V'] },
    recordFinePayment: { from: executed, to: 'IN_EXECUTION', basis: [APL, '67', 'V'] },
    demandPerformance: { from: executed, to: 'IN_EXECUTION', basis: [PROC, '76', 'V'] },
    applyForCourtEnforcement: { from: ['IN_EXECUTION'], to: null, basis: ['中华人民共和国行政强制法', '53', 'V'] },
    recordRemedy: { from: any, to: null, basis: [ARL, '20', 'V'] },
    recordRemedyOutcome: { from: any, to: null, basis: [ARL, '62', 'V'] },
    correctDecision: { from: any, to: null, basis: [APL, '48(2)', 'V'] },
    confirmOverturning: { from: any, to: null, basis: [APL, '48(2)', 'V'] },
    reopenCase: { from: [...executed, 'CLOSED', 'ARCHIVED'], to: 'INVESTIGATING', basis: [ARL, '64', 'NV'] },
    closeCase: { from: ['DECIDED', 'TERMINATED', ...executed], to: 'CLOSED', basis: [PROC, '77', 'V'] },
    archiveCase: { from: ['CLOSED'], to: 'ARCHIVED', basis: [PROC, '78', 'V'] },
  };
})();
const acts = Object.keys(page) as CaseStepActName[];

/** Monday, 23 November 2026. */
const now = new Date('2026-11-23T02:00:00Z');
const later = (days: number): Date => new Date(now.getTime() + days * 86_400_000);
const state = (status: CaseStatus, standing: Partial<CaseStanding> = {}, more: Partial<CaseState> = {}): CaseState => ({
  status, filedAt: new Date('2026-10-09T01:00:00Z'), party: 'ENTITY', standing: { ...noSteps, ...standing }, criminalWaits: [], ...more,
});
const review = (passed: boolean, addedDays: number | null = null): CaseStanding['review'] => ({ kind: 'LEGAL_REVIEW', since: now.toISOString(), addedDays, passed });
const notice = (changes: Partial<NonNullable<CaseStanding['notice']>> = {}) => ({ servedOn: '2026-11-23', intendedKinds: ['FINE'] as const, hearingOffered: true, answered: false, ...changes });
const hearing = (changes: Partial<NonNullable<CaseStanding['hearing']>> = {}) => ({ requestedOn: '2026-11-24', heldFor: null, held: false, ...changes });

describe('the steps of a case', () => {
  it('are these and no other, and each has its name in the history', () => {
    expect([...caseStepActs].sort()).toEqual([...acts].sort());
    expect(acts.map(historyStep).sort()).toEqual([...caseStepAct.codes].sort());
  });

  it.each(acts.flatMap((act) => caseStatus.codes.map((from) => [act, from] as const)))('%s from %s', (act, from) => {
    const { from: lawful, to } = page[act];
    expect(caseMachine.can(from, act)).toBe(lawful.includes(from));
    if (lawful.includes(from)) expect(caseMachine.next(from, act)).toBe(to ?? from);
    else if (act === 'recordFinePayment') expect(decideCaseStep(state(from), act, { decisionId: 'd', on: '2026-11-20', amountFen: 1 }, now, calendar).status).toBe(from); // paid wherever the case is
    else expect(() => decideCaseStep(state(from), act, {}, now, calendar)).toThrow(IllegalTransition);
  });

  it.each(acts)('%s rests on its article, marked where its text was not read', (act) => {
    const { instrument, article, mark } = caseMachine.rules[act].basis;
    expect([instrument, article, mark]).toEqual(page[act].basis);
  });

  it('rest on the article of their ground where there is one', () => {
    expect(suspensionGround.codes.map((g) => [suspensionBasis[g].article, suspensionBasis[g].mark])).toEqual(
      [['46(1)(1)', 'V'], ['46(1)(2)', 'NV'], ['46(1)(3)', 'NV'], ['46(1)(4)', 'NV'], ['46(1)(5)', 'NV']]);
    expect(noPenaltyDecisionKind.codes.map((k) => [noPenaltyBasis[k].article, noPenaltyBasis[k].mark])).toEqual(
      [['57(1)(2)', 'V'], ['57(1)(3)', 'V'], ['60', 'NV'], ['57(1)(4)', 'V']]);
    expect(excludedTimeKind.codes.filter(hasOwnActs)).toEqual(['SUSPENSION', 'HEARING']);
  });
});

it.each([
  ['caseReview', [PROC, '49-55', 'V'], 10], ['noticeAnswer', [PROC, '57', 'V'], 5], ['hearingNotice', [APL, '64(2)', 'V'], 7], ['demandAnswer', [PROC, '76', 'V'], 10],
  ['caseClosing', [PROC, '77', 'V'], 15],
] as const)('%s is the row of its article', (name, [instrument, article, mark], amount) => {
  expect(caseStepClocks[name].rows).toEqual([expect.objectContaining({
    citation: { instrument, article, mark }, amount, unit: 'WORKING_DAY', startExclusive: true, rollOver: true, mark: 'V', suspendOn: [],
  })]);
});

it.each([
  ['reconsiderationApplication', [ARL, '20', 'V'], 60, 'CALENDAR_DAY'], ['reconsiderationDecision', [ARL, '62', 'V'], 60, 'CALENDAR_DAY'],
  ['litigationPeriod', ['中华人民共和国行政诉讼法', '46', 'NV'], 6, 'MONTH'], ['courtApplication', ['中华人民共和国行政强制法', '53', 'V'], 3, 'MONTH'],
] as const)('%s is the row of its article', (name, [instrument, article, mark], amount, unit) => {
  expect(caseStepClocks[name].rows).toEqual([expect.objectContaining({ citation: { instrument, article, mark }, amount, unit, startExclusive: true, rollOver: true, mark })]);
});

describe('the review', () => {
  it('takes ten working days, as many more as were approved, and does not run while the case waits for criminal proceedings', () => {
    expect(stepDeadline(state('UNDER_REVIEW', { review: review(false) }), now, calendar)).toMatchObject({ lastDay: '2026-12-07', rule: { name: 'caseReview' } });
    expect(stepDeadline(state('UNDER_REVIEW', { review: review(false, 5) }), now, calendar)).toMatchObject({ lastDay: '2026-12-14', rule: { name: 'caseReviewExtension', amount: 5 } });
    const waited = { criminalWaits: [{ from: later(1), to: later(8) }] };
    expect(stepDeadline(state('UNDER_REVIEW', { review: review(false) }, waited), later(9), calendar)?.lastDay).toBe('2026-12-14');
    for (const [status, passed] of [['UNDER_REVIEW', true], ['PENDING_CRIMINAL', false]] as const) {
      expect(stepDeadline(state(status, { review: review(passed) }), now, calendar)).toBeNull();
    }
  });

  it('says whether it came in time', () => {
    const under = state('UNDER_REVIEW', { review: review(false) });
    expect(decideCaseStep(under, 'passCaseReview', {}, later(14), calendar)).toMatchObject({ met: true, standing: { review: { passed: true } }, deadline: null });
    expect(decideCaseStep(under, 'passCaseReview', {}, later(15), calendar).met).toBe(false);
    expect(decideCaseStep(under, 'returnCaseFromReview', {}, later(15), calendar)).toMatchObject({ met: false, status: 'INVESTIGATING', standing: { review: null } });
  });

  it('is extended once, not when it is over, and nothing is reviewed twice', () => {
    const refused = (standing: Partial<CaseStanding>, act: CaseStepActName, at = now) => () => decideCaseStep(state('UNDER_REVIEW', standing), act, { days: 5 }, at, calendar);
    expect(refused({ review: review(false, 5) }, 'extendCaseReview')).toThrow(expect.objectContaining({ code: 'PERIOD_ALREADY_EXTENDED' }));
    expect(refused({ review: review(false) }, 'extendCaseReview', later(15))).toThrow(expect.objectContaining({ code: 'PERIOD_OVER' }));
    for (const act of ['extendCaseReview', 'passCaseReview', 'returnCaseFromReview'] as const) expect(refused({ review: review(true) }, act)).toThrow(expect.objectContaining({ code: 'STEP_OUT_OF_ORDER' }));
    expect(refused({ review: review(false) }, 'serveCaseNotice')).toThrow(expect.objectContaining({ code: 'STEP_OUT_OF_ORDER' }));
  });
});

describe('notice and hearing', () => {
  it('the party has five working days from service', () => {
    const after = decideCaseStep(state('UNDER_REVIEW', { review: review(true) }), 'serveCaseNotice', { on: '2026-11-20', intendedKinds: ['WARNING'] }, now, calendar);
    expect(after).toMatchObject({ status: 'NOTICE_SERVED', findings: [], deadline: { lastDay: '2026-11-27', rule: { name: 'noticeAnswer' } } });
  });

  it('must offer a hearing for what article 63 names; the large amounts, which were not read, only warn', () => {
    const said = (kinds: Parameters<typeof hearingFindings>[0]['kinds'], fineFen: number | null, confiscationFen: number | null = null, party: 'ENTITY' | 'PERSON' = 'ENTITY') =>
      hearingFindings({ kinds, fineFen, confiscationFen }, party).map((f) => [f.code, f.blocks, f.basis.article, f.basis.mark]);
    for (const kind of ['QUALIFICATION_DOWNGRADE', 'LICENCE_REVOCATION', 'PRODUCTION_SUSPENSION', 'CLOSURE', 'INDUSTRY_BAN'] as const) expect(said([kind], null)).toEqual([['HEARING_TO_BE_OFFERED', true, '63', 'V']]);
    expect(said(['WARNING', 'LICENCE_SUSPENSION'], null)).toEqual([]);
    const warns = [['HEARING_TO_BE_OFFERED', false, '5', 'NV']];
    expect(largeAmounts.map((row) => [row.party, row.fromFen])).toEqual([['PERSON', 1_000_000], ['ENTITY', 10_000_000]]);
    expect([said(['FINE'], 9_999_999), said(['FINE'], 10_000_000), said(['FINE'], 1, 10_000_000)]).toEqual([[], warns, warns]);
    expect([said(['FINE'], 999_999, null, 'PERSON'), said(['FINE'], 1_000_000, null, 'PERSON')]).toEqual([[], warns]);
    const reviewed = state('UNDER_REVIEW', { review: review(true) });
    expect(() => decideCaseStep(reviewed, 'serveCaseNotice', { on: '2026-11-23', intendedKinds: ['CLOSURE'] }, now, calendar)).toThrow(expect.objectContaining({ code: 'UNLAWFUL_STEP' }));
    expect(decideCaseStep(reviewed, 'serveCaseNotice', { on: '2026-11-23', intendedKinds: ['CLOSURE'], hearingOffered: true }, now, calendar).findings).toEqual([]);
  });

  it('a hearing is asked for in time, or not at all once the party has waived', () => {
    const ask = (on: string, n = notice()) => () => decideCaseStep(state('NOTICE_SERVED', { review: review(true), notice: n }), 'recordHearingRequest', { on }, later(5), calendar);
    expect(ask('2026-11-30')()).toMatchObject({ status: 'HEARING', standing: { hearing: { requestedOn: '2026-11-30', held: false }, excluded: [{ kind: 'HEARING', to: null }] } });
    expect(ask('2026-12-01')).toThrow(expect.objectContaining({ code: 'UNLAWFUL_STEP', basis: expect.objectContaining({ article: '64(1)' }) }));
    expect(ask('2026-11-24', notice({ answered: true }))).toThrow(expect.objectContaining({ code: 'STEP_OUT_OF_ORDER' }));
  });

  it('is announced seven working days before, held on its day, and its time does not count', () => {
    const asked = state('HEARING', { officers: ['甲'], notice: notice(), hearing: hearing(), excluded: [{ kind: 'HEARING', from: now.toISOString(), to: null }] });
    const announce = (on: string, chair = '丙') => decideCaseStep(asked, 'notifyHearing', { on, chair }, now, calendar);
    expect(() => announce('2026-12-01')).toThrow(expect.objectContaining({ code: 'UNLAWFUL_STEP', basis: expect.objectContaining({ article: '64(2)' }) }));
    const announced = announce('2026-12-02');
    expect(announced).toMatchObject({ standing: { hearing: { heldFor: '2026-12-02' } }, findings: [] });
    expect(announce('2026-12-02', '甲').findings).toMatchObject([{ code: 'HEARING_BY_CASE_OFFICER', blocks: false, basis: { mark: 'NV' } }]);
    const hold = (at: Date, standing = announced.standing) => () => decideCaseStep({ ...asked, standing }, 'recordHearingHeld', {}, at, calendar);
    for (const refused of [hold(later(8)), hold(later(30), asked.standing)]) expect(refused).toThrow(expect.objectContaining({ code: 'STEP_OUT_OF_ORDER' }));
    const held = hold(later(9))();
    expect(held).toMatchObject({ status: 'HEARING', standing: { hearing: { held: true }, excluded: [{ kind: 'HEARING', to: later(9).toISOString() }] } });
    expect(hold(later(9), held.standing)).toThrow(expect.objectContaining({ code: 'STEP_OUT_OF_ORDER' }));
    const abandoned = decideCaseStep(asked, 'recordHearingAbandoned', {}, later(3), calendar);
    expect(abandoned).toMatchObject({ status: 'NOTICE_SERVED', deadline: null, standing: { hearing: null, notice: { answered: true }, excluded: [{ to: later(3).toISOString() }] } });
  });
});

describe('what overturns a decision', () => {
  const had = (changes: Partial<Execution>): Partial<CaseStanding> => ({ executions: { d: { ...notExecuted, ...changes } } });
  const running = { kind: 'LITIGATION', since: '2026-11-01', until: null, outcome: null } as const;
  const take = (standing: Partial<CaseStanding>, act: CaseStepActName, words: StepWords = {}, status: CaseStatus = 'SERVED') => () =>
    decideCaseStep(state(status, standing), act, { decisionId: 'd', on: '2026-11-20', ...words }, now, calendar).standing.executions['d'];
  const outOfOrder = expect.objectContaining({ code: 'STEP_OUT_OF_ORDER' }) as Error;

  it('has no effect before it is confirmed, and none once it is declined', () => {
    expect(take(had({ remedies: [running] }), 'recordRemedyOutcome', { remedyOutcome: 'VOID' })()).toMatchObject({ pending: 'VOID', overturned: null, remedies: [{ until: '2026-11-20', outcome: 'VOID' }] });
    expect(take(had({ remedies: [running] }), 'recordRemedyOutcome', { remedyOutcome: 'UPHELD' })()).toMatchObject({ pending: null, overturned: null });
    expect(take({}, 'correctDecision', { remedyOutcome: 'CHANGED' })()).toMatchObject({ pending: 'CHANGED', overturned: null });
    const ended = { ...running, until: '2026-11-20', outcome: 'VOID' } as const;
    expect(take(had({ remedies: [ended], pending: 'VOID' }), 'confirmOverturning', { confirmed: true })()).toMatchObject({ pending: null, overturned: 'VOID', remedies: [ended] });
    expect(take(had({ remedies: [ended], pending: 'VOID' }), 'confirmOverturning', { confirmed: false, remedyKind: 'LITIGATION' })()).toMatchObject({ pending: null, overturned: null, remedies: [running] });
    const upheld = { ...running, until: '2026-11-10', outcome: 'UPHELD' } as const;
    expect(take(had({ remedies: [upheld], pending: 'CHANGED' }), 'confirmOverturning', { confirmed: false })()).toMatchObject({ pending: null, overturned: null, remedies: [upheld] });
  });

  it('is confirmed only where something waits, and nothing else goes on meanwhile', () => {
    expect(take({}, 'confirmOverturning', { confirmed: true })).toThrow(outOfOrder);
    for (const act of ['recordRemedy', 'correctDecision', 'demandPerformance'] as const) expect(take(had({ pending: 'VOID' }), act)).toThrow(outOfOrder);
    expect(take(had({ pending: 'VOID', demandedOn: '2026-10-01' }), 'applyForCourtEnforcement', {}, 'IN_EXECUTION')).toThrow(outOfOrder);
  });

  it('while it is fought nothing is enforced, and the case is not archived', () => {
    expect(take(had({ remedies: [running] }), 'demandPerformance')).toThrow(outOfOrder);
    expect(take(had({ remedies: [running], demandedOn: '2026-10-01' }), 'applyForCourtEnforcement', {}, 'IN_EXECUTION')).toThrow(expect.objectContaining({ code: 'STEP_OUT_OF_ORDER', basis: expect.objectContaining({ article: '53' }) }));
    for (const changes of [{ remedies: [running] }, { pending: 'VOID' as const }]) expect(take(had(changes), 'archiveCase', {}, 'CLOSED')).toThrow(outOfOrder);
    expect(take(had({}), 'archiveCase', {}, 'CLOSED')).not.toThrow();
  });
});

describe('the period of the decision', () => {
  it('is extended by thirty days, then once more as was decided, and never when it is over', () => {
    const extend = (act: 'extendDecision' | 'extendDecisionFurther', extensions: readonly number[], at = now) => () =>
      decideCaseStep(state('INVESTIGATING', { extensions }), act, { days: 20 }, at, calendar).standing.extensions;
    expect(extend('extendDecision', [])()).toEqual([30]);
    expect(extend('extendDecisionFurther', [30])()).toEqual([30, 20]);
    expect(extend('extendDecision', [30])).toThrow(expect.objectContaining({ code: 'PERIOD_ALREADY_EXTENDED' }));
    expect(extend('extendDecisionFurther', [])).toThrow(expect.objectContaining({ code: 'STEP_OUT_OF_ORDER' }));
    expect(extend('extendDecisionFurther', [30, 20])).toThrow(expect.objectContaining({ code: 'PERIOD_ALREADY_EXTENDED' }));
    expect(extend('extendDecision', [], new Date('2027-01-07T16:00:00Z'))).toThrow(expect.objectContaining({ code: 'PERIOD_OVER' }));
    expect(extend('extendDecision', [], new Date('2027-01-07T15:59:59.999Z'))()).toEqual([30]);
  });

  it('is owed by the ordinary procedure until it is decided', () => {
    const owing = caseStatus.codes.filter((status) => owesDecision({ status, procedure: 'ORDINARY' }));
    expect(owing).toEqual(['FILED', 'INVESTIGATING', 'SUSPENDED', 'INVESTIGATION_CONCLUDED', 'UNDER_REVIEW', 'NOTICE_SERVED', 'HEARING', 'PENDING_CRIMINAL']);
    expect(owesDecision({ status: 'INVESTIGATING', procedure: 'SIMPLIFIED' })).toBe(false);
  });

  it('keeps the time of suspension and of tests out', () => {
    const suspended = decideCaseStep(state('INVESTIGATING'), 'suspendCase', { suspensionGround: 'FORCE_MAJEURE' }, now, calendar);
    expect(suspended.standing.excluded).toEqual([{ kind: 'SUSPENSION', from: now.toISOString(), to: null }]);
    for (const act of ['resumeCase', 'terminateCase'] as const) expect(decideCaseStep(state('SUSPENDED', suspended.standing), act, {}, later(3), calendar).standing.excluded[0]?.to).toBe(later(3).toISOString());
    const tested = decideCaseStep(state('INVESTIGATING'), 'beginExcludedTime', { excludedKind: 'APPRAISAL' }, now, calendar);
    expect(decideCaseStep(state('INVESTIGATING', tested.standing), 'endExcludedTime', { excludedKind: 'APPRAISAL' }, later(2), calendar).standing.excluded).toEqual(
      [{ kind: 'APPRAISAL', from: now.toISOString(), to: later(2).toISOString() }]);
  });
});

describe('what the steps say to a decision', () => {
  const ready: Partial<CaseStanding> = { review: review(true), notice: notice({ answered: true }) };
  const said = (standing: Partial<CaseStanding>, decidedOn = '2026-11-25', more: Partial<PenaltyToDecide> = {}) =>
    penaltyStepFindings({ ...noSteps, ...standing }, { decidedOn, party: 'ENTITY', items: [{ kind: 'FINE', amountFen: 100 }], keptHere: true, ...more }, calendar).map((f) => [f.code, f.blocks]);

  it('nothing, where nothing is missing', () => {
    expect(said(ready)).toEqual([]);
    expect(said({ ...ready, major: true, discussed: true, hearing: hearing({ held: true }), notice: notice() })).toEqual([]);
    expect(said({ ...ready, notice: notice() }, addDays('2026-11-30', 1))).toEqual([]);
  });

  it('that it is unlawful without discussion, before the answer or before the hearing; and without review or notice where the steps are recorded here', () => {
    expect(said({ ...ready, major: true })).toEqual([['COLLECTIVE_DISCUSSION_MISSING', true]]);
    expect(said({ ...ready, notice: notice() }, '2026-11-30')).toEqual([['NOTICE_PERIOD_RUNNING', true]]);
    expect(said({ ...ready, hearing: hearing() })).toEqual([['HEARING_OUTSTANDING', true]]);
    expect(said({})).toEqual([['REVIEW_MISSING', true], ['NOTICE_MISSING', true]]);
    expect(said({}, '2026-11-25', { keptHere: false })).toEqual([['REVIEW_MISSING', false], ['NOTICE_MISSING', false]]);
    expect(caseStepAct.codes.filter((act) => !isKeptHere({ act, standing: noSteps }, 'INVESTIGATION_CONCLUDED'))).toEqual(['BEGIN_INVESTIGATION', 'RECORD_FINE_PAYMENT', 'RECORD_REMEDY', 'RECORD_REMEDY_OUTCOME', 'CORRECT_DECISION', 'CONFIRM_OVERTURNING']);
    const kept = (status: CaseStatus, standing = noSteps): boolean => isKeptHere({ act: 'RESUME_CASE', standing }, status);
    expect([kept('INVESTIGATING'), kept('INVESTIGATING', { ...noSteps, review: review(false) }), kept('UNDER_REVIEW')]).toEqual([false, true, true]);
    expect(stepFindings(noSteps, '2026-11-25', calendar, false).map((f) => f.code)).toEqual(['REVIEW_MISSING']);
  });

  it('of a penalty for which no hearing was offered: unlawful for what article 63 names, a warning for a large amount', () => {
    const told = (items: PenaltyToDecide['items'], changes = {}) => said({ ...ready, notice: notice({ answered: true, hearingOffered: false, ...changes }) }, '2026-11-25', { items });
    expect(told([{ kind: 'WARNING', amountFen: null }, { kind: 'LICENCE_REVOCATION', amountFen: null }])).toEqual([['HEARING_TO_BE_OFFERED', true]]);
    expect(told([{ kind: 'FINE', amountFen: 6_000_000 }, { kind: 'FINE', amountFen: 4_000_000 }])).toEqual([['HEARING_TO_BE_OFFERED', false]]);
    expect(told([{ kind: 'CONFISCATION_OF_GAINS', amountFen: 6_000_000 }, { kind: 'CONFISCATION_OF_GOODS', amountFen: 4_000_000 }])).toEqual([['HEARING_TO_BE_OFFERED', false]]);
    expect(told([{ kind: 'LICENCE_REVOCATION', amountFen: null }], { hearingOffered: true })).toEqual([]);
    expect(decideCaseStep(state('UNDER_REVIEW', { review: review(true) }), 'serveCaseNotice', { on: '2026-11-23', intendedKinds: ['WARNING'] }, now, calendar).standing.notice?.intendedKinds).toEqual(['WARNING']);
  });
});
