import type { AgeBand, Causality, PatientSex, ReactionOutcome, ReportKind, Seriousness } from '@casebridge/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { AdverseReactionReport, ReactionTerm } from './report.rule';

@Entity('adverse_reaction_report')
export class AdverseReactionReportEntity implements AdverseReactionReport {
  @PrimaryColumn('uuid') readonly id!: string;
  @Column('text', { name: 'report_no' }) readonly reportNo!: string;
  @Column('text') readonly kind!: ReportKind;
  @Column('text') readonly seriousness!: Seriousness;
  @Column('boolean', { name: 'is_new' }) readonly isNew!: boolean;
  @Column('date', { name: 'onset_on', nullable: true }) readonly onsetOn!: string | null;
  @Column('date', { name: 'received_on' }) readonly receivedOn!: string;
  @Column('date', { name: 'reported_on', nullable: true }) readonly reportedOn!: string | null;
  @Column('date', { name: 'due_on', nullable: true }) readonly dueOn!: string | null;
  @Column('uuid', { name: 'product_id', nullable: true }) readonly productId!: string | null;
  @Column('text', { name: 'batch_no', nullable: true }) readonly batchNo!: string | null;
  @Column('text', { name: 'enterprise_uscc', nullable: true }) readonly enterpriseUscc!: string | null;
  @Column('text', { name: 'region_code' }) readonly regionCode!: string;
  @Column('text', { name: 'agency_code' }) readonly agencyCode!: string;
  @Column('text', { name: 'co_owner_codes', array: true }) readonly coOwnerCodes!: string[];
  @Column('jsonb', { name: 'reaction_terms' }) readonly reactions!: ReactionTerm[];
  @Column('text') readonly causality!: Causality;
  @Column('text') readonly outcome!: ReactionOutcome;
  @Column('text', { name: 'patient_sex' }) readonly patientSex!: PatientSex;
  @Column('text', { name: 'age_band' }) readonly ageBand!: AgeBand;
  @Column('text', { nullable: true }) readonly narrative!: string | null;
  @Column('uuid', { name: 'case_ids', array: true }) readonly caseIds!: string[];
  /** Counts writes for readers and events. */
  @Column('integer') readonly version!: number;
}
