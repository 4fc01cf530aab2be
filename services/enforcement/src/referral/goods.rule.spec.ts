import { goodsState, type GoodsState, referralStatus, type ReferralStatus } from '@casebridge/contracts';
import { BadUserInput, Forbidden, IllegalTransition } from '@casebridge/kernel';
import fc from 'fast-check';
import { GoodsNotPreserved, GoodsStillEvidence } from './goods.errors';
import { type GoodsAct, goodsMachine } from './goods.machine';
import { type GoodsMovement, type GoodsPart, type Move, moveGoods, newGoods, partsAfter } from './goods.rule';

type From = GoodsState | 'none';
/** The machine of goods, typed from the page on referrals ("kept, handed over in part, cannot be moved, disposed of") and the law, not from the code. */
const page: Readonly<Record<GoodsAct, Partial<Record<From, GoodsState>>>> = {
  recordGoods: { none: 'KEPT' },
  keepGoods: { KEPT: 'KEPT', IN_PLACE: 'KEPT' },
  keepGoodsInPlace: { KEPT: 'IN_PLACE' },
  preserveGoods: { KEPT: 'PRESERVED', IN_PLACE: 'PRESERVED' },
  handOverGoods: { KEPT: 'KEPT', IN_PLACE: 'IN_PLACE', PRESERVED: 'PRESERVED' },
  giveBackGoods: { KEPT: 'KEPT', IN_PLACE: 'IN_PLACE', PRESERVED: 'PRESERVED' },
  returnGoods: { KEPT: 'RETURNED', IN_PLACE: 'RETURNED', PRESERVED: 'RETURNED' },
  disposeOfGoods: { KEPT: 'DISPOSED', IN_PLACE: 'DISPOSED', PRESERVED: 'DISPOSED' },
};
const acts = Object.keys(page) as GoodsAct[];
const moves = acts.filter((act): act is Move['act'] => act !== 'recordGoods');
let serial = 0;
const makeId = (): string => `id${(serial += 1)}`;

const part = (state: GoodsState, quantity = 10): GoodsPart => ({ id: 'p', lotId: 'l', quantity, state, custodianCode: 'MRA', place: '仓库', costOwner: null });
const move = (changes: Partial<Move>): GoodsMovement => moveGoods({
  act: 'keepGoods', part: part('KEPT'), lot: { perishable: false }, quantity: 4, position: 7, seq: 1, actorCode: 'MRA', status: 'CASE_WITHDRAWN', field: 'input.goods.0.quantity', ...changes,
}, makeId);

it('knows the acts of the page', () => {
  expect([...goodsMachine.acts].sort()).toEqual([...acts].sort());
});

it.each(acts.flatMap((act) => (['none', ...goodsState.codes] as From[]).map((from) => [act, from, page[act][from] ?? null] as const)))('%s from %s: %s', (act, from, to) => {
  const next = (): GoodsState => goodsMachine.next(from === 'none' ? null : from, act);
  if (to === null) expect(next).toThrow(IllegalTransition);
  else expect(next()).toBe(to);
});

it('makes another part of some, and the same part of all', () => {
  expect(move({})).toMatchObject({ fromPartId: 'p', partId: expect.not.stringMatching(/^p$/), quantity: 4, custodianCode: 'MRA' });
  expect(move({ quantity: 10 })).toMatchObject({ fromPartId: 'p', partId: 'p' });
});

it.each([0, -1, 11])('takes no %i of 10', (quantity) => {
  expect(() => move({ quantity })).toThrow(BadUserInput);
});

it('leaves goods to whoever has them in its care', () => {
  for (const act of moves.filter((m) => m !== 'preserveGoods')) expect(() => move({ act, actorCode: 'PSB' })).toThrow(Forbidden);
});

it('has evidence of perishable goods preserved first, and of no others', () => {
  expect(() => move({ act: 'disposeOfGoods', lot: { perishable: true } })).toThrow(GoodsNotPreserved);
  expect(move({ act: 'disposeOfGoods', lot: { perishable: true }, part: part('PRESERVED'), status: 'FILED', costOwner: 'POLICE' })).toMatchObject({ state: 'DISPOSED', custodianCode: null, place: null, costOwner: 'POLICE' });
  expect(() => move({ act: 'preserveGoods' })).toThrow(BadUserInput);
  expect(move({ act: 'preserveGoods', lot: { perishable: true } }).state).toBe('PRESERVED');
});

const over: ReferralStatus[] = ['NOT_FILED', 'CASE_WITHDRAWN', 'NOT_PROSECUTED', 'JUDGED_EFFECTIVE', 'RETURNED', 'CLOSED'];
it.each(referralStatus.codes)('disposes of what keeps only once the proceedings are over: %s', (status) => {
  const dispose = () => move({ act: 'disposeOfGoods', status, costOwner: 'PARTY' });
  if (over.includes(status)) expect(dispose().state).toBe('DISPOSED');
  else expect(dispose).toThrow(GoodsStillEvidence);
});

it('keeps what keeps while a refusal to file may still fall', () => {
  for (const act of ['disposeOfGoods', 'returnGoods'] as const) {
    expect(() => move({ act, status: 'NOT_FILED', remedyOpen: true })).toThrow(GoodsStillEvidence);
    expect(move({ act, status: 'NOT_FILED' }).custodianCode).toBeNull();
  }
  expect(move({ act: 'disposeOfGoods', status: 'NOT_FILED', remedyOpen: true, lot: { perishable: true }, part: part('PRESERVED') }).state).toBe('DISPOSED');
});

it('never loses or doubles anything, whatever is done in whatever order', () => {
  const step = fc.record({ act: fc.constantFrom(...moves), which: fc.nat(20), quantity: fc.integer({ min: -1, max: 60 }), by: fc.constantFrom('MRA', 'PSB'), status: fc.constantFrom(...referralStatus.codes) });
  fc.assert(fc.property(fc.integer({ min: 1, max: 50 }), fc.boolean(), fc.array(step, { maxLength: 40 }), (quantity, perishable, steps) => {
    const { lot, movement } = newGoods({
      lot: { referralId: 'r', lotNo: 1, name: '演示', features: '演示', unit: '盒', quantity, perishable, recordedPosition: 1 }, custodianCode: 'MRA', place: '仓库',
    }, makeId);
    const chain = [movement];
    for (const [i, { act, by, quantity: some, status, which }] of steps.entries()) {
      const parts = [...partsAfter(chain).values()];
      const one = parts[which % parts.length]!;
      const to = act === 'handOverGoods' ? { toCode: 'PSB' } : act === 'giveBackGoods' ? { toCode: 'MRA' } : {};
      try {
        chain.push(moveGoods({ act, part: one, lot, quantity: some, position: i + 2, seq: 1, actorCode: by, status, field: 'input.goods.0.quantity', ...to }, makeId));
      } catch {
        // refused: nothing came of it
      }
      const after = [...partsAfter(chain).values()];
      expect(after.reduce((sum, p) => sum + p.quantity, 0)).toBe(quantity);
      for (const p of after) {
        expect(p.quantity).toBeGreaterThanOrEqual(0);
        expect(p.custodianCode === null).toBe(p.state === 'RETURNED' || p.state === 'DISPOSED');
      }
    }
  }));
});
