import type { RightsElement } from '@casebridge/contracts';
import {
  always, and, caseFacts, caseHidden, column, list, type ListSource, mayColumns, never, or, raw, type Reader, type RecordFacts, relationsFor, type Sql,
  sql, visible,
} from '@casebridge/platform';
import { FILE_CALLED } from '../admin-case/case-access';
import { ReferralEntity, ReferralRefusalEntity } from './referral.entity';

/** A referral is guarded by its case: same owner, same parts, same seal. */
const facts = caseFacts('c');
const refusalFacts: RecordFacts = { ...facts, refusal: always, fileCalled: (reader) => fileCalled('c')(reader) };
/** What others write in a case of the agency is not its own. */
const proceedingsFacts: RecordFacts = { ...facts, owner: undefined };
const elements = { file: 'case.file', refusal: 'referral.refusal', notice: 'referral.notice' } as const;
const proceedings = { proceedings: 'referral.proceedings' } as const;

const from = raw('referral r join admin_case c on c.case_id = r.case_id');

/** Referrals that a running relation opens: what lists, counts and acts work on. */
export const referralRecords = (reader: Reader) => ({
  type: 'Referral', id: 'id' as const, entity: ReferralEntity,
  columns: list([raw('r.*'), mayColumns(reader, refusalFacts, elements), mayColumns(reader, proceedingsFacts, proceedings)]), from, where: visible(reader, 'referral', facts),
});

export const referralList = (reader: Reader, filter: Sql = always): ListSource<ReferralEntity> => {
  const records = referralRecords(reader);
  return {
    ...records, name: 'referrals', where: and(records.where, filter),
    order: [
      { expression: raw('r.created_at'), column: 'created_at', type: 'timestamptz' },
      { expression: raw('r.id'), column: 'id', type: 'uuid' },
    ],
  };
};

const openedByParty = (reader: Reader, element: RightsElement): boolean => relationsFor(reader, element).includes('party');

/**
 * The rows behind a referral by id: `r`, its case `c`, and, for a reader whose part in the case has ended while nothing else opens the
 * referral, the timeline entry `ep` up to which it is his to read. Of several parts that ended the one that saw most counts.
 */
export const seenRows = (reader: Reader) => {
  const running = visible(reader, 'referral', facts);
  const from = sql`referral r join admin_case c on c.case_id = r.case_id left join lateral (
    select t.* from case_part p join referral_timeline t on t.referral_id = r.id
      and case when p.ended_referral_id = r.id then t.position <= p.ended_position else t.at <= p.ended_at end
    where p.case_id = r.case_id and p.ended_at is not null and p.agency_code = any(${reader.partyCodes}::text[]) and not (${running})
    order by t.position desc limit 1
  ) ep on true`;
  const ended = openedByParty(reader, 'referral')
    ? and(sql`not (${running})`, raw('ep.position is not null'), sql`not ${caseHidden('c')(reader)}`)
    : never;
  /** To a reader with a running relation, or to one whose part ended where a part opens it. */
  const open = (element: RightsElement, of = facts): Sql => or(visible(reader, element, of), openedByParty(reader, element) ? ended : never);
  return { from, running, ended, open, file: open('case.file') };
};

/**
 * Referrals by id or by case, those included in which the reader's part has ended: these come with the columns `ended_…`, how the
 * referral stood at the act that ended it.
 */
export const referralsAsSeen = (reader: Reader) => {
  const { from: rows, running, ended, open } = seenRows(reader);
  return {
    type: 'Referral', id: 'id' as const, entity: ReferralEntity,
    columns: list([
      raw('r.*'), sql`${open('case.file')} as may_file`, sql`${visible(reader, 'referral.refusal', refusalFacts)} as may_refusal`,
      sql`${open('referral.proceedings', proceedingsFacts)} as may_proceedings`, sql`${open('referral.notice')} as may_notice`,
      raw(`ep.position as ended_position, ep.at as ended_at, ep.status as ended_status, ep.holder_code as ended_holder_code,
           ep.version as ended_version, ep.due_at as ended_due_at, ep.deadline as ended_deadline, ep.standing as ended_standing`),
    ]),
    from: rows, where: or(running, ended),
  };
};

/** True for a case whose current referral, as far as this reader may see it, is overdue; false the other way round. */
export const overdueFilter = (reader: Reader, now: Date, overdue: boolean): Sql => {
  const late = and(
    visible(reader, 'referral', facts),
    sql`exists (select 1 from referral r where r.case_id = c.case_id and r.due_at <= ${now}
      and r.id = (select latest.id from referral latest where latest.case_id = c.case_id order by latest.created_at desc, latest.id desc limit 1))`,
  );
  return overdue ? late : sql`not ${late}`;
};

/** Whether a part that comes of calling for the file runs. */
export const fileCalled = (alias: string) => (reader: Reader): Sql => sql`exists (select 1 from case_part fp
  where fp.case_id = ${column(alias, 'case_id')} and fp.agency_code = ${reader.self}::text and fp.kind = ${FILE_CALLED} and fp.ended_at is null)`;

const refusalViewFacts: RecordFacts = {
  owner: column('x', 'agency_code'), region: column('x', 'region_code'), refusal: always, fileCalled: fileCalled('x'), hidden: caseHidden('x'),
};

/** Refusals to refer: what the procuratorate of the place sees although it has no part in the case. */
export const refusalList = (reader: Reader): ListSource<ReferralRefusalEntity> => ({
  type: 'ReferralRefusal', id: 'id', name: 'referralRefusals', entity: ReferralRefusalEntity, columns: raw('x.*'), from: raw('referral_refusal x'),
  where: visible(reader, 'referral.refusal', refusalViewFacts),
  order: [
    { expression: raw('x.refused_at'), column: 'refused_at', type: 'timestamptz' },
    { expression: raw('x.id'), column: 'id', type: 'uuid' },
  ],
});
