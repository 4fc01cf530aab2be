import type { ListingStatus } from '@casebridge/contracts';
import type { AgencyReader } from '@casebridge/kernel';
import { repairMachine } from '../repair/repair.machine';
import { above, type Args, clerk, everyAct, executor, head, ListingWorld } from './listing-world';
import { officerFrom } from './world';

/*
 * Every act with every code that it can be refused with: each refusal must say its code, the state of the record and an article.
 */

const HOUSE = '药案通平台规则（非法律规定）';
const O44 = '市场监督管理严重违法失信名单管理办法';
const O107 = '市场监督管理信用修复管理办法';
const APL = '中华人民共和国行政处罚法';
const PROC = '市场监督管理行政处罚程序规定';
type Article = readonly [instrument: string, article: string];

/** Each act on a listing: its article, who may do it, and a state in which he may. */
const acts = {
  serveListingNotice: [[O44, '13'], clerk, 'CANDIDATE'],
  recordListingStatement: [[PROC, '57'], clerk, 'NOTICE_SERVED'],
  requestListingHearing: [[APL, '64(1)'], clerk, 'NOTICE_SERVED'],
  recordListingHearing: [[APL, '64'], clerk, 'HEARING'],
  requestListingConsent: [[O44, '22'], head, 'HEARD'],
  consentToListing: [[O44, '22'], above, 'AWAITING_CONSENT'],
  refuseListingConsent: [[O44, '22'], above, 'AWAITING_CONSENT'],
  decideListing: [[O44, '13'], head, 'CONSENTED'],
  decideNotToList: [[O44, '12'], head, 'CANDIDATE'],
  publishListing: [[O44, '14'], clerk, 'LISTED'],
  applyForEarlyExit: [[O107, '13'], clerk, 'PUBLISHED'],
  acceptEarlyExit: [[O107, '14'], clerk, 'EXIT_APPLIED'],
  extendEarlyExit: [[O107, '16'], head, 'EXIT_ACCEPTED'],
  approveEarlyExit: [[O107, '16'], head, 'EXIT_ACCEPTED'],
  rejectEarlyExit: [[O107, '16'], head, 'EXIT_APPLIED'],
  removeFromList: [[O107, '17'], clerk, 'EXIT_APPROVED'],
  revokeListing: [[O44, '19'], head, 'LISTED'],
  restoreListing: [[O44, '20'], head, 'EXITED_EARLY'],
} as const satisfies Readonly<Record<string, readonly [Article, AgencyReader, ListingStatus]>>;
type Act = keyof typeof acts;
const names = Object.keys(acts) as Act[];

let hub: ListingWorld;
beforeAll(async () => {
  hub = await ListingWorld.start();
});
afterAll(() => hub.stop());

const refused = async (who: AgencyReader, act: string, args: Args) => (await hub.act(who, act, args)).errors?.[0]?.extensions;
const said = (code: string, state: string, [instrument, article]: Article) => ({ code, state, basis: { instrument, article } });

/** Acts on joint measures, each with a state in which its executor may. */
const measureActs = {
  reportMeasureExecuted: 'ORDERED', reportMeasureNotExecutable: 'ORDERED', liftJointMeasure: 'DUE_FOR_LIFTING',
} as const;
const measureNames = Object.keys(measureActs) as (keyof typeof measureActs)[];
const measures: Article = [O44, '4, 15'];

it('has a row for every act; those on publication and on repairs have specs of their own', () =>
  expect([...names, ...measureNames, 'orderJointMeasure', ...repairMachine.acts].sort()).toEqual(everyAct.filter((act) => !act.includes('Disclosure'))));

describe.each(names)('%s', (act) => {
  const [article, who, state] = acts[act];

  it('is another agency’s or another role’s', async () => {
    const id = await hub.given(state);
    const others = [officerFrom('DRUG-own', ['reviewer']), ...(who === above ? [head] : [above]), ...(who === head ? [clerk] : [])];
    for (const other of others) expect(await refused(other, act, { id, input: hub.inputs[act]() })).toMatchObject({ ...said('FORBIDDEN', state, article), kind: 'FORBIDDEN' });
  });

  it('is not lawful in another state', async () => {
    const elsewhere = (await hub.given(state === 'CANDIDATE' ? 'NOT_LISTED' : 'CANDIDATE'));
    // The agency above has no say where it was not asked.
    if (who === above) expect(await refused(who, act, { id: elsewhere, input: hub.inputs[act]() })).toMatchObject(said('FORBIDDEN', 'CANDIDATE', article));
    else expect(await refused(who, act, { id: elsewhere, input: hub.inputs[act]() })).toMatchObject(said('ILLEGAL_TRANSITION', state === 'CANDIDATE' ? 'NOT_LISTED' : 'CANDIDATE', article));
  });

  it('is refused for a stale version, a key used twice, and a record that is hidden as for none', async () => {
    const id = await hub.given(state);
    const input = { ...hub.inputs[act](), expectedVersion: 99 };
    expect(await refused(who, act, { id, input })).toMatchObject({ ...said('CONFLICT', state, [HOUSE, '并发修改']), field: 'input.expectedVersion' });
    for (const one of [id, clerk.officerId]) {
      expect(await refused(officerFrom('MARKET-none', ['officer', 'head']), act, { id: one, input: hub.inputs[act]() })).toEqual(
        ['EXIT_APPLIED', 'EXIT_ACCEPTED', 'EXIT_APPROVED', 'PUBLISHED'].includes(state) && one === id
          ? { ...said('FORBIDDEN', 'PUBLISHED', article), kind: 'FORBIDDEN' } : { code: 'NOT_FOUND', kind: 'NOT_FOUND' });
    }
    if (act === 'applyForEarlyExit') hub.days(370);
    const key = `twice-${act}`;
    const done = hub.inputs[act]();
    expect((await hub.act(who, act, { id, input: done, idempotencyKey: key })).errors).toBeUndefined();
    expect(await refused(who, act, { id, input: { ...done, expectedVersion: 1_000 }, idempotencyKey: key })).toMatchObject({
      code: 'IDEMPOTENCY_KEY_REUSED', basis: { instrument: HOUSE, article: '幂等键' },
    });
  });
});

describe.each(measureNames)('%s', (act) => {
  const state = measureActs[act];
  const feedback = () => ({ text: '演示', on: hub.today });

  it('is for an officer of the executor, in its state, on the version that he read', async () => {
    const id = await hub.measure(state);
    for (const other of [clerk, officerFrom('MARKET-own', ['reviewer'])]) {
      expect(await refused(other, act, { id, input: feedback() })).toMatchObject({ ...said('FORBIDDEN', state, measures), kind: 'FORBIDDEN' });
    }
    expect(await refused(officerFrom('COURT-none'), act, { id, input: feedback() })).toMatchObject(state === 'ORDERED' ? said('FORBIDDEN', state, measures) : { code: 'NOT_FOUND', kind: 'NOT_FOUND' });
    expect(await refused(executor, act, { id: clerk.officerId, input: feedback() })).toEqual({ code: 'NOT_FOUND', kind: 'NOT_FOUND' });
    expect(await refused(executor, act, { id, input: { ...feedback(), expectedVersion: 99 } })).toMatchObject(said('CONFLICT', state, [HOUSE, '并发修改']));
    const elsewhere = state === 'ORDERED' ? 'EXECUTED' : 'ORDERED';
    expect(await refused(executor, act, { id: await hub.measure(elsewhere), input: feedback() })).toMatchObject(said('ILLEGAL_TRANSITION', elsewhere, measures));
  });

  it.each([['text', { text: ' ' }], ['on', { on: '9999-01-01' }], ['on', { on: '2020-01-01' }]])('refuses a wrong %s: %p', async (field, change) => {
    const id = await hub.measure(state);
    expect(await refused(executor, act, { id, input: { ...feedback(), ...change } })).toMatchObject({ ...said('BAD_USER_INPUT', state, [HOUSE, '输入校验']), field: `input.${field}` });
  });
});

describe('orderJointMeasure', () => {
  const order = () => ({ kind: 'KEY_SUPERVISION', executor: 'MARKET-own', notice: '请列为重点监管对象。' });

  it('is for the agency that listed, on the version that it read', async () => {
    const listingId = await hub.given('PUBLISHED');
    for (const other of [above, executor]) {
      expect(await refused(other, 'orderJointMeasure', { listingId, input: order() })).toMatchObject(said('FORBIDDEN', 'PUBLISHED', measures));
    }
    expect(await refused(clerk, 'orderJointMeasure', { listingId: clerk.officerId, input: order() })).toEqual({ code: 'NOT_FOUND', kind: 'NOT_FOUND' });
    expect(await refused(clerk, 'orderJointMeasure', { listingId, input: { ...order(), expectedVersion: 99 } })).toMatchObject(said('CONFLICT', 'PUBLISHED', [HOUSE, '并发修改']));
  });

  it.each(['CANDIDATE', 'NOT_LISTED', 'LISTED', 'EXITED_EARLY', 'EXPIRED', 'REVOKED'] as const)('is refused while the listing is %s', async (state) => {
    const listingId = await hub.given(state);
    expect(await refused(clerk, 'orderJointMeasure', { listingId, input: order() })).toMatchObject({ ...said('LISTING_NOT_IN_FORCE', state, [O44, '15']), kind: 'CONFLICT' });
  });

  it.each([
    ['executor', { executor: 'COURT-own' }], ['executor', { executor: 'nobody' }], ['executor', { kind: 'PROCUREMENT_SCRUTINY' }], ['notice', { notice: ' ' }],
  ])('refuses a wrong %s: %p', async (field, change) => {
    const listingId = await hub.given('PUBLISHED');
    expect(await refused(clerk, 'orderJointMeasure', { listingId, input: { ...order(), ...change } })).toMatchObject({ ...said('BAD_USER_INPUT', 'PUBLISHED', [HOUSE, '输入校验']), field: `input.${field}` });
  });

  it('is refused a second time, until the first came to nothing', async () => {
    const listingId = await hub.given('PUBLISHED');
    expect((await hub.act(clerk, 'orderJointMeasure', { listingId, input: order() })).errors).toBeUndefined();
    hub.days(1);
    expect(await refused(clerk, 'orderJointMeasure', { listingId, input: order() })).toMatchObject({ ...said('MEASURE_ALREADY_ORDERED', 'PUBLISHED', [O44, '15']), kind: 'CONFLICT' });
    await hub.must(executor, 'reportMeasureNotExecutable', await hub.lastMeasure(), { text: '演示', on: hub.today });
    expect((await hub.act(clerk, 'orderJointMeasure', { listingId, input: order() })).errors).toBeUndefined();
  });
});

const wrong: readonly (readonly [act: Act, field: string, change: Args])[] = [
  ['serveListingNotice', 'grounds', { grounds: [] }], ['serveListingNotice', 'noticeNo', { noticeNo: ' ' }], ['serveListingNotice', 'facts', { facts: '' }],
  ['serveListingNotice', 'servedOn', { servedOn: '9999-01-01' }],
  ['recordListingStatement', 'statement', { statement: ' ' }], ['recordListingStatement', 'receivedOn', { receivedOn: '2020-01-01' }],
  ['requestListingHearing', 'requestedOn', { requestedOn: '2020-01-01' }], ['requestListingHearing', 'requestedOn', { requestedOn: '9999-01-01' }],
  ['recordListingHearing', 'heldOn', { heldOn: '2020-01-01' }], ['recordListingHearing', 'summary', { summary: '' }],
  ['requestListingConsent', 'reasons', { reasons: '' }], ['consentToListing', 'opinion', { opinion: ' ' }], ['refuseListingConsent', 'reasons', { reasons: '' }],
  ...['listingNo', 'reasons', 'consequences', 'exitTerms', 'remedies'].map((field): readonly [Act, string, Args] => ['decideListing', field, { [field]: ' ' }]),
  ['decideListing', 'decidedOn', { decidedOn: '9999-01-01' }], ['decideListing', 'decidedOn', { decidedOn: '2020-01-01' }],
  ['decideNotToList', 'explanation', { explanation: '' }],
  ['applyForEarlyExit', 'appliedOn', { appliedOn: '9999-01-01' }], ['extendEarlyExit', 'reasons', { reasons: '' }], ['approveEarlyExit', 'opinion', { opinion: '' }],
  ['rejectEarlyExit', 'reasons', { reasons: '' }], ['revokeListing', 'reasons', { reasons: '' }], ['revokeListing', 'decisionRevokedOn', { decisionRevokedOn: '2020-01-01' }],
  ['restoreListing', 'reasons', { reasons: '' }],
];
it.each(wrong)('%s refuses a wrong %s: %p', async (act, field, change) => {
  const [, who, state] = acts[act];
  const id = await hub.given(state);
  expect(await refused(who, act, { id, input: { ...hub.inputs[act](), ...change } })).toMatchObject({
    ...said('BAD_USER_INPUT', state, [HOUSE, '输入校验']), kind: 'BAD_USER_INPUT', field: `input.${field}`,
  });
  expect((await hub.row(id)).status).toBe(state);
});
