import { accessApplied, type EventDraft, regionChanged } from '@casebridge/contracts';
import { FixedClock, type Principal, stateCouncilCalendar } from '@casebridge/kernel';
import { type Answer, officer, publicReader, type ServiceHarness, startServiceForTest } from '@casebridge/testkit';
import type { ComplaintDraft } from './complaint/compose-complaint.rule';
import type { ReportDraft } from './report/compose-report.rule';
import { adrService } from './service';
import { accessEvent, caseAccess, complaintDraft, insertComplaints, insertReports, newId, now, reportDraft, uscc } from './testing/world';

const centre = officer('ADRC-210000');
const district = officer('MRA-210102');
const city = officer('MRA-210100');
const lab = officer('LAB-210000');

const clock = new FixedClock(now);
let hub: ServiceHarness;
beforeAll(async () => {
  hub = await startServiceForTest(adrService, { clock });
}, 120_000);
afterAll(async () => hub?.stop());
beforeEach(async () => {
  clock.set(now);
  await hub.dataSource.query('delete from adverse_reaction_report');
  await hub.dataSource.query('delete from complaint');
});

async function ask<T>(who: Principal, query: string, variables?: Record<string, unknown>): Promise<T> {
  const answer = await hub.as(who).send<T>(query, variables);
  expect(answer.errors).toBeUndefined();
  if (answer.data == null) throw new Error('no data');
  return answer.data;
}
const failure = (answer: Answer): unknown => answer.errors?.[0]?.extensions;

interface List {
  readonly list: { readonly totalCount: number; readonly nodes: { readonly id: string }[]; readonly pageInfo: Record<string, unknown> };
}
const idsOf = ({ list }: List): string[] => list.nodes.map((n) => n.id);
const REPORTS = `query($filter: AdverseReactionReportFilter, $first: Int, $after: String, $last: Int, $before: String) {
  list: adverseReactionReports(filter: $filter, first: $first, after: $after, last: $last, before: $before) {
    totalCount nodes { id } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`;
const COMPLAINTS = REPORTS.replace('AdverseReactionReportFilter', 'ComplaintFilter').replace('adverseReactionReports', 'complaints');

describe('reports', () => {
  it('shows all of one report, its limit and why', async () => {
    const product = newId();
    const draft = reportDraft({
      seriousness: 'HOSPITALISATION', onsetOn: '2026-10-30', receivedOn: '2026-11-02', reportedOn: '2026-11-18', enterpriseUscc: uscc(1),
      productId: product, batchNo: 'B1', narrative: '患者女性，电话13800138000，住院治疗。',
      reactions: [{ code: '10037844', term: 'Rash', termZh: '皮疹' }],
    });
    await insertReports(hub.dataSource, [draft]);
    const { report } = await ask<{ report: unknown }>(centre, `query($id: ID!) { report: adverseReactionReport(id: $id) {
      id reportNo kind seriousness isNew onsetOn receivedOn reportedOn dueOn late batchNo reactions { code term termZh } causality outcome
      patientSex ageBand narrative version product { id } enterprise { uscc } region { code } agency { code } coOwners { code } cases { id }
      deadline { dueAt lastDay provisional rule amount unit basis { instrument article mark } startedAt suspensions { from to } calendarVersion }
      dueRule { name instrument article mark amount unit startedAt provisional calendarVersion } } }`, { id: draft.id });
    expect(report).toEqual({
      id: draft.id, reportNo: draft.reportNo, kind: 'SPONTANEOUS', seriousness: 'HOSPITALISATION', isNew: false, onsetOn: '2026-10-30', receivedOn: '2026-11-02',
      reportedOn: '2026-11-18', dueOn: '2026-11-17', late: true, batchNo: 'B1',
      reactions: [{ code: '10037844', term: 'Rash', termZh: '皮疹' }], causality: 'POSSIBLE', outcome: 'UNKNOWN', patientSex: 'UNKNOWN',
      ageBand: 'UNKNOWN', narrative: '患者女性，电话〔电话〕，住院治疗。', version: 1, product: { id: product },
      enterprise: { uscc: uscc(1) }, region: { code: '210102' }, agency: { code: 'ADRC-210000' }, coOwners: [], cases: [],
      deadline: {
        dueAt: '2026-11-17T16:00:00.000Z', lastDay: '2026-11-17', provisional: false, rule: 'seriousReport', amount: 15, unit: 'CALENDAR_DAY',
        basis: { instrument: '药品不良反应报告和监测管理办法', article: '21', mark: 'V' }, startedAt: '2026-11-01T16:00:00.000Z', suspensions: [],
        calendarVersion: stateCouncilCalendar.version,
      },
      dueRule: {
        name: 'seriousReport', instrument: '药品不良反应报告和监测管理办法', article: '21', mark: 'V', amount: 15, unit: 'CALENDAR_DAY',
        startedAt: '2026-11-01T16:00:00.000Z', provisional: false, calendarVersion: stateCouncilCalendar.version,
      },
    });
  });

  it('is late from the day after the limit on while it is outstanding, whatever any job did', async () => {
    const draft = reportDraft({ receivedOn: '2026-10-22', reportedOn: null });
    await insertReports(hub.dataSource, [draft]);
    const late = async () => (await ask<{ r: { late: boolean; dueOn: string } }>(centre, `{ r: adverseReactionReport(id: "${draft.id}") { late dueOn } }`)).r;
    clock.set('2026-11-21T23:59:59.999+08:00');
    expect(await late()).toEqual({ late: false, dueOn: '2026-11-21' });
    clock.set('2026-11-22T00:00:00+08:00');
    expect(await late()).toEqual({ late: true, dueOn: '2026-11-21' });
  });

  it('filters, counts and sorts newest first', async () => {
    const product = newId();
    const rows: ReportDraft[] = [
      reportDraft({ receivedOn: '2026-11-01' }),
      reportDraft({ receivedOn: '2026-11-03', seriousness: 'DEATH', outcome: 'FATAL', regionCode: '210202' }),
      reportDraft({ receivedOn: '2026-11-02', kind: 'AEFI', coOwnerCodes: ['DRA-210000'], productId: product }),
      reportDraft({ receivedOn: '2026-11-03', kind: 'DEVICE_EVENT', enterpriseUscc: uscc(7) }),
    ];
    await insertReports(hub.dataSource, rows);
    const [a, b, c, d] = rows.map((r) => r.id);
    const found = async (filter: object) => {
      const got = await ask<List>(centre, REPORTS, { filter, first: 100 });
      expect(got.list.totalCount).toBe(got.list.nodes.length);
      return idsOf(got);
    };
    expect(await found({})).toEqual([d, b, c, a]);
    expect(await found({ kind: ['AEFI', 'DEVICE_EVENT'] })).toEqual([d, c]);
    expect(await found({ kind: 'AEFI' })).toEqual([c]);
    expect(await found({ seriousness: ['DEATH'] })).toEqual([b]);
    expect(await found({ productId: product })).toEqual([c]);
    expect(await found({ productId: newId() })).toEqual([]);
    expect(await found({ enterpriseUscc: ` ${uscc(7).toLowerCase()} ` })).toEqual([d]);
    expect(await found({ regionCode: '210202' })).toEqual([b]);
    expect(await found({ enterpriseUscc: uscc(8) })).toEqual([]);
    for (const [field, value] of [['productId', "x' or true --"], ['productId', ''], ['enterpriseUscc', '\0'], ['enterpriseUscc', '91350100M000100Y44'], ['enterpriseUscc', '']] as const) {
      expect(failure(await hub.as(centre).send(REPORTS, { filter: { [field]: value } }))).toEqual({ code: 'BAD_USER_INPUT', kind: 'BAD_USER_INPUT', field: `filter.${field}` });
    }
    expect(await found({ receivedFrom: '2026-11-02', receivedTo: '2026-11-02' })).toEqual([c]);
    expect(await found({ receivedFrom: '2026-11-02', kind: ['SPONTANEOUS'] })).toEqual([b]);
    const refused = await hub.as(centre).send(REPORTS, { filter: { receivedFrom: '2026-11-02', receivedTo: '2026-11-01' } });
    expect(failure(refused)).toEqual({ code: 'BAD_USER_INPUT', kind: 'BAD_USER_INPUT', field: 'filter.receivedTo' });
  });

  it('filters by region: in it or below it, by the tree and not by the digits', async () => {
    const drafts = ['210100', '210102', '210190', 'ZONE-1', '210200', '210202', '220102'].map((regionCode) => reportDraft({ regionCode }));
    await insertReports(hub.dataSource, drafts);
    const at = async (regionCode: string) => {
      const { list } = await ask<List>(centre, REPORTS, { filter: { regionCode }, first: 100 });
      expect(list.totalCount).toBe(list.nodes.length);
      return drafts.filter((d) => idsOf({ list }).includes(d.id)).map((d) => d.regionCode);
    };
    const lies = (code: string, parentCode: string | null): EventDraft => ({
      type: regionChanged.type, subject: `region:${code}`, data: { code, name: code, nameEn: code, kind: 'FUNCTIONAL_ZONE', parentCode },
    });
    expect(await at('210100')).toEqual(['210100']); // nothing is known of what lies where
    // Told child first; 210190 has the digits of 210100 and lies in the province, ZONE-1 lies in the city.
    await hub.receive('inspection', lies('210102', '210100'), lies('ZONE-1', '210100'), lies('210100', '210000'), lies('210190', '210000'), lies('210000', null));
    expect(await at('210100')).toEqual(['210100', '210102', 'ZONE-1']);
    expect(await at('210000')).toEqual(['210100', '210102', '210190', 'ZONE-1']);
    expect(await at('210200')).toEqual(['210200']);
    expect(await at(' zone-1 ')).toEqual(['ZONE-1']);
    expect(await at('2101')).toEqual([]);
    await hub.receive('inspection', lies('ZONE-1', '210200'), lies('210000', '210100')); // a circle ends all the same
    expect(await at('210100')).toEqual(['210100', '210102', '210190']);
    for (const regionCode of ['', '\0', '2', '2101%', '2101_', '甲省', "' or true --"]) {
      const refused = await hub.as(centre).send(REPORTS, { filter: { regionCode } });
      expect(failure(refused)).toEqual({ code: 'BAD_USER_INPUT', kind: 'BAD_USER_INPUT', field: 'filter.regionCode' });
    }
    await hub.dataSource.query('delete from region');
  });

  it('pages in both directions, stable while records come in, and refuses what is no page of it', async () => {
    const rows = Array.from({ length: 23 }, (_, i) => reportDraft({ receivedOn: `2026-11-${String(1 + (i % 4)).padStart(2, '0')}` }));
    await insertReports(hub.dataSource, rows);
    const order = [...rows].sort((x, y) => (x.receivedOn + x.id < y.receivedOn + y.id ? 1 : -1)).map((r) => r.id);
    const forward: string[] = [];
    for (let after: unknown = null; ; ) {
      const got = await ask<List>(centre, REPORTS, { first: 5, after });
      forward.push(...idsOf(got));
      if (!got.list.pageInfo['hasNextPage']) break;
      after = got.list.pageInfo['endCursor'];
      await insertReports(hub.dataSource, [reportDraft({ receivedOn: '2026-11-20' })]); // newer than the page: must not shift it
    }
    expect(forward).toEqual(order);
    const tail = await ask<List>(centre, REPORTS, { last: 5 });
    expect(idsOf(tail)).toEqual(order.slice(-5));
    expect(idsOf(await ask<List>(centre, REPORTS, { last: 5, before: tail.list.pageInfo['startCursor'] }))).toEqual(order.slice(-10, -5));
    expect(failure(await hub.as(centre).send(REPORTS, { first: 101 }))).toMatchObject({ code: 'PAGE_TOO_LARGE', field: 'first' });
    expect(failure(await hub.as(centre).send(REPORTS, { after: 'bm90IGEgY3Vyc29y' }))).toMatchObject({ code: 'CURSOR_INVALID', field: 'after' });
    expect(failure(await hub.as(district).send(COMPLAINTS, { after: tail.list.pageInfo['startCursor'] }))).toMatchObject({ code: 'CURSOR_INVALID' });
  });

  it('answers alike for absent, forbidden and malformed ids', async () => {
    const draft = reportDraft({ regionCode: '220102' });
    const complaint = complaintDraft({ agencyCode: 'DRA-220000', regionCode: '220102' });
    await insertReports(hub.dataSource, [draft]);
    await insertComplaints(hub.dataSource, [complaint]);
    for (const id of [draft.id, complaint.id, newId(), 'x', draft.id.toUpperCase(), "' or true --"]) {
      const answer = await hub.as(city).send(
        `query($id: ID!, $r: [_Any!]!) { a: adverseReactionReport(id: $id) { id } b: complaint(id: $id) { id }
          _entities(representations: $r) { __typename } }`,
        { id, r: ['AdverseReactionReport', 'Complaint', 'Case'].map((__typename) => ({ __typename, id })) });
      expect(answer).toEqual({ data: { a: null, b: null, _entities: [null, null, null] } });
    }
  });
});

it('takes a key that nothing can have for nobody’s', async () => {
  const r = [{ __typename: 'Enterprise', uscc: '\0' }, { __typename: 'Product', id: 'x' }, { __typename: 'Enterprise', uscc: uscc(1) }];
  const answer = await hub.as(centre).send(`query($r: [_Any!]!) { _entities(representations: $r) {
    ... on Enterprise { complaints { totalCount } } ... on Product { complaints { totalCount } } } }`, { r });
  expect(answer).toEqual({ data: { _entities: [null, null, { complaints: { totalCount: 0 } }] } });
});

describe('complaints', () => {
  it('says null of what is not kept: whether a clock that waits for tests has waited', async () => {
    const [report, complaint] = [complaintDraft({ kind: 'REPORT', status: 'CHECKING' }), complaintDraft({ kind: 'COMPLAINT' })];
    await insertComplaints(hub.dataSource, [report, complaint]);
    const read = async (id: string) => (await ask<{ c: unknown }>(district, `{ c: complaint(id: "${id}") { deadline { rule suspensions { from } calendarVersion } } }`)).c;
    expect(await read(report.id)).toEqual({ deadline: { rule: 'reportCheck', suspensions: null, calendarVersion: stateCouncilCalendar.version } });
    expect(await read(complaint.id)).toEqual({ deadline: { rule: 'acceptance', suspensions: [], calendarVersion: stateCouncilCalendar.version } });
    await hub.dataSource.query("update complaint set accept_due_at = '2026-12-31T00:00:00+08:00', accept_calendar_version = null where id = $1", [report.id]);
    expect(await read(report.id)).toEqual({ deadline: { rule: 'reportCheck', suspensions: null, calendarVersion: null } });
  });

  it('shows the limit that runs, and overdue from its instant on', async () => {
    const draft = complaintDraft({ receivedAt: new Date('2026-11-11T09:00:00+08:00') });
    await insertComplaints(hub.dataSource, [draft]);
    const read = async () =>
      (await ask<{ c: unknown }>(district, `{ c: complaint(id: "${draft.id}") {
        dueAt overdue dueRule { name instrument article } deadline { lastDay rule unit startedAt calendarVersion } } }`)).c;
    const dueRule = { name: 'acceptance', instrument: '市场监督管理投诉举报处理办法', article: '15' };
    const deadline = {
      lastDay: '2026-11-20', rule: 'acceptance', unit: 'WORKING_DAY', startedAt: '2026-11-11T01:00:00.000Z', calendarVersion: stateCouncilCalendar.version,
    };
    clock.set('2026-11-20T23:59:59.999+08:00');
    expect(await read()).toEqual({ dueAt: '2026-11-20T16:00:00.000Z', overdue: false, dueRule, deadline });
    clock.set('2026-11-21T00:00:00+08:00');
    expect(await read()).toEqual({ dueAt: '2026-11-20T16:00:00.000Z', overdue: true, dueRule, deadline });
    await hub.dataSource.query(`update complaint set status = 'CLOSED'`);
    expect(await read()).toEqual({ dueAt: null, overdue: false, dueRule: null, deadline: null });
  });

  it('filters by head and by content', async () => {
    const rows: ComplaintDraft[] = [
      complaintDraft({ receivedAt: new Date('2026-11-09T16:00:00Z') }), // 10 November in China
      complaintDraft({ receivedAt: new Date('2026-11-10T15:59:59.999Z'), kind: 'REPORT', status: 'CHECKING' }),
      complaintDraft({ receivedAt: new Date('2026-11-10T16:00:00Z'), enterpriseUscc: uscc(3) }),
    ];
    await insertComplaints(hub.dataSource, rows);
    const [a, b, c] = rows.map((r) => r.id);
    const found = async (filter: object) => idsOf(await ask<List>(district, COMPLAINTS, { filter }));
    expect(await found({})).toEqual([c, b, a]);
    expect(await found({ receivedFrom: '2026-11-10', receivedTo: '2026-11-10' })).toEqual([b, a]);
    expect(await found({ receivedFrom: '2026-11-10', receivedTo: '9999-12-31' })).toContain(a); // the last day there is
    expect(await found({ status: ['CHECKING'] })).toEqual([b]);
    expect(await found({ kind: ['COMPLAINT'] })).toEqual([c, a]);
    expect(await found({ enterpriseUscc: uscc(3) })).toEqual([c]);
    expect(await found({ kind: ['COMPLAINT'], status: ['CHECKING'] })).toEqual([]);
    for (const enterpriseUscc of ['', '%', '91350100M000100Y44']) {
      expect(failure(await hub.as(district).send(COMPLAINTS, { filter: { enterpriseUscc } }))).toMatchObject({ code: 'BAD_USER_INPUT', field: 'filter.enterpriseUscc' });
    }
    const refused = await hub.as(district).send(COMPLAINTS, { filter: { receivedFrom: '2026-11-02', receivedTo: '2026-11-01' } });
    expect(failure(refused)).toMatchObject({ code: 'BAD_USER_INPUT', field: 'filter.receivedTo' });
  });
});

describe('progress by receipt code', () => {
  const PROGRESS = 'query($code: String!) { complaintProgress(receiptCode: $code) { receivedAt status } }';

  it('is open to whoever has the code, and to nobody else', async () => {
    const [code = ''] = await insertComplaints(hub.dataSource, [complaintDraft({ status: 'NOT_ACCEPTED' }), complaintDraft()]);
    const progress = { receivedAt: '2026-11-16T01:00:00.000Z', status: 'NOT_ACCEPTED' };
    for (const who of [publicReader, district, lab]) {
      for (const written of [code, code.toLowerCase(), code.replaceAll('-', '')]) {
        expect(await ask(who, PROGRESS, { code: written })).toEqual({ complaintProgress: progress });
      }
    }
    const rows = await hub.dataSource.query<{ id: string; receipt_hash: string }[]>('select id, receipt_hash from complaint');
    for (const wrong of ['', 'x', `${code}0`, code.slice(1), '0'.repeat(26), 'Z'.repeat(10_000), ...rows.flatMap((r) => [r.id, r.receipt_hash])]) {
      expect(await hub.as(publicReader).send(PROGRESS, { code: wrong })).toEqual({ data: { complaintProgress: null } });
    }
  });

  it('leaves no trace of the code in the database (T27)', async () => {
    const [code = ''] = await insertComplaints(hub.dataSource, [complaintDraft({ content: '演示内容，电话13800138000' })]);
    await ask(district, PROGRESS, { code });
    await ask(publicReader, PROGRESS, { code });
    await ask(district, '{ complaints { nodes { id content } } }');
    const tables = await hub.dataSource.query<{ name: string }[]>(`select tablename as name from pg_tables where schemaname = 'public'`);
    let text = '';
    for (const { name } of tables) text += JSON.stringify(await hub.dataSource.query(`select to_jsonb(t) as row from "${name}" t`)).toUpperCase();
    expect(text).toContain('COMPLAINT.CONTENT'); // the log is among what was read
    for (const clue of [code, code.replaceAll('-', ''), '13800138000']) expect(text).not.toContain(clue.toUpperCase());
  });
});

describe('the access log', () => {
  it('says who read which complaint and report, and nothing of what they say', async () => {
    const complaint = complaintDraft({ content: '演示秘密' });
    const report = reportDraft({ agencyCode: 'MRA-210102', narrative: '演示秘密' });
    await insertComplaints(hub.dataSource, [complaint]);
    await insertReports(hub.dataSource, [report]);
    await ask(officer('MRA-210102', 5), '{ complaints { nodes { content } } adverseReactionReports { nodes { narrative } } }');
    const entries = await hub.dataSource.query<{ records: string[]; fields: string[] }[]>(`select * from access_log where officer_id = 'MRA-210102-5'`);
    expect(entries).toMatchObject([{ agency_code: 'MRA-210102', purpose: 'test' }]);
    expect([...(entries[0]?.records ?? [])].sort()).toEqual([`AdverseReactionReport:${report.id}`, `Complaint:${complaint.id}`]);
    expect(entries[0]?.fields).toEqual(expect.arrayContaining(['Complaint.content', 'AdverseReactionReport.narrative']));
    expect(JSON.stringify(entries)).not.toContain('秘密');
  });
});

describe('the projection of case access', () => {
  it('takes the newest state whatever the order, acknowledges a seal, and closes what it linked', async () => {
    const police = officer('PSB-210200');
    const open = caseAccess({ parts: ['PSB-210200'] });
    const complaint = complaintDraft({ caseIds: [open.caseId] });
    await insertComplaints(hub.dataSource, [complaint]);
    const sees = async () => (await ask<{ c: unknown }>(police, `{ c: complaint(id: "${complaint.id}") { content cases { id } } }`)).c;
    expect(await sees()).toBeNull(); // nothing heard of the case yet: closed
    await hub.receive('enforcement', accessEvent(open));
    expect(await sees()).toEqual({ content: '演示内容', cases: [{ id: open.caseId }] });
    await hub.receive('enforcement', accessEvent({ ...open, version: 3, sealedUntil: '2027-01-01', acknowledge: true }), accessEvent({ ...open, version: 2 }));
    expect(await sees()).toBeNull();
    expect((await hub.published(accessApplied.type)).map((e) => e.data)).toEqual([{ caseId: open.caseId, version: 3 }]);
    clock.set('2027-01-02T00:00:00+08:00');
    expect(await sees()).toEqual({ content: '演示内容', cases: [{ id: open.caseId }] });
    await hub.receive('enforcement', accessEvent({ ...open, version: 4, parts: [] }));
    expect(await sees()).toBeNull();
  });
});

it('shows the clocks of reports and complaints to whoever asks, one row per instrument', async () => {
  const text = '{ reportingClocks { name citation { instrument article mark } amount unit startEvent startExclusive rollOver suspendOn effectiveFrom effectiveTo mark countingMark } }';
  interface Row { readonly name: string; readonly mark: string; readonly countingMark: string; readonly citation: { readonly instrument: string } }
  const { reportingClocks: rows } = await ask<{ reportingClocks: Row[] }>(centre, text);
  expect(await ask(lab, text)).toEqual({ reportingClocks: rows });
  // What was not checked would be taken for law: only agencies see it.
  expect(await ask(publicReader, text)).toEqual({ reportingClocks: rows.filter((row) => row.mark !== 'NV') });
  expect(rows.filter((row) => row.mark === 'NV').map((row) => row.name)).toEqual(['deathReport', 'groupEventReport', 'aefiReport', 'acceptance', 'mediation']);
  for (const row of rows.filter((r) => ['deathReport', 'groupEventReport'].includes(r.name))) expect(row.citation.instrument).toBe('药案通平台规则（非法律规定）');
  expect(rows.filter((row) => row.mark !== row.countingMark).map((row) => [row.name, row.countingMark])).toEqual([
    ['graveAefiReport', 'NV'], ['deviceDeathReport', 'P'], ['deviceInjuryReport', 'P'], ['reportCheck', 'P'],
  ]);
  expect(rows.map((row) => row.name)).toEqual([
    'deathReport', 'seriousReport', 'otherReport', 'groupEventReport', 'graveAefiReport', 'aefiReport', 'deviceDeathReport', 'deviceInjuryReport',
    'seriousCosmeticReport', 'otherCosmeticReport', 'acceptance', 'acceptance', 'mediation', 'mediation', 'reportCheck',
  ]);
  expect(rows[1]).toEqual({
    name: 'seriousReport', citation: { instrument: '药品不良反应报告和监测管理办法', article: '21', mark: 'V' }, amount: 15, unit: 'CALENDAR_DAY',
    startEvent: 'REPORT_RECEIVED', startExclusive: true, rollOver: false, suspendOn: [], effectiveFrom: '2011-07-01', effectiveTo: null, mark: 'V',
    countingMark: 'V',
  });
  expect(rows.filter((row) => row.name === 'mediation')).toEqual([
    expect.objectContaining({ amount: 45, unit: 'WORKING_DAY', suspendOn: ['TEST_STARTED'], effectiveTo: '2026-04-14', mark: 'NV' }),
    expect.objectContaining({ amount: 60, unit: 'CALENDAR_DAY', suspendOn: ['TEST_STARTED'], effectiveFrom: '2026-04-15', mark: 'V' }),
  ]);
});
