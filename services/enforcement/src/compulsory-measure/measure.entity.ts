import type { CompulsoryMeasureAct, CompulsoryMeasureStatus } from '@casebridge/contracts';
import type { Mark } from '@casebridge/kernel';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { StoredDeadline } from '../shared/stored-deadline';
import type { MeasureStanding, MeasureWords } from './measure.rule';

/** One act on a compulsory measure of a case; positions are dense from 1 in each measure, and the last act says how it stands. */
@Entity('compulsory_measure_act')
export class CompulsoryMeasureActEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'case_id' }) caseId!: string;
  @Column('uuid', { name: 'measure_id' }) measureId!: string;
  @Column('integer') position!: number;
  @Column('text') act!: CompulsoryMeasureAct;
  @Column('text') status!: CompulsoryMeasureStatus;
  @Column({ type: 'timestamptz', precision: 3 }) at!: Date;
  @Column('text', { name: 'actor_code' }) actorCode!: string;
  @Column('text', { name: 'officer_id' }) officerId!: string;
  @Column('text', { name: 'basis_instrument' }) basisInstrument!: string;
  @Column('text', { name: 'basis_article' }) basisArticle!: string;
  @Column('text', { name: 'basis_mark' }) basisMark!: Mark;
  /** When what ends first after the act was due, as it was counted then. */
  @Column({ type: 'timestamptz', precision: 3, name: 'due_at', nullable: true }) dueAt!: Date | null;
  @Column('jsonb', { nullable: true }) deadline!: StoredDeadline | null;
  @Column('boolean', { nullable: true }) met!: boolean | null;
  @Column('jsonb') words!: MeasureWords;
  @Column('jsonb') standing!: MeasureStanding;
}
