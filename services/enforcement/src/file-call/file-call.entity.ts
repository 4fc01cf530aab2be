import { Column, Entity, PrimaryColumn } from 'typeorm';

/** An agency called for the file of a case: who, and why. The part that it has in the case since is a row of its own. */
@Entity('case_file_call')
export class CaseFileCallEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'case_id' }) caseId!: string;
  @Column('text', { name: 'agency_code' }) agencyCode!: string;
  @Column('text', { name: 'officer_id' }) officerId!: string;
  @Column('text') reasons!: string;
  @Column({ type: 'timestamptz', precision: 3, name: 'called_at' }) calledAt!: Date;
}
