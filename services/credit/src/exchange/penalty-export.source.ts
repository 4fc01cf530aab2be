import { type DisclosureClass, type PartyKind, type PenaltyKind, violationType } from '@casebridge/contracts';
import { fenToTenThousandYuan } from '@casebridge/kernel';
import { and, query, type Reader, type ServiceDeps, sql } from '@casebridge/platform';
import { ownDisclosures } from '../disclosure/disclosure-record.source';
import type { ExchangeRecord } from './exchange-layout.rule';
import { partyKindText, penaltyKindsText } from './exchange-value.rule';

export interface ExportConditions {
  readonly decidedFrom: string | null;
  readonly decidedTo: string | null;
}

interface ExportRow {
  readonly id: string;
  readonly decided_on: string;
  readonly published_on: string;
  readonly document_no: string;
  readonly party_name: string;
  readonly party_uscc: string | null;
  readonly party_kind: PartyKind;
  readonly violation_type: string;
  readonly penalty_kinds: readonly PenaltyKind[];
  readonly penalty_summary: string;
  readonly penalty_basis: string | null;
  readonly fine_fen: number | null;
  readonly authority_code: string;
  readonly disclosure_ends_on: string | null;
  readonly class: DisclosureClass;
  readonly record: ExchangeRecord | null;
}

/** Records of one query: no more of an export is in memory at once, and no connection is held between two. */
const batch = 1_000;

/** What the reader may hand on, as records of the exchange, by day of publication. Read in pieces, so that a slow reader holds nothing. */
export async function* exportedRecords({ dataSource, directory }: ServiceDeps, reader: Reader, { decidedFrom, decidedTo }: ExportConditions): AsyncGenerator<ExchangeRecord> {
  const where = and(
    ownDisclosures(reader), decidedFrom === null ? null : sql`d.decided_on >= ${decidedFrom}::date`, decidedTo === null ? null : sql`d.decided_on <= ${decidedTo}::date`,
  );
  let last: ExportRow | undefined;
  for (;;) {
    const rows: ExportRow[] = await query<ExportRow>(dataSource.manager, sql`
      select d.*, i.record from disclosure_record d left join imported_penalty i on i.id = d.decision_id
      where ${and(where, last && sql`(d.published_on, d.id) > (${last.published_on}::date, ${last.id}::uuid)`)}
      order by d.published_on, d.id limit ${batch}`);
    for (const row of rows) yield recordOfRow(row, directory.agency(row.authority_code)?.name ?? row.authority_code);
    last = rows.at(-1);
    if (rows.length < batch) return;
  }
}

/** A decision of the hub's own cases as the record; one that was imported as its agency told it, with the end that the rules give. */
function recordOfRow(row: ExportRow, authority: string): ExchangeRecord {
  const endsOn = row.disclosure_ends_on ?? '';
  if (row.record) return { ...row.record, CF_GSJZQ: endsOn, ...money(row.record) };
  const violation = violationType.is(row.violation_type) ? violationType.labels[row.violation_type].zh : row.violation_type;
  return {
    CF_XDR_MC: row.party_name, CF_XDR_LB: partyKindText[row.party_kind], CF_XDR_SHXYM: row.party_uscc ?? '', CF_WSH: row.document_no, CF_WFXW: violation,
    CF_SY: violation, // the hub publishes the kind of the violation, and no facts in words
    CF_YJ: row.penalty_basis ?? '', CF_CFLB: penaltyKindsText(row.penalty_kinds), CF_NR: row.penalty_summary, CF_NR_FK: row.fine_fen === null ? '' : sixDecimals(row.fine_fen),
    CF_JDRQ: row.decided_on, CF_GSJZQ: endsOn, CF_CFJG: authority, CF_SJLY: authority,
  };
}

/** Amounts with all six decimals, however the agency wrote them. */
const money = (record: ExchangeRecord): ExchangeRecord =>
  Object.fromEntries(['CF_NR_FK', 'CF_NR_WFFF'].flatMap((code) => (record[code] === undefined ? [] : [[code, sixDecimalsOf(record[code])] as const])));

const sixDecimals = (amountFen: number): string => sixDecimalsOf(fenToTenThousandYuan(amountFen));
function sixDecimalsOf(amount: string): string {
  const [whole = '0', part = ''] = amount.normalize('NFKC').replace(/,/g, '').split('.');
  return `${whole}.${part.padEnd(6, '0')}`;
}
