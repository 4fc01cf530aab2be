import 'reflect-metadata';
import { FixedClock } from '@casebridge/kernel';
import { officer, type ServiceHarness, startServiceForTest, statementsPerLevel } from '@casebridge/testkit';
import { inspectionService } from './service';
import {
  caseAccess, concluded, givenDefect, givenEnterprise, givenInspection, givenKeyPerson, givenLicence, givenProduct, givenRegions, newId, testNow,
} from './testing/world';

/*
 * What is nested is asked for once per level, however many parents there are: a query of twenty sends as many statements as a query of one.
 */

const many = 20;
const owner = 'MRA-210102';
const who = officer(owner, 2);
interface Made {
  readonly uscc: string;
  readonly productId: string;
  readonly inspectionId: string;
  readonly caseId: string;
}
const made: Made[] = [];

let hub: ServiceHarness;
beforeAll(async () => {
  hub = await startServiceForTest(inspectionService, { clock: new FixedClock(testNow) });
  const db = hub.dataSource;
  await givenRegions(db);
  for (let i = 0; i < many; i += 1) {
    const caseId = newId();
    const { uscc } = await givenEnterprise(db);
    await givenLicence(db, uscc);
    await givenLicence(db, uscc);
    await givenKeyPerson(db, uscc);
    const { id: productId } = await givenProduct(db, { holderUscc: uscc });
    const { id: inspectionId } = await givenInspection(db, uscc, { ...concluded, caseIds: [caseId] });
    await givenDefect(db, inspectionId);
    await givenDefect(db, inspectionId, { grade: 'MAJOR' });
    await hub.receive('enforcement', caseAccess({ caseId, agencyCode: owner, enterpriseUscc: uscc }));
    made.push({ uscc, productId, inspectionId, caseId });
  }
}, 120_000);
afterAll(async () => hub?.stop());

type Json = ReturnType<typeof JSON.parse>;
const ofEnterprise = `uscc kinds region { code parent { code } } supervisingAgency { code } riskScore licences { number status issuedBy { code } } keyPersons { post }`;
const ofProduct = 'id kind name registrationNo domain';
const ofInspection = 'id status agency { code } region { code } defects { grade clause } cases { id }';
/** Each has what was made for it, so that a level that answers with nothing is not taken for a batched one. */
const whole = {
  enterprise: (e: Json): boolean => e.licences.length === 2 && e.keyPersons.length === 1 && e.region.parent !== null,
  inspection: (i: Json): boolean => i.defects.length === 2 && i.cases.length === 1,
};

const count = (text: string, variables: (n: number) => Record<string, unknown>, found: (data: Json) => readonly Json[]): Promise<readonly string[]> =>
  statementsPerLevel(hub.dataSource, many, async (n) => {
    const { data, errors } = await hub.as(who).send<Json>(text, variables(n));
    expect(errors).toBeUndefined();
    return found(data);
  });
const first = (n: number): Record<string, unknown> => ({ n });

// Each kind of thing is asked for on one way only: two ways to it may meet in one statement or not, as the answers come.
it.each<[string, string, (d: Json) => readonly Json[], number]>([
  ['enterprises, with what hangs on them',
    `query($n: Int!) { enterprises(first: $n) { totalCount nodes { ${ofEnterprise} products(first: 2) { totalCount nodes { ${ofProduct} } } inspections(first: 2) { totalCount nodes { id defects { grade } cases { id } } } } } }`,
    (d) => d.enterprises.nodes.filter((e: Json) => whole.enterprise(e) && e.products.totalCount === 1 && whole.inspection(e.inspections.nodes[0])), 12],
  ['products, with their holders', `query($n: Int!) { products(first: $n) { totalCount nodes { ${ofProduct} holder { ${ofEnterprise} } } } }`,
    (d) => d.products.nodes.filter((p: Json) => whole.enterprise(p.holder)), 7],
  ['inspections, with the cases that they led to',
    `query($n: Int!) { inspections(first: $n) { totalCount nodes { ${ofInspection} enterprise { uscc licences { number } } } } }`,
    (d) => d.inspections.nodes.filter((i: Json) => whole.inspection(i) && i.enterprise.licences.length === 2), 7],
  ['inspections, by their cases', 'query($n: Int!) { inspections(first: $n) { nodes { cases { id inspections(first: 2) { totalCount nodes { id defects { grade } } } } } } }',
    (d) => d.inspections.nodes.filter((i: Json) => i.cases[0].inspections.nodes[0].defects.length === 2), 5],
])('lists: %s', async (_, text, found, expected) => expect(await count(text, first, found)).toHaveLength(expected));

it.each<[string, (m: Made) => Record<string, unknown>, string, (e: Json) => boolean, number]>([
  ['Enterprise', (m) => ({ uscc: m.uscc }), `${ofEnterprise} products(first: 2) { totalCount } inspections(first: 2) { totalCount nodes { id } }`,
    (e) => whole.enterprise(e) && e.products.totalCount === 1 && e.inspections.totalCount === 1, 9],
  ['Product', (m) => ({ id: m.productId }), `${ofProduct} holder { uscc licences { number } }`, (p) => p.holder.licences.length === 2, 3],
  ['Inspection', (m) => ({ id: m.inspectionId }), ofInspection, whole.inspection, 4],
  ['Case', (m) => ({ id: m.caseId }), `inspections(first: 2) { totalCount nodes { id defects { grade } } }`, (c) => c.inspections.nodes[0].defects.length === 2, 4],
])('references from other services: %s', async (type, keyOf, selection, isWhole, expected) => {
  const statements = await count(`query($r: [_Any!]!) { _entities(representations: $r) { ... on ${type} { ${selection} } } }`,
    (n) => ({ r: made.slice(0, n).map((m) => ({ __typename: type, ...keyOf(m) })) }), (d) => d._entities.filter(isWhole));
  expect(statements).toHaveLength(expected);
});

it('hidden and absent ones ask no more', async () => {
  const stranger = officer('PSB-210100', 2);
  const ids = [...made.map((m) => m.caseId), ...Array.from({ length: many }, newId)];
  const statements = await statementsPerLevel(hub.dataSource, ids.length, async (n) => {
    const { data } = await hub.as(stranger).send<Json>('query($r: [_Any!]!) { _entities(representations: $r) { ... on Case { id inspections { totalCount } } } }',
      { r: ids.slice(0, n).map((id) => ({ __typename: 'Case', id })) });
    return data._entities.map((e: Json) => e === null);
  });
  expect(statements).toHaveLength(1);
});
