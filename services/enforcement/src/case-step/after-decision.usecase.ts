import { type ClosingGround, penaltyOverturned, type RemedyKind, type RemedyOutcome } from '@casebridge/contracts';
import { ael2011, BadUserInput, civilDate, isUuid, proc, startOfDay } from '@casebridge/kernel';
import { lineInput } from '@casebridge/platform';
import { caseSubject } from '../admin-case/case-access';
import { caseMachine } from '../admin-case/case.machine';
import { lastDayOf } from '../penalty-decision/decision-period.rule';
import { penaltyClocks } from '../penalty-decision/penalty-decision.clocks';
import { PenaltyDecisionEntity, PenaltyItemEntity } from '../penalty-decision/penalty-decision.entity';
import type { CaseStanding, StepWords } from './case-standing.rule';
import { caseStep, type Doing } from './case-step-act';
import { stepsOf } from './case-step.loader';
import { pastDay, reasonsOf } from './case-step-words';
import { ConfirmedByWhoRecorded, StepOutOfOrder, UnlawfulStep } from './case-step.errors';
import { type Execution, isOverturning, isSettled, notExecuted, owedFen, paidFen } from './execution.rule';

type Served = PenaltyDecisionEntity & { readonly servedOn: string };
interface OnDecision {
  readonly decisionId: string;
}

/** The decision of this case that the step is about, once it is served. */
async function servedDecision({ acting: { tx }, found }: Doing, { decisionId }: OnDecision): Promise<Served> {
  const decision = isUuid(decisionId) ? await tx.em.findOneBy(PenaltyDecisionEntity, { id: decisionId, caseId: found.caseId }) : null;
  if (decision === null || decision.servedOn === null) throw new BadUserInput('input.decisionId', 'must be a decision of this case that has been served');
  return decision as Served;
}

const itemsOf = ({ acting: { tx } }: Doing, decisionId: string): Promise<PenaltyItemEntity[]> => tx.em.findBy(PenaltyItemEntity, { decisionId });
const executionOf = ({ standing }: Doing, decisionId: string): Execution => standing.executions[decisionId] ?? notExecuted;

/** @throws StepOutOfOrder where nothing is owed that could be enforced */
async function assertOwed(doing: Doing, { id }: Served): Promise<void> {
  const items = await itemsOf(doing, id);
  const inMoney = owedFen(items);
  if (inMoney > 0 && paidFen(executionOf(doing, id)) >= inMoney) throw new StepOutOfOrder('Nothing is owed by this decision any more', doing.found.status, ael2011('53'));
}

/** A day on or after the service of the decision. */
function dayAfterService(doing: Doing, { servedOn }: Served, on: string, field: string): Pick<StepWords, 'on'> {
  if (on < servedOn) throw new BadUserInput(field, 'must not lie before the decision was served');
  return pastDay(doing, on, field);
}

export const recordFinePayment = caseStep<OnDecision & { paidOn: string; amountFen: number }>('recordFinePayment', async (doing, input) => {
  const decision = await servedDecision(doing, input);
  const items = await itemsOf(doing, decision.id);
  const left = owedFen(items) + owedFen(items.filter(({ kind }) => kind === 'FINE')) - paidFen(executionOf(doing, decision.id));
  if (input.amountFen <= 0 || input.amountFen > left) throw new BadUserInput('input.amountFen', 'must be more than nothing, and no more than what is owed with the highest surcharge');
  return { decisionId: decision.id, amountFen: input.amountFen, ...dayAfterService(doing, decision, input.paidOn, 'input.paidOn') };
});

/** Demands what was not performed (催告), once the fifteen days are over. */
export const demandPerformance = caseStep<OnDecision & { reasons: string }>('demandPerformance', async (doing, input) => {
  const decision = await servedDecision(doing, input);
  await assertOwed(doing, decision);
  const { clock, calendar } = doing.acting.tx;
  const last = lastDayOf(penaltyClocks.finePayment, startOfDay(decision.servedOn), calendar);
  if (last !== null && civilDate(clock.now()) <= last) {
    throw new UnlawfulStep({ code: 'PAYMENT_PERIOD_RUNNING', field: 'input.decisionId', message: `the fine may be paid until ${last}`, basis: penaltyClocks.finePayment.rowAt(startOfDay(decision.servedOn)).citation });
  }
  return { decisionId: decision.id, ...reasonsOf(input) };
});

export const applyForCourtEnforcement = caseStep<OnDecision & { reasons: string }>('applyForCourtEnforcement', async (doing, input) => {
  const decision = await servedDecision(doing, input);
  await assertOwed(doing, decision);
  return { decisionId: decision.id, on: decision.servedOn, ...reasonsOf(input) };
});

export const recordRemedy = caseStep<OnDecision & { kind: RemedyKind; appliedOn: string; caseNo: string }>('recordRemedy', async (doing, input) => {
  const decision = await servedDecision(doing, input);
  return { decisionId: decision.id, remedyKind: input.kind, documentNo: lineInput(input.caseNo, 'input.caseNo'), ...dayAfterService(doing, decision, input.appliedOn, 'input.appliedOn') };
});

const remedyUnderWay = (standing: CaseStanding, decisionId: string) => standing.executions[decisionId]?.remedies.find((r) => r.until === null);

/** What disclosure, lists and bans hear of a decision that does not stand as it was made. */
async function tellOverturned(doing: Doing, { decisionId = '', remedyKind, remedyOutcome, documentNo = '', on = '', confirmed }: StepWords): Promise<void> {
  if (!remedyOutcome || !isOverturning(remedyOutcome) || confirmed !== true) return;
  const { tx } = doing.acting;
  const { id, caseId, agencyCode, regionCode, documentNo: number } = await servedDecision(doing, { decisionId });
  await tx.emit({
    type: penaltyOverturned.type, subject: caseSubject(caseId),
    data: {
      decisionId: id, caseId, documentNo: number, authorityCode: agencyCode, regionCode, outcome: remedyOutcome, by: remedyKind ?? 'SELF_CORRECTION', outcomeDocumentNo: documentNo, decidedOn: on,
    },
  });
}

interface Outcome extends OnDecision {
  readonly outcome: RemedyOutcome;
  readonly documentNo: string;
  readonly decidedOn: string;
  readonly reasons: string;
}
const outcomeOf = async (doing: Doing, input: Outcome) => {
  const decision = await servedDecision(doing, input);
  return {
    decisionId: decision.id, remedyOutcome: input.outcome, documentNo: lineInput(input.documentNo, 'input.documentNo'), ...dayAfterService(doing, decision, input.decidedOn, 'input.decidedOn'),
    ...reasonsOf(input),
  };
};

export const recordRemedyOutcome = caseStep<Outcome>('recordRemedyOutcome', async (doing, input) => {
  const running = remedyUnderWay(doing.standing, input.decisionId);
  if (running && input.decidedOn < running.since) throw new BadUserInput('input.decidedOn', 'must not lie before the remedy was begun');
  return { ...(await outcomeOf(doing, input)), ...(running ? { remedyKind: running.kind } : {}) };
});

/** The authority itself changes or revokes its decision, or says that it is illegal or void. */
export const correctDecision = caseStep<Outcome>('correctDecision', async (doing, input) => {
  if (!isOverturning(input.outcome)) throw new BadUserInput('input.outcome', 'must be what becomes of a decision that does not stand');
  return outcomeOf(doing, input);
});

/**
 * Makes what was recorded take effect, or declines it: no one alone overturns a decision.
 *
 * @throws ConfirmedByWhoRecorded
 */
export const confirmOverturning = caseStep<OnDecision & { confirmed: boolean; reasons: string }>('confirmOverturning', async (doing, input) => {
  const { acting: { tx, who }, found: { caseId } } = doing;
  const { id } = await servedDecision(doing, input);
  const recorded = (await stepsOf(tx.em, caseId)).findLast(({ act, words }) => words.decisionId === id && (act === 'RECORD_REMEDY_OUTCOME' || act === 'CORRECT_DECISION'));
  if (recorded?.officerId === who.officerId) throw new ConfirmedByWhoRecorded(caseMachine.rules.confirmOverturning.basis);
  const { remedyKind, remedyOutcome, documentNo, on } = recorded?.words ?? {};
  return {
    decisionId: id, confirmed: input.confirmed, ...(remedyKind ? { remedyKind } : {}), ...(remedyOutcome ? { remedyOutcome } : {}), ...(documentNo ? { documentNo } : {}), ...(on ? { on } : {}),
    ...reasonsOf(input),
  };
}, tellOverturned);

export const reopenCase = caseStep<{ reasons: string }>('reopenCase', (_, input) => reasonsOf(input));

/** Which grounds close a case in this state (PROC 77). */
async function assertGround(doing: Doing, ground: ClosingGround): Promise<void> {
  const { found: { status, caseId }, standing, acting: { tx } } = doing;
  const some = (so: (e: Execution) => boolean): boolean => Object.values(standing.executions).some(so);
  const executed = status === 'SERVED' || status === 'IN_EXECUTION';
  const fits: Readonly<Record<ClosingGround, boolean>> = {
    PERFORMED: executed, ENFORCEMENT_ENDED: executed && some((e) => e.courtOn !== null), OVERTURNED: executed && some((e) => e.overturned !== null),
    INVESTIGATION_TERMINATED: status === 'TERMINATED', DECIDED_WITHOUT_PENALTY: status === 'DECIDED' && standing.decidedWithout !== null,
  };
  if (!fits[ground]) throw new BadUserInput('input.ground', 'does not fit the state of the case', proc('77'));
  if (ground === 'INVESTIGATION_TERMINATED') return;
  for (const decision of await tx.em.findBy(PenaltyDecisionEntity, { caseId })) {
    if (decision.servedOn === null || !isSettled(executionOf(doing, decision.id), owedFen(await itemsOf(doing, decision.id)))) {
      throw new StepOutOfOrder(`The decision ${decision.documentNo} has been neither performed, nor enforced, nor overturned`, status, caseMachine.rules.closeCase.basis);
    }
  }
}

export const closeCase = caseStep<{ ground: ClosingGround; groundOn: string; reasons: string }>('closeCase', async (doing, input) => {
  const said = { closingGround: input.ground, ...pastDay(doing, input.groundOn, 'input.groundOn'), ...reasonsOf(input) };
  await assertGround(doing, input.ground);
  return said;
});

const MOST_DOCUMENTS = 500;
const volume = (titles: readonly string[], field: string): string[] => {
  if (titles.length > MOST_DOCUMENTS) throw new BadUserInput(field, `must have at most ${MOST_DOCUMENTS} documents`);
  return titles.map((title, i) => lineInput(title, `${field}.${i}`));
};
/** Puts the file into its order (PROC 78): what others may read in the main volume (正卷), the rest in the second (副卷). */
export const archiveCase = caseStep<{ mainVolume: readonly string[]; subVolume: readonly string[] }>('archiveCase', (_, input) => {
  if (input.mainVolume.length === 0) throw new BadUserInput('input.mainVolume', 'must list the documents of the main volume', proc('78'));
  return { mainVolume: volume(input.mainVolume, 'input.mainVolume'), subVolume: volume(input.subVolume, 'input.subVolume') };
});
