import { provinceShortNames } from '@casebridge/kernel';
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateEnterprise1800000000100 implements MigrationInterface {
  name = 'CreateEnterprise1800000000100';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table enterprise (
        uscc text not null,
        name text not null,
        name_en text,
        kinds text[] not null,
        region_code text not null,
        address text not null,
        agency_code text not null,
        risk_tier text,
        risk_score integer,
        risk_reasons text[] not null default '{}',
        registered_on date not null,
        search_text text not null,
        search_bigrams text[] not null,
        constraint enterprise_pkey primary key (uscc),
        constraint enterprise_uscc_shape check (uscc ~ '^[0-9A-HJ-NPQRTUWXY]{18}$'),
        constraint enterprise_name_not_blank check (btrim(name) <> ''),
        constraint enterprise_kinds_known check (cardinality(kinds) > 0 and kinds <@ array['PRODUCER', 'MAH', 'WHOLESALER', 'RETAILER',
          'MEDICAL_INSTITUTION', 'DEVICE_PRODUCER', 'DEVICE_DISTRIBUTOR', 'COSMETIC_PRODUCER', 'ONLINE_PLATFORM', 'OTHER']),
        constraint enterprise_region_exists foreign key (region_code) references region (code),
        constraint enterprise_risk_tier_known check (risk_tier in ('A', 'B', 'C', 'D')),
        constraint enterprise_risk_score_in_hundred check (risk_score between 0 and 100),
        constraint enterprise_risk_score_behind_a_tier check (risk_score is null or risk_tier is not null)
      );
      create index enterprise_newest_idx on enterprise (registered_on, uscc);
      create index enterprise_region_idx on enterprise (region_code, registered_on, uscc);
      create index enterprise_risk_tier_idx on enterprise (risk_tier, registered_on, uscc);
      create index enterprise_search_idx on enterprise using gin (search_bigrams);
    `);
    // The number formats are those whose text was read (PROD 76, 77; DIST 76): the letters of a distribution class are left open.
    await queryRunner.query(`
      create table licence (
        id uuid not null,
        uscc text not null,
        kind text not null,
        number text not null,
        scope text,
        class_code text,
        issued_by_agency_code text not null,
        valid_from date not null,
        valid_to date,
        status text not null,
        constraint licence_pkey primary key (id),
        constraint licence_enterprise_exists foreign key (uscc) references enterprise (uscc),
        constraint licence_number_unique unique (number),
        constraint licence_number_not_blank check (btrim(number) <> ''),
        constraint licence_kind_known check (kind in ('DRUG_PRODUCTION', 'DRUG_DISTRIBUTION', 'HOSPITAL_PREPARATION', 'DEVICE_PRODUCTION',
          'DEVICE_DISTRIBUTION', 'COSMETIC_PRODUCTION', 'MEDICAL_INSTITUTION')),
        constraint licence_production_number_is_province_year_serial
          check (kind <> 'DRUG_PRODUCTION' or number ~ '^[${provinceShortNames}](19|20)[0-9]{6}$'),
        constraint licence_distribution_number_is_province_class_region_serial
          check (kind <> 'DRUG_DISTRIBUTION' or number ~ '^[${provinceShortNames}][0-9A-Z]{2}[0-9]{9}$'),
        constraint licence_production_class_of_letters check (kind <> 'DRUG_PRODUCTION' or class_code ~ '^([A-D][hzsdyqtx]*)+$'),
        constraint licence_dates_ordered check (valid_to >= valid_from),
        constraint licence_expiry_is_not_stored check (status in ('VALID', 'SUSPENDED', 'REVOKED', 'CANCELLED'))
      );
      create index licence_enterprise_idx on licence (uscc);

      create table key_person (
        id uuid not null,
        uscc text not null,
        post text not null,
        name text not null,
        from_date date not null,
        to_date date,
        constraint key_person_pkey primary key (id),
        constraint key_person_enterprise_exists foreign key (uscc) references enterprise (uscc),
        constraint key_person_name_not_blank check (btrim(name) <> ''),
        constraint key_person_post_known check (post in ('LEGAL_REPRESENTATIVE', 'PRINCIPAL', 'QUALIFIED_PERSON', 'QUALITY_HEAD',
          'PRODUCTION_HEAD', 'PHARMACOVIGILANCE_HEAD', 'TEST_STAFF')),
        constraint key_person_dates_ordered check (to_date >= from_date)
      );
      create index key_person_enterprise_idx on key_person (uscc);
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop table key_person, licence, enterprise');
  }
}
