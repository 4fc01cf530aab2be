import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What decisions laid on parties, shown or not, and the credit files that are made of it. */
export class CreateCreditFile1800000000810 implements MigrationInterface {
  name = 'CreateCreditFile1800000000810';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table credit_penalty (
        id uuid not null,
        decision_id uuid not null,
        case_id uuid not null,
        document_no text not null,
        party_kind text not null,
        party_name text not null,
        person_id_digest text,
        uscc text,
        agency_code text not null,
        violation_type text not null,
        penalty_kinds text[] not null,
        summary text not null,
        decided_on date not null,
        overturned_on date,
        constraint credit_penalty_pkey primary key (id),
        constraint credit_penalty_once_of_a_party unique (decision_id, party_kind, party_name, person_id_digest),
        constraint credit_penalty_party_kind_known check (party_kind in ('ENTITY', 'PERSON')),
        constraint credit_penalty_id_digest_of_person check (person_id_digest is null or (party_kind = 'PERSON' and person_id_digest ~ '^[0-9a-f]{64}$')),
        constraint credit_penalty_has_penalty check (cardinality(penalty_kinds) > 0),
        constraint credit_penalty_overturned_after_decision check (overturned_on >= decided_on)
      );
      create index credit_penalty_enterprise_idx on credit_penalty (uscc, decided_on desc, id desc) where uscc is not null;
      create index credit_penalty_person_idx on credit_penalty (person_id_digest) where person_id_digest is not null;
      create index credit_penalty_name_idx on credit_penalty (party_name) where party_kind = 'PERSON';

      -- What was published before there were files; of warnings that came earlier nothing is held.
      insert into credit_penalty (id, decision_id, case_id, document_no, party_kind, party_name, uscc, agency_code, violation_type, penalty_kinds, summary, decided_on)
      select id, decision_id, case_id, document_no, party_kind, party_name, party_uscc, authority_code, violation_type, penalty_kinds, penalty_summary, decided_on
      from disclosure_record;

      create view credit_file_entry as
      select 'PENALTY' as kind, p.id, p.decision_id, p.case_id, p.document_no, p.agency_code, p.party_kind, p.party_name, p.uscc, p.person_id_digest,
        p.decided_on as on_day, p.overturned_on as ends_on, p.penalty_kinds as codes, p.summary
      from credit_penalty p
      union all
      select 'LISTING', l.id, l.decision_id, l.case_id, l.document_no, l.agency_code, l.party_kind, l.party_name, l.uscc, p.person_id_digest, l.published_on, l.ends_on,
        l.grounds, null
      from dishonesty_listing l
      left join lateral (select min(p.person_id_digest) as person_id_digest from credit_penalty p where p.decision_id = l.decision_id and p.party_kind = 'PERSON'
        and l.party_kind = 'PERSON' and p.party_name = l.party_name having count(distinct p.person_id_digest) = 1) p on true
      where l.published_on is not null
      union all
      select 'BAN', c.id, c.decision_id, c.case_id, c.document_no, c.agency_code, c.party_kind, c.party_name, c.uscc, c.person_id_digest, c.starts_on, c.ends_on,
        array[c.kind], null
      from credit_punishment c where c.kind <> 'DISHONESTY_LISTING'
      union all
      select 'MEASURE', m.id, l.decision_id, m.case_id, l.document_no, m.agency_code, m.party_kind, m.party_name, m.uscc, p.person_id_digest,
        (m.ordered_at at time zone 'Asia/Shanghai')::date, m.lifted_on, array[m.kind], null
      from joint_measure m join dishonesty_listing l on l.id = m.listing_id
      left join lateral (select min(p.person_id_digest) as person_id_digest from credit_penalty p where p.decision_id = l.decision_id and p.party_kind = 'PERSON'
        and l.party_kind = 'PERSON' and p.party_name = l.party_name having count(distinct p.person_id_digest) = 1) p on true
      union all
      select 'REPAIR', r.id, r.decision_id, r.case_id, r.document_no, r.agency_code, r.party_kind, r.party_name, r.uscc, p.person_id_digest,
        coalesce(r.revoked_on, (r.stopped_at at time zone 'Asia/Shanghai')::date), r.revocation_ends_on, array[r.status], null
      from credit_repair r
      left join lateral (select min(p.person_id_digest) as person_id_digest from credit_penalty p where p.decision_id = r.decision_id and p.party_kind = 'PERSON'
        and r.party_kind = 'PERSON' and p.party_name = r.party_name having count(distinct p.person_id_digest) = 1) p on true
      where r.stopped_at is not null or r.revoked_on is not null;
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop view credit_file_entry; drop table credit_penalty');
  }
}
