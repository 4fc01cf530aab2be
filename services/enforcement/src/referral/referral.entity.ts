import type { CriminalCharge, FilingReviewExtension, JudgmentInstance, JudgmentOutcome, NonProsecutionKind, ReferralDocumentKind, ReferralStatus } from '@casebridge/contracts';
import type { Citation, Mark } from '@casebridge/kernel';
import { Column, Entity, PrimaryColumn, ViewColumn, ViewEntity } from 'typeorm';
import type { StoredDeadline } from '../shared/stored-deadline';
import type { ReferralTrack } from './referral-track';

/** A track as a timeline entry keeps it. */
export type StoredTrack = Omit<ReferralTrack, 'deadline'> & { readonly deadline: StoredDeadline | null };

export interface StoredSuspension {
  readonly from: string;
  readonly to: string | null;
}

@Entity('referral')
export class ReferralEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('text', { name: 'referral_no' }) referralNo!: string;
  @Column('uuid', { name: 'case_id' }) caseId!: string;
  @Column('text') status!: ReferralStatus;
  @Column('text', { name: 'holder_code' }) holderCode!: string;
  @Column('text', { name: 'filing_agency_code' }) filingAgencyCode!: string;
  @Column('text', { name: 'police_agency_code', nullable: true }) policeAgencyCode!: string | null;
  @Column('text', { name: 'procuratorate_agency_code', nullable: true }) procuratorateAgencyCode!: string | null;
  @Column('text', { name: 'court_agency_code', nullable: true }) courtAgencyCode!: string | null;
  @Column('text') charge!: CriminalCharge;
  @Column('text') facts!: string;
  @Column({ type: 'text', array: true, name: 'task_force' }) taskForce!: string[];
  @Column({ type: 'timestamptz', precision: 3, name: 'due_at', nullable: true }) dueAt!: Date | null;
  @Column('jsonb', { nullable: true }) deadline!: StoredDeadline | null;
  @Column({ type: 'timestamptz', precision: 3, name: 'review_started_at', nullable: true }) reviewStartedAt!: Date | null;
  @Column('jsonb') suspensions!: StoredSuspension[];
  @Column({ type: 'text', array: true }) gaps!: string[];
  @Column('text', { name: 'order_no', nullable: true }) orderNo!: string | null;
  @Column('text', { name: 'review_extension', nullable: true }) reviewExtension!: FilingReviewExtension | null;
  @Column('text', { name: 'receipt_no', nullable: true }) receiptNo!: string | null;
  @Column('text', { name: 'decision_no', nullable: true }) decisionNo!: string | null;
  @Column('date', { name: 'decided_on', nullable: true }) decidedOn!: string | null;
  @Column('text', { name: 'filed_charge', nullable: true }) filedCharge!: CriminalCharge | null;
  @Column('text', { name: 'not_filed_reasons', nullable: true }) notFiledReasons!: string | null;
  @Column('text', { name: 'return_reasons', nullable: true }) returnReasons!: string | null;
  @Column('text', { name: 'withdrawal_reasons', nullable: true }) withdrawalReasons!: string | null;
  @Column('text', { name: 'non_prosecution_kind', nullable: true }) nonProsecutionKind!: NonProsecutionKind | null;
  @Column('text', { name: 'non_prosecution_reasons', nullable: true }) nonProsecutionReasons!: string | null;
  @Column('text', { name: 'indictment_no', nullable: true }) indictmentNo!: string | null;
  @Column('text', { name: 'judgment_no', nullable: true }) judgmentNo!: string | null;
  @Column('text', { name: 'judgment_outcome', nullable: true }) judgmentOutcome!: JudgmentOutcome | null;
  @Column('text', { name: 'judgment_instance', nullable: true }) judgmentInstance!: JudgmentInstance | null;
  @Column('date', { name: 'judged_on', nullable: true }) judgedOn!: string | null;
  @Column('date', { name: 'effective_on', nullable: true }) effectiveOn!: string | null;
  @Column('integer') version!: number;
  @Column({ type: 'timestamptz', precision: 3, name: 'created_at' }) createdAt!: Date;
  @Column({ type: 'timestamptz', precision: 3, name: 'updated_at' }) updatedAt!: Date;
}

/** What acts change of a referral besides what a timeline entry has columns for. */
export type StandingFields = Pick<
  ReferralEntity,
  'policeAgencyCode' | 'procuratorateAgencyCode' | 'courtAgencyCode' | 'orderNo' | 'reviewExtension' | 'gaps' | 'receiptNo' | 'decisionNo' | 'decidedOn' | 'filedCharge' | 'notFiledReasons' | 'returnReasons'
  | 'withdrawalReasons' | 'nonProsecutionKind' | 'nonProsecutionReasons' | 'indictmentNo' | 'judgmentNo' | 'judgmentOutcome' | 'judgmentInstance' | 'judgedOn' | 'effectiveOn'
>;

/** What an act said. */
export interface ActDetail {
  readonly opinion?: string;
  readonly reasons?: string;
  readonly gaps?: readonly string[];
  readonly explanation?: string;
  /** Day of the decision that was told. */
  readonly decidedOn?: string;
  /** 起诉意见书文号 */
  readonly opinionNo?: string;
  readonly indictmentNo?: string;
  readonly judgmentNo?: string;
  /** Of a notice, an opinion or a decision on a track of its own. */
  readonly documentNo?: string;
  /** 接收人 of goods. */
  readonly receivedBy?: string;
  /** 批准人 of an extension. */
  readonly approver?: string;
  readonly extension?: FilingReviewExtension;
  /** 涉案物品 Lots and amounts, in words. */
  readonly goods?: readonly string[];
  readonly taskForce?: readonly string[];
  /** The report, as it was submitted or refused. */
  readonly facts?: string;
  readonly charge?: CriminalCharge;
}

@Entity('referral_timeline')
export class ReferralTimelineEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'referral_id' }) referralId!: string;
  @Column('integer') position!: number;
  @Column('text') act!: string;
  @Column('text') status!: ReferralStatus;
  @Column('text', { name: 'holder_code' }) holderCode!: string;
  @Column('integer') version!: number;
  @Column({ type: 'timestamptz', precision: 3 }) at!: Date;
  @Column('text', { name: 'actor_code' }) actorCode!: string;
  @Column('text', { name: 'officer_id' }) officerId!: string;
  @Column('text', { name: 'basis_instrument' }) basisInstrument!: string;
  @Column('text', { name: 'basis_article' }) basisArticle!: string;
  @Column('text', { name: 'basis_mark' }) basisMark!: Mark;
  @Column({ type: 'timestamptz', precision: 3, name: 'due_at', nullable: true }) dueAt!: Date | null;
  @Column('jsonb', { nullable: true }) deadline!: StoredDeadline | null;
  @Column('boolean', { nullable: true }) met!: boolean | null;
  /** How the record stood after the act: what whoever's part ended with it goes on reading. */
  @Column('jsonb') standing!: StandingFields;
  @Column('jsonb') detail!: ActDetail;
  /** Tracks beside the main one that the act changed, as they stand after it. */
  @Column('jsonb') tracks!: StoredTrack[];
}

@Entity('referral_document')
export class ReferralDocumentEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'referral_id' }) referralId!: string;
  @Column('text') kind!: ReferralDocumentKind;
  @Column('text') title!: string;
  @Column('uuid', { name: 'file_id' }) fileId!: string;
  @Column('integer', { name: 'added_position' }) addedPosition!: number;
  @Column('text', { name: 'added_by_code' }) addedByCode!: string;
}

/** A refusal to refer, as the procuratorate of the place may read it: number, facts in short, articles, amounts, reasons. */
@ViewEntity({ name: 'referral_refusal', synchronize: false })
export class ReferralRefusalEntity {
  @ViewColumn() id!: string;
  @ViewColumn({ name: 'case_no' }) caseNo!: string;
  @ViewColumn({ name: 'agency_code' }) agencyCode!: string;
  @ViewColumn({ name: 'suspected_articles' }) suspectedArticles!: Citation[];
  @ViewColumn({ name: 'goods_value_fen' }) goodsValueFen!: number | null;
  @ViewColumn({ name: 'refused_at' }) refusedAt!: Date;
  @ViewColumn() reasons!: string;
  @ViewColumn() facts!: string;
  @ViewColumn() charge!: CriminalCharge;
}
