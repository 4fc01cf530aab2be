import type { CriminalCharge } from '@casebridge/contracts';
import { isUuid } from '@casebridge/kernel';
import { sql } from '@casebridge/platform';
import { getCaseForUpdate } from '../admin-case/admin-case.loader';
import { assertVersion } from '../shared/act';
import { lineInput, textInput } from '../shared/input-text';
import { assertMayAct, at, defineReferralAct, instantOf, saveReferral, standing, tell } from './referral-act';
import { finishedReferral } from './referral.machine';
import { referralAfter, stateOf } from './referral-record';
import { decideReferral, noReferral } from './referral.rule';
import { created, latestReferral, LONGEST_FACTS } from './submit-referral-report.usecase';

interface OrderReferral {
  readonly caseId: string;
  readonly input: { readonly orderNo: string; readonly charge: CriminalCharge; readonly opinion: string; readonly expectedVersion?: number | null };
}

const act = 'orderReferral';

/** The procuratorate that has a part in the case finds that it must be referred; a report that is there stays as it was written. */
export const orderReferral = defineReferralAct<OrderReferral>(act, async (request, { caseId, input }) => {
  const seen = isUuid(caseId) ? await latestReferral(request, caseId, sql``) : null;
  const adminCase = await getCaseForUpdate(request, caseId);
  const latest = await latestReferral(request, caseId, sql`for update of r`);
  const current = latest && !finishedReferral.includes(latest.status) ? latest : null;
  if (current) request.target.is({ ...standing(current), changedMeanwhile: current.id !== seen?.id || current.version !== seen.version });
  const acting = at(request, instantOf(request, latest));
  const { code, functions } = acting.who.agency;
  const procuratorateAgencyCode = functions.includes('PROCURATORATE') && adminCase.parts.includes(code) ? code : null;
  assertMayAct(acting, act, { filingAgencyCode: adminCase.agencyCode, policeAgencyCode: null, procuratorateAgencyCode, courtAgencyCode: null });
  assertVersion((current ?? adminCase).version, input.expectedVersion);
  const now = acting.tx.clock.now();
  const decided = decideReferral(current ? stateOf(current) : noReferral, act, now, acting.tx.calendar);

  const orderNo = lineInput(input.orderNo, 'input.orderNo');
  const opinion = textInput(input.opinion, 'input.opinion', LONGEST_FACTS);
  const before = current ?? { ...(await created(acting, caseId, adminCase.agencyCode, now)), charge: input.charge, facts: opinion };
  const after = referralAfter(before, { act, decided, fields: { orderNo }, at: now });
  await saveReferral(acting, after, current ? 'update' : 'insert');
  await tell(acting, after, adminCase, { act, decided, detail: { documentNo: orderNo, reasons: opinion, charge: input.charge } });
  return after;
});
