import { createHash, createPublicKey, verify } from 'node:crypto';
import { buffer, text } from 'node:stream/consumers';
import type { PenaltyDecided } from '@casebridge/contracts';
import { query, readerOf, sql } from '@casebridge/platform';
import { publicReader } from '@casebridge/testkit';
import { item, startWorld, type World } from '../test/world';
import { caveat, licence } from './public-data-format';
import { noteEdition } from './public-record.source';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.stop());
beforeEach(async () => {
  world.clock.set('2026-06-10T02:00:00Z');
  await world.forget();
  await query(world.dataSource.manager, sql`delete from public_data_entry`);
});

type Json = ReturnType<typeof JSON.parse>;
const open = (path: string, asked: Record<string, string> = {}, known: string[] = []) =>
  world.service.runtime.data!.open(publicReader, { path: `public/${path}`, query: asked, known, requestId: 'r' });
const bytesOf = async (path: string, asked: Record<string, string> = {}): Promise<Buffer> => buffer((await open(path, asked))!.body!);
const jsonOf = async (path: string, asked: Record<string, string> = {}): Promise<Json> => JSON.parse((await bytesOf(path, asked)).toString());
const linesOf = async (path: string, asked: Record<string, string> = {}): Promise<Json[]> => (await bytesOf(path, asked)).toString().trimEnd().split('\n').map((line): Json => JSON.parse(line));
const note = (): Promise<void> => noteEdition(world.dataSource.manager, readerOf(publicReader, world.directory, world.clock.now()));
const minor: Partial<PenaltyDecided> = { items: [item({ kind: 'CRITICISM', amountFen: null })] };
const withdraw = (event: PenaltyDecided) => world.overturn(event);

const LIST = `query ($filter: PublicPenaltyFilter) { publicPenalties(filter: $filter, first: 100) { nodes { id documentNo partyName partyKind partyUscc violationType penaltyKinds penaltySummary fineFen
  authority { code } region { code } decidedOn publishedOn disclosureEndsOn } } }`;
/** What the page and the query show, as a file would have it. */
async function page(filter: object = {}): Promise<Json[]> {
  const { data } = await world.as(publicReader).send<Json>(LIST, { filter });
  return (data as Json).publicPenalties.nodes.map(({ authority, region, ...rest }: Json) => ({ ...rest, authorityCode: authority.code, regionCode: region.code }));
}
const byId = (a: Json, b: Json): number => (a.id < b.id ? -1 : 1);

describe('the whole set', () => {
  it('is what the page shows, for every condition and on every day', async () => {
    await world.decide({ partyName: '示例阳光药业有限公司' });
    await world.decide({ authorityCode: 'MARKET-own', violationType: 'FAKE_DRUGS', decidedOn: '2026-05-01' });
    await world.decide(minor);
    await withdraw(await world.decide());
    await world.decide({}, { sealedUntil: '2026-12-31', sealOfficers: [] });
    for (const instant of ['2026-06-09T02:00:00Z', '2026-06-10T02:00:00Z', '2026-09-10T15:59:59Z', '2026-09-10T16:00:00Z', '2027-01-02T02:00:00Z', '2030-01-01T02:00:00Z']) {
      world.clock.set(instant);
      for (const [asked, filter] of [
        [{}, {}], [{ text: '阳光' }, { text: '阳光' }], [{ authorityCode: 'MARKET-own' }, { authorityCode: 'MARKET-own' }], [{ decidedFrom: '2026-05-02' }, { decidedFrom: '2026-05-02' }],
        [{ violationTypes: 'FAKE_DRUGS,GXP_BREACH' }, { violationTypes: ['FAKE_DRUGS', 'GXP_BREACH'] }], [{ penaltyKinds: 'CRITICISM' }, { penaltyKinds: ['CRITICISM'] }],
      ] as const) {
        const [head, ...records] = await linesOf('penalties.jsonl', asked);
        expect(head.meta).toMatchObject({ licence, caveat });
        expect([instant, records.sort(byId)]).toEqual([instant, (await page(filter)).sort(byId)]);
        expect((await bytesOf('penalties.csv', asked)).toString().split('\r\n').filter((line) => line.startsWith('0'))).toHaveLength(records.length);
      }
    }
  });

  it('says in CSV what it is, and is run by no program for sheets', async () => {
    await world.decide({ partyName: '=HYPERLINK("x")示例药业' });
    const csv = (await bytesOf('penalties.csv', { bom: '1' })).toString();
    expect(csv.startsWith('\ufeff# ')).toBe(true);
    for (const part of [`# licence: ${licence}`, `# caveat: ${caveat}`, '# as-of: 2026-06-10', '# version: 2026-06-10.1.']) expect(csv).toContain(part);
    expect(csv).toContain('id,documentNo,partyName,');
    expect(csv).toContain(`"'=HYPERLINK(""x"")示例药业"`);
  });

  it('is not sent twice to who has it, and is another one once anything changed', async () => {
    const event = await world.decide();
    const first = (await open('penalties.jsonl'))!;
    expect((await open('penalties.jsonl', {}, [first.etag!]))!.body).toBeNull();
    expect((await open('penalties.csv', {}, [first.etag!]))!.body).not.toBeNull();
    await query(world.dataSource.manager, sql`update disclosure_record set party_name = '示例更名药业' where decision_id = ${event.decisionId}`);
    expect((await open('penalties.jsonl', {}, [first.etag!]))!.body).not.toBeNull();
    expect(first.headers).toMatchObject({ 'x-data-as-of': '2026-06-10', 'x-data-licence': licence });
  });

  it.each([[{ bom: 'yes' }, 'bom'], [{ partyNamee: 'x' }, 'filter.partyNamee'], [{ decidedFrom: '2026-02-30' }, 'filter.decidedFrom'], [{ penaltyKinds: 'SCOLDING' }, 'filter.penaltyKinds'], [{ text: 'x' }, 'filter.text']])(
    'refuses %p', async (asked, field) => {
      await expect(open('penalties.csv', asked as Record<string, string>)).rejects.toMatchObject({ code: 'BAD_USER_INPUT', field });
    });

  it.each(['passwords.csv', 'penalties.xlsx', '../penalties.csv', 'penalties', 'manifest.csv', ''])('has nothing at %p', async (path) => expect(await open(path)).toBeNull());
});

describe('what changed', () => {
  it('tells what came, changed and went, with a reason and no name, before and after the day was noted', async () => {
    const stays = await world.decide();
    const [withdrawn, expires, sealed, changes] = [await world.decide(), await world.decide(minor), await world.decide(), await world.decide()];
    await note();
    const ids = new Map((await page()).map((p) => [p.documentNo, p.id]));
    world.clock.set('2026-09-11T02:00:00Z');
    await withdraw(withdrawn);
    await world.access(sealed, { version: 2, sealedUntil: '2026-12-31', sealOfficers: [] });
    await query(world.dataSource.manager, sql`update disclosure_record set party_name = '示例更名药业' where decision_id = ${changes.decisionId}`);
    const fresh = await world.decide({ decidedOn: '2026-09-01' });
    for (const noted of [false, true]) {
      if (noted) await note();
      const [, ...lines] = await linesOf('changes.jsonl', { since: '2026-06-11' });
      expect(lines.filter((l) => l.op === 'put').map((l) => l.record.documentNo).sort()).toEqual([changes.documentNo, fresh.documentNo].sort());
      expect(lines.filter((l) => l.op === 'remove').sort(byId)).toEqual([
        { op: 'remove', id: ids.get(withdrawn.documentNo), reason: 'WITHDRAWN' }, { op: 'remove', id: ids.get(expires.documentNo), reason: 'EXPIRED' },
        { op: 'remove', id: ids.get(sealed.documentNo), reason: 'NO_LONGER_PUBLIC' },
      ].sort(byId));
    }
    world.clock.set('2026-09-13T02:00:00Z');
    await note();
    expect((await linesOf('changes.jsonl', { since: '2026-09-12' })).slice(1)).toEqual([]);
    expect((await linesOf('changes.jsonl', { since: '2026-06-10' })).slice(1).some((l) => l.record?.documentNo === stays.documentNo)).toBe(true);
    const csv = (await bytesOf('changes.csv', { since: '2026-06-11' })).toString();
    expect(csv).toContain('op,reason,id,documentNo');
    expect(csv).toContain(`remove,WITHDRAWN,${ids.get(withdrawn.documentNo)},,`);
  });

  it('brings back what is public again', async () => {
    const event = await world.decide();
    await note();
    world.clock.set('2026-06-11T02:00:00Z');
    await world.access(event, { version: 2, sealedUntil: '2026-06-11', sealOfficers: [] });
    await note();
    world.clock.set('2026-06-12T02:00:00Z');
    expect((await linesOf('changes.jsonl', { since: '2026-06-12' })).slice(1)).toMatchObject([{ op: 'put', record: { documentNo: event.documentNo } }]);
    await note();
    expect((await linesOf('changes.jsonl', { since: '2026-06-12' })).slice(1)).toMatchObject([{ op: 'put' }]);
  });

  it.each([{}, { since: 'yesterday' }, { since: '2026-06-11' }])('asks for a day that has come: %p', async (asked) => {
    await expect(open('changes.jsonl', asked as Record<string, string>)).rejects.toMatchObject({ field: 'since' });
  });
});

describe('the manifest', () => {
  it('has the checksums of the files as they are given, and is signed', async () => {
    await world.decide();
    await world.decide(minor);
    const manifest = await jsonOf('manifest.json');
    expect(manifest).toMatchObject({ asOf: '2026-06-10', licence, caveat });
    expect(manifest.files).toHaveLength(3);
    for (const { bytes, name, records, sha256 } of manifest.files) {
      const { pathname, searchParams } = new URL(name, 'http://hub');
      const file = await bytesOf(pathname.slice('/public/data/'.length), Object.fromEntries(searchParams));
      expect([name, bytes, sha256, records]).toEqual([name, file.length, createHash('sha256').update(file).digest('hex'), 2]);
    }
    const [head, payload, signature] = (await text((await open('manifest.jws'))!.body!)).split('.') as [string, string, string];
    const key = createPublicKey({ key: await jsonOf('key.json'), format: 'jwk' });
    expect(verify(null, Buffer.from(`${head}.${payload}`), key, Buffer.from(signature, 'base64url'))).toBe(true);
    expect(verify(null, Buffer.from(`${head}.${payload}x`), key, Buffer.from(signature, 'base64url'))).toBe(false);
    expect(JSON.parse(Buffer.from(payload, 'base64url').toString())).toEqual(manifest);
    expect(await jsonOf('key.json')).not.toHaveProperty('d');
  });

  it('is another one the moment something is withdrawn', async () => {
    const event = await world.decide();
    const before = (await open('manifest.json'))!;
    expect((await open('manifest.json', {}, [before.etag!]))!.body).toBeNull();
    await withdraw(event);
    const after = await jsonOf('manifest.json');
    expect(after.files[0].records).toBe(0);
    expect((await open('manifest.json', {}, [before.etag!]))!.body).not.toBeNull();
  });
});

it('describes every column as the schema does', async () => {
  await world.decide();
  const { columns } = await jsonOf('dictionary.json');
  const [, record] = await linesOf('penalties.jsonl');
  expect(columns.map((c: Json) => c.column)).toEqual(Object.keys(record));
  expect(columns).toContainEqual({ column: 'fineFen', type: 'Fen', nullable: true, description: '罚款总额（分） All fines of the decision together; null: no fine.' });
  for (const { description } of columns) expect(description).not.toBe('');
});
