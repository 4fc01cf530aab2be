import type { DutyCrimeClueStatus, DutyCrimeResult } from '@casebridge/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { DutyCrimeActName } from './duty-crime-clue.machine';

/** A clue to a duty crime (职务犯罪线索): between one officer and the supervision that he sent it to. No event tells of it. */
@Entity('duty_crime_clue')
export class DutyCrimeClueEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('integer') version!: number;
  @Column('text') status!: DutyCrimeClueStatus;
  @Column('text', { name: 'agency_code' }) agencyCode!: string;
  /** Who sent it: nobody else of his agency reads it. */
  @Column('text', { name: 'officer_id' }) officerId!: string;
  @Column('text', { name: 'receiver_code' }) receiverCode!: string;
  @Column('text') official!: string;
  @Column('text') facts!: string;
  @Column('text', { nullable: true }) result!: DutyCrimeResult | null;
  @Column({ type: 'timestamptz', name: 'sent_at', precision: 3 }) sentAt!: Date;
  @Column({ type: 'timestamptz', name: 'updated_at', precision: 3 }) updatedAt!: Date;
}

/** One act; positions are dense from 1. */
@Entity('duty_crime_clue_act')
export class DutyCrimeClueActEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'clue_id' }) clueId!: string;
  @Column('integer') position!: number;
  @Column('text') act!: DutyCrimeActName;
  @Column('text') status!: DutyCrimeClueStatus;
  @Column({ type: 'timestamptz', precision: 3 }) at!: Date;
  @Column('text', { name: 'actor_code' }) actorCode!: string;
  @Column('text', { name: 'officer_id' }) officerId!: string;
  @Column('text', { nullable: true }) text!: string | null;
}
