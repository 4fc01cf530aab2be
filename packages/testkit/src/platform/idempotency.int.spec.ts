import 'reflect-metadata';
import { FixedClock } from '@casebridge/kernel';
import { officer, type ServiceHarness, startServiceForTest } from '..';
import { noteOf, noteService } from './note-service';

const DAY = 86_400_000;

describe('idempotency keys', () => {
  const clock = new FixedClock('2026-11-22T08:00:00Z');
  const [me, other] = [officer('MRA-210100', 2), officer('MRA-210100', 3)];
  let hub: ServiceHarness;
  beforeAll(async () => {
    hub = await startServiceForTest(noteService, { clock });
  });
  afterAll(() => hub.stop());
  beforeEach(() => hub.dataSource.query('delete from idempotency_key'));

  const write = (text: string, key: string, who = me) => hub.as(who).send('mutation ($text: String!, $key: ID!) { writeNote(text: $text, idempotencyKey: $key) { id text } }', { text, key });
  const keys = async (): Promise<string[]> => (await hub.dataSource.query<{ key: string }[]>('select key from idempotency_key order by key')).map((row) => row.key);

  it('go after 30 days with whatever act comes next; the younger stay and still give the first answer', async () => {
    await write('old', 'k-old');
    clock.advance(20 * DAY);
    const first = noteOf((await write('young', 'k-young')).data);
    clock.advance(10 * DAY - 1);
    expect((await write('other', 'k-old')).errors?.[0]?.extensions['code']).toBe('IDEMPOTENCY_KEY_REUSED');
    clock.advance(2);
    await write('next', 'k-next', other);
    expect(await keys()).toEqual(['k-next', 'k-young']);

    const [{ n: before }] = await hub.dataSource.query<[{ n: number }]>('select count(*) as n from note');
    expect(noteOf((await write('young', 'k-young')).data)).toEqual(first);
    expect((await write('another', 'k-young')).errors?.[0]?.extensions['code']).toBe('IDEMPOTENCY_KEY_REUSED');
    expect(await hub.dataSource.query('select count(*) as n from note')).toEqual([{ n: before }]);
  });

  it.each(['a\u0000', 'a\ud800', ' ', 'k'.repeat(201)])('are refused where they could not be told apart or kept (%j)', async (key) => {
    expect((await write('x', key)).errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', kind: 'BAD_USER_INPUT', field: 'idempotencyKey' });
    expect(await keys()).toEqual([]);
  });

  it('go a few at a time, and the one that is used again at once', async () => {
    await hub.dataSource.query(`insert into idempotency_key (agency_code, officer_id, mutation, key, input_hash, result, created_at)
      select 'MRA-210100', 'MRA-210100-2', 'writeNote', 'o-' || lpad(n::text, 3, '0'), 'hash', '{}', $1::timestamptz - interval '40 days' + n * interval '1 second' from generate_series(1, 120) n`, [clock.now()]);
    const used = await write('again', 'o-120');
    expect(used.errors).toBeUndefined();
    const left = await keys();
    expect(left).toHaveLength(120 - 50);
    expect(left).toContain('o-120');
    await write('more', 'n-1', other);
    expect(await keys()).toHaveLength(120 - 100 + 1);
    await Promise.all(Array.from({ length: 5 }, (_, i) => write('more', `m-${i}`, other)));
    expect((await keys()).filter((key) => key.startsWith('o-'))).toEqual(['o-120']);
  });
});
