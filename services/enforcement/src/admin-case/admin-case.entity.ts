import type { CaseProcedure, CaseStatus, ProductDomain, RespondentKind } from '@casebridge/contracts';
import type { Citation } from '@casebridge/kernel';
import { Column, Entity, PrimaryColumn } from 'typeorm';

export interface CriminalWait {
  readonly from: string;
  readonly to: string | null;
}

/** An administrative case (行政处罚案件). `version` counts every change of the row and is the version of its access state. */
@Entity('admin_case')
export class AdminCaseEntity {
  @PrimaryColumn('uuid', { name: 'case_id' }) caseId!: string;
  @Column('integer') version!: number;
  @Column('text', { name: 'case_no' }) caseNo!: string;
  @Column('text') status!: CaseStatus;
  @Column('text', { name: 'agency_code' }) agencyCode!: string;
  @Column('text', { name: 'region_code' }) regionCode!: string;
  @Column('text', { name: 'enterprise_uscc', nullable: true }) enterpriseUscc!: string | null;
  @Column('text', { name: 'respondent_kind' }) respondentKind!: RespondentKind;
  /** As filed. */
  @Column('text', { name: 'respondent_name' }) respondentName!: string;
  @Column('uuid', { name: 'product_id', nullable: true }) productId!: string | null;
  /** Code of the list `ViolationType`. */
  @Column('text', { name: 'violation_type' }) violationType!: string;
  @Column('text') domain!: ProductDomain;
  @Column('text') procedure!: CaseProcedure;
  @Column('text') facts!: string;
  @Column('jsonb', { name: 'suspected_articles' }) suspectedArticles!: Citation[];
  /** Fen. */
  @Column('bigint', { name: 'goods_value_fen', nullable: true }) goodsValueFen!: number | null;
  @Column('boolean', { name: 'test_required' }) testRequired!: boolean;
  @Column({ type: 'timestamptz', name: 'filed_at', precision: 3 }) filedAt!: Date;
  /** First day on which a decision was served: from then on the local regulator reads the case. */
  @Column('date', { name: 'served_on', nullable: true }) servedOn!: string | null;
  /** What PENDING_CRIMINAL resumes to. */
  @Column('text', { name: 'status_before_criminal', nullable: true }) statusBeforeCriminal!: CaseStatus | null;
  /** When the case waited for criminal proceedings; the last one without an end while it does. */
  @Column('jsonb', { name: 'criminal_waits' }) criminalWaits!: CriminalWait[];
  /** Agencies with a running part; kept by `startPart` and `endPart`. */
  @Column({ type: 'text', array: true }) parts!: string[];
  @Column('date', { name: 'sealed_until', nullable: true }) sealedUntil!: string | null;
  @Column({ type: 'text', name: 'seal_officers', array: true }) sealOfficers!: string[];
  @Column({ type: 'text', name: 'seal_parties', array: true }) sealParties!: string[];
  /** `AGENCY/OFFICER`, the excluded officers (回避). */
  @Column({ type: 'text', array: true }) excluded!: string[];
  /** The respondent's name as it is compared in a search. */
  @Column('text', { name: 'search_text' }) searchText!: string;
  @Column({ type: 'timestamptz', name: 'updated_at', precision: 3 }) updatedAt!: Date;
}

/** A part of an agency in a case, by an act that happened; after its end, how the case stood then. */
@Entity('case_part')
export class CasePartEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'case_id' }) caseId!: string;
  @Column('text', { name: 'agency_code' }) agencyCode!: string;
  @Column('text') kind!: string;
  @Column({ type: 'timestamptz', name: 'started_at', precision: 3 }) startedAt!: Date;
  @Column({ type: 'timestamptz', name: 'ended_at', precision: 3, nullable: true }) endedAt!: Date | null;
  @Column('text', { name: 'ended_case_status', nullable: true }) endedCaseStatus!: CaseStatus | null;
  @Column('integer', { name: 'ended_case_version', nullable: true }) endedCaseVersion!: number | null;
  @Column('uuid', { name: 'ended_referral_id', nullable: true }) endedReferralId!: string | null;
  /** Position in the timeline of that referral, the act that ended the part included. */
  @Column('integer', { name: 'ended_position', nullable: true }) endedPosition!: number | null;
}

/** A seal on a case (密封). */
@Entity('case_seal')
export class CaseSealEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('text') number!: string;
  @Column('uuid', { name: 'case_id' }) caseId!: string;
  @Column('text') basis!: string;
  @Column({ type: 'timestamptz', name: 'sealed_at', precision: 3 }) sealedAt!: Date;
  /** Last day of the seal. */
  @Column('date', { name: 'expires_on' }) expiresOn!: string;
  @Column({ type: 'text', array: true }) officers!: string[];
  @Column({ type: 'text', array: true }) parties!: string[];
  @Column('text', { name: 'sealed_by_agency' }) sealedByAgency!: string;
  @Column('text', { name: 'sealed_by_officer' }) sealedByOfficer!: string;
  /** Version of the case's access state that every service must have applied. */
  @Column('integer', { name: 'version_to_acknowledge' }) versionToAcknowledge!: number;
  @Column({ type: 'text', name: 'acknowledged_by', array: true }) acknowledgedBy!: string[];
  @Column({ type: 'timestamptz', name: 'lifted_at', precision: 3, nullable: true }) liftedAt!: Date | null;
  @Column('text', { name: 'lifted_by_officer', nullable: true }) liftedByOfficer!: string | null;
  @Column('text', { name: 'lifted_reason', nullable: true }) liftedReason!: string | null;
}

/** An officer who does not see a case, whatever his agency may (回避); the running ones stand on the case as well. */
@Entity('case_exclusion')
export class CaseExclusionEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'case_id' }) caseId!: string;
  @Column('text', { name: 'agency_code' }) agencyCode!: string;
  @Column('text', { name: 'officer_id' }) officerId!: string;
  @Column('text') reason!: string;
  @Column({ type: 'timestamptz', name: 'excluded_at', precision: 3 }) excludedAt!: Date;
  @Column('text', { name: 'excluded_by_officer' }) excludedByOfficer!: string;
  @Column({ type: 'timestamptz', name: 'readmitted_at', precision: 3, nullable: true }) readmittedAt!: Date | null;
  @Column('text', { name: 'readmitted_by_officer', nullable: true }) readmittedByOfficer!: string | null;
  @Column('text', { name: 'readmitted_reason', nullable: true }) readmittedReason!: string | null;
}
