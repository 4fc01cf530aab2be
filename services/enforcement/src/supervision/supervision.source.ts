import type { SupervisionFindingKind } from '@casebridge/contracts';
import { agencyCode, apl2021, o310 } from '@casebridge/kernel';
import {
  always, and, caseHidden, inRegion, type ListSource, onDays, raw, type Reader, type RecordFacts, regionCode, type Sql, sql, visible,
} from '@casebridge/platform';
import { fileCalled } from '../referral';
import { crimeThresholds } from './crime-threshold.rule';
import { SupervisionFindingEntity, SupervisionRecordEntity } from './supervision.entity';

/** The police said that they do not take it, and it has not gone to others since. */
const refusedReceipt = sql`select t.* from referral_timeline t where t.referral_id = r.id and t.act = 'RECORD_RECEIPT_REFUSAL' and not exists (
  select 1 from referral_timeline n where n.referral_id = r.id and n.position > t.position and n.act in ('TRANSFER_REFERRAL', 'FORWARD_REFERRAL'))`;

/**
 * A referral whose clock is over: not received by the police, not handed over by the agency, or late in any other step. The time for a remedy is a right and
 * no duty; that for the goods is owed by the agency, and no act meets it yet.
 */
const lateReferrals = (now: Date): Sql => sql`
  select md5('referral' || r.id || r.status || extract(epoch from r.due_at))::uuid as id,
         case r.status when 'TRANSFERRED' then 'NOT_RECEIVED' when 'APPROVED' then 'NOT_TRANSFERRED' else 'OVERDUE' end as kind,
         r.case_id, r.holder_code as owes_code, r.due_at as since, r.status as step, r.deadline -> 'rule' -> 'citation' as basis, r.charge,
         '[]'::jsonb as final_articles, null::bigint as fine_fen, null::text as reasons, r.id as referral_id, null::uuid as clue_id
  from referral r where r.due_at <= ${now} and r.status not in ('FILED', 'NOT_FILED') and not (r.status = 'TRANSFERRED' and exists (${refusedReceipt}))`;

/** 有案不接 A refusal to take it, whether the time for the receipt is over or not. */
const refusedReceipts = sql`
  select md5('receipt' || t.id)::uuid, 'NOT_RECEIVED', r.case_id, r.holder_code, t.at, r.status, ${JSON.stringify(o310('7'))}::jsonb, r.charge, '[]'::jsonb, null::bigint,
         t.detail ->> 'reasons', r.id, null::uuid
  from referral r join lateral (${refusedReceipt} order by t.position desc limit 1) t on true
  where r.status = 'TRANSFERRED'`;

/** A track beside the main one that is late; remedies only as long as the police have not filed, and to propose supervision is a right. */
const lateTracks = (now: Date): Sql => sql`
  select md5('track' || k.referral_id || k.kind || k.position)::uuid, 'OVERDUE', r.case_id, k.track ->> 'holderCode', (k.track -> 'deadline' ->> 'dueAt')::timestamptz,
         k.track ->> 'state', k.track -> 'deadline' -> 'rule' -> 'citation', r.charge, '[]'::jsonb, null::bigint, null::text, r.id, null::uuid
  from (
    select distinct on (t.referral_id, x.track ->> 'kind') t.referral_id, t.position, x.track ->> 'kind' as kind, x.track
    from referral_timeline t cross join lateral jsonb_array_elements(t.tracks) x(track)
    where t.tracks <> '[]' order by t.referral_id, x.track ->> 'kind', t.position desc
  ) k join referral r on r.id = k.referral_id
  where k.track ->> 'holderCode' is not null and k.track ->> 'state' <> 'UPHELD'
    and (k.kind = 'REVERSE_TRANSFER' or r.status in ('UNDER_FILING_REVIEW', 'SUPPLEMENT_REQUIRED', 'NOT_FILED')) and (k.track -> 'deadline' ->> 'dueAt')::timestamptz <= ${now}`;

const articlesOf = raw(`(select jsonb_agg(distinct jsonb_build_object('instrument', i.basis_instrument, 'article', i.basis_article, 'mark', i.basis_mark))
  from penalty_item i where i.decision_id = d.id)`);
const finesOf = raw(`(select sum(i.amount_fen) from penalty_item i where i.decision_id = d.id and i.kind = 'FINE')::bigint`);
/** As served, and from service on. */
const served = raw(`d.served_on is not null`);

/** 以罚代刑 A decision on what may be a crime, in a case that was never reported as one. */
const finesForCrimes = sql`
  select md5('fine' || d.id)::uuid, 'FINE_FOR_CRIME', d.case_id, d.agency_code, coalesce(d.service_recorded_at, d.created_at), null::text, t.basis, t.charge,
         ${articlesOf}, ${finesOf}, null::text, null::uuid, null::uuid
  from penalty_decision d
  join jsonb_to_recordset(${JSON.stringify(crimeThresholds)}::jsonb) as t("violationType" text, charge text, "fromGoodsValueFen" bigint, basis jsonb)
    on t."violationType" = d.violation_type and coalesce(d.goods_value_fen, 0) >= t."fromGoodsValueFen"
  where ${served} and not exists (select 1 from referral r where r.case_id = d.case_id)`;

/** 降格处理 A decision that rests on none of the articles that were suspected, and does not say why. */
const downgraded = sql`
  select md5('downgraded' || d.id)::uuid, 'DOWNGRADED', d.case_id, d.agency_code, coalesce(d.service_recorded_at, d.created_at), null::text,
         ${JSON.stringify(apl2021('5(2)', 'NV'))}::jsonb, null::text, ${articlesOf}, ${finesOf}, null::text, null::uuid, null::uuid
  from penalty_decision d join admin_case c on c.case_id = d.case_id
  where ${served} and d.article_change_reason is null and jsonb_array_length(c.suspected_articles) > 0 and not exists (
    select 1 from penalty_item i join jsonb_array_elements(c.suspected_articles) s on s ->> 'instrument' = i.basis_instrument
      and substring(s ->> 'article' from '[0-9]+') = substring(i.basis_article from '[0-9]+')
    where i.decision_id = d.id)`;

/** 有案不查 A clue on which nothing was decided in time. */
const lateClues = (now: Date): Sql => sql`
  select md5('clue' || q.id || q.version)::uuid, 'NOT_INVESTIGATED', null::uuid, q.agency_code, q.due_at, q.status, q.deadline -> 'rule' -> 'citation', null::text, '[]'::jsonb,
         null::bigint, null::text, null::uuid, q.id
  from clue q where q.due_at <= ${now}`;

/** Everything that there is to find at an instant, whoever may see it. */
const everything = (now: Date): Sql => sql`(${lateReferrals(now)} union all ${refusedReceipts} union all ${lateTracks(now)} union all ${finesForCrimes} union all ${downgraded}
  union all ${lateClues(now)})`;

const place = raw('coalesce(c.region_code, q.region_code)');

export interface SupervisionFilterValues {
  readonly kind?: readonly SupervisionFindingKind[] | null;
  readonly agency?: string | null;
  readonly region?: string | null;
  readonly sinceFrom?: string | null;
  readonly sinceTo?: string | null;
}

/** Over the case `c`, or the clue `q`, which is hidden with the case that it became. */
export const supervisionFacts = (owner: Sql): RecordFacts => ({
  owner, region: place, refusal: always, fileCalled: fileCalled('c'), hidden: (reader) => sql`coalesce(${caseHidden('c')(reader)}, false)`,
});
/** What a finding `f` is about. */
export const subject = raw('left join clue q on q.id = f.clue_id left join admin_case c on c.case_id = coalesce(f.case_id, q.case_id)');
const facts = supervisionFacts(raw('f.owes_code'));

/** @throws BadUserInput for what cannot be the code of a region or an agency */
const matches = ({ agency, kind, region }: SupervisionFilterValues): Sql => and(
  kind == null ? always : sql`f.kind = any(${kind}::text[])`,
  agency == null ? always : sql`f.owes_code = ${agencyCode(agency, 'filter.agency')}`,
  region == null ? always : inRegion(place, regionCode(region, 'filter.region')),
);

/** Everything that stands still or went wrong, of what this reader may supervise, by rights and filter, at an instant. */
export const findingList = (reader: Reader, now: Date, filter: SupervisionFilterValues): ListSource<SupervisionFindingEntity> => {
  const { sinceFrom, sinceTo } = filter;
  return {
    type: 'SupervisionFinding', id: 'id', name: 'supervisionFindings', entity: SupervisionFindingEntity,
    columns: sql`f.*, c.case_no, ${place} as region_code, coalesce(c.facts, case when q.source <> 'COMPLAINT' then q.facts end) as facts, coalesce(c.suspected_articles, q.suspected_articles) as suspected_articles, c.goods_value_fen`,
    from: sql`${everything(now)} f ${subject}`,
    where: and(visible(reader, 'supervision', facts), matches(filter), onDays(raw('f.since'), sinceFrom, sinceTo)),
    order: [
      { expression: raw('f.since'), column: 'since', type: 'timestamptz' },
      { expression: raw('f.id'), column: 'id', type: 'uuid' },
    ],
  };
};

/** What was found in a time, whether it still stands or not: the register that a monthly list is made from. */
export const recordList = (reader: Reader, filter: SupervisionFilterValues): ListSource<SupervisionRecordEntity> => ({
  type: 'SupervisionRecord', id: 'id', name: 'supervisionRecords', entity: SupervisionRecordEntity, columns: raw('f.*'),
  from: sql`supervision_record f ${subject}`,
  where: and(visible(reader, 'supervision', facts), matches(filter), onDays(raw('f.found_at'), filter.sinceFrom, filter.sinceTo)),
  order: [
    { expression: raw('f.found_at'), column: 'found_at', type: 'timestamptz' },
    { expression: raw('f.id'), column: 'id', type: 'uuid' },
  ],
});

/** Enters what was not found before into the register; an act that changes the matter makes it another finding. */
export const enterNewFindings = (now: Date): Sql => sql`
  insert into supervision_record (id, kind, case_id, case_no, clue_id, referral_id, owes_code, since, step, basis, charge, reasons, found_at)
  select f.id, f.kind, f.case_id, c.case_no, f.clue_id, f.referral_id, f.owes_code, f.since, f.step, f.basis, f.charge, f.reasons, ${now}
  from ${everything(now)} f left join admin_case c on c.case_id = f.case_id
  where not exists (select 1 from supervision_record r where r.id = f.id)
  order by f.since, f.id limit 1000
  on conflict (id) do nothing
  returning id, kind, case_id, clue_id, owes_code, since`;
