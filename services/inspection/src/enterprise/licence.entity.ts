import type { LicenceKind, LicenceStatus } from '@casebridge/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('licence')
export class LicenceEntity {
  @PrimaryColumn('uuid') readonly id!: string;
  @Column('text') uscc!: string;
  @Column('text') kind!: LicenceKind;
  @Column('text') number!: string;
  /** What the licence covers, in words. */
  @Column('text', { nullable: true }) scope!: string | null;
  /** Letters of PROD art. 77, e.g. `AhzBh`. */
  @Column('text', { name: 'class_code', nullable: true }) classCode!: string | null;
  @Column('text', { name: 'issued_by_agency_code' }) issuedByAgencyCode!: string;
  @Column('date', { name: 'valid_from' }) validFrom!: string;
  @Column('date', { name: 'valid_to', nullable: true }) validTo!: string | null;
  /** What an authority did to it; that it has expired follows from the day of the reading. */
  @Column('text') status!: Exclude<LicenceStatus, 'EXPIRED'>;
}
