import { cooperationKind } from '@casebridge/contracts';
import { apl2021, type LawBook } from '@casebridge/kernel';
import { caseMachine } from './admin-case/case.machine';
import { caseStepClocks } from './case-step/case-step.clocks';
import { hearingKinds, largeAmounts } from './case-step/hearing.rule';
import { clueClocks } from './clue/clue.clocks';
import { clueMachine } from './clue/clue.machine';
import { measureClocks } from './compulsory-measure/measure.clocks';
import { measureMachine } from './compulsory-measure/measure.machine';
import { cooperationClocks } from './cooperation/cooperation.clocks';
import { cooperationMachines } from './cooperation/cooperation.machine';
import { dutyCrimeClueMachine } from './duty-crime-clue/duty-crime-clue.machine';
import { banLengths, personArticles } from './penalty-decision/penalty-article.rule';
import { penaltyClocks } from './penalty-decision/penalty-decision.clocks';
import { referralClocks, referralMachine } from './referral';
import { goodsMachine } from './referral/goods.machine';
import { trackMachine } from './referral/referral-track.machine';
import { crimeThresholds } from './supervision/crime-threshold.rule';

/** What this service holds of the law. */
export const enforcementLaw: LawBook = {
  clocks: [clueClocks, caseStepClocks, referralClocks, penaltyClocks, cooperationClocks, measureClocks],
  machines: {
    'Clue 线索': clueMachine, 'Administrative case 行政处罚案件': caseMachine, 'Referral 涉嫌犯罪案件移送': referralMachine,
    'Beside a referral: reconsideration 复议, supervision 立案监督, reverse transfer 反向移送': trackMachine,
    'Duty-crime clue 职务犯罪线索': dutyCrimeClueMachine,
    ...Object.fromEntries(cooperationKind.codes.map((kind) => [`${cooperationKind.labels[kind].en} ${cooperationKind.labels[kind].zh}`, cooperationMachines[kind]])),
    'Goods of a referral 涉案物品': goodsMachine, 'Compulsory measure 行政强制措施': measureMachine,
  },
  rules: [
    ...banLengths.map(({ citation, length }) => ({ about: 'Length of an industry ban 限制从业期限', says: 'years' in length ? `${length.kind}, ${length.years} years` : length.kind, basis: citation })),
    ...personArticles.map(({ citation, person, when }) => ({
      about: 'Penalty to the person 处罚到人', says: `a decision on ${citation.article} needs a line for a person: ${when}`, basis: person,
    })),
    { about: 'Hearing 听证', says: `the party may ask for one where it is to be imposed: ${hearingKinds.join(', ')}`, basis: apl2021('63') },
    { about: 'Surcharge on a fine 加处罚款', says: 'three per cent a day of what is unpaid, never more than the fine, none while the decision is fought', basis: apl2021('72(1), 73(3)') },
    ...largeAmounts.map(({ party, fromFen, basis }) => ({ about: 'Hearing 听证', says: `or a fine or confiscation of ${fromFen} fen or more on ${party}`, basis })),
    ...crimeThresholds.map((row) => ({
      about: 'Suspected crime in a decision 以罚代刑', says: `${row.violationType} from a value of goods of ${row.fromGoodsValueFen} fen: ${row.charge}`, basis: row.basis,
    })),
  ],
};
