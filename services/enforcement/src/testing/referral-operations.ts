import { clientOperation } from '@casebridge/testkit';
import { referralMachine } from '../referral/referral.machine';
import { buildEnforcementSubgraph } from '../subgraph';

const { schema } = buildEnforcementSubgraph();

/** What clients send, as this service is asked for it: every act takes an idempotency key. */
export const referralActs = clientOperation('referral-acts', schema);
/** Acts that take a case. */
export const actsOnCase: ReadonlySet<string> = new Set(['submitReferralReport', 'orderReferral']);
const act = (name: string): string => {
  const on = actsOnCase.has(name) ? 'caseId' : 'id';
  return `mutation ${name.charAt(0).toUpperCase()}${name.slice(1)}($${on}: ID!, $input: ${name.charAt(0).toUpperCase()}${name.slice(1)}Input!, $key: ID!) {
    ${name}(${on}: $${on}, input: $input, idempotencyKey: $key) { referral { id version status dueAt } }
  }`;
};
/** The other acts, in the form of those. */
export const laterActs = referralMachine.acts.filter((name) => !referralActs.includes(` ${name}(`)).map(act).join('\n');
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
    orderNo reviewExtension
    tracks { kind openedPosition state holder { code } dueAt overdue deadline { rule basis { instrument article } } }
    timeline { position act status at actor { code } holder { code } basis { instrument article } dueAt met note documentNo approver tracks { kind state } }
    case { id status }
  }
}
`;
