import { isUuid, type Principal } from '@casebridge/kernel';
import { and, query, readerOf, type ServiceDeps, sql } from '@casebridge/platform';
import { seenRows } from './referral.source';

/** Whether some record that names these bytes is open to the reader, documents of a part that has ended included. */
export const mayOpenDocument = (deps: ServiceDeps) => async (principal: Principal, fileId: string): Promise<boolean> => {
  if (!isUuid(fileId) || principal.kind !== 'agency') return false;
  const { from, file } = seenRows(readerOf(principal, deps.directory, deps.clock.now()));
  const rows = await query(deps.dataSource.manager, sql`
    select 1 as open from referral_document d join (${from}) on r.id = d.referral_id
    where ${and(sql`d.file_id = ${fileId}`, file, sql`(ep.position is null or d.added_position <= ep.position)`)} limit 1`);
  return rows.length > 0;
};
