import { demoRegions } from '@casebridge/contracts';
import type { HubClient } from './client';
import { publicPenalties } from './operations';

/** What the public register says of a penalty, as far as its filters ask about it. */
export interface Penalty {
  readonly id: string;
  readonly documentNo: string;
  readonly partyName: string;
  readonly partyUscc: string | null;
  readonly violationType: string;
  readonly penaltyKinds: readonly string[];
  readonly penaltySummary: string;
  readonly decidedOn: string;
  readonly publishedOn: string;
  readonly authority: { readonly code: string };
  readonly region: { readonly code: string };
}

type Page = { readonly totalCount: number; readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string }; readonly edges: readonly { readonly node: { readonly id: string } }[] };
const whole = `query Whole($after: String) { publicPenalties(first: 100, after: $after) { pageInfo { hasNextPage endCursor } nodes {
  id documentNo partyName partyUscc violationType penaltyKinds penaltySummary decidedOn publishedOn authority { code } region { code } } } }`;
const door = '/public/graphql';

/** Everything that is published, page by page. */
export async function wholeRegister(client: HubClient): Promise<readonly Penalty[]> {
  const all: Penalty[] = [];
  for (let after: string | null = null; ;) {
    const { publicPenalties: page }: { publicPenalties: Omit<Page, 'edges'> & { nodes: Penalty[] } } = await client.data(whole, { after }, undefined, door);
    all.push(...page.nodes);
    if (!page.pageInfo.hasNextPage) return all;
    after = page.pageInfo.endCursor;
  }
}

/** The ids that the operation of the portal finds, over all its pages, and how many it says there are. */
export async function found(client: HubClient, filter: object | null): Promise<{ readonly totalCount: number; readonly ids: readonly string[] }> {
  const ids: string[] = [];
  for (let after: string | null = null; ;) {
    const { publicPenalties: page }: { publicPenalties: Page } = await client.data(publicPenalties, { filter, first: 50, after }, undefined, door);
    ids.push(...page.edges.map((e) => e.node.id));
    if (!page.pageInfo.hasNextPage) return { totalCount: page.totalCount, ids: ids.sort() };
    after = page.pageInfo.endCursor;
  }
}

const below = (region: string): ReadonlySet<string> => {
  const inside = new Set([region]);
  for (const { code, parent } of demoRegions) if (parent !== null && inside.has(parent)) inside.add(code);
  return inside;
};

/** Each condition of the portal with what it must find, told of what the register says and by nothing else. */
export function conditions(all: readonly Penalty[]): readonly (readonly [filter: Record<string, unknown>, holds: (p: Penalty) => boolean])[] {
  const one = all.find((p) => p.partyUscc !== null && p.penaltyKinds.length > 1) ?? all[0];
  if (!one) throw new Error('nothing is published');
  const days = all.map((p) => p.decidedOn).sort();
  const [from, to] = [days[Math.floor(days.length / 3)] as string, days[Math.floor((days.length * 2) / 3)] as string];
  const shown = all.map((p) => p.publishedOn).sort();
  const middle = shown[Math.floor(shown.length / 2)] as string;
  const city = '210100';
  const district = one.region.code;
  const kinds = ['CRITICISM', 'LICENCE_REVOCATION', 'PRODUCTION_SUSPENSION', 'FINE', 'CONFISCATION_OF_GOODS'];
  return [
    [{ text: one.partyName }, (p) => p.partyName === one.partyName],
    [{ text: one.documentNo }, (p) => p.documentNo === one.documentNo],
    [{ partyUscc: one.partyUscc }, (p) => p.partyUscc === one.partyUscc],
    [{ documentNo: one.documentNo.replace('〔', '[').replace('〕', ']') }, (p) => p.documentNo === one.documentNo],
    [{ regionCode: city }, (p) => below(city).has(p.region.code)],
    [{ regionCode: district }, (p) => below(district).has(p.region.code)],
    [{ regionCode: '220000' }, (p) => below('220000').has(p.region.code)],
    [{ authorityCode: one.authority.code }, (p) => p.authority.code === one.authority.code],
    [{ violationTypes: [one.violationType] }, (p) => p.violationType === one.violationType],
    [{ violationTypes: [one.violationType, 'FAKE_DRUGS'] }, (p) => [one.violationType, 'FAKE_DRUGS'].includes(p.violationType)],
    ...kinds.map((kind) => [{ penaltyKinds: [kind] }, (p: Penalty) => p.penaltyKinds.includes(kind)] as const),
    [{ penaltyKinds: kinds.slice(0, 3) }, (p) => p.penaltyKinds.some((kind) => kinds.slice(0, 3).includes(kind))],
    [{ decidedFrom: from, decidedTo: to }, (p) => from <= p.decidedOn && p.decidedOn <= to],
    [{ decidedFrom: to }, (p) => to <= p.decidedOn],
    [{ decidedTo: from }, (p) => p.decidedOn <= from],
    [{ decidedFrom: to, decidedTo: from }, (p) => to <= p.decidedOn && p.decidedOn <= from],
    [{ publishedFrom: middle }, (p) => middle <= p.publishedOn],
    [{ publishedTo: middle }, (p) => p.publishedOn <= middle],
    [{ regionCode: city, penaltyKinds: ['FINE'], decidedFrom: from }, (p) => below(city).has(p.region.code) && p.penaltyKinds.includes('FINE') && from <= p.decidedOn],
    [{ text: null, regionCode: null, penaltyKinds: null, decidedFrom: null }, () => true],
  ];
}
