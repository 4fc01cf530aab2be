import 'reflect-metadata';
import { CreditPunishmentEntity, creditService, DishonestyListingActEntity, DishonestyListingEntity } from '@casebridge/credit';
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

/** One listing for every way in which acts follow one another. */
const chosen = [...grouped(world.all(tables.listing), (l) => (actsOf.get(l.id) ?? []).map((a) => a.act).join(' ')).values()].map(([first]) => first!);

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
    expect(new Set(world.all(tables.listingAct).map((a) => mutationOf(a.act)))).toEqual(new Set(Object.keys(inputs)));
  });

  it.each(chosen.map((l) => [l.documentNo, l] as const))('writes what the demo has of %s', async (_, seeded) => {
    const [access] = eventsOfCase.get(`case:${seeded.caseId}`)!;
    const decided = eventsOfCase.get(`case:${seeded.caseId}`)!.find((e) => e.type === 'enforcement.penalty-decided.v1' && e.data.includes(seeded.decisionId))!;
    clock.set(decided.occurredAt);
    await hub.receive('enforcement', ...[access!, decided].map(({ type, subject, data }) => ({ type, subject, data: JSON.parse(data) as unknown })));
    const acts = actsOf.get(seeded.id) ?? [];
    for (const [i, { act, at, officerId, detail }] of acts.entries()) {
      clock.set(at);
      const [, agency, number] = /^(.+)-(\d+)$/.exec(officerId)!;
      const mutation = mutationOf(act);
      const { errors } = await hub.as(officer(agency!, Number(number))).send(
        `mutation($id: ID!, $input: ${inputs[mutation]}, $key: ID!) { ${mutation}(id: $id, input: $input, idempotencyKey: $key) { listing { id } } }`,
        { id: seeded.id, input: inputOf[act]?.(detail, seeded) ?? detail, key: `${seeded.id}-${i}` });
      expect({ act, errors: errors?.map((e) => e.message) }).toEqual({ act, errors: undefined });
    }
    const em = hub.dataSource.manager;
    expect(plain(await em.findOneByOrFail(DishonestyListingEntity, { id: seeded.id }))).toEqual(plain(seeded));
    const rows = await em.find(DishonestyListingActEntity, { where: { listingId: seeded.id }, order: { position: 'ASC' } });
    expect(rows.map((row) => plain(row, 'id'))).toEqual(acts.map((act) => plain(act, 'id')));
    const shown = world.all(tables.punishment).filter((p) => p.kind === 'DISHONESTY_LISTING' && p.decisionId === seeded.decisionId);
    expect((await em.findBy(CreditPunishmentEntity, { decisionId: seeded.decisionId, kind: 'DISHONESTY_LISTING' })).map((p) => plain(p))).toEqual(shown.map((p) => plain(p)));
    const said = (await hub.published()).filter((e) => e.subject === `listing:${seeded.id}`);
    expect(said.map((e) => e.data)).toEqual((told.get(`listing:${seeded.id}`) ?? []).map((e) => JSON.parse(e.data) as unknown));
  });
});
