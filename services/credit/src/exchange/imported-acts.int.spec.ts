import { query, readerOf, sql } from '@casebridge/platform';
import { publicReader } from '@casebridge/testkit';
import { stopShowing } from '../disclosure/disclosure-record.repository';
import { noteEdition } from '../public-data/public-record.source';
import { DisclosureWorld, reviewer } from '../test/disclosure-world';
import { csv, importedUscc, line, readSent, send } from '../test/imports';
import { clerk, head } from '../test/listing-world';
import { RepairWorld } from '../test/repair-world';

/*
 * An imported decision is published by the same record as every other, and all that is done about a publication is done about it too: there is no case, and nothing needs one.
 */

let world: DisclosureWorld;
let repairs: RepairWorld;
beforeAll(async () => {
  [world, repairs] = await Promise.all([DisclosureWorld.start(), RepairWorld.start()]);
});
afterAll(() => Promise.all([world.stop(), repairs.stop()]));
beforeEach(() => world.hub.world.clock.set('2026-06-10T02:00:00Z'));

type Json = ReturnType<typeof JSON.parse>;
let made = 0;
/** Sends a row and reads it; the record that it led to. */
async function imported(no: number, more: Parameters<typeof line>[1] = {}, to: { hub: DisclosureWorld['hub'] } = world): Promise<string> {
  made += 1;
  await send(to.hub.world, clerk, `${csv(line(no, more))}${'\n'.repeat(made)}`);
  await readSent(to.hub.world);
  const [row] = await query<{ id: string }>(to.hub.world.dataSource.manager, sql`select id from disclosure_record where document_no = ${`示例药监导入罚〔2026〕${no}号`}`);
  return row?.id ?? '';
}
const RECORD = `query ($id: ID!) { disclosure(id: $id) {
  status review partyName penaltySummary fineFen decidedOn publishedOn pushedOn: push { pushedOn } correctedAt correction withdrawnAt withdrawalMet version case { id }
  acts { act officerId actorCode cause met changes { field from to } } } }`;
const recordOf = async (id: string): Promise<Json> => (await world.ask<Json>(clerk, RECORD, { id })).disclosure;
const shown = async (id: string): Promise<Json> => (await world.ask<Json>(publicReader, 'query ($id: ID!) { publicPenalty(id: $id) { partyName penaltySummary fineFen correction } }', { id })).publicPenalty;
const toldOf = async (id: string): Promise<[string, Json][]> =>
  (await query<{ type: string; data: Json }>(world.em, sql`select type, data from outbox_event where subject = ${`disclosure:${id}`} order by seq`)).map(({ data, type }) => [type, data]);
const must = (who: typeof clerk, act: keyof DisclosureWorld['inputs'], id: string, input: object = world.inputs[act]()): Promise<void> => world.hub.must(who, act, id, { ...input });

const withhold = async (id: string): Promise<void> => {
  await must(clerk, 'proposeDisclosureWithdrawal', id);
  await must(head, 'withholdDisclosure', id);
};

describe('a later row', () => {
  it('corrects the record by an act, and the public reads that it was corrected', async () => {
    const id = await imported(1);
    expect(await recordOf(id)).toMatchObject({ status: 'PUBLISHED', version: 0, acts: [], case: null, correctedAt: null });
    await imported(1, { CF_NR_FK: '2.5', CF_NR: '罚款2.5万元' });
    expect(await shown(id)).toEqual({ partyName: '示例导入1号药房', penaltySummary: '罚款2.5万元', fineFen: 2_500_000, correction: '处罚机关更正了报送的处罚信息' });
    expect(await recordOf(id)).toMatchObject({ status: 'PUBLISHED', version: 1, acts: [{
      act: 'CORRECT_IMPORTED_DISCLOSURE', actorCode: 'DRUG-own', officerId: clerk.officerId, changes: [{ field: 'penaltySummary', from: '罚款1.2万元', to: '罚款2.5万元' }],
    }] });
    expect(await toldOf(id)).toMatchObject([['credit.disclosure-acted.v1', { disclosureId: id, caseId: null, act: 'CORRECT_IMPORTED_DISCLOSURE' }]]);
  });

  it('that changes nothing of what is published is no act', async () => {
    const id = await imported(2);
    await imported(2, { CF_SY: '销售另一批劣药' });
    expect(await recordOf(id)).toMatchObject({ version: 0, acts: [] });
  });

  it('withdraws what is not to be shown any more, with a tombstone, and publishes it again', async () => {
    const id = await imported(3);
    await imported(3, { CF_CFLB: '警告', CF_NR_FK: '' });
    expect(await shown(id)).toBeNull();
    expect(await recordOf(id)).toMatchObject({ status: 'WITHDRAWN', withdrawalMet: true, acts: [{ act: 'WITHDRAW_IMPORTED_DISCLOSURE', cause: 'NOT_TO_BE_DISCLOSED', met: true }] });
    expect(await world.tombstones(id)).toEqual([{ reason: 'WITHDRAWN', goneOn: '2026-06-10' }]);
    await imported(3, { CF_NR_FK: '3', CF_NR: '罚款3万元' });
    expect(await shown(id)).toMatchObject({ fineFen: 3_000_000, penaltySummary: '罚款3万元' });
    expect((await recordOf(id)).acts.map((a: Json) => a.act)).toEqual(['WITHDRAW_IMPORTED_DISCLOSURE', 'REPUBLISH_IMPORTED_DISCLOSURE']);
    expect((await toldOf(id)).map(([type, { reason }]) => [type, reason])).toEqual([
      ['credit.disclosure-acted.v1', undefined], ['credit.disclosure-ended.v1', 'WITHDRAWN'], ['credit.disclosure-acted.v1', undefined],
    ]);
  });

  it('keeps what officers did: their correction, their withdrawal, and what the secrecy review took out', async () => {
    const id = await imported(4);
    await must(clerk, 'proposeDisclosureCorrection', id);
    await must(head, 'approveDisclosureCorrection', id);
    await imported(4, { CF_NR_FK: '2', CF_NR: '罚款2万元' });
    expect(await shown(id)).toMatchObject({ partyName: '示例药业（沈阳）有限公司', fineFen: 2_000_000 });
    await withhold(id);
    await must(reviewer, 'clearDisclosure', id, { opinion: '处理后公示。', redactions: [{ text: '2万元', ground: 'TRADE_SECRET' }] });
    const redacted = (await recordOf(id)).penaltySummary as string;
    expect(redacted).not.toContain('2万元');
    await imported(4, { CF_NR_FK: '4', CF_NR: '罚款4万元，某参数' });
    expect(await recordOf(id)).toMatchObject({ review: 'REDACTED', penaltySummary: redacted, fineFen: 4_000_000 });
    await must(clerk, 'proposeDisclosureWithdrawal', id);
    await must(head, 'approveDisclosureWithdrawal', id);
    await imported(4, { CF_NR_FK: '5', CF_NR: '罚款5万元' });
    expect(await shown(id)).toBeNull();
    expect((await recordOf(id)).acts.at(-1)).toMatchObject({ act: 'APPROVE_DISCLOSURE_WITHDRAWAL' });
  });

  it('leaves a proposal to be decided, and ends it where it withdraws', async () => {
    const [decided, ended] = [await imported(5), await imported(6)];
    for (const id of [decided, ended]) await must(clerk, 'proposeDisclosureCorrection', id);
    await imported(5, { CF_NR_FK: '2', CF_NR: '罚款2万元' });
    await must(head, 'approveDisclosureCorrection', decided);
    expect(await recordOf(decided)).toMatchObject({ status: 'PUBLISHED', partyName: '示例药业（沈阳）有限公司', fineFen: 2_000_000 });
    await imported(6, { CF_CFLB: '警告', CF_NR_FK: '' });
    expect(await recordOf(ended)).toMatchObject({ status: 'WITHDRAWN' });
  });

  it('with a later day of the decision moves the publication behind it', async () => {
    const id = await imported(7);
    world.hub.days(10);
    await imported(7, { CF_JDRQ: '2026-06-15' });
    expect(await recordOf(id)).toMatchObject({ decidedOn: '2026-06-15', publishedOn: '2026-06-15' });
  });

  it('does not withdraw what is over anyway', async () => {
    const id = await imported(8, { CF_CFLB: '通报批评', CF_NR_FK: '' });
    world.hub.days(200);
    await imported(8, { CF_CFLB: '警告', CF_NR_FK: '' });
    expect(await recordOf(id)).toMatchObject({ status: 'EXPIRED', acts: [] });
  });
});

it('text, review and withholding are acts on it like on every other record', async () => {
  const id = await imported(11);
  await must(clerk, 'storeDisclosureText', id);
  await must(reviewer, 'clearDisclosure', id);
  await withhold(id);
  expect((await recordOf(id)).acts.map((a: Json) => a.act)).toEqual(['STORE_DISCLOSURE_TEXT', 'CLEAR_DISCLOSURE', 'PROPOSE_DISCLOSURE_WITHDRAWAL', 'WITHHOLD_DISCLOSURE']);
  expect(await world.tombstones(id)).toEqual([{ reason: 'WITHHELD', goneOn: '2026-06-10' }]);
  expect(await shown(id)).toBeNull();
});

describe('what is gone', () => {
  const reader = () => readerOf(publicReader, world.hub.world.directory, world.hub.world.clock.now());
  const gone = async (to: { hub: DisclosureWorld['hub'] }, since: string): Promise<Map<string, string>> => {
    const reply = await to.hub.world.service.runtime.data!.open(publicReader, { path: 'public/changes.jsonl', query: { since }, known: [], requestId: 'r' });
    const lines = (await reply!.body!.toArray()).join('').trimEnd().split('\n').map((text): Json => JSON.parse(text));
    return new Map(lines.filter((l) => l.op === 'remove').map((l) => [l.id, l.reason]));
  };

  it('tells the reason of its tombstone, and of a secret none', async () => {
    const [stopped, withheld, between] = [await imported(21), await imported(22), await imported(23)];
    await noteEdition(world.em, reader());
    await query(world.em, sql`delete from public_data_entry where record_id = ${between}`); // came and went between two notes
    const [{ decision_id: decisionId } = { decision_id: '' }] = await query<{ decision_id: string }>(world.em, sql`select decision_id from disclosure_record where id = ${stopped}`);
    await world.em.transaction((em) => stopShowing(em, decisionId, { at: world.hub.world.clock.now() }));
    await withhold(withheld);
    await imported(23, { CF_CFLB: '警告', CF_NR_FK: '' });
    const told = await gone(world, '2026-06-10');
    expect([stopped, withheld, between].map((id) => told.get(id))).toEqual(['REPAIRED', 'NO_LONGER_PUBLIC', 'WITHDRAWN']);
  });

  it('tells of a credit repair, which needs no case, and neither repair nor export hands on what was repaired', async () => {
    repairs.hub.world.clock.set('2026-06-10T02:00:00Z');
    const id = await imported(31, {}, repairs);
    const { dataSource, directory, clock } = repairs.hub.world;
    await noteEdition(dataSource.manager, readerOf(publicReader, directory, clock.now()));
    repairs.year();
    const repair = await repairs.open(id, 'applyForCreditRepair');
    await repairs.hub.must(clerk, 'acceptRepairApplication', repair, {});
    await repairs.hub.must(head, 'grantCreditRepair', repair, repairs.inputs.grantCreditRepair());
    await repairs.hub.must(clerk, 'executeCreditRepair', repair, {});
    expect((await gone(repairs, repairs.today)).get(id)).toBe('REPAIRED');
    const exported = await repairs.hub.world.service.runtime.data!.open(clerk, { path: 'exchange/penalty-records.csv', query: {}, known: [], requestId: 'r' });
    expect((await exported!.body!.toArray()).join('')).not.toContain('导入罚〔2026〕31号');
    const { data, errors } = await repairs.hub.world.as(clerk).send<Json>(`query ($e: _Any!) { creditRepairs { nodes { status case { id } } }
      _entities(representations: [$e]) { ... on Enterprise { creditFile { entries { nodes { kind case { id } } } } } } }`, { e: { __typename: 'Enterprise', uscc: importedUscc } });
    expect(errors).toBeUndefined();
    expect(data).toMatchObject({ creditRepairs: { nodes: [{ status: 'REPAIRED', case: null }] }, _entities: [{ creditFile: { entries: { nodes: [{ kind: 'REPAIR', case: null }] } } }] });
  });
});
