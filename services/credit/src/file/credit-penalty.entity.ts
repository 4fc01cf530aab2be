import type { PartyKind, PenaltyKind } from '@casebridge/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What a served decision laid on one party, whether it is ever shown or not: a warning belongs in the credit file, and never on the portal. */
@Entity('credit_penalty')
export class CreditPenaltyEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'decision_id' }) decisionId!: string;
  @Column('uuid', { name: 'case_id' }) caseId!: string;
  @Column('text', { name: 'document_no' }) documentNo!: string;
  @Column('text', { name: 'party_kind' }) partyKind!: PartyKind;
  @Column('text', { name: 'party_name' }) partyName!: string;
  /** Of the identity number of a person; shown to nobody. */
  @Column('text', { name: 'person_id_digest', nullable: true }) personIdDigest!: string | null;
  /** The enterprise punished, or in which the person punished acted. */
  @Column('text', { nullable: true }) uscc!: string | null;
  @Column('text', { name: 'agency_code' }) agencyCode!: string;
  @Column('text', { name: 'violation_type' }) violationType!: string;
  @Column({ type: 'text', name: 'penalty_kinds', array: true }) penaltyKinds!: PenaltyKind[];
  @Column('text') summary!: string;
  @Column('date', { name: 'decided_on' }) decidedOn!: string;
  /** Day on which the decision was changed, revoked, found illegal or void. */
  @Column('date', { name: 'overturned_on', nullable: true }) overturnedOn!: string | null;
}
