import type { LawBook } from '@casebridge/kernel';
import { deferralMachine } from './disclosure/disclosure-deferral.machine';
import { disclosureMachine } from './disclosure/disclosure.machine';
import { disclosureClocks } from './disclosure/disclosure-window.rule';
import { publicationClocks } from './disclosure/publication-clock.rule';
import { heavyPenalties, listingGrounds } from './listing/listing-ground.rule';
import { listingClocks } from './listing/listing.clocks';
import { listingMachine } from './listing/listing.machine';
import { measureRows } from './measure/measure-kind.rule';
import { measureClocks } from './measure/measure.clocks';
import { measureMachine } from './measure/measure.machine';
import { obtainable, refusalGrounds, repairDocuments, repairRows } from './repair/repair-ground.rule';
import { repairClocks } from './repair/repair.clocks';
import { repairMachine } from './repair/repair.machine';

/** What this service holds of the law. */
export const creditLaw: LawBook = {
  clocks: [publicationClocks, disclosureClocks, listingClocks, measureClocks, repairClocks],
  machines: {
    'Serious-dishonesty list 严重违法失信名单': listingMachine, 'Joint measure 联合惩戒措施': measureMachine,
    'Publication of a decision 行政处罚信息公示': disclosureMachine, 'Deferral of publication 暂缓公示': deferralMachine, 'Credit repair 信用修复': repairMachine,
  },
  rules: [
    ...heavyPenalties.map(({ citation, kinds, tier }) => ({ about: 'Heavy penalty 较重行政处罚', says: `${kinds.join(', ')}${tier ? ` in the tier ${tier}` : ''}`, basis: citation })),
    ...listingGrounds.map(({ citation, ground, violations }) => ({
      about: 'Ground of listing 列入情形', says: `${ground}${violations.length > 0 ? ` by ${violations.join(', ')}` : ', as an officer finds'}`, basis: citation,
    })),
    ...measureRows.map(({ citation, executors, executorsMark, kind }) => ({
      about: 'Joint measure 联合惩戒措施', says: `${kind}, carried out by ${executors.join(', ')} (${executorsMark})`, basis: citation,
    })),
    ...repairRows.map((row) => ({ about: 'Earliest repair 最短公示期', says: `${row.class}: ${row.says}`, basis: row.citation })),
    ...refusalGrounds.map(({ citation, ground }) => ({ about: 'Ground of refusing repair 不予修复的理由', says: ground, basis: citation })),
    ...repairDocuments.map(({ citation, documents, kind }) => ({ about: 'Documents of an application for repair 信用修复申请材料', says: `${kind}: ${documents.join(', ')}`, basis: citation })),
    { about: 'Not asked of an enterprise again 通过数据共享获取', says: obtainable.documents.join(', '), basis: obtainable.citation },
  ],
};
