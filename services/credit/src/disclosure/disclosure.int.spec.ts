import { integrationEvents } from '@casebridge/contracts';
import { addDays } from '@casebridge/kernel';
import { query, sql, unitOfWork } from '@casebridge/platform';
import { publicReader } from '@casebridge/testkit';
import { DisclosureWorld, fromElsewhere, reviewer } from '../test/disclosure-world';
import { clerk, head } from '../test/listing-world';
import { item, officerFrom } from '../test/world';
import { tellExpiredDisclosures } from './disclosure-expiry.job';
import { showAgain, stopShowing } from './disclosure-record.repository';

let world: DisclosureWorld;
beforeAll(async () => {
  world = await DisclosureWorld.start();
});
afterAll(() => world.stop());

const above = officerFrom('DRUG-top');
type Json = ReturnType<typeof JSON.parse>;
const PUBLIC = 'query($id: ID!) { publicPenalty(id: $id) { documentNo partyName penaltySummary fullText correctedAt correction publishedOn disclosureEndsOn } }';
const shown = async (id: string): Promise<Json> => (await world.ask<Json>(publicReader, PUBLIC, { id })).publicPenalty;
const INSIDE = `query($id: ID!) { disclosure(id: $id) { status review version fullText withdrawnAt withdrawalReason withdrawalCauseOn withdrawalMet withdrawalDeadline { lastDay rule basis { article } }
  push { pushedOn met deadline { lastDay rule } publicationDeadline { lastDay } } channels { channel met endsOn } acts { position act officerId met text cause grounds on basis { article } changes { field from to } } } }`;
const inside = async (id: string, who = clerk): Promise<Json> => (await world.ask<Json>(who, INSIDE, { id })).disclosure;
const must = (who: typeof clerk, act: keyof DisclosureWorld['inputs'], id: string, change: object = {}) => world.hub.must(who, act, id, { ...world.inputs[act](), ...change });
const withhold = async (id: string): Promise<void> => {
  await must(clerk, 'proposeDisclosureWithdrawal', id);
  await must(head, 'withholdDisclosure', id);
};
const runJob = () => unitOfWork(world.hub.world.service.deps, (tx) => tellExpiredDisclosures.run(tx, world.hub.world.service.deps));

describe('without any act', () => {
  it('a served decision is public, and its records say so', async () => {
    const { id, event } = await world.decided();
    expect(await shown(id)).toMatchObject({ documentNo: event.documentNo, fullText: null, correctedAt: null, correction: null });
    expect(await inside(id)).toMatchObject({ status: 'PUBLISHED', review: null, version: 0, acts: [], push: null, channels: [{ met: true }, { met: true }] });
    expect(await inside(id, above)).toMatchObject({ status: 'PUBLISHED' });
    expect(await inside(id, officerFrom('COURT-none'))).toMatchObject({ status: null, version: null, acts: null });
  });
});

describe('secrecy review', () => {
  it('shows the full text once it is cleared, without what was taken out, and asks again for a text that was changed', async () => {
    const { id } = await world.decided({ partyName: '示例机密药业有限公司' });
    await must(clerk, 'storeDisclosureText', id, { text: '决定书\n配方：麻黄素三克。当事人示例机密药业有限公司\n联系电话：13800138000', minors: ['示例童'] });
    expect((await shown(id)).fullText).toBeNull();
    expect((await inside(id)).fullText).toContain('麻黄素三克');
    await withhold(id);
    await must(reviewer, 'clearDisclosure', id, { redactions: [{ text: '麻黄素三克', ground: 'TRADE_SECRET' }, { text: '机密', ground: 'STATE_SECRET' }] });
    expect(await shown(id)).toMatchObject({ partyName: '示例【不予公开】药业有限公司', fullText: '决定书\n配方：【不予公开】。当事人示例【不予公开】药业有限公司\n' });
    expect(await inside(id)).toMatchObject({ review: 'REDACTED', acts: [{ act: 'STORE_DISCLOSURE_TEXT' }, { act: 'PROPOSE_DISCLOSURE_WITHDRAWAL' }, { act: 'WITHHOLD_DISCLOSURE', officerId: head.officerId }, { act: 'CLEAR_DISCLOSURE', grounds: ['TRADE_SECRET', 'STATE_SECRET'], basis: { article: '5' } }] });
    const found = await world.ask<Json>(publicReader, '{ a: publicPenalties(filter: { text: "示例机密" }) { totalCount } b: publicPenalties(filter: { text: "不予公开" }) { totalCount } }');
    expect(found).toEqual({ a: { totalCount: 0 }, b: { totalCount: 1 } });
    expect(JSON.stringify([await query(world.em, sql`select * from disclosure_act where record_id = ${id}`), await query(world.em, sql`select body from disclosure_text where record_id = ${id}`)]))
      .not.toMatch(/麻黄素三克|机密|13800138000/);
    await must(clerk, 'storeDisclosureText', id);
    expect((await shown(id)).fullText).toBeNull();
  });

  it('withholds all of it, and the bans that came of it, from the public; clearing it shows them again', async () => {
    const { id, event } = await world.decided({ items: [item(), item({ kind: 'INDUSTRY_BAN', partyKind: 'PERSON', partyName: '示例甲', amountFen: null, startsOn: '2026-06-03', endsOn: '2036-06-03' })] });
    const bans = async () => (await world.ask<Json>(publicReader, 'query($u: String!) { creditPunishments(filter: { enterpriseUscc: $u }) { totalCount } }', { u: event.partyUscc })).creditPunishments.totalCount;
    expect(await bans()).toBe(1);
    await withhold(id);
    expect([await shown(id), await bans()]).toEqual([null, 0]);
    expect(await inside(id)).toMatchObject({ status: 'WITHHELD', review: 'WITHHELD' });
    expect(await world.tombstones(id)).toEqual([{ reason: 'WITHHELD', goneOn: world.hub.today }]);
    await must(clerk, 'clearDisclosure', id);
    expect([await shown(id), await bans()]).toEqual([expect.anything(), 1]);
  });
});

describe('correction', () => {
  it('is asked for by one and approved by another; then the public reads it, and that it was corrected', async () => {
    const { id, event } = await world.decided();
    await must(clerk, 'proposeDisclosureCorrection', id, { partyName: '示例更正药业有限公司 13800138000', penaltySummary: null });
    expect(await shown(id)).toMatchObject({ partyName: '示例药业有限公司', correctedAt: null });
    await must(head, 'approveDisclosureCorrection', id);
    expect(await shown(id)).toMatchObject({ partyName: '示例更正药业有限公司', correction: '当事人名称有误，予以更正。', correctedAt: world.hub.world.clock.now().toISOString() });
    const { totalCount } = (await world.ask<Json>(publicReader, '{ publicPenalties(filter: { text: "示例更正药业" }) { totalCount } }')).publicPenalties;
    expect(totalCount).toBe(1);
    const { acts } = await inside(id);
    expect(acts).toMatchObject([
      { act: 'PROPOSE_DISCLOSURE_CORRECTION', officerId: clerk.officerId, text: '营业执照复印件。', changes: [{ field: 'partyName', from: '示例药业有限公司', to: '示例更正药业有限公司' }] },
      { act: 'APPROVE_DISCLOSURE_CORRECTION', officerId: head.officerId, changes: [{ to: '示例更正药业有限公司' }], basis: { article: '12' } },
    ]);
    expect((await world.told(event.caseId, 'credit.disclosure-acted.v1')).map((e) => [e['act'], e['statusAfter'], e['position']])).toEqual([
      ['PROPOSE_DISCLOSURE_CORRECTION', 'CORRECTION_PROPOSED', 1], ['APPROVE_DISCLOSURE_CORRECTION', 'PUBLISHED', 2],
    ]);
  });

  it('that is rejected changes nothing', async () => {
    const id = await world.given('CORRECTION_PROPOSED');
    await must(head, 'rejectDisclosureCorrection', id);
    expect(await shown(id)).toMatchObject({ partyName: '示例药业有限公司', correctedAt: null });
    expect(await inside(id)).toMatchObject({ status: 'PUBLISHED' });
  });
});

describe('withdrawal', () => {
  it('by the authority takes two, holds at once, and tells whether it came in time', async () => {
    const { id, event } = await world.decided();
    const causeOn = world.hub.today;
    await must(clerk, 'proposeDisclosureWithdrawal', id);
    expect(await shown(id)).not.toBeNull();
    world.hub.days(7);
    expect(await inside(id)).toMatchObject({ status: 'WITHDRAWAL_PROPOSED', withdrawalMet: false, withdrawalDeadline: { rule: 'withdrawPublication', basis: { article: '11' } } });
    await must(head, 'approveDisclosureWithdrawal', id);
    expect(await shown(id)).toBeNull();
    expect(await inside(id)).toMatchObject({
      status: 'WITHDRAWN', withdrawalReason: '依法不应公示：不属于公示范围。', withdrawalCauseOn: causeOn, withdrawalMet: false, acts: [{ cause: 'NOT_TO_BE_DISCLOSED' }, { met: false }],
    });
    expect(await world.tombstones(id)).toEqual([{ reason: 'WITHDRAWN', goneOn: world.hub.today }]);
    expect(await world.told(event.caseId, 'credit.disclosure-ended.v1')).toEqual([
      { disclosureId: id, caseId: event.caseId, decisionId: event.decisionId, reason: 'WITHDRAWN', goneOn: world.hub.today },
    ]);
  });

  it('that is rejected leaves it on display', async () => {
    const id = await world.given('WITHDRAWAL_PROPOSED');
    await must(head, 'rejectDisclosureWithdrawal', id);
    expect(await inside(id)).toMatchObject({ status: 'PUBLISHED', withdrawalCauseOn: null });
  });

  it('follows at once when the decision no longer stands, and takes bans and listing with it; a second delivery changes nothing', async () => {
    const listing = await world.hub.given('PUBLISHED', { items: [item(), item({ kind: 'INDUSTRY_BAN', partyKind: 'PERSON', partyName: '示例乙', amountFen: null, startsOn: '2026-06-03', forLife: true })] });
    const [row] = await query<{ decision_id: string; case_id: string; document_no: string }>(world.em, sql`select decision_id, case_id, document_no from dishonesty_listing where id = ${listing}`);
    const event = { decisionId: row!.decision_id, caseId: row!.case_id, documentNo: row!.document_no, authorityCode: 'DRUG-own', regionCode: '210102' } as Parameters<DisclosureWorld['overturn']>[0];
    const id = await world.recordOf(event.decisionId);
    await must(clerk, 'proposeDisclosureWithdrawal', id);
    const decidedOn = world.hub.today;
    await world.overturn(event, { decidedOn });
    const stood = async () => ({
      record: await inside(id), listing: await world.hub.row(listing), listingActs: await world.hub.told(listing, 'credit.dishonesty-listing-acted.v1'), tombstones: await world.tombstones(id),
      bans: await query(world.em, sql`select kind, revoked_at from credit_punishment where decision_id = ${event.decisionId} order by kind`),
      told: await world.told(event.caseId, 'credit.disclosure-ended.v1'),
    });
    const first = await stood();
    expect(first).toMatchObject({
      record: { status: 'WITHDRAWN', withdrawalReason: '决定被撤销（示例复决〔2026〕1号）', withdrawalCauseOn: decidedOn, withdrawalMet: true },
      listing: { status: 'REVOKED' }, tombstones: [{ reason: 'WITHDRAWN' }], bans: [{ kind: 'DISHONESTY_LISTING' }, { kind: 'INDUSTRY_BAN' }], told: [{ reason: 'WITHDRAWN' }],
    });
    expect(first.record.acts.at(-1)).toMatchObject({ act: 'WITHDRAW_OVERTURNED_DISCLOSURE', officerId: 'hub', met: true, cause: 'REVOKED' });
    expect(first.bans.every((ban) => ban['revoked_at'] !== null)).toBe(true);
    expect(first.listingActs.at(-1)).toMatchObject({ act: 'REVOKE_LISTING', inForce: false });
    expect(await shown(id)).toBeNull();
    world.hub.days(1);
    await world.overturn(event, { decidedOn });
    expect(await stood()).toEqual(first);
    expect(await query(world.em, sql`select 1 as parked from inbox_parked`)).toEqual([]);
  });

  it.each([['CANDIDATE', 'NOT_LISTED'], ['AWAITING_CONSENT', 'NOT_LISTED'], ['HEARD', 'NOT_LISTED'], ['NOT_LISTED', 'NOT_LISTED']] as const)(
    'a listing that is %s is %s once the decision no longer stands', async (before, after) => {
      const id = await world.hub.given(before);
      const [row] = await query<{ decision_id: string; case_id: string }>(world.em, sql`select decision_id, case_id from dishonesty_listing where id = ${id}`);
      await world.overturn({ decisionId: row!.decision_id, caseId: row!.case_id, documentNo: '1', authorityCode: 'DRUG-own', regionCode: '210102' } as Parameters<DisclosureWorld['overturn']>[0]);
      expect((await world.hub.row(id)).status).toBe(after);
    });
});

describe('deferral', () => {
  it('before the decision is served keeps all of it back, bans included; the lifting publishes, and the period begins then', async () => {
    const { event: other } = await world.decided();
    const caseId = other.caseId;
    const deferral = await world.deferral(caseId);
    const ban = item({ kind: 'INDUSTRY_BAN', partyKind: 'PERSON', partyName: '示例丙', amountFen: null, startsOn: world.hub.today, endsOn: addDays(world.hub.today, 900) });
    const event = await world.hub.world.decide({ caseId, decidedOn: world.hub.today, servedOn: world.hub.today, items: [item(), ban] }, { version: 2 });
    const id = await world.recordOf(event.decisionId);
    expect([await shown(id), await shown(await world.recordOf(other.decisionId))]).toEqual([null, null]);
    expect(await inside(id)).toMatchObject({ status: 'DEFERRED', channels: [{ met: null }, { met: null }] });
    const ofBan = async () => (await world.ask<Json>(clerk, 'query($n: String!) { creditPunishments(filter: { personName: $n }) { nodes { status } } }', { n: '示例丙' })).creditPunishments.nodes;
    expect(await ofBan()).toEqual([{ status: 'PENDING' }]);
    world.hub.days(40);
    expect(await inside(id)).toMatchObject({ status: 'DEFERRED', channels: [{ met: false }, { met: false }] });
    await must(head, 'liftDisclosureDeferral', deferral);
    const publishedOn = world.hub.today;
    expect(await shown(id)).toMatchObject({ publishedOn, disclosureEndsOn: `${Number(publishedOn.slice(0, 4)) + 3}${publishedOn.slice(4)}` });
    expect(await shown(await world.recordOf(other.decisionId))).toMatchObject({ publishedOn: expect.not.stringContaining(publishedOn) as string });
    expect(await ofBan()).toEqual([{ status: 'IN_FORCE' }]);
  });

  it('has a day of review, whose passing is shown to the authority and to those above it, and to nobody else', async () => {
    const { id: record, event } = await world.decided();
    const id = await world.deferral(event.caseId);
    expect(await world.tombstones(record)).toEqual([{ reason: 'DEFERRED', goneOn: world.hub.today }]);
    const LATE = 'query($o: Boolean) { disclosureDeferrals(filter: { reviewOverdue: $o, status: [RUNNING] }) { totalCount nodes { id reviewOverdue basis { article } acts { act met reviewOn } } } }';
    const late = async (who: Parameters<DisclosureWorld['ask']>[0]) => (await world.ask<Json>(who, LATE, { o: true })).disclosureDeferrals.nodes.map((n: Json) => n.id) as string[];
    expect(await late(clerk)).not.toContain(id);
    world.hub.days(31);
    expect([await late(clerk), await late(above)]).toEqual([expect.arrayContaining([id]), expect.arrayContaining([id])]);
    for (const who of [officerFrom('DRUG-none'), officerFrom('POLICE-party'), officerFrom('MARKET-own'), publicReader]) expect(await late(who)).toEqual([]);
    await must(head, 'reviewDisclosureDeferral', id);
    expect(await late(clerk)).not.toContain(id);
    expect(await world.actsOf(id)).toMatchObject([{ act: 'DEFER_DISCLOSURE', met: null }, { act: 'REVIEW_DISCLOSURE_DEFERRAL', met: false, status: 'RUNNING' }]);
    await must(head, 'liftDisclosureDeferral', id);
    expect(await shown(record)).not.toBeNull();
    expect((await world.told(event.caseId, 'credit.disclosure-acted.v1')).map((e) => e['act'])).toEqual(['DEFER_DISCLOSURE', 'REVIEW_DISCLOSURE_DEFERRAL', 'LIFT_DISCLOSURE_DEFERRAL']);
  });
});

describe('another province', () => {
  it('is owed a push in ten working days, and shows it in ten more', async () => {
    const today = world.hub.today;
    const { id } = await world.decided({ partyUscc: fromElsewhere, decidedOn: today, servedOn: today });
    expect(await inside(id)).toMatchObject({ push: { pushedOn: null, met: null, deadline: { rule: 'pushToProvinceOfRegistration' }, publicationDeadline: null } });
    await must(clerk, 'recordDisclosurePush', id);
    expect(await inside(id)).toMatchObject({ push: { pushedOn: today, met: true, publicationDeadline: { lastDay: expect.any(String) as string } }, acts: [{ act: 'RECORD_DISCLOSURE_PUSH', met: true, on: today }] });
  });
});

describe('what ended elsewhere', () => {
  it('credit repair ends the showing from its instant on, and it can be shown again', async () => {
    const { id, event } = await world.decided();
    const at = world.hub.world.clock.now();
    const stop = () => world.hub.world.dataSource.transaction((em) => stopShowing(em, event.decisionId, { at, actorCode: 'DRUG-own', officerId: clerk.officerId }));
    expect([await stop(), await stop()]).toEqual([true, false]);
    expect(await shown(id)).toBeNull();
    expect(await inside(id)).toMatchObject({ status: 'STOPPED', acts: [{ act: 'STOP_DISCLOSURE', officerId: clerk.officerId }] });
    expect(await world.tombstones(id)).toEqual([{ reason: 'REPAIRED', goneOn: world.hub.today }]);
    const again = () => world.hub.world.dataSource.transaction((em) => showAgain(em, event.decisionId, { at }, { disclosureEndsOn: '2099-12-31', creditChinaEndsOn: '2099-12-31' }));
    expect([await again(), await again()]).toEqual([true, false]);
    expect(await shown(id)).toMatchObject({ disclosureEndsOn: '2099-12-31' });
  });

  it('the end of the period is told once, whoever else runs the job; the showing ends without it', async () => {
    const { id, event } = await world.decided();
    const lastDay = (await shown(id)).disclosureEndsOn as string;
    world.hub.world.clock.set(new Date(`${addDays(lastDay, 1)}T00:30:00+08:00`));
    expect([await shown(id), (await inside(id)).status]).toEqual([null, 'EXPIRED']);
    await runJob();
    await runJob();
    expect(await world.tombstones(id)).toEqual([{ reason: 'EXPIRED', goneOn: addDays(lastDay, 1) }]);
    const [told, ...more] = await world.told(event.caseId, 'credit.disclosure-ended.v1');
    expect([told?.['reason'], more]).toEqual(['EXPIRED', []]);
    const schema = integrationEvents.find((e) => e.type === 'credit.disclosure-ended.v1')?.schema;
    expect(schema?.parse(told)).toEqual(told);
  });
});

describe('the records of an authority', () => {
  it('are found by state and days, paged and counted, by it and those above it', async () => {
    const LIST = 'query($f: DisclosureFilter, $after: String) { disclosures(filter: $f, first: 2, after: $after) { totalCount nodes { id status } pageInfo { hasNextPage endCursor } } }';
    const list = async (who: Parameters<DisclosureWorld['ask']>[0], f: object, after: string | null = null): Promise<Json> => (await world.ask<Json>(who, LIST, { f, after })).disclosures;
    const made = new Map<string, string>();
    for (const status of ['PUBLISHED', 'CORRECTION_PROPOSED', 'WITHDRAWAL_PROPOSED', 'WITHHELD', 'WITHDRAWN', 'DEFERRED', 'STOPPED', 'EXPIRED'] as const) made.set(status, await world.given(status, { decidedOn: world.hub.today, servedOn: world.hub.today }));
    for (const [status, id] of made) {
      const seen: string[] = [];
      for (let after: string | null = null, more = true; more;) {
        const { nodes, pageInfo } = await list(clerk, { status: [status === 'EXPIRED' ? 'EXPIRED' : status, 'EXPIRED'] }, after);
        seen.push(...nodes.map((n: Json) => n.id as string));
        [after, more] = [pageInfo.endCursor as string, pageInfo.hasNextPage as boolean];
      }
      expect([status, seen]).toEqual([status, expect.arrayContaining([id])]);
    }
    const { caseId } = (await query<{ caseId: string }>(world.em, sql`select case_id as "caseId" from disclosure_record where id = ${made.get('WITHHELD')}`))[0]!;
    expect(await list(above, { caseId })).toMatchObject({ totalCount: 1, nodes: [{ status: 'WITHHELD' }] });
    for (const who of [officerFrom('DRUG-none'), officerFrom('POLICE-party'), publicReader]) expect(await list(who, { caseId })).toMatchObject({ totalCount: 0, nodes: [] });
    expect(await list(clerk, { caseId, reviewed: false })).toMatchObject({ totalCount: 0 });
    for (const nothing of [{ caseId: 'no id' }, { caseId, agency: 'MRA-210100' }, { caseId, endsBy: '2026-01-01' }, { caseId, decidedFrom: '2099-01-01' }, { caseId, decidedTo: '2026-01-01' }]) {
      expect(await list(clerk, nothing)).toMatchObject({ totalCount: 0 });
    }
    expect(await list(clerk, { caseId, reviewed: true, decidedFrom: '2026-01-01', decidedTo: '2099-01-01', endsBy: '2099-01-01' })).toMatchObject({ totalCount: 1 });
  });
});
