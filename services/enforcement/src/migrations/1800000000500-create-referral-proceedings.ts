import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What follows the filing of a criminal case: withdrawal, prosecution, judgment, and the court that gets a part in the case. */
export class CreateReferralProceedings1800000000500 implements MigrationInterface {
  name = 'CreateReferralProceedings1800000000500';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      alter table referral
        add column court_agency_code text,
        add column withdrawal_reasons text,
        add column non_prosecution_kind text,
        add column non_prosecution_reasons text,
        add column indictment_no text,
        add column judgment_no text,
        add column judgment_outcome text,
        add column judgment_instance text,
        add column judged_on date,
        add column effective_on date,
        add constraint referral_court_is_registered foreign key (court_agency_code) references agency (code),
        add constraint referral_withdrawn_with_reasons check (status <> 'CASE_WITHDRAWN' or withdrawal_reasons is not null),
        add constraint referral_non_prosecution_is_known check (non_prosecution_kind in ('STATUTORY', 'DISCRETIONARY', 'INSUFFICIENT_EVIDENCE')),
        add constraint referral_not_prosecuted_with_reasons check (status <> 'NOT_PROSECUTED' or (non_prosecution_kind is not null and non_prosecution_reasons is not null)),
        add constraint referral_indicted_at_a_court check (status not in ('INDICTED', 'JUDGED', 'JUDGED_EFFECTIVE') or (indictment_no is not null and court_agency_code is not null)),
        add constraint referral_judgment_is_known check (judgment_outcome in ('CONVICTED', 'EXEMPT', 'ACQUITTED') and judgment_instance in ('FIRST', 'SECOND')),
        add constraint referral_judged_with_judgment check (status not in ('JUDGED', 'JUDGED_EFFECTIVE')
          or (judgment_no is not null and judgment_outcome is not null and judgment_instance is not null and judged_on is not null)),
        add constraint referral_effective_from_a_day check (status <> 'JUDGED_EFFECTIVE' or (effective_on is not null and effective_on >= judged_on)),
        drop constraint referral_holder_is_registered, -- it is one of the parties, and they are
        drop constraint referral_holder_follows_the_status,
        add constraint referral_holder_follows_the_status check (holder_code = case
          when status in ('TRANSFERRED', 'UNDER_FILING_REVIEW', 'FILED') then police_agency_code
          when status = 'SENT_FOR_PROSECUTION' then procuratorate_agency_code
          when status in ('INDICTED', 'JUDGED') then court_agency_code
          else filing_agency_code end);
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      alter table referral
        add constraint referral_holder_is_registered foreign key (holder_code) references agency (code),
        drop constraint referral_holder_follows_the_status,
        add constraint referral_holder_follows_the_status check (case
          when status in ('PENDING_APPROVAL', 'NOT_APPROVED', 'APPROVED', 'SUPPLEMENT_REQUIRED', 'RETURNED', 'NOT_FILED') then holder_code = filing_agency_code
          when status in ('TRANSFERRED', 'UNDER_FILING_REVIEW', 'FILED') then holder_code = police_agency_code
          else true end),
        drop column court_agency_code,
        drop column withdrawal_reasons,
        drop column non_prosecution_kind,
        drop column non_prosecution_reasons,
        drop column indictment_no,
        drop column judgment_no,
        drop column judgment_outcome,
        drop column judgment_instance,
        drop column judged_on,
        drop column effective_on;
    `);
  }
}
