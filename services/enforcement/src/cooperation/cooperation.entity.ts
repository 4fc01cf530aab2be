import type { CooperationAct, CooperationKind, CooperationStatus, SupervisionLevel, TestConclusion, TestCostBearer } from '@casebridge/contracts';
import type { Mark } from '@casebridge/kernel';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { StoredDeadline } from '../shared/stored-deadline';

/** What one agency asks of others (协作事项), and what became of it. */
@Entity('cooperation')
export class CooperationEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('integer') version!: number;
  @Column('text') kind!: CooperationKind;
  @Column('text') status!: CooperationStatus;
  /** Who asks. */
  @Column('text', { name: 'agency_code' }) agencyCode!: string;
  /** Who is asked. */
  @Column({ type: 'text', array: true, name: 'asked_codes' }) askedCodes!: string[];
  @Column('uuid', { name: 'case_id', nullable: true }) caseId!: string | null;
  @Column('text') title!: string;
  @Column('text') content!: string;
  @Column('boolean') urgent!: boolean;
  /** Whether the procedure of market regulation binds whoever is asked. */
  @Column('boolean') bound!: boolean;
  /** Of a joint supervision. */
  @Column('text', { nullable: true }) level!: SupervisionLevel | null;
  /** Of a test: what is tested, who pays, and what came out. */
  @Column('text', { name: 'product_name', nullable: true }) productName!: string | null;
  @Column('text', { name: 'batch_no', nullable: true }) batchNo!: string | null;
  @Column('text', { name: 'cost_bearer', nullable: true }) costBearer!: TestCostBearer | null;
  @Column('text', { name: 'test_conclusion', nullable: true }) testConclusion!: TestConclusion | null;
  @Column({ type: 'timestamptz', name: 'requested_at', precision: 3 }) requestedAt!: Date;
  @Column({ type: 'timestamptz', name: 'due_at', precision: 3, nullable: true }) dueAt!: Date | null;
  @Column('jsonb', { nullable: true }) deadline!: StoredDeadline | null;
  @Column('boolean') extended!: boolean;
  @Column('boolean', { nullable: true }) met!: boolean | null;
  @Column({ type: 'timestamptz', name: 'updated_at', precision: 3 }) updatedAt!: Date;
}

/** What an act said, besides its name. */
export interface CooperationActDetail {
  readonly text?: string;
  /** Working days that the agency gives: of the period, or of its extension. */
  readonly workingDays?: number;
  readonly testConclusion?: TestConclusion;
}

/** One act; positions are dense from 1. */
@Entity('cooperation_act')
export class CooperationActEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'cooperation_id' }) cooperationId!: string;
  @Column('integer') position!: number;
  @Column('text') act!: CooperationAct;
  @Column('text') status!: CooperationStatus;
  @Column({ type: 'timestamptz', precision: 3 }) at!: Date;
  @Column('text', { name: 'actor_code' }) actorCode!: string;
  @Column('text', { name: 'officer_id' }) officerId!: string;
  @Column('text', { name: 'basis_instrument' }) basisInstrument!: string;
  @Column('text', { name: 'basis_article' }) basisArticle!: string;
  @Column('text', { name: 'basis_mark' }) basisMark!: Mark;
  @Column({ type: 'timestamptz', precision: 3, name: 'due_at', nullable: true }) dueAt!: Date | null;
  @Column('jsonb', { nullable: true }) deadline!: StoredDeadline | null;
  @Column('boolean', { nullable: true }) met!: boolean | null;
  @Column('jsonb') detail!: CooperationActDetail;
}

/** A document that came with an act. */
@Entity('cooperation_document')
export class CooperationDocumentEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'cooperation_id' }) cooperationId!: string;
  @Column('integer') position!: number;
  @Column('text') title!: string;
  @Column('uuid', { name: 'file_id' }) fileId!: string;
}
