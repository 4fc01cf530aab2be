import type { RegionKind } from '@casebridge/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('region')
export class RegionEntity {
  @PrimaryColumn('text') readonly code!: string;
  @Column('text') name!: string;
  @Column('text', { name: 'name_en' }) nameEn!: string;
  @Column('text') kind!: RegionKind;
  @Column('text', { name: 'parent_code', nullable: true }) parentCode!: string | null;
}
