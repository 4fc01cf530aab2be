import { createHash, createPublicKey, verify } from 'node:crypto';
import { type Mode, type Stack, startStack } from './stack';
import { eventually } from './worker-hub';

/*
 * Tables in and out: a file of decisions from a bureau's own system, what the public sees of it, and how it goes out again. In one process and apart.
 */

type Json = ReturnType<typeof JSON.parse>;
const modes: readonly Mode[] = ['in process', 'over http'];

describe.each(modes)('tables as files, %s', (mode) => {
  let hub: Stack;
  beforeAll(async () => {
    hub = await startStack(mode);
  }, 120_000);
  afterAll(() => hub?.stop());

  const bearer = async (agency: string): Promise<Record<string, string>> => ({ authorization: `Bearer ${await hub.token(agency)}` });
  const numbers = async (documentNo: string): Promise<string[]> => {
    const { publicPenalties } = await hub.anonymous.data<Json>('query P($f: PublicPenaltyFilter) { publicPenalties(filter: $f) { nodes { documentNo } } }', { f: { documentNo } }, 'P', '/public/graphql');
    return publicPenalties.nodes.map((n: { documentNo: string }) => n.documentNo);
  };

  it('takes a file of decisions, answers row by row, shows them and gives them back', async () => {
    const documentNo = '演示市监导入罚〔2026〕90001号';
    const head = 'CF_XDR_MC,CF_WSH,CF_WFXW,CF_SY,CF_YJ,CF_CFLB,CF_NR,CF_NR_FK,CF_JDRQ,CF_CFJG';
    const row = (number: string, day: string): string => `【演示】导入当事人,${number},生产、销售劣药,销售劣药,《药品管理法》第117条,罚款,罚款1万元,1,${day},MRA-210100`;
    const file = [head, row(documentNo, '2026-06-01'), row('演示市监导入罚〔2026〕90002号', '2026-06-31')].join('\n');
    const send = async (agency: string | null) => fetch(`${hub.url}/exchange/penalty-records`, { method: 'POST', body: file, headers: agency === null ? {} : await bearer(agency) });
    expect((await send(null)).status).toBe(401);
    expect((await send('PSB-210100')).status).toBe(403);
    const sent = await send('MRA-210100');
    expect(sent.status).toBe(202);
    const { id } = (await sent.json()) as { id: string };
    const officer = await hub.as('MRA-210100');
    const IMPORT = 'query I($id: ID!) { penaltyImport(id: $id) { state created refused rowResults(refusedOnly: true) { nodes { rowNo faults { field rule } } } } }';
    const done = await eventually('the file is read', () => officer.data<Json>(IMPORT, { id }), (now: Json) => now.penaltyImport.state === 'DONE');
    expect(done.penaltyImport).toEqual({ state: 'DONE', created: 1, refused: 1, rowResults: { nodes: [{ rowNo: 2, faults: [{ field: 'CF_JDRQ', rule: 'DATE' }] }] } });
    expect(await numbers(documentNo)).toEqual([documentNo]);

    const given = await fetch(`${hub.url}/exchange/penalty-records.csv?decidedFrom=2026-06-01&decidedTo=2026-06-01`, { headers: await bearer('MRA-210100') });
    expect([given.status, given.headers.get('content-disposition')]).toEqual([200, expect.stringMatching(/^attachment; filename="penalty-records-\d{4}-\d{2}-\d{2}\.csv"$/)]);
    const text = await given.text();
    expect(text).toContain(documentNo);
    expect(text).toContain('1.000000');
    const sheet = await fetch(`${hub.url}/exchange/penalty-records.xlsx`, { headers: await bearer('MRA-210100') });
    expect(Buffer.from(await sheet.arrayBuffer()).subarray(0, 2).toString()).toBe('PK');
    expect((await fetch(`${hub.url}/exchange/penalty-records.csv`)).status).toBe(404);
    expect((await fetch(`${hub.url}/exchange/penalty-records.csv?layout=1999`, { headers: await bearer('MRA-210100') })).status).toBe(400);
    expect((await fetch(`${hub.url}/exchange/nothing.csv`, { headers: await bearer('MRA-210100') })).status).toBe(404);
    expect((await fetch(`${hub.url}/exchange/%zz`, { headers: await bearer('MRA-210100') })).status).toBe(400);
  });

  it('gives everybody what the public query shows, as files with checksums that are signed', async () => {
    const get = (name: string, headers: Record<string, string> = {}) => fetch(`${hub.url}/public/data/${name}`, { headers });
    const whole = await get('penalties.jsonl');
    expect([whole.status, whole.headers.get('content-type'), whole.headers.get('access-control-allow-origin'), whole.headers.get('x-data-licence')])
      .toEqual([200, 'application/jsonl; charset=utf-8', '*', expect.stringContaining('Open data')]);
    const bytes = Buffer.from(await whole.arrayBuffer());
    const [, ...records] = bytes.toString().trimEnd().split('\n').map((line): Json => JSON.parse(line));
    const { publicPenalties } = await hub.anonymous.data<Json>('query P { publicPenalties(first: 100) { totalCount nodes { id documentNo partyName fineFen } } }', {}, 'P', '/public/graphql');
    expect(records).toHaveLength(publicPenalties.totalCount);
    for (const node of publicPenalties.nodes) expect(records.find((r: Json) => r.id === node.id)).toMatchObject(node);

    const tag = whole.headers.get('etag')!;
    expect((await get('penalties.jsonl', { 'if-none-match': tag })).status).toBe(304);
    const manifest = (await (await get('manifest.json')).json()) as Json;
    expect(manifest.files.find((f: Json) => f.name.endsWith('.jsonl'))).toMatchObject({ bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') });
    const [head, payload, signature] = (await (await get('manifest.jws')).text()).split('.');
    const key = createPublicKey({ key: (await (await get('key.json')).json()) as Json, format: 'jwk' });
    expect(verify(null, Buffer.from(`${head}.${payload}`), key, Buffer.from(signature!, 'base64url'))).toBe(true);
    expect((await get('changes.csv?since=2026-01-01')).status).toBe(200);
    expect((await get('changes.csv')).status).toBe(400);
    expect((await get('dictionary.json')).status).toBe(200);
    expect((await fetch(`${hub.url}/public/data/penalties.csv`, { method: 'HEAD' })).headers.get('etag')).not.toBeNull();
    expect((await fetch(`${hub.url}/public/data/penalties.csv`, { method: 'POST' })).status).toBe(405);
    expect((await get('nothing.csv')).status).toBe(404);
  });
});
