import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Each step of a referral's timeline signed and chained to the one before, and the public keys that ever signed. */
export class SignReferralSteps1800000001100 implements MigrationInterface {
  name = 'SignReferralSteps1800000001100';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table signing_key (
        kid text not null,
        public_jwk jsonb not null,
        first_used_at timestamptz(3) not null,
        constraint signing_key_pkey primary key (kid),
        constraint signing_key_holds_no_secret check (public_jwk ? 'x' and not public_jwk ? 'd')
      );
      create table referral_step_signature (
        referral_id uuid not null,
        position integer not null,
        kid text not null,
        jws text not null,
        hash text not null,
        words_salt text not null,
        documents_salt text not null,
        signed_at timestamptz(3) not null,
        constraint referral_step_signature_pkey primary key (referral_id, position),
        constraint referral_step_signature_of_a_step foreign key (referral_id, position) references referral_timeline (referral_id, position),
        constraint referral_step_signature_by_a_known_key foreign key (kid) references signing_key (kid),
        constraint referral_step_signature_is_compact check (jws ~ '^[A-Za-z0-9_-]+[.][A-Za-z0-9_-]+[.][A-Za-z0-9_-]+$'),
        constraint referral_step_signature_hash_is_hex check (hash ~ '^[0-9a-f]{64}$'),
        constraint referral_step_signature_has_two_salts check (length(words_salt) >= 22 and length(documents_salt) >= 22 and words_salt <> documents_salt)
      );
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop table referral_step_signature; drop table signing_key;');
  }
}
