import type { CaseStatus, CaseStepAct } from '@casebridge/contracts';
import type { Mark } from '@casebridge/kernel';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { StoredDeadline } from '../shared/stored-deadline';
import type { CaseStanding, StepWords } from './case-standing.rule';

/** One step of an administrative case; positions are dense from 1, and the last one says how far the procedure has come. */
@Entity('case_step')
export class CaseStepEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'case_id' }) caseId!: string;
  @Column('integer') position!: number;
  @Column('text') act!: CaseStepAct;
  @Column('text') status!: CaseStatus;
  @Column({ type: 'timestamptz', precision: 3 }) at!: Date;
  @Column('text', { name: 'actor_code' }) actorCode!: string;
  @Column('text', { name: 'officer_id' }) officerId!: string;
  @Column('text', { name: 'basis_instrument' }) basisInstrument!: string;
  @Column('text', { name: 'basis_article' }) basisArticle!: string;
  @Column('text', { name: 'basis_mark' }) basisMark!: Mark;
  /** When what runs after the step was due, as it was counted then. */
  @Column({ type: 'timestamptz', precision: 3, name: 'due_at', nullable: true }) dueAt!: Date | null;
  @Column('jsonb', { nullable: true }) deadline!: StoredDeadline | null;
  @Column('boolean', { nullable: true }) met!: boolean | null;
  @Column('jsonb') words!: StepWords;
  @Column('jsonb') standing!: CaseStanding;
}
