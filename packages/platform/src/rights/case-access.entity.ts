import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Projection of what other services need of a case to guard it: fed by `enforcement.case-access-changed`, replaced whole per version. */
@Entity('case_access')
export class CaseAccessEntity {
  @PrimaryColumn('uuid', { name: 'case_id' }) caseId!: string;
  @Column('integer') version!: number;
  @Column('text', { name: 'agency_code' }) agencyCode!: string;
  @Column('text', { name: 'region_code' }) regionCode!: string;
  @Column('text', { name: 'enterprise_uscc', nullable: true }) enterpriseUscc!: string | null;
  @Column('text', { name: 'respondent_kind' }) respondentKind!: string;
  @Column({ type: 'timestamptz', name: 'filed_at', precision: 3 }) filedAt!: Date;
  @Column('date', { name: 'served_on', nullable: true }) servedOn!: string | null;
  @Column({ type: 'text', array: true }) parts!: string[];
  @Column('date', { name: 'sealed_until', nullable: true }) sealedUntil!: string | null;
  @Column({ type: 'text', name: 'seal_officers', array: true }) sealOfficers!: string[];
  @Column({ type: 'text', name: 'seal_parties', array: true }) sealParties!: string[];
  @Column({ type: 'text', array: true }) excluded!: string[];
}
