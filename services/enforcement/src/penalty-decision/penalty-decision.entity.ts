import type { CaseProcedure, DiscretionTier, PartyKind, PenaltyKind, ProductDomain } from '@casebridge/contracts';
import type { Mark } from '@casebridge/kernel';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A penalty decision (行政处罚决定). Amounts in fen. */
@Entity('penalty_decision')
export class PenaltyDecisionEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'case_id' }) caseId!: string;
  /** The authority that decided, and its place. */
  @Column('text', { name: 'agency_code' }) agencyCode!: string;
  @Column('text', { name: 'region_code' }) regionCode!: string;
  /** Normalised (`normaliseDocumentNo`), unique. */
  @Column('text', { name: 'document_no' }) documentNo!: string;
  @Column('date', { name: 'decided_on' }) decidedOn!: string;
  @Column('date', { name: 'served_on', nullable: true }) servedOn!: string | null;
  @Column({ type: 'timestamptz', name: 'service_recorded_at', precision: 3, nullable: true }) serviceRecordedAt!: Date | null;
  @Column('text') procedure!: CaseProcedure;
  @Column('text', { name: 'violation_type' }) violationType!: string;
  @Column('text') domain!: ProductDomain;
  @Column('text') tier!: DiscretionTier;
  @Column('text', { name: 'party_name' }) partyName!: string;
  @Column('text', { name: 'party_uscc', nullable: true }) partyUscc!: string | null;
  @Column('text', { name: 'party_kind' }) partyKind!: PartyKind;
  @Column('bigint', { name: 'goods_value_fen', nullable: true }) goodsValueFen!: number | null;
  @Column('bigint', { name: 'gains_fen', nullable: true }) gainsFen!: number | null;
  /** Why no person is penalised although the article knows a penalty to the person. */
  @Column('text', { name: 'no_personal_penalty_reason', nullable: true }) noPersonalPenaltyReason!: string | null;
  /** Why the decision rests on other articles than were suspected. */
  @Column('text', { name: 'article_change_reason', nullable: true }) articleChangeReason!: string | null;
  @Column({ type: 'timestamptz', name: 'created_at', precision: 3 }) createdAt!: Date;
}

/** One line of a decision: who, what, how much, on which article, for how long. */
@Entity('penalty_item')
export class PenaltyItemEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'decision_id' }) decisionId!: string;
  @Column('integer') seq!: number;
  @Column('text') kind!: PenaltyKind;
  @Column('text', { name: 'party_kind' }) partyKind!: PartyKind;
  @Column('text', { name: 'party_name' }) partyName!: string;
  /** Of the identity number; the number itself is kept nowhere. */
  @Column('text', { name: 'party_id_digest', nullable: true }) partyIdDigest!: string | null;
  @Column('bigint', { name: 'amount_fen', nullable: true }) amountFen!: number | null;
  @Column('text', { name: 'basis_instrument' }) basisInstrument!: string;
  @Column('text', { name: 'basis_article' }) basisArticle!: string;
  @Column('text', { name: 'basis_mark' }) basisMark!: Mark;
  /** First and last day of a restriction or ban. */
  @Column('date', { name: 'starts_on', nullable: true }) startsOn!: string | null;
  @Column('date', { name: 'ends_on', nullable: true }) endsOn!: string | null;
  @Column('boolean', { name: 'for_life' }) forLife!: boolean;
}
