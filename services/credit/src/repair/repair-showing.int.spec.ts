import { integrationEvents } from '@casebridge/contracts';
import { query, sql } from '@casebridge/platform';
import { publicReader } from '@casebridge/testkit';
import { DisclosureWorld } from '../test/disclosure-world';
import { clerk, executor, head } from '../test/listing-world';
import { RepairWorld } from '../test/repair-world';
import { item, officerFrom } from '../test/world';

/*
 * What the acts of credit repair do to the publication of the decision, and to what else came of it.
 */

type Json = ReturnType<typeof JSON.parse>;
const INSIDE = 'query($id: ID!) { disclosure(id: $id) { status acts { act officerId text basis { article } } } publicPenalty(id: $id) { publishedOn disclosureEndsOn } }';

let world: RepairWorld;
let disclosures: DisclosureWorld;
beforeAll(async () => {
  world = await RepairWorld.start();
  disclosures = DisclosureWorld.on(world.hub);
});
afterAll(() => world.stop());

/** State, acts, tombstones and events of the record that a repair is of. */
async function publicationOf(repairId: string): Promise<Json> {
  const { disclosure_id: id } = await world.row(repairId);
  const [{ caseId } = { caseId: '' }] = await query<{ caseId: string }>(disclosures.em, sql`select case_id as "caseId" from disclosure_record where id = ${id}`);
  const { disclosure, publicPenalty } = await disclosures.ask<Json>(clerk, INSIDE, { id });
  const ended = await disclosures.told(caseId, 'credit.disclosure-ended.v1');
  const schema = integrationEvents.find((e) => e.type === 'credit.disclosure-ended.v1')!.schema;
  return {
    id, ...disclosure, shown: publicPenalty, gone: (await disclosures.tombstones(id)).map((t) => `${t.reason} ${t.goneOn}`), ended: ended.map((e) => (schema.parse(e) as Json).reason),
    told: (await disclosures.told(caseId, 'credit.disclosure-acted.v1')).map((e) => e['act']),
  };
}
const nothing = { status: 'PUBLISHED', shown: expect.objectContaining({}), acts: [], gone: [], ended: [], told: [] };
const stop = (officerId: string) => ({ act: 'STOP_DISCLOSURE', officerId, text: null, basis: { article: '17' } });

it('carrying it out ends the publication: state, history, tombstone and event, of the officer who did it', async () => {
  const id = await world.given('GRANTED');
  expect(await publicationOf(id)).toMatchObject(nothing);
  await world.hub.must(clerk, 'executeCreditRepair', id);
  expect(await publicationOf(id)).toMatchObject({
    status: 'STOPPED', shown: null, acts: [stop(clerk.officerId)], gone: [`REPAIRED ${world.today}`], ended: ['REPAIRED'], told: ['STOP_DISCLOSURE'],
  });
  const { disclosure_id: disclosureId } = await world.row(id);
  const [{ together } = { together: false }] = await query<{ together: boolean }>(disclosures.em, sql`
    select d.stopped_at = r.stopped_at as together from disclosure_record d join credit_repair r on r.disclosure_id = d.id where d.id = ${disclosureId}`);
  expect(together).toBe(true);
});

it('a refused act leaves the publication as it was', async () => {
  const id = await world.given('GRANTED');
  expect((await world.hub.act(clerk, 'executeCreditRepair', { id, input: { expectedVersion: 99 } })).errors).toHaveLength(1);
  expect(await publicationOf(id)).toMatchObject(nothing);
});

it('a temporary repair stops it, and it is shown again for the same period when the plan fails', async () => {
  const { id: disclosureId } = await world.record();
  const id = await world.open(disclosureId, 'applyForCreditRepair', world.restructuring());
  await world.hub.must(clerk, 'acceptRepairApplication', id);
  const { shown } = await publicationOf(id);
  await world.hub.must(head, 'grantTemporaryRepair', id);
  expect(await publicationOf(id)).toMatchObject({ status: 'STOPPED', shown: null, acts: [stop(head.officerId)], gone: [`REPAIRED ${world.today}`], ended: ['REPAIRED'] });
  await world.hub.must(head, 'endTemporaryRepair', id, world.inputs.endTemporaryRepair());
  expect(await publicationOf(id)).toMatchObject({
    status: 'PUBLISHED', shown, acts: [stop(head.officerId), { act: 'RESTART_DISCLOSURE', officerId: head.officerId, text: '重整计划不能执行。' }], told: ['STOP_DISCLOSURE', 'RESTART_DISCLOSURE'],
  });
});

it('a temporary repair that becomes final stops nothing a second time', async () => {
  const id = await world.given('TEMPORARY');
  await world.hub.must(head, 'grantCreditRepair', id);
  await world.hub.must(clerk, 'executeCreditRepair', id);
  expect(await publicationOf(id)).toMatchObject({ status: 'STOPPED', acts: [{ act: 'STOP_DISCLOSURE' }], ended: ['REPAIRED'], told: ['STOP_DISCLOSURE'] });
});

it('fraud shows it again with a period that begins anew', async () => {
  const id = await world.given('SYNCHRONISED');
  await world.hub.must(head, 'revokeCreditRepair', id, world.inputs.revokeCreditRepair());
  const { publishedOn, disclosureEndsOn, acts, status } = { ...await publicationOf(id), ...(await publicationOf(id)).shown };
  expect([status, publishedOn, disclosureEndsOn]).toEqual(['PUBLISHED', world.today, `${Number(world.today.slice(0, 4)) + 3}${world.today.slice(4)}`]);
  expect(acts).toMatchObject([stop(clerk.officerId), { act: 'RESTART_DISCLOSURE', officerId: head.officerId, text: '提供虚假材料。' }]);
});

it('what was withdrawn between the grant and its execution stays withdrawn', async () => {
  const { id: disclosureId, event } = await world.record();
  world.year();
  const id = await world.open(disclosureId, 'applyForCreditRepair');
  await world.hub.must(clerk, 'acceptRepairApplication', id);
  await world.hub.must(head, 'grantCreditRepair', id);
  await disclosures.overturn(event);
  await world.hub.must(clerk, 'executeCreditRepair', id);
  expect(await publicationOf(id)).toMatchObject({ status: 'WITHDRAWN', shown: null, ended: ['WITHDRAWN'], told: ['WITHDRAW_OVERTURNED_DISCLOSURE'] });
  await world.hub.must(head, 'revokeCreditRepair', id, world.inputs.revokeCreditRepair());
  expect(await publicationOf(id)).toMatchObject({ status: 'WITHDRAWN', shown: null });
});

it('once the enterprise is gone the publication is stopped, and an entry on the dishonesty list is in force no more, without an act of its own', async () => {
  const listingId = await world.hub.given('PUBLISHED', { items: [item(), item({ kind: 'BUSINESS_RESTRICTION', amountFen: null, startsOn: world.today, endsOn: '2056-01-01' })] });
  await world.hub.act(clerk, 'orderJointMeasure', { listingId, input: { kind: 'KEY_SUPERVISION', executor: 'MARKET-own', notice: '演示' } });
  await world.hub.must(executor, 'reportMeasureExecuted', await world.hub.lastMeasure(), { text: '演示', on: world.today });
  const [{ id: disclosureId, uscc } = { id: '', uscc: '' }] = await query<{ id: string; uscc: string }>(disclosures.em, sql`
    select d.id, d.party_uscc as uscc from disclosure_record d join dishonesty_listing l using (decision_id) where l.id = ${listingId}`);
  const listing = async (who: Parameters<DisclosureWorld['ask']>[0]): Promise<Json> => {
    const found = await disclosures.ask<Json>(who, `query($id: ID!, $u: String!) { dishonestyListing(id: $id) { status inForce version acts { act } }
      dishonestyListings(filter: { enterpriseUscc: $u }) { totalCount } jointMeasures(filter: { enterpriseUscc: $u }) { nodes { status } }
      creditPunishments(filter: { enterpriseUscc: $u }) { nodes { status } } }`, { id: listingId, u: uscc });
    return [found.dishonestyListing, found.dishonestyListings.totalCount, (found.jointMeasures?.nodes ?? []).map((m: Json) => m.status), found.creditPunishments.nodes.map((p: Json) => p.status)];
  };
  const [before] = await listing(clerk);
  expect(before).toMatchObject({ status: 'PUBLISHED', inForce: true });
  const others = [publicReader, officerFrom('COURT-none')] as const;
  for (const who of others) expect(await listing(who)).toMatchObject([{ status: 'PUBLISHED', inForce: true }, 1, expect.anything(), ['IN_FORCE', 'IN_FORCE']]);

  const id = await world.open(disclosureId, 'recordDeregistration');
  await world.hub.must(head, 'grantCreditRepair', id);
  await world.hub.must(clerk, 'executeCreditRepair', id);
  expect(await publicationOf(id)).toMatchObject({ status: 'STOPPED', shown: null, acts: [stop(clerk.officerId)], gone: [`REPAIRED ${world.today}`], ended: ['REPAIRED'] });
  for (const who of others) expect(await listing(who)).toEqual([null, 0, [], []]);
  expect(await listing(clerk)).toMatchObject([{ ...before, inForce: false }, 1, expect.anything(), ['REPAIRED', 'REPAIRED']]);
  expect((await listing(executor))[2]).toEqual(['DUE_FOR_LIFTING']);
});
