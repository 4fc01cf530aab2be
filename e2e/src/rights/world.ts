import { type ServiceName, serviceNames } from '@casebridge/contracts';
import { openDatabase } from '@casebridge/platform';
import type { TestDatabase } from '@casebridge/testkit';

/** Rows as the tables hold them; days are 'YYYY-MM-DD', amounts numbers, instants Dates. Columns that the model does not ask for are left out. */
export interface AgencyRow { code: string; functions: string[]; regions: string[]; superior_code: string | null }
export interface CaseRow {
  case_id: string; case_no: string; status: string; version: number; procedure: string; agency_code: string; region_code: string; enterprise_uscc: string | null;
  respondent_kind: string; respondent_name: string; product_id: string | null; facts: string; goods_value_fen: number | null; filed_at: Date;
  served_on: string | null; parts: string[]; sealed_until: string | null; seal_officers: string[]; seal_parties: string[]; excluded: string[];
}
export interface PartRow {
  case_id: string; agency_code: string; kind: string; started_at: Date; ended_at: Date | null; ended_case_status: string | null; ended_case_version: number | null;
  ended_referral_id: string | null; ended_position: number | null;
}
export interface SealRow { number: string; case_id: string; expires_on: string; officers: string[]; parties: string[]; lifted_at: Date | null; sealed_at: Date; sealed_by_agency: string }
export interface ExclusionRow { case_id: string; agency_code: string; officer_id: string; readmitted_at: Date | null }
export interface DecisionRow {
  id: string; case_id: string; agency_code: string; region_code: string; procedure: string; document_no: string; decided_on: string; served_on: string | null;
  service_recorded_at: Date | null; goods_value_fen: number | null; created_at: Date;
}
export interface ReferralRow {
  id: string; case_id: string; status: string; filing_agency_code: string; police_agency_code: string | null; charge: string; due_at: Date | null; created_at: Date;
}
export interface TimelineRow { id: string; referral_id: string; position: number; act: string; status: string; at: Date }
export interface DocumentRow { id: string; referral_id: string; file_id: string; added_position: number }
export interface EnterpriseRow { uscc: string; name: string; region_code: string; agency_code: string; risk_tier: string | null; risk_score: number | null; risk_reasons: string[] }
export interface KeyPersonRow { id: string; uscc: string; name: string }
export interface ProductRow { id: string; name: string; kind: string; holder_uscc: string | null }
export interface InspectionRow {
  id: string; uscc: string; medical_institution: boolean; kind: string; status: string; agency_code: string; region_code: string; conclusion: string | null;
  published_on: string | null; publication_ends_on: string | null; part_codes: string[]; case_ids: string[]; scheduled_on: string;
}
export interface DefectRow { id: string; inspection_id: string }
export interface PunishmentRow {
  id: string; kind: string; case_id: string; party_kind: string; party_name: string; uscc: string | null; agency_code: string; starts_on: string;
  ends_on: string | null; for_life: boolean; published_on: string | null; publication_ends_on: string | null; lifted_at: Date | null; revoked_at: Date | null;
  /** Publication of the case is deferred, or that of the decision withheld or withdrawn. */
  kept_back: boolean;
}
export interface DisclosureRow {
  id: string; decision_id: string; case_id: string; document_no: string; party_name: string; party_uscc: string | null; authority_code: string;
  published_on: string; disclosure_ends_on: string | null; withdrawn_at: Date | null;
  status: string; stopped_at: Date | null;
  /** Publication of the case is deferred. */
  deferred: boolean;
}
export interface ReportRow {
  id: string; kind: string; seriousness: string; region_code: string; agency_code: string; co_owner_codes: string[]; product_id: string | null;
  enterprise_uscc: string | null; case_ids: string[];
}
export interface ComplaintRow {
  id: string; kind: string; status: string; agency_code: string; region_code: string; enterprise_uscc: string | null; product_id: string | null;
  subject: string; part_codes: string[]; case_ids: string[];
}
/** The projection of case access that a service keeps. */
export interface AccessRow {
  case_id: string; version: number; agency_code: string; region_code: string; enterprise_uscc: string | null; respondent_kind: string; filed_at: Date;
  served_on: string | null; parts: string[]; sealed_until: string | null; seal_officers: string[]; seal_parties: string[]; excluded: string[];
}

/** Everything that four databases hold, as rows. */
export interface World {
  agencies: AgencyRow[]; cases: CaseRow[]; parts: PartRow[]; seals: SealRow[]; exclusions: ExclusionRow[]; decisions: DecisionRow[]; referrals: ReferralRow[];
  timeline: TimelineRow[]; documents: DocumentRow[]; enterprises: EnterpriseRow[]; keyPersons: KeyPersonRow[]; products: ProductRow[]; inspections: InspectionRow[];
  defects: DefectRow[]; punishments: PunishmentRow[]; disclosures: DisclosureRow[]; reports: ReportRow[]; complaints: ComplaintRow[];
}

export type Owners = Readonly<Record<string, Pick<TestDatabase, 'ownerUrl'>>>;
export type Sql = <Row = unknown>(service: ServiceName, text: string, values?: readonly unknown[]) => Promise<Row[]>;

/** Reads and writes as the owner of each database, for as long as `work` takes. */
export async function withOwners<T>(databases: Owners, work: (sql: Sql) => Promise<T>): Promise<T> {
  const sources = await Promise.all(serviceNames.map(async (name) => {
    const owner = databases[name];
    if (!owner) throw new Error(`no database of ${name}`);
    return [name, await openDatabase({ url: owner.ownerUrl, entities: [], applicationName: 'rights-model', poolSize: 2 })] as const;
  }));
  const byName = new Map(sources);
  try {
    return await work((service, text, values = []) => byName.get(service)!.query(text, [...values]));
  } finally {
    await Promise.all(sources.map(([, source]) => source.destroy()));
  }
}

export const readWorld = (databases: Owners): Promise<World> =>
  withOwners(databases, async (sql) => ({
    agencies: await sql<AgencyRow>('enforcement', 'select * from agency order by code'),
    cases: await sql<CaseRow>('enforcement', 'select * from admin_case order by filed_at desc, case_id desc'),
    parts: await sql<PartRow>('enforcement', 'select * from case_part order by started_at, id'),
    seals: await sql<SealRow>('enforcement', 'select * from case_seal order by sealed_at desc, id desc'),
    exclusions: await sql<ExclusionRow>('enforcement', 'select * from case_exclusion'),
    decisions: await sql<DecisionRow>('enforcement', 'select * from penalty_decision order by decided_on desc, id desc'),
    referrals: await sql<ReferralRow>('enforcement', 'select * from referral order by created_at desc, id desc'),
    timeline: await sql<TimelineRow>('enforcement', 'select * from referral_timeline order by referral_id, position'),
    documents: await sql<DocumentRow>('enforcement', 'select * from referral_document'),
    enterprises: await sql<EnterpriseRow>('inspection', 'select * from enterprise order by uscc'),
    keyPersons: await sql<KeyPersonRow>('inspection', 'select * from key_person'),
    products: await sql<ProductRow>('inspection', 'select * from product order by id desc'),
    inspections: await sql<InspectionRow>('inspection', 'select * from inspection order by scheduled_on desc, id desc'),
    defects: await sql<DefectRow>('inspection', 'select * from inspection_defect'),
    punishments: await sql<PunishmentRow>('credit', `select p.*, exists (select from disclosure_deferral f where f.case_id = p.case_id and f.status = 'RUNNING')
      or exists (select from disclosure_record d where d.decision_id = p.decision_id and d.status in ('WITHHELD', 'WITHDRAWN')) as kept_back from credit_punishment p order by listed_on desc, id desc`),
    disclosures: await sql<DisclosureRow>('credit', `select d.*, exists (select from disclosure_deferral f where f.case_id = d.case_id and f.status = 'RUNNING') as deferred
      from disclosure_record d order by published_on desc, id desc`),
    reports: await sql<ReportRow>('adr', 'select * from adverse_reaction_report order by received_on desc, id desc'),
    complaints: await sql<ComplaintRow>('adr', 'select * from complaint order by received_at desc, id desc'),
  }));

/** The access state of every case, as enforcement has it and as each other service has been told. */
export const readAccess = (databases: Owners): Promise<Record<ServiceName, AccessRow[]>> =>
  withOwners(databases, async (sql) =>
    Object.fromEntries(await Promise.all(serviceNames.map(async (name) =>
      [name, await sql<AccessRow>(name, 'select * from case_access order by case_id')] as const))) as Record<ServiceName, AccessRow[]>);
