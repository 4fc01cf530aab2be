import { agencyCode } from '@casebridge/kernel';
import { always, and, onDays, raw, type Sql, sql } from '@casebridge/platform';
import type { ReferralFilter } from './referral.input';

/**
 * A filter on referrals as SQL over `r`; every field it asks about is open wherever the referral is.
 *
 * @throws BadUserInput for what cannot be the code of an agency
 */
export function referralFilterSql(filter: ReferralFilter, now: Date): Sql {
  const { status, filingAgency, policeAgency, charge, overdue, createdFrom, createdTo } = filter;
  return and(
    status == null ? always : sql`r.status = any(${status}::text[])`,
    filingAgency == null ? always : sql`r.filing_agency_code = ${agencyCode(filingAgency, 'filter.filingAgency')}`,
    policeAgency == null ? always : sql`r.police_agency_code = ${agencyCode(policeAgency, 'filter.policeAgency')}`,
    charge == null ? always : sql`r.charge = any(${charge}::text[])`,
    overdue == null ? always : sql`coalesce(r.due_at <= ${now}, false) = ${overdue}`,
    onDays(raw('r.created_at'), createdFrom, createdTo),
  );
}
