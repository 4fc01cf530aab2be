import { stateCouncilCalendar } from '@casebridge/kernel';
import type { ActWords, Effect } from './act-words';
import { type GoodsAct, goodsHandedOver, goodsLine, type GoodsLot, type GoodsMovement, type GoodsPart, type Move, moveGoods, newGoods, partsAfter, type ReferralEntity, type Situation } from './enforcement';
import { label } from './names';

/** What a referral has of goods so far. */
export interface FoundGoods {
  readonly lots: readonly GoodsLot[];
  readonly movements: readonly GoodsMovement[];
  readonly makeId: () => string;
  /** When the police filed. */
  readonly filedAt: Date | null;
}

/** What an act on goods finds. */
interface Found {
  readonly goods: FoundGoods;
  readonly referral: ReferralEntity;
  readonly situation: Situation;
  readonly words: ActWords;
}

const recorded = [
  { name: `${label}胶囊`, features: '铝塑板包装，批号演示A1', unit: '盒', quantity: 200, perishable: false, place: `${label}涉案物品仓库` },
  { name: `${label}鲜药材`, features: '散装，未见标签', unit: '千克', quantity: 30, perishable: true, place: `${label}冷库` },
];

/** How much of a part of its custodian an act is about; nothing of most. */
const amounts: Readonly<Record<Move['act'], (part: GoodsPart, lot: GoodsLot) => number>> = {
  keepGoods: (_, { perishable }) => (perishable ? 0 : 120),
  keepGoodsInPlace: ({ state }, { perishable }) => (perishable || state !== 'KEPT' ? 0 : 40),
  preserveGoods: ({ quantity }, { perishable }) => (perishable ? quantity : 0),
  handOverGoods: ({ quantity }) => quantity,
  giveBackGoods: ({ quantity }) => quantity,
  returnGoods: ({ quantity }, { perishable }) => (perishable ? 0 : quantity),
  disposeOfGoods: ({ quantity, state }) => (state === 'PRESERVED' ? quantity : 0),
};

function move({ goods, referral, situation, words }: Found, act: Move['act']): Required<Pick<Effect, 'movements'>> & { readonly said: readonly string[] } {
  const actorCode = words.officer.replace(/-[0-9]+$/, '');
  const to = act === 'handOverGoods' ? referral.policeAgencyCode : act === 'giveBackGoods' ? referral.filingAgencyCode : null;
  const own = [...partsAfter(goods.movements).values()].filter((part) => part.custodianCode === actorCode && part.quantity > 0);
  const lotOf = (part: GoodsPart): GoodsLot => goods.lots.find(({ id }) => id === part.lotId)!;
  const chosen = own.map((part) => ({ part, lot: lotOf(part), quantity: Math.min(part.quantity, amounts[act](part, lotOf(part))) })).filter(({ quantity }) => quantity > 0);
  const movements = chosen.map((amount, i) => moveGoods({
    act, ...amount, position: situation.position, seq: i + 1, actorCode, status: referral.status, field: '', ...(to === null ? {} : { toCode: to }),
    ...(words.place === undefined ? {} : { place: words.place }), ...(words.costOwner === undefined ? {} : { costOwner: words.costOwner }),
  }, goods.makeId));
  return { movements, said: chosen.map(({ lot, quantity }) => goodsLine(lot, quantity)) };
}

function record({ goods, referral, situation: { position } }: Found): Effect {
  const made = recorded.map(({ place, ...lot }, i) =>
    newGoods({ lot: { referralId: referral.id, lotNo: i + 1, ...lot, recordedPosition: position }, custodianCode: referral.filingAgencyCode, place }, goods.makeId));
  return { lots: made.map(({ lot }) => lot), movements: made.map(({ movement }) => movement), detail: { goods: made.map(({ lot }) => goodsLine(lot, lot.quantity)) } };
}

/** An act on goods, as the use case writes it. */
export const onGoods = (act: GoodsAct) => (found: Found): Effect => {
  if (act === 'recordGoods') return record(found);
  const { goods: { filedAt }, situation: { now }, words: { documentNo, reasons, receivedBy } } = found;
  const { movements, said } = move(found, act);
  const detail = { goods: said, ...(reasons === undefined ? {} : { reasons }), ...(documentNo === undefined ? {} : { documentNo }), ...(receivedBy === undefined ? {} : { receivedBy }) };
  return { movements, detail, ...(act === 'handOverGoods' ? { met: filedAt && goodsHandedOver(filedAt, now, stateCouncilCalendar) } : {}) };
};
