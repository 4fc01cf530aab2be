import type { InspectionKind, InspectionLevel, InspectionStatus, OnSiteConclusion, OverallConclusion } from '@casebridge/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('inspection')
export class InspectionEntity {
  @PrimaryColumn('uuid') readonly id!: string;
  @Column('text', { name: 'inspection_no' }) inspectionNo!: string;
  @Column('text') uscc!: string;
  /** Whether a medical institution was inspected: the health authority of the place reads those. */
  @Column('boolean', { name: 'medical_institution' }) medicalInstitution!: boolean;
  @Column('text') kind!: InspectionKind;
  @Column('boolean') unannounced!: boolean;
  /** Level of the authority that arranged it. */
  @Column('text') level!: InspectionLevel;
  @Column('text') status!: InspectionStatus;
  @Column('text', { name: 'agency_code' }) agencyCode!: string;
  @Column('text', { name: 'region_code' }) regionCode!: string;
  @Column('date', { name: 'planned_on', nullable: true }) plannedOn!: string | null;
  @Column('date', { name: 'conducted_on', nullable: true }) conductedOn!: string | null;
  /** The day it was conducted, or is planned for; the database works it out. */
  @Column({ type: 'date', name: 'scheduled_on', insert: false, update: false }) readonly scheduledOn!: string;
  @Column({ type: 'timestamptz', name: 'concluded_at', precision: 3, nullable: true }) concludedAt!: Date | null;
  @Column('text', { name: 'on_site_conclusion', nullable: true }) onSiteConclusion!: OnSiteConclusion | null;
  @Column('text', { nullable: true }) conclusion!: OverallConclusion | null;
  @Column('date', { name: 'published_on', nullable: true }) publishedOn!: string | null;
  /** The last day shown; none while publication has no end. */
  @Column('date', { name: 'publication_ends_on', nullable: true }) publicationEndsOn!: string | null;
  /** Agencies with a running part in the inspection itself. */
  @Column('text', { name: 'part_codes', array: true }) partCodes!: string[];
  /** Cases that it led to. */
  @Column('uuid', { name: 'case_ids', array: true }) caseIds!: string[];
  /** Officer ids of the inspectors. */
  @Column('text', { array: true }) team!: string[];
  @Column('integer') version!: number;
}
