import type { CriminalCharge } from '@casebridge/contracts';
import { BadUserInput, searchText } from '@casebridge/kernel';
import { textInput } from '@casebridge/platform';
import { twoOfficers } from '../shared/officers';
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

/** Reports a suspected crime to the head of the agency: makes a referral, or takes a refused one up again on new facts. */
export const submitReferralReport = defineReferralAct<SubmitReferralReport>(act, async (request, { caseId, input }) => {
  const { acting, adminCase, current, decided } = await beginOnCase(request, act, caseId, input.expectedVersion);
  const facts = textInput(input.facts, 'input.facts', LONGEST_FACTS);
  const taskForce = await twoOfficers(acting, input.taskForce, { agencyCode: adminCase.agencyCode, field: 'input.taskForce', basis: referralMachine.rules[act].basis });
  if (current && searchText(current.facts) === searchText(facts)) {
    throw new BadUserInput('input.facts', 'must bring new facts: this report was refused', referralMachine.rules[act].basis);
  }
  const now = acting.tx.clock.now();
  const before = current ?? (await created(acting, caseId, adminCase.agencyCode, now));
  const after = referralAfter(before, { act, decided, fields: { charge: input.charge, facts, taskForce }, at: now });
  await saveReferral(acting, after, current ? 'update' : 'insert');
  await tell(acting, after, adminCase, { act, decided, detail: { taskForce, facts, charge: input.charge } });
  return after;
});
