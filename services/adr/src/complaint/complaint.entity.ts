import type { ComplaintKind, ComplaintStatus } from '@casebridge/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Complaint } from './complaint.rule';

@Entity('complaint')
export class ComplaintEntity implements Complaint {
  @PrimaryColumn('uuid') readonly id!: string;
  @Column('text', { name: 'complaint_no' }) readonly complaintNo!: string;
  /** SHA-256 of the receipt code; the code itself is kept nowhere. */
  @Column('text', { name: 'receipt_hash' }) readonly receiptHash!: string;
  @Column('text') readonly kind!: ComplaintKind;
  @Column({ type: 'timestamptz', name: 'received_at', precision: 3 }) readonly receivedAt!: Date;
  @Column('text') readonly status!: ComplaintStatus;
  @Column('text', { name: 'agency_code' }) readonly agencyCode!: string;
  @Column('text', { name: 'region_code' }) readonly regionCode!: string;
  @Column('text', { name: 'enterprise_uscc', nullable: true }) readonly enterpriseUscc!: string | null;
  @Column('uuid', { name: 'product_id', nullable: true }) readonly productId!: string | null;
  @Column('text') readonly subject!: string;
  @Column('text') readonly content!: string;
  @Column({ type: 'timestamptz', name: 'accept_due_at', precision: 3 }) readonly acceptDueAt!: Date;
  @Column('text', { name: 'accept_calendar_version', nullable: true }) readonly acceptCalendarVersion!: string | null;
  @Column({ type: 'timestamptz', name: 'accepted_at', precision: 3, nullable: true }) readonly acceptedAt!: Date | null;
  @Column('text', { name: 'part_codes', array: true }) readonly partCodes!: string[];
  @Column('uuid', { name: 'case_ids', array: true }) readonly caseIds!: string[];
  /** Counts writes for readers and events. */
  @Column('integer') readonly version!: number;
}
