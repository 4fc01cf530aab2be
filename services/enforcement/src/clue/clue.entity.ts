import type { ClueAct, ClueSource, ClueStatus, ClueTestKind, NonFilingGround, ProductKind, RespondentKind } from '@casebridge/contracts';
import type { Citation, Mark } from '@casebridge/kernel';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { StoredDeadline } from '../shared/stored-deadline';

export interface StoredTest {
  readonly kind: ClueTestKind;
  readonly from: string;
  readonly to: string | null;
}

/** A clue to a breach (违法行为线索) with the agency that handles it. Whoever gets it by a transfer has a clue of its own. */
@Entity('clue')
export class ClueEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('integer') version!: number;
  @Column('text') status!: ClueStatus;
  @Column('text', { name: 'agency_code' }) agencyCode!: string;
  @Column('text') source!: ClueSource;
  /** What the source calls it: the id of a record of another service, or a number of an outside system. */
  @Column('text', { name: 'source_ref', nullable: true }) sourceRef!: string | null;
  @Column('text', { name: 'region_code' }) regionCode!: string;
  @Column('text', { name: 'enterprise_uscc', nullable: true }) enterpriseUscc!: string | null;
  @Column('text', { name: 'party_kind' }) partyKind!: RespondentKind;
  @Column('text', { name: 'party_name', nullable: true }) partyName!: string | null;
  @Column('text', { name: 'product_kind', nullable: true }) productKind!: ProductKind | null;
  @Column({ type: 'text', array: true, name: 'product_names' }) productNames!: string[];
  @Column('text', { name: 'batch_no', nullable: true }) batchNo!: string | null;
  @Column('text') facts!: string;
  @Column('jsonb', { name: 'suspected_articles' }) suspectedArticles!: Citation[];
  /** When it was discovered, or the material received: the period of review counts from here. */
  @Column({ type: 'timestamptz', name: 'received_at', precision: 3 }) receivedAt!: Date;
  @Column({ type: 'timestamptz', name: 'recorded_at', precision: 3 }) recordedAt!: Date;
  @Column({ type: 'timestamptz', name: 'due_at', precision: 3, nullable: true }) dueAt!: Date | null;
  @Column('jsonb', { nullable: true }) deadline!: StoredDeadline | null;
  @Column('boolean') extended!: boolean;
  @Column('jsonb') tests!: StoredTest[];
  /** Whether what became of it was decided in time. */
  @Column('boolean', { nullable: true }) met!: boolean | null;
  @Column('uuid', { name: 'case_id', nullable: true }) caseId!: string | null;
  @Column({ type: 'text', array: true, name: 'case_officers' }) caseOfficers!: string[];
  @Column('text', { name: 'non_filing_ground', nullable: true }) nonFilingGround!: NonFilingGround | null;
  @Column('text', { name: 'transferred_to_code', nullable: true }) transferredToCode!: string | null;
  @Column('uuid', { name: 'transferred_from_id', nullable: true }) transferredFromId!: string | null;
  @Column('uuid', { name: 'merged_into_id', nullable: true }) mergedIntoId!: string | null;
  /** Why no case was filed, or why it was transferred or merged. */
  @Column('text', { nullable: true }) reasons!: string | null;
  /** Agencies that received it by a transfer. */
  @Column({ type: 'text', array: true }) parts!: string[];
  @Column({ type: 'timestamptz', name: 'updated_at', precision: 3 }) updatedAt!: Date;
}

/** What an act said, besides its name. */
export interface ClueActDetail {
  readonly reasons?: string;
  readonly result?: string;
  readonly testKind?: ClueTestKind;
  readonly testedBy?: string;
}

/** One act on a clue; positions are dense from 1. */
@Entity('clue_act')
export class ClueActEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'clue_id' }) clueId!: string;
  @Column('integer') position!: number;
  @Column('text') act!: ClueAct;
  @Column('text') status!: ClueStatus;
  @Column({ type: 'timestamptz', precision: 3 }) at!: Date;
  @Column('text', { name: 'actor_code' }) actorCode!: string;
  @Column('text', { name: 'officer_id' }) officerId!: string;
  @Column('text', { name: 'basis_instrument' }) basisInstrument!: string;
  @Column('text', { name: 'basis_article' }) basisArticle!: string;
  @Column('text', { name: 'basis_mark' }) basisMark!: Mark;
  @Column({ type: 'timestamptz', precision: 3, name: 'due_at', nullable: true }) dueAt!: Date | null;
  @Column('jsonb', { nullable: true }) deadline!: StoredDeadline | null;
  @Column('boolean', { nullable: true }) met!: boolean | null;
  @Column('jsonb') detail!: ClueActDetail;
}
