import type { Json } from './ask';
import type { Edges } from './prepare';
import { sample } from './expectations';
import type { Rights } from './model';
import type { World } from './world';

/** How one kind of record is asked for by id, and what the model says that the answer is; null: as if there were none. */
export interface RecordKind {
  readonly type: string;
  readonly field: string;
  readonly argument: string;
  readonly selection: string;
  /** Whether a reader without a token may name it at all. */
  readonly forPublic: boolean;
  /** The records at the edges first. */
  readonly sampled: readonly string[];
  readonly expected: (rights: Rights, id: string) => Json | null;
}

const sorted = (list: readonly string[]): string[] => [...list].sort();
const pointer = (id: string | null, key = 'id'): Json => (id === null ? null : { [key]: id });

/** Makes lists of ids comparable; their order is another matter. */
export function normalise(value: Json): Json {
  if (Array.isArray(value)) {
    const parts = value.map(normalise);
    return parts.every((p) => typeof p?.id === 'string') ? parts.map((p) => p.id).sort() : parts;
  }
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, normalise(part)]));
}

export function recordKinds(world: World, edges: Edges): readonly RecordKind[] {
  const edge = new Set<string>(Object.values(edges));
  const atEdge = (caseId: string): boolean => edge.has(caseId);
  const special = new Set([...world.seals, ...world.exclusions, ...world.parts.filter((p) => p.ended_at !== null)].map((row) => row.case_id));
  const index = <T>(rows: readonly T[], key: (row: T) => string): ReadonlyMap<string, T> => new Map(rows.map((row) => [key(row), row]));
  const cases = index(world.cases, (c) => c.case_id);
  const decisions = index(world.decisions, (d) => d.id);
  const referrals = index(world.referrals, (r) => r.id);
  const enterprises = index(world.enterprises, (e) => e.uscc);
  const products = index(world.products, (p) => p.id);
  const inspections = index(world.inspections, (i) => i.id);
  const reports = index(world.reports, (r) => r.id);
  const complaints = index(world.complaints, (c) => c.id);
  const disclosures = index(world.disclosures, (d) => d.id);
  const names = new Map<string, string[]>();
  for (const p of world.keyPersons) names.set(p.uscc, [...(names.get(p.uscc) ?? []), p.name]);
  const defects = new Map<string, string[]>();
  for (const d of world.defects) defects.set(d.inspection_id, [...(defects.get(d.inspection_id) ?? []), d.id]);
  const visibleCases = (rights: Rights, linked: readonly string[]): string[] => sorted(linked.filter(rights.case));
  const caseOf = (rights: Rights, id: string): Json => (rights.case(id) || rights.standing(id) ? { id } : null);

  return [
    {
      type: 'Case', field: 'case', argument: 'id', forPublic: false,
      selection: 'fragment S on Case { id caseNo status version facts goodsValueFen product { id } respondentName }',
      sampled: sample(world.cases, 30, (c) => atEdge(c.case_id) || special.has(c.case_id)).map((c) => c.case_id),
      expected: (rights, id) => {
        const row = cases.get(id)!;
        const standing = rights.standing(id);
        if (!rights.case(id) && !standing) return null;
        const file = rights.caseFile(id) || rights.stood('case file', id) !== null;
        return {
          id, caseNo: row.case_no, status: standing?.status ?? row.status, version: standing?.version ?? row.version, facts: file ? row.facts : null,
          goodsValueFen: file ? row.goods_value_fen : null, product: file ? pointer(row.product_id) : null,
          respondentName: file || row.respondent_kind !== 'NATURAL_PERSON' ? row.respondent_name : null,
        };
      },
    },
    {
      type: 'PenaltyDecision', field: 'penaltyDecision', argument: 'id', forPublic: false,
      selection: 'fragment S on PenaltyDecision { id documentNo servedOn goodsValueFen case { id } }',
      sampled: sample(world.decisions, 30, (d) => atEdge(d.case_id) || special.has(d.case_id)).map((d) => d.id),
      expected: (rights, id) => {
        const row = decisions.get(id)!;
        const stood = rights.decisionAsItStood(row);
        if (!stood) return null;
        const goods = rights.decisionGoods(row) || rights.stood('decision goods', row.case_id) !== null;
        return { id, documentNo: row.document_no, servedOn: stood.servedOn, goodsValueFen: goods ? row.goods_value_fen : null, case: caseOf(rights, row.case_id) };
      },
    },
    {
      type: 'Referral', field: 'referral', argument: 'id', forPublic: false,
      selection: 'fragment S on Referral { id version status facts documents { id } timeline { position act status } case { id } }',
      sampled: sample(world.referrals, 30, (r) => atEdge(r.case_id) || special.has(r.case_id)).map((r) => r.id),
      expected: (rights, id) => {
        const row = referrals.get(id)!;
        const acts = rights.timelineOf(row);
        const last = acts?.at(-1);
        if (!acts || !last) return null;
        const file = rights.caseFile(row.case_id) || rights.stood('case file', row.case_id) !== null;
        const documents = world.documents.filter((d) => d.referral_id === id && d.added_position <= last.position).map((d) => d.id);
        return {
          id, version: last.position, status: last.status, documents: file ? sorted(documents) : null, case: caseOf(rights, row.case_id),
          ...(file ? {} : { facts: null }), timeline: acts.map((t) => ({ position: t.position, act: t.act, status: t.status })),
        };
      },
    },
    {
      type: 'Enterprise', field: 'enterprise', argument: 'uscc', forPublic: false,
      selection: 'fragment S on Enterprise { uscc name riskTier riskScore riskReasons keyPersons { name } supervisingAgency { code } region { code } }',
      sampled: sample(world.enterprises, 40, (e) => world.cases.some((c) => c.enterprise_uscc === e.uscc && atEdge(c.case_id))).map((e) => e.uscc),
      expected: (rights, uscc) => {
        const row = enterprises.get(uscc)!;
        const [master, persons] = [rights.masterData(), rights.keyPersons(row)];
        return {
          uscc, name: row.name, riskTier: master ? row.risk_tier : null, riskScore: persons ? row.risk_score : null, riskReasons: persons ? row.risk_reasons : null,
          keyPersons: persons ? sorted(names.get(uscc) ?? []) : null, supervisingAgency: master ? { code: row.agency_code } : null,
          region: master ? { code: row.region_code } : null,
        };
      },
    },
    {
      type: 'Product', field: 'product', argument: 'id', forPublic: false, selection: 'fragment S on Product { id name kind holder { uscc } }',
      sampled: sample(world.products, 20).map((p) => p.id),
      expected: (rights, id) => {
        const row = products.get(id)!;
        return { id, name: row.name, kind: rights.masterData() ? row.kind : null, holder: rights.masterData() ? pointer(row.holder_uscc, 'uscc') : null };
      },
    },
    {
      type: 'Inspection', field: 'inspection', argument: 'id', forPublic: true,
      selection: 'fragment S on Inspection { id status conclusion enterprise { uscc } defects { id } }',
      sampled: sample(world.inspections, 40, (i) => i.part_codes.length > 0 || i.case_ids.some(atEdge)).map((i) => i.id),
      expected: (rights, id) => {
        const row = inspections.get(id)!;
        return rights.inspection(row)
          ? { id, status: row.status, conclusion: row.conclusion, enterprise: { uscc: row.uscc }, defects: sorted(defects.get(id) ?? []) } : null;
      },
    },
    {
      type: 'AdverseReactionReport', field: 'adverseReactionReport', argument: 'id', forPublic: false,
      selection: 'fragment S on AdverseReactionReport { id kind agency { code } region { code } cases { id } }',
      sampled: sample(world.reports, 40, (r) => r.case_ids.some(atEdge)).map((r) => r.id),
      expected: (rights, id) => {
        const row = reports.get(id)!;
        return rights.report(row)
          ? { id, kind: row.kind, agency: { code: row.agency_code }, region: { code: row.region_code }, cases: visibleCases(rights, row.case_ids) } : null;
      },
    },
    {
      type: 'Complaint', field: 'complaint', argument: 'id', forPublic: false,
      selection: 'fragment S on Complaint { id status subject kind enterprise { uscc } product { id } region { code } }',
      sampled: sample(world.complaints, 40, (c) => c.part_codes.length > 0 || c.case_ids.some(atEdge)).map((c) => c.id),
      expected: (rights, id) => {
        const row = complaints.get(id)!;
        if (!rights.complaint(row)) return null;
        const content = rights.complaintContent(row);
        return {
          id, status: row.status, subject: content ? row.subject : null, kind: content ? row.kind : null,
          enterprise: content ? pointer(row.enterprise_uscc, 'uscc') : null, product: content ? pointer(row.product_id) : null,
          region: content ? { code: row.region_code } : null,
        };
      },
    },
    {
      type: 'DisclosureRecord', field: 'publicPenalty', argument: 'id', forPublic: true, selection: 'fragment S on DisclosureRecord { id documentNo partyName }',
      sampled: sample(world.disclosures, 40, (d) => atEdge(d.case_id) || special.has(d.case_id)).map((d) => d.id),
      expected: (rights, id) => {
        const row = disclosures.get(id)!;
        return rights.disclosure(row) ? { id, documentNo: row.document_no, partyName: row.party_name } : null;
      },
    },
  ];
}

/** Brings an answer into the shape of what is expected: names sorted, texts that depend on more than rights left out where they may be shown. */
export function comparable(kind: RecordKind, answer: Json): Json {
  if (!answer) return null;
  const plain = normalise(answer);
  if (kind.type === 'Enterprise' && answer.keyPersons) plain.keyPersons = answer.keyPersons.map((p: Json) => p.name).sort();
  // The facts of a report are not among the rows that the model reads: only that they are withheld is compared.
  if (kind.type === 'Referral' && plain.facts !== null) delete plain.facts;
  return plain;
}

export const canonical = (value: Json): string =>
  JSON.stringify(value, (_, part: Json) => (part && typeof part === 'object' && !Array.isArray(part) ? Object.fromEntries(Object.entries(part).sort()) : part));
