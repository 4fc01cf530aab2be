import type { AskedOperation } from '../operation';
import { randomFrom } from '../random';
import { sizes, type World } from './world';

export const operationNames = ['SharedCase', 'CaseList'] as const;
export type GatewayOperationName = (typeof operationNames)[number];

export interface GatewayOperation extends AskedOperation {
  readonly name: GatewayOperationName;
}

const parts = `
  agency { code name functions }
  penaltyDecision { documentNo decidedOn items { kind amountFen basis { instrument article } } }
  referral {
    id version status dueAt overdue holder { code name }
    timeline { position act status at actor { code name } basis { instrument article } }
  }
  enterprise {
    uscc name address riskTier
    inspections { id kind conductedOn conclusion defects { id grade status } }
    creditScore
    creditPunishments { id kind status startsOn endsOn }
  }
  complaints { id receivedAt channel status }
  adverseReactionReports { id seriousness receivedOn reaction drug { id name registrationNo dosageForm } }
`;

const sharedCase = `query SharedCase($id: ID!) { case(id: $id) { id caseNo status filedAt cause ${parts} } }`;
const caseList = `query CaseList($first: Int!, $offset: Int!) { cases(first: $first, offset: $offset) { totalCount nodes { id caseNo status filedAt cause ${parts} } } }`;

export const pageSize = 50;
const askedCases = 250;

/** @param seed - chooses the cases that are asked for */
export function operationsFor({ enforcement }: World, seed: number): readonly GatewayOperation[] {
  const random = randomFrom(seed);
  const ids = enforcement.cases.map(({ id }) => ({ id, at: random() })).sort((a, b) => a.at - b.at).slice(0, askedCases).map(({ id }) => ({ id }));
  const pages = Array.from({ length: sizes.cases / pageSize }, (_, page) => ({ first: pageSize, offset: page * pageSize }));
  return [{ name: 'SharedCase', query: sharedCase, root: 'case', variables: ids }, { name: 'CaseList', query: caseList, root: 'cases', variables: pages }];
}
