import { type Json } from './ask';
import { difference, type Visible } from './expectations';

const list = (field: string, key = 'id'): string => `${field}(first: 100) { totalCount nodes { ${key} } }`;

export const caseWithAll = `query N($id: ID!) { case(id: $id) { id
  ${['complaints', 'adverseReactionReports', 'referrals', 'penaltyDecisions', 'inspections', 'creditPunishments', 'disclosureRecords'].map((f) => list(f)).join(' ')}
  referral { id case { id } } penaltyDecision { id case { id } }
  enterprise { uscc keyPersons { name }
    ${['inspections', 'creditPunishments', 'cases', 'referrals', 'complaints', 'adverseReactionReports', 'disclosureRecords'].map((f) => list(f)).join(' ')} } } }`;

export const enterpriseWithAll = `query N($id: ID!) { enterprise(uscc: $id) { uscc
  ${['inspections', 'creditPunishments', 'cases', 'referrals', 'complaints', 'adverseReactionReports', 'disclosureRecords', 'products'].map((f) => list(f)).join(' ')} } }`;

export const enterpriseForPublic = `query N($id: ID!) { enterprise(uscc: $id) { uscc ${['inspections', 'creditPunishments', 'disclosureRecords'].map((f) => list(f)).join(' ')} } }`;

export const productWithAll = `query N($id: ID!) { product(id: $id) { id name ${['cases', 'complaints', 'adverseReactionReports'].map((f) => list(f)).join(' ')} } }`;

export const reportWithAll = `query N($id: ID!) { adverseReactionReport(id: $id) { id cases { id caseNo facts } product { id ${list('cases')} } } }`;
export const complaintWithAll = `query N($id: ID!) { complaint(id: $id) { id cases { id caseNo } } }`;
export const inspectionWithAll = `query N($id: ID!) { inspection(id: $id) { id cases { id caseNo status } enterprise { uscc ${list('cases')} } } }`;

type Expected = Readonly<Record<string, readonly string[]>>;

/** What a reader finds around an enterprise. */
export const aroundEnterprise = (v: Visible, uscc: string): Expected => {
  const cases = new Set(v.rights.facts.casesOf.get(uscc) ?? []);
  return {
    inspections: v.inspections.filter((i) => i.uscc === uscc).map((i) => i.id),
    creditPunishments: v.punishments.filter((p) => p.uscc === uscc).map((p) => p.id),
    cases: v.cases.filter((c) => c.enterprise_uscc === uscc).map((c) => c.case_id),
    referrals: v.referrals.filter((r) => cases.has(r.case_id)).map((r) => r.id),
    // To find a complaint by who it is about is to read its content.
    complaints: v.contents.filter((c) => c.enterprise_uscc === uscc).map((c) => c.id),
    adverseReactionReports: v.reports.filter((r) => r.enterprise_uscc === uscc).map((r) => r.id),
    disclosureRecords: v.records.filter((d) => d.party_uscc === uscc).map((d) => d.id),
    products: v.products.filter((p) => p.holder_uscc === uscc && v.rights.masterData()).map((p) => p.id),
  };
};

/** What a reader finds around a case that is open to him as it is; where his part ended, nothing is listed. */
export const aroundCase = (v: Visible, id: string): Expected => {
  const open = v.rights.case(id);
  const of = (rows: readonly { id: string; case_id: string }[]): string[] => (open ? rows.filter((r) => r.case_id === id).map((r) => r.id) : []);
  const linked = (rows: readonly { id: string; case_ids: string[] }[]): string[] => (open ? rows.filter((r) => r.case_ids.includes(id)).map((r) => r.id) : []);
  return {
    complaints: linked(v.complaints), adverseReactionReports: linked(v.reports), inspections: linked(v.inspections), referrals: of(v.referrals),
    // A decision may be open by itself, to the procuratorate of the place.
    penaltyDecisions: v.decisions.filter((d) => d.case_id === id).map((d) => d.id),
    creditPunishments: of(v.punishments), disclosureRecords: of(v.records),
  };
};

export const aroundProduct = (v: Visible, id: string): Expected => ({
  // The product of a case is of its file.
  cases: v.cases.filter((c) => c.product_id === id && v.rights.caseFile(c.case_id)).map((c) => c.case_id),
  complaints: v.contents.filter((c) => c.product_id === id).map((c) => c.id),
  adverseReactionReports: v.reports.filter((r) => r.product_id === id).map((r) => r.id),
});

/** Compares connections of at most a hundred with what is expected in them, their totals too. */
export function compareLists(expected: Expected, answer: Json, disagree: (field: string, detail: unknown) => void): void {
  for (const [field, want] of Object.entries(expected)) {
    if (!(field in answer)) continue;
    const got: Json = answer[field];
    const nodes: string[] = (got?.nodes ?? []).map((n: Json) => n.id);
    const missing = want.length > 100 ? null : difference(want, nodes);
    if (missing || (got?.totalCount ?? 0) !== want.length) disagree(field, { ...missing, totalCount: [want.length, got?.totalCount ?? null] });
  }
}
