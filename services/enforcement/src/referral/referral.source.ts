import {
  always, and, caseFacts, caseHidden, column, list, type ListSource, mayColumns, or, raw, type Reader, type RecordFacts, type Sql, sql, visible,
} from '@casebridge/platform';
import { ReferralEntity, ReferralRefusalEntity } from './referral.entity';

/** A referral is guarded by its case: same owner, same parts, same seal. */
const facts = caseFacts('c');
const refusalFacts: RecordFacts = { ...facts, refusal: always };
const elements = { file: 'case.file', refusal: 'referral.refusal' } as const;

const from = raw('referral r join admin_case c on c.case_id = r.case_id');

/** Referrals that a running relation opens: what lists, counts and acts work on. */
export const referralRecords = (reader: Reader) => ({
  type: 'Referral', id: 'id' as const, entity: ReferralEntity,
  columns: sql`r.*, ${mayColumns(reader, refusalFacts, elements)}`, from, where: visible(reader, 'referral', facts),
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

/**
 * Referrals by id or case, the ones included in which the reader's part has ended and nothing else opens: these come as they stood at
 * the act that ended it, with its position as `ended_position`.
 */
export const referralsAsSeen = (reader: Reader) => {
  const running = visible(reader, 'referral', facts);
  const ended = and(sql`not (${running})`, raw('ep.position is not null'), sql`not ${caseHidden('c')(reader)}`);
  const [file, refusal] = [visible(reader, 'case.file', facts), visible(reader, 'referral.refusal', refusalFacts)];
  return {
    type: 'Referral', id: 'id' as const, entity: ReferralEntity,
    columns: list([
      raw('r.*'), sql`${or(file, ended)} as may_file`, sql`${refusal} as may_refusal`,
      raw(`ep.position as ended_position, ep.status as ended_status, ep.holder_code as ended_holder_code, ep.version as ended_version,
           ep.due_at as ended_due_at, ep.deadline as ended_deadline`),
    ]),
    from: sql`referral r join admin_case c on c.case_id = r.case_id left join lateral (
      select t.position, t.status, t.holder_code, t.version, t.due_at, t.deadline
      from case_part p join referral_timeline t on t.referral_id = p.ended_referral_id and t.position = p.ended_position
      where p.case_id = r.case_id and p.ended_referral_id = r.id and p.agency_code = any(${reader.partyCodes}::text[]) and not (${running})
      order by t.position desc limit 1
    ) ep on true`,
    where: or(running, ended),
  };
};

/** True for a case whose current referral, as far as this reader may see it, is overdue; false the other way round. */
export const overdueFilter = (reader: Reader, now: Date, overdue: boolean): Sql => {
  const late = and(
    visible(reader, 'referral', facts),
    sql`exists (select 1 from referral r where r.case_id = c.case_id and r.due_at <= ${now}
      and r.created_at = (select max(latest.created_at) from referral latest where latest.case_id = c.case_id))`,
  );
  return overdue ? late : sql`not ${late}`;
};

const refusalViewFacts: RecordFacts = {
  owner: column('x', 'agency_code'), region: column('x', 'region_code'), refusal: always, hidden: caseHidden('x'),
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
