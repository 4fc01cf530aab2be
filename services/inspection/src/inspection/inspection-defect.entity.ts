import type { DefectGrade, DefectStatus } from '@casebridge/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('inspection_defect')
export class InspectionDefectEntity {
  @PrimaryColumn('uuid') readonly id!: string;
  @Column('uuid', { name: 'inspection_id' }) inspectionId!: string;
  /** The grade that counts, after an upgrade of a repeated defect. */
  @Column('text') grade!: DefectGrade;
  /** The clause of the good-practice rules that was not kept. */
  @Column('text') clause!: string;
  @Column('text') description!: string;
  @Column('text') status!: DefectStatus;
  /** Found before and found again. */
  @Column('boolean') repeat!: boolean;
  @Column('date', { name: 'cleared_on', nullable: true }) clearedOn!: string | null;
}
