import 'reflect-metadata';
import { officer, publicReader, type ServiceHarness, startServiceForTest } from '..';
import { noteOf, noteService } from './note-service';

describe('a service on the platform', () => {
  let hub: ServiceHarness;
  beforeAll(async () => {
    hub = await startServiceForTest(noteService);
  });
  afterAll(() => hub.stop());
  beforeEach(() => hub.dataSource.query('delete from note'));

  const WRITE = 'mutation W($text: String!, $key: ID!) { writeNote(text: $text, idempotencyKey: $key) { id text agencyCode } }';
  const LIST = 'query L($first: Int, $after: String, $last: Int, $before: String) { notes(first: $first, after: $after, last: $last, before: $before) { totalCount nodes { text } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }';
  const me = officer('MRA-210100', 2);

  it('writes once per key, however many calls come at once', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => hub.as(me).send(WRITE, { text: 'one', key: 'k-1' })));
    expect(answers.map((a) => a.errors)).toEqual(answers.map(() => undefined));
    expect(new Set(answers.map((a) => noteOf(a.data).id)).size).toBe(1);
    expect(await hub.dataSource.query('select count(*) as n from note')).toEqual([{ n: 1 }]);
    const other = await hub.as(me).send(WRITE, { text: 'two', key: 'k-1' });
    expect(other.errors?.[0]?.extensions).toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED', kind: 'CONFLICT' });
  });

  it('scopes keys to the officer', async () => {
    await hub.as(me).send(WRITE, { text: 'one', key: 'k-2' });
    const other = await hub.as(officer('MRA-210100', 3)).send(WRITE, { text: 'two', key: 'k-2' });
    expect(other.errors).toBeUndefined();
  });

  it('leaves nothing behind when an act is refused, the key included', async () => {
    const refused = await hub.as(me).send(WRITE, { text: ' ', key: 'k-3' });
    expect(refused.errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', field: 'text' });
    expect((await hub.as(me).send(WRITE, { text: 'now', key: 'k-3' })).errors).toBeUndefined();
  });

  it('refuses acts without a token, and a principal that was not admitted', async () => {
    const anonymous = await hub.as(publicReader).send(WRITE, { text: 'x', key: 'k-4' });
    expect(anonymous.errors?.[0]?.extensions).toMatchObject({ code: 'AUTHENTICATION_REQUIRED' });
    await expect(hub.as({ ...me }).send(LIST)).rejects.toThrow('admitted');
  });

  it('pages in both directions without losing or doubling a record while others are written', async () => {
    for (let i = 0; i < 7; i += 1) await hub.as(me).send(WRITE, { text: `n${i}`, key: `p-${i}` });
    const first = (await hub.as(me).send(LIST, { first: 3 })).data?.['notes'] as never as Page;
    expect(first).toMatchObject({ totalCount: 7, pageInfo: { hasNextPage: true, hasPreviousPage: false } });
    await hub.as(me).send(WRITE, { text: 'newer', key: 'p-new' });
    const second = (await hub.as(me).send(LIST, { first: 3, after: first.pageInfo.endCursor })).data?.['notes'] as never as Page;
    const third = (await hub.as(me).send(LIST, { first: 3, after: second.pageInfo.endCursor })).data?.['notes'] as never as Page;
    expect([first, second, third].flatMap((p) => p.nodes.map((n) => n.text))).toEqual(['n6', 'n5', 'n4', 'n3', 'n2', 'n1', 'n0']);
    expect(third.pageInfo.hasNextPage).toBe(false);
    const back = (await hub.as(me).send(LIST, { last: 3, before: third.pageInfo.startCursor })).data?.['notes'] as never as Page;
    expect(back.nodes).toEqual(second.nodes);
  });

  it.each([
    [{ first: 101 }, 'PAGE_TOO_LARGE', 'first'], [{ last: 101 }, 'PAGE_TOO_LARGE', 'last'], [{ first: -1 }, 'BAD_USER_INPUT', 'first'], [{ after: 'AAAA' }, 'CURSOR_INVALID', 'after'],
    [{ first: 1, last: 1 }, 'BAD_USER_INPUT', 'last'], [{ first: 1, before: 'AAAA' }, 'BAD_USER_INPUT', 'before'], [{ first: 1, last: 1, before: 'AAAA' }, 'BAD_USER_INPUT', 'last'],
    [{ last: 1, after: 'AAAA' }, 'BAD_USER_INPUT', 'after'], [{ after: 'AAAA', before: 'AAAA' }, 'BAD_USER_INPUT', 'before'],
  ])('refuses the page %j, naming what is wrong', async (variables, code, field) => {
    expect((await hub.as(me).send(LIST, variables)).errors?.[0]?.extensions).toMatchObject({ code, field });
  });

  it('takes a cursor from the agency that it was given to, and from no other reader', async () => {
    await hub.as(me).send(WRITE, { text: 'bound', key: 'bound' });
    const { data } = await hub.as(me).send<{ notes: Page }>(LIST, { first: 1 });
    const endCursor = data?.notes.pageInfo.endCursor;
    expect(endCursor).toEqual(expect.any(String));
    expect((await hub.as(officer('MRA-210100', 4)).send(LIST, { after: endCursor })).errors).toBeUndefined();
    for (const other of [officer('MRA-210200', 2), publicReader]) {
      expect((await hub.as(other).send(LIST, { after: endCursor })).errors?.[0]?.extensions).toMatchObject({ code: 'CURSOR_INVALID', field: 'after' });
    }
  });

  it('logs who read which records and fields before it answers, and lets nobody change the log', async () => {
    await hub.as(me).send(WRITE, { text: 'logged', key: 'l-1' });
    await hub.as(me).send(LIST, { first: 1 });
    const [entry] = await hub.dataSource.query('select * from access_log order by id desc limit 1');
    expect(entry).toMatchObject({ agency_code: 'MRA-210100', officer_id: 'MRA-210100-2', purpose: 'test', operation: 'Test' });
    expect(entry.records).toEqual([expect.stringMatching(/^Note:/)]);
    expect(entry.fields).toContain('Note.text');
    expect(JSON.stringify(entry)).not.toContain('logged');
    for (const change of ["update access_log set purpose = 'x'", 'delete from access_log', 'truncate access_log']) {
      await expect(hub.dataSource.query(change)).rejects.toThrow(/append-only|permission denied/);
    }
  });

  it('logs a search that found nothing, too', async () => {
    await hub.as(officer('MRA-210200', 4)).send(LIST, { first: 1 });
    const [entry] = await hub.dataSource.query('select * from access_log order by id desc limit 1');
    expect(entry).toMatchObject({ officer_id: 'MRA-210200-4', records: [] });
  });

  it.each([['writeNote', 'a\u0000b'], ['echo', '\u0000'], ['writeNote', 'a\ud800b'], ['echo', '\udfff']])('takes a text for a fault of the input of %s that no database keeps as it is: %j', async (act, text) => {
    const answer = await hub.as(me).send(`mutation ($text: String!) { made: ${act}(text: $text, idempotencyKey: "nul-${act}")${act === 'echo' ? '' : ' { id }'} }`, { text });
    expect(answer.errors).toEqual([expect.objectContaining({ path: ['made'], extensions: { code: 'BAD_USER_INPUT', kind: 'BAD_USER_INPUT', field: 'text', basis: { instrument: '药案通平台规则（非法律规定）', article: '输入校验' } } })]);
    expect((await hub.as(me).send('query ($id: ID!) { note(id: $id) { id } }', { id: text })).errors).toEqual([
      expect.objectContaining({ path: ['note'], extensions: { code: 'BAD_USER_INPUT', kind: 'BAD_USER_INPUT', field: 'id' } }),
    ]);
    expect(await hub.dataSource.query("select count(*) as n from idempotency_key where key like 'nul-%'")).toEqual([{ n: 0 }]);
  });

  it('keeps the words of a bug to itself', async () => {
    const answer = await hub.as(me).send('{ broken }');
    expect(answer.errors?.[0]).toMatchObject({ message: 'Internal server error', extensions: { code: 'INTERNAL_SERVER_ERROR' } });
  });

  interface Page {
    readonly totalCount: number;
    readonly nodes: readonly { readonly text: string }[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly startCursor: string; readonly endCursor: string };
  }
});
