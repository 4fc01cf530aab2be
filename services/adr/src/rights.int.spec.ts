import type { CaseAccessChanged } from '@casebridge/contracts';
import { type AgencyReader, FixedClock, type OfficerRole, type Principal } from '@casebridge/kernel';
import { demoAgencies, officer, publicReader, type ServiceHarness, startServiceForTest } from '@casebridge/testkit';
import type { ComplaintDraft } from './complaint/compose-complaint.rule';
import type { ReportDraft } from './report/compose-report.rule';
import { adrService } from './service';
import {
  accessEvent, caseAccess, complaintDraft, insertComplaints, insertReports, newId, now, reportDraft, uscc,
} from './testing/world';
import { mayReadCase, mayReadContent, mayReadHead, mayReadReport } from './testing/rights-page';

const firm = uscc(1);
const product = newId();

/** Every way in which a case may link a record to a reader, or fail to. */
const cases = {
  toDistrictPolice: caseAccess({ parts: ['PSB-210102', 'PPO-210100'] }),
  toCityPolice: caseAccess({ parts: ['PSB-210200'] }),
  toCourt: caseAccess({ parts: ['CRT-210100', 'SUP-210100', 'MIB-210000', 'HC-210100', 'LAB-210000'] }),
  ended: caseAccess({ parts: [], version: 2 }),
  served: caseAccess({ servedOn: '2026-11-01', regionCode: '210102' }),
  hospitalServed: caseAccess({ servedOn: '2026-11-01', regionCode: '210102', respondentKind: 'MEDICAL_INSTITUTION' }),
  sealed: caseAccess({
    parts: ['PSB-210100', 'PPO-210100'], agencyCode: 'MRA-210102', sealedUntil: '2026-11-21', sealOfficers: ['MRA-210102-2'], sealParties: ['PPO-210100'],
  }),
  sealExpired: caseAccess({ parts: ['PSB-210100'], agencyCode: 'MRA-210102', sealedUntil: '2026-11-20', sealOfficers: ['MRA-210102-2'] }),
  excluding: caseAccess({
    parts: ['PSB-210100'], agencyCode: 'MRA-210102', excluded: ['PSB-210100/PSB-210100-2', 'MRA-210102/MRA-210102-2', 'PSB-210000/PSB-210000-3'],
  }),
} satisfies Record<string, CaseAccessChanged>;
const byId = new Map<string, CaseAccessChanged>(Object.values(cases).map((c) => [c.caseId, c]));
const links: readonly (readonly string[])[] = [
  [], ...Object.values(cases).map((c) => [c.caseId]),
  [newId()], // a case of which nothing has been heard
  [cases.sealed.caseId, cases.toCityPolice.caseId],
  [cases.excluding.caseId, cases.ended.caseId],
];
const regions = ['210102', '210202', '220102'];

const reports: ReportDraft[] = [];
for (const regionCode of regions) {
  for (const caseIds of links) {
    const common = { regionCode, caseIds: [...caseIds], enterpriseUscc: firm, productId: product };
    for (const agencyCode of ['ADRC-210000', 'MRA-210102', 'HC-210100', 'PSB-210200', 'LAB-210000']) reports.push(reportDraft({ ...common, agencyCode }));
    reports.push(
      reportDraft({ ...common, agencyCode: 'CDC-210100', kind: 'AEFI', coOwnerCodes: ['MRA-210200'] }),
      reportDraft({ ...common, agencyCode: 'MRA-210102', kind: 'GROUP_EVENT', coOwnerCodes: ['HC-210100'] }),
    );
  }
}
const complaints: ComplaintDraft[] = [];
for (const agencyCode of ['MRA-210102', 'MRA-210200', 'DRA-220000', 'PSB-210102', 'HC-210100']) {
  for (const caseIds of links) {
    for (const partCodes of [[], ['MRA-210100', 'LAB-210000'], ['PSB-210100', 'HC-210000', 'CRT-210100']]) {
      complaints.push(complaintDraft({ agencyCode, caseIds: [...caseIds], partCodes, enterpriseUscc: firm, productId: product }));
    }
  }
}
const linkedCases = (record: { readonly caseIds: readonly string[] }): CaseAccessChanged[] => record.caseIds.flatMap((id) => byId.get(id) ?? []);

const readers: AgencyReader[] = demoAgencies.flatMap((a) => [officer(a.code, 1), officer(a.code, 2), officer(a.code, 3)]);
for (const role of ['reviewer', 'system', 'auditor', 'analyst'] satisfies OfficerRole[]) {
  readers.push(officer('DRA-210000', 4, { roles: [role] }), officer('PSB-210100', 4, { roles: [role] }));
}
readers.push(officer('ADRC-210000', 5, { scopes: ['adr:identity'] }));

let hub: ServiceHarness;
beforeAll(async () => {
  hub = await startServiceForTest(adrService, { clock: new FixedClock(now) });
  await insertReports(hub.dataSource, reports);
  await insertComplaints(hub.dataSource, complaints);
  await hub.receive('enforcement', accessEvent({ ...cases.ended, version: 1, parts: ['PSB-210100', 'PPO-210100'] }), ...Object.values(cases).map(accessEvent));
}, 120_000);
afterAll(async () => hub?.stop());

interface Page<T> {
  readonly totalCount: number;
  readonly nodes: readonly T[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}
const page = (fields: string): string => `{ totalCount nodes { ${fields} } pageInfo { hasNextPage endCursor } }`;

/** All records of a list, page by page; the count must agree with them. */
async function all<T>(who: Principal, fetch: (after: string | null) => Promise<Page<T> | null>): Promise<T[]> {
  const found: T[] = [];
  for (let after: string | null = null; ; ) {
    const got: Page<T> | null = await fetch(after);
    if (!got) throw new Error(`no list for ${JSON.stringify(who)}`);
    found.push(...got.nodes);
    if (!got.pageInfo.hasNextPage) {
      expect(got.totalCount).toBe(found.length);
      return found;
    }
    after = got.pageInfo.endCursor;
  }
}
async function rootList<T>(who: Principal, field: string, fields: string): Promise<T[]> {
  const query = `query($after: String) { list: ${field}(first: 100, after: $after) ${page(fields)} }`;
  return all<T>(who, async (after) => {
    const answer = await hub.as(who).send<{ list: Page<T> }>(query, { after });
    expect(answer.errors).toBeUndefined();
    return answer.data?.list ?? null;
  });
}
/** The list below an entity; null where the entity is not there for this reader. */
async function nested<T>(who: Principal, ref: Record<string, string>, field: string, fields: string): Promise<T[] | null> {
  const query = `query($r: [_Any!]!, $after: String) { _entities(representations: $r) {
    ... on ${ref['__typename']} { list: ${field}(first: 100, after: $after) ${page(fields)} } } }`;
  const first = await hub.as(who).send<{ _entities: ({ list: Page<T> } | null)[] }>(query, { r: [ref] });
  expect(first.errors).toBeUndefined();
  if (first.data?._entities[0] == null) return null;
  return all<T>(who, async (after) => {
    const answer = await hub.as(who).send<{ _entities: { list: Page<T> }[] }>(query, { r: [ref], after });
    return answer.data?._entities[0]?.list ?? null;
  });
}
async function entities<T>(who: Principal, typename: string, ids: readonly string[], fields: string): Promise<(T | null)[]> {
  const answer = await hub.as(who).send<{ _entities: (T | null)[] }>(
    `query($r: [_Any!]!) { _entities(representations: $r) { ... on ${typename} { ${fields} } } }`, { r: ids.map((id) => ({ __typename: typename, id })) });
  expect(answer.errors).toBeUndefined();
  return [...(answer.data?._entities ?? [])];
}

const ids = (records: readonly ({ readonly id: string } | null)[]): string[] => records.flatMap((r) => r?.id ?? []).sort();
const idsWhere = <R extends { readonly id: string }>(records: readonly R[], test: (r: R) => boolean): string[] => ids(records.filter(test));

const reportFields = 'id kind narrative cases { id }';
const complaintFields = `id receivedAt status complaintNo kind agency { code } region { code } enterprise { uscc } product { id } subject content acceptedAt
  dueAt dueRule { name } deadline { rule } overdue cases { id } version`;
type ReportSeen = { id: string; kind: string | null; cases: { id: string }[] | null };
type ComplaintSeen = { id: string; receivedAt: string | null; status: string | null } & Record<string, unknown>;

describe.each(readers.map((who) => [`${who.officerId} ${who.roles.join('+')}`, who] as const))('%s', (_name, who) => {
  const seesReport = (r: ReportDraft): boolean => mayReadReport(who, r, linkedCases(r));
  const seesHead = (c: ComplaintDraft): boolean => mayReadHead(who, c, linkedCases(c));
  const seesContent = (c: ComplaintDraft): boolean => mayReadContent(who, c, linkedCases(c));

  it('reads the reports that the table gives it: list, reference, enterprise, product', async () => {
    const expected = idsWhere(reports, seesReport);
    const listed = await rootList<ReportSeen>(who, 'adverseReactionReports', reportFields);
    expect(ids(listed)).toEqual(expected);
    expect(ids(await entities<ReportSeen>(who, 'AdverseReactionReport', reports.map((r) => r.id), reportFields))).toEqual(expected);
    expect(ids((await nested<ReportSeen>(who, { __typename: 'Enterprise', uscc: firm }, 'adverseReactionReports', 'id')) ?? [])).toEqual(expected);
    expect(ids((await nested<ReportSeen>(who, { __typename: 'Product', id: product }, 'adverseReactionReports', 'id')) ?? [])).toEqual(expected);
    for (const seen of listed) {
      const caseIds = reports.find((r) => r.id === seen.id)?.caseIds ?? [];
      expect(ids(seen.cases ?? [])).toEqual(idsWhere(linkedCases({ caseIds }).map((c) => ({ ...c, id: c.caseId })), (c) => mayReadCase(who, c)));
    }
  });

  it('reads the heads and the content of complaints that the table gives it, and nothing between', async () => {
    const heads = idsWhere(complaints, seesHead);
    const contents = idsWhere(complaints, seesContent);
    const listed = await rootList<ComplaintSeen>(who, 'complaints', complaintFields);
    expect(ids(listed)).toEqual(heads);
    const referred = await entities<ComplaintSeen>(who, 'Complaint', complaints.map((c) => c.id), complaintFields);
    expect(ids(referred)).toEqual(heads);
    for (const seen of [...listed, ...referred.filter((c) => c !== null)]) {
      expect([seen.receivedAt, seen.status]).not.toContain(null);
      const { id, receivedAt: _receivedAt, status: _status, ...rest } = seen;
      if (contents.includes(id)) expect(seen).toMatchObject({ kind: 'COMPLAINT', content: '演示内容', overdue: false });
      else expect(Object.values(rest).every((value) => value === null)).toBe(true);
    }
    expect(ids((await nested<ComplaintSeen>(who, { __typename: 'Enterprise', uscc: firm }, 'complaints', 'id')) ?? [])).toEqual(contents);
    expect(ids((await nested<ComplaintSeen>(who, { __typename: 'Product', id: product }, 'complaints', 'id')) ?? [])).toEqual(contents);
  });

  it('finds below a case what it may see of both, and no case that it may not see', async () => {
    for (const [caseId, access] of byId) {
      const ref = { __typename: 'Case', id: caseId };
      const open = mayReadCase(who, access);
      const own = <R extends { readonly id: string; readonly caseIds: readonly string[] }>(records: readonly R[], test: (r: R) => boolean): string[] | null =>
        open ? idsWhere(records, (r) => r.caseIds.includes(caseId) && test(r)) : null;
      const foundReports = await nested<ReportSeen>(who, ref, 'adverseReactionReports', 'id');
      const foundComplaints = await nested<ComplaintSeen>(who, ref, 'complaints', 'id');
      expect(foundReports && ids(foundReports)).toEqual(own(reports, seesReport));
      expect(foundComplaints && ids(foundComplaints)).toEqual(own(complaints, seesHead));
    }
  });
});

describe('the fixture', () => {
  it('tells every relation from its absence, in both directions', () => {
    const someone = (code: string, n = 2): AgencyReader => officer(code, n);
    const linkedOnly = reports.filter((r) => r.agencyCode === 'ADRC-210000' && r.regionCode === '220102');
    const reading = (code: string, n: number, caseId: string): boolean[] =>
      linkedOnly.filter((r) => r.caseIds.length === 1 && r.caseIds[0] === caseId).map((r) => mayReadReport(someone(code, n), r, linkedCases(r)));
    expect(reading('PSB-210102', 2, cases.toDistrictPolice.caseId)).toEqual([true]);
    expect(reading('PSB-210000', 2, cases.toDistrictPolice.caseId)).toEqual([true]); // superior of a party
    expect(reading('PSB-210200', 2, cases.toDistrictPolice.caseId)).toEqual([false]);
    expect(reading('PSB-210100', 2, cases.ended.caseId)).toEqual([false]);
    expect(reading('PSB-210100', 2, cases.sealed.caseId)).toEqual([false]);
    expect(reading('PPO-210100', 2, cases.sealed.caseId)).toEqual([true]); // named party
    expect(reading('PSB-210100', 2, cases.sealExpired.caseId)).toEqual([true]);
    expect(reading('PSB-210100', 2, cases.excluding.caseId)).toEqual([false]);
    expect(reading('PSB-210100', 3, cases.excluding.caseId)).toEqual([true]);
  });
});

describe('without a token', () => {
  it('there is nothing by any path', async () => {
    expect(await rootList(publicReader, 'adverseReactionReports', 'id')).toEqual([]);
    expect(await rootList(publicReader, 'complaints', 'id')).toEqual([]);
    expect(ids(await entities<ReportSeen>(publicReader, 'AdverseReactionReport', reports.map((r) => r.id), 'id'))).toEqual([]);
    expect(ids(await entities<ComplaintSeen>(publicReader, 'Complaint', complaints.map((c) => c.id), 'id'))).toEqual([]);
    expect(await nested(publicReader, { __typename: 'Enterprise', uscc: firm }, 'complaints', 'id')).toEqual([]);
    expect(await nested(publicReader, { __typename: 'Product', id: product }, 'adverseReactionReports', 'id')).toEqual([]);
    for (const caseId of byId.keys()) expect(await nested(publicReader, { __typename: 'Case', id: caseId }, 'complaints', 'id')).toBeNull();
  });
});
