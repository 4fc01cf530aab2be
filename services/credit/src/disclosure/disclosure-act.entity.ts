import type { DisclosureAct, DisclosureDeferralStatus, DisclosureEnd, DisclosureStatus, SecrecyGround, WithdrawalCause } from '@casebridge/contracts';
import type { Mark } from '@casebridge/kernel';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { DisclosureChange } from './published-text.rule';

/** What an act said. */
export interface DisclosureActDetail {
  readonly reasons?: string;
  readonly opinion?: string;
  /** Of a secrecy review: on what ground how many passages were taken out, or all of it kept back. */
  readonly grounds?: readonly SecrecyGround[];
  readonly cause?: WithdrawalCause;
  readonly changes?: readonly DisclosureChange[];
  /** What the public is told of a correction. */
  readonly correction?: string;
  /** Day on which what the act tells of happened. */
  readonly on?: string;
  /** Day by which a deferral is looked at again. */
  readonly reviewOn?: string;
}

/** One act on a record, or on the deferral of a case. */
@Entity('disclosure_act')
export class DisclosureActEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'record_id', nullable: true }) recordId!: string | null;
  @Column('uuid', { name: 'deferral_id', nullable: true }) deferralId!: string | null;
  @Column('integer') position!: number;
  @Column('text') act!: DisclosureAct;
  @Column('text') status!: DisclosureStatus | DisclosureDeferralStatus;
  @Column({ type: 'timestamptz', precision: 3 }) at!: Date;
  @Column('text', { name: 'actor_code' }) actorCode!: string;
  @Column('text', { name: 'officer_id' }) officerId!: string;
  @Column('text', { name: 'basis_instrument' }) basisInstrument!: string;
  @Column('text', { name: 'basis_article' }) basisArticle!: string;
  @Column('text', { name: 'basis_mark' }) basisMark!: Mark;
  @Column('boolean', { nullable: true }) met!: boolean | null;
  @Column('jsonb') detail!: DisclosureActDetail;
}

/** That a record is no longer shown, and why: what a copy of the register has to take out (an opaque id, no name). */
@Entity('disclosure_tombstone')
export class DisclosureTombstoneEntity {
  @PrimaryColumn('uuid', { name: 'record_id' }) recordId!: string;
  @PrimaryColumn('text') reason!: DisclosureEnd;
  /** First day on which it is not shown. */
  @PrimaryColumn('date', { name: 'gone_on' }) goneOn!: string;
  @Column({ type: 'timestamptz', precision: 3 }) at!: Date;
}
