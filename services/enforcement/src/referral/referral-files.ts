import { isUuid, type Principal } from '@casebridge/kernel';
import { and, caseFacts, caseHidden, or, query, readerOf, type ServiceDeps, sql, visible } from '@casebridge/platform';

/** Whether some record that names these bytes is open to the reader, documents of a part that has ended included. */
export const mayOpenDocument = (deps: ServiceDeps) => async (principal: Principal, fileId: string): Promise<boolean> => {
  if (!isUuid(fileId) || principal.kind !== 'agency') return false;
  const reader = readerOf(principal, deps.directory, deps.clock.now());
  const endedPart = and(
    sql`exists (select 1 from case_part p where p.case_id = c.case_id and p.ended_referral_id = d.referral_id and d.added_position <= p.ended_position
      and p.agency_code = any(${reader.partyCodes}::text[]))`,
    sql`not ${caseHidden('c')(reader)}`,
  );
  const rows = await query(deps.dataSource.manager, sql`
    select 1 as open from referral_document d join referral r on r.id = d.referral_id join admin_case c on c.case_id = r.case_id
    where d.file_id = ${fileId} and ${or(visible(reader, 'case.file', caseFacts('c')), endedPart)} limit 1`);
  return rows.length > 0;
};
