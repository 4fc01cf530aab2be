import type { RepairStatus } from '@casebridge/contracts';
import type { AgencyReader } from '@casebridge/kernel';
import { DisclosureWorld } from '../test/disclosure-world';
import { type Args, clerk, head } from '../test/listing-world';
import { registry, RepairWorld } from '../test/repair-world';
import { officerFrom } from '../test/world';
import { repairMachine } from './repair.machine';

/*
 * Every act on a repair with every code that it can be refused with: each refusal must say its code, the state of the record and an article.
 */

const HOUSE = '药案通平台规则（非法律规定）';
const O107 = '市场监督管理信用修复管理办法';
type Article = readonly [instrument: string, article: string];

/** Each act on a repair that there is: its article, who may do it, a state in which he may, and one in which he may not. */
const acts = {
  requestRepairCorrections: ['14', clerk, 'RECEIVED', 'ACCEPTED'],
  recordRepairCorrections: ['14', clerk, 'CORRECTIONS_REQUESTED', 'RECEIVED'],
  declineRepairApplication: ['14', head, 'RECEIVED', 'ACCEPTED'],
  acceptRepairApplication: ['14', clerk, 'RECEIVED', 'CORRECTIONS_REQUESTED'],
  extendRepairDecision: ['16', head, 'ACCEPTED', 'GRANTED'],
  grantCreditRepair: ['16', head, 'ACCEPTED', 'RECEIVED'],
  refuseCreditRepair: ['16', head, 'ACCEPTED', 'GRANTED'],
  grantTemporaryRepair: ['22', head, 'ACCEPTED', 'REFUSED'],
  endTemporaryRepair: ['22', head, 'TEMPORARY', 'ENDED'],
  executeCreditRepair: ['17', clerk, 'GRANTED', 'REPAIRED'],
  notifyCreditRepair: ['4', clerk, 'REPAIRED', 'NOTIFIED'],
  acknowledgeCreditRepair: ['4', registry, 'NOTIFIED', 'SYNCHRONISED'],
  revokeCreditRepair: ['23', head, 'REPAIRED', 'REVOKED'],
} as const satisfies Readonly<Record<string, readonly [string, AgencyReader, RepairStatus, RepairStatus]>>;
type Act = keyof typeof acts;
const names = Object.keys(acts) as Act[];
const openings = { applyForCreditRepair: '14', recordDeregistration: '20' } as const;

let world: RepairWorld;
beforeAll(async () => {
  world = await RepairWorld.start();
});
afterAll(() => world.stop());

const refused = async (who: AgencyReader, act: string, args: Args) => (await world.hub.act(who, act, args)).errors?.[0]?.extensions;
const said = (code: string, state: string, [instrument, article]: Article) => ({ code, state, basis: { instrument, article } });

it('has a row for every act', () => expect([...names, ...Object.keys(openings)].sort()).toEqual([...repairMachine.acts].sort()));

describe.each(names)('%s', (act) => {
  const [article, who, state, elsewhere] = acts[act];

  it('is another agency’s or another role’s', async () => {
    const id = await world.given(state);
    const others = [officerFrom('DRUG-own', ['reviewer']), officerFrom('DRUG-top', ['head']), ...(who === registry ? [head] : []), ...(who === head ? [clerk] : [])];
    for (const other of others) expect(await refused(other, act, { id, input: world.inputs[act]() })).toMatchObject({ ...said('FORBIDDEN', state, [O107, article]), kind: 'FORBIDDEN' });
  });

  it('is not lawful in another state', async () => {
    const id = await world.given(elsewhere);
    world.hub.days(1);
    expect(await refused(who, act, { id, input: world.inputs[act]() })).toMatchObject({ ...said('ILLEGAL_TRANSITION', elsewhere, [O107, article]), kind: 'CONFLICT' });
  });

  it('is refused for a stale version, a key used twice, and a record that is hidden as for none', async () => {
    const id = await world.given(state);
    const input = { ...world.inputs[act](), expectedVersion: 99 };
    expect(await refused(who, act, { id, input })).toMatchObject({ ...said('CONFLICT', state, [HOUSE, '并发修改']), field: 'input.expectedVersion' });
    for (const [stranger, target] of [[officerFrom('COURT-none', ['head']), id], [who, clerk.officerId], [who, '01990000-0000-7000-8000-000000000000']] as const) {
      expect(await refused(stranger, act, { id: target, input: world.inputs[act]() })).toEqual({ code: 'NOT_FOUND', kind: 'NOT_FOUND' });
    }
    const kind = act === 'grantTemporaryRepair' ? 'RESTRUCTURING' as const : undefined;
    const first = kind ? await world.given(state, {}, kind) : act === 'requestRepairCorrections' ? await incomplete() : id;
    const again = { id: first, input: world.inputs[act](), idempotencyKey: `again-${act}` };
    expect(await refused(who, act, again)).toBeUndefined();
    expect(await refused(who, act, { ...again, input: { ...again.input, expectedVersion: 1_000 } })).toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED', basis: { article: '幂等键' } });
  });
});

/** An application without the commitment. */
async function incomplete(): Promise<string> {
  const { id } = await world.record();
  world.year();
  return world.open(id, 'applyForCreditRepair', { ...world.inputs.applyForCreditRepair(), documents: ['APPLICATION', 'RECTIFICATION_PROOF'] });
}

describe.each(Object.keys(openings) as (keyof typeof openings)[])('%s', (act) => {
  const article: Article = [O107, openings[act]];

  it('is for officers of the agency that decided', async () => {
    const { id: disclosureId } = await world.record();
    world.year();
    for (const who of [officerFrom('DRUG-top', ['head']), officerFrom('MARKET-none'), officerFrom('DRUG-own', ['reviewer'])]) {
      expect(await refused(who, act, { disclosureId, input: world.inputs[act]() })).toMatchObject({ ...said('FORBIDDEN', 'PUBLISHED', article), kind: 'FORBIDDEN' });
    }
    for (const none of [clerk.officerId, '01990000-0000-7000-8000-000000000000']) {
      expect(await refused(clerk, act, { disclosureId: none, input: world.inputs[act]() })).toEqual({ code: 'NOT_FOUND', kind: 'NOT_FOUND' });
    }
  });

  it('is refused while a repair is under way or done', async () => {
    for (const status of ['RECEIVED', 'TEMPORARY', 'SYNCHRONISED'] as const) {
      const { disclosure_id: disclosureId } = await world.row(await world.given(status));
      world.hub.days(1);
      expect(await refused(clerk, act, { disclosureId, input: world.inputs[act]() })).toMatchObject({ ...said('REPAIR_UNDER_WAY', status, [O107, '14']), kind: 'CONFLICT' });
    }
  });

  it.each(['WITHHELD', 'DEFERRED', 'WITHDRAWN', 'EXPIRED'] as const)('is refused for what is not shown: %s', async (status) => {
    const disclosureId = await DisclosureWorld.on(world.hub).given(status, { decidedOn: world.today, servedOn: world.today });
    world.hub.days(1);
    const args = { disclosureId, input: world.inputs[act]() };
    expect(await refused(clerk, act, args)).toMatchObject({ ...said('NOT_REPAIRABLE', status, [O107, '7-9']), kind: 'CONFLICT' });
    expect(await refused(head, act, args)).toMatchObject(said('NOT_REPAIRABLE', status, [O107, '7-9']));
  });

  it.each(['CORRECTION_PROPOSED', 'WITHDRAWAL_PROPOSED'] as const)('is lawful while something is asked for that is not decided: %s', async (status) => {
    const disclosureId = await DisclosureWorld.on(world.hub).given(status, { decidedOn: world.today, servedOn: world.today });
    world.year();
    expect(await refused(clerk, act, { disclosureId, input: world.inputs[act]() })).toBeUndefined();
  });
});

const wrong: readonly (readonly [act: Act, field: string, change: Args, article?: Article])[] = [
  ['requestRepairCorrections', 'documents', { documents: [] }], ['requestRepairCorrections', 'documents.0', { documents: ['APPLICATION'] }, [O107, '14']],
  ['requestRepairCorrections', 'documents.0', { documents: ['IDENTITY'] }, [O107, '14']], ['requestRepairCorrections', 'documents.0', { documents: ['RESTRUCTURING_RULING'] }, [O107, '14']],
  ['recordRepairCorrections', 'receivedOn', { receivedOn: '9999-01-01' }], ['recordRepairCorrections', 'receivedOn', { receivedOn: '2020-01-01' }],
  ['declineRepairApplication', 'ground', { ground: 'NOT_RECTIFIED' }], ['declineRepairApplication', 'reasons', { reasons: ' ' }],
  ['extendRepairDecision', 'reasons', { reasons: '' }], ['grantCreditRepair', 'opinion', { opinion: ' ' }],
  ['refuseCreditRepair', 'ground', { ground: 'CORRECTIONS_NOT_MADE' }], ['refuseCreditRepair', 'reasons', { reasons: '' }],
  ['endTemporaryRepair', 'reasons', { reasons: '' }], ['notifyCreditRepair', 'receiptNo', { receiptNo: '' }], ['acknowledgeCreditRepair', 'receiptNo', { receiptNo: ' ' }],
  ['revokeCreditRepair', 'reasons', { reasons: '' }],
];
it.each(wrong.map(([act, field, change, article]) => [act, field, change, article ?? ([HOUSE, '输入校验'] as const)] as const))('%s refuses a wrong %s: %p', async (act, field, change, article) => {
  const [, who, state] = acts[act];
  const id = await world.given(state);
  expect(await refused(who, act, { id, input: { ...world.inputs[act](), ...change } })).toMatchObject({
    ...said('BAD_USER_INPUT', state, article), kind: 'BAD_USER_INPUT', field: `input.${field}`,
  });
  expect((await world.row(id)).status).toBe(state);
});

const wrongApplications: readonly (readonly [act: keyof typeof openings, field: string, change: Args])[] = [
  ['applyForCreditRepair', 'kind', { kind: 'DEREGISTRATION' }], ['applyForCreditRepair', 'appliedOn', { appliedOn: '9999-01-01' }],
  ['applyForCreditRepair', 'appliedOn', { appliedOn: '2025-12-24' }], ['applyForCreditRepair', 'dutiesPerformed', { dutiesPerformed: ' ' }],
  ['applyForCreditRepair', 'harmRemoved', { harmRemoved: '' }], ['applyForCreditRepair', 'registryAgency', { registryAgency: 'NOBODY' }],
  ['applyForCreditRepair', 'registryAgency', { registryAgency: 'DRUG-own' }],
  ['recordDeregistration', 'deregisteredOn', { deregisteredOn: '9999-01-01' }], ['recordDeregistration', 'deregisteredOn', { deregisteredOn: '2020-01-01' }],
  ['recordDeregistration', 'receiptNo', { receiptNo: '' }], ['recordDeregistration', 'registryAgency', { registryAgency: '?' }],
];
it.each(wrongApplications)('%s refuses a wrong %s: %p', async (act, field, change) => {
  const { id: disclosureId } = await world.record();
  world.year();
  expect(await refused(clerk, act, { disclosureId, input: { ...world.inputs[act](), ...change } })).toMatchObject({
    ...said('BAD_USER_INPUT', 'PUBLISHED', [HOUSE, '输入校验']), kind: 'BAD_USER_INPUT', field: `input.${field}`,
  });
});

it.each(['applyForCreditRepair', 'recordDeregistration'] as const)('nobody grants what he recorded himself: %s', async (act) => {
  const { id: disclosureId } = await world.record();
  world.year();
  const id = await world.open(disclosureId, act, world.inputs[act](), head);
  if (act === 'applyForCreditRepair') await world.hub.must(head, 'acceptRepairApplication', id);
  expect(await refused(head, 'grantCreditRepair', { id, input: {} })).toMatchObject(said('FORBIDDEN', 'ACCEPTED', [O107, '16']));
  await world.hub.must(officerFrom('DRUG-own', ['head'], 4), 'grantCreditRepair', id);
});
