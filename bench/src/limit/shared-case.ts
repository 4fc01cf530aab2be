import { serviceNames } from '@casebridge/contracts';
import type { AccessLogs } from './access-log';
import type { Databases, Statement } from './database';
import { inspectionsOf, jsonList, noted, punishmentsOf, punishmentStatus } from './fragments';
import { caseOpen, complaintOpen, iso, referralOpen, reportOpen } from './rights';

interface Identified {
  readonly id: string;
}

interface CaseRow {
  readonly id: string;
  readonly caseNo: string;
  readonly status: string;
  readonly filedAt: Date;
  readonly uscc: string | null;
  readonly agency: object;
  readonly decisionId: string | null;
  readonly penaltyDecision: object | null;
  readonly referral: Identified | null;
}

const agencyName = (code: string): string => `(select json_build_object('code', a.code, 'name', a.name) from agency a where a.code = ${code})`;

const caseById: Statement = {
  name: 'case-by-id',
  text: `
    select c.case_id as "id", c.case_no as "caseNo", c.status, c.filed_at as "filedAt", c.enterprise_uscc as "uscc",
      (select json_build_object('code', a.code, 'name', a.name, 'functions', a.functions) from agency a where a.code = c.agency_code) as "agency",
      d.id as "decisionId", d.json as "penaltyDecision", r.json as "referral"
    from admin_case c
    left join lateral (
      select d.id, json_build_object('documentNo', d.document_no, 'decidedOn', d.decided_on, 'items', ${jsonList(
        `json_build_object('kind', i.kind, 'amountFen', i.amount_fen,
          'basis', json_build_object('instrument', i.basis_instrument, 'article', i.basis_article))`,
        'i.seq', 'penalty_item i where i.decision_id = d.id')}) as json
      from penalty_decision d where d.case_id = c.case_id order by d.decided_on desc, d.id desc limit 1
    ) d on true
    left join lateral (
      select json_build_object('id', r.id, 'version', r.version, 'status', r.status, 'holder', ${agencyName('r.holder_code')},
        'dueAt', ${iso('r.due_at')}, 'overdue', coalesce(r.due_at <= now(), false), 'timeline', ${jsonList(
          `json_build_object('position', t.position, 'act', t.act, 'status', t.status, 'at', ${iso('t.at')},
            'actor', ${agencyName('t.actor_code')},
            'basis', json_build_object('instrument', t.basis_instrument, 'article', t.basis_article), 'dueAt', ${iso('t.due_at')})`,
          't.position', 'referral_timeline t where t.referral_id = r.id')}) as json
      from referral r where r.case_id = c.case_id and ${referralOpen('c')} order by r.created_at desc, r.id desc limit 1
    ) r on true
    where c.case_id = $1 and ${caseOpen('c')}`,
};

interface ReportRow extends Identified {
  readonly productId: string | null;
  readonly seriousness: string;
  readonly receivedOn: string;
}
interface ReportedRow {
  readonly complaints: readonly Identified[];
  readonly reports: readonly ReportRow[];
}

const reportedOfCase: Statement = {
  name: 'reported-of-case',
  text: `
    select ${jsonList(`json_build_object('id', c.id, 'receivedAt', ${iso('c.received_at')}, 'status', c.status)`, 'c.received_at desc, c.id desc', `(
        select * from complaint c where c.case_ids <> '{}' and c.case_ids @> array[ca.case_id] and ${complaintOpen('c')}
        order by c.received_at desc, c.id desc limit 5) c`)} as "complaints",
      ${jsonList(
        `json_build_object('id', r.id, 'seriousness', r.seriousness, 'receivedOn', r.received_on, 'productId', r.product_id)`,
        'r.received_on desc, r.id desc', `(
        select * from adverse_reaction_report r where r.case_ids <> '{}' and r.case_ids @> array[ca.case_id] and ${reportOpen('r')}
        order by r.received_on desc, r.id desc limit 5) r`)} as "reports"
    from case_access ca where ca.case_id = $1 and ${caseOpen('ca')}`,
};

interface ProductRow extends Identified {
  readonly name: string;
  readonly registrationNo: string | null;
}
interface InspectedRow {
  readonly found: boolean;
  readonly name: string | null;
  readonly riskTier: string | null;
  readonly inspections: readonly Identified[];
  readonly products: readonly ProductRow[];
}

const inspectedWithProducts: Statement = {
  name: 'inspected-with-products',
  text: `
    select e.uscc is not null as "found", e.name, e.risk_tier as "riskTier",
      ${inspectionsOf('e.uscc', 5, `json_build_object('id', i.id, 'kind', i.kind, 'onSiteConclusion', i.on_site_conclusion,
        'conclusion', i.conclusion, 'conductedOn', i.conducted_on, 'defects', ${jsonList(
          `json_build_object('id', d.id, 'grade', d.grade, 'status', d.status)`,
          `array_position(array['CRITICAL', 'MAJOR', 'MINOR'], d.grade), d.id`, 'inspection_defect d where d.inspection_id = i.id')})`)} as "inspections",
      ${jsonList(`json_build_object('id', pr.id, 'name', pr.name, 'registrationNo', pr.registration_no)`, 'pr.id',
        'product pr where pr.id = any($2::uuid[])')} as "products"
    from (select $1::text as uscc) asked left join enterprise e on e.uscc = asked.uscc`,
};

const punishments: Statement = {
  name: 'punishments',
  text: `select ${punishmentsOf('$1', 5, `json_build_object('id', p.id, 'kind', p.kind, 'status', ${punishmentStatus},
    'startsOn', p.starts_on, 'endsOn', p.ends_on)`)} as "creditPunishments"`,
};

/** Fields that the services note for this operation. */
const fields = {
  enforcement: [
    'Agency.code', 'Agency.functions', 'Agency.name', 'Case.agency', 'Case.caseNo', 'Case.enterprise', 'Case.filedAt', 'Case.id', 'Case.penaltyDecision',
    'Case.referral', 'Case.status', 'Enterprise.uscc', 'LegalBasis.article', 'LegalBasis.instrument', 'PenaltyDecision.decidedOn',
    'PenaltyDecision.documentNo', 'PenaltyDecision.items', 'PenaltyItem.amountFen', 'PenaltyItem.basis', 'PenaltyItem.kind', 'Query.case',
    'Referral.dueAt', 'Referral.holder', 'Referral.id', 'Referral.overdue', 'Referral.status', 'Referral.timeline', 'Referral.version',
    'ReferralTimelineEntry.act', 'ReferralTimelineEntry.actor', 'ReferralTimelineEntry.at', 'ReferralTimelineEntry.basis',
    'ReferralTimelineEntry.dueAt', 'ReferralTimelineEntry.position', 'ReferralTimelineEntry.status',
  ],
  inspection: [
    'Enterprise.inspections', 'Enterprise.name', 'Enterprise.riskTier', 'Inspection.conclusion', 'Inspection.conductedOn', 'Inspection.defects',
    'Inspection.id', 'Inspection.kind', 'Inspection.onSiteConclusion', 'InspectionConnection.nodes', 'InspectionDefect.grade', 'InspectionDefect.id',
    'InspectionDefect.status', 'Product.name', 'Product.registrationNo', 'Query._entities',
  ],
  credit: [
    'CreditPunishment.endsOn', 'CreditPunishment.id', 'CreditPunishment.kind', 'CreditPunishment.startsOn', 'CreditPunishment.status',
    'CreditPunishmentConnection.nodes', 'Enterprise.creditPunishments', 'Query._entities',
  ],
  adr: [
    'AdverseReactionReport.id', 'AdverseReactionReport.product', 'AdverseReactionReport.receivedOn', 'AdverseReactionReport.seriousness',
    'AdverseReactionReportConnection.nodes', 'Case.adverseReactionReports', 'Case.complaints', 'Complaint.id', 'Complaint.receivedAt', 'Complaint.status',
    'ComplaintConnection.nodes', 'Product.id', 'Query._entities',
  ],
} as const;

/** `SharedCase` in two waves: the case and what people reported of it, then its enterprise and the products of the reports. */
export async function sharedCase(db: Databases, logs: AccessLogs, { id }: { readonly id: string }): Promise<object> {
  const [[row], [reported]] = await Promise.all([db.enforcement.rows<CaseRow>(caseById, [id]), db.adr.rows<ReportedRow>(reportedOfCase, [id])]);
  if (!row) return { case: null };
  const productIds = (reported?.reports ?? []).flatMap((r) => r.productId ?? []);
  const [[inspected], [punished]] = await Promise.all([
    db.inspection.rows<InspectedRow>(inspectedWithProducts, [row.uscc, productIds]),
    db.credit.rows<{ creditPunishments: readonly Identified[] }>(punishments, [row.uscc]),
  ]);

  const products = new Map(inspected?.products.map((p) => [p.id, p]));
  const records = {
    enforcement: [`Case:${row.id}`, ...(row.decisionId === null ? [] : [`PenaltyDecision:${row.decisionId}`]), ...noted('Referral', row.referral && [row.referral])],
    inspection: [
      ...(inspected?.found ? [`Enterprise:${row.uscc}`] : []), ...noted('Inspection', inspected?.inspections), ...noted('Product', inspected?.products),
    ],
    credit: noted('CreditPunishment', punished?.creditPunishments),
    adr: reported ? [`Case:${row.id}`, ...noted('Complaint', reported.complaints), ...noted('AdverseReactionReport', reported.reports)] : [],
  };
  await logs.write('SharedCase', serviceNames.map((service) => ({ service, records: records[service], fields: fields[service] })));

  return {
    case: {
      id: row.id, caseNo: row.caseNo, status: row.status, filedAt: row.filedAt, agency: row.agency,
      enterprise: row.uscc === null ? null : {
        uscc: row.uscc, name: inspected?.name ?? null, riskTier: inspected?.riskTier ?? null,
        inspections: inspected?.found ? { nodes: inspected.inspections } : null,
        creditPunishments: { nodes: punished?.creditPunishments ?? [] },
      },
      penaltyDecision: row.penaltyDecision, referral: row.referral,
      complaints: reported ? { nodes: reported.complaints } : null,
      adverseReactionReports: reported ? {
        nodes: reported.reports.map(({ productId, ...report }) => {
          const product = productId === null ? undefined : products.get(productId);
          return { ...report, product: productId === null ? null : { id: productId, name: product?.name ?? null, registrationNo: product?.registrationNo ?? null } };
        }),
      } : null,
    },
  };
}
