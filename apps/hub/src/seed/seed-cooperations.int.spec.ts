import 'reflect-metadata';
import { AdminCaseEntity, buildEnforcementSubgraph, CooperationActEntity, CooperationDocumentEntity, CooperationEntity, enforcementService, importAgencies } from '@casebridge/enforcement';
import { demoAgencies } from '@casebridge/contracts';
import { getNamedType, type GraphQLInputObjectType } from 'graphql';
import { FixedClock } from '@casebridge/kernel';
import { FileEntity, unitOfWork } from '@casebridge/platform';
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
const documents = grouped(world.all(tables.cooperationDocument), (d) => d.cooperationId);
const files = new Map(world.all(tables.file).map((f) => [f.id, f]));
const events = grouped(eventsOf(world, 'enforcement'), (e) => e.subject);

/** One for every way that acts follow one another between two kinds of agency. */
const chosen = [...grouped(world.all(tables.cooperation), (w) => `${histories.get(w.id)!.map((a) => a.act).join(' ')} ${w.askedCodes} ${w.urgent} ${w.met}`).values()].map(([first]) => first!);
const ofCooperation = (act: string): boolean => String(fields[act]!.type) === 'CooperationPayload!';
const mutation = (act: string): string => act.toLowerCase().replaceAll(/_(.)/g, (_, letter: string) => letter.toUpperCase());
/** The schema says what each act is given. */
const fields = buildEnforcementSubgraph().schema.getMutationType()!.getFields();
const inputOf = (act: string): string => String(fields[act]!.args.find((a) => a.name === 'input')!.type);

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
    const known = (getNamedType(fields[act]!.args.find((a) => a.name === 'input')!.type) as GraphQLInputObjectType).getFields();
    const named = (documents.get(w.id) ?? []).filter((d) => d.position === entry.position).map(({ title, fileId }) => ({ title, fileId }));
    const given = id !== null ? { ...entry.detail, conclusion: entry.detail.testConclusion, documents: named } : { ...w, ...entry.detail, agency: w.askedCodes[0], agencies: w.askedCodes };
    const input = Object.fromEntries(Object.entries(given).filter(([name]) => name in known));
    const [, agency, number] = /^(.+)-(\d+)$/.exec(entry.officerId)!;
    const answer = await hub.as(officer(agency!, Number(number))).send<{ m: { cooperation: { id: string } } }>(
      `mutation($input: ${inputOf(act)}, $key: ID!${id === null ? '' : ', $id: ID!'}) { m: ${act}(${id === null ? '' : 'cooperationId: $id, '}input: $input, idempotencyKey: $key) { cooperation { id } } }`,
      { input, key: entry.id, ...(id === null ? {} : { id }) });
    expect({ act, errors: answer.errors?.map((e) => e.message) }).toEqual({ act, errors: undefined });
    return answer.data!.m.cooperation.id;
  }

  it('has every act', () => {
    expect(new Set(chosen.flatMap((w) => histories.get(w.id)!.map((a) => mutation(a.act))))).toEqual(new Set(Object.keys(fields).filter((act) => ofCooperation(act))));
  });

  it.each(chosen.map((w) => [`${w.kind} ${w.status} ${w.askedCodes}`, w] as const))('writes what the demo has of %s', async (_, seeded) => {
    if (seeded.caseId !== null) await hub.dataSource.createQueryBuilder().insert().into(AdminCaseEntity).values({ ...cases.get(seeded.caseId)! }).orIgnore().execute();
    for (const { fileId } of documents.get(seeded.id) ?? []) await hub.dataSource.getRepository(FileEntity).insert({ ...files.get(fileId)! });
    let id: string | null = null;
    for (const entry of histories.get(seeded.id)!) id = await send(seeded, entry, id);
    expect(bare(await hub.dataSource.getRepository(CooperationEntity).findBy({ id: id! }))).toEqual(bare([seeded]));
    expect(bare(await hub.dataSource.getRepository(CooperationActEntity).find({ where: { cooperationId: id! }, order: { position: 'ASC' } }), 'cooperationId'))
      .toEqual(bare(histories.get(seeded.id)!, 'cooperationId'));
    const left = ['cooperationId'];
    expect(bare(await hub.dataSource.getRepository(CooperationDocumentEntity).findBy({ cooperationId: id! }), ...left)).toEqual(bare(documents.get(seeded.id) ?? [], ...left));
    const logged: LoggedEvent[] = await hub.dataSource.query('select type, subject, occurred_at as "occurredAt", data from outbox_event where subject = $1 order by seq', [`cooperation:${id}`]);
    expect(logged.map(plainEvent(new Map()))).toEqual(events.get(`cooperation:${seeded.id}`)!.map(plainEvent(new Map())));
  });
});
