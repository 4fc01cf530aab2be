import type { KeyPost } from '@casebridge/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('key_person')
export class KeyPersonEntity {
  @PrimaryColumn('uuid') readonly id!: string;
  @Column('text') uscc!: string;
  @Column('text') post!: KeyPost;
  @Column('text') name!: string;
  @Column('date', { name: 'from_date' }) fromDate!: string;
  @Column('date', { name: 'to_date', nullable: true }) toDate!: string | null;
}
