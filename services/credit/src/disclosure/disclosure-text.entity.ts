import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The full text of a published decision (决定书全文), without the personal data that the public has no need of; the original stays with the case. */
@Entity('disclosure_text')
export class DisclosureTextEntity {
  @PrimaryColumn('uuid', { name: 'record_id' }) recordId!: string;
  @Column('text') body!: string;
  @Column({ type: 'timestamptz', precision: 3, name: 'stored_at' }) storedAt!: Date;
}
