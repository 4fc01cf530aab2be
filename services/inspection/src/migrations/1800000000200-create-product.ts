import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateProduct1800000000200 implements MigrationInterface {
  name = 'CreateProduct1800000000200';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table product (
        id uuid not null,
        kind text not null,
        name text not null,
        registration_no text,
        holder_uscc text,
        dosage_form text,
        strength text,
        domain text not null,
        search_text text not null,
        search_bigrams text[] not null,
        constraint product_pkey primary key (id),
        constraint product_name_not_blank check (btrim(name) <> ''),
        constraint product_kind_known
          check (kind in ('DRUG', 'VACCINE', 'TCM_SLICES', 'HOSPITAL_PREPARATION', 'DEVICE', 'COSMETIC', 'UNAPPROVED')),
        constraint product_holder_exists foreign key (holder_uscc) references enterprise (uscc),
        constraint product_registration_no_not_blank check (btrim(registration_no) <> ''),
        constraint product_of_registered_kind_has_registration_no
          check (kind in ('TCM_SLICES', 'UNAPPROVED') or registration_no is not null),
        constraint product_unapproved_has_no_registration_no check (kind <> 'UNAPPROVED' or registration_no is null),
        constraint product_domain_known check (domain in ('DRUG', 'DEVICE', 'COSMETIC', 'GENERAL')),
        constraint product_domain_of_its_kind check (case kind when 'UNAPPROVED' then true when 'DEVICE' then domain = 'DEVICE'
          when 'COSMETIC' then domain = 'COSMETIC' else domain = 'DRUG' end)
      );
      create index product_holder_idx on product (holder_uscc, id);
      create index product_registration_no_idx on product (registration_no);
      create index product_search_idx on product using gin (search_bigrams);
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop table product');
  }
}
