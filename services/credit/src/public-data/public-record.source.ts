import type { PartyKind, PenaltyKind } from '@casebridge/contracts';
import { and, query, raw, type Reader, type ServiceDeps, type Sql, sql } from '@casebridge/platform';
import { publicPenalties } from '../disclosure/disclosure-record.source';
import { repairedDecision } from '../repair/repair-stop.source';

/** A published penalty as it stands in a file: what the public reads of `DisclosureRecord`, and nothing else. */
export interface PublicRecord {
  readonly id: string;
  readonly documentNo: string;
  readonly partyName: string;
  readonly partyKind: PartyKind;
  readonly partyUscc: string | null;
  readonly violationType: string;
  readonly penaltyKinds: readonly PenaltyKind[];
  readonly penaltySummary: string;
  readonly fineFen: number | null;
  readonly authorityCode: string;
  readonly regionCode: string;
  readonly decidedOn: string;
  readonly publishedOn: string;
  readonly disclosureEndsOn: string | null;
}

const columns = raw(`d.id, d.document_no as "documentNo", d.party_name as "partyName", d.party_kind as "partyKind", d.party_uscc as "partyUscc", d.violation_type as "violationType",
  d.penalty_kinds as "penaltyKinds", d.penalty_summary as "penaltySummary", d.fine_fen as "fineFen", d.authority_code as "authorityCode", d.region_code as "regionCode",
  d.decided_on as "decidedOn", d.published_on as "publishedOn", d.disclosure_ends_on as "disclosureEndsOn"`);

/** A number of the content of a row; the same row, the same number. */
const fingerprint = raw(`hashtextextended(jsonb_build_array(d.id, d.document_no, d.party_name, d.party_kind, d.party_uscc, d.violation_type, d.penalty_kinds, d.penalty_summary, d.fine_fen,
  d.authority_code, d.region_code, d.decided_on, d.published_on, d.disclosure_ends_on)::text, 0)`);

/** Records of one query; between two no connection is held, so that a slow reader holds nothing. */
const batch = 1_000;

/** What the page shows, by the same condition: who reads a file cannot see more, or less. */
const shown = (reader: Reader, filter: Sql): Sql => and(publicPenalties(reader).where, filter);

/** Records by day of publication. */
export async function* publicRecords({ dataSource }: ServiceDeps, reader: Reader, filter: Sql): AsyncGenerator<PublicRecord> {
  let last: PublicRecord | undefined;
  for (;;) {
    const rows: PublicRecord[] = await query<PublicRecord>(dataSource.manager, sql`
      select ${columns} from disclosure_record d left join public_data_entry e on e.record_id = d.id
      where ${and(shown(reader, filter), last && sql`(d.published_on, d.id) > (${last.publishedOn}::date, ${last.id}::uuid)`)}
      order by d.published_on, d.id limit ${batch}`);
    yield* rows;
    last = rows.at(-1);
    if (rows.length < batch) return;
  }
}

export interface Edition {
  readonly records: number;
  /** The same set of the same records, the same text. */
  readonly version: string;
}

export async function editionOf({ dataSource }: ServiceDeps, reader: Reader, filter: Sql): Promise<Edition> {
  const [row] = await query<{ n: number; sum: string }>(dataSource.manager, sql`
    select count(*)::int as n, coalesce(sum(${fingerprint}::numeric), 0)::text as sum from disclosure_record d where ${shown(reader, filter)}`);
  return { records: row?.n ?? 0, version: `${reader.today}.${row?.n ?? 0}.${BigInt.asUintN(64, BigInt(row?.sum ?? 0)).toString(16)}` };
}

export type Change =
  | { readonly record: PublicRecord }
  /** It is no longer public. */
  | { readonly record: null; readonly id: string; readonly reason: PublicReason };

/** Why a record is no longer public, as the public is told: that a case is sealed, deferred or secret is not for it to know. */
type PublicReason = 'WITHDRAWN' | 'EXPIRED' | 'REPAIRED' | 'NO_LONGER_PUBLIC';

/**
 * What became public, or changed, on a day or later, then tombstones for what stopped being so. What happened since the last entry was made is in
 * it too.
 */
export async function* changesSince(deps: ServiceDeps, reader: Reader, since: string): AsyncGenerator<Change> {
  const changed = sql`(e.record_id is null or e.removed_on is not null or e.changed_on >= ${since}::date or e.fingerprint <> ${fingerprint})`;
  for await (const record of publicRecords(deps, reader, changed)) yield { record };
  yield* tombstonesSince(deps, reader, since);
}

/**
 * What is gone: what was noted as public and is not, and what ended with a tombstone between two notes. The reason is that of the last tombstone since it was public;
 * before the job that enters the end of a period has run, and for a seal, which enters none, it is asked of the record.
 */
async function* tombstonesSince({ dataSource }: ServiceDeps, reader: Reader, since: string): AsyncGenerator<Change> {
  let last = '00000000-0000-0000-0000-000000000000';
  for (;;) {
    const rows = await query<{ id: string; reason: PublicReason }>(dataSource.manager, sql`
      select g.id, coalesce(
        (select case when t.reason in ('WITHDRAWN', 'EXPIRED', 'REPAIRED') then t.reason else 'NO_LONGER_PUBLIC' end from disclosure_tombstone t
          where t.record_id = g.id and t.gone_on >= g.public_on order by t.at desc limit 1),
        case when r.disclosure_ends_on < ${reader.today}::date then 'EXPIRED' when ${repairedDecision(raw('r.decision_id'))} then 'REPAIRED' else 'NO_LONGER_PUBLIC' end) as reason
      from (
        select e.record_id as id, e.changed_on as public_on from public_data_entry e where e.removed_on is null or e.removed_on >= ${since}::date
        union all
        select t.record_id, min(t.gone_on) from disclosure_tombstone t
        where t.gone_on >= ${since}::date and not exists (select 1 from public_data_entry e where e.record_id = t.record_id) group by t.record_id
      ) g left join disclosure_record r on r.id = g.id
      where g.id > ${last}::uuid and not exists (select 1 from disclosure_record d where d.id = g.id and ${shown(reader, and())})
      order by g.id limit ${batch}`);
    for (const row of rows) yield { record: null, ...row };
    last = rows.at(-1)?.id ?? last;
    if (rows.length < batch) return;
  }
}

/** Notes what is public today, with a number of its content: what was not and what reads otherwise is told as changed. Why what is gone went is in the tombstones. */
export async function noteEdition(manager: ServiceDeps['dataSource']['manager'], reader: Reader): Promise<void> {
  await query(manager, sql`
    insert into public_data_entry as e (record_id, fingerprint, changed_on)
    select d.id, ${fingerprint}, ${reader.today}::date from disclosure_record d where ${shown(reader, and())}
    on conflict (record_id) do update set fingerprint = excluded.fingerprint, changed_on = excluded.changed_on, removed_on = null
    where e.fingerprint <> excluded.fingerprint or e.removed_on is not null`);
  await query(manager, sql`
    update public_data_entry e set removed_on = ${reader.today}::date
    where e.removed_on is null and not exists (select 1 from disclosure_record d where d.id = e.record_id and ${shown(reader, and())})`);
}
