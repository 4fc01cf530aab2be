import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The registry of agencies and what its heads took back: tokens and officers. */
export class CreateAgency1800000000000 implements MigrationInterface {
  name = 'CreateAgency1800000000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table agency (
        code text not null,
        name text not null,
        name_en text not null,
        functions text[] not null,
        regions text[] not null default '{}',
        superior_code text,
        status text not null default 'ACTIVE',
        issuer text not null,
        jwks jsonb,
        jwks_uri text,
        officers jsonb not null default '[]',
        version integer not null default 1,
        registered_at timestamptz(3) not null,
        updated_at timestamptz(3) not null,
        search_text text not null,
        constraint agency_pkey primary key (code),
        constraint agency_code_is_plain check (code ~ '^[A-Z0-9][A-Z0-9-]{1,39}$'),
        constraint agency_has_a_name check (name <> '' and name_en <> ''),
        constraint agency_has_a_function check (cardinality(functions) > 0),
        constraint agency_functions_are_known check (functions <@ array['DRUG', 'MARKET', 'POLICE', 'PROCURATORATE', 'COURT', 'HEALTH',
          'CDC', 'ADR_CENTRE', 'LAB', 'SUPERVISION', 'INSURANCE', 'DEVELOPMENT_REFORM', 'JUSTICE', 'AUDIT', 'CUSTOMS', 'EMERGENCY', 'FIRE',
          'FOOD_DRUG_OFFICE']),
        constraint agency_superior_is_registered foreign key (superior_code) references agency (code) deferrable initially deferred,
        constraint agency_is_not_its_own_superior check (superior_code <> code),
        constraint agency_status_is_known check (status in ('ACTIVE', 'RETIRED')),
        constraint agency_issuer_is_its_own unique (issuer) deferrable initially deferred,
        constraint agency_has_keys_inline_or_by_address check (jwks is null or jwks_uri is null),
        constraint agency_keys_are_an_object check (jwks is null or jsonb_typeof(jwks) = 'object'),
        constraint agency_officers_are_an_array check (jsonb_typeof(officers) = 'array'),
        constraint agency_version_positive check (version > 0)
      );
      create index agency_registered_idx on agency (registered_at desc, code desc);
      create index agency_superior_idx on agency (superior_code);
      create index agency_functions_idx on agency using gin (functions);
      create index agency_regions_idx on agency using gin (regions);

      create table revoked_token (
        agency_code text not null,
        token_id text not null,
        until timestamptz(3) not null,
        reason text not null,
        revoked_at timestamptz(3) not null,
        revoked_by_agency text not null,
        revoked_by_officer text not null,
        constraint revoked_token_pkey primary key (agency_code, token_id),
        constraint revoked_token_of_a_registered_agency foreign key (agency_code) references agency (code),
        constraint revoked_token_has_a_reason check (reason <> '')
      );

      create table revoked_officer (
        id uuid not null,
        agency_code text not null,
        officer_id text not null,
        reason text not null,
        revoked_at timestamptz(3) not null,
        revoked_by_agency text not null,
        revoked_by_officer text not null,
        constraint revoked_officer_pkey primary key (id),
        constraint revoked_officer_of_a_registered_agency foreign key (agency_code) references agency (code),
        constraint revoked_officer_has_a_reason check (reason <> '')
      );
      create index revoked_officer_latest_idx on revoked_officer (agency_code, officer_id, revoked_at desc);
      comment on table revoked_officer is 'One row per revocation: tokens issued up to revoked_at are worth nothing; later ones count.';
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop table revoked_officer; drop table revoked_token; drop table agency');
  }
}
