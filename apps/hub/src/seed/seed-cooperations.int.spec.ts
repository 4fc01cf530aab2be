import 'reflect-metadata';
import { AdminCaseEntity, CooperationActEntity, type CooperationActName, CooperationEntity, enforcementService, importAgencies } from '@casebridge/enforcement';
import { demoAgencies } from '@casebridge/contracts';
import { FixedClock } from '@casebridge/kernel';
import { unitOfWork } from '@casebridge/platform';
import { officer, type ServiceHarness, startServiceForTest } from '@casebridge/testkit';
import { CollectedWorld, eventsOf, grouped, tables } from './testing/collected-world';
import { bare, plainEvent } from './testing/comparing';
import type { LoggedEvent } from './world/tables';

/*
 * What some agencies of the demo ask of others, done once more by the use cases of the service at the instants at which the demo has it: what they write
 * must be what the demo wrote, ids aside.
 */

const world = new CollectedWorld('demo', 1);
const histories = grouped(world.all(tables.cooperationAct), (a) => a.cooperationId);
const cases = new Map(world.all(tables.adminCase).map((c) => [c.caseId, c]));
const events = grouped(eventsOf(world, 'enforcement'), (e) => e.subject);

/** One for every way that acts follow one another between two kinds of agency. */
const chosen = [...grouped(world.all(tables.cooperation), (w) => `${histories.get(w.id)!.map((a) => a.act).join(' ')} ${w.askedCodes} ${w.urgent} ${w.met}`).values()].map(([first]) => first!);
const mutation = (act: string): CooperationActName => act.toLowerCase().replaceAll(/_(.)/g, (_, letter: string) => letter.toUpperCase()) as CooperationActName;
const inputTypes: Readonly<Record<CooperationActName, string>> = {
  requestAssistance: 'RequestAssistanceInput', acceptAssistance: 'AcceptCooperationInput', extendAssistance: 'ExtendCooperationInput', answerAssistance: 'AnswerCooperationInput',
  declineAssistance: 'EndCooperationInput', withdrawAssistance: 'EndCooperationInput',
};

describe('what agencies of the demo ask, asked again by the use cases', () => {
  const clock = new FixedClock('2021-08-01T00:00:00Z');
  let hub: ServiceHarness;
  beforeAll(async () => {
    hub = await startServiceForTest(enforcementService, { clock });
    await unitOfWork(hub.service.deps, (tx) => importAgencies(tx, demoAgencies));
  });
  afterAll(() => hub.stop());

  async function send(w: CooperationEntity, entry: CooperationActEntity, id: string | null): Promise<string> {
    clock.set(entry.at);
    const act = mutation(entry.act);
    const input = id !== null ? entry.detail : { agency: w.askedCodes[0], caseId: w.caseId, title: w.title, content: w.content, urgent: w.urgent };
    const [, agency, number] = /^(.+)-(\d+)$/.exec(entry.officerId)!;
    const answer = await hub.as(officer(agency!, Number(number))).send<{ m: { cooperation: { id: string } } }>(
      `mutation($input: ${inputTypes[act]}!, $key: ID!${id === null ? '' : ', $id: ID!'}) { m: ${act}(${id === null ? '' : 'cooperationId: $id, '}input: $input, idempotencyKey: $key) { cooperation { id } } }`,
      { input, key: entry.id, ...(id === null ? {} : { id }) });
    expect({ act, errors: answer.errors?.map((e) => e.message) }).toEqual({ act, errors: undefined });
    return answer.data!.m.cooperation.id;
  }

  it('has every act', () => {
    expect(new Set(chosen.flatMap((w) => histories.get(w.id)!.map((a) => mutation(a.act))))).toEqual(new Set(Object.keys(inputTypes)));
  });

  it.each(chosen.map((w) => [`${w.kind} ${w.status} ${w.askedCodes}`, w] as const))('writes what the demo has of %s', async (_, seeded) => {
    await hub.dataSource.createQueryBuilder().insert().into(AdminCaseEntity).values({ ...cases.get(seeded.caseId!)! }).orIgnore().execute();
    let id: string | null = null;
    for (const entry of histories.get(seeded.id)!) id = await send(seeded, entry, id);
    expect(bare(await hub.dataSource.getRepository(CooperationEntity).findBy({ id: id! }))).toEqual(bare([seeded]));
    expect(bare(await hub.dataSource.getRepository(CooperationActEntity).find({ where: { cooperationId: id! }, order: { position: 'ASC' } }), 'cooperationId'))
      .toEqual(bare(histories.get(seeded.id)!, 'cooperationId'));
    const logged: LoggedEvent[] = await hub.dataSource.query('select type, subject, occurred_at as "occurredAt", data from outbox_event where subject = $1 order by seq', [`cooperation:${id}`]);
    expect(logged.map(plainEvent(new Map()))).toEqual(events.get(`cooperation:${seeded.id}`)!.map(plainEvent(new Map())));
  });
});
