import type { GoodsCostOwner } from '@casebridge/contracts';
import { BadUserInput, isOverdue, uuidv7 } from '@casebridge/kernel';
import { lineInput, query, sql } from '@casebridge/platform';
import { GoodsLotEntity, GoodsMovementEntity } from './goods.entity';
import { goodsIn } from './goods.loader';
import { goodsLine, type GoodsMovement, type Move, moveGoods, newGoods, partsAfter } from './goods.rule';
import { goodsHandedOver } from './referral.rule';
import { type Doing, type Effect, openTracks, policeOf, referralAct, words } from './referral-steps';
import { openTrack } from './referral-track';

/*
 * 涉案物品 The goods of a referral: in whose care each part of each lot is, and what became of it. The lock of the referral holds for its goods.
 */

const MOST_LINES = 200;
const MOST_OF_A_LOT = 1_000_000_000;
const LONGEST_LINE = 300;

interface LotInput {
  readonly name: string;
  readonly features: string;
  readonly unit: string;
  readonly quantity: number;
  readonly perishable?: boolean | null;
  readonly place: string;
}
interface Amounts {
  readonly goods: readonly { readonly part: string; readonly quantity: number }[];
}

function assertLines(lines: readonly unknown[], field: string): void {
  if (lines.length === 0 || lines.length > MOST_LINES) throw new BadUserInput(field, `must have 1 to ${MOST_LINES} lines`);
}

const line = (field: string, text: string): string => lineInput(text, field, LONGEST_LINE);
const idsAt = ({ acting }: Doing) => (): string => uuidv7(acting.tx.clock.now());

export const recordGoods = referralAct<{ lots: readonly LotInput[] }>('recordGoods', async (doing, input) => {
  const { acting: { tx, who }, position, referral } = doing;
  assertLines(input.lots, 'input.lots');
  await doing.acting.target.refuseIfOvertaken(tx.em); // no state keeps anybody from recording twice
  const { lots: listed } = (await goodsIn(tx.em, [referral.id])).get(referral.id) ?? { lots: [] };
  const made = input.lots.map((lot, i) => {
    const field = (name: string): string => `input.lots.${i}.${name}`;
    if (lot.quantity < 1 || lot.quantity > MOST_OF_A_LOT) throw new BadUserInput(field('quantity'), `must be from 1 to ${MOST_OF_A_LOT}`);
    const [name, features, unit, place] = [line(field('name'), lot.name), line(field('features'), lot.features), line(field('unit'), lot.unit), line(field('place'), lot.place)];
    const { quantity } = lot;
    return newGoods({
      lot: { referralId: referral.id, lotNo: listed.length + i + 1, name, features, unit, quantity, perishable: lot.perishable ?? false, recordedPosition: position },
      custodianCode: who.agency.code, place,
    }, idsAt(doing));
  });
  await tx.em.insert(GoodsLotEntity, made.map(({ lot }) => lot));
  await tx.em.insert(GoodsMovementEntity, made.map(({ movement }) => movement));
  return { detail: { goods: made.map(({ lot }) => goodsLine(lot, lot.quantity)) } };
});

/** Moves what the input names, one amount after the other. */
async function move(doing: Doing, { goods }: Amounts, act: Move['act'], to: Pick<Move, 'toCode' | 'place' | 'costOwner'> = {}): Promise<readonly string[]> {
  const { acting: { tx, who }, position, referral } = doing;
  assertLines(goods, 'input.goods');
  await doing.acting.target.refuseIfOvertaken(tx.em); // nor from moving what is left
  const { lots, movements } = (await goodsIn(tx.em, [referral.id])).get(referral.id) ?? { lots: [], movements: [] };
  const remedyOpen = await isRemedyOpen(doing);
  const chain: GoodsMovement[] = [...movements];
  const said = goods.map(({ part: partId, quantity }, i) => {
    const part = partsAfter(chain).get(partId);
    const lot = lots.find(({ id }) => id === part?.lotId);
    if (!part || !lot) throw new BadUserInput(`input.goods.${i}.part`, 'names no goods of this referral');
    const field = `input.goods.${i}.quantity`;
    chain.push(moveGoods({ act, part, lot, quantity, position, seq: i + 1, actorCode: who.agency.code, status: referral.status, remedyOpen, field, ...to }, idsAt(doing)));
    return goodsLine(lot, quantity);
  });
  await tx.em.insert(GoodsMovementEntity, chain.slice(movements.length));
  return said;
}

/** After a refusal to file: whether it is fought, or may still be. */
async function isRemedyOpen(doing: Doing): Promise<boolean> {
  const { acting: { tx }, referral: { dueAt, status } } = doing;
  if (status !== 'NOT_FILED') return false;
  const now = tx.clock.now();
  const { REVERSE_TRANSFER: _sent, ...remedies } = await openTracks(doing);
  return openTrack(remedies, status, now) !== null || (dueAt !== null && !isOverdue(now, dueAt));
}

const placeOf = (place: string | null | undefined): Pick<Move, 'place'> => (place == null ? {} : { place: line('input.place', place) });
interface Reasoned extends Amounts {
  readonly reasons: string;
}
const reasoned = (act: Move['act']) => referralAct<Reasoned>(act, async (doing, input): Promise<Effect> => {
  const reasons = words('input.reasons', input.reasons);
  return { detail: { reasons, goods: await move(doing, input, act) } };
});

export const keepGoods = referralAct<Amounts & { place: string }>('keepGoods', async (doing, input) => ({
  detail: { goods: await move(doing, input, 'keepGoods', placeOf(input.place)) },
}));
export const keepGoodsInPlace = reasoned('keepGoodsInPlace');
export const preserveGoods = reasoned('preserveGoods');

/** Within three days of the filing, with a notice to the party; late is late, and is taken all the same. */
export const handOverGoods = referralAct<Amounts & { noticeNo: string; receivedBy: string; place?: string | null }>('handOverGoods', async (doing, input) => {
  const { acting: { tx }, referral } = doing;
  const documentNo = line('input.noticeNo', input.noticeNo);
  const receivedBy = line('input.receivedBy', input.receivedBy);
  const goods = await move(doing, input, 'handOverGoods', { toCode: policeOf(referral), ...placeOf(input.place) });
  const [filed] = await query<{ at: Date }>(tx.em, sql`
    select at from referral_timeline where referral_id = ${referral.id} and act = 'FILE_CRIMINAL_CASE' order by position desc limit 1`);
  const met = filed ? goodsHandedOver(filed.at, tx.clock.now(), tx.calendar) : null;
  return { detail: { documentNo, receivedBy, goods }, met };
});

/** The proceedings are over: what the police have goes back to the agency. */
export const giveBackGoods = referralAct<Reasoned & { place?: string | null }>('giveBackGoods', async (doing, input) => {
  const reasons = words('input.reasons', input.reasons);
  return { detail: { reasons, goods: await move(doing, input, 'giveBackGoods', { toCode: doing.referral.filingAgencyCode, ...placeOf(input.place) }) } };
});

const numbered = ({ documentNo }: { readonly documentNo?: string | null }) => (documentNo == null ? {} : { documentNo: line('input.documentNo', documentNo) });

export const returnGoods = referralAct<Reasoned & { documentNo?: string | null }>('returnGoods', async (doing, input) => {
  const detail = { reasons: words('input.reasons', input.reasons), ...numbered(input) };
  return { detail: { ...detail, goods: await move(doing, input, 'returnGoods') } };
});

export const disposeOfGoods = referralAct<Reasoned & { costOwner: GoodsCostOwner; documentNo?: string | null }>('disposeOfGoods', async (doing, input) => {
  const detail = { reasons: words('input.reasons', input.reasons), ...numbered(input) };
  return { detail: { ...detail, goods: await move(doing, input, 'disposeOfGoods', { costOwner: input.costOwner }) } };
});
