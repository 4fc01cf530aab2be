import { penaltyOverturned } from '@casebridge/contracts';
import { officer } from '@casebridge/testkit';
import { caseIn, decisionOf, doStep, outcomeInput, step, stepRows, theFine, tryStep } from '../testing/case-steps';
import { filing, head, type Input, ReferralWorld, regulator } from '../testing/referral-world';
import { PenaltyDecisionEntity, PenaltyItemEntity } from '../penalty-decision/penalty-decision.entity';
import { codesOf, dataOf, decisionRow, itemRow } from '../testing/world';

type Json = ReturnType<typeof JSON.parse>;
const day = 86_400_000;

let world: ReferralWorld;
beforeEach(async () => {
  world = await ReferralWorld.start();
});
afterEach(() => world.stop());

const READ = `query($id: ID!) { case(id: $id) { status steps { act met basis { article mark } documentNo } penaltyDecision { id execution {
  fineFen owedFen paidFen surchargeFen paymentDeadline { rule lastDay basis { article } } overdue demandedOn courtAppliedOn remedies { kind since until outcome } pending overturned } } } }`;
const read = async (id: string, who = regulator): Promise<Json> => dataOf(await world.send<Json>(who, READ, { id })).case;
const executionOf = async (id: string): Promise<Json> => (await read(id)).penaltyDecision.execution;

/** Served on 3 November; the fifteen days ended on the eighteenth. */
it('is paid late with its surcharge, closed in time, and archived', async () => {
  const caseId = await caseIn(world, 'SERVED');
  expect(await executionOf(caseId)).toEqual({
    fineFen: theFine, owedFen: theFine, paidFen: 0, surchargeFen: 4 * 150_000, paymentDeadline: { rule: 'finePayment', lastDay: '2026-11-18', basis: { article: '67' } }, overdue: true, demandedOn: null,
    courtAppliedOn: null, remedies: [], pending: null, overturned: null,
  });
  expect((await step(world, 'recordFinePayment', caseId, { amountFen: 2_000_000 })).case.status).toBe('IN_EXECUTION');
  expect(codesOf(await tryStep(world, 'closeCase', head, caseId, { ground: 'PERFORMED', groundOn: world.today(), reasons: '演示' }))).toEqual(['STEP_OUT_OF_ORDER']);
  await step(world, 'recordFinePayment', caseId, { amountFen: 3_600_000 });
  expect(await executionOf(caseId)).toMatchObject({ paidFen: 5_600_000, overdue: false });
  await step(world, 'closeCase', caseId);
  await step(world, 'archiveCase', caseId);
  const shown = await read(caseId);
  expect(shown.status).toBe('ARCHIVED');
  expect(shown.steps.map((s: Json) => [s.act, s.met])).toEqual([['RECORD_FINE_PAYMENT', null], ['RECORD_FINE_PAYMENT', null], ['CLOSE_CASE', true], ['ARCHIVE_CASE', null]]);
  expect((await stepRows(world, caseId)).at(-1)?.words).toEqual({ mainVolume: ['演示立案审批表', '演示行政处罚决定书'], subVolume: ['演示集体讨论记录'] });
});

it('is closed late by the clock, on the ground of its state', async () => {
  const terminated = await caseIn(world, 'TERMINATED');
  await step(world, 'closeCase', terminated, { ground: 'INVESTIGATION_TERMINATED', groundOn: '2026-10-12' });
  expect((await read(terminated)).steps.at(-1)).toMatchObject({ act: 'CLOSE_CASE', met: false });
  await step(world, 'closeCase', await caseIn(world, 'DECIDED'), { ground: 'DECIDED_WITHOUT_PENALTY' });
  const executing = await caseIn(world, 'IN_EXECUTION');
  world.pass(13 * day);
  for (const ground of ['INVESTIGATION_TERMINATED', 'DECIDED_WITHOUT_PENALTY', 'OVERTURNED', 'ENFORCEMENT_ENDED']) {
    expect([ground, codesOf(await tryStep(world, 'closeCase', head, executing, { ground, groundOn: world.today(), reasons: '演示' }))]).toEqual([ground, ['BAD_USER_INPUT']]);
  }
  await step(world, 'applyForCourtEnforcement', executing);
  expect((await step(world, 'closeCase', executing, { ground: 'ENFORCEMENT_ENDED' })).case.status).toBe('CLOSED');
});

it('is demanded, and after ten working days enforced by the court', async () => {
  const caseId = await caseIn(world, 'SERVED');
  await step(world, 'demandPerformance', caseId);
  expect(codesOf(await tryStep(world, 'applyForCourtEnforcement', head, caseId, { decisionId: await decisionOf(world, caseId), reasons: '演示' }))).toEqual(['UNLAWFUL_STEP']);
  world.pass(13 * day); // 5 December: the tenth working day was the fourth
  expect((await step(world, 'applyForCourtEnforcement', caseId)).warnings).toEqual([]);
  expect(await executionOf(caseId)).toMatchObject({ demandedOn: '2026-11-22', courtAppliedOn: '2026-12-05' });
  const late = await caseIn(world, 'IN_EXECUTION');
  world.pass(300 * day);
  expect((await step(world, 'applyForCourtEnforcement', late)).warnings.map((w) => [w.code, w.basis.article, w.basis.mark])).toEqual([['COURT_APPLICATION_LATE', '53', 'NV']]);
  const fresh = await caseIn(world, 'SERVED');
  await world.db.query('update penalty_decision set served_on = $2 where case_id = $1', [fresh, world.today()]);
  const { errors } = await tryStep(world, 'demandPerformance', regulator, fresh, { decisionId: await decisionOf(world, fresh), reasons: '演示' });
  expect(errors?.map((e) => [e.extensions['code'], (e.extensions['basis'] as Json).article])).toEqual([['UNLAWFUL_STEP', '67']]);
});

it.each(['CHANGED', 'REVOKED', 'CONFIRMED_ILLEGAL', 'VOID'] as const)('%s by a remedy is told once, and ends what is owed', async (outcome) => {
  const caseId = await caseIn(world, 'CLOSED');
  const decisionId = await decisionOf(world, caseId);
  await step(world, 'recordRemedy', caseId, { kind: 'LITIGATION', caseNo: '演示行初〔2026〕1号' });
  expect((await read(caseId)).steps.at(-1)).toMatchObject({ act: 'RECORD_REMEDY', basis: { article: '46', mark: 'NV' }, documentNo: '演示行初〔2026〕1号' });
  await step(world, 'recordRemedyOutcome', caseId, { outcome, documentNo: '演示行终〔2026〕1号' });
  expect(await executionOf(caseId)).toMatchObject({ pending: outcome, overturned: null });
  expect(await world.db.query('select 1 from outbox_event where type = $1', [penaltyOverturned.type])).toEqual([]);
  await step(world, 'confirmOverturning', caseId);
  expect(await executionOf(caseId)).toMatchObject({ overturned: outcome, surchargeFen: 0, overdue: false, remedies: [{ kind: 'LITIGATION', since: '2026-11-22', until: '2026-11-22', outcome }] });
  const told: Json[] = await world.db.query('select subject, data from outbox_event where type = $1', [penaltyOverturned.type]);
  expect(told).toEqual([{ subject: `case:${caseId}`, data: {
    decisionId, caseId, documentNo: expect.stringContaining('演示市监处罚') as string, authorityCode: filing, regionCode: '210100', outcome, by: 'LITIGATION', outcomeDocumentNo: '演示行终〔2026〕1号',
    decidedOn: '2026-11-22',
  } }]);
  expect(codesOf(await tryStep(world, 'correctDecision', regulator, caseId, await outcomeInput(world, caseId)))).toEqual(['STEP_OUT_OF_ORDER']);
});

it('a remedy that fails leaves the decision as it is, and stops the surcharge while it runs', async () => {
  const caseId = await caseIn(world, 'SERVED');
  await step(world, 'recordRemedy', caseId);
  world.pass(70 * day);
  expect((await executionOf(caseId)).surchargeFen).toBe(3 * 150_000);
  await step(world, 'recordRemedyOutcome', caseId);
  expect((await read(caseId)).steps.map((s: Json) => [s.act, s.met, s.basis.article])).toEqual([['RECORD_REMEDY', null, '20'], ['RECORD_REMEDY_OUTCOME', false, '62']]);
  expect(await world.db.query('select 1 from outbox_event where type = $1', [penaltyOverturned.type])).toEqual([]);
  expect(await executionOf(caseId)).toMatchObject({ overturned: null, overdue: true });
});

it('corrected by its authority, the case is closed or reopened and decided again', async () => {
  const closed = await caseIn(world, 'SERVED');
  await step(world, 'correctDecision', closed);
  expect(codesOf(await tryStep(world, 'closeCase', head, closed, { ground: 'OVERTURNED', groundOn: world.today(), reasons: '演示' }))).toEqual(['BAD_USER_INPUT']);
  await step(world, 'confirmOverturning', closed);
  await step(world, 'closeCase', closed, { ground: 'OVERTURNED' });
  const caseId = await caseIn(world, 'IN_EXECUTION');
  expect(codesOf(await tryStep(world, 'reopenCase', head, caseId, { reasons: '演示' }))).toEqual(['STEP_OUT_OF_ORDER']);
  await step(world, 'correctDecision', caseId, { outcome: 'CHANGED' });
  await step(world, 'confirmOverturning', caseId);
  expect((await step(world, 'reopenCase', caseId)).case.status).toBe('INVESTIGATING');
  expect(await world.db.query(`select data->>'by' as by from outbox_event where type = $1`, [penaltyOverturned.type])).toEqual([{ by: 'SELF_CORRECTION' }, { by: 'SELF_CORRECTION' }]);
});

it('is closed only when each of its decisions is performed, enforced or overturned; gains are owed as fines are, without a surcharge', async () => {
  const caseId = await caseIn(world, 'SERVED');
  const first = await decisionOf(world, caseId);
  const c = await world.case(caseId);
  const second = decisionRow(c, world.clock.now(), { documentNo: '演示市监处罚〔2026〕9002号', decidedOn: '2026-11-20', servedOn: world.today() });
  await world.db.getRepository(PenaltyDecisionEntity).insert({ ...second });
  await world.db.getRepository(PenaltyItemEntity).insert({ ...itemRow(second.id), kind: 'CONFISCATION_OF_GAINS', amountFen: 700 });
  await step(world, 'correctDecision', caseId, { decisionId: first });
  await step(world, 'confirmOverturning', caseId, { decisionId: first });
  const close = (ground: string) => tryStep(world, 'closeCase', head, caseId, { ground, groundOn: world.today(), reasons: '演示' });
  expect([codesOf(await close('OVERTURNED')), codesOf(await close('PERFORMED'))]).toEqual([['STEP_OUT_OF_ORDER'], ['STEP_OUT_OF_ORDER']]);
  const pay = (amountFen: number) => tryStep(world, 'recordFinePayment', regulator, caseId, { decisionId: second.id, paidOn: world.today(), amountFen });
  expect(codesOf(await pay(701))).toEqual(['BAD_USER_INPUT']);
  expect(codesOf(await pay(700))).toEqual([]);
  world.pass(60_000);
  const demanded = await tryStep(world, 'demandPerformance', regulator, caseId, { decisionId: second.id, reasons: '演示' });
  expect(demanded.errors?.map((e) => [e.extensions['code'], (e.extensions['basis'] as Json).article])).toEqual([['STEP_OUT_OF_ORDER', '53']]);
  expect(codesOf(await close('OVERTURNED'))).toEqual([]);
});

it('whoever recorded it, even a head, does not confirm it; another declines it, and the remedy runs on', async () => {
  const caseId = await caseIn(world, 'IN_EXECUTION');
  await doStep(world, 'correctDecision', head, caseId, await outcomeInput(world, caseId));
  const confirm = async (who: typeof head, confirmed: boolean) => tryStep(world, 'confirmOverturning', who, caseId, { decisionId: await decisionOf(world, caseId), confirmed, reasons: '演示' });
  expect(codesOf(await confirm(head, true))).toEqual(['CONFIRMED_BY_WHO_RECORDED']);
  const another = officer(filing, 6, { roles: ['head'] });
  expect(codesOf(await confirm(another, false))).toEqual([]);
  world.pass(60_000);
  expect(await executionOf(caseId)).toMatchObject({ pending: null, overturned: null });
  await step(world, 'recordRemedy', caseId);
  await step(world, 'recordRemedyOutcome', caseId, { outcome: 'REVOKED' });
  expect(codesOf(await confirm(another, false))).toEqual([]);
  world.pass(60_000);
  expect(await executionOf(caseId)).toMatchObject({ pending: null, overturned: null, remedies: [{ until: null, outcome: null }] });
  expect(await world.db.query('select 1 from outbox_event where type = $1', [penaltyOverturned.type])).toEqual([]);
});

it.each(['ARCHIVED', 'PENDING_CRIMINAL', 'INVESTIGATING', 'DECIDED', 'TERMINATED'] as const)('a decision that was served is paid, fought and overturned in a case that is %s', async (status) => {
  const caseId = status === 'ARCHIVED' ? await caseIn(world, 'ARCHIVED') : await caseIn(world, 'SERVED');
  await world.change(caseId, { status, ...(status === 'PENDING_CRIMINAL' ? { statusBeforeCriminal: 'SERVED' as const } : {}) });
  world.pass(60_000);
  await step(world, 'recordFinePayment', caseId, { amountFen: 1 });
  await step(world, 'recordRemedy', caseId);
  await step(world, 'recordRemedyOutcome', caseId, { outcome: 'REVOKED' });
  await step(world, 'confirmOverturning', caseId);
  expect(await read(caseId)).toMatchObject({ status, penaltyDecision: { execution: { overturned: 'REVOKED' } } });
});

it('refuses what cannot stand', async () => {
  const caseId = await caseIn(world, 'SERVED');
  const elsewhere = await decisionOf(world, await caseIn(world, 'SERVED'));
  const decisionId = await decisionOf(world, caseId);
  const faulty: readonly (readonly [act: Parameters<typeof tryStep>[1], field: string, input: Input])[] = [
    ['recordFinePayment', 'input.decisionId', { decisionId: elsewhere, paidOn: '2026-11-20', amountFen: 1 }], ['recordFinePayment', 'input.decisionId', { decisionId: 'x', paidOn: '2026-11-20', amountFen: 1 }],
    ['recordFinePayment', 'input.paidOn', { decisionId, paidOn: '2026-11-02', amountFen: 1 }], ['recordFinePayment', 'input.paidOn', { decisionId, paidOn: '2026-11-23', amountFen: 1 }],
    ['recordFinePayment', 'input.amountFen', { decisionId, paidOn: '2026-11-20', amountFen: 2 * theFine + 1 }],
    ['recordRemedy', 'input.appliedOn', { decisionId, kind: 'LITIGATION', appliedOn: '2026-11-23', caseNo: 'x' }],
    ['closeCase', 'input.groundOn', { ground: 'PERFORMED', groundOn: '2026-11-23', reasons: '演示' }],
  ];
  for (const [act, field, input] of faulty) {
    const { errors } = await tryStep(world, act, act === 'closeCase' ? head : regulator, caseId, input);
    expect([act, input, errors?.map((e) => [e.extensions['code'], e.extensions['field']])]).toEqual([act, input, [['BAD_USER_INPUT', field]]]);
  }
  expect(await stepRows(world, caseId)).toEqual([]);
});

it('what became of a decision is in the file: neither the superior nor the drug regulator of the place reads it', async () => {
  const caseId = await caseIn(world, 'SERVED');
  expect((await read(caseId)).penaltyDecision.execution).not.toBeNull();
  for (const who of [officer('DRA-210000', 2)]) expect((await read(caseId, who)).penaltyDecision).toEqual({ id: await decisionOf(world, caseId), execution: null });
});
