import { defineEvent } from '@casebridge/contracts';
import type { DataSource } from 'typeorm';
import { z } from 'zod';
import { CreateEventTables1790000000000 } from '../migrations/1790000000000-create-event-tables';
import { busMigrations } from './bus-schema';
import { emit, emitAll, eventRegistry, InvalidEvent } from './outbox';
import { startTestDatabases, type TestDatabases } from './test-databases';

const decided = defineEvent('enforcement.decided.v1', z.object({ caseId: z.string(), amountFen: z.number().int() }));
const registry = eventRegistry([decided]);
const occurredAt = new Date('2026-11-21T09:30:00.123+08:00');

let databases: TestDatabases;
let dataSource: DataSource;

beforeAll(async () => {
  databases = await startTestDatabases();
  ({ dataSource } = await databases.service());
}, 60_000);
afterAll(() => databases?.stop());
beforeEach(() => dataSource.query('truncate outbox_event restart identity'));

const rows = () => dataSource.query('select id, position, type, subject, occurred_at, data from outbox_event order by seq');

it('writes the event as it was said, to the millisecond, without a position', async () => {
  const data = { caseId: 'c1', amountFen: 9_007_199_254_740_991 };
  const id = await emit(dataSource.manager, 'enforcement', { type: decided.type, subject: 'case:c1', data }, occurredAt, registry);
  expect(await rows()).toEqual([{ id, position: null, type: decided.type, subject: 'case:c1', occurred_at: occurredAt, data }]);
});

it('keeps quotes, braces, line ends and Chinese text whole', async () => {
  const data = { text: '{"a"},\\ \'药案通\'\n"', list: ['{', '}', ',', 'null'] };
  await emit(dataSource.manager, 'enforcement', { type: 'enforcement.said.v1', subject: 'case:"{},', data }, occurredAt);
  expect(await rows()).toMatchObject([{ subject: 'case:"{},', data }]);
});

it('drops what the schema does not name', async () => {
  const data = { caseId: 'c1', amountFen: 1, name: 'somebody' };
  await emit(dataSource.manager, 'enforcement', { type: decided.type, subject: 'case:c1', data }, occurredAt, registry);
  expect(await rows()).toMatchObject([{ data: { caseId: 'c1', amountFen: 1 } }]);
  expect((await rows())[0].data).not.toHaveProperty('name');
});

it('refuses data that does not fit, names the field and not the value, and leaves nothing behind', async () => {
  const wrong = { type: decided.type, subject: 'case:c1', data: { caseId: 'c1', amountFen: 'secret' } };
  const attempt = dataSource.transaction((em) => emit(em, 'enforcement', wrong, occurredAt, registry));
  await expect(attempt).rejects.toThrow(InvalidEvent);
  await expect(attempt).rejects.toThrow('enforcement may not emit this enforcement.decided.v1: amountFen: invalid_type');
  await expect(attempt).rejects.not.toThrow('secret');
  expect(await rows()).toEqual([]);
});

it('writes many events in the order given', async () => {
  const drafts = Array.from({ length: 300 }, (_, n) => ({ type: 'enforcement.said.v1', subject: `case:${n}`, data: { n } }));
  const ids = await emitAll(dataSource.manager, 'enforcement', drafts, occurredAt);
  expect((await rows()).map((r: { id: string }) => r.id)).toEqual(ids);
  expect(await emitAll(dataSource.manager, 'enforcement', [], occurredAt)).toEqual([]);
});

it.each([
  ['outbox_event_type_is_versioned', { type: 'enforcement.said', subject: 'case:1', data: {} }],
  ['outbox_event_has_a_subject', { type: 'enforcement.said.v1', subject: '', data: {} }],
  ['outbox_event_data_is_an_object', { type: 'enforcement.said.v1', subject: 'case:1', data: [] }],
])('is held to %s by the database', async (constraint, wrong) => {
  await expect(emit(dataSource.manager, 'enforcement', wrong, occurredAt)).rejects.toMatchObject({ driverError: { constraint } });
});

it('refuses two definitions of one type', () => {
  expect(() => eventRegistry([decided, decided])).toThrow('Two definitions of the event enforcement.decided.v1');
});

it.each([['the outbox', [CreateEventTables1790000000000]], ['the bus', busMigrations]] as const)('leaves no table behind when %s is undone', async (of, migrations) => {
  const fresh = await (of === 'the bus' ? databases.bus() : databases.service());
  for (const _ of migrations) await fresh.dataSource.undoLastMigration();
  const left = await fresh.dataSource.query("select tablename from pg_tables where schemaname = 'public'");
  expect(left).toEqual([{ tablename: 'migrations' }]);
  await fresh.dataSource.runMigrations(); // and comes back
});
