import { randomUUID } from 'node:crypto';
import { FixedClock, type Principal } from '@casebridge/kernel';
import { type Answer, officer } from '@casebridge/testkit';
import { PenaltyDecisionEntity } from '../penalty-decision/penalty-decision.entity';
import { sendAct } from '../testing/acts';
import { wholeReferral } from '../testing/referral-operations';
import {
  chief, filing, head, investigator, otherPolice, otherProcuratorate, police, procuratorate, prosecutor, ReferralWorld, regulator,
} from '../testing/referral-world';
import { dataOf, decisionRow, testNow } from '../testing/world';
import type { ReferralActName } from './referral.machine';

const DAY = 86_400_000;
const clock = new FixedClock(testNow);
let world: ReferralWorld;
beforeAll(async () => {
  world = await ReferralWorld.start(clock);
});
afterAll(() => world.stop());
beforeEach(() => clock.set(testNow));

interface Track { kind: string; state: string; holder: { code: string } | null; dueAt: string | null; overdue: boolean; openedPosition: number }
type Whole = Record<string, unknown> & { status: string; dueAt: string | null; reviewExtension: string | null; deadline: { rule: string } | null; tracks: Track[]; timeline: Record<string, unknown>[] };
const whole = async (who: Principal, id: string): Promise<Whole | null> => dataOf(await world.send<{ referral: Whole | null }>(who, wholeReferral, { id })).referral;
const seen = async (who: Principal, id: string): Promise<Whole> => {
  const found = await whole(who, id);
  if (!found) throw new Error('not seen');
  return found;
};
const said = { reasons: '演示理由' };
const act = (name: ReferralActName, who: Principal, id: string, more: Record<string, unknown> = {}) => world.do(name, who, id, { ...said, ...more });
const tracks = async (id: string, who: Principal = regulator): Promise<unknown[]> => (await seen(who, id)).tracks.map((t) => [t.kind, t.state, t.holder?.code ?? null]);
const lastMet = async (id: string): Promise<unknown> => (await seen(regulator, id)).timeline.at(-1)?.['met'];
const codeOf = (answer: Answer<unknown>): unknown => answer.errors?.[0]?.extensions['code'] ?? null;

describe('against a refusal to file', () => {
  it('the police reverse it on reconsideration, and file', async () => {
    const { id, caseId } = await world.referralIn('NOT_FILED');
    clock.advance(DAY);
    await act('requestReconsideration', regulator, id);
    expect(await lastMet(id)).toBe(true);
    const asked = await seen(police2, id);
    expect(asked).toMatchObject({ status: 'NOT_FILED', holder: { code: filing }, dueAt: null, tracks: [{ kind: 'RECONSIDERATION', state: 'REQUESTED', holder: { code: police }, overdue: false }] });
    clock.advance(5 * DAY);
    expect((await seen(prosecutor, id)).tracks).toMatchObject([{ overdue: true }]);
    await act('decideReconsideration', investigator, id, { outcome: 'REVERSED', documentNo: '演示复字〔2026〕1号' });
    expect(await lastMet(id)).toBe(false);
    expect(codeOf(await world.try('closeReferral', regulator, id))).toBe('TRACK_STILL_OPEN');
    await world.do('fileCriminalCase', investigator, id, world.filingInput());
    const filed = await seen(regulator, id);
    expect(filed).toMatchObject({ status: 'FILED', holder: { code: police }, tracks: [{ state: 'COMPLIED', holder: null }], case: { status: 'PENDING_CRIMINAL' } });
    expect(filed.timeline.at(-1)).toMatchObject({ met: null });
    expect((await world.case(caseId)).statusBeforeCriminal).toBe('INVESTIGATING');
    // What was reversed keeps nobody from closing the referral in the end.
    await act('withdrawCriminalCase', investigator, id, { decidedOn: world.today() });
    expect((await world.do('closeReferral', regulator, id)).status).toBe('CLOSED');
  });

  it('the procuratorate has it explained, orders the filing, and notes that it was not done', async () => {
    const { id } = await world.referralIn('NOT_FILED');
    await act('requestReconsideration', regulator, id);
    await act('decideReconsideration', investigator, id, { outcome: 'UPHELD' });
    expect(await tracks(id)).toEqual([['RECONSIDERATION', 'UPHELD', filing]]);
    clock.advance(DAY);
    await act('proposeFilingSupervision', regulator, id);
    expect(await lastMet(id)).toBe(true);
    expect(await tracks(id)).toEqual([['RECONSIDERATION', 'UPHELD', filing], ['SUPERVISION', 'PROPOSED', procuratorate]]);
    await act('requestNonFilingExplanation', prosecutor, id, { documentNo: '演示检立监〔2026〕1号' });
    await act('explainNonFiling', investigator, id);
    expect(await lastMet(id)).toBe(true);
    expect(codeOf(await world.try('orderFiling', prosecutor, id, said))).toBe('FORBIDDEN'); // the chief decides
    await act('orderFiling', chief, id);
    expect(codeOf(await world.try('issueCorrectionNotice', prosecutor, id, said))).toBe('STILL_IN_TIME');
    clock.advance(20 * DAY);
    await act('issueCorrectionNotice', prosecutor, id);
    expect((await seen(investigator, id)).tracks.at(-1)).toMatchObject({ state: 'CORRECTION_NOTICE_ISSUED', holder: { code: police }, overdue: true });
    await world.do('fileCriminalCase', investigator, id, world.filingInput());
    expect(await seen(regulator, id)).toMatchObject({ status: 'FILED', tracks: [{ state: 'UPHELD' }, { state: 'COMPLIED', holder: null }] });
    expect(await lastMet(id)).toBe(false);
    expect((await world.acted(id)).slice(-7).map((e) => [e.act, e.statusAfter, e.holderAfter, e.readers])).toEqual(
      (['DECIDE_RECONSIDERATION', 'PROPOSE_FILING_SUPERVISION', 'REQUEST_NON_FILING_EXPLANATION', 'EXPLAIN_NON_FILING', 'ORDER_FILING', 'ISSUE_CORRECTION_NOTICE', 'FILE_CRIMINAL_CASE'])
        .map((name) => [name, name === 'FILE_CRIMINAL_CASE' ? 'FILED' : 'NOT_FILED', name === 'FILE_CRIMINAL_CASE' ? police : filing, [procuratorate, police].sort()]),
    );
  });

  it('may come to nothing: the reasons stand, the referral is closed, the administrative case goes on', async () => {
    const { id, caseId } = await world.referralIn('NOT_FILED');
    await act('proposeFilingSupervision', regulator, id);
    expect(await lastMet(id)).toBe(true);
    expect(codeOf(await world.try('closeReferral', regulator, id))).toBe('TRACK_STILL_OPEN');
    await act('requestNonFilingExplanation', prosecutor, id);
    await act('explainNonFiling', investigator, id);
    await act('acceptNonFilingReasons', prosecutor, id);
    await world.do('closeReferral', regulator, id);
    expect(await world.case(caseId)).toMatchObject({ status: 'INVESTIGATING', statusBeforeCriminal: null });
  });

  it('the procuratorate begins of its own accord, which leaves the agency its own time', async () => {
    const { id } = await world.referralIn('NOT_FILED');
    const { dueAt } = await world.referral(id);
    await act('requestNonFilingExplanation', prosecutor, id);
    expect((await world.referral(id)).dueAt).toEqual(dueAt);
    clock.advance(10 * DAY);
    await act('orderFiling', chief, id); // the police said nothing in seven days, the last of which was a Sunday
    expect(await tracks(id)).toEqual([['SUPERVISION', 'FILING_ORDERED', police]]);
    clock.advance(14 * DAY);
    await world.do('fileCriminalCase', investigator, id, world.filingInput());
    expect(await lastMet(id)).toBe(true);
  });

  it('late is late, and is taken all the same: that its days are calendar days is an inference', async () => {
    const { id } = await world.referralIn('NOT_FILED');
    clock.advance(6 * DAY);
    await act('requestReconsideration', regulator, id);
    expect(await lastMet(id)).toBe(false);
  });
});

describe('a review that takes too long', () => {
  it('is supervised once it is over its time, and ends supervision by filing', async () => {
    const { id } = await world.referralIn('UNDER_FILING_REVIEW');
    const { dueAt } = await world.referral(id);
    expect(codeOf(await world.try('requestNonFilingExplanation', prosecutor, id, said))).toBe('STILL_IN_TIME');
    clock.advance(5 * DAY);
    await act('proposeFilingSupervision', regulator, id);
    expect((await world.referral(id)).dueAt).toEqual(dueAt); // the decision is owed as before
    await world.do('fileCriminalCase', investigator, id, world.filingInput());
    expect(await lastMet(id)).toBe(false);
    expect(await tracks(id)).toEqual([['SUPERVISION', 'COMPLIED', null]]);
  });

  it.each([
    ['forwardReferral', { policeAgency: otherPolice, procuratorateAgency: otherProcuratorate, ...said }], ['returnReferral', said],
  ] as const)('is no more when the police %s, and whoever leaves reads the track as it stood', async (name, input) => {
    const { id } = await world.referralIn('UNDER_FILING_REVIEW');
    clock.advance(5 * DAY);
    await act('proposeFilingSupervision', regulator, id);
    await world.do(name, investigator, id, input);
    expect(await tracks(id)).toEqual([['SUPERVISION', 'OVERTAKEN', null]]);
    if (name === 'returnReferral') return;
    await world.do('signReferralReceipt', officer(otherPolice), id);
    clock.advance(5 * DAY);
    await act('proposeFilingSupervision', regulator, id);
    expect(await tracks(id)).toEqual([['SUPERVISION', 'PROPOSED', otherProcuratorate]]);
    expect(await tracks(id, investigator)).toEqual([['SUPERVISION', 'OVERTAKEN', null]]);
  });

  it('is extended by somebody who is named, each time by more, and shown as not verified', async () => {
    const { id } = await world.referralIn('UNDER_FILING_REVIEW');
    const extend = (extension: string) => world.try('extendFilingReview', investigator, id, { extension, approver: '演示负责人', reasons: '案情复杂' });
    const extended = async (extension: string): Promise<number> => {
      expect(codeOf(await extend(extension))).toBeNull();
      world.pass(60_000);
      const { dueAt, reviewExtension, deadline } = await seen(regulator, id);
      expect([reviewExtension, deadline?.rule]).toEqual([extension, expect.stringMatching(/^filingDecision./)]);
      return Date.parse(dueAt ?? '');
    };
    const first = await extended('COMPLEX');
    expect(codeOf(await extend('COMPLEX'))).toBe('BAD_USER_INPUT');
    const second = await extended('MAJOR');
    const third = await extended('MAJOR_AND_APPROVED');
    expect(first < second && second < third).toBe(true);
    await world.do('requestReferralSupplement', investigator, id, { gaps: ['缺少检验报告'] });
    await world.do('supplementReferral', regulator, id, { explanation: '无法补充' });
    expect((await seen(regulator, id)).deadline).toMatchObject({ rule: 'filingDecisionMajorApproved' });
  });
});

describe('an order of the procuratorate on a review that took too long', () => {
  it('is escaped neither by a refusal nor by sending the referral elsewhere', async () => {
    const { id } = await world.referralIn('UNDER_FILING_REVIEW');
    clock.advance(5 * DAY);
    await act('requestNonFilingExplanation', prosecutor, id);
    await act('explainNonFiling', investigator, id);
    await act('orderFiling', chief, id);
    const elsewhere = { policeAgency: otherPolice, procuratorateAgency: otherProcuratorate, ...said };
    for (const [name, input] of [['refuseCriminalCase', { ...said, decidedOn: world.today() }], ['forwardReferral', elsewhere], ['returnReferral', said]] as const) {
      expect([name, codeOf(await world.try(name, investigator, id, input))]).toEqual([name, 'TRACK_STILL_OPEN']);
    }
    await world.do('fileCriminalCase', investigator, id, world.filingInput());
  });

  it('is not put off by an extension whose text nobody has read', async () => {
    const { id } = await world.referralIn('UNDER_FILING_REVIEW');
    clock.advance(5 * DAY);
    await world.do('extendFilingReview', investigator, id, { extension: 'MAJOR', approver: '演示负责人', reasons: '案情复杂' });
    await act('proposeFilingSupervision', regulator, id);
    expect(await tracks(id)).toEqual([['SUPERVISION', 'PROPOSED', procuratorate]]);
  });

  it('may follow a refusal after the reasons for the delay were accepted', async () => {
    const { id } = await world.referralIn('UNDER_FILING_REVIEW');
    clock.advance(5 * DAY);
    await act('requestNonFilingExplanation', prosecutor, id);
    await act('explainNonFiling', investigator, id);
    await act('acceptNonFilingReasons', prosecutor, id);
    await world.do('refuseCriminalCase', investigator, id, { ...said, decidedOn: world.today() });
    await act('proposeFilingSupervision', regulator, id);
    expect(await tracks(id)).toEqual([['SUPERVISION', 'PROPOSED', procuratorate]]);
  });
});

describe('the procuratorate calls for the file', () => {
  const call = (who: Principal, caseNo: string) => sendAct(world, who, 'callForFile', { caseNo, input: said, idempotencyKey: randomUUID() });

  it('of a case whose referral was refused, has it referred, and sees it to the police', async () => {
    const { id, caseId } = await world.referralIn('NOT_APPROVED');
    const { caseNo } = await world.case(caseId);
    expect(await whole(prosecutor, id)).toBeNull();
    expect(codeOf(await world.try('orderReferral', chief, caseId, order))).toBe('NOT_FOUND');
    expect(codeOf(await call(prosecutor, caseNo))).toBeNull();
    expect(await seen(prosecutor, id)).toMatchObject({ status: 'NOT_APPROVED', facts: expect.any(String) });
    world.pass(60_000);
    const { version } = await world.referral(id);
    expect(await world.do('orderReferral', chief, caseId, order)).toMatchObject({ id, status: 'APPROVED', version: version + 1 });
    expect(await seen(regulator, id)).toMatchObject({ orderNo: order.orderNo, holder: { code: filing }, deadline: { rule: 'orderedTransfer' } });
    await world.do('transferReferral', regulator, id, await world.transferInput());
    expect(await seen(investigator, id)).toMatchObject({ status: 'TRANSFERRED', holder: { code: police } });
  });

  it('of a case that was decided and never reported, and orders the first referral of it', async () => {
    const { caseId } = await world.givenCase();
    const { caseNo } = await world.case(caseId);
    // Nothing that a procuratorate may know of, so that it cannot tell whether there is such a case.
    expect([await call(prosecutor, caseNo), await call(prosecutor, '演示无此案〔2026〕0号')].map((a) => JSON.stringify(a.errors?.map((e) => e.extensions)))).toEqual(
      [JSON.stringify([{ code: 'NOT_FOUND', kind: 'NOT_FOUND' }]), JSON.stringify([{ code: 'NOT_FOUND', kind: 'NOT_FOUND' }])],
    );
    await world.db.getRepository(PenaltyDecisionEntity).insert({ ...decisionRow(await world.case(caseId), clock.now(), { servedOn: '2026-11-03' }) });
    expect(codeOf(await call(officer(otherProcuratorate), caseNo))).toBe('NOT_FOUND'); // of another place
    expect(codeOf(await call(prosecutor, caseNo))).toBeNull();
    world.pass(60_000);
    const made = await world.do('orderReferral', chief, caseId, order);
    expect(await seen(regulator, made.id)).toMatchObject({ status: 'APPROVED', facts: order.opinion, charge: 'FAKE_DRUGS', taskForce: [], orderNo: order.orderNo });
  });

  it('as does the supervision of the place, by the number', async () => {
    const { caseId } = await world.givenCase();
    const { caseNo } = await world.case(caseId);
    expect(codeOf(await call(officer('SUP-210100', 2, { roles: ['auditor'] }), caseNo))).toBe('FORBIDDEN');
    expect(codeOf(await call(officer('SUP-210100'), caseNo))).toBeNull();
    expect((await world.case(caseId)).parts).toEqual(['SUP-210100']);
    expect(codeOf(await world.try('orderReferral', officer('SUP-210100', 1), caseId, order))).toBe('FORBIDDEN');
  });

  it('and finds nothing of a case that is sealed', async () => {
    const { caseId } = await world.referralIn('NOT_APPROVED');
    const { caseNo } = await world.case(caseId);
    await world.change(caseId, { sealedUntil: '2027-01-01', sealOfficers: [head.officerId] });
    expect([codeOf(await call(prosecutor, caseNo)), codeOf(await call(officer('SUP-210100'), caseNo))]).toEqual(['NOT_FOUND', 'NOT_FOUND']);
  });

  const order = { orderNo: '演示检意〔2026〕1号', charge: 'FAKE_DRUGS', opinion: '演示：已涉嫌犯罪，应当移送。' };
});

describe('back to the regulator', () => {
  it.each([
    ['CASE_WITHDRAWN', investigator], ['NOT_PROSECUTED', prosecutor],
  ] as const)('from %s, and closed only once the outcome is told', async (status, who) => {
    const { id } = await world.referralIn(status);
    await act('sendReverseTransfer', who, id, { documentNo: '演示检意〔2026〕2号' });
    expect(await tracks(id)).toEqual([['REVERSE_TRANSFER', 'SENT', filing]]);
    expect((await seen(regulator, id)).timeline.at(-1)).toMatchObject({ note: said.reasons });
    expect((await seen(officer('DRA-210000'), id)).timeline.at(-1)).toMatchObject({ note: null });
    await act('acceptReverseTransfer', regulator, id);
    expect(codeOf(await world.try('closeReferral', regulator, id))).toBe('TRACK_STILL_OPEN');
    clock.advance(30 * DAY);
    await act('returnAdministrativeOutcome', regulator, id);
    expect(await lastMet(id)).toBe(true);
    expect(await tracks(id, who)).toEqual([['REVERSE_TRANSFER', 'OUTCOME_RETURNED', null]]);
    await world.do('closeReferral', regulator, id);
  });
});

it('ends what was sent back when the police file on an order, and has the case wait again; what is sent back then is another one', async () => {
  const { id, caseId } = await world.referralIn('NOT_FILED');
  await act('sendReverseTransfer', investigator, id);
  clock.advance(5 * DAY);
  await act('acceptReverseTransfer', regulator, id);
  expect(await world.case(caseId)).toMatchObject({ status: 'INVESTIGATING' });
  await act('requestNonFilingExplanation', prosecutor, id);
  await act('explainNonFiling', investigator, id);
  await act('orderFiling', chief, id);
  await world.do('fileCriminalCase', investigator, id, world.filingInput());
  expect(await tracks(id)).toEqual(expect.arrayContaining([['SUPERVISION', 'COMPLIED', null], ['REVERSE_TRANSFER', 'OVERTAKEN', null]]));
  expect(await world.case(caseId)).toMatchObject({ status: 'PENDING_CRIMINAL', statusBeforeCriminal: 'INVESTIGATING' });
  await world.do('withdrawCriminalCase', investigator, id, { ...said, decidedOn: world.today() });
  expect(await world.case(caseId)).toMatchObject({ status: 'INVESTIGATING' });
  for (const round of [1, 2]) {
    await act('sendReverseTransfer', investigator, id);
    expect([round, codeOf(await world.try('sendReverseTransfer', investigator, id, said))]).toEqual([round, 'ILLEGAL_TRANSITION']);
    await act('acceptReverseTransfer', regulator, id);
    expect([round, codeOf(await world.try('sendReverseTransfer', investigator, id, said))]).toEqual([round, 'ILLEGAL_TRANSITION']);
    await act('returnAdministrativeOutcome', regulator, id);
  }
  const opened = (await world.timeline(id)).filter((e) => e.act === 'SEND_REVERSE_TRANSFER').map((e) => [e.position, e.tracks[0]?.openedPosition]);
  expect(opened.map(([position, first]) => position === first)).toEqual([true, true, true]);
  await world.do('closeReferral', regulator, id);
});

it('shows the parties the number of a document and who approved, where they may read the words', async () => {
  const { id } = await world.referralIn('UNDER_FILING_REVIEW');
  await world.do('extendFilingReview', investigator, id, { extension: 'COMPLEX', approver: '演示负责人', ...said });
  clock.advance(5 * DAY);
  await act('requestNonFilingExplanation', prosecutor, id, { documentNo: '演示检立监〔2026〕1号' });
  await world.do('fileCriminalCase', investigator, id, world.filingInput());
  await world.do('withdrawCriminalCase', investigator, id, { ...said, decidedOn: world.today() });
  await act('sendReverseTransfer', investigator, id, { documentNo: '演示检意〔2026〕2号' });
  const shown = async (who: Principal) => (await seen(who, id)).timeline.filter((e) => e['documentNo'] !== null || e['approver'] !== null).map((e) => [e['act'], e['documentNo'], e['approver']]);
  const common = [['EXTEND_FILING_REVIEW', null, '演示负责人'], ['REQUEST_NON_FILING_EXPLANATION', '演示检立监〔2026〕1号', null]];
  for (const who of [regulator, investigator, prosecutor]) expect(await shown(who)).toEqual([...common, ['SEND_REVERSE_TRANSFER', '演示检意〔2026〕2号', null]]);
  expect(await shown(officer('DRA-210000'))).toEqual(common); // what is owed to the agency is not its superior's
});

it('lets the administrative case go on with what came back after a refusal that nobody can fight any more', async () => {
  const { id, caseId } = await world.referralIn('NOT_FILED');
  await act('sendReverseTransfer', investigator, id);
  clock.advance(5 * DAY);
  await act('acceptReverseTransfer', regulator, id);
  expect(await world.case(caseId)).toMatchObject({ status: 'INVESTIGATING', statusBeforeCriminal: null });
  await act('returnAdministrativeOutcome', regulator, id);
  await world.do('closeReferral', regulator, id);
});

it('shows the tracks to whom the referral is open, and nothing to others', async () => {
  const { id } = await world.referralIn('NOT_FILED');
  await act('requestReconsideration', regulator, id);
  for (const who of [regulator, investigator, prosecutor, officer('DRA-210000'), officer('PSB-210000')]) expect(await tracks(id, who)).toEqual([['RECONSIDERATION', 'REQUESTED', police]]);
  for (const code of ['MRA-210200', otherPolice, 'HC-210100', 'SUP-210100']) expect(await whole(officer(code), id)).toBeNull();
});

const police2 = officer(police, 3);
