import { pageSize } from './operations';
import type { CaseRecord, CreditRecord, DrugRecord, EnterpriseRecord, ReportedRecord, World } from './world';

type Answer = (variables: Readonly<Record<string, unknown>>) => object;

interface Indexed {
  readonly cases: ReadonlyMap<string, CaseRecord>;
  readonly enterprises: ReadonlyMap<string, EnterpriseRecord>;
  readonly drugs: ReadonlyMap<string, DrugRecord>;
  readonly files: ReadonlyMap<string, CreditRecord>;
  readonly reported: ReadonlyMap<string, ReportedRecord>;
}

/**
 * Both operations as somebody writes them who knows nothing but these two and has all data at hand: look up, join, pick the fields.
 * No text is kept from one answer to the next.
 */
export function answersByHand(world: World): Readonly<Record<string, Answer>> {
  const index: Indexed = {
    cases: new Map(world.enforcement.cases.map((c) => [c.id, c])),
    enterprises: new Map(world.inspection.enterprises.map((e) => [e.uscc, e])),
    drugs: new Map(world.inspection.drugs.map((d) => [d.id, d])),
    files: new Map(world.credit.files.map((f) => [f.uscc, f])),
    reported: new Map(world.adr.cases.map((c) => [c.id, c])),
  };
  return {
    SharedCase: ({ id }) => {
      const found = index.cases.get(String(id));
      return { case: found ? caseOf(found, index) : null };
    },
    CaseList: ({ first = pageSize, offset = 0 }) => {
      const page = world.enforcement.cases.slice(Number(offset), Number(offset) + Number(first));
      return { cases: { totalCount: world.enforcement.cases.length, nodes: page.map((c) => caseOf(c, index)) } };
    },
  };
}

function caseOf(c: CaseRecord, index: Indexed): object {
  const enterprise = index.enterprises.get(c.enterprise.uscc);
  const file = index.files.get(c.enterprise.uscc);
  const reported = index.reported.get(c.id);
  return {
    id: c.id, caseNo: c.caseNo, status: c.status, filedAt: c.filedAt, cause: c.cause,
    agency: { code: c.agency.code, name: c.agency.name, functions: c.agency.functions },
    penaltyDecision: c.penaltyDecision && {
      documentNo: c.penaltyDecision.documentNo, decidedOn: c.penaltyDecision.decidedOn,
      items: c.penaltyDecision.items.map((i) => ({ kind: i.kind, amountFen: i.amountFen, basis: { instrument: i.basis.instrument, article: i.basis.article } })),
    },
    referral: c.referral && {
      id: c.referral.id, version: c.referral.version, status: c.referral.status, dueAt: c.referral.dueAt, overdue: c.referral.overdue,
      holder: { code: c.referral.holder.code, name: c.referral.holder.name },
      timeline: c.referral.timeline.map((t) => ({
        position: t.position, act: t.act, status: t.status, at: t.at, actor: { code: t.actor.code, name: t.actor.name },
        basis: { instrument: t.basis.instrument, article: t.basis.article },
      })),
    },
    enterprise: {
      uscc: c.enterprise.uscc, name: enterprise?.name ?? null, address: enterprise?.address ?? null, riskTier: enterprise?.riskTier ?? null,
      inspections: enterprise?.inspections.map((i) => ({
        id: i.id, kind: i.kind, conductedOn: i.conductedOn, conclusion: i.conclusion,
        defects: i.defects.map((d) => ({ id: d.id, grade: d.grade, status: d.status })),
      })) ?? null,
      creditScore: file?.creditScore ?? null,
      creditPunishments: file?.creditPunishments.map((p) => ({ id: p.id, kind: p.kind, status: p.status, startsOn: p.startsOn, endsOn: p.endsOn })) ?? null,
    },
    complaints: reported?.complaints.map((x) => ({ id: x.id, receivedAt: x.receivedAt, channel: x.channel, status: x.status })) ?? null,
    adverseReactionReports: reported?.adverseReactionReports.map((r) => {
      const drug = index.drugs.get(r.drug.id);
      return {
        id: r.id, seriousness: r.seriousness, receivedOn: r.receivedOn, reaction: r.reaction,
        drug: { id: r.drug.id, name: drug?.name ?? null, registrationNo: drug?.registrationNo ?? null, dosageForm: drug?.dosageForm ?? null },
      };
    }) ?? null,
  };
}
