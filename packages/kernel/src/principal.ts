/** What an agency is for; see the rights policy. An agency may have several, e.g. a city bureau has DRUG and MARKET. */
export type AgencyFunction =
  | 'DRUG' | 'MARKET' | 'POLICE' | 'PROCURATORATE' | 'COURT' | 'HEALTH' | 'CDC' | 'ADR_CENTRE' | 'LAB' | 'SUPERVISION' | 'INSURANCE'
  | 'DEVELOPMENT_REFORM' | 'JUSTICE' | 'AUDIT' | 'CUSTOMS' | 'EMERGENCY' | 'FIRE' | 'FOOD_DRUG_OFFICE';

export type OfficerRole = 'officer' | 'head' | 'reviewer' | 'auditor' | 'analyst' | 'system';

/** A registered agency as the rules need it; the graph adds what people want to read. */
export interface AgencyRecord {
  readonly code: string;
  readonly name: string;
  readonly nameEn: string;
  readonly functions: readonly AgencyFunction[];
  /** Codes of the regions it is competent for (GB/T 2260, or codes of functional zones). */
  readonly regions: readonly string[];
  /** Code of the agency directly above, or null at the top. Nothing is derived from the shape of codes. */
  readonly superior: string | null;
}

/** The reader without a token. */
export interface PublicReader {
  readonly kind: 'public';
}

/** An authenticated officer (or program) of an agency. */
export interface AgencyReader {
  readonly kind: 'agency';
  readonly agency: AgencyRecord;
  readonly officerId: string;
  readonly roles: readonly OfficerRole[];
  readonly scopes: readonly string[];
  readonly purpose: string | null;
  /** Token id (`jti`) and start (`iat`), for revocation. */
  readonly tokenId: string;
  readonly issuedAt: Date;
  /** The instant from which he is refused and his streams end: the end of the token (`exp`), and the skew that clocks are allowed. */
  readonly expiresAt: Date;
}

/** Whoever reads; every read takes one. */
export type Principal = PublicReader | AgencyReader;

export const publicReader: PublicReader = Object.freeze({ kind: 'public' });
