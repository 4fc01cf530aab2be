import { randomUUID } from 'node:crypto';
import { FixedClock } from '@casebridge/kernel';
import { query, sql } from '@casebridge/platform';
import { officer, publicReader } from '@casebridge/testkit';
import { Client } from 'pg';
import { referralActs, sharedCase, wholeReferral } from '../testing/referral-operations';
import {
  filing, head, investigator, otherPolice, otherProcuratorate, police, procuratorate, ReferralWorld, regulator, report,
} from '../testing/referral-world';
import { dataOf, testNow } from '../testing/world';

const O310 = '行政执法机关移送涉嫌犯罪案件的规定';
const DAY = 86_400_000;

let world: ReferralWorld;
let clock: FixedClock;
beforeAll(async () => {
  clock = new FixedClock(testNow); // Sunday, 22 November 2026, 10:00 in China
  world = await ReferralWorld.start(clock);
});
afterAll(() => world.stop());
beforeEach(() => clock.set(testNow));

type Whole = Record<string, never> & { timeline: Record<string, unknown>[]; documents: { kind: string }[] };
const whole = async (who: Parameters<ReferralWorld['send']>[0], id: string): Promise<Whole> =>
  dataOf(await world.send<{ referral: Whole }>(who, wholeReferral, { id })).referral;

const refused = async (answer: Promise<{ errors?: readonly { extensions: Record<string, unknown> }[] | undefined }>): Promise<Record<string, unknown>> => {
  const { errors } = await answer;
  expect(errors).toHaveLength(1);
  return errors?.[0]?.extensions ?? {};
};

describe('from the regulator to the decision of the police', () => {
  it('goes its way act by act, each with its state, version and due date', async () => {
    const { caseId } = await world.givenCase();
    const submitted = await world.do('submitReferralReport', regulator, caseId, report());
    const { id } = submitted;
    expect(submitted).toEqual({ id, version: 1, status: 'PENDING_APPROVAL', dueAt: '2026-11-25T16:00:00.000Z' });
    expect(await world.do('approveReferral', head, id, { opinion: '同意移送' })).toEqual({ id, version: 2, status: 'APPROVED', dueAt: '2026-11-23T02:01:00.000Z' });

    const uploads = await Promise.all(['移送书', '调查报告', '物品清单', '检验报告'].map((text) => world.upload(regulator, text)));
    const documents = ['TRANSFER_LETTER', 'INVESTIGATION_REPORT', 'GOODS_LIST'].map((kind, i) => ({ kind, title: `演示材料${i}`, fileId: uploads[i] }));
    const transferred = await world.do('transferReferral', regulator, id, { policeAgency: police, procuratorateAgency: procuratorate, documents });
    expect(transferred).toEqual({ id, version: 3, status: 'TRANSFERRED', dueAt: '2026-11-23T02:02:00.000Z' });
    expect(await world.case(caseId)).toMatchObject({ status: 'PENDING_CRIMINAL', statusBeforeCriminal: 'INVESTIGATING', parts: [procuratorate, police] });

    const signed = await world.do('signReferralReceipt', investigator, id, { receiptNo: '演示受案〔2026〕1号', expectedVersion: 3 });
    expect(signed).toEqual({ id, version: 4, status: 'UNDER_FILING_REVIEW', dueAt: '2026-11-25T16:00:00.000Z' });
    const asked = await world.do('requestReferralSupplement', investigator, id, { gaps: ['缺少检验报告', '缺少扣押清单'] });
    expect(asked).toEqual({ id, version: 5, status: 'SUPPLEMENT_REQUIRED', dueAt: '2026-11-25T16:00:00.000Z' });
    expect(await whole(investigator, id)).toMatchObject({ gaps: ['缺少检验报告', '缺少扣押清单'], holder: { code: filing } });

    clock.advance(DAY);
    const supplemented = await world.do('supplementReferral', regulator, id, {
      documents: [{ kind: 'TEST_REPORT', title: '演示检验报告', fileId: uploads[3] }], explanation: '扣押清单无法补充',
    });
    // The review had all three days left when it began to wait; they count from the day on which it went on.
    expect(supplemented).toEqual({ id, version: 6, status: 'UNDER_FILING_REVIEW', dueAt: '2026-11-26T16:00:00.000Z' });
    const filed = await world.do('fileCriminalCase', investigator, id, { decisionNo: '演示立字〔2026〕7号', charge: 'SUBSTANDARD_DRUGS', decidedOn: '2026-11-23' });
    expect(filed).toEqual({ id, version: 7, status: 'FILED', dueAt: '2026-11-26T16:00:00.000Z' });

    const record = await whole(investigator, id);
    expect(record).toMatchObject({
      status: 'FILED', charge: 'FAKE_DRUGS', filedCharge: 'SUBSTANDARD_DRUGS', decisionNo: '演示立字〔2026〕7号', decidedOn: '2026-11-23', gaps: [],
      receiptNo: '演示受案〔2026〕1号', overdue: false, holder: { code: police }, filingAgency: { code: filing }, policeAgency: { code: police },
      procuratorateAgency: { code: procuratorate }, taskForce: ['MRA-210100-2', 'MRA-210100-3'], case: { id: caseId, status: 'PENDING_CRIMINAL' },
      deadline: { rule: 'goodsHandover', amount: 3, unit: 'CALENDAR_DAY', lastDay: '2026-11-26', basis: { instrument: O310, article: '12' } },
    });
    expect(record.documents.map((d) => d.kind)).toEqual(['TRANSFER_LETTER', 'INVESTIGATION_REPORT', 'GOODS_LIST', 'TEST_REPORT']);
    expect(record.timeline.map((e) => [e['position'], e['act'], e['status'], e['met'], e['note']])).toEqual([
      [1, 'SUBMIT_REFERRAL_REPORT', 'PENDING_APPROVAL', null, null],
      [2, 'APPROVE_REFERRAL', 'APPROVED', true, '同意移送'],
      [3, 'TRANSFER_REFERRAL', 'TRANSFERRED', true, null],
      [4, 'SIGN_REFERRAL_RECEIPT', 'UNDER_FILING_REVIEW', true, null],
      [5, 'REQUEST_REFERRAL_SUPPLEMENT', 'SUPPLEMENT_REQUIRED', true, '缺少检验报告\n缺少扣押清单'],
      [6, 'SUPPLEMENT_REFERRAL', 'UNDER_FILING_REVIEW', true, '扣押清单无法补充'],
      [7, 'FILE_CRIMINAL_CASE', 'FILED', true, null],
    ]);
    const shared = dataOf(await world.send<{ case: { referral: Whole } }>(investigator, sharedCase, { id: caseId })).case.referral;
    expect(shared.timeline[3]).toMatchObject({ actor: { code: police }, basis: { instrument: O310, article: '7' }, at: '2026-11-22T02:03:00.000Z' });

    const told = await world.acted(id);
    expect(told.map((d) => [d.position, d.act, d.statusAfter, d.holderAfter])).toEqual([
      [1, 'SUBMIT_REFERRAL_REPORT', 'PENDING_APPROVAL', filing], [2, 'APPROVE_REFERRAL', 'APPROVED', filing], [3, 'TRANSFER_REFERRAL', 'TRANSFERRED', police],
      [4, 'SIGN_REFERRAL_RECEIPT', 'UNDER_FILING_REVIEW', police], [5, 'REQUEST_REFERRAL_SUPPLEMENT', 'SUPPLEMENT_REQUIRED', filing],
      [6, 'SUPPLEMENT_REFERRAL', 'UNDER_FILING_REVIEW', police], [7, 'FILE_CRIMINAL_CASE', 'FILED', police],
    ]);
    expect(told[1]).toMatchObject({ readers: [], ownerCode: filing, dueAtAfter: '2026-11-23T02:01:00.000Z', occurredAt: '2026-11-22T02:01:00.000Z' });
    expect(told[2]).toMatchObject({ readers: [procuratorate, police], version: 3, actorCode: filing });
  });

  it('tells the other services of new parts before it tells of the act that made them, and of nothing where nothing changed', async () => {
    const { id, caseId } = await world.referralIn('UNDER_FILING_REVIEW');
    await world.settle();
    const types = (await world.harness.published()).filter((e) => e.subject === `case:${caseId}`).map((e) => e.type.replace('enforcement.', ''));
    expect(types).toEqual([
      'case-access-changed.v1', 'referral-acted.v1', 'referral-acted.v1', 'case-access-changed.v1', 'referral-acted.v1', 'referral-acted.v1',
    ]);
    expect((await world.referral(id)).version).toBe(4);
  });

  it('takes a refused report up again on new facts, under the same number', async () => {
    const { id, caseId } = await world.referralIn('NOT_APPROVED');
    const before = await world.referral(id);
    expect(before).toMatchObject({ dueAt: null, deadline: null, holderCode: filing });
    const same = await refused(world.try('submitReferralReport', regulator, caseId, report({ facts: `  ${String(report()['facts'])}\n` })));
    expect(same).toMatchObject({ code: 'BAD_USER_INPUT', kind: 'BAD_USER_INPUT', field: 'input.facts', basis: { instrument: O310, article: '5(1)' } });
    const again = await world.do('submitReferralReport', regulator, caseId, report({ facts: '演示：查明新的犯罪事实。', charge: 'OTHER', expectedVersion: 2 }));
    expect(again).toMatchObject({ id, version: 3, status: 'PENDING_APPROVAL' });
    expect(await world.referral(id)).toMatchObject({ referralNo: before.referralNo, facts: '演示：查明新的犯罪事实。', charge: 'OTHER' });
    expect((await world.timeline(id))[1]?.detail).toEqual({ reasons: '证据不足', facts: before.facts, charge: 'FAKE_DRUGS' });
  });

  it('resumes the case at a return, and lets it be referred again', async () => {
    const { id, caseId } = await world.referralIn('RETURNED', { status: 'HEARING' });
    expect(await world.referral(id)).toMatchObject({ holderCode: filing, returnReasons: '不属于公安机关管辖', dueAt: null });
    expect(await world.case(caseId)).toMatchObject({ status: 'HEARING', statusBeforeCriminal: null, parts: [procuratorate] });
    const second = await world.do('submitReferralReport', regulator, caseId, report());
    expect(second).toMatchObject({ version: 1, status: 'PENDING_APPROVAL' });
    expect(second.id).not.toBe(id);
    const { data } = await world.send<{ case: unknown }>(regulator, 'query($id: ID!) { case(id: $id) { referral { id } referrals { totalCount nodes { id status } } } }', { id: caseId });
    expect(data?.case).toEqual({
      referral: { id: second.id },
      referrals: { totalCount: 2, nodes: [{ id: second.id, status: 'PENDING_APPROVAL' }, { id, status: 'RETURNED' }] },
    });
  });

  it.each(['SERVED', 'IN_EXECUTION', 'CLOSED'] as const)('does not stop a case that is %s already', async (status) => {
    const { id, caseId } = await world.referralIn('TRANSFERRED', { status });
    expect(await world.case(caseId)).toMatchObject({ status, statusBeforeCriminal: null });
    await world.do('signReferralReceipt', investigator, id);
    await world.do('returnReferral', investigator, id, { reasons: '不属于公安机关管辖' });
    expect(await world.case(caseId)).toMatchObject({ status });
  });

  it('hands a referral on to the competent police, with the procuratorate that goes with it', async () => {
    const { id, caseId } = await world.referralIn('UNDER_FILING_REVIEW');
    const forwarded = await world.do('forwardReferral', investigator, id, { policeAgency: otherPolice, procuratorateAgency: otherProcuratorate, reasons: '犯罪地在二市' });
    expect(forwarded).toMatchObject({ status: 'TRANSFERRED', version: 5, dueAt: '2026-11-23T02:04:00.000Z' });
    expect(await world.referral(id)).toMatchObject({ holderCode: otherPolice, policeAgencyCode: otherPolice, procuratorateAgencyCode: otherProcuratorate, receiptNo: null });
    expect(await world.case(caseId)).toMatchObject({ parts: [otherProcuratorate, otherPolice], status: 'PENDING_CRIMINAL' });
    const signed = await world.do('signReferralReceipt', officer(otherPolice), id, { receiptNo: '演示二市受案1号' });
    expect(signed).toMatchObject({ status: 'UNDER_FILING_REVIEW', dueAt: '2026-11-25T16:00:00.000Z' });
    // And back again: the first police agency has its part anew.
    await world.do('forwardReferral', officer(otherPolice), id, { policeAgency: police, procuratorateAgency: procuratorate, reasons: '经协商由一市管辖' });
    await world.do('signReferralReceipt', investigator, id);
    const refusal = await world.do('refuseCriminalCase', investigator, id, { reasons: '情节显著轻微', decidedOn: world.today() });
    expect(refusal).toMatchObject({ status: 'NOT_FILED', dueAt: '2026-11-25T16:00:00.000Z' });
    expect(await world.referral(id)).toMatchObject({ holderCode: filing, notFiledReasons: '情节显著轻微', decidedOn: '2026-11-22' });
    expect((await world.timeline(id)).map((e) => e.position)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it('says that an act came late, and lets it through', async () => {
    const { id } = await world.referralIn('PENDING_APPROVAL');
    clock.set('2026-11-25T16:00:00.000Z');
    expect(await whole(regulator, id)).toMatchObject({ overdue: true });
    await world.do('approveReferral', head, id);
    expect((await whole(regulator, id)).timeline[1]).toMatchObject({ met: false });
  });

  it('numbers the referrals of an agency by the year', async () => {
    const first = await world.referralIn('PENDING_APPROVAL');
    const second = await world.referralIn('PENDING_APPROVAL');
    const other = await world.givenCase({ agencyCode: 'MRA-210200', regionCode: '210200' });
    const third = await world.do('submitReferralReport', officer('MRA-210200'), other.caseId, report({}, 'MRA-210200'));
    const numbers = await Promise.all([first, second, third].map(async ({ id }) => (await world.referral(id)).referralNo));
    const [, n] = /^MRA-210100涉罪移〔2026〕(\d+)号$/.exec(numbers[0] ?? '') ?? [];
    expect(numbers).toEqual([`MRA-210100涉罪移〔2026〕${n}号`, `MRA-210100涉罪移〔2026〕${Number(n) + 1}号`, 'MRA-210200涉罪移〔2026〕1号']);
  });
});

describe('a key that was used before', () => {
  it('gets the stored result, also when the record has gone on', async () => {
    const { id } = await world.referralIn('PENDING_APPROVAL');
    const key = randomUUID();
    const operation = `mutation($id: ID!, $key: ID!) {
      approveReferral(id: $id, input: {}, idempotencyKey: $key) { referral { id version status dueAt createdAt timeline { position } documents { id } } }
    }`;
    const first = await world.send(head, operation, { id, key });
    clock.advance(1_000);
    await world.do('transferReferral', regulator, id, await world.transferInput());
    const again = await world.send(head, operation, { id, key });
    expect(again).toEqual(first);
    expect(again.data).toMatchObject({ approveReferral: { referral: { version: 2, timeline: [{ position: 1 }, { position: 2 }], documents: [] } } });
    expect((await world.referral(id)).version).toBe(3);
  });

  it('is refused with another input, and free for another officer', async () => {
    const { id } = await world.referralIn('PENDING_APPROVAL');
    const key = randomUUID();
    dataOf(await world.try('approveReferral', head, id, {}, key));
    expect(await refused(world.try('approveReferral', head, id, { opinion: '同意' }, key))).toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED', kind: 'CONFLICT' });
    clock.advance(1_000);
    const second = officer(filing, 4, { roles: ['officer', 'head'] });
    expect(await refused(world.try('approveReferral', second, id, {}, key))).toMatchObject({ code: 'ILLEGAL_TRANSITION', state: 'APPROVED' });
  });

  it('is not spent by a refusal', async () => {
    const { id } = await world.referralIn('PENDING_APPROVAL');
    const key = randomUUID();
    expect(await refused(world.try('refuseReferral', head, id, { reasons: ' ' }, key))).toMatchObject({ code: 'BAD_USER_INPUT' });
    expect(dataOf(await world.try('refuseReferral', head, id, { reasons: '证据不足' }, key)).refuseReferral.referral.status).toBe('NOT_APPROVED');
  });

  it('still answers whose part the act ended, with the result of that act', async () => {
    const { id } = await world.referralIn('UNDER_FILING_REVIEW');
    const key = randomUUID();
    const input = { policeAgency: otherPolice, procuratorateAgency: otherProcuratorate, reasons: '犯罪地在二市' };
    const first = await world.try('forwardReferral', investigator, id, input, key);
    clock.advance(1_000);
    await world.do('signReferralReceipt', officer(otherPolice), id);
    expect(await world.try('forwardReferral', investigator, id, input, key)).toEqual(first);
    expect(first.data?.forwardReferral.referral).toMatchObject({ status: 'TRANSFERRED', version: 5 });
  });

  it('is NOT_FOUND when the record has been hidden since', async () => {
    const { id, caseId } = await world.referralIn('PENDING_APPROVAL');
    const key = randomUUID();
    dataOf(await world.try('approveReferral', head, id, {}, key));
    await world.change(caseId, { excluded: [`${filing}/${filing}-1`] });
    expect(await refused(world.try('approveReferral', head, id, {}, key))).toMatchObject({ code: 'NOT_FOUND', kind: 'NOT_FOUND' });
  });
});

describe('history', () => {
  it('can only grow, for the service and for the owner of the schema alike', async () => {
    const { id } = await world.referralIn('APPROVED');
    for (const change of [sql`update referral_timeline set met = true where referral_id = ${id}`, sql`delete from referral_timeline where referral_id = ${id}`]) {
      await expect(query(world.db.manager, change)).rejects.toThrow(/permission denied/);
    }
    const owner = new Client({ connectionString: world.harness.ownerUrl });
    await owner.connect();
    try {
      for (const change of ['update referral_timeline set met = true', 'delete from referral_timeline', 'truncate referral_timeline cascade']) {
        await expect(owner.query(change)).rejects.toThrow(/append-only/);
      }
    } finally {
      await owner.end();
    }
    expect(await world.timeline(id)).toHaveLength(2);
  });

  it.each([
    ['referral_holder_follows_the_status', { holderCode: police }],
    ['referral_transferred_has_police_and_procuratorate', { status: 'TRANSFERRED' as const, holderCode: filing }],
    ['referral_due_with_its_rule', { deadline: null }],
    ['referral_task_force_of_two', { taskForce: ['MRA-210100-2'] }],
  ])('the database itself holds %s', async (constraint, change) => {
    const { id } = await world.referralIn('PENDING_APPROVAL');
    const repository = world.db.getRepository<Record<string, unknown>>('ReferralEntity');
    await expect(repository.update({ id }, change)).rejects.toThrow(constraint);
  });

  it('has one referral under way per case, whoever writes it', async () => {
    const { id } = await world.referralIn('PENDING_APPROVAL');
    const copy = sql`insert into referral select (jsonb_populate_record(r, jsonb_build_object('id', ${randomUUID()}::text, 'referral_no', 'X'))).* from referral r where id = ${id}`;
    await expect(query(world.db.manager, copy)).rejects.toThrow(/referral_one_under_way/);
  });
});

describe('what clients send', () => {
  it('runs for an officer and for nobody without a token', async () => {
    const { id } = await world.referralIn('PENDING_APPROVAL');
    expect(await refused(world.send(publicReader, referralActs, { id, input: {}, key: 'k' }, 'ApproveReferral'))).toMatchObject({ kind: 'UNAUTHENTICATED' });
    expect(await whole(publicReader, id)).toBeNull();
  });
});
