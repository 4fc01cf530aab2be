import { codeLists } from '@casebridge/contracts';
import { officer, publicReader } from '@casebridge/testkit';
import { codesOf, dataOf, demoUscc, World } from '../testing/world';
import { AdminCaseEntity, CasePartEntity } from './admin-case.entity';
import { endPart, saveCase } from './case-access';

const head = officer('MRA-210100', 1);
const LIST = `query($filter: CaseFilter, $first: Int, $after: String, $last: Int, $before: String) {
  cases(filter: $filter, first: $first, after: $after, last: $last, before: $before) {
    totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor } edges { cursor node { id } } nodes { id }
  }
}`;
interface Page {
  readonly cases: {
    totalCount: number;
    pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null };
    edges: { cursor: string; node: { id: string } }[];
    nodes: { id: string }[];
  };
}

let world: World;
beforeAll(async () => {
  world = await World.start();
});
afterAll(() => world.stop());

const list = async (variables: Record<string, unknown>, reader = head): Promise<Page['cases']> =>
  dataOf(await world.harness.as(reader).send<Page>(LIST, variables)).cases;
const ids = (page: Page['cases']): string[] => page.nodes.map((n) => n.id);

describe('the list of cases', () => {
  const mine = ['2026-10-09T15:59:59.999Z', '2026-10-09T16:00:00.000Z', '2026-10-10T15:59:59.999Z', '2026-10-10T16:00:00.000Z', '2026-10-10T16:00:00.000Z'];
  const cases: AdminCaseEntity[] = [];
  beforeAll(async () => {
    for (const [i, filedAt] of mine.entries()) {
      cases.push(await world.givenCase({
        filedAt: new Date(filedAt), status: i % 2 === 0 ? 'FILED' : 'HEARING', respondentName: i === 2 ? '演示 50%_折扣 药房' : `演示第${i}药房`,
        ...(i === 3 ? { enterpriseUscc: null, respondentKind: 'NATURAL_PERSON', respondentName: '演示自然人张某' } : {}),
      }));
    }
    await world.givenCase({ agencyCode: 'MRA-210200', regionCode: '210200' });
    await world.givenCase({ agencyCode: 'MRA-210102', regionCode: '210102', filedAt: new Date('2026-09-01T00:00:00Z') });
  });
  const newest = () => [...cases].sort((a, b) => b.filedAt.getTime() - a.filedAt.getTime() || (a.caseId < b.caseId ? 1 : -1)).map((c) => c.caseId);

  it('has what the reader may see, the newest filing first, the id as tie-break', async () => {
    const page = await list({});
    expect(ids(page)).toEqual([...newest(), expect.any(String)]);
    expect(page.totalCount).toBe(6);
  });

  it('pages forwards and backwards without losing or repeating one', async () => {
    const all = ids(await list({}));
    const seen: string[] = [];
    let after: string | null = null;
    for (let more = true; more; ) {
      const page: Page['cases'] = await list({ first: 2, after });
      seen.push(...ids(page));
      more = page.pageInfo.hasNextPage;
      after = page.pageInfo.endCursor;
    }
    expect(seen).toEqual(all);
    const back: string[] = [];
    let before: string | null = null;
    for (let more = true; more; ) {
      const page: Page['cases'] = await list({ last: 2, before });
      back.unshift(...ids(page));
      more = page.pageInfo.hasPreviousPage;
      before = page.pageInfo.startCursor;
    }
    expect(back).toEqual(all);
  });

  it('refuses pages that are too large, mixed directions and cursors of other lists', async () => {
    const client = world.harness.as(head);
    expect(codesOf(await client.send(LIST, { first: 101 }))).toEqual(['PAGE_TOO_LARGE']);
    expect(codesOf(await client.send(LIST, { first: 1, last: 1 }))).toEqual(['BAD_USER_INPUT']);
    expect(codesOf(await client.send(LIST, { after: 'bm8tY3Vyc29y' }))).toEqual(['CURSOR_INVALID']);
    const other = dataOf(await client.send<{ agencies: { pageInfo: { endCursor: string } } }>('{ agencies(first: 1) { pageInfo { endCursor } } }'));
    expect(codesOf(await client.send(LIST, { after: other.agencies.pageInfo.endCursor }))).toEqual(['CURSOR_INVALID']);
  });

  it('takes civil days in China, both included', async () => {
    const day = (filedFrom: string | null, filedTo: string | null) => list({ filter: { filedFrom, filedTo, agency: 'MRA-210100' } });
    expect(new Set(ids(await day('2026-10-10', '2026-10-10')))).toEqual(new Set([cases[1]?.caseId, cases[2]?.caseId]));
    expect((await day(null, '2026-10-09')).totalCount).toBe(1);
    expect((await day('2026-10-11', null)).totalCount).toBe(2);
  });

  it.each<[string | null, string | null, number]>([
    [null, '9999-12-31', 5], ['9999-12-31', null, 0], ['9999-12-31', '9999-12-31', 0], ['0001-01-01', null, 5], [null, '0001-01-01', 0],
    ['0001-01-01', '9999-12-31', 5], ['9999-12-31', '0001-01-01', 0], ['2026-02-28', '2028-02-29', 5],
  ])('goes to both ends of the calendar: %s to %s', async (filedFrom, filedTo, found) => {
    expect((await list({ filter: { filedFrom, filedTo, agency: 'MRA-210100' } })).totalCount).toBe(found);
  });

  it.each(['10000-01-01', '0000-12-31', '2026-02-29', '2026-13-01', '-0001-01-01', '', '2026-11-22T00:00:00Z'])('takes no %j for a day', async (day) => {
    for (const field of ['filedFrom', 'filedTo']) {
      const refused = [expect.objectContaining({ extensions: { code: 'BAD_USER_INPUT', kind: 'BAD_USER_INPUT', field: `filter.${field}` } })];
      expect((await world.harness.as(head).send(LIST, { filter: { [field]: day } })).errors).toEqual(refused);
      expect((await world.harness.as(head).send(`{ cases(filter: { ${field}: ${JSON.stringify(day)} }) { totalCount } }`)).errors).toEqual(refused);
      expect((await world.harness.as(head).send(`query($day: Date) { cases(filter: { ${field}: $day }) { totalCount } }`, { day })).errors).toEqual(refused);
    }
  });

  it('takes state, agency and enterprise', async () => {
    expect((await list({ filter: { status: ['FILED'] , agency: 'MRA-210100' } })).totalCount).toBe(3);
    expect((await list({ filter: { status: ['FILED', 'HEARING'], agency: 'MRA-210100' } })).totalCount).toBe(5);
    expect((await list({ filter: { status: [] } })).totalCount).toBe(0);
    expect((await list({ filter: { agency: 'MRA-210102' } })).totalCount).toBe(1);
    expect((await list({ filter: { agency: 'MRA-210200' } })).totalCount).toBe(0);
    expect((await list({ filter: { enterpriseUscc: demoUscc } })).totalCount).toBe(5);
  });

  it.each([
    ['cases', 'CaseFilter', 'agency', ['mra-210101', 'NOBODY'], ['', '市监局', 'MRA_210100', "' or 1=1 --"]],
    ['cases', 'CaseFilter', 'enterpriseUscc', ['91350100M000100Y43'], ['', '91350100M000100Y44', '%']],
    ['referrals', 'ReferralFilter', 'filingAgency', ['MRA-999999'], ['', 'M', '%']],
    ['referrals', 'ReferralFilter', 'policeAgency', ['PSB-999999'], ['', 'PSB 2101%', '公安局']],
    ['penaltyDecisions', 'PenaltyDecisionFilter', 'agency', ['MRA-999999'], ['', '-MRA', 'M'.repeat(41)]],
    ['penaltyDecisions', 'PenaltyDecisionFilter', 'region', ['999999'], ['', '2101%']],
    ['supervisionFindings', 'SupervisionFilter', 'agency', ['MRA-999999'], ['', '市监局']],
    ['supervisionFindings', 'SupervisionFilter', 'region', ['999999'], ['', '2101%']],
  ])('%s (%s.%s): nothing of a code that nobody has, a refusal of what can be no code', async (name, type, field, unknown, malformed) => {
    const ask = (value: string) => world.harness.as(head).send<Record<string, { totalCount: number }>>(`query($filter: ${type}) { ${name}(filter: $filter) { totalCount } }`, { filter: { [field]: value } });
    for (const value of unknown) expect(dataOf(await ask(value))).toEqual({ [name]: { totalCount: 0 } });
    for (const value of malformed) {
      expect((await ask(value)).errors).toEqual([expect.objectContaining({ path: [name], extensions: { code: 'BAD_USER_INPUT', kind: 'BAD_USER_INPUT', field: `filter.${field}` } })]);
    }
  });

  it('finds text in number and name, whatever its width, and takes signs as they stand', async () => {
    const found = async (text: string) => ids(await list({ filter: { text, agency: 'MRA-210100' } }));
    expect(await found('５0%_折')).toEqual([cases[2]?.caseId]);
    expect(await found('第1药')).toEqual([cases[1]?.caseId]);
    expect(await found('%药业%')).toEqual([]);
    const number = cases[0]?.caseNo ?? '';
    expect(await found(number.replace('〔', '[').replace('〕', ']'))).toEqual([cases[0]?.caseId]);
  });

  it.each([
    ['text', ''], ['text', ' '], ['text', '药'], ['text', '%'], ['text', '\u0000'], ['text', '药业\u0000'], ['text', '\ud800'], ['text', '药'.repeat(101)], ['agency', 'MRA\u0000'], ['enterpriseUscc', '\u0000'],
  ])('names the condition %s that can be none: %j', async (field, value) => {
    const { errors } = await world.harness.as(officer('MRA-210100', 2)).send('query($filter: CaseFilter) { cases(filter: $filter) { totalCount nodes { id } } }', { filter: { [field]: value } });
    expect(errors).toEqual([expect.objectContaining({ path: ['cases'], extensions: { code: 'BAD_USER_INPUT', kind: 'BAD_USER_INPUT', field: `filter.${field}` } })]);
  });

  it('does not find a natural person for whoever may not read the file', async () => {
    const filter = { text: '张某' };
    expect(ids(await list({ filter }))).toEqual([cases[3]?.caseId]);
    // The superior sees the case in its list, and neither the name nor the case by the name.
    const above = officer('DRA-210000', 2);
    expect(ids(await list({ first: 50 }, above))).toContain(cases[3]?.caseId);
    expect(await list({ filter }, above)).toMatchObject({ totalCount: 0, nodes: [] });
    const shown = await world.harness.as(above).send<{ case: { respondentName: string | null } }>('query($id: ID!) { case(id: $id) { respondentName } }', { id: cases[3]?.caseId });
    expect(dataOf(shown).case.respondentName).toBeNull();
  });

  it('has nothing for the public', async () => {
    expect(await list({}, publicReader as never)).toMatchObject({ totalCount: 0, nodes: [] });
  });
});

describe('references from other services', () => {
  const product = '01990000-0000-7000-8000-0000000000aa';
  const ENTITIES = `query($r: [_Any!]!) { _entities(representations: $r) {
    __typename
    ... on Case { id caseNo }
    ... on Enterprise { uscc cases(first: 10) { totalCount nodes { id } } }
    ... on Product { id cases(first: 10) { totalCount nodes { id } } }
    ... on Agency { code name functions superior { code } regions { code } status }
  } }`;

  it('answer in the order asked, null for what is hidden, absent or no key', async () => {
    const own = await world.givenCase();
    const other = await world.givenCase({ agencyCode: 'MRA-210200', regionCode: '210200' });
    const r = [own.caseId, other.caseId, 'nonsense', own.caseId].map((id) => ({ __typename: 'Case', id }));
    const answer = dataOf(await world.harness.as(head).send<{ _entities: ({ id: string } | null)[] }>(ENTITIES, { r }));
    expect(answer._entities.map((e) => e?.id ?? null)).toEqual([own.caseId, null, null, own.caseId]);
  });

  it('give the cases of an enterprise and of a product, each as far as it is open', async () => {
    const uscc = '91210100MADEMOTEST';
    const own = await world.givenCase({ enterpriseUscc: uscc, productId: product });
    const below = await world.givenCase({ enterpriseUscc: uscc, productId: product, agencyCode: 'MRA-210102', regionCode: '210102', filedAt: new Date('2026-01-01') });
    await world.givenCase({ enterpriseUscc: uscc, productId: product, agencyCode: 'MRA-210200', regionCode: '210200' });
    const r = [{ __typename: 'Enterprise', uscc }, { __typename: 'Product', id: product }, { __typename: 'Product', id: 'nonsense' }];
    const answer = dataOf(await world.harness.as(head).send<{ _entities: ({ cases: { totalCount: number; nodes: { id: string }[] } } | null)[] }>(ENTITIES, { r }));
    expect(answer._entities[0]?.cases).toEqual({ totalCount: 2, nodes: [{ id: own.caseId }, { id: below.caseId }] });
    // A superior does not read the file, and the product is part of it.
    expect(answer._entities[1]?.cases).toEqual({ totalCount: 1, nodes: [{ id: own.caseId }] });
    expect(answer._entities[2]).toBeNull();
  });

  it('give the public code and name of an agency, and agencies the rest', async () => {
    const r = [{ __typename: 'Agency', code: 'MRA-210100' }, { __typename: 'Agency', code: 'NOBODY' }];
    const open = dataOf(await world.harness.as(publicReader).send<{ _entities: unknown[] }>(ENTITIES, { r }));
    expect(open._entities).toEqual([
      { __typename: 'Agency', code: 'MRA-210100', name: '甲省一市市场监督管理局（演示）', functions: null, superior: null, regions: null, status: null }, null,
    ]);
    const full = dataOf(await world.harness.as(head).send<{ _entities: unknown[] }>(ENTITIES, { r }));
    expect(full._entities[0]).toMatchObject({ functions: ['DRUG', 'MARKET'], superior: { code: 'DRA-210000' }, status: 'ACTIVE' });
  });
});

it('writes into the access log which cases were read, and by whom', async () => {
  const c = await world.givenCase();
  await world.harness.as(head).send('query($id: ID!) { case(id: $id) { caseNo } }', { id: c.caseId });
  const rows = await world.harness.dataSource.query<{ officer_id: string; fields: string[] }[]>('select officer_id, fields from access_log where records @> array[$1]', [`Case:${c.caseId}`]);
  expect(rows).toEqual([{ officer_id: 'MRA-210100-1', fields: expect.arrayContaining(['Case.caseNo']) }]);
});

it('reads code lists with labels, without a token too', async () => {
  const query = 'query($names: [String!]) { codeLists(names: $names) { name values { code zh en } } }';
  const some = dataOf(await world.harness.as(publicReader).send<{ codeLists: unknown[] }>(query, { names: ['SealStatus', 'Nonsense'] }));
  expect(some.codeLists).toEqual([{ name: 'SealStatus', values: expect.arrayContaining([{ code: 'IN_FORCE', zh: '生效', en: 'In force' }]) }]);
  const all = dataOf(await world.harness.as(publicReader).send<{ codeLists: unknown[] }>(query));
  expect(all.codeLists).toHaveLength(codeLists.length);
});

it.each([['an officer', head], ['whoever asks', publicReader]])('shows the statutory clocks it counts with to %s', async (_, who) => {
  const answer = dataOf(await world.harness.as(who).send<{ statutoryClocks: unknown[] }>(
    '{ statutoryClocks { name citation { instrument article } amount unit startEvent startExclusive rollOver suspendOn effectiveFrom effectiveTo mark } }'));
  expect(answer.statutoryClocks).toContainEqual({
    name: 'penaltyDecision', citation: { instrument: '市场监督管理行政处罚程序规定', article: '64' }, amount: 90, unit: 'CALENDAR_DAY',
    startEvent: 'CASE_FILED', startExclusive: true, rollOver: true, suspendOn: expect.arrayContaining(['HEARING', 'PENDING_CRIMINAL']), effectiveFrom: '2021-07-15', effectiveTo: null, mark: 'V',
  });
  expect(answer.statutoryClocks).toContainEqual(expect.objectContaining({ name: 'headDecision', amount: 3, suspendOn: [] }));
  expect(answer.statutoryClocks).toContainEqual(expect.objectContaining({ name: 'transfer', unit: 'HOUR', startExclusive: false, rollOver: false }));
  expect(answer.statutoryClocks).toContainEqual(expect.objectContaining({ name: 'filingDecision', suspendOn: ['REQUEST_REFERRAL_SUPPLEMENT'] }));
});

it('says how far the counting of each clock was checked, and leaves out for the public what was not checked at all', async () => {
  interface Row { readonly name: string; readonly mark: string; readonly countingMark: string }
  const read = async (who: typeof head | typeof publicReader): Promise<string[]> =>
    dataOf(await world.harness.as(who).send<{ statutoryClocks: Row[] }>('{ statutoryClocks { name mark countingMark } }'))
      .statutoryClocks.map(({ name, mark, countingMark }) => `${name} ${mark} ${countingMark}`);
  const all = [
    'clueReview V P', 'clueReviewExtension V P', 'caseReview V P', 'noticeAnswer V P', 'hearingNotice V P', 'demandAnswer V P', 'caseClosing V P', 'reconsiderationApplication V P',
    'reconsiderationDecision V P', 'litigationPeriod NV NV', 'courtApplication V P', 'headDecision V P', 'transfer V P', 'receipt NV NV', 'firstLook V P', 'filingDecision V NV', 'supplement V P', 'goodsHandover V P', 'withdrawalNotice V P', 'remedy V P',
    'orderedTransfer NV NV', 'filingDecisionComplex NV NV', 'filingDecisionMajor NV NV', 'filingDecisionMajorApproved NV NV', 'reconsiderationDecision V P', 'supervisionProposal V P',
    'nonFilingExplanation V P', 'reasonsNotice V P', 'orderedFiling V P', 'reverseCheck NV NV', 'reverseReply NV NV', 'penaltyDecision V P', 'decisionExtension V P', 'decisionService V P', 'finePayment V P',
    'assistance V P', 'assistanceUrgent V P', 'assistanceElsewhere NV NV', 'assistanceExtension NV NV', 'jointSupervision NV NV',
    'jointSupervisionExtension NV NV', 'testReport NV NV', 'suggestionReply NV NV',
  ];
  expect(await read(head)).toEqual(all);
  expect(await read(publicReader)).toEqual(all.filter((row) => !row.includes(' NV ')));
});

describe('parts and the state that other services get', () => {
  it('follow each change in one transaction, version by version', async () => {
    const c = await world.givenCase();
    await world.giveParts(c, 'PSB-210100', 'PPO-210100');
    await world.giveParts(c, 'PSB-210100'); // runs already
    await world.endPart(c, 'PPO-210100');
    const events = await world.outbox(`case:${c.caseId}`, 'enforcement.case-access-changed.v1');
    expect(events.map((e) => e.data)).toEqual([
      expect.objectContaining({ caseId: c.caseId, version: 1, parts: [], agencyCode: 'MRA-210100', filedAt: '2026-10-09T01:00:00.000Z', acknowledge: false }),
      expect.objectContaining({ version: 2, parts: ['PPO-210100', 'PSB-210100'] }),
      expect.objectContaining({ version: 3, parts: ['PPO-210100', 'PSB-210100'] }),
      expect.objectContaining({ version: 4, parts: ['PSB-210100'] }),
    ]);
    const [row] = await world.harness.dataSource.query<{ version: number; parts: string[] }[]>('select version, parts from case_access where case_id = $1', [c.caseId]);
    expect(row).toEqual({ version: 4, parts: ['PSB-210100'] });
    const parts = await world.harness.dataSource.manager.findBy(CasePartEntity, { caseId: c.caseId, agencyCode: 'PPO-210100' });
    expect(parts).toEqual([expect.objectContaining({ endedCaseStatus: 'INVESTIGATING', endedCaseVersion: 4, endedReferralId: null, endedPosition: null })]);
  });

  it('are never written without the lock that was read', async () => {
    const c = await world.givenCase();
    const stale = Object.assign(new AdminCaseEntity(), c);
    await world.act((tx) => saveCase(tx, c));
    await expect(world.act((tx) => saveCase(tx, stale))).rejects.toThrow('without its lock');
    await expect(world.act((tx) => endPart(tx, c, { agencyCode: 'PSB-210100', kind: 'X', asItStood: { caseStatus: 'FILED', referralId: null, position: null } })))
      .rejects.toThrow('No part');
  });
});
