import { referralAct, referralStatus, type ReferralStatus } from '@casebridge/contracts';
import { IllegalTransition } from '@casebridge/kernel';
import { type ReferralActName, referralMachine } from './referral.machine';
import { timelineAct } from './referral-record';

type From = ReferralStatus | 'none';

/** On a track of its own: the main one stays. */
const beside = (...states: ReferralStatus[]) => Object.fromEntries(states.map((s) => [s, s]));

const open: ReferralStatus[] = [
  'PENDING_APPROVAL', 'NOT_APPROVED', 'APPROVED', 'TRANSFERRED', 'UNDER_FILING_REVIEW', 'SUPPLEMENT_REQUIRED', 'FILED', 'SENT_FOR_PROSECUTION', 'INDICTED', 'JUDGED', 'NOT_FILED', 'CASE_WITHDRAWN',
  'NOT_PROSECUTED', 'JUDGED_EFFECTIVE',
];
const whatever = beside(...open, 'RETURNED', 'CLOSED');

/** The machine as the page on referrals has it, typed from that page and not from the code. */
const page: Readonly<Record<ReferralActName, Partial<Record<From, ReferralStatus>>>> = {
  submitReferralReport: { none: 'PENDING_APPROVAL', NOT_APPROVED: 'PENDING_APPROVAL' },
  approveReferral: { PENDING_APPROVAL: 'APPROVED' },
  refuseReferral: { PENDING_APPROVAL: 'NOT_APPROVED' },
  transferReferral: { APPROVED: 'TRANSFERRED' },
  signReferralReceipt: { TRANSFERRED: 'UNDER_FILING_REVIEW' },
  requestReferralSupplement: { UNDER_FILING_REVIEW: 'SUPPLEMENT_REQUIRED' },
  supplementReferral: { SUPPLEMENT_REQUIRED: 'UNDER_FILING_REVIEW' },
  forwardReferral: { UNDER_FILING_REVIEW: 'TRANSFERRED' },
  returnReferral: { UNDER_FILING_REVIEW: 'RETURNED' },
  fileCriminalCase: { UNDER_FILING_REVIEW: 'FILED', NOT_FILED: 'FILED' },
  refuseCriminalCase: { UNDER_FILING_REVIEW: 'NOT_FILED' },
  recordReceiptRefusal: { TRANSFERRED: 'TRANSFERRED' },
  withdrawCriminalCase: { FILED: 'CASE_WITHDRAWN' },
  sendForProsecution: { FILED: 'SENT_FOR_PROSECUTION' },
  returnForInvestigation: { SENT_FOR_PROSECUTION: 'FILED' },
  indict: { SENT_FOR_PROSECUTION: 'INDICTED' },
  decideNotToProsecute: { SENT_FOR_PROSECUTION: 'NOT_PROSECUTED' },
  recordJudgment: { INDICTED: 'JUDGED' },
  recordEffectiveJudgment: { JUDGED: 'JUDGED_EFFECTIVE' },
  closeReferral: { RETURNED: 'CLOSED', NOT_FILED: 'CLOSED', CASE_WITHDRAWN: 'CLOSED', NOT_PROSECUTED: 'CLOSED', JUDGED_EFFECTIVE: 'CLOSED' },
  orderReferral: { none: 'APPROVED', PENDING_APPROVAL: 'APPROVED', NOT_APPROVED: 'APPROVED' },
  extendFilingReview: { UNDER_FILING_REVIEW: 'UNDER_FILING_REVIEW' },
  requestReconsideration: { NOT_FILED: 'NOT_FILED' },
  decideReconsideration: { NOT_FILED: 'NOT_FILED' },
  proposeFilingSupervision: { UNDER_FILING_REVIEW: 'UNDER_FILING_REVIEW', NOT_FILED: 'NOT_FILED' },
  requestNonFilingExplanation: beside('UNDER_FILING_REVIEW', 'NOT_FILED'),
  explainNonFiling: beside('UNDER_FILING_REVIEW', 'SUPPLEMENT_REQUIRED', 'NOT_FILED'),
  acceptNonFilingReasons: beside('UNDER_FILING_REVIEW', 'SUPPLEMENT_REQUIRED', 'NOT_FILED'),
  orderFiling: beside('UNDER_FILING_REVIEW', 'SUPPLEMENT_REQUIRED', 'NOT_FILED'),
  issueCorrectionNotice: beside('UNDER_FILING_REVIEW', 'SUPPLEMENT_REQUIRED', 'NOT_FILED'),
  sendReverseTransfer: beside('NOT_FILED', 'CASE_WITHDRAWN', 'NOT_PROSECUTED', 'JUDGED_EFFECTIVE'),
  acceptReverseTransfer: beside('NOT_FILED', 'CASE_WITHDRAWN', 'NOT_PROSECUTED', 'JUDGED_EFFECTIVE'),
  returnAdministrativeOutcome: beside('NOT_FILED', 'CASE_WITHDRAWN', 'NOT_PROSECUTED', 'JUDGED_EFFECTIVE'),
  recordGoods: beside(...open),
  keepGoods: whatever,
  keepGoodsInPlace: whatever,
  preserveGoods: whatever,
  handOverGoods: beside('FILED', 'SENT_FOR_PROSECUTION', 'INDICTED', 'JUDGED'),
  giveBackGoods: beside('NOT_FILED', 'CASE_WITHDRAWN', 'NOT_PROSECUTED', 'JUDGED_EFFECTIVE', 'CLOSED'),
  returnGoods: beside('NOT_FILED', 'CASE_WITHDRAWN', 'NOT_PROSECUTED', 'JUDGED_EFFECTIVE', 'RETURNED', 'CLOSED'),
  disposeOfGoods: whatever,
};

/** Article per act, from the domain book. */
const articles: Readonly<Record<ReferralActName, readonly [instrument: string, article: string, mark?: 'NV']>> = {
  submitReferralReport: ['行政执法机关移送涉嫌犯罪案件的规定', '5(1)'],
  approveReferral: ['行政执法机关移送涉嫌犯罪案件的规定', '5(2)'],
  refuseReferral: ['行政执法机关移送涉嫌犯罪案件的规定', '5(2)'],
  transferReferral: ['行政执法机关移送涉嫌犯罪案件的规定', '5(2), 6'],
  signReferralReceipt: ['行政执法机关移送涉嫌犯罪案件的规定', '7'],
  requestReferralSupplement: ['公安机关办理刑事案件程序规定', '180(2)'],
  supplementReferral: ['公安机关办理刑事案件程序规定', '180(2)'],
  forwardReferral: ['行政执法机关移送涉嫌犯罪案件的规定', '7'],
  returnReferral: ['公安机关办理刑事案件程序规定', '180(3)'],
  fileCriminalCase: ['行政执法机关移送涉嫌犯罪案件的规定', '8'],
  refuseCriminalCase: ['行政执法机关移送涉嫌犯罪案件的规定', '8'],
  recordReceiptRefusal: ['行政执法机关移送涉嫌犯罪案件的规定', '7'],
  withdrawCriminalCase: ['公安机关办理刑事案件程序规定', '187, 189'],
  sendForProsecution: ['中华人民共和国刑事诉讼法', '162', 'NV'],
  returnForInvestigation: ['中华人民共和国刑事诉讼法', '175', 'NV'],
  indict: ['中华人民共和国刑事诉讼法', '176', 'NV'],
  decideNotToProsecute: ['中华人民共和国刑事诉讼法', '177'],
  recordJudgment: ['中华人民共和国刑事诉讼法', '200', 'NV'],
  recordEffectiveJudgment: ['中华人民共和国刑事诉讼法', '259', 'NV'],
  closeReferral: ['药案通平台规则（非法律规定）', '办结'],
  orderReferral: ['人民检察院刑事诉讼规则', '557(3)'],
  extendFilingReview: ['药品行政执法与刑事司法衔接工作办法', '条次待核', 'NV'],
  requestReconsideration: ['行政执法机关移送涉嫌犯罪案件的规定', '9(1)'],
  decideReconsideration: ['行政执法机关移送涉嫌犯罪案件的规定', '9(2)'],
  proposeFilingSupervision: ['行政执法机关移送涉嫌犯罪案件的规定', '9'],
  requestNonFilingExplanation: ['人民检察院刑事诉讼规则', '558-560'],
  explainNonFiling: ['公安机关办理刑事案件程序规定', '182(1)'],
  acceptNonFilingReasons: ['人民检察院刑事诉讼规则', '561(2)'],
  orderFiling: ['人民检察院刑事诉讼规则', '561(1), 563'],
  issueCorrectionNotice: ['人民检察院刑事诉讼规则', '564(2)'],
  sendReverseTransfer: ['中华人民共和国药品管理法', '113(2)'],
  acceptReverseTransfer: ['药品行政执法与刑事司法衔接工作办法', '15', 'NV'],
  returnAdministrativeOutcome: ['中华人民共和国刑事诉讼法', '177(3)'],
  recordGoods: ['行政执法机关移送涉嫌犯罪案件的规定', '4'],
  keepGoods: ['药案通平台规则（非法律规定）', '涉案物品保管'],
  keepGoodsInPlace: ['药案通平台规则（非法律规定）', '涉案物品保管'],
  preserveGoods: ['行政执法机关移送涉嫌犯罪案件的规定', '4'],
  handOverGoods: ['行政执法机关移送涉嫌犯罪案件的规定', '12'],
  giveBackGoods: ['药案通平台规则（非法律规定）', '涉案物品返还'],
  returnGoods: ['药案通平台规则（非法律规定）', '涉案物品返还'],
  disposeOfGoods: ['行政执法机关移送涉嫌犯罪案件的规定', '4'],
};

const acts = Object.keys(page) as ReferralActName[];
const states: readonly From[] = ['none', ...referralStatus.codes];
const cells = acts.flatMap((act) => states.map((from) => [act, from, page[act][from] ?? null] as const));

describe('the referral machine', () => {
  it('knows the acts of the page and no other', () => {
    expect([...referralMachine.acts].sort()).toEqual([...acts].sort());
  });

  it.each(cells)('%s from %s leads to %s', (act, from, to) => {
    const state = from === 'none' ? null : from;
    expect(referralMachine.can(state, act)).toBe(to !== null);
    if (to !== null) expect(referralMachine.next(state, act)).toBe(to);
    else expect(() => referralMachine.next(state, act)).toThrow(IllegalTransition);
  });

  it.each(acts)('%s rests on its article, marked where its text was not read', (act) => {
    const { instrument, article, mark } = referralMachine.rules[act].basis;
    const [of, number, unread = 'V'] = articles[act];
    expect([instrument, article, mark]).toEqual([of, number, unread]);
  });

  it('says in a refusal which state the record is in and which article was asked of', () => {
    const refusal = (): unknown => {
      try {
        return referralMachine.next('FILED', 'returnReferral');
      } catch (cause) {
        return cause;
      }
    };
    expect(refusal()).toMatchObject({
      code: 'ILLEGAL_TRANSITION', kind: 'CONFLICT', state: 'FILED', basis: { instrument: '公安机关办理刑事案件程序规定', article: '180(3)' },
    });
  });

  it('writes every act into the timeline under the name of its mutation', () => {
    expect(acts.map(timelineAct).sort()).toEqual([...referralAct.codes].sort());
    expect(timelineAct('signReferralReceipt')).toBe('SIGN_REFERRAL_RECEIPT');
  });
});
