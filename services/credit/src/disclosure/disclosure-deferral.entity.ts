import type { DisclosureDeferralStatus } from '@casebridge/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** While it runs, nothing that came of the case is published: it would expose an investigation (暂缓公示). */
@Entity('disclosure_deferral')
export class DisclosureDeferralEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'case_id' }) caseId!: string;
  @Column('text', { name: 'agency_code' }) agencyCode!: string;
  @Column('text', { name: 'region_code' }) regionCode!: string;
  @Column('text') status!: DisclosureDeferralStatus;
  @Column('text', { name: 'basis_instrument' }) basisInstrument!: string;
  @Column('text', { name: 'basis_article' }) basisArticle!: string;
  @Column('text') reasons!: string;
  /** Last day by which the head has to look at it again. */
  @Column('date', { name: 'review_on' }) reviewOn!: string;
  @Column({ type: 'timestamptz', precision: 3, name: 'ordered_at' }) orderedAt!: Date;
  @Column({ type: 'timestamptz', precision: 3, name: 'lifted_at', nullable: true }) liftedAt!: Date | null;
  /** Counts the acts. */
  @Column('integer') version!: number;
  @Column({ type: 'timestamptz', precision: 3, name: 'updated_at' }) updatedAt!: Date;
}
