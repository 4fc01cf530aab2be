import type { CriminalCharge } from '@casebridge/contracts';
import { lineInput, textInput } from '@casebridge/platform';
import { beginOnCase, created, LONGEST_FACTS } from './new-referral';
import { defineReferralAct, saveReferral, tell } from './referral-act';
import { referralAfter } from './referral-record';

interface OrderReferral {
  readonly caseId: string;
  readonly input: { readonly orderNo: string; readonly charge: CriminalCharge; readonly opinion: string; readonly expectedVersion?: number | null };
}

const act = 'orderReferral';

/** The procuratorate that has a part in the case finds that it must be referred; a report that is there stays as it was written. */
export const orderReferral = defineReferralAct<OrderReferral>(act, async (request, { caseId, input }) => {
  const { code, functions } = request.who.agency;
  const asProcuratorate = (c: { readonly parts: readonly string[] }): string | null => (functions.includes('PROCURATORATE') && c.parts.includes(code) ? code : null);
  const { acting, adminCase, current, decided } = await beginOnCase(request, act, caseId, input.expectedVersion, asProcuratorate);
  const now = acting.tx.clock.now();

  const orderNo = lineInput(input.orderNo, 'input.orderNo');
  const opinion = textInput(input.opinion, 'input.opinion', LONGEST_FACTS);
  const before = current ?? { ...(await created(acting, caseId, adminCase.agencyCode, now)), charge: input.charge, facts: opinion };
  const after = referralAfter(before, { act, decided, fields: { orderNo }, at: now });
  await saveReferral(acting, after, current ? 'update' : 'insert');
  await tell(acting, after, adminCase, { act, decided, detail: { documentNo: orderNo, reasons: opinion, charge: input.charge } });
  return after;
});
