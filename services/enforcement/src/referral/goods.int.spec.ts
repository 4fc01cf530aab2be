import { FixedClock, type Principal } from '@casebridge/kernel';
import { type Answer, officer } from '@casebridge/testkit';
import { allOf, handingOver, lots, partsOf, referralWithGoods } from '../testing/goods';
import { clerk, filing, head, investigator, otherPolice, otherProcuratorate, police, procuratorate, prosecutor, ReferralWorld, regulator } from '../testing/referral-world';
import { dataOf, testNow } from '../testing/world';

const DAY = 86_400_000;
const clock = new FixedClock(testNow);
let world: ReferralWorld;
beforeAll(async () => {
  world = await ReferralWorld.start(clock);
});
afterAll(() => world.stop());
beforeEach(() => clock.set(testNow));

interface SeenLot {
  lotNo: number; quantity: number; perishable: boolean;
  parts: { id: string; quantity: number; state: string; place: string | null; costOwner: string | null; custodian: { code: string } | null }[];
  movements: { position: number; act: string; quantity: number; state: string; custodian: { code: string } | null }[];
}
interface Seen { holder: { code: string }; dueAt: string | null; goods: SeenLot[] | null; timeline: { act: string; met: boolean | null; documentNo: string | null; note: string | null }[] }
const seen = async (who: Principal, id: string): Promise<Seen | null> => dataOf(await world.send<{ referral: Seen | null }>(who, `
  query($id: ID!) { referral(id: $id) { holder { code } dueAt timeline { act met documentNo note } goods {
    lotNo name features unit quantity perishable parts { id quantity state place costOwner custodian { code } } movements { position act partId quantity state place custodian { code } } } } }`, { id })).referral;
const goods = async (id: string, who: Principal = regulator): Promise<SeenLot[]> => (await seen(who, id))?.goods ?? [];
const standing = async (id: string, who?: Principal): Promise<unknown[]> =>
  (await goods(id, who)).flatMap((lot) => lot.parts.filter((p) => p.quantity > 0).map((p) => [lot.lotNo, p.quantity, p.state, p.custodian?.code ?? null]));
const codeOf = (answer: Answer<unknown>): unknown => answer.errors?.[0]?.extensions['code'] ?? null;
const fieldOf = (answer: Answer<unknown>): unknown => answer.errors?.[0]?.extensions['field'] ?? codeOf(answer);

it('are recorded, kept, sealed where they are, and handed over in part within three days, with a notice to the party', async () => {
  const { id } = await world.referralIn('FILED');
  const before = await seen(regulator, id);
  await world.do('recordGoods', regulator, id, { lots });
  const [first, second] = await partsOf(world, id);
  await world.do('keepGoods', regulator, id, { goods: [{ part: first!.id, quantity: 150 }], place: '演示二号仓库' });
  await world.do('keepGoodsInPlace', regulator, id, { goods: [{ part: first!.id, quantity: 50 }], reasons: '大型设备，不宜移动' });
  const [, , moved] = await partsOf(world, id);
  clock.advance(2 * DAY);
  await world.do('handOverGoods', regulator, id, { ...handingOver, goods: [{ part: moved!.id, quantity: 100 }, { part: second!.id, quantity: 30 }], place: '演示公安物证室' });
  expect(await standing(id)).toEqual([[1, 50, 'IN_PLACE', filing], [1, 50, 'KEPT', filing], [1, 100, 'KEPT', police], [2, 30, 'KEPT', police]]);
  const [capsules] = await goods(id);
  expect(capsules!.movements.map((m) => [m.act, m.quantity, m.state, m.custodian?.code])).toEqual([
    ['RECORD_GOODS', 200, 'KEPT', filing], ['KEEP_GOODS', 150, 'KEPT', filing], ['KEEP_GOODS_IN_PLACE', 50, 'IN_PLACE', filing], ['HAND_OVER_GOODS', 100, 'KEPT', police],
  ]);
  expect(capsules!.parts.find((p) => p.custodian?.code === police)).toMatchObject({ place: '演示公安物证室' });
  const after = await seen(investigator, id);
  expect(after?.timeline.at(-1)).toMatchObject({ act: 'HAND_OVER_GOODS', met: true, documentNo: handingOver['noticeNo'] });
  expect(after?.timeline.find((e) => e.act === 'RECORD_GOODS')?.note).toBe('1. 演示胶囊 200 盒\n2. 演示鲜药材 30 千克');
  // The main track is where it was: its holder, its clock.
  expect([after?.holder, after?.dueAt]).toEqual([before?.holder, before?.dueAt]);
  expect((await world.acted(id)).slice(-4).map((e) => [e.act, e.statusAfter, e.readers])).toEqual(
    ['RECORD_GOODS', 'KEEP_GOODS', 'KEEP_GOODS_IN_PLACE', 'HAND_OVER_GOODS'].map((name) => [name, 'FILED', [procuratorate, police].sort()]));
});

it.each([[3, true], [4, false]])('handed over %i days after the filing are in time: %s; late is late, and is taken all the same', async (days, met) => {
  const { id } = await world.referralIn('UNDER_FILING_REVIEW');
  clock.set('2026-11-23T10:00:00+08:00');
  await world.do('fileCriminalCase', investigator, id, world.filingInput());
  await world.do('recordGoods', regulator, id, { lots });
  clock.set(`2026-11-${23 + days}T10:00:00+08:00`);
  await world.do('sendForProsecution', investigator, id, { opinionNo: '1号' });
  await world.do('handOverGoods', regulator, id, { ...handingOver, goods: await allOf(world, id, filing) });
  expect((await seen(regulator, id))?.timeline.at(-1)).toMatchObject({ act: 'HAND_OVER_GOODS', met });
});

it('that perish are preserved, then disposed of, with whoever bears the cost; the others wait for the end of the proceedings', async () => {
  const id = await referralWithGoods(world, 'FILED');
  const [keeps, perishes] = await partsOf(world, id);
  const dispose = (who: Principal, part: string, quantity = 10) => world.try('disposeOfGoods', who, id, { goods: [{ part, quantity }], reasons: '销毁', costOwner: 'TREASURY' });
  expect(codeOf(await dispose(regulator, perishes!.id))).toBe('GOODS_NOT_PRESERVED');
  expect(codeOf(await dispose(regulator, keeps!.id))).toBe('GOODS_STILL_EVIDENCE');
  expect(fieldOf(await world.try('preserveGoods', regulator, id, { goods: [{ part: keeps!.id, quantity: 1 }], reasons: '已抽样' }))).toBe('input.goods.0.part');
  await world.do('preserveGoods', regulator, id, { goods: [{ part: perishes!.id, quantity: 30 }], reasons: '已抽样、拍照' });
  expect(codeOf(await dispose(regulator, perishes!.id))).toBeNull();
  world.pass(60_000);
  await world.do('handOverGoods', regulator, id, { ...handingOver, goods: await allOf(world, id, filing) });
  expect(codeOf(await dispose(regulator, perishes!.id))).toBe('FORBIDDEN'); // the police have them now
  expect(codeOf(await dispose(investigator, perishes!.id))).toBeNull();
  expect(await standing(id)).toEqual([[1, 200, 'KEPT', police], [2, 10, 'PRESERVED', police], [2, 10, 'DISPOSED', null], [2, 10, 'DISPOSED', null]]);
  expect((await goods(id))[1]!.parts.filter((p) => p.state === 'DISPOSED').map((p) => [p.costOwner, p.place])).toEqual([['TREASURY', null], ['TREASURY', null]]);
});

it('go back to the agency and to the party once the proceedings are over', async () => {
  const id = await referralWithGoods(world, 'CASE_WITHDRAWN', true);
  expect(codeOf(await world.try('returnGoods', regulator, id, { goods: await allOf(world, id, police), reasons: '应当返还' }))).toBe('FORBIDDEN');
  const [first] = await allOf(world, id, police);
  await world.do('giveBackGoods', investigator, id, { goods: [{ part: first!.part, quantity: 120 }], reasons: '案件撤销', place: '演示仓库' });
  await world.do('returnGoods', regulator, id, { goods: await allOf(world, id, filing), reasons: '应当返还', documentNo: '演示返〔2026〕1号' });
  await world.do('closeReferral', regulator, id);
  await world.do('giveBackGoods', investigator, id, { goods: await allOf(world, id, police), reasons: '案件撤销' });
  await world.do('disposeOfGoods', regulator, id, { goods: [{ part: first!.part, quantity: 80 }], reasons: '销毁', costOwner: 'PARTY' });
  expect(await standing(id)).toEqual([[1, 80, 'DISPOSED', null], [2, 30, 'KEPT', filing], [1, 120, 'RETURNED', null]].sort((a, b) => Number(a[0]) - Number(b[0])));
  expect(codeOf(await world.try('giveBackGoods', investigator, id, { goods: [{ part: first!.part, quantity: 1 }], reasons: '理由' }))).toBe('ILLEGAL_TRANSITION');
});

it('are part of the file: for whoever may read it, as it stood where a part ended', async () => {
  const { id } = await world.referralIn('UNDER_FILING_REVIEW');
  await world.do('recordGoods', regulator, id, { lots: lots.slice(0, 1) });
  await world.do('forwardReferral', investigator, id, { policeAgency: otherPolice, procuratorateAgency: otherProcuratorate, reasons: '管辖' });
  await world.do('keepGoods', regulator, id, { goods: await allOf(world, id, filing), place: '演示三号仓库' });
  await world.do('recordGoods', regulator, id, { lots: lots.slice(1) });
  for (const who of [regulator, head, officer(otherPolice)]) expect(await standing(id, who)).toEqual([[1, 200, 'KEPT', filing], [2, 30, 'KEPT', filing]]);
  for (const who of [investigator, prosecutor]) {
    const [lot, ...more] = await goods(id, who);
    expect([lot?.parts.map((p) => p.place), more]).toEqual([['演示仓库'], []]);
  }
  const above = await seen(officer('DRA-210000'), id); // above the agency: the referral, and not its file
  expect(above?.goods).toBeNull();
  expect(above?.timeline.filter((e) => /GOODS/.test(e.act)).map((e) => [e.note, e.documentNo])).toEqual([[null, null], [null, null], [null, null]]);
  for (const who of [officer('MRA-210200'), officer('HC-210100'), clerk]) expect(await seen(who, id)).toBeNull();
  expect(codeOf(await world.try('recordGoods', officer('MRA-210200'), id, { lots }))).toBe('NOT_FOUND');
});

it('are refused by the field that is wrong, with nothing stored', async () => {
  const id = await referralWithGoods(world, 'FILED');
  const [part] = await partsOf(world, id);
  const other = (await partsOf(world, await referralWithGoods(world, 'FILED')))[0]!;
  const before = await world.everything();
  const some = (quantity: number, of = part!.id) => ({ goods: [{ part: of, quantity }] });
  const lot = (changes: Record<string, unknown>) => ({ lots: [{ ...lots[0], ...changes }] });
  const rows = [
    ['keepGoods', 'input.goods.0.quantity', { ...some(201), place: '演示' }], ['keepGoods', 'input.goods.0.quantity', { ...some(0), place: '演示' }],
    ['keepGoods', 'input.goods.1.quantity', { goods: [...some(150).goods, ...some(51).goods], place: '演示' }], ['keepGoods', 'input.goods.0.part', { ...some(1, other.id), place: '演示' }],
    ['keepGoods', 'input.goods.0.part', { ...some(1, 'no id'), place: '演示' }], ['keepGoods', 'input.place', { ...some(1), place: ' ' }], ['keepGoods', 'input.goods', { goods: [], place: '演示' }],
    ['keepGoodsInPlace', 'input.reasons', { ...some(1), reasons: ' ' }], ['handOverGoods', 'input.noticeNo', { ...some(1), ...handingOver, noticeNo: ' ' }],
    ['handOverGoods', 'input.receivedBy', { ...some(1), ...handingOver, receivedBy: ' ' }], ['recordGoods', 'input.lots', { lots: [] }],
    ...[{ name: ' ' }, { features: '' }, { unit: '\ud800' }, { place: ' ' }, { quantity: 0 }, { quantity: 1_000_000_001 }].map((c) => ['recordGoods', `input.lots.0.${Object.keys(c)[0]}`, lot(c)] as const),
  ] as const;
  for (const [act, field, input] of rows) expect([act, field, fieldOf(await world.try(act, regulator, id, input))]).toEqual([act, field, field]);
  expect(await world.everything()).toEqual(before);
});
