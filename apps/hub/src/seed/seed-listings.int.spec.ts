import 'reflect-metadata';
import { CreditPunishmentEntity, creditService, DishonestyListingActEntity, DishonestyListingEntity, JointMeasureEntity } from '@casebridge/credit';
import { FixedClock } from '@casebridge/kernel';
import { officer, type ServiceHarness, startServiceForTest } from '@casebridge/testkit';
import { CollectedWorld, eventsOf, grouped, tables } from './testing/collected-world';

/*
 * What came of some heavy penalties of the demo in the serious-dishonesty list, done once more by the use cases of the service at the instants at which the
 * demo has it: what they write must be what the demo wrote, ids of acts aside.
 */

const world = new CollectedWorld('demo', 1);
const actsOf = grouped(world.all(tables.listingAct), (a) => a.listingId);
const eventsOfCase = grouped(eventsOf(world, 'enforcement').filter((e) => e.subject.startsWith('case:')), (e) => e.subject);
const told = grouped(eventsOf(world, 'credit').filter((e) => e.subject.startsWith('listing:')), (e) => e.subject);

type Detail = DishonestyListingActEntity['detail'];
const inputOf: Readonly<Record<string, (d: Detail, l: DishonestyListingEntity) => object>> = {
  SERVE_LISTING_NOTICE: (d, l) => ({ noticeNo: l.noticeNo, servedOn: d.on, grounds: l.grounds, facts: d.facts }),
  RECORD_LISTING_STATEMENT: (d) => ({ statement: d.statement, receivedOn: d.on }),
  REQUEST_LISTING_HEARING: (d) => ({ requestedOn: d.on }),
  RECORD_LISTING_HEARING: (d) => ({ heldOn: d.on, summary: d.summary }),
  DECIDE_LISTING: ({ on, ...d }, l) => ({ ...d, listingNo: l.listingNo, decidedOn: on }),
  DECIDE_NOT_TO_LIST: (d, l) => ({ ...d, reason: l.notListedReason }),
  APPLY_FOR_EARLY_EXIT: ({ on, ...d }) => ({ ...d, appliedOn: on }),
  REVOKE_LISTING: ({ on, ...d }) => ({ ...d, decisionRevokedOn: on }),
};

interface Done {
  readonly at: Date;
  readonly who: string;
  readonly mutation: string;
  /** The argument that names the record, and the record; null is the measure that was ordered. */
  readonly on: readonly [argument: string, id: string | null];
  readonly input: object;
}

/** Acts on the measure of a listing, as its row tells of them. */
function actsOn(m: JointMeasureEntity): Done[] {
  const acts: Done[] = [{
    at: m.orderedAt, who: m.orderedBy, mutation: 'orderJointMeasure', on: ['listingId', m.listingId], input: { kind: m.kind, executor: m.executorCode, notice: m.notice },
  }];
  if (m.feedbackAt) {
    const mutation = m.status === 'NOT_EXECUTABLE' ? 'reportMeasureNotExecutable' : 'reportMeasureExecuted';
    acts.push({ at: m.feedbackAt, who: m.feedbackBy!, mutation, on: ['id', null], input: { text: m.feedback, on: m.feedbackOn } });
  }
  if (m.liftedAt) acts.push({ at: m.liftedAt, who: m.liftedBy!, mutation: 'liftJointMeasure', on: ['id', null], input: { text: m.lifting, on: m.liftedOn } });
  return acts;
}
const measuresOf = grouped(world.all(tables.measure), (m) => m.listingId);

/** One listing for every way in which acts follow one another. */
const way = (l: DishonestyListingEntity): string =>
  `${(actsOf.get(l.id) ?? []).map((a) => a.act).join(' ')} ${(measuresOf.get(l.id) ?? []).map((m) => actsOn(m).map((a) => a.mutation).join(' ')).join(', ')}`;
const chosen = [...grouped(world.all(tables.listing), way).values()].map(([first]) => first!);

const mutationOf = (act: string): string => act.toLowerCase().replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
const plain = (row: object, ...left: readonly string[]): unknown =>
  Object.fromEntries(Object.entries(JSON.parse(JSON.stringify(row)) as object).filter(([key]) => !left.includes(key)));

describe('listings of the demo, done again by the use cases', () => {
  const clock = new FixedClock('2021-08-01T00:00:00Z');
  let hub: ServiceHarness;
  let inputs: Readonly<Record<string, string>>;
  beforeAll(async () => {
    hub = await startServiceForTest(creditService, { clock });
    const fields = hub.service.runtime.schema.getMutationType()?.getFields() ?? {};
    inputs = Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, field.args.find((a) => a.name === 'input')!.type.toString()]));
  });
  afterAll(() => hub.stop());

  it('has a way for every act', () => {
    const mutations = Object.keys(inputs).filter((act) => !act.includes('Disclosure'));
    const done = [
      ...world.all(tables.listingAct).map((a) => mutationOf(a.act)),
      ...world.all(tables.measure).flatMap((m) => actsOn(m).map((a) => a.mutation)),
      ...world.all(tables.repairAct).map((a) => mutationOf(a.act)), // done again in a spec of their own
    ];
    expect(new Set(done)).toEqual(new Set(mutations));
  });

  it.each(chosen.map((l) => [l.documentNo, l] as const))('writes what the demo has of %s', async (_, seeded) => {
    const [access] = eventsOfCase.get(`case:${seeded.caseId}`)!;
    const decided = eventsOfCase.get(`case:${seeded.caseId}`)!.find((e) => e.type === 'enforcement.penalty-decided.v1' && e.data.includes(seeded.decisionId))!;
    clock.set(decided.occurredAt);
    await hub.receive('enforcement', ...[access!, decided].map(({ type, subject, data }) => ({ type, subject, data: JSON.parse(data) as unknown })));
    const acts = actsOf.get(seeded.id) ?? [];
    const measures = measuresOf.get(seeded.id) ?? [];
    const orders = new Map<string, string>();
    const onListing = acts.map(({ act, at, officerId, detail }): Done & { readonly of: string } => ({
      at, who: officerId, mutation: mutationOf(act), on: ['id', seeded.id], input: inputOf[act]?.(detail, seeded) ?? detail, of: 'listing',
    }));
    const all = [...onListing, ...measures.flatMap((m) => actsOn(m).map((act) => ({ ...act, of: m.id })))].sort((a, b) => a.at.getTime() - b.at.getTime());
    for (const [i, { at, who, mutation, on: [argument, id], input, of }] of all.entries()) {
      clock.set(at);
      if (who === 'hub') { // of itself, as enforcement told that the decision no longer stands
        const [event] = eventsOfCase.get(`case:${seeded.caseId}`)!.filter((e) => e.type === 'enforcement.penalty-overturned.v1' && e.data.includes(seeded.decisionId));
        await hub.receive('enforcement', { type: event!.type, subject: event!.subject, data: JSON.parse(event!.data) as unknown });
        continue;
      }
      const [, agency, number] = /^(.+)-(\d+)$/.exec(who)!;
      const given = of === 'listing' ? 'listing' : 'measure';
      const { data, errors } = await hub.as(officer(agency!, Number(number))).send<{ m: { [name: string]: { id: string } | null } }>(
        `mutation($id: ID!, $input: ${inputs[mutation]}, $key: ID!) { m: ${mutation}(${argument}: $id, input: $input, idempotencyKey: $key) { ${given} { id } } }`,
        { id: id ?? orders.get(of), input, key: `${seeded.id}-${i}` });
      expect({ mutation, errors: errors?.map((e) => e.message) }).toEqual({ mutation, errors: undefined });
      if (mutation === 'orderJointMeasure') orders.set(of, data?.m['measure']?.id ?? '');
    }
    const em = hub.dataSource.manager;
    expect(plain(await em.findOneByOrFail(DishonestyListingEntity, { id: seeded.id }))).toEqual(plain(seeded));
    const rows = await em.find(DishonestyListingActEntity, { where: { listingId: seeded.id }, order: { position: 'ASC' } });
    expect(rows.map((row) => plain(row, 'id'))).toEqual(acts.map((act) => plain(act, 'id')));
    const shown = world.all(tables.punishment).filter((p) => p.kind === 'DISHONESTY_LISTING' && p.decisionId === seeded.decisionId);
    expect((await em.findBy(CreditPunishmentEntity, { decisionId: seeded.decisionId, kind: 'DISHONESTY_LISTING' })).map((p) => plain(p))).toEqual(shown.map((p) => plain(p)));
    for (const measure of measures) expect(plain(await em.findOneByOrFail(JointMeasureEntity, { id: orders.get(measure.id)! }), 'id')).toEqual(plain(measure, 'id'));
    const said = await hub.dataSource.query<{ data: unknown }[]>('select data from outbox_event where subject = $1 order by seq', [`listing:${seeded.id}`]);
    const seededAs = (data: unknown): unknown => JSON.parse([...orders].reduce((text, [demo, id]) => text.replaceAll(id, demo), JSON.stringify(data))) as unknown;
    expect(said.map((e) => seededAs(e.data))).toEqual((told.get(`listing:${seeded.id}`) ?? []).map((e) => JSON.parse(e.data) as unknown));
  });
});
