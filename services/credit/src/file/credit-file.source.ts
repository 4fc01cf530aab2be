import type { CreditFileEntryKind } from '@casebridge/contracts';
import { BadUserInput } from '@casebridge/kernel';
import { and, column, linkedByCaseIds, list, type ListSource, or, raw, type Reader, type RecordFacts, type Sql, sql, visible } from '@casebridge/platform';
import { caseNotHidden } from '../case/case.source';
import { publicPenalties } from '../disclosure/disclosure-record.source';
import { listingRecords } from '../listing/listing.source';
import { measureRecords } from '../measure/measure.source';
import { punishmentList } from '../punishment/credit-punishment.source';
import { repairRecords } from '../repair/repair.source';
import { CreditFileEntryEntity } from './credit-file-entry.entity';

const col = (name: string): Sql => column('e', name);

/** A penalty is open as its publication is; to who decided, who is above it and who has a part in the case also when it is not, or no longer, shown. */
const facts: RecordFacts = { owner: col('agency_code'), linked: linkedByCaseIds(sql`array[${col('case_id')}]`) };
const penaltyShown = (reader: Reader): Sql =>
  sql`(${col('codes')} <> '{WARNING}' and ${col('ends_on')} is null and exists (select 1 from disclosure_record d where d.decision_id = ${col('decision_id')} and ${publicPenalties(reader).where}))`;

const asOf = (kind: CreditFileEntryKind, records: { readonly from: Sql; readonly where: Sql }, id: Sql): Sql =>
  sql`(${col('kind')} = ${kind} and exists (select 1 from ${records.from} where ${id} = ${col('id')} and ${records.where}))`;

/** An entry is open exactly as the record is that it tells of. */
const open = (reader: Reader): Sql =>
  or(
    and(sql`${col('kind')} = 'PENALTY'`, or(penaltyShown(reader), and(visible(reader, 'disclosure', facts), caseNotHidden(reader, col('case_id'))))),
    asOf('LISTING', listingRecords(reader), raw('l.id')),
    asOf('BAN', punishmentList(reader, null), raw('cp.id')),
    asOf('MEASURE', measureRecords(reader), raw('m.id')),
    asOf('REPAIR', repairRecords(reader), raw('cr.id')),
  );

export interface CreditFileConditions {
  readonly kinds?: readonly CreditFileEntryKind[] | null;
  readonly from?: string | null;
  readonly to?: string | null;
}

/** Every field that it asks about is open with the entry. */
function fileFilter({ kinds, from, to }: CreditFileConditions): Sql {
  if (from != null && to != null && from > to) throw new BadUserInput('filter.to', 'must not be before filter.from');
  return and(
    kinds == null ? null : sql`${col('kind')} = any(${kinds}::text[])`,
    from == null ? null : sql`${col('on_day')} >= ${from}::date`,
    to == null ? null : sql`${col('on_day')} <= ${to}::date`,
  );
}

export const creditFile = (reader: Reader, filter: CreditFileConditions = {}): ListSource<CreditFileEntryEntity> => ({
  name: 'creditFile', type: 'CreditFileEntry', id: 'id', entity: CreditFileEntryEntity, columns: list([raw('e.*')]), from: raw('credit_file_entry e'),
  where: and(open(reader), fileFilter(filter)),
  order: [
    { expression: col('on_day'), column: 'on_day', type: 'date' },
    { expression: col('id'), column: 'id', type: 'uuid' },
  ],
});
