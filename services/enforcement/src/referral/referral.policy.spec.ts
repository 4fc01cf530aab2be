import { demoAgencies } from '@casebridge/contracts';
import type { AgencyReader, OfficerRole } from '@casebridge/kernel';
import type { ReferralActName } from './referral.machine';
import { whyNotReferralAct } from './referral.policy';

const parties = { filingAgencyCode: 'MRA-210102', policeAgencyCode: 'PSB-210102', procuratorateAgencyCode: 'PPO-210100', courtAgencyCode: 'CRT-210100' };

/** Column "by" of the page on referrals: who, and in which role. */
const by: Readonly<Record<ReferralActName, readonly [agency: string | readonly string[], role: 'officer' | 'head']>> = {
  submitReferralReport: ['MRA-210102', 'officer'],
  approveReferral: ['MRA-210102', 'head'],
  refuseReferral: ['MRA-210102', 'head'],
  transferReferral: ['MRA-210102', 'officer'],
  signReferralReceipt: ['PSB-210102', 'officer'],
  requestReferralSupplement: ['PSB-210102', 'officer'],
  supplementReferral: ['MRA-210102', 'officer'],
  forwardReferral: ['PSB-210102', 'officer'],
  returnReferral: ['PSB-210102', 'officer'],
  fileCriminalCase: ['PSB-210102', 'officer'],
  refuseCriminalCase: ['PSB-210102', 'officer'],
  recordReceiptRefusal: ['MRA-210102', 'officer'],
  withdrawCriminalCase: ['PSB-210102', 'officer'],
  sendForProsecution: ['PSB-210102', 'officer'],
  returnForInvestigation: ['PPO-210100', 'officer'],
  indict: ['PPO-210100', 'officer'],
  decideNotToProsecute: ['PPO-210100', 'officer'],
  recordJudgment: [['CRT-210100', 'PPO-210100'], 'officer'],
  recordEffectiveJudgment: [['CRT-210100', 'PPO-210100'], 'officer'],
  closeReferral: ['MRA-210102', 'officer'],
  orderReferral: ['PPO-210100', 'head'],
  extendFilingReview: ['PSB-210102', 'officer'],
  requestReconsideration: ['MRA-210102', 'officer'],
  decideReconsideration: ['PSB-210102', 'officer'],
  proposeFilingSupervision: ['MRA-210102', 'officer'],
  requestNonFilingExplanation: ['PPO-210100', 'officer'],
  explainNonFiling: ['PSB-210102', 'officer'],
  acceptNonFilingReasons: ['PPO-210100', 'officer'],
  orderFiling: ['PPO-210100', 'head'],
  issueCorrectionNotice: ['PPO-210100', 'officer'],
  sendReverseTransfer: [['PSB-210102', 'PPO-210100', 'CRT-210100'], 'officer'],
  acceptReverseTransfer: ['MRA-210102', 'officer'],
  returnAdministrativeOutcome: ['MRA-210102', 'officer'],
  recordGoods: ['MRA-210102', 'officer'],
  keepGoods: [['MRA-210102', 'PSB-210102'], 'officer'],
  keepGoodsInPlace: [['MRA-210102', 'PSB-210102'], 'officer'],
  preserveGoods: [['MRA-210102', 'PSB-210102'], 'officer'],
  handOverGoods: ['MRA-210102', 'officer'],
  giveBackGoods: ['PSB-210102', 'officer'],
  returnGoods: [['MRA-210102', 'PSB-210102'], 'officer'],
  disposeOfGoods: [['MRA-210102', 'PSB-210102'], 'officer'],
};
const acts = Object.keys(by) as ReferralActName[];

const reader = (code: string, roles: readonly OfficerRole[]): AgencyReader => {
  const agency = demoAgencies.find((a) => a.code === code);
  if (!agency) throw new Error(code);
  const at = new Date('2026-11-22T02:00:00.000Z');
  return { kind: 'agency', agency, officerId: `${code}-3`, roles, scopes: [], purpose: null, tokenId: 't', issuedAt: at, expiresAt: at };
};

describe('who may act on a referral', () => {
  describe.each(demoAgencies.map((a) => a.code))('%s', (code) => {
    it.each(acts)('%s: only the agency of the page, only in the role of the page', (act) => {
      const [agency, role] = by[act];
      const his = [agency].flat().includes(code);
      expect(whyNotReferralAct(reader(code, ['officer']), act, parties) === null).toBe(his && role === 'officer');
      expect(whyNotReferralAct(reader(code, ['officer', 'head']), act, parties) === null).toBe(his);
      // A head acts as an officer does, whatever his token names besides.
      expect(whyNotReferralAct(reader(code, ['head']), act, parties) === null).toBe(his);
      for (const none of [[], ['reviewer'], ['auditor'], ['analyst'], ['system'], ['reviewer', 'auditor', 'analyst', 'system']] as OfficerRole[][]) {
        expect(whyNotReferralAct(reader(code, none), act, parties)).not.toBeNull();
      }
    });
  });

  it('lets no police act before a referral was transferred', () => {
    for (const act of acts.filter((a) => by[a][0] === 'PSB-210102')) {
      expect(whyNotReferralAct(reader('PSB-210102', ['officer', 'head']), act, { ...parties, policeAgencyCode: null })).toMatch(/police/);
    }
  });

  it('says whose act it is', () => {
    expect(whyNotReferralAct(reader('PSB-210102', ['officer']), 'approveReferral', parties)).toMatch(/agency that handles the case/);
    expect(whyNotReferralAct(reader('MRA-210102', ['officer']), 'approveReferral', parties)).toMatch(/正职负责人/);
    expect(whyNotReferralAct(reader('CRT-210100', ['officer']), 'indict', parties)).toMatch(/procuratorate/);
    expect(whyNotReferralAct(reader('PSB-210102', ['officer']), 'recordJudgment', parties)).toMatch(/court/);
  });
});
