import { randomUUID } from 'node:crypto';
import { demoAgencies, type ReferralStatus } from '@casebridge/contracts';
import { type AgencyReader, FixedClock, type Principal, uuidv7 } from '@casebridge/kernel';
import { type Answer, officer } from '@casebridge/testkit';
import {
  chief, court, filing, head, type Input, investigator, otherPolice, otherProcuratorate, police, procuratorate, prosecutor, ReferralWorld, regulator, report,
} from '../testing/referral-world';
import { actsOnCase } from '../testing/referral-operations';
import { testNow } from '../testing/world';
import type { ReferralActName } from './referral.machine';

const O310 = '行政执法机关移送涉嫌犯罪案件的规定';
const MPS = '公安机关办理刑事案件程序规定';
const CPL = '中华人民共和国刑事诉讼法';
const HOUSE = '药案通平台规则（非法律规定）';
const SPPR = '人民检察院刑事诉讼规则';
const M41 = '药品行政执法与刑事司法衔接工作办法';
const DAL = '中华人民共和国药品管理法';

const clock = new FixedClock(testNow);
let world: ReferralWorld;
beforeAll(async () => {
  world = await ReferralWorld.start(clock);
});
afterAll(() => world.stop());

const refusalOf = (answer: Answer<unknown>): unknown => answer.errors?.map((e) => e.extensions);
/** Some of a part; what the referral has is not asked before its state. */
const someGoods = [{ part: '01990000-0000-7000-8000-000000000001', quantity: 1 }];
/** What each act is sent with when nothing is wrong with its input. */
const goodInput: Readonly<Record<ReferralActName, () => Input | Promise<Input>>> = {
  submitReferralReport: () => report({ facts: '演示：新的事实。' }),
  approveReferral: () => ({}),
  refuseReferral: () => ({ reasons: '证据不足' }),
  transferReferral: () => world.transferInput(),
  signReferralReceipt: () => ({}),
  requestReferralSupplement: () => ({ gaps: ['缺少检验报告'] }),
  supplementReferral: () => ({ explanation: '无法补充' }),
  forwardReferral: () => ({ policeAgency: otherPolice, procuratorateAgency: otherProcuratorate, reasons: '犯罪地在二市' }),
  returnReferral: () => ({ reasons: '不属于公安机关管辖' }),
  fileCriminalCase: () => world.filingInput(),
  refuseCriminalCase: () => ({ reasons: '没有犯罪事实', decidedOn: world.today() }),
  recordReceiptRefusal: () => ({ reasons: '值班人员拒绝签收' }),
  withdrawCriminalCase: () => ({ reasons: '没有犯罪事实', decidedOn: world.today() }),
  sendForProsecution: () => ({ opinionNo: '演示诉字〔2026〕1号' }),
  returnForInvestigation: () => ({ reasons: '查清资金去向' }),
  indict: () => ({ indictmentNo: '演示检刑诉〔2026〕1号', court }),
  decideNotToProsecute: () => ({ kind: 'STATUTORY', reasons: '没有犯罪事实', decidedOn: world.today() }),
  recordJudgment: () => world.judgmentInput(),
  recordEffectiveJudgment: () => ({ ...world.judgmentInput(), effectiveOn: world.today() }),
  closeReferral: () => ({}),
  orderReferral: () => ({ orderNo: '演示检意〔2026〕1号', charge: 'FAKE_DRUGS', opinion: '演示：已涉嫌犯罪。' }),
  extendFilingReview: () => ({ extension: 'COMPLEX', approver: '演示负责人', reasons: '案情较复杂' }),
  requestReconsideration: () => ({ reasons: '应当立案' }),
  decideReconsideration: () => ({ outcome: 'UPHELD', reasons: '没有犯罪事实' }),
  proposeFilingSupervision: () => ({ reasons: '应当立案' }),
  requestNonFilingExplanation: () => ({ reasons: '请说明理由' }),
  explainNonFiling: () => ({ reasons: '没有犯罪事实' }),
  acceptNonFilingReasons: () => ({ reasons: '理由成立' }),
  orderFiling: () => ({ reasons: '应当立案' }),
  issueCorrectionNotice: () => ({ reasons: '逾期未立案' }),
  sendReverseTransfer: () => ({ reasons: '应当给予行政处罚' }),
  acceptReverseTransfer: () => ({ reasons: '已接收' }),
  returnAdministrativeOutcome: () => ({ reasons: '已作出处罚' }),
  recordGoods: () => ({ lots: [{ name: '演示胶囊', features: '铝塑板', unit: '盒', quantity: 10, place: '演示仓库' }] }),
  keepGoods: () => ({ goods: someGoods, place: '演示二号仓库' }),
  keepGoodsInPlace: () => ({ goods: someGoods, reasons: '大型设备' }),
  preserveGoods: () => ({ goods: someGoods, reasons: '已抽样' }),
  handOverGoods: () => ({ goods: someGoods, noticeNo: '演示移告〔2026〕1号', receivedBy: '演示民警' }),
  giveBackGoods: () => ({ goods: someGoods, reasons: '案件撤销' }),
  returnGoods: () => ({ goods: someGoods, reasons: '应当返还' }),
  disposeOfGoods: () => ({ goods: someGoods, reasons: '销毁', costOwner: 'FILING_AGENCY' }),
};
const acts = Object.keys(goodInput) as ReferralActName[];
/** Judgments by the procuratorate, which has a part in the case before the court has. */
const actor: Readonly<Record<ReferralActName, AgencyReader>> = {
  submitReferralReport: regulator, approveReferral: head, refuseReferral: head, transferReferral: regulator, signReferralReceipt: investigator,
  requestReferralSupplement: investigator, supplementReferral: regulator, forwardReferral: investigator, returnReferral: investigator,
  fileCriminalCase: investigator, refuseCriminalCase: investigator, recordReceiptRefusal: regulator, withdrawCriminalCase: investigator,
  sendForProsecution: investigator, returnForInvestigation: prosecutor, indict: prosecutor, decideNotToProsecute: prosecutor, recordJudgment: prosecutor,
  recordEffectiveJudgment: prosecutor, closeReferral: regulator,
  orderReferral: chief, extendFilingReview: investigator, requestReconsideration: regulator, decideReconsideration: investigator, proposeFilingSupervision: regulator,
  requestNonFilingExplanation: prosecutor, explainNonFiling: investigator, acceptNonFilingReasons: prosecutor, orderFiling: chief, issueCorrectionNotice: prosecutor,
  sendReverseTransfer: investigator, acceptReverseTransfer: regulator, returnAdministrativeOutcome: regulator,
  recordGoods: regulator, keepGoods: regulator, keepGoodsInPlace: regulator, preserveGoods: regulator, handOverGoods: regulator, giveBackGoods: investigator, returnGoods: regulator, disposeOfGoods: regulator,
};
const basis: Readonly<Record<ReferralActName, { instrument: string; article: string }>> = {
  submitReferralReport: { instrument: O310, article: '5(1)' }, approveReferral: { instrument: O310, article: '5(2)' },
  refuseReferral: { instrument: O310, article: '5(2)' }, transferReferral: { instrument: O310, article: '5(2), 6' },
  signReferralReceipt: { instrument: O310, article: '7' }, requestReferralSupplement: { instrument: MPS, article: '180(2)' },
  supplementReferral: { instrument: MPS, article: '180(2)' }, forwardReferral: { instrument: O310, article: '7' },
  returnReferral: { instrument: MPS, article: '180(3)' }, fileCriminalCase: { instrument: O310, article: '8' },
  refuseCriminalCase: { instrument: O310, article: '8' }, recordReceiptRefusal: { instrument: O310, article: '7' },
  withdrawCriminalCase: { instrument: MPS, article: '187, 189' }, sendForProsecution: { instrument: CPL, article: '162' },
  returnForInvestigation: { instrument: CPL, article: '175' }, indict: { instrument: CPL, article: '176' }, decideNotToProsecute: { instrument: CPL, article: '177' },
  recordJudgment: { instrument: CPL, article: '200' }, recordEffectiveJudgment: { instrument: CPL, article: '259' }, closeReferral: { instrument: HOUSE, article: '办结' },
  orderReferral: { instrument: SPPR, article: '557(3)' }, extendFilingReview: { instrument: M41, article: '条次待核' }, requestReconsideration: { instrument: O310, article: '9(1)' },
  decideReconsideration: { instrument: O310, article: '9(2)' }, proposeFilingSupervision: { instrument: O310, article: '9' },
  requestNonFilingExplanation: { instrument: SPPR, article: '558-560' }, explainNonFiling: { instrument: MPS, article: '182(1)' },
  acceptNonFilingReasons: { instrument: SPPR, article: '561(2)' }, orderFiling: { instrument: SPPR, article: '561(1), 563' },
  issueCorrectionNotice: { instrument: SPPR, article: '564(2)' }, sendReverseTransfer: { instrument: DAL, article: '113(2)' },
  acceptReverseTransfer: { instrument: M41, article: '15' }, returnAdministrativeOutcome: { instrument: CPL, article: '177(3)' },
  recordGoods: { instrument: O310, article: '4' }, keepGoods: { instrument: HOUSE, article: '涉案物品保管' }, keepGoodsInPlace: { instrument: HOUSE, article: '涉案物品保管' },
  preserveGoods: { instrument: O310, article: '4' }, handOverGoods: { instrument: O310, article: '12' }, giveBackGoods: { instrument: HOUSE, article: '涉案物品返还' },
  returnGoods: { instrument: HOUSE, article: '涉案物品返还' }, disposeOfGoods: { instrument: O310, article: '4' },
};
/** By which supervision of the filing begins; refused for a clock that runs, which is tested with it. */
const supervision: readonly ReferralActName[] = ['proposeFilingSupervision', 'requestNonFilingExplanation'];
/** Goods are in somebody's care in every state; on the list they come while the referral is under way. */
const custody: readonly ReferralActName[] = ['keepGoods', 'keepGoodsInPlace', 'preserveGoods', 'disposeOfGoods'];
const goods: readonly ReferralActName[] = ['recordGoods', ...custody];
const goodsOver: readonly ReferralActName[] = [...goods, 'giveBackGoods', 'returnGoods'];
/** Acts of whoever has the goods, the police too. */
const ofCustodian: readonly ReferralActName[] = [...custody, 'returnGoods'];
const lawful: Partial<Record<ReferralStatus, readonly ReferralActName[]>> = {
  PENDING_APPROVAL: ['approveReferral', 'refuseReferral', ...goods],
  NOT_APPROVED: ['submitReferralReport', ...goods],
  APPROVED: ['transferReferral', ...goods],
  TRANSFERRED: ['signReferralReceipt', 'recordReceiptRefusal', ...goods],
  UNDER_FILING_REVIEW: ['requestReferralSupplement', 'forwardReferral', 'returnReferral', 'fileCriminalCase', 'refuseCriminalCase', 'extendFilingReview', ...supervision, ...goods],
  SUPPLEMENT_REQUIRED: ['supplementReferral', ...goods],
  // A returned case may be referred anew, by a referral of its own.
  RETURNED: ['submitReferralReport', 'orderReferral', 'closeReferral', ...custody, 'returnGoods'],
  FILED: ['withdrawCriminalCase', 'sendForProsecution', ...goods, 'handOverGoods'],
  NOT_FILED: ['closeReferral', 'requestReconsideration', 'fileCriminalCase', 'sendReverseTransfer', ...supervision, ...goodsOver],
  CASE_WITHDRAWN: ['closeReferral', 'sendReverseTransfer', ...goodsOver],
  SENT_FOR_PROSECUTION: ['returnForInvestigation', 'indict', 'decideNotToProsecute', ...goods, 'handOverGoods'],
  NOT_PROSECUTED: ['closeReferral', 'sendReverseTransfer', ...goodsOver],
  INDICTED: ['recordJudgment', ...goods, 'handOverGoods'],
  JUDGED: ['recordEffectiveJudgment', ...goods, 'handOverGoods'],
  JUDGED_EFFECTIVE: ['closeReferral', 'sendReverseTransfer', ...goodsOver],
  // As is a closed one.
  CLOSED: ['submitReferralReport', 'orderReferral', ...custody, 'returnGoods', 'giveBackGoods'],
};
const states = Object.keys(lawful) as ReferralStatus[];
const beforeTransfer: readonly ReferralStatus[] = ['PENDING_APPROVAL', 'NOT_APPROVED', 'APPROVED'];

describe.each(states)('a referral that is %s', (status) => {
  it('refuses every act that does not belong to the state, and stores nothing of it', async () => {
    const { id, caseId } = await world.referralIn(status);
    const inputs = new Map(await Promise.all(acts.map(async (act) => [act, await goodInput[act]()] as const)));
    const before = await world.everything();
    for (const act of acts.filter((a) => !lawful[status]?.includes(a))) {
      const answer = await world.try(act, actor[act], actsOnCase.has(act) ? caseId : id, inputs.get(act));
      // Before the transfer police and procuratorate see nothing; after a return they see the record and have no part in it.
      const policeAct = actor[act] === investigator;
      const byOthers = policeAct || actor[act] === prosecutor || actor[act] === chief;
      const expected =
        byOthers && beforeTransfer.includes(status) ? { code: 'NOT_FOUND', kind: 'NOT_FOUND' }
        : policeAct && status === 'RETURNED' ? { code: 'FORBIDDEN', kind: 'FORBIDDEN', state: status, basis: basis[act] }
        : { code: 'ILLEGAL_TRANSITION', kind: 'CONFLICT', state: status, basis: basis[act] };
      expect([act, refusalOf(answer)]).toEqual([act, [expected]]);
      expect(answer.data).toBeFalsy();
    }
    expect(await world.everything()).toEqual(before);
  });
});

/** One state per set of readers: before the transfer, during it, after a return. */
describe.each(['PENDING_APPROVAL', 'UNDER_FILING_REVIEW', 'RETURNED'] as const)('a referral that is %s', (status) => {
  it('refuses every act of another agency or role: FORBIDDEN where the record is visible, NOT_FOUND where it is not', async () => {
    const { id, caseId } = await world.referralIn(status);
    const inputs = new Map(await Promise.all(acts.map(async (act) => [act, await goodInput[act]()] as const)));
    const transferred = status !== 'PENDING_APPROVAL';
    const sees = new Set([filing, 'DRA-210000', ...(transferred ? [procuratorate, 'PPO-210000', police, 'PSB-210000'] : [])]);
    const before = await world.everything();
    await Promise.all(demoAgencies.map(async ({ code }) => {
      for (const act of acts) {
        if (code === actor[act].agency.code || (act === 'sendReverseTransfer' && code === procuratorate) || (ofCustodian.includes(act) && code === police && status === 'UNDER_FILING_REVIEW')) continue;
        const answer = await world.try(act, officer(code, 1), actsOnCase.has(act) ? caseId : id, inputs.get(act));
        // A case whose referral was returned may be referred anew: that report is an act on the case.
        const state = actsOnCase.has(act) && status === 'RETURNED' ? 'INVESTIGATING' : status;
        const expected = sees.has(code) ? { code: 'FORBIDDEN', kind: 'FORBIDDEN', state, basis: basis[act] } : { code: 'NOT_FOUND', kind: 'NOT_FOUND' };
        expect([code, act, refusalOf(answer)]).toEqual([code, act, [expected]]);
      }
    }));
    // Its own agency, in a role that does not act.
    for (const act of acts.filter((a) => actor[a].agency.code === filing)) {
      const reviewer = officer(filing, 5, { roles: ['reviewer'] });
      const answer = await world.try(act, reviewer, actsOnCase.has(act) ? caseId : id, inputs.get(act));
      expect([act, refusalOf(answer)]).toMatchObject([act, [{ code: 'FORBIDDEN', kind: 'FORBIDDEN', basis: basis[act] }]]);
      const auditor = officer(filing, 5, { roles: ['auditor', 'analyst'] });
      expect(refusalOf(await world.try(act, auditor, actsOnCase.has(act) ? caseId : id, inputs.get(act)))).toEqual([{ code: 'NOT_FOUND', kind: 'NOT_FOUND' }]);
    }
    expect(await world.everything()).toEqual(before);
  });
});

describe('the order of questions', () => {
  it('answers alike for a referral that is absent, and for one that is hidden', async () => {
    const { id } = await world.referralIn('PENDING_APPROVAL');
    const stranger = officer('MRA-210200', 1);
    const answers = await Promise.all([id, uuidv7(clock), randomUUID().toUpperCase(), 'no id'].map((some) => world.try('approveReferral', stranger, some)));
    expect(new Set(answers.map((a) => JSON.stringify(a))).size).toBe(1);
    expect(refusalOf(answers[0] as Answer<unknown>)).toEqual([{ code: 'NOT_FOUND', kind: 'NOT_FOUND' }]);
  });

  it('asks who acts before it asks for the version, for the version before the state, and for the state before the input', async () => {
    const { id } = await world.referralIn('APPROVED');
    const ask = async (who: Principal, input: Input) => refusalOf(await world.try('refuseReferral', who, id, input));
    expect(await ask(regulator, { reasons: ' ', expectedVersion: 1 })).toMatchObject([{ code: 'FORBIDDEN', state: 'APPROVED' }]);
    expect(await ask(head, { reasons: ' ', expectedVersion: 1 })).toMatchObject([{ code: 'CONFLICT', kind: 'CONFLICT', field: 'input.expectedVersion', state: 'APPROVED' }]);
    expect(await ask(head, { reasons: ' ', expectedVersion: 2 })).toMatchObject([{ code: 'ILLEGAL_TRANSITION', kind: 'CONFLICT', state: 'APPROVED' }]);
  });

  it('takes the version that the caller read where it is still the version', async () => {
    const { id } = await world.referralIn('PENDING_APPROVAL');
    expect(refusalOf(await world.try('approveReferral', head, id, { expectedVersion: 2 }))).toMatchObject([{ code: 'CONFLICT' }]);
    expect(await world.do('approveReferral', head, id, { expectedVersion: 1 })).toMatchObject({ version: 2 });
  });

  it('keeps a part that ended from acting on a later referral of the case, which it does not see', async () => {
    const { caseId } = await world.referralIn('RETURNED');
    const second = await world.do('submitReferralReport', regulator, caseId, report());
    expect(refusalOf(await world.try('signReferralReceipt', investigator, second.id))).toEqual([{ code: 'NOT_FOUND', kind: 'NOT_FOUND' }]);
  });
});

describe('an input that breaks a rule is refused by its field', () => {
  const stranger = uuidv7(testNow);
  const good = (change: (input: Input & { documents: { title: string; fileId: string; kind: string }[] }) => Input) => async (): Promise<Input> =>
    change((await world.transferInput()) as never);
  type Case = readonly [act: ReferralActName, status: ReferralStatus | 'none', field: string, input: Input | (() => Promise<Input>)];
  const cases: readonly Case[] = [
    ['submitReferralReport', 'none', 'input.taskForce', report({ taskForce: ['MRA-210100-2'] })],
    ['submitReferralReport', 'none', 'input.taskForce', report({ taskForce: ['MRA-210100-2', 'MRA-210100-2'] })],
    ['submitReferralReport', 'none', 'input.taskForce', report({ taskForce: ['Ａ', 'a'] })],
    ['submitReferralReport', 'none', 'input.taskForce', report({ taskForce: [] })],
    ['submitReferralReport', 'none', 'input.taskForce.1', report({ taskForce: ['MRA-210100-2', '\u200b '] })],
    ['submitReferralReport', 'none', 'input.taskForce.1', report({ taskForce: ['MRA-210100-2', 'MRA-210100-6'] })],
    ['submitReferralReport', 'none', 'input.taskForce.0', report({ taskForce: ['PSB-210100-2', 'MRA-210100-2'] })],
    ['submitReferralReport', 'none', 'input.facts', report({ facts: ' \n\t' })],
    ['submitReferralReport', 'none', 'input.facts', report({ facts: '演示\ud800' })],
    ['submitReferralReport', 'none', 'input.taskForce.1', report({ taskForce: ['MRA-210100-2', 'MRA-210100-3\0'] })],
    ['submitReferralReport', 'none', 'input.facts', report({ facts: '长'.repeat(20_001) })],
    ['approveReferral', 'PENDING_APPROVAL', 'input.opinion', { opinion: ' ' }],
    ['refuseReferral', 'PENDING_APPROVAL', 'input.reasons', { reasons: '' }],
    ['transferReferral', 'APPROVED', 'input.policeAgency', good((i) => ({ ...i, policeAgency: 'PPO-210100' }))],
    ['transferReferral', 'APPROVED', 'input.policeAgency', good((i) => ({ ...i, policeAgency: 'PSB-999999' }))],
    ['transferReferral', 'APPROVED', 'input.procuratorateAgency', good((i) => ({ ...i, procuratorateAgency: 'PSB-210100' }))],
    ['transferReferral', 'APPROVED', 'input.documents', good((i) => ({ ...i, documents: i.documents.slice(1) }))],
    ['transferReferral', 'APPROVED', 'input.documents', good((i) => ({ ...i, documents: [] }))],
    ['transferReferral', 'APPROVED', 'input.documents.0.title', good((i) => ({ ...i, documents: i.documents.map((d) => ({ ...d, title: ' ' })) }))],
    ['transferReferral', 'APPROVED', 'input.documents.1.fileId', good((i) => ({ ...i, documents: i.documents.map((d, n) => (n === 1 ? { ...d, fileId: stranger } : d)) }))],
    ['transferReferral', 'APPROVED', 'input.documents.0.fileId', good((i) => ({ ...i, documents: i.documents.map((d) => ({ ...d, fileId: 'no id' })) }))],
    ['transferReferral', 'APPROVED', 'input.documents.2.fileId', good((i) => ({ ...i, documents: i.documents.map((d, n) => (n === 2 ? { ...d, fileId: i.documents[0]!.fileId } : d)) }))],
    ['transferReferral', 'APPROVED', 'input.documents.0.fileId', async () => ({ ...(await world.transferInput()), documents: await world.documents('MRA-210200') })],
    ['signReferralReceipt', 'TRANSFERRED', 'input.receiptNo', { receiptNo: ' ' }],
    ['requestReferralSupplement', 'UNDER_FILING_REVIEW', 'input.gaps', { gaps: [] }],
    ['requestReferralSupplement', 'UNDER_FILING_REVIEW', 'input.gaps.1', { gaps: ['缺少检验报告', ' '] }],
    ['supplementReferral', 'SUPPLEMENT_REQUIRED', 'input.documents', {}],
    ['supplementReferral', 'SUPPLEMENT_REQUIRED', 'input.documents', { documents: [], explanation: null }],
    ['supplementReferral', 'SUPPLEMENT_REQUIRED', 'input.explanation', { explanation: ' ' }],
    ['forwardReferral', 'UNDER_FILING_REVIEW', 'input.policeAgency', { policeAgency: police, procuratorateAgency: procuratorate, reasons: '理由' }],
    ['forwardReferral', 'UNDER_FILING_REVIEW', 'input.reasons', { policeAgency: otherPolice, procuratorateAgency: procuratorate, reasons: ' ' }],
    ['returnReferral', 'UNDER_FILING_REVIEW', 'input.reasons', { reasons: ' ' }],
    ['fileCriminalCase', 'UNDER_FILING_REVIEW', 'input.decisionNo', { decisionNo: ' ', charge: 'OTHER', decidedOn: '2026-11-22' }],
    ['fileCriminalCase', 'UNDER_FILING_REVIEW', 'input.decidedOn', { decisionNo: '1号', charge: 'OTHER', decidedOn: '2026-11-23' }],
    ['fileCriminalCase', 'UNDER_FILING_REVIEW', 'input.decidedOn', { decisionNo: '1号', charge: 'OTHER', decidedOn: '2026-11-21' }],
    ['refuseCriminalCase', 'UNDER_FILING_REVIEW', 'input.reasons', { reasons: ' ', decidedOn: '2026-11-22' }],
    ['refuseCriminalCase', 'UNDER_FILING_REVIEW', 'input.decidedOn', { reasons: '理由', decidedOn: '2026-11-23' }],
    ['recordReceiptRefusal', 'TRANSFERRED', 'input.reasons', { reasons: ' ' }],
    ['withdrawCriminalCase', 'FILED', 'input.reasons', { reasons: ' ', decidedOn: '2026-11-22' }],
    ['withdrawCriminalCase', 'FILED', 'input.decidedOn', { reasons: '理由', decidedOn: '2026-11-23' }],
    ['withdrawCriminalCase', 'FILED', 'input.decidedOn', { reasons: '理由', decidedOn: '2026-11-21' }],
    ['sendForProsecution', 'FILED', 'input.opinionNo', { opinionNo: ' ' }],
    ['sendForProsecution', 'FILED', 'input.procuratorateAgency', { opinionNo: '1号', procuratorateAgency: police }],
    ['returnForInvestigation', 'SENT_FOR_PROSECUTION', 'input.reasons', { reasons: ' ' }],
    ['indict', 'SENT_FOR_PROSECUTION', 'input.indictmentNo', { indictmentNo: ' ', court }],
    ['indict', 'SENT_FOR_PROSECUTION', 'input.court', { indictmentNo: '1号', court: procuratorate }],
    ['decideNotToProsecute', 'SENT_FOR_PROSECUTION', 'input.reasons', { kind: 'STATUTORY', reasons: ' ', decidedOn: '2026-11-22' }],
    ['decideNotToProsecute', 'SENT_FOR_PROSECUTION', 'input.decidedOn', { kind: 'STATUTORY', reasons: '理由', decidedOn: '2026-11-23' }],
    ['recordJudgment', 'INDICTED', 'input.judgmentNo', () => Promise.resolve({ ...world.judgmentInput(), judgmentNo: ' ' })],
    ['recordJudgment', 'INDICTED', 'input.judgedOn', () => Promise.resolve({ ...world.judgmentInput(), judgedOn: '2026-11-23' })],
    ['recordJudgment', 'INDICTED', 'input.judgedOn', () => Promise.resolve({ ...world.judgmentInput(), judgedOn: '2026-11-21' })],
    ['recordEffectiveJudgment', 'JUDGED', 'input.effectiveOn', () => Promise.resolve({ ...world.judgmentInput(), effectiveOn: '2026-11-21' })],
    ['recordEffectiveJudgment', 'JUDGED', 'input.effectiveOn', () => Promise.resolve({ ...world.judgmentInput(), effectiveOn: '2026-11-23' })],
    ['orderReferral', 'RETURNED', 'input.orderNo', { orderNo: ' ', charge: 'FAKE_DRUGS', opinion: '意见' }],
    ['orderReferral', 'RETURNED', 'input.opinion', { orderNo: '1号', charge: 'FAKE_DRUGS', opinion: ' ' }],
    ['extendFilingReview', 'UNDER_FILING_REVIEW', 'input.approver', { extension: 'COMPLEX', approver: ' ', reasons: '理由' }],
    ['extendFilingReview', 'UNDER_FILING_REVIEW', 'input.reasons', { extension: 'COMPLEX', approver: '演示负责人', reasons: ' ' }],
    ['requestReconsideration', 'NOT_FILED', 'input.reasons', { reasons: ' ' }],
    ['proposeFilingSupervision', 'NOT_FILED', 'input.reasons', { reasons: ' ' }],
    ['requestNonFilingExplanation', 'NOT_FILED', 'input.documentNo', { reasons: '理由', documentNo: ' ' }],
    ['sendReverseTransfer', 'NOT_FILED', 'input.reasons', { reasons: ' ' }],
  ];

  beforeEach(() => clock.set(testNow));

  /** One record per state: a refusal leaves it as it is, and that is asked each time. */
  const subjects = new Map<string, Promise<{ readonly id: string; readonly caseId: string }>>();
  const subjectIn = async (status: ReferralStatus | 'none', onCase: boolean): Promise<string> => {
    const known = subjects.get(status) ?? (status === 'none' ? world.givenCase().then(({ caseId }) => ({ id: caseId, caseId })) : world.referralIn(status));
    subjects.set(status, known);
    const { caseId, id } = await known;
    return onCase ? caseId : id;
  };

  it.each(cases)('%s (%s): %s', async (act, status, field, given) => {
    const subject = await subjectIn(status, actsOnCase.has(act));
    const input = typeof given === 'function' ? await given() : given;
    const before = await world.everything();
    expect(refusalOf(await world.try(act, actor[act], subject, input))).toMatchObject([{ code: 'BAD_USER_INPUT', kind: 'BAD_USER_INPUT', field }]);
    expect(await world.everything()).toEqual(before);
  });

  it('names the article where the law asks for it', async () => {
    const { id } = await world.referralIn('APPROVED', { testRequired: true });
    const answer = await world.try('transferReferral', regulator, id, await world.transferInput());
    expect(answer.errors?.[0]?.message).toMatch(/TEST_REPORT/);
    expect(refusalOf(answer)).toMatchObject([{ field: 'input.documents', basis: { instrument: O310, article: '5(2), 6' } }]);
  });

  it('takes bytes once per referral', async () => {
    const { id } = await world.referralIn('SUPPLEMENT_REQUIRED');
    const [first] = await world.documentsOf(id);
    const again = { documents: [{ kind: 'OTHER', title: '重复', fileId: first?.fileId }] };
    expect(refusalOf(await world.try('supplementReferral', regulator, id, again))).toMatchObject([{ field: 'input.documents.0.fileId' }]);
  });

  it('refuses a retired agency', async () => {
    const { id } = await world.referralIn('APPROVED');
    world.harness.directory.retire('PSB-210102');
    const input = await world.transferInput({ policeAgency: 'PSB-210102' });
    expect(refusalOf(await world.try('transferReferral', regulator, id, input))).toMatchObject([{ field: 'input.policeAgency' }]);
  });
});
