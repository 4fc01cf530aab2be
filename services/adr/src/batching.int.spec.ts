import { officer, type ServiceHarness, startServiceForTest, statementsPerLevel } from '@casebridge/testkit';
import { FixedClock } from '@casebridge/kernel';
import { adrService } from './service';
import { accessEvent, caseAccess, complaintDraft, insertComplaints, insertReports, newId, now, reportDraft, uscc } from './testing/world';

/*
 * What is nested is asked for once per level, however many parents there are: a query of twenty sends as many statements as a query of one.
 */

const many = 20;
const owner = 'MRA-210100';
const who = officer(owner, 2);
const made = Array.from({ length: many }, (_, i) => ({ caseId: newId(), productId: newId(), uscc: uscc(500 + i), report: newId(), complaint: newId() }));

let hub: ServiceHarness;
beforeAll(async () => {
  hub = await startServiceForTest(adrService, { clock: new FixedClock(now) });
  await hub.receive('enforcement', ...made.map((m) => accessEvent(caseAccess({ caseId: m.caseId, agencyCode: owner, regionCode: '210102', enterpriseUscc: m.uscc }))));
  const about = (m: (typeof made)[number]) => ({ agencyCode: owner, productId: m.productId, enterpriseUscc: m.uscc, caseIds: [m.caseId] });
  await insertReports(hub.dataSource, made.map((m) => reportDraft({ ...about(m), id: m.report, kind: 'AEFI', coOwnerCodes: ['HC-210100'] })));
  await insertComplaints(hub.dataSource, made.map((m) => complaintDraft({ ...about(m), id: m.complaint })));
}, 120_000);
afterAll(async () => hub?.stop());

type Json = ReturnType<typeof JSON.parse>;
const ofReport = 'id kind reactions { term } product { id } enterprise { uscc } agency { code } coOwners { code } region { code } late deadline { dueAt }';
const ofComplaint = 'id status subject product { id } enterprise { uscc } agency { code } region { code } overdue deadline { dueAt }';

const count = (text: string, variables: (n: number) => Record<string, unknown>, found: (data: Json) => readonly Json[]): Promise<readonly string[]> =>
  statementsPerLevel(hub.dataSource, many, async (n) => {
    const { data, errors } = await hub.as(who).send<Json>(text, variables(n));
    expect(errors).toBeUndefined();
    return found(data);
  });
const first = (n: number): Record<string, unknown> => ({ n });

// Each kind of thing is asked for on one way only: two ways to it may meet in one statement or not, as the answers come.
it.each<[string, string, (d: Json) => readonly Json[], number]>([
  ['reports', `query($n: Int!) { adverseReactionReports(first: $n) { totalCount nodes { ${ofReport} cases { id complaints(first: 2) { totalCount nodes { ${ofComplaint} } } } } } }`,
    (d) => d.adverseReactionReports.nodes.filter((r: Json) => r.cases[0].complaints.totalCount === 1), 5],
  ['reports, by their products and enterprises',
    'query($n: Int!) { adverseReactionReports(first: $n) { nodes { id product { id adverseReactionReports(first: 2) { totalCount nodes { id } } } enterprise { uscc complaints(first: 2) { totalCount nodes { id } } } } } }',
    (d) => d.adverseReactionReports.nodes.filter((r: Json) => r.product.adverseReactionReports.totalCount === 1 && r.enterprise.complaints.totalCount === 1), 5],
  ['complaints', `query($n: Int!) { complaints(first: $n) { totalCount nodes { ${ofComplaint} cases { id adverseReactionReports(first: 2) { totalCount nodes { ${ofReport} } } } } } }`,
    (d) => d.complaints.nodes.filter((c: Json) => c.cases[0].adverseReactionReports.totalCount === 1), 5],
])('lists: %s', async (_, text, found, expected) => expect(await count(text, first, found)).toHaveLength(expected));

type Made = (typeof made)[number];
const both = `complaints(first: 2) { totalCount nodes { ${ofComplaint} } } adverseReactionReports(first: 2) { totalCount nodes { ${ofReport} } }`;
it.each<[string, (m: Made) => Record<string, unknown>, string, number]>([
  ['Case', (m) => ({ id: m.caseId }), both, 5],
  ['Product', (m) => ({ id: m.productId }), both, 4],
  ['Enterprise', (m) => ({ uscc: m.uscc }), both, 4],
  ['AdverseReactionReport', (m) => ({ id: m.report }), `${ofReport} cases { id }`, 2],
  ['Complaint', (m) => ({ id: m.complaint }), `${ofComplaint} cases { id }`, 2],
])('references from other services: %s', async (type, keyOf, selection, expected) => {
  const statements = await count(`query($r: [_Any!]!) { _entities(representations: $r) { ... on ${type} { ${selection} } } }`,
    (n) => ({ r: made.slice(0, n).map((m) => ({ __typename: type, ...keyOf(m) })) }),
    (d) => d._entities.filter((e: Json) => (e.complaints ? e.complaints.totalCount === 1 && e.adverseReactionReports.totalCount === 1 : e.cases.length === 1)));
  expect(statements).toHaveLength(expected);
});
