import type { ReferralStatus } from '@casebridge/contracts';
import type { Principal } from '@casebridge/kernel';
import { goodsIn } from '../referral/goods.loader';
import { type GoodsPart, partsAfter } from '../referral/goods.rule';
import type { ReferralActName } from '../referral/referral.machine';
import { type Input, investigator, type ReferralWorld, regulator } from './referral-world';

/** Lot 1 keeps, lot 2 perishes. */
export const lots: readonly Input[] = [
  { name: '演示胶囊', features: '铝塑板，批号演示1', unit: '盒', quantity: 200, place: '演示仓库' },
  { name: '演示鲜药材', features: '散装', unit: '千克', quantity: 30, perishable: true, place: '演示冷库' },
];
export const handingOver: Input = { noticeNo: '演示移告〔2026〕1号', receivedBy: '演示民警' };

/** The parts of the goods of a referral, in the order in which they came to be. */
export const partsOf = async (world: ReferralWorld, id: string): Promise<GoodsPart[]> =>
  [...partsAfter((await goodsIn(world.db.manager, [id])).get(id)?.movements ?? []).values()];

/** All that there is of the parts that an agency has in its care. */
export const allOf = async (world: ReferralWorld, id: string, custodian: string): Promise<{ part: string; quantity: number }[]> =>
  (await partsOf(world, id)).filter((p) => p.custodianCode === custodian && p.quantity > 0).map((p) => ({ part: p.id, quantity: p.quantity }));

/** A referral that has come so far and has goods: with the regulator, or, once they can be handed over, with the police where that is asked. */
export async function referralWithGoods(world: ReferralWorld, status: ReferralStatus, withPolice = false): Promise<string> {
  const { id } = await world.referralIn(status === 'CASE_WITHDRAWN' ? 'FILED' : status);
  await world.do('recordGoods', regulator, id, { lots });
  if (withPolice) await world.do('handOverGoods', regulator, id, { ...handingOver, goods: await allOf(world, id, regulator.agency.code) });
  if (status === 'CASE_WITHDRAWN') await world.do('withdrawCriminalCase', investigator, id, { reasons: '没有犯罪事实', decidedOn: world.today() });
  return id;
}

interface GoodsRefusal {
  readonly act: ReferralActName;
  readonly who: Principal;
  readonly status: ReferralStatus;
  /** A state of the referral in which the act is not lawful. */
  readonly wrong?: ReferralStatus;
  readonly input: Input;
}

/** Each act on goods with what it is sent with, but for the goods. */
export const goodsRefusals: readonly GoodsRefusal[] = [
  { act: 'recordGoods', who: regulator, status: 'FILED', wrong: 'CLOSED', input: { lots } },
  { act: 'keepGoods', who: regulator, status: 'FILED', input: { place: '演示二号仓库' } },
  { act: 'keepGoodsInPlace', who: regulator, status: 'FILED', input: { reasons: '大型设备' } },
  { act: 'preserveGoods', who: regulator, status: 'FILED', input: { reasons: '已抽样', lot: 2 } },
  { act: 'handOverGoods', who: regulator, status: 'FILED', wrong: 'UNDER_FILING_REVIEW', input: handingOver },
  { act: 'giveBackGoods', who: investigator, status: 'CASE_WITHDRAWN', wrong: 'FILED', input: { reasons: '案件撤销', withPolice: true } },
  { act: 'returnGoods', who: regulator, status: 'CASE_WITHDRAWN', wrong: 'FILED', input: { reasons: '应当返还' } },
  { act: 'disposeOfGoods', who: regulator, status: 'CASE_WITHDRAWN', input: { reasons: '销毁', costOwner: 'FILING_AGENCY' } },
];

/** Arguments of an act on five of a lot of a referral in a state. */
export async function goodsArgs(world: ReferralWorld, { lot, withPolice, ...input }: Input, status: ReferralStatus, changes: Input = {}, lotNo = Number(lot ?? 1)): Promise<{ id: string; input: Input }> {
  const id = status === 'CLOSED' ? (await world.referralIn('CLOSED')).id : await referralWithGoods(world, status, withPolice === true);
  const part = (await partsOf(world, id))[lotNo - 1];
  const goods = 'lots' in input ? {} : { goods: [{ part: part?.id ?? id, quantity: 5 }] };
  return { id, input: { ...goods, ...input, ...changes } };
}
