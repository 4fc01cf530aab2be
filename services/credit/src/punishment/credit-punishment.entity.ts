import type { PartyKind, PunishmentKind } from '@casebridge/contracts';
import type { Mark } from '@casebridge/kernel';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What a decision does to a name for some time: an industry ban, a restriction, an entry in a list. */
@Entity('credit_punishment')
export class CreditPunishmentEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('text') kind!: PunishmentKind;
  @Column('uuid', { name: 'case_id' }) caseId!: string;
  @Column('uuid', { name: 'decision_id', nullable: true }) decisionId!: string | null;
  /** The penalty of the decision that it comes from; at most one punishment comes of each. */
  @Column('uuid', { name: 'penalty_item_id', nullable: true }) penaltyItemId!: string | null;
  @Column('text', { name: 'document_no' }) documentNo!: string;
  @Column('text', { name: 'party_kind' }) partyKind!: PartyKind;
  @Column('text', { name: 'party_name' }) partyName!: string;
  /** Of the identity number of the person, where the decision has one; shown to nobody. */
  @Column('text', { name: 'person_id_digest', nullable: true }) personIdDigest!: string | null;
  /** The enterprise punished, or in which the person punished acted. */
  @Column('text', { nullable: true }) uscc!: string | null;
  @Column('text', { name: 'agency_code' }) agencyCode!: string;
  @Column('text', { name: 'region_code' }) regionCode!: string;
  @Column('text', { name: 'basis_instrument' }) basisInstrument!: string;
  @Column('text', { name: 'basis_article' }) basisArticle!: string;
  @Column('text', { name: 'basis_mark' }) basisMark!: Mark;
  @Column('date', { name: 'starts_on' }) startsOn!: string;
  @Column('date', { name: 'ends_on', nullable: true }) endsOn!: string | null;
  @Column('boolean', { name: 'for_life' }) forLife!: boolean;
  @Column('date', { name: 'published_on', nullable: true }) publishedOn!: string | null;
  /** Last day on which the public sees it; null with a publication: for life. */
  @Column('date', { name: 'publication_ends_on', nullable: true }) publicationEndsOn!: string | null;
  @Column({ type: 'timestamptz', name: 'lifted_at', precision: 3, nullable: true }) liftedAt!: Date | null;
  @Column({ type: 'timestamptz', name: 'revoked_at', precision: 3, nullable: true }) revokedAt!: Date | null;
  @Column('date', { name: 'listed_on' }) listedOn!: string;
}
