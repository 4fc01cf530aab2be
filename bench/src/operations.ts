import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Operation, Variables } from './operation';
import type { Target } from './target';

const document = (file: string): string => readFileSync(resolve(__dirname, '../../e2e/operations', file), 'utf8');

const sharedCase = { name: 'SharedCase', query: document('shared-case.graphql'), root: 'case', public: false, cursors: 'cases' } as const;
const caseList = { name: 'CaseList', query: document('case-list.graphql'), root: 'cases', public: false, cursors: 'cases', variables: [{}] } as const;
const publicPenalties = {
  name: 'PublicPenalties', query: document('public-penalties.graphql'), root: 'publicPenalties', public: true, cursors: 'publicPenalties',
} as const;

const pageOfParts = `query Parts($after: String) {
  cases(first: 100, after: $after) {
    pageInfo { hasNextPage endCursor }
    nodes {
      id
      penaltyDecision { id }
      referral { id }
      enterprise { inspections(first: 1) { nodes { id } } creditPunishments(first: 1) { nodes { id } } }
      complaints(first: 1) { nodes { id } }
      adverseReactionReports(first: 1) { nodes { id } }
    }
  }
}`;

interface Some {
  readonly nodes: readonly unknown[];
}
interface Parts {
  readonly id: string;
  readonly penaltyDecision: unknown;
  readonly referral: unknown;
  readonly enterprise: { readonly inspections: Some | null; readonly creditPunishments: Some | null } | null;
  readonly complaints: Some | null;
  readonly adverseReactionReports: Some | null;
}
interface PartsPage {
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  readonly nodes: readonly Parts[];
}

const some = (list: Some | null | undefined): boolean => list != null && list.nodes.length > 0;
const hasAllParts = (c: Parts): boolean =>
  c.penaltyDecision != null && c.referral != null && some(c.enterprise?.inspections) && some(c.enterprise?.creditPunishments)
  && some(c.complaints) && some(c.adverseReactionReports);

const wantedCases = 50;
const maxPages = 20;

/** Cases that the reader sees with all six parts, the newest first. */
async function wholeCases(hub: Target): Promise<string[]> {
  const ids: string[] = [];
  let after: string | null = null;
  for (let page = 0; page < maxPages && ids.length < wantedCases; page += 1) {
    const data: Record<string, unknown> = await hub.data({ name: 'Parts', query: pageOfParts, public: false }, { after });
    const { nodes, pageInfo } = data['cases'] as PartsPage;
    ids.push(...nodes.filter(hasAllParts).map((c) => c.id));
    if (!pageInfo.hasNextPage) break;
    after = pageInfo.endCursor;
  }
  return ids.slice(0, wantedCases);
}

interface Penalties {
  readonly edges: readonly { readonly node: { readonly partyName: string; readonly violationType: string; readonly decidedOn: string } }[];
}

/** The first page, and searches for it as the public makes them: words of a name, a violation since a day. */
async function searches(hub: Target): Promise<Variables[]> {
  const first = 20;
  const data = await hub.data(publicPenalties, { first: 50 });
  const { edges } = data['publicPenalties'] as Penalties;
  const words = new Set(edges.flatMap(({ node }) => /^[\p{L}]{4}/u.exec(node.partyName)?.[0] ?? []));
  const kinds = new Map(edges.map(({ node }) => [node.violationType, node.decidedOn]));
  return [
    { first }, { first },
    ...[...words].slice(0, 10).map((text) => ({ first, filter: { text } })),
    ...[...kinds].slice(0, 8).map(([violation, decidedFrom]) => ({ first, filter: { violationTypes: [violation], decidedFrom } })),
  ];
}

/**
 * The three operations with the variables that this database has answers for.
 *
 * @throws when no case has all parts, or nothing is published: then there is nothing to measure
 */
export async function prepareOperations(hub: Target): Promise<readonly Operation[]> {
  const ids = await wholeCases(hub);
  if (ids.length === 0) throw new Error('The reader sees no case with all parts: the demo data is not what it promises');
  const variables = await searches(hub);
  if (variables.length < 4) throw new Error('Too little is published to search in: the demo data is not what it promises');
  return [{ ...sharedCase, variables: ids.map((id) => ({ id })) }, caseList, { ...publicPenalties, variables }];
}
