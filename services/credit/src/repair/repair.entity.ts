import type { PartyKind, RepairAct, RepairDocument, RepairKind, RepairRefusalGround, RepairStatus } from '@casebridge/contracts';
import type { Mark } from '@casebridge/kernel';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { RepairClockName } from './repair.clocks';

/** One way of one published penalty to its repair. */
@Entity('credit_repair')
export class CreditRepairEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('text') kind!: RepairKind;
  @Column('uuid', { name: 'disclosure_id' }) disclosureId!: string;
  @Column('uuid', { name: 'decision_id' }) decisionId!: string;
  /** Null where the decision was imported. */
  @Column('uuid', { name: 'case_id', nullable: true }) caseId!: string | null;
  @Column('text', { name: 'document_no' }) documentNo!: string;
  @Column('text', { name: 'party_kind' }) partyKind!: PartyKind;
  @Column('text', { name: 'party_name' }) partyName!: string;
  @Column('text', { nullable: true }) uscc!: string | null;
  /** The agency that decided the penalty. */
  @Column('text', { name: 'agency_code' }) agencyCode!: string;
  /** The agency of the province where the party is registered, where that is another one. */
  @Column('text', { name: 'registry_code', nullable: true }) registryCode!: string | null;
  @Column('text') status!: RepairStatus;
  /** What was handed in so far. */
  @Column({ type: 'text', array: true }) documents!: RepairDocument[];
  @Column('date', { name: 'applied_on' }) appliedOn!: string;
  @Column('date', { name: 'corrections_requested_on', nullable: true }) correctionsRequestedOn!: string | null;
  @Column('text', { name: 'refusal_ground', nullable: true }) refusalGround!: RepairRefusalGround | null;
  /** Since when the decision is not shown, shared or used; null: it is. */
  @Column({ type: 'timestamptz', precision: 3, name: 'stopped_at', nullable: true }) stoppedAt!: Date | null;
  @Column('date', { name: 'notified_on', nullable: true }) notifiedOn!: string | null;
  @Column('date', { name: 'revoked_on', nullable: true }) revokedOn!: string | null;
  /** Last day on which the revocation is shown and no application is accepted. */
  @Column('date', { name: 'revocation_ends_on', nullable: true }) revocationEndsOn!: string | null;
  @Column('text', { nullable: true }) clock!: RepairClockName | null;
  @Column({ type: 'timestamptz', precision: 3, name: 'clock_started_at', nullable: true }) clockStartedAt!: Date | null;
  @Column({ type: 'timestamptz', precision: 3, name: 'due_at', nullable: true }) dueAt!: Date | null;
  /** Counts the acts. */
  @Column('integer') version!: number;
  @Column({ type: 'timestamptz', precision: 3, name: 'created_at' }) createdAt!: Date;
  @Column({ type: 'timestamptz', precision: 3, name: 'updated_at' }) updatedAt!: Date;
}

/** What an act said. */
export interface RepairActDetail {
  readonly documents?: readonly RepairDocument[];
  readonly dutiesPerformed?: string;
  readonly harmRemoved?: string;
  readonly ground?: RepairRefusalGround;
  readonly reasons?: string;
  readonly opinion?: string;
  /** Number under which Credit China, or the registering province, took the notice. */
  readonly receiptNo?: string;
  /** Day on which what the act tells of happened. */
  readonly on?: string;
}

@Entity('credit_repair_act')
export class CreditRepairActEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'repair_id' }) repairId!: string;
  @Column('integer') position!: number;
  @Column('text') act!: RepairAct;
  @Column('text') status!: RepairStatus;
  @Column({ type: 'timestamptz', precision: 3 }) at!: Date;
  @Column('text', { name: 'actor_code' }) actorCode!: string;
  @Column('text', { name: 'officer_id' }) officerId!: string;
  @Column('text', { name: 'basis_instrument' }) basisInstrument!: string;
  @Column('text', { name: 'basis_article' }) basisArticle!: string;
  @Column('text', { name: 'basis_mark' }) basisMark!: Mark;
  @Column('boolean', { nullable: true }) met!: boolean | null;
  @Column('jsonb') detail!: RepairActDetail;
}
