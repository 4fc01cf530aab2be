import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Goods of a referral, lot by lot, and the chain of custody from which follows who has which part of them. */
export class CreateGoods1800000001110 implements MigrationInterface {
  name = 'CreateGoods1800000001110';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table goods_lot (
        id uuid not null,
        referral_id uuid not null,
        lot_no integer not null,
        name text not null,
        features text not null,
        unit text not null,
        quantity integer not null,
        perishable boolean not null,
        recorded_position integer not null,
        constraint goods_lot_pkey primary key (id),
        constraint goods_lot_of_a_referral foreign key (referral_id) references referral (id),
        constraint goods_lot_number_once unique (referral_id, lot_no),
        constraint goods_lot_number_from_one check (lot_no > 0),
        constraint goods_lot_is_named check (name <> '' and unit <> ''),
        constraint goods_lot_is_some check (quantity > 0)
      );
      create table goods_movement (
        id uuid not null,
        lot_id uuid not null,
        position integer not null,
        seq integer not null,
        act text not null,
        from_part_id uuid not null,
        part_id uuid not null,
        quantity integer not null,
        state text not null,
        custodian_code text,
        place text,
        cost_owner text,
        constraint goods_movement_pkey primary key (id),
        constraint goods_movement_of_a_lot foreign key (lot_id) references goods_lot (id),
        constraint goods_movement_custodian_is_registered foreign key (custodian_code) references agency (code),
        constraint goods_movement_in_order unique (lot_id, position, seq),
        constraint goods_movement_is_of_some check (quantity > 0),
        constraint goods_movement_state_is_known check (state in ('KEPT', 'IN_PLACE', 'PRESERVED', 'RETURNED', 'DISPOSED')),
        constraint goods_movement_has_a_custodian_to_its_end check ((state in ('RETURNED', 'DISPOSED')) = (custodian_code is null)),
        constraint goods_movement_is_somewhere_to_its_end check ((state in ('RETURNED', 'DISPOSED')) = (place is null)),
        constraint goods_movement_disposal_names_who_pays check ((state = 'DISPOSED') = (cost_owner is not null)),
        constraint goods_movement_cost_owner_is_known check (cost_owner in ('FILING_AGENCY', 'POLICE', 'PARTY', 'TREASURY'))
      );
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop table goods_movement; drop table goods_lot;');
  }
}
