import type { Rights } from './model';
import type {
  CaseRow, ComplaintRow, DecisionRow, DisclosureRow, EnterpriseRow, InspectionRow, ProductRow, PunishmentRow, ReferralRow, ReportRow, SealRow, TimelineRow,
} from './world';

/** Everything of a world that one reader finds in lists, in the order of the rows. */
export interface Visible {
  readonly rights: Rights;
  readonly cases: readonly CaseRow[];
  readonly enterprises: readonly EnterpriseRow[];
  readonly products: readonly ProductRow[];
  readonly inspections: readonly InspectionRow[];
  readonly decisions: readonly DecisionRow[];
  readonly referrals: readonly ReferralRow[];
  readonly refusals: readonly TimelineRow[];
  readonly disclosures: readonly DisclosureRow[];
  /** With those that are no longer, or not yet, on display. */
  readonly records: readonly DisclosureRow[];
  /** With all that was done about their publication. */
  readonly procedures: readonly DisclosureRow[];
  readonly punishments: readonly PunishmentRow[];
  readonly reports: readonly ReportRow[];
  readonly complaints: readonly ComplaintRow[];
  readonly contents: readonly ComplaintRow[];
  readonly seals: readonly SealRow[];
}

export function visibleTo(rights: Rights): Visible {
  const { world } = rights.facts;
  const referrals = new Map(world.referrals.map((r) => [r.id, r]));
  return {
    rights,
    cases: world.cases.filter((c) => rights.case(c.case_id)),
    // Name, credit code, licences and registration of enterprises and products are for everybody.
    enterprises: world.enterprises,
    products: world.products,
    inspections: world.inspections.filter(rights.inspection),
    decisions: world.decisions.filter(rights.decision),
    referrals: world.referrals.filter(rights.referral),
    refusals: world.timeline.filter((t) => t.act === 'REFUSE_REFERRAL' && rights.refusal(referrals.get(t.referral_id)!)),
    disclosures: world.disclosures.filter(rights.disclosure),
    records: world.disclosures.filter((d) => rights.disclosureRecord(d)),
    procedures: world.disclosures.filter(rights.publicationProcedure),
    punishments: world.punishments.filter(rights.punishment),
    reports: world.reports.filter(rights.report),
    complaints: world.complaints.filter(rights.complaint),
    contents: world.complaints.filter(rights.complaintContent),
    seals: world.seals.filter((s) => rights.seal(s)),
  };
}

export interface Root {
  readonly field: string;
  readonly key: string;
  /** Alike for all who read at all: paged to the end for some only. */
  readonly alike?: boolean;
  readonly seen: (visible: Visible) => readonly string[];
}

const ids = (rows: readonly { id: string }[]): string[] => rows.map((row) => row.id);

/** The root lists of the graph, and what the model expects in each. */
export const roots: readonly Root[] = [
  { field: 'cases', key: 'id', seen: (v) => v.cases.map((c) => c.case_id) },
  { field: 'enterprises', key: 'uscc', alike: true, seen: (v) => v.enterprises.map((e) => e.uscc) },
  { field: 'products', key: 'id', alike: true, seen: (v) => ids(v.products) },
  { field: 'inspections', key: 'id', seen: (v) => ids(v.inspections) },
  { field: 'penaltyDecisions', key: 'id', seen: (v) => ids(v.decisions) },
  { field: 'referrals', key: 'id', seen: (v) => ids(v.referrals) },
  { field: 'referralRefusals', key: 'id', seen: (v) => ids(v.refusals) },
  { field: 'publicPenalties', key: 'id', alike: true, seen: (v) => ids(v.disclosures) },
  { field: 'disclosures', key: 'id', seen: (v) => ids(v.procedures) },
  { field: 'creditPunishments', key: 'id', seen: (v) => ids(v.punishments) },
  { field: 'adverseReactionReports', key: 'id', seen: (v) => ids(v.reports) },
  { field: 'complaints', key: 'id', seen: (v) => ids(v.complaints) },
  { field: 'sealRegister', key: 'number', seen: (v) => v.seals.map((s) => s.number) },
];

/** Null where both are the same set; otherwise what is missing and what is too much, the first of each. */
export function difference(expected: readonly string[], got: readonly string[]): object | null {
  const [want, have] = [new Set(expected), new Set(got)];
  const missing = expected.filter((id) => !have.has(id));
  const extra = got.filter((id) => !want.has(id));
  const twice = got.length - have.size;
  if (missing.length + extra.length + twice === 0) return null;
  return { missing: missing.length, extra: extra.length, ...(twice ? { twice } : {}), forInstance: { missing: missing.slice(0, 3), extra: extra.slice(0, 3) } };
}

/** Up to `n` of the rows, spread over all of them, and always those that are at an edge. */
export function sample<T>(rows: readonly T[], n: number, edge: (row: T) => boolean = () => false): T[] {
  const step = Math.max(1, Math.floor(rows.length / n));
  const spread = rows.filter((_, i) => i % step === 0).slice(0, n);
  return [...new Set([...rows.filter(edge), ...spread])];
}
