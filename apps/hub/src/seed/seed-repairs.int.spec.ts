import {
  creditService, CreditRepairActEntity, CreditRepairEntity, DisclosureActEntity, DisclosureRecordEntity, DisclosureTombstoneEntity,
} from '@casebridge/credit';
import { FixedClock } from '@casebridge/kernel';
import { officer, type ServiceHarness, startServiceForTest } from '@casebridge/testkit';
import { CollectedWorld, eventsOf, grouped, tables } from './testing/collected-world';

/*
 * Some repairs of the demo, done once more by the use cases of credit at the instants at which the demo has them: what they write must be what the demo
 * wrote, ids of repairs and acts aside, what they do to the publication included.
 */

const world = new CollectedWorld('demo', 1);
const actsOf = grouped(world.all(tables.repairAct), (a) => a.repairId);
const eventsOfCase = grouped(eventsOf(world, 'enforcement').filter((e) => e.subject.startsWith('case:')), (e) => e.subject);
const endsToldOf = grouped(eventsOf(world, 'credit').filter((e) => e.type.startsWith('credit.disclosure-')), (e) => e.subject);
const told = grouped(eventsOf(world, 'credit').filter((e) => e.subject.startsWith('repair:')), (e) => e.subject);

type Detail = CreditRepairActEntity['detail'];
const inputOf: Readonly<Record<string, (d: Detail, r: CreditRepairEntity) => object>> = {
  APPLY_FOR_CREDIT_REPAIR: ({ on, ...d }, r) => ({ ...d, appliedOn: on, kind: r.kind, registryAgency: r.registryCode }),
  RECORD_DEREGISTRATION: ({ on, ...d }) => ({ ...d, deregisteredOn: on }),
  RECORD_REPAIR_CORRECTIONS: ({ on, ...d }) => ({ ...d, receivedOn: on }),
};

/** One repair for every way in which acts follow one another. */
const way = (r: CreditRepairEntity): string => (actsOf.get(r.id) ?? []).map((a) => a.act).join(' ');
const chosen = [...grouped(world.all(tables.repair), way).values()].map(([first]) => first!);

const mutationOf = (act: string): string => act.toLowerCase().replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
const plain = (row: object, ...left: readonly string[]): unknown =>
  Object.fromEntries(Object.entries(JSON.parse(JSON.stringify(row)) as object).filter(([key]) => !left.includes(key)));

describe('repairs of the demo, done again by the use cases', () => {
  const clock = new FixedClock('2021-08-01T00:00:00Z');
  let hub: ServiceHarness;
  let inputs: Readonly<Record<string, string>>;
  beforeAll(async () => {
    hub = await startServiceForTest(creditService, { clock });
    const fields = hub.service.runtime.schema.getMutationType()?.getFields() ?? {};
    inputs = Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, field.args.find((a) => a.name === 'input')!.type.toString()]));
  });
  afterAll(() => hub.stop());

  it.each(chosen.map((r) => [way(r), r] as const))('%s', async (_, seeded) => {
    const [access] = eventsOfCase.get(`case:${seeded.caseId}`)!;
    const decided = eventsOfCase.get(`case:${seeded.caseId}`)!.find((e) => e.type === 'enforcement.penalty-decided.v1' && e.data.includes(seeded.decisionId))!;
    clock.set(decided.occurredAt);
    await hub.receive('enforcement', ...[access!, decided].map(({ type, subject, data }) => ({ type, subject, data: JSON.parse(data) as unknown })));
    const acts = actsOf.get(seeded.id) ?? [];
    let id = '';
    for (const [i, { act, at, officerId, detail }] of acts.entries()) {
      clock.set(at);
      const [, agency, number] = /^(.+)-(\d+)$/.exec(officerId)!;
      const mutation = mutationOf(act);
      const { data, errors } = await hub.as(officer(agency!, Number(number))).send<{ m: { repair: { id: string } | null } }>(
        `mutation($id: ID!, $input: ${inputs[mutation]}, $key: ID!) { m: ${mutation}(${i === 0 ? 'disclosureId' : 'id'}: $id, input: $input, idempotencyKey: $key) { repair { id } } }`,
        { id: i === 0 ? seeded.disclosureId : id, input: inputOf[act]?.(detail, seeded) ?? detail, key: `${seeded.id}-${i}` });
      expect({ mutation, errors: errors?.map((e) => e.message) }).toEqual({ mutation, errors: undefined });
      id = data?.m.repair?.id ?? '';
    }
    const em = hub.dataSource.manager;
    expect(plain(await em.findOneByOrFail(CreditRepairEntity, { id }), 'id')).toEqual(plain(seeded, 'id'));
    const rows = await em.find(CreditRepairActEntity, { where: { repairId: id }, order: { position: 'ASC' } });
    expect(rows.map((row) => plain(row, 'id', 'repairId'))).toEqual(acts.map((act) => plain(act, 'id', 'repairId')));
    const record = world.all(tables.disclosure).find((d) => d.id === seeded.disclosureId)!;
    expect(plain(await em.findOneByOrFail(DisclosureRecordEntity, { id: seeded.disclosureId }))).toEqual(plain(record));
    const about = await em.find(DisclosureActEntity, { where: { recordId: record.id }, order: { position: 'ASC' } });
    expect(about.map((row) => plain(row, 'id'))).toEqual(world.all(tables.disclosureAct).filter((a) => a.recordId === record.id).map((a) => plain(a, 'id')));
    const gone = await em.find(DisclosureTombstoneEntity, { where: { recordId: record.id } });
    expect(gone.map((t) => plain(t))).toEqual(world.all(tables.disclosureTombstone).filter((t) => t.recordId === record.id).map((t) => plain(t)));
    const ended = await hub.dataSource.query<{ data: unknown }[]>(`select data from outbox_event where subject = $1 and type like 'credit.disclosure-%' order by seq`, [`case:${seeded.caseId}`]);
    expect(ended.map((e) => e.data)).toEqual((endsToldOf.get(`case:${seeded.caseId}`) ?? []).map((e) => JSON.parse(e.data) as unknown));
    const said = await hub.dataSource.query<{ data: unknown }[]>('select data from outbox_event where subject = $1 order by seq', [`repair:${id}`]);
    expect(said.map((e) => JSON.parse(JSON.stringify(e.data).replaceAll(id, seeded.id)) as unknown)).toEqual((told.get(`repair:${seeded.id}`) ?? []).map((e) => JSON.parse(e.data) as unknown));
  });

  it('are told of in every act', () => {
    const repairActs = Object.keys(inputs).filter((name) => /repair|deregistration/iu.test(name));
    expect(new Set(world.all(tables.repairAct).map((a) => mutationOf(a.act)))).toEqual(new Set(repairActs));
  });
});
