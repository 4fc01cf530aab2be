import { Readable } from 'node:stream';
import { buffer, text } from 'node:stream/consumers';
import type { AgencyReader, Principal } from '@casebridge/kernel';
import { type DataPort, query, sql } from '@casebridge/platform';
import { publicReader } from '@casebridge/testkit';
import { csv, importedUscc as uscc, line, readSent, send } from '../test/imports';
import { item, officerFrom, startWorld, type World } from '../test/world';
import { readCsv } from './csv-table';
import { exchangeColumns, readHeader, recordOf } from './exchange-layout.rule';
import { importWaiting } from './penalty-import.runner';
import { readXlsx } from './xlsx-reader';
import { xlsxOf } from './xlsx-writer';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.stop());
beforeEach(async () => {
  world.clock.set('2026-06-10T02:00:00Z');
  await world.forget();
});

const port = (): DataPort => world.service.runtime.data!;
const asked = (path: string, asks: Record<string, string> = {}) => ({ path: `exchange/${path}`, query: asks, known: [], requestId: 'r' });
const post = (who: AgencyReader, bytes: string | Buffer): Promise<string> => send(world, who, bytes);
const read = (): Promise<void> => readSent(world);
const get = async (who: Principal, path: string, asks: Record<string, string> = {}) => (await port().open(who, asked(path, asks)))?.body ?? null;

const IMPORT = `query ($id: ID!) { penaltyImport(id: $id) { state layout rows created corrected unchanged refused faults { field rule refuses }
  rowResults(first: 100) { totalCount nodes { rowNo documentNo outcome faults { field rule refuses } penalty { version items { code value } } } } } }`;
interface Shown {
  state: string; layout: string | null; rows: number; created: number; corrected: number; unchanged: number; refused: number; faults: object[];
  rowResults: { totalCount: number; nodes: { rowNo: number; documentNo: string | null; outcome: string; faults: object[]; penalty: { version: number; items: { code: string; value: string }[] } | null }[] };
}
async function shown(id: string, who: Principal = own): Promise<Shown | null> {
  const { data, errors } = await world.as(who).send<{ penaltyImport: Shown | null }>(IMPORT, { id });
  expect(errors).toBeUndefined();
  return data?.penaltyImport ?? null;
}
async function imported(bytes: string | Buffer, who = own): Promise<Shown> {
  const id = await post(who, bytes);
  await read();
  return (await shown(id, who))!;
}
const publicNumbers = async (): Promise<string[]> => {
  const { data } = await world.as(publicReader).send<{ publicPenalties: { nodes: { documentNo: string }[] } }>('{ publicPenalties(first: 100) { nodes { documentNo } } }');
  return data!.publicPenalties.nodes.map((n) => n.documentNo);
};
const own = officerFrom('DRUG-own');

describe('an import', () => {
  it('takes each row whole or not at all, and says of each what became of it', async () => {
    const done = await imported(csv(line(1), line(2, { CF_JDRQ: '2026-06-31', CF_XDR_SHXYM: '91350100M000100Y40' }), line(3, { CF_GSJZQ: '2027-01-01' })));
    expect(done).toMatchObject({ state: 'DONE', layout: 'CURRENT', rows: 3, created: 2, corrected: 0, unchanged: 0, refused: 1, faults: [] });
    expect(done.rowResults.nodes.map(({ rowNo, outcome, faults }) => ({ rowNo, outcome, faults }))).toEqual([
      { rowNo: 1, outcome: 'CREATED', faults: [] },
      { rowNo: 2, outcome: 'REFUSED', faults: [{ field: 'CF_XDR_SHXYM', rule: 'CHECK_DIGIT', refuses: true }, { field: 'CF_JDRQ', rule: 'DATE', refuses: true }] },
      { rowNo: 3, outcome: 'CREATED', faults: [{ field: 'CF_GSJZQ', rule: 'DISCLOSURE_END', refuses: false }] },
    ]);
    expect((await publicNumbers()).sort()).toEqual(['示例药监导入罚〔2026〕1号', '示例药监导入罚〔2026〕3号']);
  });

  it('shows what it brought by the rules of every other decision, counted from the decision', async () => {
    await imported(csv(line(11), line(12, { CF_CFLB: '警告', CF_NR_FK: '' }), line(13, { CF_JDRQ: '2020-01-01' }), line(14, { CF_CFLB: '通报批评', CF_NR_FK: '' })));
    const { data } = await world.as(own).send('{ publicPenalties { nodes { documentNo fineFen class publishedOn disclosureEndsOn violationType case { id } enterprise { uscc } } } }');
    expect(data).toEqual({ publicPenalties: { nodes: expect.arrayContaining([
      { documentNo: '示例药监导入罚〔2026〕11号', fineFen: 1_200_000, class: 'SERIOUS_DOMAIN', publishedOn: '2026-06-10', disclosureEndsOn: '2029-06-01', violationType: 'SUBSTANDARD_DRUGS', case: null, enterprise: { uscc } },
      expect.objectContaining({ documentNo: '示例药监导入罚〔2026〕14号', class: 'MINOR', disclosureEndsOn: '2026-09-01' }),
    ]) } });
    expect(await publicNumbers()).toHaveLength(2); // not the warning, and not what was over years ago
  });

  it('keeps a decision that the law keeps from publication as a file entry, for its agency and those above', async () => {
    await imported(csv(line(21, { CF_CFLB: '警告', CF_NR_FK: '' })));
    const ENTRY = 'query ($n: String) { importedPenalties(filter: { documentNo: $n }) { totalCount nodes { documentNo authority { code } } } }';
    for (const [code, sees] of [['DRUG-own', 1], ['DRUG-top', 1], ['MARKET-own', 0], ['POLICE-party', 0]] as const) {
      const { data } = await world.as(officerFrom(code)).send<{ importedPenalties: { totalCount: number } }>(ENTRY, { n: '示例药监导入罚[2026]21号' });
      expect([code, data?.importedPenalties.totalCount]).toEqual([code, sees]);
    }
  });

  it('is the same import when the same bytes come again, and changes nothing when other bytes say the same', async () => {
    const file = csv(line(31));
    const id = await post(own, file);
    expect(await post(own, file)).toBe(id);
    await read();
    expect(await post(own, file)).toBe(id);
    expect(await imported(`\ufeff${file}\n`)).toMatchObject({ created: 0, unchanged: 1, corrected: 0 });
    expect((await publicNumbers()).filter((n) => n.includes('31'))).toHaveLength(1);
  });

  it('corrects what was there, and keeps how it was', async () => {
    await imported(csv(line(41)));
    world.clock.set('2026-06-12T02:00:00Z');
    const done = await imported(csv(line(41, { CF_NR_FK: '2.5', CF_NR: '罚款2.5万元' })));
    expect(done).toMatchObject({ corrected: 1, created: 0 });
    expect(done.rowResults.nodes[0]!.penalty).toMatchObject({ version: 2, items: expect.arrayContaining([{ code: 'CF_NR_FK', value: '2.5' }]) });
    const { data } = await world.as(own).send('query ($n: String) { importedPenalties(filter: { documentNo: $n }) { nodes { versions { nodes { version items { code value } } } } } publicPenalties { nodes { fineFen publishedOn } } }', { n: '示例药监导入罚〔2026〕41号' });
    expect(data).toMatchObject({
      importedPenalties: { nodes: [{ versions: { nodes: [{ version: 2, items: expect.arrayContaining([{ code: 'CF_NR_FK', value: '2.5' }]) }, { version: 1, items: expect.arrayContaining([{ code: 'CF_NR_FK', value: '1.2' }]) }] } }] },
      publicPenalties: { nodes: [{ fineFen: 2_500_000, publishedOn: '2026-06-10' }] },
    });
  });

  it('takes from display what is corrected into a warning, and puts it back when it is corrected again', async () => {
    await imported(csv(line(51)));
    await imported(csv(line(51, { CF_CFLB: '警告', CF_NR_FK: '' })));
    expect(await publicNumbers()).toEqual([]);
    await imported(csv(line(51)));
    expect(await publicNumbers()).toEqual(['示例药监导入罚〔2026〕51号']);
  });

  it('lets nobody send what another agency decided, but the agency above it', async () => {
    const row = line(61, { CF_CFJG: 'DRUG-own' });
    expect(await imported(csv(row), officerFrom('MARKET-own'))).toMatchObject({ refused: 1 });
    expect(await imported(csv(row), officerFrom('DRUG-top'))).toMatchObject({ created: 1 });
  });

  it('leaves decisions of the hub itself alone', async () => {
    const event = await world.decide();
    const done = await imported(csv(line(71, { CF_WSH: event.documentNo })));
    expect(done.rowResults.nodes[0]).toMatchObject({ outcome: 'REFUSED', faults: [{ field: 'CF_WSH', rule: 'DECIDED_HERE', refuses: true }] });
  });

  it('does not tell by this that a case is sealed', async () => {
    const event = await world.decide({}, { sealedUntil: '2026-12-31', sealOfficers: [] });
    expect(await imported(csv(line(81, { CF_WSH: event.documentNo })))).toMatchObject({ created: 1 });
  });

  it('says what is wrong with a file as a whole', async () => {
    expect(await imported('CF_XDR_MC,CF_WSH\n甲,1')).toMatchObject({ state: 'FAILED', rows: 0, faults: expect.arrayContaining([{ field: 'CF_JDRQ', rule: 'COLUMN_MISSING', refuses: true }]) });
    expect(await imported(`${csv(line(91))}\n"broken`)).toMatchObject({ state: 'FAILED', faults: [{ field: '', rule: 'UNREADABLE', refuses: true }] });
  });

  it('reads sheets, and the layout of 2016', async () => {
    async function* rows(): AsyncGenerator<string[]> {
      yield exchangeColumns.Y2016.map((c) => c.zh);
      yield ['示例药监导入罚〔2026〕101号', '生产、销售劣药', '罚款', '没收违法所得', '销售劣药', '药品管理法第117条', '示例一〇一药房', uscc, '', '', '', '', '某甲', '罚款1万元', '2026/6/1', 'DRUG-own', '0', '210000', '2026-06-02', ''];
    }
    const done = await imported(await buffer(xlsxOf(rows())));
    expect(done).toMatchObject({ state: 'DONE', layout: 'Y2016', created: 1 });
    expect(done.rowResults.nodes[0]!.penalty!.items).toEqual(expect.arrayContaining([{ code: 'CF_CFLB', value: '罚款;没收违法所得' }, { code: 'CF_FRDB', value: '某甲' }, { code: 'CF_JDRQ', value: '2026-06-01' }]));
  });

  it('goes on where it was left off, and does nothing twice', async () => {
    const many = Array.from({ length: 1_200 }, (_, i) => line(1_000 + i));
    const id = await post(own, csv(...many));
    const stopping = new AbortController();
    stopping.abort();
    await readSent(world, stopping.signal);
    expect(await shown(id)).toMatchObject({ state: 'WAITING', rows: 0 });
    const left = new AbortController();
    const { dataSource } = world.service.deps;
    const deps = Object.create(world.service.deps, { dataSource: { value: Object.create(dataSource, { transaction: { value: async (work: never) => {
      if ((await shown(id))!.rows >= 500) throw new Error('killed');
      return dataSource.transaction(work);
    } } }) } }) as typeof world.service.deps;
    await expect(importWaiting({ deps, dataDir: world.dataDir, stopping: left.signal })).rejects.toThrow('killed');
    expect(await shown(id)).toMatchObject({ state: 'WAITING', rows: 500, created: 500 });
    await Promise.all([read(), read()]);
    expect(await shown(id)).toMatchObject({ state: 'DONE', rows: 1_200, created: 1_200, rowResults: { totalCount: 1_200 } });
    expect(await query(world.dataSource.manager, sql`select count(*)::int as n from imported_penalty_version where import_id = ${id}`)).toEqual([{ n: 1_200 }]);
  });

  it('is open to its agency alone', async () => {
    const id = await post(own, csv(line(111)));
    await read();
    for (const who of [officerFrom('DRUG-top'), officerFrom('MARKET-own'), officerFrom('POLICE-own'), officerFrom('DRUG-own', ['auditor']), publicReader]) expect(await shown(id, who)).toBeNull();
    for (const who of [officerFrom('POLICE-own'), officerFrom('DRUG-own', ['analyst'])]) {
      await expect(post(who, csv(line(112)))).rejects.toMatchObject({ code: 'FORBIDDEN' });
    }
    await expect(post(own, Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0]))).rejects.toMatchObject({ code: 'BAD_USER_INPUT', field: 'file' });
  });
});

describe('an export', () => {
  const parsed = async (body: Readable | null, sheet = false) => {
    const rows: string[][] = [];
    for await (const row of sheet ? readXlsx(body!) : readCsv(body!)) rows.push(row);
    return rows;
  };

  it('has what the agency and those below it decided, in 万元 with six decimals', async () => {
    const event = await world.decide({ partyName: '=cmd|示例药业', items: [item({ amountFen: 12_345_678 })] });
    await world.decide({ authorityCode: 'MARKET-own' });
    await imported(csv(line(201)));
    for (const who of [own, officerFrom('DRUG-top')]) {
      const [header, ...rows] = await parsed(await get(who, 'penalty-records.csv'));
      expect(header).toEqual(exchangeColumns.CURRENT.map((c) => c.code));
      const records = rows.map((row) => recordOf(readHeader(header!), row));
      expect(records.map((r) => r['CF_WSH']).sort()).toEqual([event.documentNo, '示例药监导入罚〔2026〕201号'].sort());
      expect(records.find((r) => r['CF_WSH'] === event.documentNo)).toEqual({
        CF_XDR_MC: '=cmd|示例药业', CF_XDR_LB: '法人及非法人组织', CF_XDR_SHXYM: event.partyUscc, CF_WSH: event.documentNo, CF_WFXW: '生产、销售劣药', CF_SY: '生产、销售劣药',
        CF_YJ: '《中华人民共和国药品管理法》第117条', CF_CFLB: '罚款', CF_NR: expect.stringContaining('123,456.78元'), CF_NR_FK: '12.345678', CF_JDRQ: '2026-06-01', CF_GSJZQ: '2029-06-10',
        CF_CFJG: 'DRUG-own', CF_SJLY: 'DRUG-own',
      });
      expect(records.find((r) => r['CF_WSH']!.includes('201'))).toMatchObject({ CF_NR_FK: '1.200000', CF_GSJZQ: '2029-06-01', CF_SY: '销售劣药' });
    }
    expect((await text((await get(own, 'penalty-records.csv'))!)).includes("'=cmd|示例药业")).toBe(true);
  });

  it('is the same as a sheet and in the layout of 2016, and is taken back without a change', async () => {
    await imported(csv(line(211), line(212, { CF_CFLB: '罚款;吊销许可证件' })));
    const current = await buffer((await get(own, 'penalty-records.xlsx'))!);
    const padded = (rows: string[][]) => rows.map((row) => exchangeColumns.CURRENT.map((_, i) => row[i] ?? ''));
    expect(padded(await parsed(Readable.from([current]), true))).toEqual(await parsed(await get(own, 'penalty-records.csv', { bom: '1' })));
    const [header, ...rows] = await parsed(await get(own, 'penalty-records.csv', { layout: '2016' }));
    expect(readHeader(header!)).toMatchObject({ layout: 'Y2016', missing: [] });
    expect(rows).toHaveLength(2);
    expect(await imported(current)).toMatchObject({ rows: 2, refused: 0 });
  });

  it('asks for days', async () => {
    await imported(csv(line(221), line(222, { CF_JDRQ: '2026-05-01' })));
    expect(await parsed(await get(own, 'penalty-records.csv', { decidedFrom: '2026-05-02' }))).toHaveLength(2);
    expect(await parsed(await get(own, 'penalty-records.csv', { decidedTo: '2026-04-30' }))).toHaveLength(1);
    await expect(get(own, 'penalty-records.csv', { decidedFrom: '2026-02-30' })).rejects.toMatchObject({ field: 'decidedFrom' });
    await expect(get(own, 'penalty-records.csv', { layout: '1999' })).rejects.toMatchObject({ field: 'layout' });
  });

  it('has nothing of a sealed case, nor of what was withdrawn, and is none for who reads no records', async () => {
    const sealed = await world.decide({}, { sealedUntil: '2026-12-31', sealOfficers: [] });
    const withdrawn = await world.decide();
    await world.overturn(withdrawn);
    expect(await text((await get(own, 'penalty-records.csv'))!)).not.toMatch(new RegExp(`${sealed.documentNo}|${withdrawn.documentNo}`, 'u'));
    expect(await parsed(await get(officerFrom('POLICE-own'), 'penalty-records.csv'))).toHaveLength(1);
    for (const who of [publicReader, officerFrom('DRUG-own', ['auditor'])]) expect(await get(who, 'penalty-records.csv')).toBeNull();
    expect(await get(own, 'passwords.csv')).toBeNull();
  });

  it('is in the access log before its first byte', async () => {
    world.clock.set('2026-06-11T02:00:00Z');
    await get(own, 'penalty-records.csv', { decidedFrom: '2026-05-02' });
    const rows = await query<{ records: string[] }>(world.dataSource.manager, sql`select records from access_log where operation = 'GET /exchange/penalty-records.csv' order by at desc limit 1`);
    expect(rows[0]?.records).toEqual(['PenaltyRecord:CURRENT 2026-05-02/']);
  });
});
