import type { CriminalCharge } from '@casebridge/contracts';
import { BadUserInput, searchText } from '@casebridge/kernel';
import { assertOfficersOf } from '../agency/agency.registry';
import { lineInput, textInput } from '../shared/input-text';
import { beginOnCase, created, LONGEST_FACTS } from './new-referral';
import { defineReferralAct, saveReferral, tell } from './referral-act';
import { referralMachine } from './referral.machine';
import { referralAfter } from './referral-record';

interface SubmitReferralReport {
  readonly caseId: string;
  readonly input: {
    readonly charge: CriminalCharge;
    readonly facts: string;
    readonly taskForce: readonly string[];
    readonly expectedVersion?: number | null;
  };
}

const act = 'submitReferralReport';
const LONGEST_NAME = 100;
const MOST_OFFICERS = 100;

/** A task force of two or more: who is on it is named, each once. */
function taskForceOf(names: readonly string[]): string[] {
  const named = names.map((name, i) => lineInput(name, `input.taskForce.${i}`, LONGEST_NAME));
  const different = new Set(named.map(searchText)).size;
  if (different < 2 || different < named.length || named.length > MOST_OFFICERS) {
    throw new BadUserInput('input.taskForce', 'must name at least two officers, each once', referralMachine.rules[act].basis);
  }
  return named;
}

/** Reports a suspected crime to the head of the agency: makes a referral, or takes a refused one up again on new facts. */
export const submitReferralReport = defineReferralAct<SubmitReferralReport>(act, async (request, { caseId, input }) => {
  const { acting, adminCase, current, decided } = await beginOnCase(request, act, caseId, input.expectedVersion);
  const facts = textInput(input.facts, 'input.facts', LONGEST_FACTS);
  const taskForce = taskForceOf(input.taskForce);
  await assertOfficersOf(acting, adminCase.agencyCode, taskForce, (i) => `input.taskForce.${i}`);
  if (current && searchText(current.facts) === searchText(facts)) {
    throw new BadUserInput('input.facts', 'must bring new facts: this report was refused', referralMachine.rules[act].basis);
  }
  const now = acting.tx.clock.now();
  const before = current ?? (await created(acting, caseId, adminCase.agencyCode, now));
  const after = referralAfter(before, { act, decided, fields: { charge: input.charge, facts, taskForce }, at: now });
  await saveReferral(acting, after, current ? 'update' : 'insert');
  await tell(acting, after, adminCase, { act, decided, detail: { taskForce } });
  return after;
});
