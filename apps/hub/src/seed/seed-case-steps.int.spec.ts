import 'reflect-metadata';
import { AdminCaseEntity, CaseStepEntity, CompulsoryMeasureActEntity, enforcementService, importAgencies, openCase, type PenaltyDecisionEntity } from '@casebridge/enforcement';
import { type CaseStepAct, caseStepAct, type CompulsoryMeasureAct, compulsoryMeasureAct, demoAgencies } from '@casebridge/contracts';
import { FixedClock } from '@casebridge/kernel';
import { unitOfWork } from '@casebridge/platform';
import { officer, type ServiceHarness, startServiceForTest } from '@casebridge/testkit';
import { CollectedWorld, eventsOf, grouped, tables } from './testing/collected-world';
import { bare, plainEvent } from './testing/comparing';
import { decisionInput } from './testing/decision-input';
import type { LoggedEvent } from './world/tables';

/*
 * The steps of some demo cases, taken once more by the use cases of the service at the instants at which the demo has them: what they write must be
 * what the demo wrote, ids aside.
 */

const world = new CollectedWorld('demo', 1);
const histories = grouped(world.all(tables.caseStep), (s) => s.caseId);
const measures = grouped(world.all(tables.measureAct), (a) => a.caseId);
const events = grouped(eventsOf(world, 'enforcement'), (e) => e.subject);

const decisions = new Map(world.all(tables.penaltyDecision).map((d) => [d.caseId, d]));
const items = grouped(world.all(tables.penaltyItem), (i) => i.decisionId);
const referred = new Set(world.all(tables.referral).map((r) => r.caseId));

/** One case for every way that steps follow one another, on every ground. */
const chosen = [...grouped(world.all(tables.adminCase).filter((c) => histories.has(c.caseId) && !referred.has(c.caseId)), (c) => histories.get(c.caseId)!
  .map(({ act, words }) => [act, words.suspensionGround, words.terminationGround, words.decisionKind, words.remedyKind].join()).concat((measures.get(c.caseId) ?? []).map((a) => a.act)).join(' ')).values()].map(([first]) => first!);

const mutationOf = (act: string): string => act.toLowerCase().replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
const reasons = ({ words }: CaseStepEntity): Record<string, unknown> => ({ reasons: words.text });
const excluded = (s: CaseStepEntity): Record<string, unknown> => ({ kind: s.words.excludedKind, ...reasons(s) });
const opinion = ({ words }: CaseStepEntity): Record<string, unknown> => ({ opinion: words.text });
const inputs: Readonly<Record<CaseStepAct, (s: CaseStepEntity) => Record<string, unknown>>> = {
  BEGIN_INVESTIGATION: ({ words }) => ({ officers: words.officers }),
  SUSPEND_CASE: (s) => ({ ground: s.words.suspensionGround, ...reasons(s) }), RESUME_CASE: reasons,
  TERMINATE_CASE: (s) => ({ ground: s.words.terminationGround, ...reasons(s) }), BEGIN_EXCLUDED_TIME: excluded, END_EXCLUDED_TIME: excluded,
  CONCLUDE_INVESTIGATION: ({ words }) => ({ report: words.text }), SEND_CASE_FOR_REVIEW: ({ words }) => ({ kind: words.reviewKind, major: words.major }),
  EXTEND_CASE_REVIEW: (s) => ({ days: s.words.days, ...reasons(s) }), PASS_CASE_REVIEW: opinion, RETURN_CASE_FROM_REVIEW: opinion,
  DISCUSS_CASE_COLLECTIVELY: ({ words }) => ({ participants: words.participants, conclusion: words.text }),
  SERVE_CASE_NOTICE: ({ words }) => ({ servedOn: words.on, facts: words.text, kinds: words.intendedKinds, fineFen: words.fineFen, confiscationFen: words.confiscationFen, hearingOffered: words.hearingOffered }),
  RECORD_PARTY_STATEMENT: ({ words }) => ({ statement: words.text, waives: words.waives }), RECORD_HEARING_REQUEST: ({ words }) => ({ requestedOn: words.on }),
  NOTIFY_HEARING: ({ words }) => ({ hearingOn: words.on, place: words.place, chair: words.chair }), RECORD_HEARING_HELD: ({ words }) => ({ record: words.text }),
  RECORD_HEARING_ABANDONED: reasons, EXTEND_DECISION: reasons,
  EXTEND_DECISION_FURTHER: (s) => ({ days: s.words.days, participants: s.words.participants, ...reasons(s) }),
  DECIDE_WITHOUT_PENALTY: (s) => ({ kind: s.words.decisionKind, documentNo: s.words.documentNo, decidedOn: s.words.on, toAgency: s.words.toAgency, ...reasons(s) }),
  RECORD_FINE_PAYMENT: ({ words }) => ({ paidOn: words.on, amountFen: words.amountFen }), DEMAND_PERFORMANCE: reasons, APPLY_FOR_COURT_ENFORCEMENT: reasons,
  RECORD_REMEDY: ({ words }) => ({ kind: words.remedyKind, appliedOn: words.on, caseNo: words.documentNo }),
  RECORD_REMEDY_OUTCOME: (s) => outcome(s), CORRECT_DECISION: (s) => outcome(s), CONFIRM_OVERTURNING: (s) => ({ confirmed: s.words.confirmed, ...reasons(s) }), REOPEN_CASE: reasons,
  CLOSE_CASE: (s) => ({ ground: s.words.closingGround, groundOn: s.words.on, ...reasons(s) }), ARCHIVE_CASE: ({ words }) => ({ mainVolume: words.mainVolume, subVolume: words.subVolume }),
};
const outcome = (s: CaseStepEntity): Record<string, unknown> => ({ outcome: s.words.remedyOutcome, documentNo: s.words.documentNo, decidedOn: s.words.on, ...reasons(s) });

const began = ({ standing, words }: CompulsoryMeasureActEntity): Record<string, unknown> => ({
  kind: standing.kind, goods: standing.goods, place: standing.place, officers: standing.officers, reasons: words.text, ...(standing.urgent ? {} : { documentNo: standing.documentNo }),
});
const because = ({ words }: CompulsoryMeasureActEntity): Record<string, unknown> => ({ reasons: words.text });
const measureInputs: Readonly<Record<CompulsoryMeasureAct, (a: CompulsoryMeasureActEntity) => Record<string, unknown>>> = {
  ORDER_COMPULSORY_MEASURE: began, TAKE_URGENT_MEASURE: began, REPORT_URGENT_MEASURE: because, EXTEND_COMPULSORY_MEASURE: because, SEND_SEIZED_GOODS_FOR_TEST: because, LIFT_COMPULSORY_MEASURE: because,
  APPROVE_URGENT_MEASURE: (a) => ({ documentNo: a.words.documentNo, ...because(a) }), CONVERT_PRESERVATION: (a) => ({ kind: 'SEIZURE', documentNo: a.words.documentNo, ...because(a) }),
  RECORD_SEIZED_GOODS_REPORT: ({ words }) => ({ issuedOn: words.on, conclusion: words.text }), DECIDE_ON_MEASURED_GOODS: (a) => ({ outcome: a.words.outcome, ...because(a) }),
};

describe('steps of demo cases, taken again by the use cases', () => {
  const clock = new FixedClock('2021-08-01T00:00:00Z');
  let hub: ServiceHarness;
  beforeAll(async () => {
    hub = await startServiceForTest(enforcementService, { clock });
    await unitOfWork(hub.service.deps, (tx) => importAgencies(tx, demoAgencies));
  });
  afterAll(() => hub.stop());

  /** Decides and serves as the demo did. */
  async function decide(caseId: string, decision: PenaltyDecisionEntity): Promise<string> {
    const head = hub.as(officer(decision.agencyCode, 1));
    clock.set(decision.createdAt);
    const made = await head.send<{ m: { penaltyDecision: { id: string } } }>(
      'mutation($id: ID!, $input: RecordPenaltyDecisionInput!, $key: ID!) { m: recordPenaltyDecision(caseId: $id, input: $input, idempotencyKey: $key) { penaltyDecision { id } } }',
      { id: caseId, input: decisionInput(decision, items.get(decision.id)!), key: `${caseId}-d` });
    const { id } = made.data!.m.penaltyDecision;
    clock.set(decision.serviceRecordedAt!);
    await head.send('mutation($id: ID!, $input: RecordPenaltyServiceInput!, $key: ID!) { recordPenaltyService(decisionId: $id, input: $input, idempotencyKey: $key) { case { id } } }',
      { id, input: { servedOn: decision.servedOn }, key: `${caseId}-s` });
    return id;
  }

  /** The acts on its measures, which come after its steps; what an act orders besides, it writes by itself. */
  async function doMeasures(caseId: string, acts: readonly CompulsoryMeasureActEntity[]): Promise<void> {
    const made = new Map<string, string>();
    for (const a of acts) {
      if (a.standing.convertedFrom !== null && a.position === 1) continue;
      clock.set(a.at);
      const act = mutationOf(a.act);
      const input = hub.service.runtime.schema.getMutationType()!.getFields()[act]!.args.find((arg) => arg.name === 'input')!.type.toString();
      const on = a.position === 1 ? ['', ''] : ['$measureId: ID!, ', 'measureId: $measureId, '];
      const [, agency, number] = /^(.+)-(\d+)$/.exec(a.officerId)!;
      const answer = await hub.as(officer(agency!, Number(number))).send<{ m: { measureId: string } }>(
        `mutation($id: ID!, ${on[0]}$input: ${input}, $key: ID!) { m: ${act}(caseId: $id, ${on[1]}input: $input, idempotencyKey: $key) { measureId } }`,
        { id: caseId, measureId: made.get(a.measureId), input: measureInputs[a.act](a), key: a.id });
      expect({ act, errors: answer.errors?.map((e) => e.message) }).toEqual({ act, errors: undefined });
      const after = a.act === 'CONVERT_PRESERVATION' ? acts.find((b) => b.standing.convertedFrom === a.measureId)!.measureId : a.measureId;
      made.set(after, answer.data!.m.measureId);
    }
    const told = JSON.parse([...made].reduce((text, [demo, own]) => text.replaceAll(demo, own), JSON.stringify(acts))) as CompulsoryMeasureActEntity[];
    const wrote = await hub.dataSource.getRepository(CompulsoryMeasureActEntity).find({ where: { caseId } });
    const inOrder = (rows: readonly CompulsoryMeasureActEntity[]): unknown[] => bare(JSON.parse(JSON.stringify([...rows].sort((a, b) => `${a.measureId}${a.position}`.localeCompare(`${b.measureId}${b.position}`)))) as object[], 'caseId');
    expect(inOrder(wrote)).toEqual(inOrder(told));
  }

  it('has a case for every step', () => {
    expect(chosen.length).toBeGreaterThanOrEqual(12);
    const done = new Set(chosen.flatMap((c) => histories.get(c.caseId)!.map((s) => s.act)));
    expect(caseStepAct.codes.filter((act) => !done.has(act))).toEqual(['CORRECT_DECISION', 'REOPEN_CASE']);
    expect(new Set(chosen.flatMap((c) => (measures.get(c.caseId) ?? []).map((a) => a.act)))).toEqual(new Set(compulsoryMeasureAct.codes));
  });

  it.each(chosen.map((c) => [`${c.status} ${c.caseNo}`, c] as const))('writes what the demo has of %s', async (_, seeded) => {
    clock.set(seeded.filedAt);
    const decision = decisions.get(seeded.caseId);
    // Of a case that is told from its decision on, the state in which it was filed is not in its last row; any lawful one leads to the same.
    const { caseId } = await unitOfWork(hub.service.deps, (tx) => openCase(tx, { ...seeded, status: decision ? 'INVESTIGATING' : 'FILED' }));
    const decisionId = decision ? await decide(caseId, decision) : '';
    for (const s of histories.get(seeded.caseId)!) {
      clock.set(s.at);
      const act = mutationOf(s.act);
      const input = hub.service.runtime.schema.getMutationType()!.getFields()[act]!.args.find((a) => a.name === 'input')!.type.toString();
      const [, agency, number] = /^(.+)-(\d+)$/.exec(s.officerId)!;
      const answer = await hub.as(officer(agency!, Number(number))).send(
        `mutation($id: ID!, $input: ${input}, $key: ID!) { ${act}(caseId: $id, input: $input, idempotencyKey: $key) { case { id } } }`, { id: caseId, input: { ...inputs[s.act](s), ...(s.words.decisionId ? { decisionId } : {}) }, key: s.id });
      expect({ act, errors: answer.errors?.map((e) => e.message) }).toEqual({ act, errors: undefined });
    }
    await doMeasures(caseId, measures.get(seeded.caseId) ?? []);
    expect(bare(await hub.dataSource.getRepository(AdminCaseEntity).findBy({ caseId }), 'caseId')).toEqual(bare([seeded], 'caseId'));
    expect(bare(await hub.dataSource.getRepository(CaseStepEntity).find({ where: { caseId }, order: { position: 'ASC' } }), 'caseId')).toEqual(bare(JSON.parse(JSON.stringify(histories.get(seeded.caseId)!).replaceAll(decision?.id ?? 'none', decisionId)) as object[], 'caseId'));
    const logged: LoggedEvent[] = await hub.dataSource.query('select type, subject, occurred_at as "occurredAt", data from outbox_event where subject = $1 order by seq', [`case:${caseId}`]);
    expect(logged.map(plainEvent(new Map()))).toEqual(events.get(`case:${seeded.caseId}`)!.map(plainEvent(new Map())));
  });
});
