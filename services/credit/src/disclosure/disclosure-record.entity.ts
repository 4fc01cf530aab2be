import type { DisclosureClass, PartyKind, PenaltyKind } from '@casebridge/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A penalty decision as the public reads it (行政处罚信息公示), with the days between which it is shown. */
@Entity('disclosure_record')
export class DisclosureRecordEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'decision_id' }) decisionId!: string;
  @Column('uuid', { name: 'case_id' }) caseId!: string;
  @Column('text', { name: 'document_no' }) documentNo!: string;
  /** The number with brackets and spaces as they are compared. */
  @Column('text', { name: 'document_no_key' }) documentNoKey!: string;
  @Column('text', { name: 'party_name' }) partyName!: string;
  @Column('text', { name: 'party_uscc', nullable: true }) partyUscc!: string | null;
  @Column('text', { name: 'party_kind' }) partyKind!: PartyKind;
  @Column('text', { name: 'violation_type' }) violationType!: string;
  @Column({ type: 'text', name: 'penalty_kinds', array: true }) penaltyKinds!: PenaltyKind[];
  @Column('text', { name: 'penalty_summary' }) penaltySummary!: string;
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
  @Column({ type: 'timestamptz', name: 'withdrawn_at', precision: 3, nullable: true }) withdrawnAt!: Date | null;
  @Column('text', { name: 'withdrawal_reason', nullable: true }) withdrawalReason!: string | null;
  @Column('text', { name: 'search_text' }) searchText!: string;
  @Column({ type: 'text', name: 'search_bigrams', array: true }) searchBigrams!: string[];
}
