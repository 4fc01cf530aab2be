import { serviceNames } from '@casebridge/contracts';
import type { CursorCodec } from '@casebridge/platform/dist/graph/cursor';
import type { AccessLogs } from './access-log';
import type { Databases, Statement } from './database';
import { inspectionsOf, jsonList, noted, punishmentsOf, punishmentStatus } from './fragments';
import { caseOpen, complaintOpen, referralOpen } from './rights';

const pageSize = 50;

interface Identified {
  readonly id: string;
}
interface CaseRow {
  readonly id: string;
  readonly caseNo: string;
  readonly status: string;
  readonly filedAt: Date;
  readonly uscc: string | null;
  readonly referralId: string | null;
  readonly referralStatus: string;
  readonly dueAt: Date | null;
  readonly overdue: boolean;
}

const newestCases: Statement = {
  name: 'newest-cases',
  text: `
    select c.case_id as "id", c.case_no as "caseNo", c.status, c.filed_at as "filedAt", c.enterprise_uscc as "uscc",
      r.id as "referralId", r.status as "referralStatus", r.due_at as "dueAt", coalesce(r.due_at <= now(), false) as "overdue"
    from (select * from admin_case c where ${caseOpen('c')} order by c.filed_at desc, c.case_id desc limit ${pageSize + 1}) c
    left join lateral (
      select r.id, r.status, r.due_at from referral r where r.case_id = c.case_id and ${referralOpen('c')} order by r.created_at desc, r.id desc limit 1
    ) r on true
    order by c.filed_at desc, c.case_id desc`,
};

const countCases: Statement = { name: 'count-cases', text: `select count(*) as n from admin_case c where ${caseOpen('c')}` };

interface EnterpriseRow {
  readonly uscc: string;
  readonly name: string;
  readonly riskTier: string | null;
  readonly inspections: readonly Identified[];
}

const inspected: Statement = {
  name: 'inspected',
  text: `
    select e.uscc, e.name, e.risk_tier as "riskTier",
      ${inspectionsOf('e.uscc', 2, `json_build_object('id', i.id, 'kind', i.kind, 'conclusion', i.conclusion)`)} as "inspections"
    from enterprise e where e.uscc = any($1::text[])`,
};

interface PunishedRow {
  readonly uscc: string;
  readonly punishments: readonly Identified[];
}

const punished: Statement = {
  name: 'punished',
  text: `
    select asked.uscc, ${punishmentsOf('asked.uscc', 2, `json_build_object('id', p.id, 'kind', p.kind, 'status', ${punishmentStatus})`)} as "punishments"
    from unnest($1::text[]) as asked(uscc)`,
};

interface ComplainedRow extends Identified {
  readonly complaints: readonly Identified[];
}

const complained: Statement = {
  name: 'complained',
  text: `
    select ca.case_id as "id", ${jsonList(`json_build_object('id', c.id, 'status', c.status)`, 'c.received_at desc, c.id desc', `(
      select * from complaint c where c.case_ids <> '{}' and c.case_ids @> array[ca.case_id] and ${complaintOpen('c')}
      order by c.received_at desc, c.id desc limit 2) c`)} as "complaints"
    from case_access ca where ca.case_id = any($1::uuid[]) and ${caseOpen('ca')}`,
};

/** Fields that the services note for this operation. */
const fields = {
  enforcement: [
    'Case.caseNo', 'Case.enterprise', 'Case.filedAt', 'Case.id', 'Case.referral', 'Case.status', 'CaseConnection.nodes', 'CaseConnection.pageInfo',
    'CaseConnection.totalCount', 'Enterprise.uscc', 'PageInfo.endCursor', 'PageInfo.hasNextPage', 'Query.cases', 'Referral.dueAt', 'Referral.id',
    'Referral.overdue', 'Referral.status',
  ],
  inspection: [
    'Enterprise.inspections', 'Enterprise.name', 'Enterprise.riskTier', 'Inspection.conclusion', 'Inspection.id', 'Inspection.kind',
    'InspectionConnection.nodes', 'Query._entities',
  ],
  credit: [
    'CreditPunishment.id', 'CreditPunishment.kind', 'CreditPunishment.status', 'CreditPunishmentConnection.nodes', 'Enterprise.creditPunishments',
    'Query._entities',
  ],
  adr: ['Case.complaints', 'Complaint.id', 'Complaint.status', 'ComplaintConnection.nodes', 'Query._entities'],
} as const;

/** `CaseList`, its first page, in two waves: the cases, then what three other databases know of them. */
export async function caseList(db: Databases, logs: AccessLogs, cursors: CursorCodec): Promise<object> {
  const [rows, [count]] = await Promise.all([db.enforcement.rows<CaseRow>(newestCases, []), db.enforcement.rows<{ n: number }>(countCases, [])]);
  const page = rows.slice(0, pageSize);
  const usccs = [...new Set(page.flatMap((c) => c.uscc ?? []))];
  const [enterprises, punishments, complaints] = await Promise.all([
    db.inspection.rows<EnterpriseRow>(inspected, [usccs]),
    db.credit.rows<PunishedRow>(punished, [usccs]),
    db.adr.rows<ComplainedRow>(complained, [page.map((c) => c.id)]),
  ]);

  const records = {
    enforcement: [...noted('Case', page), ...page.flatMap((c) => (c.referralId === null ? [] : [`Referral:${c.referralId}`]))],
    inspection: enterprises.flatMap((e) => [`Enterprise:${e.uscc}`, ...noted('Inspection', e.inspections)]),
    credit: punishments.flatMap((p) => noted('CreditPunishment', p.punishments)),
    adr: complaints.flatMap((c) => [`Case:${c.id}`, ...noted('Complaint', c.complaints)]),
  };
  await logs.write('CaseList', serviceNames.map((service) => ({ service, records: records[service], fields: fields[service] })));

  const enterpriseOf = new Map(enterprises.map((e) => [e.uscc, e]));
  const punishmentsOfUscc = new Map(punishments.map((p) => [p.uscc, p.punishments]));
  const complaintsOf = new Map(complaints.map((c) => [c.id, c.complaints]));
  const enterprise = (uscc: string): object => {
    const known = enterpriseOf.get(uscc);
    return {
      uscc, name: known?.name ?? null, riskTier: known?.riskTier ?? null, creditPunishments: { nodes: punishmentsOfUscc.get(uscc) ?? [] },
      inspections: known ? { nodes: known.inspections } : null,
    };
  };
  const last = page.at(-1);
  return {
    cases: {
      totalCount: count?.n ?? 0,
      pageInfo: { hasNextPage: rows.length > pageSize, endCursor: last ? cursors.encode('cases', [last.filedAt.toISOString(), last.id]) : null },
      nodes: page.map((c) => {
        const found = complaintsOf.get(c.id);
        return {
          id: c.id, caseNo: c.caseNo, status: c.status, filedAt: c.filedAt, enterprise: c.uscc === null ? null : enterprise(c.uscc),
          referral: c.referralId === null ? null : { id: c.referralId, status: c.referralStatus, dueAt: c.dueAt, overdue: c.overdue },
          complaints: found ? { nodes: found } : null,
        };
      }),
    },
  };
}
