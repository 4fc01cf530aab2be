import { type AgencyReader } from '@casebridge/kernel';
import { caseHidden, query, readerOf, type ServiceDeps, sql } from '@casebridge/platform';
import { bytesOfCases } from './documents';

/** Whether a case whose file names these bytes is sealed from the reader, or he is excluded from it: stronger than having uploaded them. */
export const isDocumentBarred = (deps: ServiceDeps) => async (principal: AgencyReader, fileId: string): Promise<boolean> => {
  const reader = readerOf(principal, deps.directory, deps.clock.now());
  const rows = await query(deps.dataSource.manager, sql`
    select 1 as barred from ${bytesOfCases} d join admin_case c on c.case_id = d.case_id
    where d.file_id = ${fileId} and ${caseHidden('c')(reader)} limit 1`);
  return rows.length > 0;
};
