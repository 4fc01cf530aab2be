import { busMigrations } from '@casebridge/platform';
import { ConstraintProbe, type LawfulRows, type Violations } from '..';

const [id, other] = ['01990000-0000-7000-8000-000000000001', '01990000-0000-7000-8000-000000000002'];
const at = '2026-11-21T10:00:00+08:00';

const lawful: LawfulRows = {
  bus_event: { source: 'demo', position: 1, id, type: 'demo.told.v1', subject: 'demo:1', occurred_at: at, data: '{}' },
  cost_budget: { account: 'demo', level: 0, filled_at: at, last_granted: 0 },
  concurrency_slot: { reader: 'demo', need: 1, spare: 0, holders: '{}', touched_at: at },
};

const violations: Violations = {
  bus_event_id_once: { position: 2 },
  bus_event_position_from_one: { id: other, position: 0 },
  bus_event_data_is_an_object: { data: '[]' },
  cost_budget_account_has_a_name: [{ account: '' }, { account: 'a'.repeat(201) }],
  cost_budget_level_is_finite: [{ level: 'infinity' }, { level: '-infinity' }, { level: 'nan' }],
  cost_budget_grant_is_not_negative: { last_granted: -1 },
  concurrency_slot_reader_has_a_name: [{ reader: '' }, { reader: 'a'.repeat(201) }],
  concurrency_slot_want_is_not_negative: [{ need: -1 }, { spare: -1 }],
  concurrency_slot_holders_is_an_object: { holders: '[]' },
};

let probe: ConstraintProbe;
beforeAll(async () => {
  probe = await ConstraintProbe.open({ name: 'bus', migrations: busMigrations }, lawful);
});
afterAll(() => probe?.close());

it('has a row for every constraint of the bus, and a constraint for every row', () => expect(probe.unmatched(violations)).toEqual([]));

it('refuses each of them by its own name', async () => {
  const found = await probe.refusals(violations);
  expect(found.map(({ change, refusedBy }) => ({ change, refusedBy }))).toEqual(found.map(({ change, expected }) => ({ change, refusedBy: expected })));
});
