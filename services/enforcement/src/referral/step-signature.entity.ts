import { Column, Entity, PrimaryColumn } from 'typeorm';

/** 签名 A step of a timeline, signed with the key of the service. */
@Entity('referral_step_signature')
export class ReferralStepSignatureEntity {
  @PrimaryColumn('uuid', { name: 'referral_id' }) referralId!: string;
  @PrimaryColumn('integer') position!: number;
  @Column('text') kid!: string;
  /** Compact; its text is what `stepText` makes of the step. */
  @Column('text') jws!: string;
  /** Of the signed text. */
  @Column('text') hash!: string;
  @Column('text', { name: 'words_salt' }) wordsSalt!: string;
  @Column('text', { name: 'documents_salt' }) documentsSalt!: string;
  @Column({ type: 'timestamptz', precision: 3, name: 'signed_at' }) signedAt!: Date;
}
