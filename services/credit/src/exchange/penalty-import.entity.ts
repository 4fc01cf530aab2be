import type { ExchangeLayout, PenaltyImportState, PenaltyRowOutcome } from '@casebridge/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ExchangeRecord } from './exchange-layout.rule';
import type { RowFault } from './penalty-row.rule';

/** A file that an agency sent, and how far it was read. */
@Entity('penalty_import')
export class PenaltyImportEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('text', { name: 'agency_code' }) agencyCode!: string;
  @Column('text', { name: 'officer_id' }) officerId!: string;
  @Column('text') sha256!: string;
  @Column('integer') size!: number;
  @Column('text', { name: 'media_type' }) mediaType!: string;
  @Column('text') state!: PenaltyImportState;
  @Column('text', { nullable: true }) layout!: ExchangeLayout | null;
  /** Read so far: the next one to read comes after them. */
  @Column('integer') rows!: number;
  @Column('integer') created!: number;
  @Column('integer') corrected!: number;
  @Column('integer') unchanged!: number;
  @Column('integer') refused!: number;
  /** What is wrong with the file as a whole. */
  @Column('jsonb') faults!: readonly RowFault[];
  @Column({ type: 'timestamptz', precision: 3, name: 'received_at' }) receivedAt!: Date;
  @Column({ type: 'timestamptz', precision: 3, name: 'finished_at', nullable: true }) finishedAt!: Date | null;
}

/** What became of one row. */
@Entity('penalty_import_row')
export class PenaltyImportRowEntity {
  @PrimaryColumn('uuid', { name: 'import_id' }) importId!: string;
  /** From 1, without the header. */
  @PrimaryColumn('integer', { name: 'row_no' }) rowNo!: number;
  @Column('text', { name: 'document_no', nullable: true }) documentNo!: string | null;
  @Column('text') outcome!: PenaltyRowOutcome;
  @Column('uuid', { name: 'penalty_id', nullable: true }) penaltyId!: string | null;
  @Column('jsonb') faults!: readonly RowFault[];
}

/** A decision that came by import, as its last row tells it. */
@Entity('imported_penalty')
export class ImportedPenaltyEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('text', { name: 'authority_code' }) authorityCode!: string;
  @Column('text', { name: 'document_no' }) documentNo!: string;
  @Column('text', { name: 'document_no_key' }) documentNoKey!: string;
  @Column('text', { name: 'party_uscc', nullable: true }) partyUscc!: string | null;
  @Column('jsonb') record!: ExchangeRecord;
  @Column('text') fingerprint!: string;
  @Column('integer') version!: number;
  @Column('uuid', { name: 'import_id' }) importId!: string;
  @Column({ type: 'timestamptz', precision: 3, name: 'imported_at' }) importedAt!: Date;
  @Column({ type: 'timestamptz', precision: 3, name: 'updated_at' }) updatedAt!: Date;
}

/** How a row told it: the first one, and each correction. */
@Entity('imported_penalty_version')
export class ImportedPenaltyVersionEntity {
  @PrimaryColumn('uuid', { name: 'penalty_id' }) penaltyId!: string;
  @PrimaryColumn('integer') version!: number;
  @Column('jsonb') record!: ExchangeRecord;
  @Column('uuid', { name: 'import_id' }) importId!: string;
  @Column('integer', { name: 'row_no' }) rowNo!: number;
  @Column({ type: 'timestamptz', precision: 3 }) at!: Date;
}
