import { FixedClock } from '@casebridge/kernel';
import { officer } from '@casebridge/testkit';
import { wholeReferral } from '../testing/referral-operations';
import {
  clerk, court, filing, investigator, otherProcuratorate, police, procuratorate, prosecutor, ReferralWorld, regulator, type ReferralView,
} from '../testing/referral-world';
import { dataOf, testNow } from '../testing/world';

const DAY = 86_400_000;
const clock = new FixedClock(testNow);
let world: ReferralWorld;
beforeAll(async () => {
  world = await ReferralWorld.start(clock);
});
afterAll(() => world.stop());
beforeEach(() => clock.set(testNow));

type Whole = Record<string, unknown> & { timeline: Record<string, unknown>[] };
const whole = async (who: Parameters<ReferralWorld['send']>[0], id: string): Promise<Whole | null> =>
  dataOf(await world.send<{ referral: Whole | null }>(who, wholeReferral, { id })).referral;
const statusOf = ({ status, version, dueAt }: ReferralView): unknown[] => [status, version, dueAt];

describe('from the filing of a criminal case to the judgment', () => {
  it('goes its way between police, procuratorate and court, and comes back to the regulator', async () => {
    const { id, caseId } = await world.referralIn('FILED');
    clock.advance(DAY);
    expect(statusOf(await world.do('sendForProsecution', investigator, id, { opinionNo: '演示诉字〔2026〕1号' }))).toEqual(['SENT_FOR_PROSECUTION', 6, null]);
    expect(statusOf(await world.do('returnForInvestigation', prosecutor, id, { reasons: '查清资金去向' }))).toEqual(['FILED', 7, null]);
    await world.do('sendForProsecution', investigator, id, { opinionNo: '演示补诉字〔2026〕1号' });
    expect(await whole(clerk, id)).toBeNull();
    await world.do('indict', prosecutor, id, { indictmentNo: '演示检刑诉〔2026〕1号', court });
    expect(await whole(clerk, id)).toMatchObject({ status: 'INDICTED', holder: { code: court }, court: { code: court }, indictmentNo: '演示检刑诉〔2026〕1号' });
    expect((await world.case(caseId)).parts).toEqual([court, procuratorate, police].sort());

    const judgedOn = world.today();
    await world.do('recordJudgment', prosecutor, id, { judgmentNo: '演示刑初〔2026〕1号', outcome: 'CONVICTED', instance: 'FIRST', judgedOn });
    expect(await whole(clerk, id)).toMatchObject({ status: 'JUDGED', holder: { code: court }, judgment: { outcome: 'CONVICTED', instance: 'FIRST', effectiveOn: null } });
    clock.advance(10 * DAY);
    const effectiveOn = world.today();
    await world.do('recordEffectiveJudgment', clerk, id, { judgmentNo: '演示刑终〔2026〕1号', outcome: 'CONVICTED', instance: 'SECOND', judgedOn: effectiveOn, effectiveOn });
    // A conviction leaves the administrative case waiting: what may still follow is asked of the judgment.
    const record = await whole(regulator, id);
    expect(record).toMatchObject({
      status: 'JUDGED_EFFECTIVE', holder: { code: filing }, dueAt: null, case: { status: 'PENDING_CRIMINAL' },
      judgment: { number: '演示刑终〔2026〕1号', outcome: 'CONVICTED', instance: 'SECOND', judgedOn: effectiveOn, effectiveOn },
    });
    await world.do('closeReferral', regulator, id);
    const acts = (await whole(prosecutor, id))?.timeline.slice(5) ?? [];
    expect(acts.map((e) => [e['act'], (e['actor'] as { code: string }).code, (e['holder'] as { code: string }).code, e['note']])).toEqual([
      ['SEND_FOR_PROSECUTION', police, procuratorate, '演示诉字〔2026〕1号'],
      ['RETURN_FOR_INVESTIGATION', procuratorate, police, '查清资金去向'],
      ['SEND_FOR_PROSECUTION', police, procuratorate, '演示补诉字〔2026〕1号'],
      ['INDICT', procuratorate, court, '演示检刑诉〔2026〕1号'],
      ['RECORD_JUDGMENT', procuratorate, court, '演示刑初〔2026〕1号'],
      ['RECORD_EFFECTIVE_JUDGMENT', court, filing, '演示刑终〔2026〕1号'],
      ['CLOSE_REFERRAL', filing, filing, null],
    ]);
    expect((await world.acted(id)).map((e) => [e.position, e.statusAfter, e.holderAfter]).slice(5)).toEqual([
      [6, 'SENT_FOR_PROSECUTION', procuratorate], [7, 'FILED', police], [8, 'SENT_FOR_PROSECUTION', procuratorate], [9, 'INDICTED', court], [10, 'JUDGED', court],
      [11, 'JUDGED_EFFECTIVE', filing], [12, 'CLOSED', filing],
    ]);
  });

  it('shows what police, procuratorate and court wrote to these, and what is owed to it to the agency that filed', async () => {
    const { id } = await world.referralIn('JUDGED_EFFECTIVE');
    const notes = async (who: Parameters<ReferralWorld['send']>[0], of = id): Promise<unknown> => (await whole(who, of))?.timeline.slice(5).map((e) => e['note']);
    const shown = { judgment: { outcome: 'CONVICTED' }, indictmentNo: expect.any(String) };
    for (const who of [investigator, prosecutor, clerk, officer('PSB-210000'), officer('PPO-210000')]) {
      expect(await whole(who, id)).toMatchObject(shown);
      expect(await notes(who)).toEqual([expect.any(String), expect.any(String), expect.any(String), expect.any(String)]);
    }
    expect(await whole(regulator, id)).toMatchObject({ judgment: { outcome: 'CONVICTED' }, indictmentNo: null });
    expect(await notes(regulator)).toEqual([null, null, null, '演示刑初〔2026〕1号']);
    const judged = await world.referralIn('JUDGED');
    expect(await whole(regulator, judged.id)).toMatchObject({ status: 'JUDGED', judgment: null });
    expect(await notes(regulator, judged.id)).toEqual([null, null, null]);
    const above = await whole(officer('DRA-210000'), id);
    expect(above).toMatchObject({ status: 'JUDGED_EFFECTIVE', judgment: null, indictmentNo: null });
    expect(above?.timeline.slice(5).map((e) => e['note'])).toEqual([null, null, null, null]);
    const withdrawn = await world.referralIn('CASE_WITHDRAWN');
    expect(await whole(regulator, withdrawn.id)).toMatchObject({ withdrawalReasons: '没有犯罪事实' });
    expect(await whole(officer('DRA-210000'), withdrawn.id)).toMatchObject({ status: 'CASE_WITHDRAWN', withdrawalReasons: null });
  });

  it('passes the part of the procuratorate on when another one prosecutes', async () => {
    const { id, caseId } = await world.referralIn('FILED');
    await world.do('sendForProsecution', investigator, id, { opinionNo: '1号', procuratorateAgency: otherProcuratorate });
    expect((await world.case(caseId)).parts).toEqual([otherProcuratorate, police]);
    expect(await whole(officer(otherProcuratorate), id)).toMatchObject({ holder: { code: otherProcuratorate } });
    await world.do('decideNotToProsecute', officer(otherProcuratorate), id, { kind: 'STATUTORY', reasons: '没有犯罪事实', decidedOn: world.today() });
    // Who gave it away goes on reading it as it stood then.
    expect(await whole(prosecutor, id)).toMatchObject({ status: 'SENT_FOR_PROSECUTION', nonProsecution: null });
    expect((await world.acted(id)).map((e) => e.readers.includes(procuratorate)).slice(4)).toEqual([true, true, false]);
  });
});

describe('the administrative case goes on', () => {
  it.each([['CASE_WITHDRAWN', {}], ['NOT_PROSECUTED', { nonProsecution: { kind: 'DISCRETIONARY', reasons: '犯罪情节轻微' } }]] as const)('after %s', async (status, shown) => {
    const { id, caseId } = await world.referralIn(status);
    expect(await whole(regulator, id)).toMatchObject({ ...shown, status, holder: { code: filing }, case: { status: 'INVESTIGATING' } });
    expect(await world.case(caseId)).toMatchObject({ status: 'INVESTIGATING', statusBeforeCriminal: null });
  });

  it.each(['EXEMPT', 'ACQUITTED'])('after a judgment that says %s', async (outcome) => {
    const { id, caseId } = await world.referralIn('JUDGED');
    await world.do('recordEffectiveJudgment', clerk, id, { ...world.judgmentInput(), outcome, effectiveOn: world.today() });
    expect(await world.case(caseId)).toMatchObject({ status: 'INVESTIGATING', statusBeforeCriminal: null });
  });

  it('after a refusal of the police that nobody fought, and not before', async () => {
    const { id, caseId } = await world.referralIn('NOT_FILED');
    const { errors } = await world.try('closeReferral', regulator, id);
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'REMEDY_STILL_OPEN', state: 'NOT_FILED', basis: { article: '9' } });
    clock.advance(4 * DAY);
    await world.do('closeReferral', regulator, id);
    expect(await world.case(caseId)).toMatchObject({ status: 'INVESTIGATING' });
  });
});

it('measures the notice of a withdrawal from the day on which it was decided', async () => {
  const met = async (daysLate: number): Promise<unknown> => {
    clock.set(testNow);
    const { id } = await world.referralIn('FILED');
    const decidedOn = world.today();
    clock.advance(daysLate * DAY);
    await world.do('withdrawCriminalCase', investigator, id, { reasons: '没有犯罪事实', decidedOn });
    return (await whole(regulator, id))?.timeline.at(-1)?.['met'];
  };
  expect([await met(0), await met(3), await met(4)]).toEqual([true, true, false]);
});

it('keeps the receipt owed when the police refuse to sign, and tells the procuratorate', async () => {
  const { id } = await world.referralIn('TRANSFERRED');
  const { dueAt } = await world.referral(id);
  clock.advance(2 * DAY);
  expect(statusOf(await world.do('recordReceiptRefusal', regulator, id, { reasons: '值班人员拒绝签收' }))).toEqual(['TRANSFERRED', 4, dueAt?.toISOString()]);
  expect(await whole(prosecutor, id)).toMatchObject({ overdue: true, holder: { code: police } });
  expect((await world.acted(id)).at(-1)).toMatchObject({ act: 'RECORD_RECEIPT_REFUSAL', readers: [procuratorate, police].sort() });
  await world.do('signReferralReceipt', investigator, id);
  expect((await whole(regulator, id))?.timeline.map((e) => e['met'])).toEqual([null, true, true, null, false]);
});
