import type { ComplaintKind, ComplaintStatus } from '@casebridge/contracts';
import { BadUserInput, creditCode } from '@casebridge/kernel';
import {
  always, and, column, linkedByCaseIds, type ListSource, mayColumns, onDays, query, raw, type Reader, type RecordFacts, type RequestContext, type Sql, sql,
  visible,
} from '@casebridge/platform';
import { ComplaintEntity } from './complaint.entity';
import { receiptHash } from './receipt.rule';

export const complaintFacts = (c: string): RecordFacts => ({
  owner: column(c, 'agency_code'),
  parts: column(c, 'part_codes'),
  // Few complaints are behind a case: the first condition lets their partial index answer.
  linked: (reader) => and(sql`${column(c, 'case_ids')} <> '{}'`, linkedByCaseIds(column(c, 'case_ids'))(reader)),
});

/** Rows whose content the reader may see. Whatever selects rows by their content goes through here. */
const contentVisible = (reader: Reader): Sql => visible(reader, 'complaint.content', complaintFacts('c'));

export const complaintRecords = (reader: Reader) => ({
  type: 'Complaint',
  id: 'id' as const,
  entity: ComplaintEntity,
  columns: sql`c.*, ${mayColumns(reader, complaintFacts('c'), { content: 'complaint.content' })}`,
  from: raw('complaint c'),
  where: visible(reader, 'complaint.head', complaintFacts('c')),
});

/** @param name - of the list, to which its cursors are bound */
export const complaintList = (reader: Reader, name: string, filter: Sql = always): ListSource<ComplaintEntity> => {
  const records = complaintRecords(reader);
  return {
    ...records, name, where: and(records.where, filter),
    order: [
      { expression: raw('c.received_at'), column: 'received_at', type: 'timestamptz' },
      { expression: raw('c.id'), column: 'id', type: 'uuid' },
    ],
  };
};

/** A list that hangs below something which only the content names, such as an enterprise. */
export const complaintListByContent = (reader: Reader, name: string): ListSource<ComplaintEntity> => complaintList(reader, name, contentVisible(reader));

export interface ComplaintFilter {
  readonly status?: readonly ComplaintStatus[] | null;
  readonly kind?: readonly ComplaintKind[] | null;
  readonly enterpriseUscc?: string | null;
  readonly receivedFrom?: string | null;
  readonly receivedTo?: string | null;
}

/**
 * A filter on what only the content tells passes no row whose content is hidden, else the count would tell it.
 *
 * @throws BadUserInput when the period runs backwards, and for what cannot be a credit code
 */
export function complaintFilter(reader: Reader, filter: ComplaintFilter): Sql {
  const { status, kind, enterpriseUscc, receivedFrom, receivedTo } = filter;
  if (receivedFrom != null && receivedTo != null && receivedTo < receivedFrom) throw new BadUserInput('filter.receivedTo', 'must not be before receivedFrom');
  const head = and(
    status && sql`c.status = any(${status}::text[])`,
    onDays(raw('c.received_at'), receivedFrom, receivedTo),
  );
  const content = and(
    kind && sql`c.kind = any(${kind}::text[])`,
    enterpriseUscc == null ? null : sql`c.enterprise_uscc = ${creditCode(enterpriseUscc, 'filter.enterpriseUscc')}`,
  );
  return content === always ? head : and(head, contentVisible(reader), content);
}

export interface ComplaintProgress {
  readonly receivedAt: Date;
  readonly status: ComplaintStatus;
}

/** Date and status of the complaint with a receipt code, for whoever has the code; a wrong one finds nothing by the same statement. */
export async function complaintProgress(ctx: RequestContext, receiptCode: string): Promise<ComplaintProgress | null> {
  const [row] = await query<{ id: string; received_at: Date; status: ComplaintStatus }>(ctx.deps.dataSource.manager, sql`
    select c.id, c.received_at, c.status from complaint c where c.receipt_hash = ${receiptHash(receiptCode)}`);
  if (!row) return null;
  ctx.reads.add('Complaint', [row.id]);
  return { receivedAt: row.received_at, status: row.status };
}
