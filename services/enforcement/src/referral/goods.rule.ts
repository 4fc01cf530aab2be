import type { GoodsCostOwner, GoodsState, ReferralStatus } from '@casebridge/contracts';
import { BadUserInput, Forbidden } from '@casebridge/kernel';
import { GoodsNotPreserved, GoodsStillEvidence } from './goods.errors';
import { type GoodsAct, goodsMachine } from './goods.machine';

/** 涉案物品 A lot as it was recorded. */
export interface GoodsLot {
  readonly id: string;
  readonly referralId: string;
  /** 1, 2, 3 … on the list of the referral. */
  readonly lotNo: number;
  readonly name: string;
  /** 特征 */
  readonly features: string;
  readonly unit: string;
  readonly quantity: number;
  readonly perishable: boolean;
  readonly recordedPosition: number;
}

/** One link of the chain of custody; what a lot is divided into follows from its links alone. */
export interface GoodsMovement {
  readonly id: string;
  readonly lotId: string;
  /** Of the act in the timeline. */
  readonly position: number;
  /** Of several links of one act. */
  readonly seq: number;
  readonly act: GoodsAct;
  /** The part that it was done to, and the part that came of it: another one where only some of it was moved. */
  readonly fromPartId: string;
  readonly partId: string;
  readonly quantity: number;
  readonly state: GoodsState;
  /** Who has it in its care afterwards; null once it is nobody's. */
  readonly custodianCode: string | null;
  readonly place: string | null;
  readonly costOwner: GoodsCostOwner | null;
}

/** A part of a lot as it stands: one state, one place, one custodian. */
export interface GoodsPart {
  readonly id: string;
  readonly lotId: string;
  readonly quantity: number;
  readonly state: GoodsState;
  readonly custodianCode: string | null;
  readonly place: string | null;
  readonly costOwner: GoodsCostOwner | null;
}

/** The parts that come of links, in the order in which they came to be. */
export function partsAfter(movements: readonly GoodsMovement[]): ReadonlyMap<string, GoodsPart> {
  const parts = new Map<string, GoodsPart>();
  for (const { costOwner, custodianCode, fromPartId, lotId, partId, place, quantity, state } of movements) {
    const from = parts.get(fromPartId);
    if (from && fromPartId !== partId) parts.set(fromPartId, { ...from, quantity: from.quantity - quantity });
    parts.set(partId, { id: partId, lotId, quantity, state, custodianCode, place, costOwner });
  }
  return parts;
}

/** Goods in words, as the timeline says them. */
export const goodsLine = ({ lotNo, name, unit }: Pick<GoodsLot, 'lotNo' | 'name' | 'unit'>, quantity: number): string => `${lotNo}. ${name} ${quantity} ${unit}`;

export interface NewGoods {
  readonly lot: Omit<GoodsLot, 'id'>;
  readonly custodianCode: string;
  readonly place: string;
}

/** A lot and the first link of its chain. */
export function newGoods({ custodianCode, lot, place }: NewGoods, makeId: () => string): { readonly lot: GoodsLot; readonly movement: GoodsMovement } {
  const [id, partId] = [makeId(), makeId()];
  return {
    lot: { id, ...lot },
    movement: {
      id: makeId(), lotId: id, position: lot.recordedPosition, seq: lot.lotNo, act: 'recordGoods', fromPartId: partId, partId, quantity: lot.quantity, state: goodsMachine.next(null, 'recordGoods'),
      custodianCode, place, costOwner: null,
    },
  };
}

/** What is done to some of a part. */
export interface Move {
  readonly act: Exclude<GoodsAct, 'recordGoods'>;
  readonly part: GoodsPart;
  readonly lot: Pick<GoodsLot, 'perishable'>;
  readonly quantity: number;
  readonly position: number;
  readonly seq: number;
  /** Who acts: the custodian. */
  readonly actorCode: string;
  /** Who has it afterwards, where that changes. */
  readonly toCode?: string;
  readonly place?: string | null;
  readonly costOwner?: GoodsCostOwner;
  /** Of the referral. */
  readonly status: ReferralStatus;
  /** A remedy against the refusal to file runs, or may still be asked for: the police may yet file. */
  readonly remedyOpen?: boolean;
  /** Where the quantity stands in the input. */
  readonly field: string;
}

const overFor: ReadonlySet<ReferralStatus> = new Set(['NOT_FILED', 'CASE_WITHDRAWN', 'NOT_PROSECUTED', 'JUDGED_EFFECTIVE', 'RETURNED', 'CLOSED']);

/**
 * The next link of a chain.
 *
 * @throws Forbidden for goods in the care of another agency
 * @throws IllegalTransition when the act is not lawful in the state of the part
 * @throws BadUserInput for more than there is
 * @throws GoodsNotPreserved, GoodsStillEvidence for a disposal that comes too early
 */
export function moveGoods({ act, actorCode, costOwner, field, lot, part, place, position, quantity, remedyOpen = false, seq, status, toCode }: Move, makeId: () => string): GoodsMovement {
  const state = goodsMachine.next(part.state, act);
  if (part.custodianCode !== actorCode) throw new Forbidden('Only the agency that has the goods in its care may do this');
  if (act === 'preserveGoods' && !lot.perishable) throw new BadUserInput(field.replace(/quantity$/, 'part'), 'names goods that are not perishable', goodsMachine.rules.preserveGoods.basis);
  if (act === 'disposeOfGoods' && lot.perishable && part.state !== 'PRESERVED') throw new GoodsNotPreserved(part.state);
  if (act === 'disposeOfGoods' && !lot.perishable && !overFor.has(status)) throw new GoodsStillEvidence(part.state);
  if (remedyOpen && (act === 'returnGoods' || (act === 'disposeOfGoods' && !lot.perishable))) throw new GoodsStillEvidence(part.state);
  if (quantity < 1 || quantity > part.quantity) throw new BadUserInput(field, `must be from 1 to ${part.quantity}`);
  const gone = state === 'RETURNED' || state === 'DISPOSED';
  return {
    id: makeId(), lotId: part.lotId, position, seq, act, fromPartId: part.id, partId: quantity === part.quantity ? part.id : makeId(), quantity, state,
    custodianCode: gone ? null : (toCode ?? part.custodianCode), place: gone ? null : (place ?? part.place), costOwner: costOwner ?? null,
  };
}
