import { clientOperation } from '@casebridge/testkit';
import { buildEnforcementSubgraph } from '../subgraph';

const { schema } = buildEnforcementSubgraph();

/** What clients send, as this service is asked for it: every act takes an idempotency key. */
export const referralActs = clientOperation('referral-acts', schema);
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
    facts taskForce
    deadline { dueAt lastDay provisional rule amount unit basis { instrument article } startedAt suspensions { from to } calendarVersion }
    holder { code } filingAgency { code } policeAgency { code } procuratorateAgency { code }
    documents { id kind title fileId }
    timeline { position act status at actor { code } holder { code } basis { instrument article } dueAt met note }
    case { id status }
  }
}
`;
