/** What clients send, word for word: every act takes an idempotency key. */
export const referralActs = `
mutation SubmitReferralReport($caseId: ID!, $input: SubmitReferralReportInput!, $key: ID!) {
  submitReferralReport(caseId: $caseId, input: $input, idempotencyKey: $key) { referral { id version status dueAt } }
}
mutation ApproveReferral($id: ID!, $input: ApproveReferralInput!, $key: ID!) {
  approveReferral(id: $id, input: $input, idempotencyKey: $key) { referral { id version status dueAt } }
}
mutation RefuseReferral($id: ID!, $input: RefuseReferralInput!, $key: ID!) {
  refuseReferral(id: $id, input: $input, idempotencyKey: $key) { referral { id version status dueAt } }
}
mutation TransferReferral($id: ID!, $input: TransferReferralInput!, $key: ID!) {
  transferReferral(id: $id, input: $input, idempotencyKey: $key) { referral { id version status dueAt } }
}
mutation SignReferralReceipt($id: ID!, $input: SignReferralReceiptInput!, $key: ID!) {
  signReferralReceipt(id: $id, input: $input, idempotencyKey: $key) { referral { id version status dueAt } }
}
mutation RequestReferralSupplement($id: ID!, $input: RequestReferralSupplementInput!, $key: ID!) {
  requestReferralSupplement(id: $id, input: $input, idempotencyKey: $key) { referral { id version status dueAt } }
}
mutation SupplementReferral($id: ID!, $input: SupplementReferralInput!, $key: ID!) {
  supplementReferral(id: $id, input: $input, idempotencyKey: $key) { referral { id version status dueAt } }
}
mutation ForwardReferral($id: ID!, $input: ForwardReferralInput!, $key: ID!) {
  forwardReferral(id: $id, input: $input, idempotencyKey: $key) { referral { id version status dueAt } }
}
mutation ReturnReferral($id: ID!, $input: ReturnReferralInput!, $key: ID!) {
  returnReferral(id: $id, input: $input, idempotencyKey: $key) { referral { id version status dueAt } }
}
mutation FileCriminalCase($id: ID!, $input: FileCriminalCaseInput!, $key: ID!) {
  fileCriminalCase(id: $id, input: $input, idempotencyKey: $key) { referral { id version status dueAt } }
}
mutation RefuseCriminalCase($id: ID!, $input: RefuseCriminalCaseInput!, $key: ID!) {
  refuseCriminalCase(id: $id, input: $input, idempotencyKey: $key) { referral { id version status dueAt } }
}
`;

/** Their live query, without what another service would add. */
export const referralUpdates = `
subscription ReferralUpdates($after: String, $referralIds: [ID!]) {
  referralUpdated(after: $after, referralIds: $referralIds) {
    cursor
    position
    act
    occurredAt
    statusAfter
    dueAtAfter
    referral {
      id
      version
      status
      dueAt
      case {
        id
        caseNo
        enterprise { uscc }
      }
    }
  }
}
`;

export const referralEventCursor = `
query ReferralEventCursor {
  referralEventCursor
}
`;

/** Their query of one case, as far as this service answers it. */
export const sharedCase = `
query SharedCase($id: ID!) {
  case(id: $id) {
    id
    caseNo
    status
    filedAt
    agency { code name functions }
    enterprise { uscc }
    penaltyDecision { documentNo decidedOn items { kind amountFen basis { instrument article } } }
    referral {
      id
      version
      status
      holder { code name }
      dueAt
      overdue
      timeline { position act status at actor { code name } basis { instrument article } dueAt }
    }
  }
}
`;

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
