import type { DisclosureClass, DisclosureStatus, PartyKind, PenaltyKind, SecrecyReview, WithdrawalCause } from '@casebridge/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { DecisionForDisclosure } from './disclosure-window.rule';
import type { DisclosureChange } from './published-text.rule';

/** What an officer asks for, until the head has decided it. */
export interface DisclosureProposal {
  /** What is to read otherwise, of a correction. */
  readonly changes?: readonly DisclosureChange[];
  /** 更正说明 What the public is told of the correction. */
  readonly correction?: string;
  /** Why it is to be withdrawn. */
  readonly cause?: WithdrawalCause;
  /** The day since which there is a cause for the withdrawal. */
  readonly causeOn?: string;
  readonly reasons: string;
}

/** A penalty decision as the public reads it (行政处罚信息公示), with the days between which it is shown. */
@Entity('disclosure_record')
export class DisclosureRecordEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'decision_id' }) decisionId!: string;
  /** Null where the decision was imported: the hub knows no case of it. */
  @Column('uuid', { name: 'case_id', nullable: true }) caseId!: string | null;
  @Column('text', { name: 'document_no' }) documentNo!: string;
  /** The number with brackets and spaces as they are compared. */
  @Column('text', { name: 'document_no_key' }) documentNoKey!: string;
  @Column('text', { name: 'party_name' }) partyName!: string;
  @Column('text', { name: 'party_uscc', nullable: true }) partyUscc!: string | null;
  @Column('text', { name: 'party_kind' }) partyKind!: PartyKind;
  @Column('text', { name: 'violation_type' }) violationType!: string;
  @Column({ type: 'text', name: 'penalty_kinds', array: true }) penaltyKinds!: PenaltyKind[];
  @Column('text', { name: 'penalty_summary' }) penaltySummary!: string;
  /** 处罚依据 The articles of the penalties, for the record that is exchanged; null in records that are older than it. */
  @Column('text', { name: 'penalty_basis', nullable: true }) penaltyBasis!: string | null;
  /** All fines of the decision together. */
  @Column('bigint', { name: 'fine_fen', nullable: true }) fineFen!: number | null;
  @Column('text', { name: 'authority_code' }) authorityCode!: string;
  @Column('text', { name: 'region_code' }) regionCode!: string;
  @Column('date', { name: 'decided_on' }) decidedOn!: string;
  @Column('date', { name: 'published_on' }) publishedOn!: string;
  /** Last day shown by the national system; null: for life. */
  @Column('date', { name: 'disclosure_ends_on', nullable: true }) disclosureEndsOn!: string | null;
  /** Last day shown by Credit China, which counts from the decision; null: for life. */
  @Column('date', { name: 'credit_china_ends_on', nullable: true }) creditChinaEndsOn!: string | null;
  @Column('text') class!: DisclosureClass;
  /** As it was left by the last act; where it stands on a day is `disclosureStatus`. */
  @Column('text') status!: DisclosureStatus;
  /** What the class and the windows are worked out from; records older than it lack it. */
  @Column('jsonb', { nullable: true }) terms!: DecisionForDisclosure | null;
  /** It came while its case was deferred and has never been shown: it is published by the lifting. */
  @Column('boolean') held!: boolean;
  /** Outcome of the secrecy review, of all that is to be shown. */
  @Column('text', { nullable: true }) review!: SecrecyReview | null;
  /** Officer who stored the full text. */
  @Column('text', { name: 'text_by', nullable: true }) textBy!: string | null;
  @Column('jsonb', { nullable: true }) proposal!: DisclosureProposal | null;
  @Column('text', { name: 'proposed_by', nullable: true }) proposedBy!: string | null;
  @Column({ type: 'timestamptz', name: 'corrected_at', precision: 3, nullable: true }) correctedAt!: Date | null;
  @Column('text', { nullable: true }) correction!: string | null;
  /** Day on which it was pushed to the province in which the party is registered. */
  @Column('date', { name: 'pushed_on', nullable: true }) pushedOn!: string | null;
  @Column({ type: 'timestamptz', name: 'withdrawn_at', precision: 3, nullable: true }) withdrawnAt!: Date | null;
  @Column('text', { name: 'withdrawal_reason', nullable: true }) withdrawalReason!: string | null;
  /** The day from which the time for the withdrawal counts. */
  @Column('date', { name: 'withdrawal_cause_on', nullable: true }) withdrawalCauseOn!: string | null;
  /** Ended before its period is over, otherwise than by a withdrawal. */
  @Column({ type: 'timestamptz', name: 'stopped_at', precision: 3, nullable: true }) stoppedAt!: Date | null;
  @Column('text', { name: 'stopped_reason', nullable: true }) stoppedReason!: 'REPAIRED' | null;
  /** Counts the acts. */
  @Column('integer') version!: number;
  @Column({ type: 'timestamptz', name: 'updated_at', precision: 3 }) updatedAt!: Date;
  @Column('text', { name: 'search_text' }) searchText!: string;
  @Column({ type: 'text', name: 'search_bigrams', array: true }) searchBigrams!: string[];
}
