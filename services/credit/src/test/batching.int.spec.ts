import type { PenaltyDecided } from '@casebridge/contracts';
import { statementsPerLevel } from '@casebridge/testkit';
import { item, officerFrom, startWorld, type World } from './world';

/*
 * What is nested is asked for once per level, however many parents there are: a query of twenty sends as many statements as a query of one.
 */

const many = 20;
let world: World;
const made: PenaltyDecided[] = [];
beforeAll(async () => {
  world = await startWorld();
  for (let i = 0; i < many; i += 1) {
    made.push(await world.decide({ tier: 'HEAVY', items: [
      item(), item({ kind: 'INDUSTRY_BAN', partyKind: 'PERSON', partyName: '示例当事人甲', amountFen: null, startsOn: '2026-06-03', endsOn: '2030-06-03' }),
    ] }));
  }
});
afterAll(() => world.stop());

type Json = ReturnType<typeof JSON.parse>;
const who = officerFrom('DRUG-own');
const ofRecord = 'id documentNo penaltyKinds authority { code } region { code } enterprise { uscc } class channels { basis { article } } publicationDeadline { dueAt }';
const ofPunishment = 'id status basis { article } agency { code } enterprise { uscc }';

const count = (text: string, variables: (n: number) => Record<string, unknown>, found: (data: Json) => readonly Json[]): Promise<readonly string[]> =>
  statementsPerLevel(world.dataSource, many, async (n) => {
    const { data, errors } = await world.as(who).send<Json>(text, variables(n));
    expect(errors).toBeUndefined();
    return found(data);
  });
const first = (n: number): Record<string, unknown> => ({ n });

const ofListing = 'id status grounds bases { article } agency { code } region { code } enterprise { uscc } deadline { rule } acts { act } jointMeasures(first: 2) { totalCount nodes { id } }';

// Each kind of thing is asked for on one way only: two ways to it may meet in one statement or not, as the answers come.
it.each<[string, string, (d: Json) => readonly Json[], number]>([
  ['records on display', `query($n: Int!) { publicPenalties(first: $n) { totalCount nodes { ${ofRecord} case { id } } } }`,
    (d) => d.publicPenalties.nodes.filter((r: Json) => r.case !== null && r.channels.length === 2), 3],
  ['records on display, by their cases and enterprises',
    `query($n: Int!) { publicPenalties(first: $n) { nodes { id enterprise { uscc disclosureRecords(first: 2) { totalCount nodes { id } } } case { id creditPunishments(first: 2) { totalCount nodes { ${ofPunishment} } } } } } }`,
    (d) => d.publicPenalties.nodes.filter((r: Json) => r.enterprise.disclosureRecords.totalCount === 1 && r.case.creditPunishments.totalCount === 1), 6],
  ['punishments', `query($n: Int!) { creditPunishments(first: $n) { totalCount nodes { ${ofPunishment} case { id disclosureRecords(first: 2) { totalCount nodes { ${ofRecord} } } } } } }`,
    (d) => d.creditPunishments.nodes.filter((p: Json) => p.case.disclosureRecords.totalCount === 1), 5],
  ['listings, with acts and measures', `query($n: Int!) { dishonestyListings(first: $n) { totalCount nodes { ${ofListing} case { id } } } }`,
    (d) => d.dishonestyListings.nodes.filter((l: Json) => l.case !== null && l.jointMeasures.totalCount === 0), 6],
])('lists: %s', async (_, text, found, expected) => expect(await count(text, first, found)).toHaveLength(expected));

it.each<[string, (d: PenaltyDecided) => Record<string, unknown>, string, number]>([
  ['Case', (d) => ({ id: d.caseId }), `disclosureRecords(first: 2) { totalCount nodes { ${ofRecord} } } creditPunishments(first: 2) { totalCount nodes { ${ofPunishment} } }`, 5],
  ['Enterprise', (d) => ({ uscc: d.partyUscc }),
    `disclosureRecords(first: 2) { totalCount nodes { ${ofRecord} case { id } } } creditPunishments(first: 2) { totalCount nodes { ${ofPunishment} } }`, 5],
  ['Enterprise', (d) => ({ uscc: d.partyUscc }),
    `creditFile { counts { kind count } entries(first: 2) { totalCount nodes { id agency { code } } } } disclosureRecords(first: 2) { totalCount }`, 5],
])('references from other services: %s', async (type, keyOf, selection, expected) => {
  const statements = await count(`query($r: [_Any!]!) { _entities(representations: $r) { ... on ${type} { ${selection} } } }`,
    (n) => ({ r: made.slice(0, n).map((d) => ({ __typename: type, ...keyOf(d) })) }), (d) => d._entities.filter((e: Json) => e.disclosureRecords.totalCount === 1));
  expect(statements).toHaveLength(expected);
});
