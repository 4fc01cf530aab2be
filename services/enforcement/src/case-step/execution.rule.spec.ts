import { addDays } from '@casebridge/kernel';
import { isOverturning, notExecuted, type Owed, type Payment, surchargeFen } from './execution.rule';

const owed = (execution: Partial<Owed['execution']> = {}, fineFen = 1_000_000): Owed => ({ fineFen, lastDay: '2026-11-18', execution: { ...notExecuted, ...execution } });
const remedy = (since: string, until: string | null) => ({ kind: 'LITIGATION' as const, since, until, outcome: null });

it('is three per cent a day from the day after the last one, and never more than the fine (APL 72)', () => {
  expect([surchargeFen(owed(), '2026-11-18'), surchargeFen(owed(), '2026-11-19'), surchargeFen(owed(), '2026-11-20')]).toEqual([0, 30_000, 60_000]);
  expect([surchargeFen(owed(), '2026-12-21'), surchargeFen(owed(), '2026-12-22'), surchargeFen(owed(), '2030-01-01')]).toEqual([990_000, 1_000_000, 1_000_000]);
});

it('does not accrue while the decision is fought (APL 73(3)), on what is paid, or of what was overturned', () => {
  expect(surchargeFen(owed({ remedies: [remedy('2026-11-20', '2026-11-24')] }), '2026-11-25')).toBe(90_000);
  expect(surchargeFen(owed({ remedies: [remedy('2026-11-20', null)] }), '2027-11-25')).toBe(30_000);
  expect(surchargeFen(owed({ payments: [{ on: '2026-11-19', fen: 600_000 }] }), '2026-11-20')).toBe(42_000);
  expect(surchargeFen(owed({ payments: [{ on: '2026-11-18', fen: 1_000_000 }] }), '2027-11-20')).toBe(0);
  expect(surchargeFen(owed({ overturned: 'REVOKED' }), '2027-11-20')).toBe(0);
});

it('knows what overturns a decision', () => {
  expect((['UPHELD', 'WITHDRAWN', 'CHANGED', 'REVOKED', 'CONFIRMED_ILLEGAL', 'VOID'] as const).filter(isOverturning)).toEqual(['CHANGED', 'REVOKED', 'CONFIRMED_ILLEGAL', 'VOID']);
});

/** A small generator with a seed of its own: the same numbers on every run. */
function* numbers(seed: number): Generator<number> {
  for (let state = seed; ; ) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    yield state / 2 ** 32;
  }
}

it('whatever is paid and fought: whole fen, between nothing and the fine, never less a day later, never more for a payment or a remedy', () => {
  for (let seed = 1; seed <= 200; seed += 1) {
    const draw = numbers(seed);
    const below = (n: number): number => Math.floor((draw.next().value as number) * n);
    const fineFen = 1 + below(10 ** (1 + below(14)));
    const payments: Payment[] = Array.from({ length: below(4) }, () => ({ on: addDays('2026-11-10', below(60)), fen: below(fineFen + 1) }));
    const since = addDays('2026-11-10', below(30));
    const remedies = below(2) === 0 ? [] : [remedy(since, below(3) === 0 ? null : addDays(since, below(40)))];
    let before = 0;
    for (let n = 0; n < 70; n += 7) {
      const on = addDays('2026-11-15', n);
      const fen = surchargeFen(owed({ payments, remedies }, fineFen), on);
      const bare = surchargeFen(owed({}, fineFen), on);
      expect(Number.isSafeInteger(fen)).toBe(true);
      expect([seed, on, fen >= before && fen <= bare && bare <= fineFen]).toEqual([seed, on, true]);
      before = fen;
    }
  }
});
