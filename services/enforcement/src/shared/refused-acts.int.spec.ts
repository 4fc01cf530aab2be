import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { ClueStatus, ReferralStatus } from '@casebridge/contracts';
import { type Principal, uuidv7 } from '@casebridge/kernel';
import { officer } from '@casebridge/testkit';
import type { AdminCaseEntity } from '../admin-case/admin-case.entity';
import { kindOfAct } from '../cooperation/cooperation.machine';
import { caseStepActs } from '../case-step/case-step.rule';
import { measureMachine } from '../compulsory-measure/measure.machine';
import { dutyCrimeClueMachine } from '../duty-crime-clue/duty-crime-clue.machine';
import { everyAct, sendAct } from '../testing/acts';
import { goodsArgs, goodsRefusals } from '../testing/goods';
import { clueIn, clueInput, filingInput, receiver } from '../testing/clues';
import { chief, clerk, court, filing, head, type Input, investigator, otherPolice, police, procuratorate, prosecutor, ReferralWorld, regulator, report } from '../testing/referral-world';
import { testNow } from '../testing/world';

/*
 * Every act with every code that it can be refused with: each refusal must say its code, the state of the record and an article. Where
 * there is no record yet, or none that is looked at, there is no state.
 */

const HOUSE = '药案通平台规则（非法律规定）';
const APL = '中华人民共和国行政处罚法';
const DAL = '中华人民共和国药品管理法';
const PROC = '市场监督管理行政处罚程序规定';
const O310 = '行政执法机关移送涉嫌犯罪案件的规定';
const MPS = '公安机关办理刑事案件程序规定';
const CPL = '中华人民共和国刑事诉讼法';
const SPPR = '人民检察院刑事诉讼规则';
const M41 = '药品行政执法与刑事司法衔接工作办法';
const articleOf: Readonly<Record<string, readonly [instrument: string, article: string]>> = {
  sealCase: [HOUSE, '案件密封'], unsealCase: [HOUSE, '案件密封'], excludeOfficer: [APL, '43'], readmitOfficer: [APL, '43'],
  recordPenaltyDecision: [APL, '57(1)'], recordPenaltyService: [APL, '61'], registerAgency: [HOUSE, '机关名录'], updateAgency: [HOUSE, '机关名录'],
  retireAgency: [HOUSE, '机关名录'], revokeToken: [HOUSE, '令牌吊销'], revokeOfficer: [HOUSE, '令牌吊销'], submitReferralReport: [O310, '5(1)'],
  approveReferral: [O310, '5(2)'], refuseReferral: [O310, '5(2)'], transferReferral: [O310, '5(2), 6'], signReferralReceipt: [O310, '7'],
  requestReferralSupplement: [MPS, '180(2)'], supplementReferral: [MPS, '180(2)'], forwardReferral: [O310, '7'], returnReferral: [MPS, '180(3)'],
  fileCriminalCase: [O310, '8'], refuseCriminalCase: [O310, '8'], recordReceiptRefusal: [O310, '7'], withdrawCriminalCase: [MPS, '187, 189'],
  sendForProsecution: [CPL, '162'], returnForInvestigation: [CPL, '175'], indict: [CPL, '176'], decideNotToProsecute: [CPL, '177'], recordJudgment: [CPL, '200'],
  recordEffectiveJudgment: [CPL, '259'], closeReferral: [HOUSE, '办结'],
  orderReferral: [SPPR, '557(3)'], extendFilingReview: [M41, '条次待核'], requestReconsideration: [O310, '9(1)'], decideReconsideration: [O310, '9(2)'],
  proposeFilingSupervision: [O310, '9'], requestNonFilingExplanation: [SPPR, '558-560'], explainNonFiling: [MPS, '182(1)'], acceptNonFilingReasons: [SPPR, '561(2)'],
  orderFiling: [SPPR, '561(1), 563'], issueCorrectionNotice: [SPPR, '564(2)'], sendReverseTransfer: [DAL, '113(2)'], acceptReverseTransfer: [M41, '15'],
  recordGoods: [O310, '4'], keepGoods: [HOUSE, '涉案物品保管'], keepGoodsInPlace: [HOUSE, '涉案物品保管'], preserveGoods: [O310, '4'], handOverGoods: [O310, '12'],
  giveBackGoods: [HOUSE, '涉案物品返还'], returnGoods: [HOUSE, '涉案物品返还'], disposeOfGoods: [O310, '4'],
  returnAdministrativeOutcome: [CPL, '177(3)'], callForFile: [SPPR, '557(3)'],
  recordClue: [PROC, '18'], beginClueVerification: [PROC, '18'], sendClueForTesting: [PROC, '18'], recordClueTestResult: [PROC, '18'], extendClueReview: [PROC, '18'],
  fileCase: [PROC, '19'], declineToFileCase: [PROC, '20'], transferClue: [PROC, '14, 17'], mergeClue: [HOUSE, '线索合并'],
};
/** No article says what an input looks like, who comes too late, or that a key or a number is used once. */
const onNoArticle: Readonly<Record<string, readonly [instrument: string, article: string]>> = {
  BAD_USER_INPUT: [HOUSE, '输入校验'], CONFLICT: [HOUSE, '并发修改'], IDEMPOTENCY_KEY_REUSED: [HOUSE, '幂等键'], DOCUMENT_NO_TAKEN: [HOUSE, '文号唯一'],
  CASE_NO_TAKEN: [HOUSE, '案号唯一'], CLUE_ALREADY_RECORDED: [HOUSE, '线索来源编号唯一'],
};

let world: ReferralWorld;
beforeAll(async () => {
  world = await ReferralWorld.start();
});
afterAll(() => world.stop());

const registrar = officer('DRA-210000', 3, { roles: ['system'], scopes: ['hub:registry'] });
const superior = officer('DRA-210000', 1);
const policeHead = officer(police, 1);

type Args = Readonly<Record<string, unknown>>;
interface Refused {
  readonly act: string;
  readonly code: string;
  readonly state: string | null;
  readonly who: Principal;
  /** Makes what the act meets and gives its arguments; a minute goes by before the act, unless it is told to come at once. */
  readonly given: () => Promise<Args>;
  readonly atOnce?: boolean;
  /** Where the refusal rests on an article of its own. */
  readonly article?: readonly [instrument: string, article: string];
  readonly name?: string;
}

/** Features whose refusals have a table of their own beside them, and their acts. */
const elsewhere: Readonly<Record<string, readonly string[]>> = {
  'case-step': caseStepActs, cooperation: Object.keys(kindOfAct), 'duty-crime-clue': dutyCrimeClueMachine.acts,
  'compulsory-measure': measureMachine.acts,
};
const toldElsewhere = new Set(Object.values(elsewhere).flat());
const hereOnly = (folder: string): boolean => !(folder in elsewhere);

const must = async (who: Principal, act: string, args: Args): Promise<void> => {
  const answer = await sendAct(world, who, act, args);
  if (answer.errors) throw new Error(JSON.stringify(answer.errors));
};

// --- cases ---

const seal = { basis: '演示依据', expiresOn: '2029-12-31', officers: [`${filing}-1`], parties: [] };
const exclusion = { agencyCode: filing, officerId: `${filing}-4`, reason: '演示回避' };
const newCase = async (changes: Partial<AdminCaseEntity> = {}): Promise<AdminCaseEntity> => {
  const c = await world.givenCase();
  if (Object.keys(changes).length > 0) await world.change(c.caseId, changes);
  return c;
};
const onCase = (input: Args, prepare: readonly (readonly [act: string, input: Args])[] = [], changes: Partial<AdminCaseEntity> = {}) => async (): Promise<Args> => {
  const { caseId } = await newCase(changes);
  for (const [act, before] of prepare) await must(head, act, { caseId, input: before });
  return { caseId, input };
};
/** A case in which the police had a part; what became of it afterwards is not theirs to hear. */
const onPastCase = (input: Args) => async (): Promise<Args> => {
  const { caseId } = await world.referralIn('RETURNED');
  await world.change(caseId, { status: 'UNDER_REVIEW' });
  return { caseId, input };
};

const caseRows: Refused[] = [
  { act: 'sealCase', code: 'FORBIDDEN', state: 'INVESTIGATING', who: regulator, given: onCase(seal) },
  { act: 'sealCase', code: 'FORBIDDEN', state: 'INVESTIGATING', who: policeHead, given: onPastCase(seal), name: 'a part that ended' },
  { act: 'sealCase', code: 'BAD_USER_INPUT', state: 'INVESTIGATING', who: head, given: onCase({ ...seal, expiresOn: '2026-11-21' }) },
  { act: 'sealCase', code: 'BAD_USER_INPUT', state: 'INVESTIGATING', who: head, given: onCase({ ...seal, basis: ' ' }), name: 'no basis' },
  { act: 'sealCase', code: 'BAD_USER_INPUT', state: 'INVESTIGATING', who: head, given: onCase({ ...seal, officers: [] }), name: 'without the head' },
  { act: 'sealCase', code: 'BAD_USER_INPUT', state: 'INVESTIGATING', who: head, given: onCase({ ...seal, parties: [police] }), name: 'no party' },
  { act: 'sealCase', code: 'ALREADY_SEALED', state: 'SEALED', who: head, given: onCase(seal, [['sealCase', seal]]) },
  { act: 'sealCase', code: 'CONFLICT', state: 'SEALED', who: head, given: onCase(seal, [['sealCase', seal]]), atOnce: true },
  { act: 'unsealCase', code: 'FORBIDDEN', state: 'INVESTIGATING', who: regulator, given: onCase({ reason: '演示' }) },
  { act: 'unsealCase', code: 'FORBIDDEN', state: 'INVESTIGATING', who: policeHead, given: onPastCase({ reason: '演示' }), name: 'a part that ended' },
  { act: 'unsealCase', code: 'BAD_USER_INPUT', state: 'INVESTIGATING', who: head, given: onCase({ reason: ' ' }, [['sealCase', seal]]) },
  { act: 'unsealCase', code: 'NOT_SEALED', state: 'OPEN', who: head, given: onCase({ reason: '演示' }) },
  { act: 'unsealCase', code: 'CONFLICT', state: 'OPEN', who: head, given: onCase({ reason: '演示' }, [['sealCase', seal], ['unsealCase', { reason: '演示' }]]), atOnce: true },
  { act: 'excludeOfficer', code: 'FORBIDDEN', state: 'INVESTIGATING', who: regulator, given: onCase(exclusion) },
  { act: 'excludeOfficer', code: 'FORBIDDEN', state: 'INVESTIGATING', who: policeHead, given: onPastCase({ ...exclusion, agencyCode: police }), name: 'a part that ended' },
  { act: 'excludeOfficer', code: 'BAD_USER_INPUT', state: 'INVESTIGATING', who: head, given: onCase({ ...exclusion, officerId: ' ' }) },
  { act: 'excludeOfficer', code: 'ALREADY_EXCLUDED', state: 'EXCLUDED', who: head, given: onCase(exclusion, [['excludeOfficer', exclusion]]) },
  { act: 'excludeOfficer', code: 'CONFLICT', state: 'EXCLUDED', who: head, given: onCase(exclusion, [['excludeOfficer', exclusion]]), atOnce: true },
  { act: 'readmitOfficer', code: 'FORBIDDEN', state: 'INVESTIGATING', who: regulator, given: onCase(exclusion) },
  { act: 'readmitOfficer', code: 'BAD_USER_INPUT', state: 'INVESTIGATING', who: head, given: onCase({ ...exclusion, reason: '' }) },
  { act: 'readmitOfficer', code: 'NOT_EXCLUDED', state: 'ADMITTED', who: head, given: onCase(exclusion) },
  { act: 'readmitOfficer', code: 'CONFLICT', state: 'ADMITTED', who: head, given: onCase(exclusion, [['excludeOfficer', exclusion], ['readmitOfficer', exclusion]]), atOnce: true },
];

// --- decisions ---

let numbers = 0;
const decision = (changes: Args = {}): Args => {
  numbers += 1;
  const items = [{ kind: 'FINE', partyKind: 'ENTITY', amountFen: 100, basis: { instrument: DAL, article: '127' } }];
  return { documentNo: `演示市监处罚〔2026〕${9_000 + numbers}号`, decidedOn: '2026-11-20', tier: 'ORDINARY', items, ...changes };
};
const taken = decision();
const fakeDrugs = { items: [{ kind: 'FINE', partyKind: 'ENTITY', amountFen: 1, basis: { instrument: DAL, article: '116' } }] };
/** A decision that is recorded and, if asked for, served. */
const onDecision = (input: Args, { servedOn = null, status }: { servedOn?: string | null; status?: AdminCaseEntity['status'] } = {}) => async (): Promise<Args> => {
  const { caseId } = await newCase();
  await must(head, 'recordPenaltyDecision', { caseId, input: decision({ servedOn }) });
  if (status !== undefined) await world.change(caseId, { status });
  const [row] = await world.db.query<{ id: string }[]>('select id from penalty_decision where case_id = $1', [caseId]);
  return { decisionId: row?.id, input };
};
/** A decision made while the police had their part, served and closed after they had returned the case. */
const onPastDecision = async (): Promise<Args> => {
  const { id, caseId } = await world.referralIn('UNDER_FILING_REVIEW');
  const items = [{ kind: 'PRODUCTION_SUSPENSION', partyKind: 'ENTITY', basis: { instrument: DAL, article: '126' } }];
  await must(head, 'recordPenaltyDecision', { caseId, input: decision({ items }) });
  world.pass(60_000);
  await world.do('returnReferral', investigator, id, { reasons: '不属于公安机关管辖' });
  await world.change(caseId, { status: 'CLOSED' });
  const [row] = await world.db.query<{ id: string }[]>('select id from penalty_decision where case_id = $1', [caseId]);
  return { decisionId: row?.id, input: { servedOn: '2026-11-22' } };
};
const decisionRows: Refused[] = [
  { act: 'recordPenaltyDecision', code: 'FORBIDDEN', state: 'INVESTIGATING', who: regulator, given: onCase(decision()) },
  { act: 'recordPenaltyDecision', code: 'FORBIDDEN', state: 'INVESTIGATING', who: policeHead, given: onPastCase(decision()), name: 'a part that ended' },
  { act: 'recordPenaltyDecision', code: 'BAD_USER_INPUT', state: 'INVESTIGATING', who: head, given: onCase(decision({ items: [] })) },
  { act: 'recordPenaltyDecision', code: 'BAD_USER_INPUT', state: 'INVESTIGATING', who: head, given: onCase(decision({ decidedOn: '2026-11-30' })), name: 'a day to come' },
  { act: 'recordPenaltyDecision', code: 'CONFLICT', state: 'INVESTIGATING', who: head, given: onCase(decision({ expectedVersion: 9 })) },
  { act: 'recordPenaltyDecision', code: 'CONFLICT', state: 'DECIDED', who: head, given: onCase(decision(), [['recordPenaltyDecision', decision()]]), atOnce: true, name: 'a lost race' },
  { act: 'recordPenaltyDecision', code: 'ILLEGAL_TRANSITION', state: 'SUSPENDED', who: head, given: onCase(decision(), [], { status: 'SUSPENDED' }) },
  { act: 'recordPenaltyDecision', code: 'UNLAWFUL_DECISION', state: 'INVESTIGATING', who: head, given: onCase(decision(fakeDrugs)), article: [DAL, '118'] },
  {
    act: 'recordPenaltyDecision', code: 'DOCUMENT_NO_TAKEN', state: 'INVESTIGATING', who: head,
    given: async () => {
      await must(head, 'recordPenaltyDecision', { caseId: (await newCase()).caseId, input: taken });
      return onCase(taken)();
    },
  },
  { act: 'recordPenaltyService', code: 'FORBIDDEN', state: 'DECIDED', who: regulator, given: onDecision({ servedOn: '2026-11-21' }) },
  { act: 'recordPenaltyService', code: 'FORBIDDEN', state: 'INVESTIGATING', who: policeHead, given: onPastDecision, name: 'a part that ended' },
  { act: 'recordPenaltyService', code: 'BAD_USER_INPUT', state: 'DECIDED', who: head, given: onDecision({ servedOn: '2026-11-19' }) },
  { act: 'recordPenaltyService', code: 'CONFLICT', state: 'DECIDED', who: head, given: onDecision({ servedOn: '2026-11-21', expectedVersion: 1 }) },
  { act: 'recordPenaltyService', code: 'ALREADY_SERVED', state: 'SERVED', who: head, given: onDecision({ servedOn: '2026-11-21' }, { servedOn: '2026-11-21' }) },
  { act: 'recordPenaltyService', code: 'CONFLICT', state: 'SERVED', who: head, given: onDecision({ servedOn: '2026-11-21' }, { servedOn: '2026-11-21' }), atOnce: true, name: 'a lost race' },
  { act: 'recordPenaltyService', code: 'ILLEGAL_TRANSITION', state: 'ARCHIVED', who: head, given: onDecision({ servedOn: '2026-11-21' }, { status: 'ARCHIVED' }) },
];

// --- the registry ---

let agencies = 0;
const agencyInput = (changes: Args = {}): Args => {
  agencies += 1;
  return { code: `T${agencies}`, name: '演示机关', nameEn: 'Demo agency', functions: ['LAB'], regions: [], superior: 'DRA-210000', issuer: `urn:casebridge:dev:T${agencies}`, ...changes };
};
const registered = (input: Args, then: 'retired' | null = null) => async (): Promise<Args> => {
  const agency = agencyInput();
  await must(registrar, 'registerAgency', { input: agency });
  if (then === 'retired') await must(registrar, 'retireAgency', { code: agency['code'], input: { reason: '演示' } });
  return { code: agency['code'], input };
};
const plain = (args: Args) => async (): Promise<Args> => args;
const until = '2026-12-01T00:00:00.000Z';
const token = { until, reason: '演示丢失' };
const revoked = (act: 'revokeToken' | 'revokeOfficer', args: Args) => async (): Promise<Args> => {
  await must(head, act, args);
  return args;
};
const registryRows: Refused[] = [
  { act: 'registerAgency', code: 'FORBIDDEN', state: null, who: head, given: async () => ({ input: agencyInput() }) },
  { act: 'registerAgency', code: 'BAD_USER_INPUT', state: null, who: registrar, given: async () => ({ input: agencyInput({ functions: [] }) }) },
  { act: 'registerAgency', code: 'AGENCY_TAKEN', state: 'ACTIVE', who: registrar, given: async () => ({ input: agencyInput({ code: filing }) }) },
  { act: 'registerAgency', code: 'AGENCY_TAKEN', state: null, who: registrar, given: async () => ({ input: agencyInput({ issuer: `urn:casebridge:dev:${filing}` }) }), name: 'an issuer' },
  {
    act: 'registerAgency', code: 'CONFLICT', state: 'ACTIVE', who: registrar, atOnce: true,
    given: async () => {
      const input = agencyInput();
      await must(registrar, 'registerAgency', { input });
      return { input };
    },
  },
  { act: 'updateAgency', code: 'FORBIDDEN', state: 'ACTIVE', who: head, given: registered({ name: 'x' }) },
  { act: 'updateAgency', code: 'BAD_USER_INPUT', state: 'ACTIVE', who: registrar, given: registered({ functions: [] }) },
  { act: 'updateAgency', code: 'CONFLICT', state: 'ACTIVE', who: registrar, given: registered({ name: 'x', expectedVersion: 7 }) },
  { act: 'updateAgency', code: 'CONFLICT', state: 'ACTIVE', who: registrar, given: registered({ name: 'x' }), atOnce: true, name: 'a lost race' },
  { act: 'updateAgency', code: 'AGENCY_TAKEN', state: 'ACTIVE', who: registrar, given: registered({ issuer: `urn:casebridge:dev:${filing}` }) },
  { act: 'updateAgency', code: 'AGENCY_RETIRED', state: 'RETIRED', who: registrar, given: registered({ name: 'x' }, 'retired') },
  { act: 'updateAgency', code: 'SUPERIOR_CYCLE', state: 'ACTIVE', who: registrar, given: plain({ code: 'DRA-210000', input: { superior: filing } }) },
  { act: 'retireAgency', code: 'FORBIDDEN', state: 'ACTIVE', who: head, given: registered({ reason: '演示' }) },
  { act: 'retireAgency', code: 'BAD_USER_INPUT', state: 'ACTIVE', who: registrar, given: registered({ reason: ' ' }) },
  { act: 'retireAgency', code: 'CONFLICT', state: 'ACTIVE', who: registrar, given: registered({ reason: '演示', expectedVersion: 7 }) },
  { act: 'retireAgency', code: 'AGENCY_RETIRED', state: 'RETIRED', who: registrar, given: registered({ reason: '演示' }, 'retired') },
  { act: 'revokeToken', code: 'FORBIDDEN', state: 'ACTIVE', who: regulator, given: plain({ tokenId: 't', input: token }) },
  { act: 'revokeToken', code: 'BAD_USER_INPUT', state: 'ACTIVE', who: head, given: plain({ tokenId: 't', input: { ...token, until: '2026-11-01T00:00:00Z' } }) },
  { act: 'revokeToken', code: 'TOKEN_ALREADY_REVOKED', state: 'REVOKED', who: head, given: revoked('revokeToken', { tokenId: 't1', input: token }) },
  { act: 'revokeToken', code: 'CONFLICT', state: 'REVOKED', who: head, given: revoked('revokeToken', { tokenId: 't2', input: token }), atOnce: true },
  { act: 'revokeOfficer', code: 'FORBIDDEN', state: 'ACTIVE', who: regulator, given: plain({ agencyCode: filing, officerId: 'x', input: { reason: '演示' } }) },
  { act: 'revokeOfficer', code: 'FORBIDDEN', state: null, who: head, given: plain({ agencyCode: 'NOBODY', officerId: 'x', input: { reason: '演示' } }), name: 'no such agency' },
  { act: 'revokeOfficer', code: 'BAD_USER_INPUT', state: 'ACTIVE', who: head, given: plain({ agencyCode: filing, officerId: 'x', input: { reason: ' ' } }) },
  {
    act: 'revokeOfficer', code: 'CONFLICT', state: 'ACTIVE', who: head, atOnce: true,
    given: revoked('revokeOfficer', { agencyCode: filing, officerId: `${filing}-5`, input: { reason: '演示' } }),
  },
];

// --- referrals ---

interface OnReferral {
  readonly act: string;
  readonly who: Principal;
  readonly from: ReferralStatus;
  readonly input: () => Input | Promise<Input>;
  /** Left out where nothing of the input can be bad. */
  readonly bad?: Input;
  /** Where an article says that this input is bad. */
  readonly badBy?: readonly [instrument: string, article: string];
}
const forwarding = { policeAgency: otherPolice, procuratorateAgency: procuratorate, reasons: '管辖' };
const referralActs: readonly OnReferral[] = [
  { act: 'submitReferralReport', who: regulator, from: 'NOT_APPROVED', input: () => report({ facts: '演示：新的事实。' }), bad: { taskForce: [] }, badBy: [O310, '5(1)'] },
  { act: 'approveReferral', who: head, from: 'PENDING_APPROVAL', input: () => ({}), bad: { opinion: ' ' } },
  { act: 'refuseReferral', who: head, from: 'PENDING_APPROVAL', input: () => ({ reasons: '证据不足' }), bad: { reasons: ' ' } },
  { act: 'transferReferral', who: regulator, from: 'APPROVED', input: () => world.transferInput(), bad: { documents: [{ kind: 'OTHER', title: '演示', fileId: uuidv7(testNow) }] } },
  { act: 'signReferralReceipt', who: investigator, from: 'TRANSFERRED', input: () => ({}), bad: { receiptNo: ' ' } },
  { act: 'requestReferralSupplement', who: investigator, from: 'UNDER_FILING_REVIEW', input: () => ({ gaps: ['缺少材料'] }), bad: { gaps: [] } },
  { act: 'supplementReferral', who: regulator, from: 'SUPPLEMENT_REQUIRED', input: () => ({ explanation: '无法补充' }), bad: { explanation: ' ' } },
  { act: 'forwardReferral', who: investigator, from: 'UNDER_FILING_REVIEW', input: () => forwarding, bad: { policeAgency: police } },
  { act: 'returnReferral', who: investigator, from: 'UNDER_FILING_REVIEW', input: () => ({ reasons: '不属于管辖' }), bad: { reasons: ' ' } },
  { act: 'fileCriminalCase', who: investigator, from: 'UNDER_FILING_REVIEW', input: () => world.filingInput(), bad: { decisionNo: ' ' } },
  { act: 'refuseCriminalCase', who: investigator, from: 'UNDER_FILING_REVIEW', input: () => ({ reasons: '理由', decidedOn: world.today() }), bad: { decidedOn: '2026-12-24' } },
  { act: 'recordReceiptRefusal', who: regulator, from: 'TRANSFERRED', input: () => ({ reasons: '拒绝签收' }), bad: { reasons: ' ' } },
  { act: 'withdrawCriminalCase', who: investigator, from: 'FILED', input: () => ({ reasons: '理由', decidedOn: world.today() }), bad: { decidedOn: '2026-12-24' } },
  { act: 'sendForProsecution', who: investigator, from: 'FILED', input: () => ({ opinionNo: '1号' }), bad: { opinionNo: ' ' } },
  { act: 'returnForInvestigation', who: prosecutor, from: 'SENT_FOR_PROSECUTION', input: () => ({ reasons: '补充侦查' }), bad: { reasons: ' ' } },
  { act: 'indict', who: prosecutor, from: 'SENT_FOR_PROSECUTION', input: () => ({ indictmentNo: '1号', court }), bad: { court: police } },
  { act: 'decideNotToProsecute', who: prosecutor, from: 'SENT_FOR_PROSECUTION', input: () => ({ kind: 'STATUTORY', reasons: '理由', decidedOn: world.today() }), bad: { reasons: ' ' } },
  { act: 'recordJudgment', who: clerk, from: 'INDICTED', input: () => world.judgmentInput(), bad: { judgmentNo: ' ' } },
  { act: 'recordEffectiveJudgment', who: clerk, from: 'JUDGED', input: () => ({ ...world.judgmentInput(), effectiveOn: world.today() }), bad: { effectiveOn: '2026-12-24' } },
  { act: 'closeReferral', who: regulator, from: 'CASE_WITHDRAWN', input: () => ({}) },
  { act: 'extendFilingReview', who: investigator, from: 'UNDER_FILING_REVIEW', input: () => ({ extension: 'COMPLEX', approver: '演示负责人', reasons: '复杂' }), bad: { approver: ' ' } },
];

// --- tracks beside the main one ---

const said = { reasons: '演示理由' };
const asked: Track = ['requestNonFilingExplanation', prosecutor];
const explained: readonly Track[] = [asked, ['explainNonFiling', investigator]];
const days = (n: number) => (): void => world.pass(n * 86_400_000);
type Track = readonly [act: string, who: Principal, input?: Input, then?: () => void];
/** Each act on a track, what came before it on a referral that is NOT_FILED, and the state that it leads the track to. */
const trackActs: readonly (readonly [act: string, who: Principal, before: readonly Track[], reached: string])[] = [
  ['requestReconsideration', regulator, [], 'REQUESTED'],
  ['decideReconsideration', investigator, [['requestReconsideration', regulator]], 'UPHELD'],
  ['proposeFilingSupervision', regulator, [], 'PROPOSED'],
  ['requestNonFilingExplanation', prosecutor, [], 'EXPLANATION_REQUESTED'],
  ['explainNonFiling', investigator, [asked], 'EXPLAINED'],
  ['acceptNonFilingReasons', prosecutor, explained, 'REASONS_ACCEPTED'],
  ['orderFiling', chief, explained, 'FILING_ORDERED'],
  ['issueCorrectionNotice', prosecutor, [...explained, ['orderFiling', chief, said, days(20)]], 'CORRECTION_NOTICE_ISSUED'],
  ['sendReverseTransfer', investigator, [], 'SENT'],
  ['acceptReverseTransfer', regulator, [['sendReverseTransfer', investigator]], 'ACCEPTED'],
  ['returnAdministrativeOutcome', regulator, [['sendReverseTransfer', investigator], ['acceptReverseTransfer', regulator]], 'OUTCOME_RETURNED'],
];
const refusedCase = async (before: readonly Track[] = [], status: ReferralStatus = 'NOT_FILED'): Promise<string> => {
  const { id } = await world.referralIn(status);
  for (const [act, who, input = said, then] of before) {
    await must(who, act, { id, input });
    then?.();
  }
  return id;
};
const trackRows = trackActs.flatMap(([act, who, before, reached]): Refused[] => {
  const input: Input = act === 'decideReconsideration' ? { ...said, outcome: 'UPHELD' } : said;
  const on = (changes: Input = {}) => async (): Promise<Args> => ({ id: await refusedCase(before), input: { ...input, ...changes } });
  const after = async (): Promise<Args> => {
    const args = await on()();
    await must(who, act, args);
    return args;
  };
  return [
    { act, code: 'FORBIDDEN', state: 'NOT_FILED', who: superior, given: on() },
    { act, code: 'CONFLICT', state: 'NOT_FILED', who, given: on({ expectedVersion: 99 }) },
    { act, code: 'CONFLICT', state: reached, who, given: after, atOnce: true, name: 'a lost race' },
    { act, code: 'ILLEGAL_TRANSITION', state: reached, who, given: after },
    { act, code: 'ILLEGAL_TRANSITION', state: 'FILED', who, given: async () => ({ id: await refusedCase([], 'FILED'), input }), name: 'on the main track' },
    { act, code: 'BAD_USER_INPUT', state: 'NOT_FILED', who, given: on({ reasons: ' ' }) },
  ];
});
const order = { orderNo: '演示检意〔2026〕1号', charge: 'FAKE_DRUGS', opinion: '演示：已涉嫌犯罪。' };
const returned = (changes: Input = {}) => async (): Promise<Args> => ({ caseId: (await world.referralIn('RETURNED')).caseId, input: { ...order, ...changes } });
const ordered = async (): Promise<Args> => {
  const args = await returned()();
  await must(chief, 'orderReferral', args);
  return args;
};
const refusal = async (input: Input = said): Promise<Args> => ({ caseNo: (await world.case((await world.referralIn('NOT_APPROVED')).caseId)).caseNo, input });
const called = async (): Promise<Args> => {
  const args = await refusal();
  await must(prosecutor, 'callForFile', args);
  return args;
};
const procuratorateRows: Refused[] = [
  { act: 'orderReferral', code: 'FORBIDDEN', state: 'INVESTIGATING', who: superior, given: returned() },
  { act: 'orderReferral', code: 'FORBIDDEN', state: 'INVESTIGATING', who: prosecutor, given: returned(), name: 'not the chief' },
  { act: 'orderReferral', code: 'CONFLICT', state: 'INVESTIGATING', who: chief, given: returned({ expectedVersion: 99 }) },
  { act: 'orderReferral', code: 'CONFLICT', state: 'APPROVED', who: chief, given: ordered, atOnce: true, name: 'a lost race' },
  { act: 'orderReferral', code: 'ILLEGAL_TRANSITION', state: 'APPROVED', who: chief, given: ordered },
  { act: 'orderReferral', code: 'BAD_USER_INPUT', state: 'INVESTIGATING', who: chief, given: returned({ opinion: ' ' }) },
  { act: 'callForFile', code: 'FORBIDDEN', state: null, who: regulator, given: refusal },
  { act: 'callForFile', code: 'BAD_USER_INPUT', state: null, who: prosecutor, given: () => refusal({ reasons: ' ' }) },
  { act: 'callForFile', code: 'CONFLICT', state: 'FILE_CALLED_FOR', who: prosecutor, given: called, atOnce: true, name: 'a lost race' },
  { act: 'callForFile', code: 'FILE_ALREADY_CALLED_FOR', state: 'FILE_CALLED_FOR', who: prosecutor, given: called },
  { act: 'orderFiling', code: 'STILL_IN_TIME', state: 'EXPLANATION_REQUESTED', who: chief, given: async () => ({ id: await refusedCase([asked]), input: said }) },
  {
    act: 'proposeFilingSupervision', code: 'STILL_IN_TIME', state: 'UNDER_FILING_REVIEW', who: regulator, article: [SPPR, '562'],
    given: async () => ({ id: await refusedCase([], 'UNDER_FILING_REVIEW'), input: said }),
  },
  {
    act: 'proposeFilingSupervision', code: 'STILL_IN_TIME', state: 'REQUESTED', who: regulator, article: [O310, '9(2)'],
    given: async () => ({ id: await refusedCase([['requestReconsideration', regulator]]), input: said }), name: 'while reconsideration runs',
  },
  {
    act: 'requestReconsideration', code: 'TRACK_STILL_OPEN', state: 'PROPOSED', who: regulator, article: [O310, '9'],
    given: async () => ({ id: await refusedCase([['proposeFilingSupervision', regulator]]), input: said }),
  },
  {
    act: 'closeReferral', code: 'TRACK_STILL_OPEN', state: 'REQUESTED', who: regulator, article: [O310, '9'],
    given: async () => ({ id: await refusedCase([['requestReconsideration', regulator]]), input: {} }),
  },
  {
    act: 'fileCriminalCase', code: 'NO_GROUND_TO_FILE', state: 'NOT_FILED', who: investigator, article: [SPPR, '563'],
    given: async () => ({ id: await refusedCase(), input: world.filingInput() }),
  },
  {
    act: 'sendReverseTransfer', code: 'FORBIDDEN', state: 'NOT_PROSECUTED', who: investigator, name: 'of proceedings that somebody else ended',
    given: async () => ({ id: await refusedCase([], 'NOT_PROSECUTED'), input: said }),
  },
];
const goodsRows: Refused[] = goodsRefusals.flatMap(({ act, who, status, wrong, input }): Refused[] => {
  const on = (changes: Input = {}, of = status) => async (): Promise<Args> => goodsArgs(world, input, of, changes);
  const after = async (): Promise<Args> => {
    const args = await on()();
    await must(who, act, args);
    return args;
  };
  return [
    { act, code: 'FORBIDDEN', state: status, who: superior, given: on() },
    { act, code: 'CONFLICT', state: status, who, given: on({ expectedVersion: 99 }) },
    { act, code: 'CONFLICT', state: status, who, given: after, atOnce: true, name: 'a lost race' },
    { act, code: 'BAD_USER_INPUT', state: status, who, given: on({ [act === 'recordGoods' ? 'lots' : 'goods']: [] }) },
    ...(wrong ? [{ act, code: 'ILLEGAL_TRANSITION', state: wrong, who, given: on({}, wrong) }] : []),
  ];
});
const goodsCodes: Refused[] = [
  { act: 'disposeOfGoods', code: 'GOODS_NOT_PRESERVED', state: 'KEPT', who: regulator, given: () => goodsArgs(world, { reasons: '销毁', costOwner: 'PARTY' }, 'FILED', {}, 2) },
  { act: 'disposeOfGoods', code: 'GOODS_STILL_EVIDENCE', state: 'KEPT', who: regulator, article: [O310, '12'], given: () => goodsArgs(world, { reasons: '销毁', costOwner: 'PARTY' }, 'FILED') },
  { act: 'keepGoods', code: 'FORBIDDEN', state: 'FILED', who: investigator, given: () => goodsArgs(world, { place: '演示' }, 'FILED'), name: 'in the care of another' },
];

/** A state in which an act is not lawful, and its actor has a part. */
const wrongState: Partial<Record<ReferralStatus, ReferralStatus>> = {
  PENDING_APPROVAL: 'APPROVED', TRANSFERRED: 'FILED', UNDER_FILING_REVIEW: 'FILED', FILED: 'SENT_FOR_PROSECUTION', SENT_FOR_PROSECUTION: 'FILED', INDICTED: 'JUDGED',
  JUDGED: 'INDICTED', CASE_WITHDRAWN: 'FILED',
};
/** What a former party is told when it comes a moment too late, or much too late. */
const ending = new Set(['forwardReferral', 'returnReferral']);

const referralRows = referralActs.flatMap(({ act, who, from, input, bad, badBy }): Refused[] => {
  const first = act === 'submitReferralReport';
  const on = (status: ReferralStatus, changes: Input = {}) => async (): Promise<Args> => {
    const { id, caseId } = await world.referralIn(status);
    return { [first ? 'caseId' : 'id']: first ? caseId : id, input: { ...(await input()), ...changes } };
  };
  const after = (status: ReferralStatus) => async (): Promise<Args> => {
    const args = await on(status)();
    await must(who, act, args);
    return args;
  };
  const wrong = wrongState[from] ?? 'PENDING_APPROVAL';
  const reached: Readonly<Record<string, string>> = {
    submitReferralReport: 'PENDING_APPROVAL', approveReferral: 'APPROVED', refuseReferral: 'NOT_APPROVED', transferReferral: 'TRANSFERRED',
    signReferralReceipt: 'UNDER_FILING_REVIEW', requestReferralSupplement: 'SUPPLEMENT_REQUIRED', supplementReferral: 'UNDER_FILING_REVIEW',
    forwardReferral: 'TRANSFERRED', returnReferral: 'RETURNED', fileCriminalCase: 'FILED', refuseCriminalCase: 'NOT_FILED',
    recordReceiptRefusal: 'TRANSFERRED', withdrawCriminalCase: 'CASE_WITHDRAWN', sendForProsecution: 'SENT_FOR_PROSECUTION', returnForInvestigation: 'FILED',
    indict: 'INDICTED', decideNotToProsecute: 'NOT_PROSECUTED', recordJudgment: 'JUDGED', recordEffectiveJudgment: 'JUDGED_EFFECTIVE', closeReferral: 'CLOSED',
    extendFilingReview: 'UNDER_FILING_REVIEW',
  };
  return [
    { act, code: 'FORBIDDEN', state: from, who: superior, given: on(from) },
    { act, code: 'CONFLICT', state: from, who, given: on(from, { expectedVersion: 99 }) },
    { act, code: 'CONFLICT', state: reached[act] ?? null, who, given: after(from), atOnce: true, name: 'a lost race' },
    { act, code: 'ILLEGAL_TRANSITION', state: wrong, who, given: on(wrong) },
    ...(bad ? [{ act, code: 'BAD_USER_INPUT', state: from, who, given: on(from, bad), ...(badBy ? { article: badBy } : {}) }] : []),
    ...(ending.has(act) ? [{ act, code: 'FORBIDDEN', state: reached[act] ?? null, who, given: after(from), name: 'a part that ended' }] : []),
  ];
});
const firstReport: Refused[] = [
  { act: 'submitReferralReport', code: 'FORBIDDEN', state: 'INVESTIGATING', who: superior, given: onCase(report()), name: 'no referral yet' },
  { act: 'submitReferralReport', code: 'BAD_USER_INPUT', state: 'INVESTIGATING', who: regulator, given: onCase(report({ facts: ' ' })), name: 'no referral yet' },
  { act: 'submitReferralReport', code: 'CONFLICT', state: 'INVESTIGATING', who: regulator, given: onCase(report({ expectedVersion: 5 })), name: 'no referral yet' },
  { act: 'submitReferralReport', code: 'FORBIDDEN', state: 'INVESTIGATING', who: investigator, given: onPastCase(report()), name: 'a part that ended' },
];

/** Inputs of which an article says that they are not enough. */
const lawfulInputs: Refused[] = [
  {
    act: 'closeReferral', code: 'REMEDY_STILL_OPEN', state: 'NOT_FILED', who: regulator, article: [O310, '9'],
    given: async () => ({ id: (await world.referralIn('NOT_FILED')).id, input: {} }),
  },
  {
    act: 'transferReferral', code: 'BAD_USER_INPUT', state: 'APPROVED', who: regulator, article: [O310, '5(2), 6'], name: 'papers missing',
    given: async () => {
      const { id } = await world.referralIn('APPROVED');
      const { documents, ...rest } = await world.transferInput();
      return { id, input: { ...rest, documents: (documents as readonly Input[]).slice(0, 1) } };
    },
  },
];

// --- clues ---

const onClue = (status: ClueStatus, input: () => Args, changes: Input = {}, then?: readonly [who: Principal, act: string]) => async (): Promise<Args> => {
  const args = { clueId: await clueIn(world, status, changes), input: input() };
  if (then) await must(then[0], then[1], args);
  return args;
};
const older = (): Promise<string> => clueIn(world, 'RECEIVED', { receivedAt: '2026-11-18T02:00:00.000Z' });
const given = { kind: 'TESTING', testedBy: '演示检测机构' };
const why = { reasons: '演示理由' };
/** Who acts, from where and to where, and what is not taken; a state from which it is not lawful. */
const clueActs: readonly { act: string; who: Principal; from: ClueStatus; to: ClueStatus; wrong: ClueStatus; input: () => Args; bad?: Args }[] = [
  { act: 'beginClueVerification', who: regulator, from: 'RECEIVED', to: 'VERIFYING', wrong: 'AWAITING_TEST', input: () => ({}) },
  { act: 'sendClueForTesting', who: regulator, from: 'VERIFYING', to: 'AWAITING_TEST', wrong: 'FILED', input: () => given, bad: { testedBy: ' ' } },
  { act: 'recordClueTestResult', who: regulator, from: 'AWAITING_TEST', to: 'VERIFYING', wrong: 'RECEIVED', input: () => ({ result: '演示' }), bad: { result: '' } },
  { act: 'extendClueReview', who: head, from: 'VERIFYING', to: 'VERIFYING', wrong: 'AWAITING_TEST', input: () => why, bad: { reasons: ' ' } },
  { act: 'fileCase', who: head, from: 'VERIFYING', to: 'FILED', wrong: 'RECEIVED', input: () => filingInput(), bad: { caseNo: '一号' } },
  { act: 'declineToFileCase', who: head, from: 'VERIFYING', to: 'NOT_FILED', wrong: 'RECEIVED', input: () => ({ ground: 'OTHER_LAWFUL', ...why }), bad: { reasons: ' ' } },
  { act: 'transferClue', who: head, from: 'VERIFYING', to: 'TRANSFERRED', wrong: 'AWAITING_TEST', input: () => ({ agency: receiver, ...why }), bad: { agency: police } },
];
const clueRows: Refused[] = [
  ...clueActs.flatMap(({ act, who, from, to, wrong, input, bad }): Refused[] => [
    { act, code: 'FORBIDDEN', state: from, who: superior, given: onClue(from, input) },
    { act, code: 'CONFLICT', state: from, who, given: onClue(from, () => ({ ...input(), expectedVersion: 99 })) },
    { act, code: 'CONFLICT', state: to, who, given: onClue(from, input, {}, [who, act]), atOnce: true, name: 'a lost race' },
    { act, code: 'ILLEGAL_TRANSITION', state: wrong, who, given: onClue(wrong, input) },
    ...(bad ? [{ act, code: 'BAD_USER_INPUT', state: from, who, given: onClue(from, () => ({ ...input(), ...bad })) }] : []),
  ]),
  { act: 'fileCase', code: 'FORBIDDEN', state: 'VERIFYING', who: regulator, given: onClue('VERIFYING', filingInput), name: 'no head' },
  {
    act: 'fileCase', code: 'BAD_USER_INPUT', state: 'VERIFYING', who: head, article: [PROC, '19(1)(2)'], name: 'a condition that is not met',
    given: onClue('VERIFYING', () => filingInput({ conditions: { primaFacieEvidence: true, penaltyDue: false, ownJurisdiction: true, withinLimitation: true } })),
  },
  { act: 'fileCase', code: 'BAD_USER_INPUT', state: 'VERIFYING', who: head, article: [APL, '42'], given: onClue('VERIFYING', () => filingInput({ officers: [`${filing}-2`] })), name: 'one officer' },
  {
    act: 'fileCase', code: 'CASE_NO_TAKEN', state: 'VERIFYING', who: head,
    given: async () => {
      const { caseNo } = await newCase();
      return onClue('VERIFYING', () => filingInput({ caseNo }))();
    },
  },
  { act: 'extendClueReview', code: 'REVIEW_ALREADY_EXTENDED', state: 'VERIFYING', who: head, given: onClue('VERIFYING', () => why, {}, [head, 'extendClueReview']) },
  { act: 'extendClueReview', code: 'REVIEW_PERIOD_OVER', state: 'RECEIVED', who: head, given: onClue('RECEIVED', () => why, { receivedAt: '2026-09-01T02:00:00.000Z' }) },
  { act: 'mergeClue', code: 'FORBIDDEN', state: 'RECEIVED', who: superior, given: async () => ({ clueId: await clueIn(world, 'RECEIVED'), input: { into: await older(), ...why } }) },
  { act: 'mergeClue', code: 'BAD_USER_INPUT', state: 'RECEIVED', who: regulator, given: onClue('RECEIVED', () => ({ into: 'nothing', ...why })) },
  { act: 'mergeClue', code: 'CONFLICT', state: 'RECEIVED', who: regulator, given: async () => ({ clueId: await clueIn(world, 'RECEIVED'), input: { into: await older(), ...why, expectedVersion: 9 } }) },
  { act: 'mergeClue', code: 'ILLEGAL_TRANSITION', state: 'AWAITING_TEST', who: regulator, given: async () => ({ clueId: await clueIn(world, 'AWAITING_TEST'), input: { into: await older(), ...why } }) },
  { act: 'recordClue', code: 'FORBIDDEN', state: null, who: policeHead, given: async () => ({ input: clueInput() }) },
  { act: 'recordClue', code: 'BAD_USER_INPUT', state: null, who: regulator, given: async () => ({ input: clueInput({ facts: ' ' }) }) },
  {
    act: 'recordClue', code: 'CLUE_ALREADY_RECORDED', state: 'VERIFYING', who: regulator,
    given: async () => {
      await clueIn(world, 'VERIFYING', { sourceRef: '演示-1' });
      return { input: clueInput({ sourceRef: '演示-1' }) };
    },
  },
  { act: 'beginClueVerification', code: 'BAD_USER_INPUT', state: null, who: regulator, given: async () => ({ ...(await onClue('RECEIVED', () => ({}))()), idempotencyKey: ' ' }) },
];

/** The key is asked before any record is looked at. */
const keyRows: Refused[] = [
  { act: 'sealCase', code: 'IDEMPOTENCY_KEY_REUSED', state: null, who: head, given: async () => {
    const { caseId } = await newCase();
    await must(head, 'sealCase', { caseId, input: seal, idempotencyKey: 'used' });
    return { caseId, input: { ...seal, basis: '另一依据' }, idempotencyKey: 'used' };
  } },
  { act: 'closeReferral', code: 'BAD_USER_INPUT', state: null, who: regulator, given: async () => ({ id: (await world.referralIn('CASE_WITHDRAWN')).id, input: {}, idempotencyKey: ' ' }) },
  { act: 'approveReferral', code: 'BAD_USER_INPUT', state: null, who: head, given: async () => ({ id: (await world.referralIn('PENDING_APPROVAL')).id, input: {}, idempotencyKey: ' ' }) },
];

const rows = [...caseRows, ...decisionRows, ...registryRows, ...referralRows, ...trackRows, ...procuratorateRows, ...goodsRows, ...goodsCodes, ...firstReport, ...lawfulInputs, ...clueRows, ...keyRows];

describe('a refused act says its code, the state of the record and the article', () => {
  it.each(rows.map((row) => [row.act, row.code, row.name ?? '', row] as const))('%s: %s %s', async (act, code, _, { state, who, given, atOnce, article }) => {
    const args = await given();
    if (!atOnce) world.pass(60_000);
    const answer = await sendAct(world, who, act, args);
    const [instrument, number] = article ?? onNoArticle[code] ?? articleOf[act] ?? [];
    expect(answer.errors?.map(({ extensions: e }) => ({ code: e['code'], state: e['state'] ?? null, basis: e['basis'] }))).toEqual([
      { code, state, basis: expect.objectContaining({ instrument, article: number }) },
    ]);
    world.pass(60_000);
  });

  it('for every act that there is, with every code that this service has', () => {
    const here = everyAct.filter((act) => !toldElsewhere.has(act));
    expect([...new Set(rows.map((r) => r.act))].sort()).toEqual(here);
    for (const act of here) for (const code of ['FORBIDDEN', 'BAD_USER_INPUT']) expect([act, code, rows.some((r) => r.act === act && r.code === code)]).toEqual([act, code, true]);
    const codes = [...sources(hereOnly)].flatMap((text) => [...text.matchAll(/readonly code = '([A-Z_]+)'/g)].map(([, code]) => code as string));
    const atTheDoor = ['AGENCY_FILE_INVALID']; // of the import command, which is no act
    expect(codes.filter((code) => !atTheDoor.includes(code) && !rows.some((r) => r.code === code))).toEqual([]);
    expect(codes).toContain('ALREADY_SEALED');
  });
});

describe('NOT_FOUND', () => {
  it('says the same of what is hidden and of what is absent: no state, no article', async () => {
    const { id, caseId } = await world.referralIn('UNDER_FILING_REVIEW');
    const clueId = await clueIn(world, 'VERIFYING');
    const stranger = officer('MRA-210200', 1);
    const nothing = uuidv7(testNow);
    const onBoth: (readonly [string, (subject: string) => Args])[] = [
      ['approveReferral', (subject) => ({ id: subject, input: {} })], ['sealCase', (subject) => ({ caseId: subject, input: seal })],
      ['excludeOfficer', (subject) => ({ caseId: subject, input: exclusion })], ['submitReferralReport', (subject) => ({ caseId: subject, input: report() })],
      ['fileCase', (subject) => ({ clueId: subject, input: filingInput() })],
    ];
    const hidden: Readonly<Record<string, string>> = { approveReferral: id, fileCase: clueId };
    for (const [act, args] of onBoth) {
      for (const subject of [hidden[act] ?? caseId, nothing, 'nonsense']) {
        const answer = await sendAct(world, stranger, act, args(subject));
        expect([act, answer.errors?.map((e) => e.extensions)]).toEqual([act, [{ code: 'NOT_FOUND', kind: 'NOT_FOUND' }]]);
      }
    }
  });
});

function* sources(among: (folder: string) => boolean = () => true, folder = resolve(__dirname, '../../src')): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.isDirectory() && among(entry.name)) yield* sources(among, join(folder, entry.name));
    else if (entry.name.endsWith('.ts') && !entry.name.endsWith('.spec.ts')) yield readFileSync(join(folder, entry.name), 'utf8');
  }
}

it('is made in one place: every use case of this service is an act', () => {
  expect([...sources()].filter((text) => /\buseCase\b/.test(text))).toEqual([]);
});
