import { FixedClock, type Principal } from '@casebridge/kernel';
import { officer, type ServiceHarness, startServiceForTest } from '@casebridge/testkit';
import fc from 'fast-check';
import { adrService } from './service';
import { accessEvent, caseAccess, complaintDraft, insertComplaints, insertReports, newId, now, reportDraft, uscc } from './testing/world';

const city = officer('MRA-210100');
const lab = officer('LAB-210000');
const firms = [uscc(11), uscc(12)];
const products = [newId(), newId()];
const elsewhere = caseAccess({ agencyCode: 'DRA-220000' });

let hub: ServiceHarness;
beforeAll(async () => {
  hub = await startServiceForTest(adrService, { clock: new FixedClock(now) });
  await hub.receive('enforcement', accessEvent(elsewhere));
}, 120_000);
afterAll(async () => hub?.stop());
beforeEach(async () => {
  await hub.dataSource.query('delete from adverse_reaction_report');
  await hub.dataSource.query('delete from complaint');
});

const fields = `id receivedAt status complaintNo kind agency { code } region { code } enterprise { uscc } product { id } subject content acceptedAt
  dueAt dueRule { name } deadline { rule } overdue cases { id } version`;
const complaints = `{ totalCount nodes { ${fields} } edges { node { id } } pageInfo { hasNextPage hasPreviousPage } }`;
const reports = '{ totalCount nodes { id } pageInfo { hasNextPage } }';
const below = `{
  ... on Enterprise { complaints ${complaints} adverseReactionReports ${reports} }
  ... on Product { complaints ${complaints} adverseReactionReports ${reports} }
  ... on Case { complaints ${complaints} } }`;
const filters = [
  '', '(first: 2)', '(last: 2)', '(filter: { kind: [COMPLAINT] })', '(filter: { kind: [REPORT] })', '(filter: { kind: [COMPLAINT, REPORT] })',
  '(filter: { kind: [] })', ...firms.map((f) => `(filter: { enterpriseUscc: "${f}" })`), '(filter: { status: [RECEIVED] })',
  '(filter: { status: [RECEIVED], kind: [COMPLAINT], receivedFrom: "2026-11-01" })', '(filter: { receivedFrom: "2026-11-16", receivedTo: "2026-11-16" })',
];

/** Everything that a reader can ask here, without the cursors, which are sealed with a random start. */
const everythingSeenBy = (who: Principal, ids: readonly string[]): Promise<unknown> =>
  hub.as(who).send(
    `query($r: [_Any!]!) { ${filters.map((f, i) => `l${i}: complaints${f} ${complaints}`).join(' ')} reports: adverseReactionReports ${reports}
      ${ids.map((id, i) => `c${i}: complaint(id: "${id}") { ${fields} }`).join(' ')} _entities(representations: $r) ${below} }`,
    {
      r: [
        ...firms.map((f) => ({ __typename: 'Enterprise', uscc: f })), ...products.map((id) => ({ __typename: 'Product', id })),
        { __typename: 'Case', id: elsewhere.caseId },
      ],
    });

/** What only the content of a complaint tells. */
const content = fc.record({
  kind: fc.constantFrom('COMPLAINT', 'REPORT'), enterprise_uscc: fc.constantFrom(null, ...firms), product_id: fc.constantFrom(null, ...products),
  region_code: fc.constantFrom('210102', '210202', '220102'), subject: fc.constantFrom('甲', '乙'), content: fc.constantFrom('甲', '乙'),
  accept_due_at: fc.constantFrom('2026-11-20T00:00:00Z', '2026-12-20T00:00:00Z'), case_ids: fc.constantFrom([], [elsewhere.caseId]),
  version: fc.integer({ min: 1, max: 9 }),
});

it.each([
  ['a market bureau with a part', city],
  ['a laboratory with a part', lab],
] as const)('the content of complaints of which it has the head changes nothing that %s sees', async (_name, who) => {
  const rows = Array.from({ length: 4 }, (_, i) =>
    complaintDraft({ agencyCode: 'MRA-210200', receivedAt: new Date(`2026-11-1${4 + (i % 3)}T09:00:00+08:00`), partCodes: ['MRA-210100', 'LAB-210000'] }));
  const ids = rows.map((r) => r.id);
  await insertComplaints(hub.dataSource, rows);
  const before = await everythingSeenBy(who, ids);
  expect(before).toMatchObject({ data: { l0: { totalCount: 4, nodes: [{ kind: null }, { kind: null }, { kind: null }, { kind: null }] }, l3: { totalCount: 0 } } });
  await fc.assert(
    fc.asyncProperty(fc.array(content, { minLength: 4, maxLength: 4 }), async (variants) => {
      for (const [i, v] of variants.entries()) {
        await hub.dataSource.query(
          `update complaint set kind = $2, enterprise_uscc = $3, product_id = $4, region_code = $5, subject = $6, content = $7, accept_due_at = $8,
             case_ids = $9::uuid[], version = $10 where id = $1`,
          [ids[i], v.kind, v.enterprise_uscc, v.product_id, v.region_code, v.subject, v.content, v.accept_due_at, v.case_ids, v.version]);
      }
      expect(await everythingSeenBy(who, ids)).toEqual(before);
    }),
    { numRuns: 25 },
  );
});

it('complaints and reports of others change nothing by being there', async () => {
  const own = complaintDraft({ agencyCode: 'MRA-210200', partCodes: ['MRA-210100'], enterpriseUscc: firms[0] ?? null });
  await insertComplaints(hub.dataSource, [own]);
  const before = await everythingSeenBy(city, [own.id]);
  const receivedAt = new Date('2026-11-17T09:00:00+08:00');
  await insertComplaints(hub.dataSource, firms.flatMap((enterpriseUscc) =>
    products.map((productId) => complaintDraft({ agencyCode: 'MRA-210200', enterpriseUscc, productId, receivedAt }))));
  await insertReports(hub.dataSource, products.flatMap((productId) => firms.map((enterpriseUscc) => reportDraft({ regionCode: '210202', productId, enterpriseUscc }))));
  expect(await everythingSeenBy(city, [own.id])).toEqual(before);
});
