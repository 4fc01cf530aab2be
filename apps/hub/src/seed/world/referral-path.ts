import type { CriminalCharge, ReferralDocumentKind } from '@casebridge/contracts';
import type { ActWords } from './act-words';
import type { CaseTape, ToldAct } from './case-tape';
import { byDaylight, dayOf, dayText } from './days';
import { label } from './names';
import { type FilingAgency, surroundings } from './places';
import type { Random } from './random';

const refused = ['submitReferralReport', 'approveReferral', 'transferReferral', 'signReferralReceipt', 'refuseCriminalCase'] as const;
const filed = ['submitReferralReport', 'approveReferral', 'transferReferral', 'signReferralReceipt', 'fileCriminalCase'] as const;

/** How far a referral has come, by what happened on the way. */
export const outcomes = {
  PENDING: ['submitReferralReport'],
  NOT_APPROVED: ['submitReferralReport', 'refuseReferral'],
  RESUBMITTED: ['submitReferralReport', 'refuseReferral', 'submitReferralReport'],
  APPROVED: ['submitReferralReport', 'approveReferral'],
  TRANSFERRED: ['submitReferralReport', 'approveReferral', 'transferReferral'],
  UNDER_REVIEW: ['submitReferralReport', 'approveReferral', 'transferReferral', 'signReferralReceipt'],
  SUPPLEMENT_REQUIRED: ['submitReferralReport', 'approveReferral', 'transferReferral', 'signReferralReceipt', 'requestReferralSupplement'],
  FORWARDED: ['submitReferralReport', 'approveReferral', 'transferReferral', 'signReferralReceipt', 'forwardReferral'],
  RETURNED: ['submitReferralReport', 'approveReferral', 'transferReferral', 'signReferralReceipt', 'returnReferral'],
  FILED: ['submitReferralReport', 'approveReferral', 'transferReferral', 'signReferralReceipt', 'fileCriminalCase'],
  NOT_FILED: ['submitReferralReport', 'approveReferral', 'transferReferral', 'signReferralReceipt', 'refuseCriminalCase'],
  FILED_AFTER_SUPPLEMENT: [
    'submitReferralReport', 'approveReferral', 'transferReferral', 'signReferralReceipt', 'requestReferralSupplement', 'supplementReferral', 'fileCriminalCase',
  ],
  FILED_AFTER_FORWARDING: [
    'submitReferralReport', 'approveReferral', 'transferReferral', 'signReferralReceipt', 'forwardReferral', 'signReferralReceipt', 'fileCriminalCase',
  ],
  FILED_AFTER_REFUSAL: [
    'submitReferralReport', 'refuseReferral', 'submitReferralReport', 'approveReferral', 'transferReferral', 'signReferralReceipt', 'fileCriminalCase',
  ],
  RECEIPT_REFUSED: ['submitReferralReport', 'approveReferral', 'transferReferral', 'recordReceiptRefusal'],
  RECONSIDERED: [...refused, 'requestReconsideration'],
  FILED_ON_RECONSIDERATION: [...refused, 'requestReconsideration', 'decideReconsideration', 'fileCriminalCase'],
  SUPERVISED: [...refused, 'proposeFilingSupervision', 'requestNonFilingExplanation'],
  FILED_ON_ORDER: [
    ...refused, 'requestReconsideration', 'decideReconsideration', 'proposeFilingSupervision', 'requestNonFilingExplanation', 'explainNonFiling', 'orderFiling', 'fileCriminalCase',
  ],
  CLOSED_UNFILED: [...refused, 'proposeFilingSupervision', 'requestNonFilingExplanation', 'explainNonFiling', 'acceptNonFilingReasons', 'closeReferral'],
  WITHDRAWN: [...filed, 'withdrawCriminalCase', 'sendReverseTransfer'],
  WITHDRAWN_AND_CLOSED: [...filed, 'recordGoods', 'keepGoods', 'handOverGoods', 'withdrawCriminalCase', 'giveBackGoods', 'returnGoods', 'sendReverseTransfer', 'acceptReverseTransfer', 'returnAdministrativeOutcome', 'closeReferral'],
  PROSECUTED: [...filed, 'recordGoods', 'keepGoodsInPlace', 'handOverGoods', 'sendForProsecution'],
  NOT_PROSECUTED: [...filed, 'sendForProsecution', 'returnForInvestigation', 'sendForProsecution', 'decideNotToProsecute'],
  INDICTED: [...filed, 'sendForProsecution', 'indict'],
  JUDGED: [...filed, 'sendForProsecution', 'indict', 'recordJudgment'],
  CONVICTED: [...filed, 'recordGoods', 'preserveGoods', 'handOverGoods', 'sendForProsecution', 'indict', 'recordJudgment', 'recordEffectiveJudgment', 'disposeOfGoods'],
  EXEMPTED: [...filed, 'recordGoods', 'preserveGoods', 'sendForProsecution', 'indict', 'recordJudgment', 'recordEffectiveJudgment', 'sendReverseTransfer'],
} as const satisfies Record<string, readonly ToldAct[]>;
export type Outcome = keyof typeof outcomes;

/** Hours that an act takes after the one before it: in time, and late. */
const hours: Readonly<Record<ToldAct, readonly [least: number, most: number, late: number]>> = {
  submitReferralReport: [30, 120, 200], approveReferral: [3, 44, 110], refuseReferral: [6, 48, 110], transferReferral: [2, 12, 40],
  signReferralReceipt: [1, 8, 40], requestReferralSupplement: [2, 10, 30], supplementReferral: [6, 44, 100], forwardReferral: [2, 10, 30],
  returnReferral: [2, 10, 30], fileCriminalCase: [12, 52, 120], refuseCriminalCase: [12, 52, 120], recordReceiptRefusal: [2, 20, 40], requestReconsideration: [4, 40, 110],
  decideReconsideration: [6, 44, 110], proposeFilingSupervision: [4, 40, 110], requestNonFilingExplanation: [20, 60, 90], explainNonFiling: [20, 120, 260],
  acceptNonFilingReasons: [20, 120, 300], orderFiling: [20, 120, 300], withdrawCriminalCase: [100, 400, 500], sendForProsecution: [200, 700, 900],
  returnForInvestigation: [100, 300, 400], indict: [200, 500, 700], decideNotToProsecute: [200, 500, 700], recordJudgment: [300, 700, 900], recordEffectiveJudgment: [250, 300, 400],
  closeReferral: [20, 60, 120], sendReverseTransfer: [6, 60, 90], acceptReverseTransfer: [20, 120, 420], returnAdministrativeOutcome: [200, 700, 1_600],
  recordGoods: [2, 10, 30], keepGoods: [2, 10, 20], keepGoodsInPlace: [2, 10, 20], preserveGoods: [2, 10, 20], handOverGoods: [4, 30, 110], giveBackGoods: [20, 60, 120], returnGoods: [20, 60, 120], disposeOfGoods: [40, 120, 300],
};

export interface Referring {
  readonly outcome: Outcome;
  readonly agency: FilingAgency;
  readonly charge: CriminalCharge;
  readonly facts: string;
  /** Acts that would lie after it have not happened. */
  readonly now: Date;
  /** Gives the referral its number, by the year in which it is made. */
  readonly number: (year: string) => string;
}

/**
 * Plays a referral that begins at an instant, as far as it comes until now.
 *
 * @param by - everybody hurries where the last act would lie after this instant
 */
export function refer(tape: CaseTape, referring: Referring, from: number, random: Random, by = Number.POSITIVE_INFINITY): void {
  const acts = outcomes[referring.outcome];
  const waits = pauses(referring.outcome, random);
  let planned = instants(acts, from, waits, random);
  for (let share = 0.8; planned.at(-1)! > by && share > 0; share -= 0.2) planned = instants(acts, from, waits.map((wait) => Math.floor(wait * share)), random);
  play(tape, referring, planned, random);
}

/** Plays a referral whose last act lies shortly before an instant, so that its clock runs or has just run out; never before the last act on the case. */
export function referUntil(tape: CaseTape, referring: Referring, until: number, random: Random): void {
  const acts = outcomes[referring.outcome];
  const waits = pauses(referring.outcome, random);
  let start = until - waits.reduce((sum, wait) => sum + wait, 0);
  let planned = instants(acts, start, waits, random);
  // Nights push acts back: begin earlier by what was lost.
  for (let i = 0; i < 6 && planned.at(-1)! > until; i += 1) {
    start -= planned.at(-1)! - until;
    planned = instants(acts, start, waits, random);
  }
  play(tape, referring, planned[0]! > tape.at ? planned : instants(acts, tape.at + 3_600_000, waits, random), random);
}

function pauses(outcome: Outcome, random: Random): number[] {
  return outcomes[outcome].map((act, i) => {
    if (i === 0) return 0;
    const [least, most, late] = hours[act];
    return Math.floor((random.chance(0.12) ? late : least + (most - least) * random.next()) * 3_600_000);
  });
}

function instants(acts: readonly ToldAct[], from: number, waits: readonly number[], random: Random): number[] {
  let at = from;
  return acts.map((_, i) => (at = byDaylight(at + waits[i]!, random)));
}

function play(tape: CaseTape, referring: Referring, at: readonly number[], random: Random): void {
  if (at[0]! > referring.now.getTime()) return;
  const acts = outcomes[referring.outcome];
  tape.openReferral(at[0]!, referring.number(dayText(dayOf(at[0]!)).slice(0, 4)));
  let reports = 0;
  acts.forEach((act, i) => {
    if (at[i]! > referring.now.getTime()) return;
    if (act === 'submitReferralReport') reports += 1;
    tape.act(at[i]!, act, wordsFor(act, referring, tape, reports, random));
  });
}

const required: readonly ReferralDocumentKind[] = ['TRANSFER_LETTER', 'INVESTIGATION_REPORT', 'GOODS_LIST'];
/** The one court of the demo. */
const court = 'CRT-210100';
const gaps = ['缺少涉案药品的检验报告', '涉案物品清单未载明存放地点', '询问笔录缺少被询问人签名'];

function wordsFor(act: ToldAct, { agency, charge, facts, outcome }: Referring, tape: CaseTape, reports: number, random: Random): ActWords {
  const around = surroundings[agency];
  const officer = (code: string): string => `${code}-${random.int(2, 4)}`;
  const police = tape.referral?.policeAgencyCode ?? around.police ?? '';
  const prosecution = tape.referral?.procuratorateAgencyCode ?? '';
  const numbered = (kind: string): string => `演示${kind}〔${new Date(tape.at).getUTCFullYear()}〕${random.int(1, 9_999)}号`;
  switch (act) {
    case 'submitReferralReport':
      return {
        officer: `${agency}-2`, charge, taskForce: [`${agency}-2`, `${agency}-${random.int(3, 4)}`],
        facts: reports > 1 ? `${label}补充调查后发现新的事实：${facts}` : `${label}${facts}`,
      };
    case 'approveReferral':
      return { officer: `${agency}-1`, ...(random.chance(0.5) ? { opinion: `${label}同意移送。` } : {}) };
    case 'refuseReferral':
      return { officer: `${agency}-1`, reasons: `${label}货值金额未达追诉标准，继续行政处理。` };
    case 'transferReferral': {
      const documents = [...required, ...(tape.row.testRequired ? ['TEST_REPORT' as const] : []), ...(random.chance(0.3) ? ['OTHER' as const] : [])];
      return { officer: officer(agency), police: around.police!, procuratorate: around.procuratorate!, documents };
    }
    case 'signReferralReceipt':
      return { officer: officer(police), receiptNo: `演示公受案〔${new Date(tape.at).getUTCFullYear()}〕${random.int(1, 9_999)}号` };
    case 'requestReferralSupplement':
      return { officer: officer(police), gaps: [`${label}${random.pick(gaps)}`] };
    case 'supplementReferral':
      return random.chance(0.7)
        ? { officer: officer(agency), documents: ['OTHER'] }
        : { officer: officer(agency), explanation: `${label}检验机构尚未出具报告，出具后补送。` };
    case 'forwardReferral':
      return {
        officer: officer(police), police: around.otherPolice, procuratorate: around.otherProcuratorate, reasons: `${label}主要犯罪地不在本辖区。`,
      };
    case 'returnReferral':
      return { officer: officer(police), reasons: `${label}不属于公安机关管辖，退回行政机关处理。` };
    case 'fileCriminalCase':
      return { officer: officer(police), decisionNo: `演示公立〔${new Date(tape.at).getUTCFullYear()}〕${random.int(1, 9_999)}号` };
    case 'refuseCriminalCase':
      return { officer: officer(police), reasons: `${label}没有犯罪事实，不予立案。` };
    case 'recordReceiptRefusal':
      return { officer: officer(agency), reasons: `${label}值班人员以材料不全为由拒绝签收。` };
    case 'requestReconsideration':
      return { officer: officer(agency), reasons: `${label}已有证据证明犯罪事实，应当立案。` };
    case 'decideReconsideration':
      return { officer: officer(police), reasons: `${label}经复议作出决定。`, reconsidered: outcome === 'FILED_ON_RECONSIDERATION' ? 'REVERSED' : 'UPHELD' };
    case 'proposeFilingSupervision':
      return { officer: officer(agency), reasons: `${label}公安机关应当立案而不立案，建议监督。` };
    case 'requestNonFilingExplanation':
      return { officer: officer(prosecution), reasons: `${label}请书面说明不立案的理由。` };
    case 'explainNonFiling':
      return { officer: officer(police), reasons: `${label}涉案金额未达追诉标准。` };
    case 'acceptNonFilingReasons':
      return { officer: officer(prosecution), reasons: `${label}不立案理由成立。` };
    case 'orderFiling':
      return { officer: `${prosecution}-1`, reasons: `${label}不立案理由不成立，通知立案。` };
    case 'withdrawCriminalCase':
      return { officer: officer(police), reasons: `${label}经侦查没有犯罪事实。` };
    case 'sendForProsecution':
      return { officer: officer(police), documentNo: numbered('公诉意字') };
    case 'returnForInvestigation':
      return { officer: officer(prosecution), reasons: `${label}补充查明资金去向。` };
    case 'indict':
      return { officer: officer(prosecution), documentNo: numbered('检刑诉'), court };
    case 'decideNotToProsecute':
      return { officer: officer(prosecution), reasons: `${label}犯罪情节轻微，不需要判处刑罚。` };
    case 'recordJudgment':
      return { officer: officer(court), documentNo: numbered('刑初'), judgment: outcome === 'EXEMPTED' ? 'EXEMPT' : 'CONVICTED' };
    case 'recordEffectiveJudgment':
      return { officer: officer(court) };
    case 'sendReverseTransfer':
      return { officer: officer(outcome === 'EXEMPTED' ? court : police), reasons: `${label}应当给予行政处罚，移送处理。` };
    case 'acceptReverseTransfer':
      return { officer: officer(agency), reasons: `${label}已接收，按程序处理。` };
    case 'returnAdministrativeOutcome':
      return { officer: officer(agency), reasons: `${label}已依法作出处理。` };
    case 'closeReferral':
    case 'recordGoods':
      return { officer: officer(agency) };
    case 'keepGoods':
      return { officer: officer(agency), place: `${label}第二仓库` };
    case 'keepGoodsInPlace':
      return { officer: officer(agency), reasons: `${label}数量大，不宜移动，就地封存。` };
    case 'preserveGoods':
      return { officer: officer(agency), reasons: `${label}已抽样、拍照、检验。` };
    case 'handOverGoods':
      return { officer: officer(agency), documentNo: numbered('物移告'), receivedBy: `${label}民警`, place: `${label}公安机关物证室` };
    case 'giveBackGoods':
      return { officer: officer(police), reasons: `${label}案件已撤销，退回涉案物品。`, place: `${label}涉案物品仓库` };
    case 'returnGoods':
      return { officer: officer(agency), reasons: `${label}依法应当返还。`, documentNo: numbered('物返') };
    case 'disposeOfGoods':
      return { officer: officer(police), reasons: `${label}判决生效，无害化销毁。`, costOwner: 'TREASURY' };
  }
}
