import type { GoodsState } from '@casebridge/contracts';
import { defineMachine, houseRule, o310, unchanged } from '@casebridge/kernel';

/** 涉案物品 A part of a lot, from its record to its end; at any moment one agency has it in its care. `null` is goods that are on no list yet. */
export const goodsMachine = defineMachine<GoodsState>()(null, {
  recordGoods: { from: [null], to: 'KEPT', basis: o310('4') },
  keepGoods: { from: ['KEPT', 'IN_PLACE'], to: 'KEPT', basis: houseRule('涉案物品保管') },
  /** 不宜移送 What cannot be moved stays, with a reason. */
  keepGoodsInPlace: { from: ['KEPT'], to: 'IN_PLACE', basis: houseRule('涉案物品保管') },
  /** 易腐 Perishable: the evidence is preserved, then the goods are disposed of. */
  preserveGoods: { from: ['KEPT', 'IN_PLACE'], to: 'PRESERVED', basis: o310('4') },
  handOverGoods: { from: ['KEPT', 'IN_PLACE', 'PRESERVED'], to: unchanged, basis: o310('12') },
  giveBackGoods: { from: ['KEPT', 'IN_PLACE', 'PRESERVED'], to: unchanged, basis: houseRule('涉案物品返还') },
  returnGoods: { from: ['KEPT', 'IN_PLACE', 'PRESERVED'], to: 'RETURNED', basis: houseRule('涉案物品返还') },
  disposeOfGoods: { from: ['KEPT', 'IN_PLACE', 'PRESERVED'], to: 'DISPOSED', basis: o310('4') },
});

export type GoodsAct = (typeof goodsMachine.acts)[number];
