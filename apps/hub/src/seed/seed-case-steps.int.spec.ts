import 'reflect-metadata';
import { AdminCaseEntity, CaseStepEntity, enforcementService, importAgencies, openCase } from '@casebridge/enforcement';
import { type CaseStepAct, caseStepAct, demoAgencies } from '@casebridge/contracts';
import { FixedClock } from '@casebridge/kernel';
import { unitOfWork } from '@casebridge/platform';
import { officer, type ServiceHarness, startServiceForTest } from '@casebridge/testkit';
import { CollectedWorld, eventsOf, grouped, tables } from './testing/collected-world';
import { bare, plainEvent } from './testing/comparing';
import type { LoggedEvent } from './world/tables';

/*
 * The steps of some demo cases, taken once more by the use cases of the service at the instants at which the demo has them: what they write must be
 * what the demo wrote, ids aside.
 */

const world = new CollectedWorld('demo', 1);
const histories = grouped(world.all(tables.caseStep), (s) => s.caseId);
const events = grouped(eventsOf(world, 'enforcement'), (e) => e.subject);

/** One case for every way that steps follow one another, on every ground. */
const chosen = [...grouped(world.all(tables.adminCase).filter((c) => histories.has(c.caseId)), (c) => histories.get(c.caseId)!
  .map(({ act, words }) => [act, words.suspensionGround, words.terminationGround, words.decisionKind].join()).join(' ')).values()].map(([first]) => first!);

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
};

describe('steps of demo cases, taken again by the use cases', () => {
  const clock = new FixedClock('2021-08-01T00:00:00Z');
  let hub: ServiceHarness;
  beforeAll(async () => {
    hub = await startServiceForTest(enforcementService, { clock });
    await unitOfWork(hub.service.deps, (tx) => importAgencies(tx, demoAgencies));
  });
  afterAll(() => hub.stop());

  it('has a case for every step', () => {
    expect(chosen.length).toBeGreaterThanOrEqual(12);
    expect(new Set(chosen.flatMap((c) => histories.get(c.caseId)!.map((s) => s.act)))).toEqual(new Set(caseStepAct.codes));
  });

  it.each(chosen.map((c) => [`${c.status} ${c.caseNo}`, c] as const))('writes what the demo has of %s', async (_, seeded) => {
    clock.set(seeded.filedAt);
    const { caseId } = await unitOfWork(hub.service.deps, (tx) => openCase(tx, { ...seeded, status: 'FILED' }));
    for (const s of histories.get(seeded.caseId)!) {
      clock.set(s.at);
      const act = mutationOf(s.act);
      const input = hub.service.runtime.schema.getMutationType()!.getFields()[act]!.args.find((a) => a.name === 'input')!.type.toString();
      const [, agency, number] = /^(.+)-(\d+)$/.exec(s.officerId)!;
      const answer = await hub.as(officer(agency!, Number(number))).send(
        `mutation($id: ID!, $input: ${input}, $key: ID!) { ${act}(caseId: $id, input: $input, idempotencyKey: $key) { case { id } } }`, { id: caseId, input: inputs[s.act](s), key: s.id });
      expect({ act, errors: answer.errors?.map((e) => e.message) }).toEqual({ act, errors: undefined });
    }
    expect(bare(await hub.dataSource.getRepository(AdminCaseEntity).findBy({ caseId }), 'caseId')).toEqual(bare([seeded], 'caseId'));
    expect(bare(await hub.dataSource.getRepository(CaseStepEntity).find({ where: { caseId }, order: { position: 'ASC' } }), 'caseId')).toEqual(bare(histories.get(seeded.caseId)!, 'caseId'));
    const logged: LoggedEvent[] = await hub.dataSource.query('select type, subject, occurred_at as "occurredAt", data from outbox_event where subject = $1 order by seq', [`case:${caseId}`]);
    expect(logged.map(plainEvent(new Map()))).toEqual(events.get(`case:${seeded.caseId}`)!.map(plainEvent(new Map())));
  });
});
