import type { CriminalCharge, SupervisionFindingKind } from '@casebridge/contracts';
import type { Citation } from '@casebridge/kernel';
import { Column, Entity, PrimaryColumn, ViewColumn, ViewEntity } from 'typeorm';

/** Something that stands still or has gone wrong, as it is found at the moment of reading; nothing of it is stored. */
@ViewEntity({ name: 'supervision_finding', synchronize: false })
export class SupervisionFindingEntity {
  @ViewColumn() id!: string;
  @ViewColumn() kind!: SupervisionFindingKind;
  /** Of a clue there is no case yet. */
  @ViewColumn({ name: 'case_id' }) caseId!: string | null;
  @ViewColumn({ name: 'case_no' }) caseNo!: string | null;
  @ViewColumn({ name: 'clue_id' }) clueId!: string | null;
  @ViewColumn({ name: 'region_code' }) regionCode!: string;
  /** Who owes the next act. */
  @ViewColumn({ name: 'owes_code' }) owesCode!: string;
  @ViewColumn() since!: Date;
  /** State in which it stands still; null for what a decision shows. */
  @ViewColumn() step!: string | null;
  @ViewColumn() basis!: Citation;
  @ViewColumn() charge!: CriminalCharge | null;
  /** None of a clue that came by a complaint. */
  @ViewColumn() facts!: string | null;
  @ViewColumn({ name: 'suspected_articles' }) suspectedArticles!: Citation[];
  @ViewColumn({ name: 'final_articles' }) finalArticles!: Citation[];
  @ViewColumn({ name: 'goods_value_fen' }) goodsValueFen!: number | null;
  @ViewColumn({ name: 'fine_fen' }) fineFen!: number | null;
  @ViewColumn() reasons!: string | null;
  @ViewColumn({ name: 'referral_id' }) referralId!: string | null;
}

/** What was found once, and when: stays when the act that was owed is done. */
@Entity('supervision_record')
export class SupervisionRecordEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('text') kind!: SupervisionFindingKind;
  @Column('uuid', { name: 'case_id', nullable: true }) caseId!: string | null;
  @Column('text', { name: 'case_no', nullable: true }) caseNo!: string | null;
  @Column('uuid', { name: 'clue_id', nullable: true }) clueId!: string | null;
  @Column('uuid', { name: 'referral_id', nullable: true }) referralId!: string | null;
  @Column('text', { name: 'owes_code' }) owesCode!: string;
  @Column({ type: 'timestamptz', precision: 3 }) since!: Date;
  @Column('text', { nullable: true }) step!: string | null;
  @Column('jsonb') basis!: Citation;
  @Column('text', { nullable: true }) charge!: CriminalCharge | null;
  @Column('text', { nullable: true }) reasons!: string | null;
  @Column({ type: 'timestamptz', precision: 3, name: 'found_at' }) foundAt!: Date;
}
