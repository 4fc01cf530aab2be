import type { JointMeasureKind, JointMeasureStatus, PartyKind } from '@casebridge/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A measure that another agency is to take against a listed party, and what it says to it. */
@Entity('joint_measure')
export class JointMeasureEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'listing_id' }) listingId!: string;
  @Column('uuid', { name: 'case_id' }) caseId!: string;
  @Column('text') kind!: JointMeasureKind;
  @Column('text') status!: JointMeasureStatus;
  @Column('text', { name: 'agency_code' }) agencyCode!: string;
  @Column('text', { name: 'executor_code' }) executorCode!: string;
  @Column('text', { name: 'party_kind' }) partyKind!: PartyKind;
  @Column('text', { name: 'party_name' }) partyName!: string;
  @Column('text', { nullable: true }) uscc!: string | null;
  /** What the executor is asked for. */
  @Column('text') notice!: string;
  @Column('text', { name: 'ordered_by' }) orderedBy!: string;
  @Column({ type: 'timestamptz', precision: 3, name: 'ordered_at' }) orderedAt!: Date;
  /** Until when feedback is owed; null once it came. */
  @Column({ type: 'timestamptz', precision: 3, name: 'due_at', nullable: true }) dueAt!: Date | null;
  @Column('text', { nullable: true }) feedback!: string | null;
  /** Day on which it was carried out, or found that it cannot be. */
  @Column('date', { name: 'feedback_on', nullable: true }) feedbackOn!: string | null;
  @Column('text', { name: 'feedback_by', nullable: true }) feedbackBy!: string | null;
  @Column({ type: 'timestamptz', precision: 3, name: 'feedback_at', nullable: true }) feedbackAt!: Date | null;
  @Column('boolean', { name: 'feedback_met', nullable: true }) feedbackMet!: boolean | null;
  @Column('text', { nullable: true }) lifting!: string | null;
  @Column('date', { name: 'lifted_on', nullable: true }) liftedOn!: string | null;
  @Column('text', { name: 'lifted_by', nullable: true }) liftedBy!: string | null;
  @Column({ type: 'timestamptz', precision: 3, name: 'lifted_at', nullable: true }) liftedAt!: Date | null;
  @Column('integer') version!: number;
  @Column({ type: 'timestamptz', precision: 3, name: 'updated_at' }) updatedAt!: Date;
}
