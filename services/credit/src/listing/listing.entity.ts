import type { ListingAct, ListingGround, ListingStatus, NotListedReason, PartyKind, PenaltyKind } from '@casebridge/contracts';
import type { Mark } from '@casebridge/kernel';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ListingClockName } from './listing.clocks';

/** A heavy penalty, and whether it is followed by an entry in the serious-dishonesty list. */
@Entity('dishonesty_listing')
export class DishonestyListingEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'case_id' }) caseId!: string;
  @Column('uuid', { name: 'decision_id' }) decisionId!: string;
  @Column('text', { name: 'document_no' }) documentNo!: string;
  @Column('date', { name: 'decided_on' }) decidedOn!: string;
  @Column('text', { name: 'party_kind' }) partyKind!: PartyKind;
  @Column('text', { name: 'party_name' }) partyName!: string;
  @Column('text', { nullable: true }) uscc!: string | null;
  @Column('text', { name: 'agency_code' }) agencyCode!: string;
  @Column('text', { name: 'region_code' }) regionCode!: string;
  @Column('text', { name: 'violation_type' }) violationType!: string;
  /** The penalties that make it heavy. */
  @Column({ type: 'text', name: 'heavy_kinds', array: true }) heavyKinds!: PenaltyKind[];
  /** Of the decision, on the party. */
  @Column('date', { name: 'restriction_ends_on', nullable: true }) restrictionEndsOn!: string | null;
  @Column('boolean', { name: 'restriction_for_life' }) restrictionForLife!: boolean;
  /** Those that the violation meets by its name, until the notice says which. */
  @Column({ type: 'text', array: true }) grounds!: ListingGround[];
  @Column('text') status!: ListingStatus;
  @Column('text', { name: 'notice_no', nullable: true }) noticeNo!: string | null;
  @Column('date', { name: 'notice_served_on', nullable: true }) noticeServedOn!: string | null;
  @Column('text', { name: 'consent_agency_code', nullable: true }) consentAgencyCode!: string | null;
  @Column('text', { name: 'not_listed_reason', nullable: true }) notListedReason!: NotListedReason | null;
  @Column('text', { name: 'not_listed_explanation', nullable: true }) notListedExplanation!: string | null;
  @Column('text', { name: 'listing_no', nullable: true }) listingNo!: string | null;
  @Column('date', { name: 'listed_on', nullable: true }) listedOn!: string | null;
  @Column('date', { name: 'published_on', nullable: true }) publishedOn!: string | null;
  /** Last day on the list. */
  @Column('date', { name: 'ends_on', nullable: true }) endsOn!: string | null;
  @Column('boolean', { name: 'for_life' }) forLife!: boolean;
  @Column('text', { nullable: true }) clock!: ListingClockName | null;
  @Column({ type: 'timestamptz', precision: 3, name: 'clock_started_at', nullable: true }) clockStartedAt!: Date | null;
  @Column({ type: 'timestamptz', precision: 3, name: 'due_at', nullable: true }) dueAt!: Date | null;
  /** Counts the acts. */
  @Column('integer') version!: number;
  @Column({ type: 'timestamptz', precision: 3, name: 'created_at' }) createdAt!: Date;
  @Column({ type: 'timestamptz', precision: 3, name: 'updated_at' }) updatedAt!: Date;
}

/** What an act said. */
export interface ListingActDetail {
  readonly facts?: string;
  readonly statement?: string;
  readonly summary?: string;
  readonly opinion?: string;
  readonly reasons?: string;
  readonly explanation?: string;
  readonly consequences?: string;
  readonly exitTerms?: string;
  readonly remedies?: string;
  readonly dutiesPerformed?: string;
  readonly harmRemoved?: string;
  /** Day on which what the act tells of happened. */
  readonly on?: string;
}

@Entity('dishonesty_listing_act')
export class DishonestyListingActEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'listing_id' }) listingId!: string;
  @Column('integer') position!: number;
  @Column('text') act!: ListingAct;
  @Column('text') status!: ListingStatus;
  @Column({ type: 'timestamptz', precision: 3 }) at!: Date;
  @Column('text', { name: 'actor_code' }) actorCode!: string;
  @Column('text', { name: 'officer_id' }) officerId!: string;
  @Column('text', { name: 'basis_instrument' }) basisInstrument!: string;
  @Column('text', { name: 'basis_article' }) basisArticle!: string;
  @Column('text', { name: 'basis_mark' }) basisMark!: Mark;
  @Column('boolean', { nullable: true }) met!: boolean | null;
  @Column('jsonb') detail!: ListingActDetail;
}
