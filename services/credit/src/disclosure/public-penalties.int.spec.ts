import type { PenaltyDecided } from '@casebridge/contracts';
import { stateCouncilCalendar } from '@casebridge/kernel';
import { clientOperation, publicReader } from '@casebridge/testkit';
import { query, sql } from '@casebridge/platform';
import { buildCreditSubgraph } from '../subgraph';
import { decided, item, newId, officerFrom, startWorld, type World } from '../test/world';
import { disclosureOf } from './disclosure-record.projection';
import { publishRecords } from './disclosure-record.repository';

const PENALTIES = clientOperation('public-penalties', buildCreditSubgraph().schema);
const ONE = 'query ($id: ID!) { publicPenalty(id: $id) { id documentNo } }';
const PUBLIC = `query ($uscc: _Any!) { _entities(representations: [$uscc]) { ... on Enterprise { disclosureRecords { nodes { documentNo } } } } }`;

interface Penalty {
  id: string; documentNo: string; partyName: string; partyUscc: string | null; penaltySummary: string; fineFen: number | null;
  authority: { code: string }; decidedOn: string; publishedOn: string; disclosureEndsOn: string | null;
}
interface Page {
  publicPenalties: { totalCount: number; pageInfo: { hasNextPage: boolean; endCursor: string }; edges: { cursor: string; node: Penalty }[] };
}

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.stop());
beforeEach(async () => {
  world.clock.set('2026-06-10T02:00:00Z');
  await query(world.dataSource.manager, sql`delete from disclosure_record`);
});

async function search(filter: object = {}, page: object = {}, reader: Parameters<World['as']>[0] = publicReader): Promise<Page['publicPenalties']> {
  const { data, errors } = await world.as(reader).send<Page>(PENALTIES, { filter, first: 100, ...page });
  expect(errors).toBeUndefined();
  return (data as Page).publicPenalties;
}
const numbers = async (filter: object = {}): Promise<string[]> => (await search(filter)).edges.map((e) => e.node.documentNo);

async function isShown(event: PenaltyDecided): Promise<boolean> {
  const listed = (await numbers()).includes(event.documentNo);
  const id = disclosureOf(event, '2026-06-10')?.id ?? newId();
  const one = await world.as(publicReader).send<{ publicPenalty: { documentNo: string } | null }>(ONE, { id });
  const nested = await world.as(publicReader).send<{ _entities: { disclosureRecords: { nodes: { documentNo: string }[] } }[] }>(
    PUBLIC, { uscc: { __typename: 'Enterprise', uscc: event.partyUscc } });
  expect(one.data?.publicPenalty?.documentNo === event.documentNo).toBe(listed);
  expect(nested.data?._entities[0]?.disclosureRecords.nodes.some((n) => n.documentNo === event.documentNo)).toBe(listed);
  return listed;
}

const minor: Partial<PenaltyDecided> = { items: [item({ kind: 'CRITICISM', amountFen: null })] };

describe('from the decision to the public, by event alone', () => {
  it('shows what was decided', async () => {
    const event = await world.decide();
    const { edges, totalCount } = await search();
    expect(totalCount).toBe(1);
    expect(edges[0]?.node).toEqual({
      id: disclosureOf(event, '2026-06-10')?.id, documentNo: event.documentNo, partyName: '示例药业有限公司', partyUscc: event.partyUscc,
      violationType: 'SUBSTANDARD_DRUGS', penaltySummary: '罚款100,000元', fineFen: 10_000_000, authority: { code: 'DRUG-own' }, decidedOn: '2026-06-01',
      publishedOn: '2026-06-10', disclosureEndsOn: '2029-06-10',
    });
    expect(await isShown(event)).toBe(true);
  });

  it('writes one record however often the event comes', async () => {
    const event = await world.decide();
    world.clock.set('2026-06-12T02:00:00Z');
    await world.receive('enforcement', { type: 'enforcement.penalty-decided.v1', subject: `case:${event.caseId}`, data: event });
    expect((await search()).edges.map((e) => e.node.publishedOn)).toEqual(['2026-06-10']);
    expect(await world.service.events.listParked()).toEqual([]);
  });

  it('writes exactly the row of the pure function', async () => {
    const event = await world.decide({ items: [item(), item({ kind: 'INDUSTRY_BAN', partyKind: 'PERSON', partyName: '示例甲', amountFen: null, forLife: true })] });
    const [row] = await world.dataSource.getRepository('DisclosureRecordEntity').find();
    expect(row).toEqual(disclosureOf(event, '2026-06-10'));
  });

  it.each([
    ['a warning alone', { items: [item({ kind: 'WARNING', amountFen: null })] }],
    ['a decision of the simplified procedure', { procedure: 'SIMPLIFIED' as const }],
  ])('never shows %s', async (_, more) => {
    expect(await isShown(await world.decide(more))).toBe(false);
    expect(await query(world.dataSource.manager, sql`select 1 from disclosure_record`)).toEqual([]);
  });

  it('shows nothing of a case that it knows nothing of: it might be sealed', async () => {
    const event = decided();
    await world.receive('enforcement', { type: 'enforcement.penalty-decided.v1', subject: `case:${event.caseId}`, data: event });
    expect(await isShown(event)).toBe(false);
    await world.access(event, {});
    expect(await isShown(event)).toBe(true);
  });
});

describe('the window, asked at reading time', () => {
  it('shows a record on its last day and not on the day after, in China', async () => {
    const event = await world.decide(minor);
    for (const [instant, shown] of [
      ['2026-09-09T15:59:59Z', true], ['2026-09-09T16:00:00Z', true], ['2026-09-10T15:59:59.999Z', true], ['2026-09-10T16:00:00Z', false], ['2030-01-01T00:00:00Z', false],
    ] as const) {
      world.clock.set(instant);
      expect([instant, await isShown(event)]).toEqual([instant, shown]);
    }
    expect((await search()).totalCount).toBe(0);
  });

  it('does not show a record before its day', async () => {
    const event = await world.decide(minor);
    world.clock.set('2026-06-09T15:59:59Z');
    expect(await isShown(event)).toBe(false);
    world.clock.set('2026-06-09T16:00:00Z');
    expect(await isShown(event)).toBe(true);
  });

  it('shows a life ban for life', async () => {
    const event = await world.decide({ items: [item({ kind: 'INDUSTRY_BAN', partyKind: 'PERSON', partyName: '示例甲', amountFen: null, forLife: true })] });
    world.clock.set('2090-01-01T00:00:00Z');
    expect(await isShown(event)).toBe(true);
  });

  it('ends with a withdrawal, which the authority and those above it can still read', async () => {
    const event = await world.decide();
    await query(world.dataSource.manager, sql`
      update disclosure_record set status = 'WITHDRAWN', withdrawn_at = ${world.clock.now()}, withdrawal_reason = '决定被撤销' where decision_id = ${event.decisionId}`);
    expect(await isShown(event)).toBe(false);
    const file = `query ($case: _Any!) { _entities(representations: [$case]) { ... on Case { disclosureRecords { nodes { withdrawalReason withdrawnAt } } } } }`;
    for (const code of ['DRUG-own', 'DRUG-top']) {
      const { data } = await world.as(officerFrom(code)).send(file, { case: { __typename: 'Case', id: event.caseId } });
      expect(data).toMatchObject({ _entities: [{ disclosureRecords: { nodes: [{ withdrawalReason: '决定被撤销', withdrawnAt: world.clock.now().toISOString() }] } }] });
    }
    expect((await search({}, {}, officerFrom('DRUG-own'))).totalCount).toBe(0);
  });

  it('closes with a seal and opens again when it is lifted', async () => {
    const event = await world.decide();
    await world.access(event, { version: 2, sealedUntil: '2026-12-31', sealOfficers: ['DRUG-own-7'] });
    expect(await isShown(event)).toBe(false);
    for (const reader of [officerFrom('DRUG-own'), officerFrom('DRUG-top'), officerFrom('DRUG-own', ['officer'], 7)]) {
      expect((await search({}, {}, reader)).totalCount).toBe(0);
    }
    world.clock.set('2026-12-31T16:00:00Z');
    expect(await isShown(event)).toBe(true);
    world.clock.set('2026-06-10T02:00:00Z');
    await world.access(event, { version: 3 });
    expect(await isShown(event)).toBe(true);
  });

  it('shows every reader the same list', async () => {
    await world.decide();
    await world.decide({ authorityCode: 'MARKET-own' });
    const seen = await search();
    for (const code of ['DRUG-own', 'DRUG-none', 'MARKET-top', 'POLICE-none', 'LAB-none']) {
      expect((await search({}, {}, officerFrom(code))).edges.map((e) => e.node)).toEqual(seen.edges.map((e) => e.node));
    }
  });
});

describe('fields for agencies', () => {
  const FULL = `{ publicPenalties { nodes { class publicationDueOn withdrawnAt
    publicationDeadline { dueAt lastDay provisional rule amount unit basis { instrument article mark } startedAt suspensions { from } calendarVersion }
    channels { channel endsOn mark basis { instrument } basisEffectiveFrom doubts publicationDueOn publicationDeadline { lastDay rule basis { article mark } } } case { id } region { code } enterprise { uscc } } } }`;

  it('tells an agency the class, the channels and, where it may see it, the case', async () => {
    const event = await world.decide({}, { parts: ['POLICE-party'] });
    const common = {
      class: 'SERIOUS_DOMAIN', publicationDueOn: '2026-06-30', withdrawnAt: null, region: { code: '210102' }, enterprise: { uscc: event.partyUscc },
      publicationDeadline: {
        dueAt: '2026-06-30T16:00:00.000Z', lastDay: '2026-06-30', provisional: false, rule: 'publishInEnterpriseCreditSystem', amount: 20, unit: 'WORKING_DAY',
        basis: { instrument: '市场监督管理行政处罚信息公示规定', article: '9', mark: 'V' }, startedAt: '2026-05-31T16:00:00.000Z', suspensions: [],
        calendarVersion: stateCouncilCalendar.version,
      },
      channels: [
        {
          channel: 'ENTERPRISE_CREDIT_SYSTEM', endsOn: '2029-06-10', mark: 'V', basisEffectiveFrom: '2025-12-25', doubts: [], publicationDueOn: '2026-06-30',
          publicationDeadline: { lastDay: '2026-06-30', rule: 'publishInEnterpriseCreditSystem', basis: { article: '9', mark: 'V' } },
        },
        {
          channel: 'CREDIT_CHINA', endsOn: '2029-06-01', mark: 'P', basisEffectiveFrom: '2026-04-01', doubts: [], publicationDueOn: '2026-06-10',
          publicationDeadline: { lastDay: '2026-06-10', rule: 'publishInCreditChina' },
        },
      ],
    };
    for (const [code, sees] of [['DRUG-own', true], ['POLICE-party', true], ['POLICE-none', false], ['COURT-none', false]] as const) {
      const { data } = await world.as(officerFrom(code)).send(FULL);
      expect(data).toMatchObject({ publicPenalties: { nodes: [{ ...common, case: sees ? { id: event.caseId } : null }] } });
    }
  });

  it('tells the public, and those who read audit or figures alone, none of it', async () => {
    await world.decide();
    for (const reader of [publicReader, officerFrom('DRUG-own', ['auditor']), officerFrom('DRUG-own', ['analyst'])]) {
      const { data } = await world.as(reader).send(FULL);
      expect(data).toMatchObject({ publicPenalties: { nodes: [{ class: null, channels: null, publicationDueOn: null, publicationDeadline: null, case: null }] } });
    }
  });
});

describe('filters', () => {
  let a: PenaltyDecided;
  let b: PenaltyDecided;
  let c: PenaltyDecided;
  beforeEach(async () => {
    a = await world.decide({ documentNo: '示甲药监处罚〔2026〕11号', partyName: '示例阳光药业有限公司', decidedOn: '2026-05-01', regionCode: '210102' });
    world.clock.set('2026-06-11T02:00:00Z');
    b = await world.decide({
      documentNo: '示乙药监处罚〔2026〕12号', partyName: '示例百草堂大药房', violationType: 'FAKE_DRUGS', authorityCode: 'MRA-210100', regionCode: '210103',
      decidedOn: '2026-05-15',
      items: [item({ kind: 'LICENCE_REVOCATION', partyName: '示例百草堂大药房', amountFen: null }), item({ kind: 'CONFISCATION_OF_GAINS', partyName: '示例百草堂大药房', amountFen: 100 })],
    });
    world.clock.set('2026-06-12T02:00:00Z');
    c = await world.decide({ documentNo: '示丙药监处罚〔2026〕100%_号', partyName: '示例ABC医疗器械（北方）', partyUscc: null, decidedOn: '2026-06-01', domain: 'DEVICE', violationType: 'UNREGISTERED_DEVICE' });
  });
  const found = async (filter: object): Promise<string> => {
    const names = new Map([[a.documentNo, 'a'], [b.documentNo, 'b'], [c.documentNo, 'c']]);
    return (await numbers(filter)).map((n) => names.get(n)).join('');
  };

  it('without one everything, published last first', async () => expect(await found({})).toBe('cba'));

  it.each([
    ['阳光', 'a'], ['药业', 'a'], ['药监', 'cba'], ['监处 药', 'cba'], ['示例', 'cba'], ['百草堂 假药', 'b'], ['假药 阳光', ''], ['劣药', 'a'], ['abc', 'c'], ['ＡＢＣ', 'c'], ['(北方)', 'c'],
    ['[2026]12', 'b'], ['吊销许可证件', 'b'], ['100%_', 'c'], ['示例 %', 'c'], ['示例 _', 'c'], ['示例 \\', ''], ['光阳', ''],
    ['"阳光药业"', 'a'], ['“阳光药业” 劣药', 'a'], ['"药业 示甲"', ''], ['"罚款 "', 'ca'], ['"有限公司 示甲药监处罚"', 'a'], ['有限公司 示甲药监处罚', 'a'], ['"示甲药监处罚 有限公司"', ''], ['示甲药监处罚 有限公司', 'a'], ['"阳光', ''],
  ])('text %p finds %p', async (text, expected) => expect(await found({ text })).toBe(expected));

  it.each([
    [{ documentNo: '示甲药监处罚〔2026〕11号' }, 'a'], [{ documentNo: ' 示甲药监处罚[2026] 11号' }, 'a'], [{ documentNo: '示甲药监处罚（2026）１１号' }, 'a'],
    [{ documentNo: '示甲药监处罚〔2026〕1号' }, ''], [{ documentNo: '%' }, ''],
    [{ regionCode: '210103' }, 'b'], [{ regionCode: ' 210103 ' }, 'b'], [{ regionCode: '2101' }, ''], [{ authorityCode: 'MRA-210100' }, 'b'], [{ authorityCode: ' mra-210100 ' }, 'b'], [{ authorityCode: 'NOBODY' }, ''],
    [{ violationTypes: ['FAKE_DRUGS', 'UNREGISTERED_DEVICE'] }, 'cb'], [{ violationTypes: [] }, ''], [{ violationTypes: ['NONE'] }, ''],
    [{ penaltyKinds: ['FINE'] }, 'ca'], [{ penaltyKinds: ['LICENCE_REVOCATION', 'WARNING'] }, 'b'], [{ penaltyKinds: ['CONFISCATION_OF_GAINS'] }, 'b'], [{ penaltyKinds: [] }, ''],
    [{ decidedFrom: '2026-05-15' }, 'cb'], [{ decidedTo: '2026-05-15' }, 'ba'], [{ decidedFrom: '2026-05-15', decidedTo: '2026-05-15' }, 'b'], [{ decidedFrom: '2026-05-16', decidedTo: '2026-05-31' }, ''],
    [{ publishedFrom: '2026-06-11' }, 'cb'], [{ publishedTo: '2026-06-11' }, 'ba'], [{ publishedFrom: '2026-06-13' }, ''], [{ publishedFrom: '2026-06-12', publishedTo: '2026-06-10' }, ''],
    [{ text: '示例', violationTypes: ['FAKE_DRUGS'], penaltyKinds: ['LICENCE_REVOCATION'], regionCode: '210103' }, 'b'],
    [{ text: null, documentNo: null, violationTypes: null, penaltyKinds: null, decidedFrom: null }, 'cba'],
  ])('%p finds %p', async (filter, expected) => expect(await found(filter)).toBe(expected));

  it('party, by credit code in any spelling', async () => {
    expect(await found({ partyUscc: a.partyUscc })).toBe('a');
    expect(await found({ partyUscc: ` ${String(a.partyUscc).toLowerCase()} ` })).toBe('a');
    expect(await found({ partyUscc: '91350100M000100Y43' })).toBe('');
  });

  it.each([
    "' or 1=1 --", "'); drop table disclosure_record; --", '$1', '\\', "{示例}", '"}', "E'\\x'", '%\' union select', 'a'.repeat(100),
  ])('takes %p for a value in every text field, and for no code', async (hostile) => {
    expect(await found({ documentNo: hostile })).toBe('');
    expect(await found({ text: `示例 ${hostile}`.slice(0, 100) })).toBe('');
    for (const [field, value] of [['partyUscc', hostile], ['authorityCode', hostile], ['violationTypes', [hostile]]] as const) {
      const { errors } = await world.as(publicReader).send(PENALTIES, { filter: { [field]: value }, first: 1 });
      expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', field: field === 'violationTypes' ? 'filter.violationTypes.0' : `filter.${field}` });
    }
    expect(await found({})).toBe('cba');
  });

  it('sends nothing of what it is asked as text of a statement', async () => {
    const statements = jest.spyOn(world.dataSource.manager, 'query');
    const mark = "mark'7731";
    const filter = {
      text: `示例 ${mark}`, partyUscc: '91210102MA7731777T', documentNo: mark, regionCode: '7731', authorityCode: 'M-7731', violationTypes: ['M_7731'], penaltyKinds: ['DETENTION'],
      decidedFrom: '2020-02-02', decidedTo: '2020-02-02', publishedFrom: '2020-02-02', publishedTo: '2020-02-02',
    };
    await search(filter);
    const texts = statements.mock.calls.map(([text]) => text);
    statements.mockRestore();
    expect(texts).toHaveLength(2);
    for (const text of texts) expect(text).not.toMatch(/7731|示例|DETENTION|2020/iu);
  });

  it.each([
    [{ text: 'x'.repeat(101) }, 'filter.text'], [{ text: '' }, 'filter.text'], [{ text: '   ' }, 'filter.text'], [{ text: '药' }, 'filter.text'], [{ text: '%' }, 'filter.text'],
    [{ text: '\u0000' }, 'filter.text'], [{ text: '示例\u0000' }, 'filter.text'], [{ text: '\ud800' }, 'filter.text'], [{ partyUscc: 'x'.repeat(101) }, 'filter.partyUscc'], [{ partyUscc: '' }, 'filter.partyUscc'],
    [{ documentNo: 'x'.repeat(101) }, 'filter.documentNo'], [{ authorityCode: '' }, 'filter.authorityCode'], [{ violationTypes: ['FAKE_DRUGS', 'fake'] }, 'filter.violationTypes.1'],
    [{ violationTypes: Array.from({ length: 51 }, () => 'X') }, 'filter.violationTypes'], [{ penaltyKinds: Array.from({ length: 51 }, () => 'FINE') }, 'filter.penaltyKinds'],
  ])('refuses what is too long, and text that says nothing', async (filter, field) => {
    const { errors } = await world.as(publicReader).send(PENALTIES, { filter, first: 1 });
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', field });
  });

  it.each(['2101%', '', "' or 1=1 --", '2', '-210100', '210100,210200', '{210100}', '沈阳', '1'.repeat(21), '2101\\'])('refuses %p as a region', async (regionCode) => {
    const { errors } = await world.as(publicReader).send(PENALTIES, { filter: { regionCode }, first: 1 });
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', kind: 'BAD_USER_INPUT', field: 'filter.regionCode' });
  });

  describe('by region', () => {
    beforeAll(() => world.regions([
      // 210190 has the digits of 210100 and lies in the province; ZONE-1 has digits of its own and lies in the city.
      ['210102', '210100'], ['210103', '210100'], ['210100', '210000'], ['210190', '210000'], ['ZONE-1', '210100'], ['210000', null], ['210200', '210000'],
    ]));
    afterAll(() => query(world.dataSource.manager, sql`delete from region`));
    const at = async (regionCode: string): Promise<string> => {
      const codes = new Map([['210190', 'v'], ['ZONE-1', 'w'], ['210100', 'x'], ['210000', 'y'], ['210200', 'z']]);
      for (const [code] of codes) await world.decide({ regionCode: code, documentNo: code });
      const names = new Map([[a.documentNo, 'a'], [b.documentNo, 'b'], [c.documentNo, 'c'], ...codes]);
      return (await numbers({ regionCode })).map((n) => names.get(n) ?? '?').sort().join('');
    };

    it.each([
      ['210000', 'abcvwxyz'], ['210100', 'abcwx'], ['210102', 'ac'], ['210103', 'b'], ['210190', 'v'], ['ZONE-1', 'w'], ['zone-1', 'w'], ['210200', 'z'],
      ['2101', ''], ['21', ''], ['220000', ''],
    ])('%s: in it or below it, by the tree and not by the digits', async (code, expected) => expect(await at(code)).toBe(expected));

    it('follows a region that is put elsewhere', async () => {
      await world.regions([['ZONE-1', '210200']]);
      expect(await at('210100')).toBe('abcx');
      expect((await numbers({ regionCode: '210200' })).length).toBe(2);
      await world.regions([['ZONE-1', '210100']]);
    });
  });

  it.each([[{ decidedFrom: '2026-02-30' }], [{ publishedTo: 'yesterday' }], [{ penaltyKinds: ['EXILE'] }]])('refuses %p', async (filter) => {
    const { errors } = await world.as(publicReader).send(PENALTIES, { filter, first: 1 });
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT' });
  });

  it.each(['', 'x', "'", '../1', newId().toUpperCase(), newId()])('answers null for the id %p', async (id) => {
    const answer = await world.as(publicReader).send(ONE, { id });
    expect(answer).toEqual({ data: { publicPenalty: null } });
  });
});

describe('pages', () => {
  const publish = async (n: number): Promise<void> => {
    for (let i = 0; i < n; i += 1) {
      const event = decided();
      const record = disclosureOf(event, '2026-06-10');
      if (!record) throw new Error('not disclosed');
      await world.dataSource.transaction((em) => publishRecords(em, [record]));
      await world.access(event, {});
    }
  };

  it('neither repeat nor lose a record while others are published, and end', async () => {
    await publish(7);
    const before = (await search()).edges.map((e) => e.node.id);
    const seen: string[] = [];
    let after: string | null = null;
    let more = true;
    while (more) {
      const page: Page['publicPenalties'] = await search({}, { first: 2, after });
      seen.push(...page.edges.map((e) => e.node.id));
      ({ hasNextPage: more, endCursor: after } = page.pageInfo);
      world.clock.set('2026-06-11T02:00:00Z');
      if (more) await world.decide(); // newer than the cursor: not on later pages
    }
    expect(seen).toEqual(before);
    expect(new Set(seen).size).toBe(7);
  });

  it('continue where their cursor stands although its record is gone', async () => {
    await publish(4);
    const all = (await search()).edges;
    await query(world.dataSource.manager, sql`delete from disclosure_record where id = ${all[1]?.node.id}`);
    const rest = await search({}, { first: 2, after: all[1]?.cursor });
    expect(rest.edges.map((e) => e.node.id)).toEqual(all.slice(2).map((e) => e.node.id));
  });

  it.each([
    [{ first: 101 }, 'PAGE_TOO_LARGE'], [{ first: -1 }, 'BAD_USER_INPUT'], [{ after: 'x' }, 'CURSOR_INVALID'], [{ after: '' }, 'CURSOR_INVALID'],
  ])('refuse %p', async (page, code) => {
    const { errors } = await world.as(publicReader).send(PENALTIES, { first: 2, ...page });
    expect(errors?.[0]?.extensions).toMatchObject({ code });
  });

  it('give nothing but the count for first: 0', async () => {
    await publish(2);
    expect(await search({}, { first: 0 })).toMatchObject({ totalCount: 2, edges: [], pageInfo: { hasNextPage: true } });
  });
});
