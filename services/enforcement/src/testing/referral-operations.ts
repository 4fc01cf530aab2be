import { clientOperation } from '@casebridge/testkit';
import { buildEnforcementSubgraph } from '../subgraph';

const { schema } = buildEnforcementSubgraph();

/** What clients send, as this service is asked for it: every act takes an idempotency key. */
export const referralActs = clientOperation('referral-acts', schema);
const act = (name: string): string =>
  `mutation ${name.charAt(0).toUpperCase()}${name.slice(1)}($id: ID!, $input: ${name.charAt(0).toUpperCase()}${name.slice(1)}Input!, $key: ID!) {
    ${name}(id: $id, input: $input, idempotencyKey: $key) { referral { id version status dueAt } }
  }`;
/** What follows the decision on filing, in the form of those. */
export const proceedingsActs = [
  'recordReceiptRefusal', 'withdrawCriminalCase', 'sendForProsecution', 'returnForInvestigation', 'indict', 'decideNotToProsecute', 'recordJudgment',
  'recordEffectiveJudgment', 'closeReferral',
].map(act).join('\n');
/** Their live query, and where it begins. */
export const referralUpdates = clientOperation('referral-updates', schema, 'ReferralUpdates');
export const referralEventCursor = clientOperation('referral-updates', schema, 'ReferralEventCursor');
/** Their query of one case. */
export const sharedCase = clientOperation('shared-case', schema);

/** Everything of a referral that this service knows. */
export const wholeReferral = `
query WholeReferral($id: ID!) {
  referral(id: $id) {
    id referralNo version status charge dueAt overdue createdAt gaps receiptNo decisionNo decidedOn filedCharge notFiledReasons returnReasons
    withdrawalReasons nonProsecution { kind reasons } indictmentNo judgment { number outcome instance judgedOn effectiveOn }
    facts taskForce
    deadline { dueAt lastDay provisional rule amount unit basis { instrument article } startedAt suspensions { from to } calendarVersion }
    holder { code } filingAgency { code } policeAgency { code } procuratorateAgency { code } court { code }
    documents { id kind title fileId }
    timeline { position act status at actor { code } holder { code } basis { instrument article } dueAt met note }
    case { id status }
  }
}
`;
