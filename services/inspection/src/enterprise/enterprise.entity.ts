import type { EnterpriseKind, RiskTier } from '@casebridge/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('enterprise')
export class EnterpriseEntity {
  @PrimaryColumn('text') readonly uscc!: string;
  @Column('text') name!: string;
  @Column('text', { name: 'name_en', nullable: true }) nameEn!: string | null;
  @Column('text', { array: true }) kinds!: EnterpriseKind[];
  @Column('text', { name: 'region_code' }) regionCode!: string;
  @Column('text') address!: string;
  /** The drug regulator that supervises it: owner of its record. */
  @Column('text', { name: 'agency_code' }) agencyCode!: string;
  @Column('text', { name: 'risk_tier', nullable: true }) riskTier!: RiskTier | null;
  @Column('integer', { name: 'risk_score', nullable: true }) riskScore!: number | null;
  @Column('text', { name: 'risk_reasons', array: true }) riskReasons!: string[];
  @Column('date', { name: 'registered_on' }) registeredOn!: string;
  @Column('text', { name: 'search_text', select: false }) searchText!: string;
  @Column('text', { name: 'search_bigrams', array: true, select: false }) searchBigrams!: string[];
}
