import 'reflect-metadata';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Who brought which bytes, and when. Never changed: a corrected document is another file. */
@Entity('file')
export class FileEntity {
  @PrimaryColumn('uuid') readonly id!: string;
  @Column('text') readonly sha256!: string;
  @Column('integer') readonly size!: number;
  @Column('text', { name: 'media_type' }) readonly mediaType!: string;
  @Column('text', { name: 'agency_code' }) readonly agencyCode!: string;
  @Column('text', { name: 'officer_id' }) readonly officerId!: string;
  @Column({ type: 'timestamptz', precision: 3, name: 'uploaded_at' }) readonly uploadedAt!: Date;
}
