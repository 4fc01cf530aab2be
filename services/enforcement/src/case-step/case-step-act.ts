import { Forbidden } from '@casebridge/kernel';
import { type ActOn, assertVersion, at, defineAct, instantOf, type Visible } from '@casebridge/platform';
import type { AdminCaseEntity } from '../admin-case/admin-case.entity';
import { getCaseForUpdate, ifCaseIsOpen } from '../admin-case/admin-case.loader';
import { saveCase } from '../admin-case/case-access';
import { caseMachine } from '../admin-case/case.machine';
import type { Finding } from '../penalty-decision/penalty-article.rule';
import { type CaseStanding, noSteps, type StepWords } from './case-standing.rule';
import { CaseStepEntity } from './case-step.entity';
import { lastStepOf } from './case-step.loader';
import { whyNotCaseStep } from './case-step.policy';
import { caseStateOf, caseStepRow, caseSteppedEvent } from './case-step-record';
import { type CaseStepActName, decideCaseStep, transitionOf } from './case-step.rule';

/** The case that a step was taken in, and what the rules had to say and did not refuse. */
export interface CaseStepTaken {
  readonly caseId: string;
  readonly warnings: readonly Finding[];
}

export interface Doing {
  readonly acting: ActOn;
  readonly found: Visible<AdminCaseEntity>;
  readonly standing: CaseStanding;
}

type Versioned<T> = T & { readonly expectedVersion?: number | null };

/**
 * A step of a case, the same way for all: lock, who may, version, state, words, rule, save, tell.
 *
 * @param also - what is told besides, once the step is saved
 */
export const caseStep = <Input extends object>(
  act: CaseStepActName, wordsOf: (doing: Doing, input: Input) => Promise<StepWords> | StepWords, also: (doing: Doing, words: StepWords) => Promise<void> = async () => undefined,
) =>
  defineAct<{ readonly caseId: string; readonly input: Versioned<Input> }, CaseStepTaken>(
    act,
    async (request, { caseId, input }) => {
      const found = await getCaseForUpdate(request, caseId);
      const why = whyNotCaseStep(request.who, act, found);
      if (why !== null) throw new Forbidden(why);
      assertVersion(found.version, input.expectedVersion);
      caseMachine.next(found.status, transitionOf(act, found.status)); // the state is asked before the input
      await request.target.refuseIfOvertaken(request.tx.em); // many a step leaves the state as it is, which keeps nobody from taking it twice
      const acting = at(request, instantOf(request, found));
      const { tx, who } = acting;
      const last = await lastStepOf(tx.em, caseId);
      const doing = { acting, found, standing: last?.standing ?? noSteps };
      const words = await wordsOf(doing, input);
      const now = tx.clock.now();
      const decided = decideCaseStep(caseStateOf(found, last?.standing ?? null), act, words, now, tx.calendar);
      const entry = caseStepRow(caseId, { act, decided, words, actorCode: who.agency.code, officerId: who.officerId, at: now, position: (last?.position ?? 0) + 1 });
      found.status = decided.status;
      await saveCase(tx, found);
      await tx.em.getRepository<Record<string, unknown>>(CaseStepEntity).insert({ ...entry });
      await tx.emit(caseSteppedEvent(found, entry));
      await also(doing, words);
      return { caseId, warnings: decided.findings };
    },
    { basis: caseMachine.rules[act].basis, revive: ifCaseIsOpen, changed: ({ caseId }) => [caseId] },
  );
