import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { type Principal, systemClock } from '@casebridge/kernel';
import { maxNotedRecords, serveSubgraph, silentLogger } from '@casebridge/platform';
import { officer, publicReader, type ServiceHarness, startServiceForTest } from '..';
import { noteOf, noteServiceWithFiles } from './note-service';

/** What the gateway shows out of what it remembers is a reading like any other. */
describe('a reading that is noted', () => {
  const me = officer('MRA-210100', 2);
  const query = 'query ($id: ID!) { note(id: $id) { text } }';
  let hub: ServiceHarness;
  let id: string;
  beforeAll(async () => {
    hub = await startServiceForTest(noteServiceWithFiles);
    ({ id } = noteOf((await hub.as(me).send('mutation { writeNote(text: "remembered", idempotencyKey: "r") { id } }')).data));
  });
  afterAll(() => hub.stop());

  const entries = (requestId: string): Promise<unknown[]> => hub.dataSource.query(
    'select agency_code, officer_id, purpose, operation, records, fields from access_log where request_id = $1 order by id', [requestId]);
  const infoOf = (requestId: string, principal: Principal = me) => ({ principal, requestId, clientOperation: 'Remembered', receivedAt: systemClock.now(), scope: {} });

  it('has the entry that it would have if it were read', async () => {
    const [read, noted] = [randomUUID(), randomUUID()];
    await hub.service.runtime.execute({ query, variables: { id }, ...infoOf(read) });
    await hub.service.runtime.noteReads({ query, records: [`Note:${id}`], ...infoOf(noted) });
    expect(await entries(noted)).toHaveLength(1);
    expect(await entries(noted)).toEqual(await entries(read));
  });

  it('has none for the public, and none at all where it cannot be written', async () => {
    const [open, lost] = [randomUUID(), randomUUID()];
    await hub.service.runtime.noteReads({ query, records: [`Note:${id}`], ...infoOf(open, publicReader) });
    expect(await entries(open)).toEqual([]);
    // A purpose that no text column takes: the entry fails, and so does the note.
    await expect(hub.service.runtime.noteReads({ query, records: [`Note:${id}`], ...infoOf(lost, { ...me, purpose: 'a\u0000b' }) })).rejects.toThrow();
  });

  it('is of an operation and of records that the service knows', async () => {
    const note = (text: string, record: string) => hub.service.runtime.noteReads({ query: text, records: [record], ...infoOf(randomUUID()) });
    await expect(note('{ wealth }', `Note:${id}`)).rejects.toThrow(RangeError);
    await expect(note('{', `Note:${id}`)).rejects.toThrow(RangeError);
    await expect(note(query, `Person:${id}`)).rejects.toThrow(RangeError);
    await expect(note(query, `String:${id}`)).rejects.toThrow(RangeError);
    await expect(note(query, 'Note')).rejects.toThrow(RangeError);
  });

  it('is taken across the network from the bearer of an internal token, within bounds', async () => {
    const tokens = { verify: (token: string) => (token === 'internal' ? Promise.resolve(me) : Promise.reject(new TypeError('not a token'))) };
    const served = await serveSubgraph({ runtime: hub.service.runtime, tokens, host: '127.0.0.1', port: 0, logger: silentLogger });
    const send = async (body: unknown, token = 'internal', method = 'POST'): Promise<{ requestId: string; status: number }> => {
      const requestId = randomUUID();
      const response = await fetch(`http://127.0.0.1:${served.port}/reads`, {
        method, ...(method === 'POST' ? { body: typeof body === 'string' ? body : JSON.stringify(body) } : {}),
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token}`, 'x-request-id': requestId, 'x-client-operation': 'Remembered' },
      });
      await response.text();
      return { requestId, status: response.status };
    };
    try {
      const { requestId, status } = await send({ query, records: [`Note:${id}`] });
      expect(status).toBe(204);
      expect(await entries(requestId)).toEqual([{
        agency_code: 'MRA-210100', officer_id: me.officerId, purpose: 'test', operation: 'Remembered', records: [`Note:${id}`], fields: ['Note.text', 'Query.note'],
      }]);
      const many = Array.from({ length: maxNotedRecords + 1 }, (_, i) => `Note:${i}`);
      for (const [body, token, refused, method] of [
        [{ query, records: [`Note:${id}`] }, 'stolen', 500], [{ query, records: [] }, 'internal', 400], [{ query, records: many }, 'internal', 400],
        [{ query, records: ['Note'] }, 'internal', 400], [{ query, records: [`Note:${'x'.repeat(201)}`] }, 'internal', 400], [{ query, records: ['Note:a\nb'] }, 'internal', 400],
        [{ records: [`Note:${id}`] }, 'internal', 400], [{ query: '{ wealth }', records: [`Note:${id}`] }, 'internal', 400], ['{', 'internal', 400],
        [null, 'internal', 404, 'GET'],
      ] as const) {
        const answer = await send(body, token, method);
        expect({ body: JSON.stringify(body).slice(0, 80), status: answer.status }).toEqual({ body: JSON.stringify(body).slice(0, 80), status: refused });
        expect(await entries(answer.requestId)).toEqual([]);
      }
    } finally {
      await served.stop();
    }
  });
});
