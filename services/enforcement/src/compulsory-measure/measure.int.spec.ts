import { officer, publicReader } from '@casebridge/testkit';
import { measureActRows, measureIn, onMeasure, tryMeasure, usualMeasure } from '../testing/measures';
import { filing, head, type Input, ReferralWorld, regulator } from '../testing/referral-world';
import { codesOf, dataOf } from '../testing/world';
import { measureMachine } from './measure.machine';

let world: ReferralWorld;
beforeAll(async () => {
  world = await ReferralWorld.start();
});
afterAll(() => world.stop());

const READ = 'query R($id: ID!) { case(id: $id) { id compulsoryMeasures { id status kind goods overdue dueAt convertedFrom history { position act status met note basis { article } actor { code } deadline { rule } } } } }';
interface Read { readonly case: { readonly compulsoryMeasures: readonly (Input & { id: string; status: string; history: readonly Input[] })[] | null } | null }
const read = async (who: Parameters<ReferralWorld['send']>[0], id: string): Promise<Read> => dataOf(await world.send<Read>(who, READ, { id }));

it('from the spot to the decision: reported, approved, tested, extended, decided; each act told', async () => {
  const [caseId, measureId] = await measureIn(world, 'REPORTED');
  const on = [caseId, measureId] as const;
  expect((await onMeasure(world, 'approveUrgentMeasure', on)).compulsoryMeasure).toMatchObject({ status: 'IN_FORCE', documentNo: '演示市监强制〔2026〕1号', overdue: false });
  expect((await onMeasure(world, 'sendSeizedGoodsForTest', on)).compulsoryMeasure).toMatchObject({ status: 'UNDER_TEST', deadlines: [{ rule: 'seizurePeriod' }] });
  const reported = await onMeasure(world, 'recordSeizedGoodsReport', on);
  expect(reported.compulsoryMeasure.deadlines.map((d) => [d.rule, d.basis.article, d.basis.mark])).toEqual([['drugDecisionAfterReport', '100(2)', 'V'], ['seizurePeriod', '25', 'V']]);
  await onMeasure(world, 'extendCompulsoryMeasure', on);
  const { compulsoryMeasure, case: c } = await onMeasure(world, 'decideOnMeasuredGoods', on);
  expect(compulsoryMeasure).toMatchObject({ status: 'DECIDED', dueAt: null, deadlines: [] });
  const acts = ['TAKE_URGENT_MEASURE', 'REPORT_URGENT_MEASURE', 'APPROVE_URGENT_MEASURE', 'SEND_SEIZED_GOODS_FOR_TEST', 'RECORD_SEIZED_GOODS_REPORT', 'EXTEND_COMPULSORY_MEASURE', 'DECIDE_ON_MEASURED_GOODS'];
  expect(compulsoryMeasure.history.map((h) => [h.act, h.met])).toEqual(acts.map((act) => [act, act === 'REPORT_URGENT_MEASURE' || act === 'DECIDE_ON_MEASURED_GOODS' ? true : null]));
  expect(c.version).toBe(1 + acts.length);
  const told = (await world.db.query<{ data: Input }[]>('select data from outbox_event where subject = $1 and type = $2 order by seq', [`case:${caseId}`, 'enforcement.compulsory-measure-acted.v1'])).map((e) => e.data);
  expect(told.map((d) => [d['position'], d['act'], d['measureId'], d['ownerCode']])).toEqual(acts.map((act, i) => [i + 1, act, measureId, filing]));
  expect(JSON.stringify(told)).not.toContain('演示');
});

it('a preservation is converted into a seizure of its own, or lapses by the calendar without an act', async () => {
  const [caseId, first] = await measureIn(world, 'IN_FORCE', 'PRESERVATION');
  const { compulsoryMeasure } = await onMeasure(world, 'convertPreservation', [caseId, first]);
  expect(compulsoryMeasure).toMatchObject({ kind: 'SEIZURE', status: 'IN_FORCE', convertedFrom: first });
  const shown = (await read(regulator, caseId)).case!.compulsoryMeasures!;
  expect(shown.map((m) => [m.id, m.status])).toEqual([[first, 'CONVERTED'], [compulsoryMeasure.id, 'IN_FORCE']]);
  expect(shown[0]!.history).toMatchObject([{ position: 1, note: '演示理由', basis: { article: '33, 36' }, actor: { code: filing }, deadline: { rule: 'preservationDisposal' } }, { position: 2, met: true, basis: { article: '35' }, deadline: null }]);

  const [other, lapsed] = await measureIn(world, 'LAPSED');
  expect((await read(regulator, other)).case!.compulsoryMeasures).toMatchObject([{ id: lapsed, status: 'LAPSED', overdue: false }]);
  expect((await measureActRows(world, lapsed)).map((a) => a.status)).toEqual(['IN_FORCE']);
});

it('a seizure whose period is over is late, and stays in force until it is lifted', async () => {
  const on = await measureIn(world, 'IN_FORCE');
  world.pass(10 * 86_400_000);
  expect((await read(regulator, on[0])).case!.compulsoryMeasures).toMatchObject([{ status: 'IN_FORCE', overdue: true }]);
  expect((await onMeasure(world, 'liftCompulsoryMeasure', on)).compulsoryMeasure).toMatchObject({ status: 'LIFTED', overdue: false, history: [{}, { met: false }] });
});

/** Typed from the page of rights: part of the file. */
it('is shown with the file, and with nothing less', async () => {
  const [caseId, measureId] = await measureIn(world, 'IN_FORCE');
  await world.act(async (tx) => void (await tx.em.query('update admin_case set served_on = null where case_id = $1', [caseId])));
  for (const who of [head, regulator]) expect((await read(who, caseId)).case?.compulsoryMeasures?.map((m) => m.id)).toEqual([measureId]);
  for (const who of [officer('PSB-210100', 1), officer('MRA-210200', 1), officer('CRT-210100', 1), publicReader]) {
    const { case: c } = await read(who, caseId);
    expect(c?.compulsoryMeasures ?? null).toBeNull();
  }
  await world.change(caseId, { sealedUntil: '2030-01-01', sealOfficers: [`${filing}-4`] });
  expect((await read(head, caseId)).case).toBeNull();
  expect(codesOf(await tryMeasure(world, 'liftCompulsoryMeasure', head, [caseId, measureId], { reasons: '演示' }))).toEqual(['NOT_FOUND']);
});

it('an ended part keeps the measures as they stood then', async () => {
  const { id, caseId } = await world.referralIn('UNDER_FILING_REVIEW');
  const { measureId } = await onMeasure(world, 'orderCompulsoryMeasure', [caseId, null]);
  const police = officer('PSB-210100', 2);
  expect((await read(police, caseId)).case?.compulsoryMeasures).toMatchObject([{ id: measureId, status: 'IN_FORCE' }]);
  dataOf(await world.send(police, 'mutation($id: ID!) { returnReferral(id: $id, idempotencyKey: "ended", input: { reasons: "演示：不属于公安机关管辖。" }) { referral { id } } }', { id }));
  world.pass(60_000);
  await onMeasure(world, 'liftCompulsoryMeasure', [caseId, measureId]);
  expect((await read(regulator, caseId)).case?.compulsoryMeasures).toMatchObject([{ status: 'LIFTED' }]);
  expect((await read(police, caseId)).case?.compulsoryMeasures).toMatchObject([{ id: measureId, status: 'IN_FORCE', history: [{ position: 1 }] }]);
});

it('a measure of another case is none of this one', async () => {
  const [caseId] = await measureIn(world, 'IN_FORCE');
  const [, other] = await measureIn(world, 'IN_FORCE');
  for (const measureId of [other, 'nonsense']) expect(codesOf(await tryMeasure(world, 'liftCompulsoryMeasure', head, [caseId, measureId], { reasons: '演示' }))).toEqual(['NOT_FOUND']);
});

it('a key that was used gives the first answer again', async () => {
  const { caseId } = await world.givenCase();
  const [, input] = usualMeasure.orderCompulsoryMeasure;
  const send = () => tryMeasure(world, 'orderCompulsoryMeasure', head, [caseId, null], input(world), { idempotencyKey: 'measure-once' });
  const first = await send();
  expect(codesOf(first)).toEqual([]);
  expect(await send()).toEqual(first);
});

it.each(measureMachine.acts)('ten calls of %s at once with ten keys: one success, nine CONFLICT', async (act) => {
  const [from] = measureMachine.rules[act].from;
  const on = from === null ? ([(await world.givenCase()).caseId, null] as const) : await measureIn(world, from!, act === 'convertPreservation' ? 'PRESERVATION' : 'SEIZURE');
  const [who, input] = usualMeasure[act];
  const { version } = await world.case(on[0]);
  const answers = await Promise.all(Array.from({ length: 10 }, () => tryMeasure(world, act, who, on, input(world))));
  expect(answers.filter((a) => !a.errors)).toHaveLength(1);
  expect(answers.flatMap(codesOf)).toEqual(Array.from({ length: 9 }, () => 'CONFLICT'));
  expect((await world.case(on[0])).version).toBe(version + 1);
});
