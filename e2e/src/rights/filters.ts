import { demoRegions } from '@casebridge/contracts';
import { sample, type Visible } from './expectations';
import type { Edges } from './prepare';
import type { World } from './world';

/** A question whose conditions are values of records that some readers may not see. */
export interface FilterCheck {
  readonly name: string;
  readonly text: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly forPublic: boolean;
  /** Ids expected under every alias. */
  readonly expected: (visible: Visible) => Readonly<Record<string, readonly string[]>>;
  /** Whether less than that is right too: a search need not look everywhere. */
  readonly atMost?: boolean;
}

const one = (field: string, input: string, name: string, filter: object, expected: (v: Visible) => readonly string[], extra: Partial<FilterCheck> = {}): FilterCheck => ({
  name: `${field} ${name}`, text: `query F($f: ${input}) { list: ${field}(first: 100, filter: $f) { totalCount nodes { id } } }`, variables: { f: filter }, forPublic: false,
  expected: (v) => ({ list: expected(v) }), ...extra,
});

/** One alias per value of an enum: the counts of all, and who is in them. */
const each = (field: string, condition: (value: string) => string, values: readonly string[], expected: (v: Visible, value: string) => readonly string[], forPublic = false): FilterCheck => ({
  name: `${field} by value`, forPublic, variables: {},
  text: `{ ${values.map((value) => `v_${value}: ${field}(first: 20, filter: { ${condition(value)} }) { totalCount nodes { id } }`).join(' ')} }`,
  expected: (v) => Object.fromEntries(values.map((value) => [`v_${value}`, expected(v, value)])),
});

const distinct = <T, K extends string | null>(rows: readonly T[], key: (row: T) => K): Exclude<K, null>[] =>
  [...new Set(rows.map(key))].filter((value): value is Exclude<K, null> => value !== null);

/** Whether a region is another or lies in it, by the demo's own list. */
const lies = (region: string | null, within: string): boolean =>
  region !== null && (region === within || lies(demoRegions.find((r) => r.code === region)?.parent ?? null, within));

export function filterChecks(world: World, edges: Edges): readonly FilterCheck[] {
  const now = new Date();
  const edge = new Set<string>(Object.values(edges));
  const cases = sample(world.cases, 4, (c) => [edges.sealed, edges.forwarded, edges.refused, edges.manyParts, edges.partEnded].includes(c.case_id));
  const persons = sample(world.cases.filter((c) => c.respondent_kind === 'NATURAL_PERSON'), 4, (c) => edge.has(c.case_id));
  const latest = new Map([...world.referrals].reverse().map((r) => [r.case_id, r]));
  const isOverdue = (v: Visible, caseId: string): boolean => {
    const r = latest.get(caseId);
    return r !== undefined && v.rights.referral(r) && r.due_at !== null && r.due_at <= now;
  };
  const caseIds = (v: Visible, keep: (c: Visible['cases'][number]) => boolean): string[] => v.cases.filter(keep).map((c) => c.case_id);
  const usccs = distinct(cases, (c) => c.enterprise_uscc).slice(0, 6);
  const linked = sample(world.complaints.filter((c) => c.enterprise_uscc !== null), 4, (c) => c.case_ids.some((id) => edge.has(id)));
  const closedShows = world.disclosures.filter((d) => edge.has(d.case_id) || d.withdrawn_at !== null || (d.disclosure_ends_on !== null && d.disclosure_ends_on < '2027')).slice(0, 8);
  const banned = sample(world.punishments.filter((p) => p.party_kind === 'PERSON'), 4, (p) => edge.has(p.case_id));
  const ids = (rows: readonly { id: string }[]): string[] => rows.map((r) => r.id);

  return [
    ...cases.map((c) => one('cases', 'CaseFilter', 'by number', { text: c.case_no }, (v) => caseIds(v, (row) => row.case_no.includes(c.case_no)))),
    ...persons.map((p) => one('cases', 'CaseFilter', 'by the name of a person', { text: p.respondent_name },
      (v) => caseIds(v, (row) => row.respondent_name.includes(p.respondent_name) && (row.respondent_kind !== 'NATURAL_PERSON' || v.rights.caseFile(row.case_id))), { atMost: true })),
    ...sample(world.cases, 4, (c) => edge.has(c.case_id)).slice(0, 6).map((c) => one('cases', 'CaseFilter', 'by words of the facts', { text: c.facts.slice(0, 30) },
      (v) => caseIds(v, (row) => row.facts.includes(c.facts.slice(0, 30)) && v.rights.caseFile(row.case_id)), { atMost: true })),
    ...usccs.map((uscc) => one('cases', 'CaseFilter', 'by enterprise', { enterpriseUscc: uscc }, (v) => caseIds(v, (row) => row.enterprise_uscc === uscc))),
    each('cases', (s) => `status: [${s}]`, distinct(world.cases, (c) => c.status), (v, status) => caseIds(v, (c) => c.status === status)),
    one('cases', 'CaseFilter', 'overdue', { overdue: true }, (v) => caseIds(v, (c) => isOverdue(v, c.case_id))),
    one('cases', 'CaseFilter', 'not overdue', { overdue: false }, (v) => caseIds(v, (c) => !isOverdue(v, c.case_id))),
    each('referrals', (s) => `status: [${s}]`, distinct(world.referrals, (r) => r.status), (v, status) => ids(v.referrals.filter((r) => r.status === status))),
    one('referrals', 'ReferralFilter', 'overdue', { overdue: true }, (v) => ids(v.referrals.filter((r) => r.due_at !== null && r.due_at <= now))),
    ...['PSB-210100', 'PSB-210200'].map((code) => one('referrals', 'ReferralFilter', 'by police', { policeAgency: code }, (v) => ids(v.referrals.filter((r) => r.police_agency_code === code)))),
    ...['MRA-210100', 'MRA-210102', 'DRA-220000'].map((code) => one('penaltyDecisions', 'PenaltyDecisionFilter', 'by agency', { agency: code },
      (v) => ids(v.decisions.filter((d) => d.agency_code === code)))),
    ...distinct(world.decisions, (d) => d.region_code).slice(0, 4).map((region) => one('penaltyDecisions', 'PenaltyDecisionFilter', 'by region', { region },
      (v) => ids(v.decisions.filter((d) => lies(d.region_code, region))))),
    each('inspections', (s) => `status: ${s}`, distinct(world.inspections, (i) => i.status), (v, status) => ids(v.inspections.filter((i) => i.status === status))),
    each('inspections', (s) => `conclusion: ${s}`, distinct(world.inspections, (i) => i.conclusion), (v, c) => ids(v.inspections.filter((i) => i.conclusion === c)), true),
    ...usccs.slice(0, 5).map((uscc) => one('inspections', 'InspectionFilter', 'by enterprise', { uscc }, (v) => ids(v.inspections.filter((i) => i.uscc === uscc)), { forPublic: true })),
    each('complaints', (s) => `status: [${s}]`, distinct(world.complaints, (c) => c.status), (v, status) => ids(v.complaints.filter((c) => c.status === status))),
    each('complaints', (s) => `kind: [${s}]`, distinct(world.complaints, (c) => c.kind), (v, kind) => ids(v.contents.filter((c) => c.kind === kind))),
    ...linked.map((c) => one('complaints', 'ComplaintFilter', 'by enterprise', { enterpriseUscc: c.enterprise_uscc },
      (v) => ids(v.contents.filter((row) => row.enterprise_uscc === c.enterprise_uscc)))),
    each('adverseReactionReports', (s) => `kind: [${s}]`, distinct(world.reports, (r) => r.kind), (v, kind) => ids(v.reports.filter((r) => r.kind === kind))),
    each('adverseReactionReports', (s) => `seriousness: [${s}]`, distinct(world.reports, (r) => r.seriousness), (v, s) => ids(v.reports.filter((r) => r.seriousness === s))),
    ...sample(world.reports.filter((r) => r.product_id !== null), 3).map((r) => one('adverseReactionReports', 'AdverseReactionReportFilter', 'by product', { productId: r.product_id },
      (v) => ids(v.reports.filter((row) => row.product_id === r.product_id)))),
    ...distinct(world.reports, (r) => r.region_code).slice(0, 4).map((regionCode) => one('adverseReactionReports', 'AdverseReactionReportFilter', 'by region', { regionCode },
      (v) => ids(v.reports.filter((row) => lies(row.region_code, regionCode))))),
    ...banned.map((p) => one('creditPunishments', 'CreditPunishmentFilter', 'by person', { personName: p.party_name },
      (v) => ids(v.punishments.filter((row) => row.party_kind === 'PERSON' && row.party_name === p.party_name)))),
    ...usccs.map((uscc) => one('creditPunishments', 'CreditPunishmentFilter', 'by enterprise', { enterpriseUscc: uscc }, (v) => ids(v.punishments.filter((row) => row.uscc === uscc)))),
    each('creditPunishments', (s) => `kinds: [${s}]`, distinct(world.punishments, (p) => p.kind), (v, kind) => ids(v.punishments.filter((p) => p.kind === kind))),
    one('creditPunishments', 'CreditPunishmentFilter', 'in force', { status: ['IN_FORCE'] }, (v) => ids(v.punishments.filter(v.rights.inForce))),
    ...closedShows.map((d) => one('publicPenalties', 'PublicPenaltyFilter', 'by number', { documentNo: d.document_no },
      (v) => ids(v.disclosures.filter((row) => row.document_no === d.document_no)), { forPublic: true })),
    ...closedShows.filter((d) => d.party_uscc !== null).slice(0, 4).map((d) => one('publicPenalties', 'PublicPenaltyFilter', 'by party', { partyUscc: d.party_uscc },
      (v) => ids(v.disclosures.filter((row) => row.party_uscc === d.party_uscc)), { forPublic: true })),
  ];
}
