import type { AgencyStatus } from '@casebridge/contracts';
import type { AgencyFunction } from '@casebridge/kernel';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { AgencyOfficer } from './agency.rule';

/** A registered agency (机关); its record in the directories of all processes is fed by `directory.agency-changed`. */
@Entity('agency')
export class AgencyEntity {
  @PrimaryColumn('text') code!: string;
  @Column('text') name!: string;
  @Column('text', { name: 'name_en' }) nameEn!: string;
  @Column({ type: 'text', array: true }) functions!: AgencyFunction[];
  @Column({ type: 'text', array: true }) regions!: string[];
  @Column('text', { name: 'superior_code', nullable: true }) superiorCode!: string | null;
  @Column('text') status!: AgencyStatus;
  @Column('text') issuer!: string;
  @Column('jsonb', { nullable: true }) jwks!: { keys: Record<string, unknown>[] } | null;
  @Column('text', { name: 'jwks_uri', nullable: true }) jwksUri!: string | null;
  @Column('jsonb') officers!: AgencyOfficer[];
  @Column('integer') version!: number;
  @Column({ type: 'timestamptz', name: 'registered_at', precision: 3 }) registeredAt!: Date;
  @Column({ type: 'timestamptz', name: 'updated_at', precision: 3 }) updatedAt!: Date;
  @Column('text', { name: 'search_text' }) searchText!: string;
}

/** A token that is worth nothing from now on. */
@Entity('revoked_token')
export class RevokedTokenEntity {
  @PrimaryColumn('text', { name: 'agency_code' }) agencyCode!: string;
  @PrimaryColumn('text', { name: 'token_id' }) tokenId!: string;
  @Column({ type: 'timestamptz', precision: 3 }) until!: Date;
  @Column('text') reason!: string;
  @Column({ type: 'timestamptz', name: 'revoked_at', precision: 3 }) revokedAt!: Date;
  @Column('text', { name: 'revoked_by_agency' }) revokedByAgency!: string;
  @Column('text', { name: 'revoked_by_officer' }) revokedByOfficer!: string;
}

/** One revocation of an officer: every token issued up to it is worth nothing. */
@Entity('revoked_officer')
export class RevokedOfficerEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('text', { name: 'agency_code' }) agencyCode!: string;
  @Column('text', { name: 'officer_id' }) officerId!: string;
  @Column('text') reason!: string;
  @Column({ type: 'timestamptz', name: 'revoked_at', precision: 3 }) revokedAt!: Date;
  @Column('text', { name: 'revoked_by_agency' }) revokedByAgency!: string;
  @Column('text', { name: 'revoked_by_officer' }) revokedByOfficer!: string;
}
