import 'reflect-metadata';
import { disclosureStatus } from '@casebridge/contracts';
import { DisclosureActEntity, DisclosureDeferralEntity, DisclosureRecordEntity, disclosureStatusOn, DisclosureTextEntity, DisclosureTombstoneEntity, creditService } from '@casebridge/credit';
import { FixedClock } from '@casebridge/kernel';
import { officer, type ServiceHarness, startServiceForTest } from '@casebridge/testkit';
import { CollectedWorld, eventsOf, grouped, tables, testDay } from './testing/collected-world';

/*
 * What the authorities of the demo did about some publications, done once more by the use cases of the service at the instants at which the demo has it: what
 * they write must be what the demo wrote, ids of acts aside.
 */

const world = new CollectedWorld('demo', 1);
const acts = world.all(tables.disclosureAct);
const deferrals = grouped(world.all(tables.disclosureDeferral), (f) => f.caseId);
const byRecord = grouped(acts, (a) => a.recordId ?? '');
const byDeferral = grouped(acts, (a) => a.deferralId ?? '');
const eventsOfCase = grouped(eventsOf(world, 'enforcement').filter((e) => e.subject.startsWith('case:')), (e) => e.subject);
const told = grouped(eventsOf(world, 'credit').filter((e) => e.type.startsWith('credit.disclosure-') && !e.data.includes('EXPIRED')), (e) => e.subject);

const actsAbout = (record: DisclosureRecordEntity): readonly DisclosureActEntity[] =>
  [...(byRecord.get(record.id) ?? []), ...(deferrals.get(record.caseId!) ?? []).flatMap((f) => byDeferral.get(f.id) ?? [])].sort((a, b) => a.at.getTime() - b.at.getTime());
/** Done again with the repair, in a spec of its own. */
const byRepair = new Set(['STOP_DISCLOSURE', 'RESTART_DISCLOSURE']);
/** One record for every way in which acts follow one another. */
const chosen = [...grouped(world.all(tables.disclosure).filter((d) => actsAbout(d).length > 0 && !actsAbout(d).some((a) => byRepair.has(a.act))), (d) => actsAbout(d).map((a) => a.act).join(' ')).values()].map(([first]) => first!);

type Detail = DisclosureActEntity['detail'];
const inputOf: Readonly<Record<string, (d: Detail, r: DisclosureRecordEntity) => object>> = {
  STORE_DISCLOSURE_TEXT: (_, r) => ({ text: textOf(r) }),
  CLEAR_DISCLOSURE: (d) => ({ opinion: d.opinion, redactions: d.grounds!.map((ground) => ({ text: '演示参数甲', ground })) }),
  WITHHOLD_DISCLOSURE: (d) => ({ ground: d.grounds![0], reasons: d.reasons }),
  PROPOSE_DISCLOSURE_CORRECTION: (d) => ({ penaltySummary: d.changes![0]!.to, correction: d.correction, proof: d.reasons }),
  APPROVE_DISCLOSURE_CORRECTION: () => ({}),
  PROPOSE_DISCLOSURE_WITHDRAWAL: (d) => ({ cause: d.cause, causeOn: d.on, reasons: d.reasons }),
  APPROVE_DISCLOSURE_WITHDRAWAL: () => ({}),
  DEFER_DISCLOSURE: (d) => ({ ...d, basis: { instrument: '中华人民共和国药品管理法', article: '106' } }),
};
const textOf = (r: DisclosureRecordEntity): string => world.all(tables.disclosureText).find((t) => t.recordId === r.id)!.body.replace('【不予公开】', '演示参数甲');
const mutationOf = (act: string): string => act.toLowerCase().replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
const plain = (row: object | null, ...left: readonly string[]): unknown =>
  row && Object.fromEntries(Object.entries(JSON.parse(JSON.stringify(row)) as object).filter(([key]) => !left.includes(key)));

describe('publications of the demo, done again by the use cases', () => {
  const clock = new FixedClock('2021-08-01T00:00:00Z');
  let hub: ServiceHarness;
  beforeAll(async () => {
    hub = await startServiceForTest(creditService, { clock });
  });
  afterAll(() => hub.stop());

  it('stand in every state but that before the first day', () => {
    const running = new Set(world.all(tables.disclosureDeferral).filter((f) => f.liftedAt === null).map((f) => f.caseId));
    const states = new Set(world.all(tables.disclosure).map((d) => disclosureStatusOn(d, testDay, running.has(d.caseId!))));
    expect([...states].sort()).toEqual(disclosureStatus.codes.filter((s) => s !== 'DUE').sort());
    expect(world.all(tables.disclosureDeferral).some((f) => f.status === 'RUNNING' && f.reviewOn < testDay)).toBe(true);
    expect(new Set(world.all(tables.disclosureDeferral).map((f) => f.status))).toEqual(new Set(['RUNNING', 'LIFTED']));
    expect(new Set(world.all(tables.disclosureTombstone).map((t) => t.reason))).toEqual(new Set(['EXPIRED', 'REPAIRED', 'WITHDRAWN', 'WITHHELD']));
  });

  it.each(chosen.map((d) => [actsAbout(d).map((a) => a.act).join(' '), d] as const))('writes what the demo has of %s', async (_, seeded) => {
    const events = eventsOfCase.get(`case:${seeded.caseId}`)!;
    const [access] = events;
    const decided = events.find((e) => e.type === 'enforcement.penalty-decided.v1' && e.data.includes(seeded.decisionId))!;
    const overturned = events.find((e) => e.type === 'enforcement.penalty-overturned.v1' && e.data.includes(seeded.decisionId));
    const receive = async (...of: readonly { readonly type: string; readonly subject: string; readonly data: string; readonly occurredAt: Date }[]): Promise<void> => {
      clock.set(of.at(-1)!.occurredAt);
      await hub.receive('enforcement', ...of.map(({ type, subject, data }) => ({ type, subject, data: JSON.parse(data) as unknown })));
    };
    const all = actsAbout(seeded);
    await receive(access!);
    const steps: readonly (readonly [Date, () => Promise<void>])[] = [[decided.occurredAt, () => receive(decided)], ...all.map((act, i) => [act.at, () => act.officerId === 'hub' ? receive(overturned!) : send(act, i)] as const)];
    let deferral = '';
    const send = async ({ act, at, officerId, detail }: DisclosureActEntity, i: number): Promise<void> => {
      clock.set(at);
      const mutation = mutationOf(act);
      const [, agency, number] = /^(.+)-(\d+)$/.exec(officerId)!;
      const args = hub.service.runtime.schema.getMutationType()!.getFields()[mutation]!.args;
      const target = args.some((a) => a.name === 'caseId') ? 'caseId' : 'id';
      const input = args.find((a) => a.name === 'input')!.type.toString();
      const of = /defer/i.test(mutation) ? 'deferral' : 'record';
      const id = target === 'caseId' ? seeded.caseId : of === 'deferral' ? deferral : seeded.id;
      const { data, errors } = await hub.as(officer(agency!, Number(number))).send<{ m: { [name: string]: { id: string } | null } }>(
        `mutation($id: ID!, $input: ${input}, $key: ID!) { m: ${mutation}(${target}: $id, input: $input, idempotencyKey: $key) { ${of} { id } } }`,
        { id, input: inputOf[act]?.(detail, seeded) ?? detail, key: `${seeded.id}-${i}` });
      expect({ mutation, errors: errors?.map((e) => e.message) }).toEqual({ mutation, errors: undefined });
      if (of === 'deferral') deferral = data?.m['deferral']?.id ?? '';
    };
    for (const [, step] of [...steps].sort(([a], [b]) => a.getTime() - b.getTime())) await step();
    const em = hub.dataSource.manager;
    expect(plain(await em.findOneByOrFail(DisclosureRecordEntity, { id: seeded.id }))).toEqual(plain(seeded));
    const rows = [
      ...await em.find(DisclosureActEntity, { where: { recordId: seeded.id }, order: { position: 'ASC' } }),
      ...deferral === '' ? [] : await em.find(DisclosureActEntity, { where: { deferralId: deferral }, order: { position: 'ASC' } }),
    ];
    const given = [...(byRecord.get(seeded.id) ?? []), ...all.filter((a) => a.deferralId !== null)];
    expect(rows.map((row) => plain(row, 'id', 'deferralId'))).toEqual(given.map((act) => plain(act, 'id', 'deferralId')));
    if (deferral !== '') expect(plain(await em.findOneByOrFail(DisclosureDeferralEntity, { id: deferral }), 'id')).toEqual(plain(deferrals.get(seeded.caseId!)![0]!, 'id'));
    expect(plain(await em.findOneBy(DisclosureTextEntity, { recordId: seeded.id }))).toEqual(plain(world.all(tables.disclosureText).find((t) => t.recordId === seeded.id) ?? null));
    const gone = (of: readonly DisclosureTombstoneEntity[]): unknown => of.filter((t) => t.recordId === seeded.id && t.reason !== 'EXPIRED').map((t) => plain(t));
    expect(gone(await em.find(DisclosureTombstoneEntity))).toEqual(gone(world.all(tables.disclosureTombstone)));
    const said = await hub.dataSource.query<{ data: unknown }[]>(`select data from outbox_event where subject = $1 and type like 'credit.disclosure-%' order by seq`, [`case:${seeded.caseId}`]);
    const seededAs = (data: unknown): unknown => JSON.parse(JSON.stringify(data).replaceAll(deferral || '-', deferrals.get(seeded.caseId!)?.[0]?.id ?? '-')) as unknown;
    expect(said.map((e) => seededAs(e.data))).toEqual((told.get(`case:${seeded.caseId}`) ?? []).map((e) => JSON.parse(e.data) as unknown));
  });
});
