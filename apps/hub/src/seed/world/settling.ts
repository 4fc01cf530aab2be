import type { CaseTape } from './case-tape';
import { dayOf, dayText, isWorking, officeTime, workingDaysLater, workingFrom } from './days';
import { type CaseStepActName, owedFen, type StepWords } from './enforcement';
import { label } from './names';
import { ageInDays, type Plan } from './plans';
import type { Present } from './present';
import { Random } from './random';

const day = 86_400_000;

/** The instant itself, which has a time of day at which people work, or an instant on the first working day after it. */
export function workingInstant(at: number, random: Random): number {
  const of = dayOf(at);
  return isWorking(of) ? at : officeTime(workingFrom(of), random);
}

type Move = readonly [at: (last: number) => number, act: CaseStepActName, officer: number, words: (at: number) => StepWords];
const dayTextOf = (at: number): string => dayText(dayOf(at));
const said = (text: string): StepWords => ({ text: `${label}${text}` });

interface Settling {
  readonly plan: Plan;
  readonly tape: CaseTape;
  readonly random: Random;
}

/** What follows a decision: payment, and closing some weeks later; of some a remedy that failed, or enforcement by the court. */
export function settle({ present, seed }: { readonly present: Present; readonly seed: number }, { plan, tape, random: story }: Settling): void {
  const random = Random.of(seed, 'settle', plan.n);
  const closing = workingInstant(tape.at + story.int(20, 60) * day, story);
  const over = closing <= present.now.getTime();
  const partly = !over && story.chance(0.5) && ageInDays(tape.at, present) > 3;
  if (!over && !partly) return;
  const { decision, items } = tape;
  if (!decision) throw new Error('No decision to be settled');
  const decisionId = decision.id;
  const owed = owedFen(items);
  const pays = (share: number, amountFen: number): Move =>
    [(last) => workingInstant(last + Math.max(day, Math.floor((closing - last) * share)), random), 'recordFinePayment', 2, (at) => ({ decisionId, amountFen, on: dayTextOf(at) })];
  if (partly) {
    if (owed > 1) play(tape, present, plan, [[(last) => workingInstant(last + day, random), 'recordFinePayment', 2, (at) => ({ decisionId, amountFen: Math.floor(owed / 2), on: dayTextOf(at) })]]);
    return;
  }
  const later = (days: number) => (last: number): number => officeTime(workingDaysLater(dayOf(last), days), random);
  const closed = (closingGround: 'PERFORMED' | 'ENFORCEMENT_ENDED', at: Move[0]): Move =>
    [at, 'closeCase', 1, () => ({ closingGround, on: dayTextOf(tape.at), ...said('符合结案条件。') })];
  const archived: Move[] = ageInDays(closing, present) > 500
    ? [[later(3), 'archiveCase', 2, () => ({ mainVolume: [`${label}立案审批表`, `${label}行政处罚决定书`], subVolume: [`${label}案件审核意见`] })]]
    : [];
  const long = ageInDays(tape.at, present) > 120 && owed > 0;
  const atClosing: Move[0] = (last) => Math.max(closing, later(1)(last));
  if (long && plan.turn % 8 === 5) return play(tape, present, plan, [...enforced(decisionId, decision.servedOn, later), closed('ENFORCEMENT_ENDED', later(10)), ...archived]);
  const fought = long && plan.turn % 8 === 2 ? remedy(decisionId, plan.turn % 16 === 2 ? 'RECONSIDERATION' : 'LITIGATION', later) : [];
  play(tape, present, plan, [...fought, ...(owed > 0 ? [pays(0.3 + random.next() * 0.5, owed)] : []), closed('PERFORMED', atClosing), ...archived]);
}

const enforced = (decisionId: string, servedOn: string | null, later: (days: number) => Move[0]): readonly Move[] => [
  [later(20), 'demandPerformance', 2, () => ({ decisionId, ...said('当事人逾期不履行处罚决定。') })],
  [later(11), 'applyForCourtEnforcement', 1, () => ({ decisionId, on: servedOn ?? '', ...said('催告后仍不履行。') })],
];

const remedy = (decisionId: string, remedyKind: 'RECONSIDERATION' | 'LITIGATION', later: (days: number) => Move[0]): readonly Move[] => [
  [later(3), 'recordRemedy', 2, (at) => ({ decisionId, remedyKind, documentNo: `${label}案号`, on: dayTextOf(at) })],
  [later(9), 'recordRemedyOutcome', 2, (at) => ({
    decisionId, remedyKind, remedyOutcome: remedyKind === 'LITIGATION' ? 'WITHDRAWN' : 'UPHELD', documentNo: `${label}文书`, on: dayTextOf(at), ...said('处罚决定维持。'),
  })],
];

/** As far as it comes until now. */
function play(tape: CaseTape, present: Present, { agency }: Plan, moves: readonly Move[]): void {
  for (const [when, act, officer, words] of moves) {
    const at = when(tape.at);
    if (at > present.now.getTime()) return;
    tape.step(at, act, `${agency}-${officer}`, words(at));
  }
}
