import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { type AgencyReader, systemClock } from '@casebridge/kernel';
import { alsoForHeader, maxAlsoFor, serveSubgraph, silentLogger } from '@casebridge/platform';
import { officer, publicReader, type ServiceHarness, startServiceForTest } from '..';
import { noteOf, noteServiceWithFiles } from './note-service';

interface Entry {
  readonly officer_id: string;
  readonly purpose: string;
  readonly request_id: string;
  readonly operation: string;
  readonly records: readonly string[];
  readonly fields: readonly string[];
}

describe('the access log', () => {
  const me = officer('MRA-210100', 2);
  let hub: ServiceHarness;
  beforeAll(async () => {
    hub = await startServiceForTest(noteServiceWithFiles);
  });
  afterAll(() => hub.stop());

  const entries = (requestId: string): Promise<Entry[]> =>
    hub.dataSource.query<Entry[]>('select officer_id, purpose, request_id, operation, records, fields from access_log where request_id = $1 order by id', [requestId]);
  const files = () => hub.service.runtime.files!;

  it('has who opened which document before its first byte leaves, and nobody where nothing was opened', async () => {
    const stored = await files().store(me, Readable.from([Buffer.from('contents')]), { limitBytes: 1_000 });
    const [opened, absent, closed] = [randomUUID(), randomUUID(), randomUUID()];
    const file = await files().open(me, stored.id, opened);
    expect(await entries(opened)).toEqual([{
      officer_id: me.officerId, purpose: 'test', request_id: opened, operation: 'GET /files', records: [`File:${stored.id}`], fields: ['File.bytes'],
    }]);
    expect(await text(file!.stream)).toBe('contents');
    expect(await files().open(me, randomUUID(), absent)).toBeNull();
    expect(await files().open(publicReader, stored.id, closed)).toBeNull();
    expect([...(await entries(absent)), ...(await entries(closed))]).toEqual([]);
  });

  it('gives out no document that it could not note', async () => {
    const stored = await files().store(me, Readable.from([Buffer.from('unseen')]), { limitBytes: 1_000 });
    // A purpose that no text column takes: the entry fails, and so must the reading.
    await expect(files().open({ ...me, purpose: 'a\u0000b' } as AgencyReader, stored.id, randomUUID())).rejects.toThrow();
  });

  it('has a record also for the second fetch of a request, which finds it remembered', async () => {
    const written = await hub.as(me).send('mutation { writeNote(text: "seen twice", idempotencyKey: "seen") { id } }');
    const { id } = noteOf(written.data);
    const [requestId, scope] = [randomUUID(), {}];
    const fetch = (query: string) => hub.service.runtime.execute({
      query, variables: { id }, principal: me, requestId, clientOperation: 'Twice', receivedAt: systemClock.now(), scope,
    });
    const asked = jest.spyOn(hub.dataSource.manager, 'query');
    expect((await fetch('query ($id: ID!) { note(id: $id) { id } }')).data).toEqual({ note: { id } });
    expect((await fetch('query ($id: ID!) { note(id: $id) { text agencyCode } }')).data).toEqual({ note: { text: 'seen twice', agencyCode: 'MRA-210100' } });
    expect(asked.mock.calls.filter(([sql]) => sql.includes('from note'))).toHaveLength(1); // remembered indeed
    asked.mockRestore();
    expect((await entries(requestId)).map(({ records, fields }) => ({ records, fields }))).toEqual([
      { records: [`Note:${id}`], fields: ['Note.id', 'Query.note'] }, { records: [`Note:${id}`], fields: ['Note.agencyCode', 'Note.text', 'Query.note'] },
    ]);
  });

  describe('of a fetch that several requests share', () => {
    const READ = 'query ($id: ID!) { note(id: $id) { text } }';
    const written = async (key: string): Promise<string> =>
      noteOf((await hub.as(me).send('mutation ($key: ID!) { writeNote(text: "shared", idempotencyKey: $key) { id } }', { key })).data).id;
    const expected = (requestId: string, id: string) => [{
      officer_id: me.officerId, purpose: 'test', request_id: requestId, operation: 'Shared', records: [`Note:${id}`], fields: ['Note.text', 'Query.note'],
    }];

    it('has an entry for each of them, and one for a request that shares with itself', async () => {
      const id = await written('shared-1');
      const [own, ...others] = [randomUUID(), randomUUID(), randomUUID()];
      const { data } = await hub.service.runtime.execute({
        query: READ, variables: { id }, principal: me, requestId: own, alsoFor: [...others, others[0]!, own], clientOperation: 'Shared', receivedAt: systemClock.now(), scope: {},
      });
      expect(data).toEqual({ note: { text: 'shared' } });
      for (const requestId of [own, ...others]) expect(await entries(requestId)).toEqual(expected(requestId, id));
    });

    it('has them across the network too, for the bearer of an internal token alone', async () => {
      const id = await written('shared-2');
      const tokens = { verify: (token: string) => (token === 'internal' ? Promise.resolve(me) : Promise.reject(new TypeError('not a token'))) };
      const served = await serveSubgraph({ runtime: hub.service.runtime, tokens, host: '127.0.0.1', port: 0, logger: silentLogger });
      const send = async (alsoFor: string, token = 'internal'): Promise<{ requestId: string; status: number; body: string }> => {
        const requestId = randomUUID();
        const response = await fetch(`http://127.0.0.1:${served.port}/graphql`, {
          method: 'POST', body: JSON.stringify({ query: READ, variables: { id } }),
          headers: { 'content-type': 'application/json', authorization: `Bearer ${token}`, 'x-request-id': requestId, 'x-client-operation': 'Shared', [alsoForHeader]: alsoFor },
        });
        return { requestId, status: response.status, body: await response.text() };
      };
      try {
        const others = Array.from({ length: maxAlsoFor }, () => randomUUID());
        const { requestId, status } = await send(others.join(','));
        expect(status).toBe(200);
        for (const each of [requestId, others[0]!, others.at(-1)!]) expect(await entries(each)).toEqual(expected(each, id));

        const unheard = randomUUID();
        for (const [header, token, refused] of [
          [unheard, 'stolen', 500], [`${unheard},`, 'internal', 400], [`${unheard},a b`, 'internal', 400], [`${unheard},${'x'.repeat(65)}`, 'internal', 400],
          [[unheard, ...others].join(','), 'internal', 400],
        ] as const) {
          const answer = await send(header, token);
          expect({ header, status: answer.status }).toEqual({ header, status: refused });
          expect(answer.body).not.toContain('shared');
          expect([...(await entries(unheard)), ...(await entries(answer.requestId))]).toEqual([]);
        }
      } finally {
        await served.stop();
      }
    });
  });
});
