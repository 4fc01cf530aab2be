import type { DisclosureStatus } from '@casebridge/contracts';
import type { AgencyReader } from '@casebridge/kernel';
import { DisclosureWorld, fromElsewhere, reviewer } from './disclosure-world';
import { above, type Args, clerk, everyAct, head } from './listing-world';
import { officerFrom } from './world';

/*
 * Every act on publication with every code that it can be refused with: each refusal must say its code, the state of the record and an article.
 */

const HOUSE = '药案通平台规则（非法律规定）';
const O45 = '市场监督管理行政处罚信息公示规定';
type Article = readonly [instrument: string, article: string];

/** Each act on a record: its article, who may do it, a state in which he may, and one in which he may not. */
const acts = {
  storeDisclosureText: [[O45, '4'], clerk, 'PUBLISHED', 'CORRECTION_PROPOSED'],
  clearDisclosure: [[O45, '5'], clerk, 'WITHHELD', 'WITHDRAWAL_PROPOSED'],
  withholdDisclosure: [[O45, '5'], head, 'WITHDRAWAL_PROPOSED', 'PUBLISHED'],
  recordDisclosurePush: [[O45, '10'], clerk, 'PUBLISHED', 'WITHHELD'],
  proposeDisclosureCorrection: [[O45, '12'], clerk, 'PUBLISHED', 'WITHHELD'],
  approveDisclosureCorrection: [[O45, '12'], head, 'CORRECTION_PROPOSED', 'PUBLISHED'],
  rejectDisclosureCorrection: [[O45, '12'], head, 'CORRECTION_PROPOSED', 'WITHDRAWAL_PROPOSED'],
  proposeDisclosureWithdrawal: [[O45, '11'], clerk, 'PUBLISHED', 'WITHDRAWN'],
  approveDisclosureWithdrawal: [[O45, '11'], head, 'WITHDRAWAL_PROPOSED', 'CORRECTION_PROPOSED'],
  rejectDisclosureWithdrawal: [[O45, '11'], head, 'WITHDRAWAL_PROPOSED', 'PUBLISHED'],
} as const satisfies Readonly<Record<string, readonly [Article, AgencyReader, DisclosureStatus, DisclosureStatus]>>;
type Act = keyof typeof acts;
const names = Object.keys(acts) as Act[];
const onDeferral = ['reviewDisclosureDeferral', 'liftDisclosureDeferral'] as const;
const deferring: Article = [HOUSE, '暂缓公示'];

let world: DisclosureWorld;
beforeAll(async () => {
  world = await DisclosureWorld.start();
});
afterAll(() => world.stop());

const refused = async (who: AgencyReader, act: string, args: Args) => (await world.hub.act(who, act, args)).errors?.[0]?.extensions;
const said = (code: string, state: string, [instrument, article]: Article) => ({ code, state, basis: { instrument, article } });
const given = (act: Act, status: DisclosureStatus): Promise<string> => world.given(status, act === 'recordDisclosurePush' ? { partyUscc: fromElsewhere } : {});
const absent = { code: 'NOT_FOUND', kind: 'NOT_FOUND' };

it('has a row for every act', () => expect([...names, ...onDeferral, 'deferDisclosure'].sort()).toEqual(everyAct.filter((act) => act.includes('Disclosure'))));

describe.each(names)('%s', (act) => {
  const [article, who, state, elsewhere] = acts[act];
  const input = () => world.inputs[act]();

  it('is another agency’s or another role’s', async () => {
    const id = await given(act, state);
    for (const other of [above, officerFrom('DRUG-own', ['reviewer']), ...(who === head ? [clerk] : [])]) {
      expect(await refused(other, act, { id, input: input() })).toMatchObject({ ...said('FORBIDDEN', state, article), kind: 'FORBIDDEN' });
    }
  });

  it.each([elsewhere, 'EXPIRED', 'STOPPED', 'WITHDRAWN'] as const)('is not lawful in state %s', async (status) => {
    const id = await given(act, status);
    expect(await refused(who, act, { id, input: input() })).toMatchObject({ ...said('ILLEGAL_TRANSITION', status, article), kind: 'CONFLICT' });
  });

  it('is refused for a stale version, a key used twice, and a record that is hidden as for none', async () => {
    const id = await given(act, state);
    expect(await refused(who, act, { id, input: { ...input(), expectedVersion: 99 } })).toMatchObject({ ...said('CONFLICT', state, [HOUSE, '并发修改']), field: 'input.expectedVersion' });
    const stranger = officerFrom('MARKET-none', ['officer', 'head']);
    expect(await refused(stranger, act, { id, input: input() })).toEqual(state === 'WITHHELD' ? absent : expect.objectContaining(said('FORBIDDEN', 'PUBLISHED', article)));
    expect(await refused(who, act, { id: clerk.officerId, input: input() })).toEqual(absent);
    const key = `twice-${act}`;
    expect((await world.hub.act(who, act, { id, input: input(), idempotencyKey: key })).errors).toBeUndefined();
    expect(await refused(who, act, { id, input: { ...input(), expectedVersion: 1_000 }, idempotencyKey: key })).toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED', basis: { instrument: HOUSE, article: '幂等键' } });
  });

  it('has one effect when ten send it at once', async () => {
    const id = await given(act, state);
    world.hub.world.clock.advance(1_000);
    const answers = await Promise.all(Array.from({ length: 10 }, (_, i) => world.hub.world.as(who).send(
      `mutation($id: ID!, $input: ${world.hub.inputTypeOf(act)}, $k: ID!) { ${act}(id: $id, input: $input, idempotencyKey: $k) { record { id } } }`, { id, input: input(), k: `race-${act}-${i}` })));
    const codes = answers.map(({ errors }) => errors?.[0]?.extensions?.['code'] ?? 'DONE').sort();
    expect(codes).toEqual([...Array.from({ length: 9 }, () => 'CONFLICT'), 'DONE']);
  });
});

const wrong: readonly (readonly [act: Act, field: string, change: Args])[] = [
  ['storeDisclosureText', 'input.text', { text: ' ' }], ['storeDisclosureText', 'input.minors.0', { minors: [' '] }],
  ['clearDisclosure', 'input.opinion', { opinion: ' ' }], ['clearDisclosure', 'input.redactions.0.text', { redactions: [{ text: '不在其中', ground: 'SAFETY' }] }],
  ['clearDisclosure', 'input.redactions.0.text', { redactions: [{ text: ' ', ground: 'SAFETY' }] }],
  ['withholdDisclosure', 'input.reasons', { reasons: '' }],
  ['recordDisclosurePush', 'input.pushedOn', { pushedOn: '9999-01-01' }], ['recordDisclosurePush', 'input.pushedOn', { pushedOn: '2020-01-01' }],
  ['proposeDisclosureCorrection', 'input', { partyName: '示例药业有限公司' }], ['proposeDisclosureCorrection', 'input.partyName', { partyName: ' ' }],
  ['proposeDisclosureCorrection', 'input.correction', { correction: ' ' }], ['proposeDisclosureCorrection', 'input.proof', { proof: ' ' }],
  ['approveDisclosureCorrection', 'input.opinion', { opinion: ' ' }], ['rejectDisclosureCorrection', 'input.reasons', { reasons: ' ' }],
  ['proposeDisclosureWithdrawal', 'input.reasons', { reasons: ' ' }], ['proposeDisclosureWithdrawal', 'input.causeOn', { causeOn: '9999-01-01' }],
  ['proposeDisclosureWithdrawal', 'input.causeOn', { causeOn: '2020-01-01' }], ['approveDisclosureWithdrawal', 'input.opinion', { opinion: ' ' }],
  ['rejectDisclosureWithdrawal', 'input.reasons', { reasons: ' ' }],
];
it.each(wrong)('%s refuses a wrong %s: %p', async (act, field, change) => {
  const [, who, state] = acts[act];
  const id = await given(act, state);
  expect(await refused(who, act, { id, input: { ...world.inputs[act](), ...change } })).toMatchObject({ ...said('BAD_USER_INPUT', state, [HOUSE, '输入校验']), kind: 'BAD_USER_INPUT', field });
});

describe('nobody alone', () => {
  it.each([['CORRECTION_PROPOSED', 'Correction', '12'], ['WITHDRAWAL_PROPOSED', 'Withdrawal', '11']] as const)('decides what he asked for himself (%s)', async (state, what, article) => {
    const { id } = await world.decided();
    await world.hub.must(head, `proposeDisclosure${what}`, id, world.inputs[`proposeDisclosure${what}`]());
    for (const act of [`approveDisclosure${what}`, `rejectDisclosure${what}`] as const) {
      expect(await refused(head, act, { id, input: world.inputs[act]() })).toMatchObject(said('FORBIDDEN', state, [O45, article]));
    }
    if (what === 'Withdrawal') expect(await refused(head, 'withholdDisclosure', { id, input: world.inputs.withholdDisclosure() })).toMatchObject(said('FORBIDDEN', state, [O45, '5']));
  });

  it('takes out what the public reads already', async () => {
    const { id } = await world.decided();
    await world.hub.must(clerk, 'storeDisclosureText', id, world.inputs.storeDisclosureText());
    const clear = (text: string) => refused(head, 'clearDisclosure', { id, input: { ...world.inputs.clearDisclosure(), redactions: [{ text, ground: 'SAFETY' }] } });
    const read = { ...said('BAD_USER_INPUT', 'PUBLISHED', [O45, '5']), field: 'input.redactions.0.text' };
    expect(await clear('示例药业')).toMatchObject(read);
    expect(await clear('处罚如下')).toBeUndefined(); // the full text was not read by anybody yet
    world.hub.days(1);
    expect(await clear('行政处罚决定书')).toMatchObject(read);
  });

  it('reviews the text that he stored', async () => {
    const { id } = await world.decided();
    await world.hub.must(clerk, 'storeDisclosureText', id, world.inputs.storeDisclosureText());
    expect(await refused(clerk, 'clearDisclosure', { id, input: world.inputs.clearDisclosure() })).toMatchObject(said('FORBIDDEN', 'PUBLISHED', [O45, '5']));
    await world.hub.must(reviewer, 'clearDisclosure', id, world.inputs.clearDisclosure());
  });
});

it('a push is owed to another province alone, and once', async () => {
  const own = await world.given('PUBLISHED');
  const input = world.inputs.recordDisclosurePush();
  expect(await refused(clerk, 'recordDisclosurePush', { id: own, input })).toMatchObject({ ...said('PUSH_NOT_OWED', 'PUBLISHED', [O45, '10']), kind: 'CONFLICT' });
  const other = await given('recordDisclosurePush', 'PUBLISHED');
  await world.hub.must(clerk, 'recordDisclosurePush', other, input);
  world.hub.days(1);
  expect(await refused(clerk, 'recordDisclosurePush', { id: other, input })).toMatchObject(said('PUSH_NOT_OWED', 'PUBLISHED', [O45, '10']));
});

describe('a deferral', () => {
  const input = () => world.inputs.deferDisclosure();

  it('is for the head of the agency whose case it is, once at a time', async () => {
    const { event: { caseId } } = await world.decided();
    const attempt = (who: AgencyReader, change: Args = {}) => refused(who, 'deferDisclosure', { caseId, input: { ...input(), ...change } });
    for (const who of [clerk, above]) expect(await attempt(who)).toMatchObject({ code: 'FORBIDDEN', kind: 'FORBIDDEN', basis: { instrument: HOUSE, article: '暂缓公示' } });
    expect(await attempt(officerFrom('MARKET-none', ['head']))).toEqual(absent);
    expect(await refused(head, 'deferDisclosure', { caseId: clerk.officerId, input: input() })).toEqual(absent);
    const faults: readonly (readonly [string, Args])[] = [
      ['reasons', { reasons: ' ' }], ['reviewOn', { reviewOn: world.hub.today }], ['basis.instrument', { basis: { instrument: ' ', article: '1' } }], ['basis.article', { basis: { instrument: '法', article: ' ' } }],
    ];
    for (const [field, change] of faults) expect(await attempt(head, change)).toMatchObject({ code: 'BAD_USER_INPUT', field: `input.${field}` });
    await world.deferral(caseId);
    world.hub.days(1);
    expect(await attempt(head)).toMatchObject({ ...said('DEFERRAL_RUNS', 'RUNNING', deferring), kind: 'CONFLICT' });
  });

  it.each(onDeferral)('%s is for the head, while it runs', async (act) => {
    const { event } = await world.decided();
    const id = await world.deferral(event.caseId);
    const attempt = (who: AgencyReader, change: Args = {}) => refused(who, act, { id, input: { ...world.inputs[act](), ...change } });
    for (const who of [clerk, above]) expect(await attempt(who)).toMatchObject(said('FORBIDDEN', 'RUNNING', deferring));
    for (const who of [officerFrom('MARKET-none', ['head']), officerFrom('POLICE-party', ['head'])]) expect(await attempt(who)).toEqual(absent);
    expect(await refused(head, act, { id: clerk.officerId, input: world.inputs[act]() })).toEqual(absent);
    expect(await attempt(head, { expectedVersion: 99 })).toMatchObject(said('CONFLICT', 'RUNNING', [HOUSE, '并发修改']));
    expect(await attempt(head, { reasons: ' ' })).toMatchObject({ ...said('BAD_USER_INPUT', 'RUNNING', [HOUSE, '输入校验']), field: 'input.reasons' });
    if (act === 'reviewDisclosureDeferral') expect(await attempt(head, { reviewOn: world.hub.today })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'input.reviewOn' });
    await world.hub.must(head, 'liftDisclosureDeferral', id, world.inputs.liftDisclosureDeferral());
    world.hub.days(1);
    expect(await attempt(head)).toMatchObject({ ...said('ILLEGAL_TRANSITION', 'LIFTED', deferring), kind: 'CONFLICT' });
  });
});
