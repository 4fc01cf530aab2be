import { caseStatus, caseStepped } from '@casebridge/contracts';
import { officer, publicReader } from '@casebridge/testkit';
import { caseIn, doStep, hearingDay, noticeInput, reviewer, step, stepRows, tryStep, usual, withoutPenalty } from '../testing/case-steps';
import { filing, head, type Input, investigator, ReferralWorld, regulator, report } from '../testing/referral-world';
import { codesOf, dataOf } from '../testing/world';

type Json = ReturnType<typeof JSON.parse>;
const day = 86_400_000;

let world: ReferralWorld;
beforeEach(async () => {
  world = await ReferralWorld.start();
});
afterEach(() => world.stop());

const READ = `query($id: ID!) { case(id: $id) {
  id status version decisionDueAt decisionOverdue decisionDeadline { rule amount lastDay basis { article mark } suspensions { from to } } stepDeadline { rule lastDay basis { article } } stepOverdue
  progress { officers major discussed reviewKind reviewPassed noticeServedOn hearingOffered hearingRequestedOn hearingOn hearingHeld excludedTime { kind from to } extensions }
  steps { position act status at actor { code } basis { article mark } dueAt deadline { rule } met note documentNo } } }`;
const read = async (id: string, who = regulator): Promise<Json> => dataOf(await world.send<Json>(who, READ, { id })).case;

const DECIDE = `mutation($id: ID!, $input: RecordPenaltyDecisionInput!, $key: ID!) { recordPenaltyDecision(caseId: $id, input: $input, idempotencyKey: $key) { warnings { code } case { status } } }`;
let serial = 0;
const decide = (caseId: string, changes: Input = {}) => {
  serial += 1;
  const items = [{ kind: 'WARNING', partyKind: 'ENTITY', basis: { instrument: '中华人民共和国药品管理法', article: '127' } }];
  return world.send<Json>(head, DECIDE, { id: caseId, key: `d-${serial}`, input: { documentNo: `演示市监处罚〔2026〕${90_000 + serial}号`, decidedOn: world.today(), tier: 'ORDINARY', items, ...changes } });
};

it('takes a case from filing through review, notice and hearing to the decision, with history, clocks and events', async () => {
  const caseId = await caseIn(world, 'FILED');
  expect(await read(caseId)).toMatchObject({
    status: 'FILED', decisionOverdue: false, decisionDueAt: '2027-01-07T16:00:00.000Z', stepDeadline: null, stepOverdue: false, progress: null, steps: [],
    decisionDeadline: { rule: 'penaltyDecision', amount: 90, lastDay: '2027-01-07', basis: { article: '64', mark: 'V' }, suspensions: [] },
  });
  await step(world, 'beginInvestigation', caseId);
  await step(world, 'beginExcludedTime', caseId, { kind: 'INSPECTION', reasons: '演示药品检验院' });
  expect((await read(caseId)).decisionDueAt).toBeNull();
  world.pass(2 * day); // 24 November
  await step(world, 'endExcludedTime', caseId, { kind: 'INSPECTION' });
  expect((await read(caseId)).decisionDueAt).toBe('2027-01-11T16:00:00.000Z'); // the ninth is a Saturday
  await step(world, 'concludeInvestigation', caseId);
  const sent = await step(world, 'sendCaseForReview', caseId, { major: true });
  expect(sent.case.stepDeadline).toEqual({ rule: 'caseReview', lastDay: '2026-12-08' });
  expect((await step(world, 'extendCaseReview', caseId)).case.stepDeadline).toEqual({ rule: 'caseReviewExtension', lastDay: '2026-12-15' });
  await step(world, 'passCaseReview', caseId);
  await step(world, 'discussCaseCollectively', caseId);
  const told = await step(world, 'serveCaseNotice', caseId, { kinds: ['FINE', 'CLOSURE'], hearingOffered: true });
  expect(told).toMatchObject({ warnings: [], case: { status: 'NOTICE_SERVED', stepDeadline: { rule: 'noticeAnswer', lastDay: '2026-12-01' } } });
  await step(world, 'recordPartyStatement', caseId, { waives: false });
  await step(world, 'recordHearingRequest', caseId);
  await step(world, 'notifyHearing', caseId);
  expect(codesOf(await decide(caseId))).toEqual(['UNLAWFUL_DECISION']);
  world.pass(9 * day); // 3 December
  expect((await step(world, 'recordHearingHeld', caseId)).case.decisionDueAt).toBe('2027-01-18T16:00:00.000Z');
  await step(world, 'extendDecision', caseId);
  const shown = await read(caseId);
  expect(shown.progress).toMatchObject({
    officers: [`${filing}-2`, `${filing}-3`], major: true, discussed: true, reviewKind: 'LEGAL_REVIEW', reviewPassed: true, noticeServedOn: '2026-11-24', hearingOffered: true,
    hearingRequestedOn: '2026-11-24', hearingOn: '2026-12-03', hearingHeld: true, extensions: [30],
    excludedTime: [{ kind: 'INSPECTION' }, { kind: 'HEARING' }],
  });
  expect(shown.decisionDeadline).toMatchObject({ rule: 'decisionExtension', amount: 30 });
  const acts = ['BEGIN_INVESTIGATION', 'BEGIN_EXCLUDED_TIME', 'END_EXCLUDED_TIME', 'CONCLUDE_INVESTIGATION', 'SEND_CASE_FOR_REVIEW', 'EXTEND_CASE_REVIEW', 'PASS_CASE_REVIEW',
    'DISCUSS_CASE_COLLECTIVELY', 'SERVE_CASE_NOTICE', 'RECORD_PARTY_STATEMENT', 'RECORD_HEARING_REQUEST', 'NOTIFY_HEARING', 'RECORD_HEARING_HELD', 'EXTEND_DECISION'];
  expect(shown.steps.map((s: Json) => [s.position, s.act])).toEqual(acts.map((act, i) => [i + 1, act]));
  expect(shown.steps[6]).toMatchObject({ met: true, note: '演示：同意。', actor: { code: filing }, basis: { article: '58', mark: 'V' }, dueAt: null });
  expect(shown.steps[8]).toMatchObject({ status: 'NOTICE_SERVED', deadline: { rule: 'noticeAnswer' }, dueAt: '2026-12-01T16:00:00.000Z' });
  const events: Json[] = await world.db.query('select data from outbox_event where subject = $1 and type = $2 order by seq', [`case:${caseId}`, caseStepped.type]);
  expect(events.map((e) => [e.data.position, e.data.act])).toEqual(acts.map((act, i) => [i + 1, act]));
  expect(events[0].data).toEqual({
    caseId, position: 1, act: 'BEGIN_INVESTIGATION', statusAfter: 'INVESTIGATING', dueAtAfter: null, met: null, occurredAt: '2026-11-22T02:00:00.000Z', actorCode: filing, ownerCode: filing, readers: [],
  });
  expect(dataOf(await decide(caseId)).recordPenaltyDecision).toEqual({ warnings: [], case: { status: 'DECIDED' } });
  expect(await read(caseId)).toMatchObject({ decisionDueAt: null, decisionOverdue: false, decisionDeadline: null, stepDeadline: null });
});

it('comes into every state that a step leads to', async () => {
  const states = ['FILED', 'INVESTIGATING', 'SUSPENDED', 'TERMINATED', 'INVESTIGATION_CONCLUDED', 'UNDER_REVIEW', 'NOTICE_SERVED', 'HEARING', 'DECIDED'] as const;
  for (const status of states) expect((await read(await caseIn(world, status))).status).toBe(status);
  expect(caseStatus.codes).toEqual(expect.arrayContaining([...states]));
});

it('what became of a case without a penalty is in its history, on the article of its kind', async () => {
  const caseId = await caseIn(world, 'UNDER_REVIEW');
  const input = withoutPenalty(world, { kind: 'TRANSFER_ADMIN', toAgency: 'HC-210100' });
  expect((await doStep(world, 'decideWithoutPenalty', head, caseId, input)).warnings.map((w) => w.code)).toEqual(['REVIEW_MISSING']);
  expect((await read(caseId)).steps.at(-1)).toMatchObject({ act: 'DECIDE_WITHOUT_PENALTY', status: 'DECIDED', documentNo: '演示市监不罚〔2026〕1号', basis: { article: '60', mark: 'NV' } });
  for (const [field, changes] of [
    ['input.toAgency', { kind: 'TRANSFER_ADMIN' }], ['input.toAgency', { toAgency: 'HC-210100' }], ['input.toAgency', { kind: 'TRANSFER_ADMIN', toAgency: filing }],
    ['input.documentNo', { documentNo: '一号' }], ['input.decidedOn', { decidedOn: '2026-11-23' }], ['input.decidedOn', { decidedOn: '2026-10-08' }], ['input.reasons', { reasons: ' ' }],
  ] as const) {
    const { errors } = await tryStep(world, 'decideWithoutPenalty', head, await caseIn(world, 'NOTICE_SERVED'), withoutPenalty(world, changes));
    expect([changes, errors?.map((e) => [e.extensions['code'], e.extensions['field']])]).toEqual([changes, [['BAD_USER_INPUT', field]]]);
  }
});

it('refuses what cannot stand, and stores nothing of it', async () => {
  const caseId = await caseIn(world, 'NOTICE_SERVED');
  const underReview = await caseIn(world, 'UNDER_REVIEW');
  const before = await world.everything();
  const faulty: readonly (readonly [act: keyof typeof usual, on: string, field: string, changes: Input])[] = [
    ['serveCaseNotice', caseId, 'input.servedOn', { servedOn: '2026-11-23' }], ['serveCaseNotice', caseId, 'input.servedOn', { servedOn: '2026-10-08' }], ['serveCaseNotice', caseId, 'input.servedOn', { servedOn: '2026-11-21' }], ['serveCaseNotice', caseId, 'input.kinds', { kinds: [] }],
    ['serveCaseNotice', caseId, 'input.kinds', { kinds: ['FINE', 'FINE'] }], ['serveCaseNotice', caseId, 'input.fineFen', { fineFen: -1 }], ['serveCaseNotice', caseId, 'input.facts', { facts: '' }],
    ['recordHearingRequest', caseId, 'input.requestedOn', { requestedOn: '2026-11-21' }], ['recordHearingRequest', caseId, 'input.requestedOn', { requestedOn: '2026-11-23' }],
    ['beginExcludedTime', caseId, 'input.kind', { kind: 'HEARING' }], ['endExcludedTime', caseId, 'input.kind', { kind: 'TESTING' }],
    ['discussCaseCollectively', caseId, 'input.participants', { participants: ['演示局长'] }], ['discussCaseCollectively', caseId, 'input.participants', { participants: ['演示局长', '演示局长'] }],
    ['extendCaseReview', underReview, 'input.days', { days: 0 }], ['extendCaseReview', underReview, 'input.days', { days: 181 }],
  ];
  for (const [act, on, field, changes] of faulty) {
    const [who, input] = usual[act];
    const { errors } = await tryStep(world, act, who, on, { ...(await input(world, on)), ...changes });
    expect([act, changes, errors?.map((e) => [e.extensions['code'], e.extensions['field']])]).toEqual([act, changes, [['BAD_USER_INPUT', field]]]);
  }
  expect(await world.everything()).toEqual(before);
  await step(world, 'beginExcludedTime', caseId);
  expect((await tryStep(world, 'beginExcludedTime', regulator, caseId, { kind: 'TESTING', reasons: '演示' })).errors?.map((e) => e.extensions['field'])).toEqual(['input.kind']);
});

it('warns of a large fine without the offer of a hearing, and refuses a closure without it', async () => {
  const caseId = await caseIn(world, 'NOTICE_SERVED');
  const large = await doStep(world, 'serveCaseNotice', regulator, caseId, noticeInput(world, { fineFen: 10_000_000 }));
  expect(large.warnings).toEqual([{ code: 'HEARING_TO_BE_OFFERED', field: 'input.hearingOffered', basis: { article: '5', mark: 'NV' } }]);
  const { errors } = await tryStep(world, 'serveCaseNotice', regulator, caseId, noticeInput(world, { kinds: ['CLOSURE'] }));
  expect(errors?.map((e) => [e.extensions['code'], e.extensions['field']])).toEqual([['UNLAWFUL_STEP', 'input.hearingOffered']]);
});

it('a penalty is decided after the answer or the five days, of a major case after its discussion; a case without steps is decided as before', async () => {
  const running = await caseIn(world, 'NOTICE_SERVED');
  const { errors } = await decide(running);
  expect(errors?.map((e) => [e.extensions['code'], e.extensions['field'], (e.extensions['basis'] as Json).article])).toEqual([['UNLAWFUL_DECISION', 'caseId', '57']]);
  await step(world, 'recordPartyStatement', running);
  expect(dataOf(await decide(running)).recordPenaltyDecision.warnings).toEqual([]);
  const silent = await caseIn(world, 'NOTICE_SERVED');
  world.pass(8 * day);
  expect(dataOf(await decide(silent)).recordPenaltyDecision.warnings).toEqual([]);
  const major = await caseIn(world, 'INVESTIGATION_CONCLUDED');
  await step(world, 'sendCaseForReview', major, { major: true });
  expect(codesOf(await decide(major))).toEqual(['UNLAWFUL_DECISION']);
  await step(world, 'discussCaseCollectively', major);
  const early = await decide(major);
  expect(early.errors?.map((e) => [e.extensions['code'], (e.extensions['basis'] as Json).article])).toEqual([['UNLAWFUL_DECISION', '58']]);
  await step(world, 'passCaseReview', major);
  expect((await decide(major)).errors?.map((e) => [e.extensions['code'], (e.extensions['basis'] as Json).article])).toEqual([['UNLAWFUL_DECISION', '44']]);
  const { caseId } = await world.givenCase();
  expect(dataOf(await decide(caseId)).recordPenaltyDecision.warnings).toEqual([]);
});

it('is overdue by the clock alone, and a late decision is told with what was excluded', async () => {
  const caseId = await caseIn(world, 'INVESTIGATING', { filedAt: new Date('2026-08-10T01:00:00Z') });
  expect(await read(caseId)).toMatchObject({ decisionOverdue: true, decisionDueAt: '2026-11-09T16:00:00.000Z' });
  expect(codesOf(await tryStep(world, 'extendDecision', head, caseId, { reasons: '演示' }))).toEqual(['PERIOD_OVER']);
  expect(dataOf(await decide(caseId)).recordPenaltyDecision.warnings.map((w: Json) => w.code)).toEqual(['DECISION_LATE', 'REVIEW_MISSING', 'NOTICE_MISSING']);
});

it('waits for the criminal proceedings from every state before the decision, and goes on there with what was left', async () => {
  for (const status of ['FILED', 'INVESTIGATING', 'SUSPENDED', 'INVESTIGATION_CONCLUDED', 'UNDER_REVIEW', 'NOTICE_SERVED', 'HEARING'] as const) {
    const caseId = await caseIn(world, status, { filedAt: new Date(world.clock.now().getTime() - 60_000) });
    const due = (await read(caseId)).decisionDueAt as string | null;
    const { id } = await world.do('submitReferralReport', regulator, caseId, report());
    await world.do('approveReferral', head, id);
    await world.do('transferReferral', regulator, id, await world.transferInput());
    expect(await read(caseId)).toMatchObject({ status: 'PENDING_CRIMINAL', decisionDueAt: null, decisionOverdue: false, stepDeadline: null });
    expect(codesOf(await tryStep(world, 'concludeInvestigation', regulator, caseId, { report: '演示' }))).toEqual(['ILLEGAL_TRANSITION']);
    world.pass(14 * day);
    await world.do('signReferralReceipt', investigator, id, { receiptNo: '演示受案〔2026〕1号' });
    await world.do('returnReferral', investigator, id, { reasons: '演示' });
    const after = await read(caseId);
    expect([status, after.status]).toEqual([status, status]);
    expect((await world.case(caseId)).criminalWaits).toEqual([{ from: expect.any(String) as string, to: expect.any(String) as string }]);
    if (due === null) expect(after.decisionDueAt).toBeNull(); // suspended, or before a hearing
    else expect(Math.round((new Date(after.decisionDueAt as string).getTime() - new Date(due).getTime()) / day)).toBeGreaterThanOrEqual(12);
  }
});

it('answers the same key with the same step', async () => {
  const caseId = await caseIn(world, 'FILED');
  const again = () => tryStep(world, 'beginInvestigation', regulator, caseId, { officers: [`${filing}-2`, `${filing}-3`] }, { idempotencyKey: 'once' });
  dataOf(await again());
  world.pass(60_000);
  dataOf(await again());
  expect(await stepRows(world, caseId)).toHaveLength(1);
});

describe('who reads the procedure inside', () => {
  const open = (c: Json) => c && ['status', 'decisionDueAt', 'steps', 'progress', 'stepDeadline', 'stepOverdue'].filter((field) => c[field] !== null);
  const ofHead = ['status', 'decisionDueAt'];
  const file = [...ofHead, 'steps', 'progress', 'stepDeadline', 'stepOverdue'];

  it('owner and parties with the file do; the superior reads the period of decision only, a stranger nothing', async () => {
    const caseId = await caseIn(world, 'UNDER_REVIEW');
    expect(open(await read(caseId))).toEqual(file);
    expect(open(await read(caseId, reviewer))).toEqual(file);
    expect(open(await read(caseId, officer('DRA-210000', 2)))).toEqual(ofHead);
    for (const who of [investigator, officer('MRA-210200', 2), officer(filing, 2, { roles: ['analyst'] })]) expect(await read(caseId, who)).toBeNull();
    expect(dataOf(await world.send<Json>(publicReader as never, READ, { id: caseId })).case).toBeNull();
    await world.change(caseId, { excluded: [`${filing}/${filing}-4`] });
    expect(await read(caseId, officer(filing, 4))).toBeNull();
    await world.change(caseId, { sealedUntil: '2027-01-01', sealOfficers: [`${filing}-1`] });
    expect(await read(caseId)).toBeNull();
    expect(open(await read(caseId, head))).toEqual(file);
  });

  it('whose part has ended reads the steps up to its end, and no clock that runs on', async () => {
    const caseId = await caseIn(world, 'INVESTIGATING');
    const { id } = await world.do('submitReferralReport', regulator, caseId, report());
    await world.do('approveReferral', head, id);
    await world.do('transferReferral', regulator, id, await world.transferInput());
    expect((await read(caseId, investigator)).steps).toHaveLength(1);
    await world.do('signReferralReceipt', investigator, id, { receiptNo: '演示受案〔2026〕1号' });
    await world.do('returnReferral', investigator, id, { reasons: '演示' });
    world.pass(60_000);
    await step(world, 'concludeInvestigation', caseId);
    expect((await read(caseId)).steps).toHaveLength(2);
    expect(await read(caseId, investigator)).toMatchObject({ status: 'INVESTIGATING', steps: [{ act: 'BEGIN_INVESTIGATION' }], decisionDueAt: null, decisionOverdue: null, stepOverdue: null });
  });
});

it('is announced no sooner than the law lets it', async () => {
  const caseId = await caseIn(world, 'HEARING');
  const late = await tryStep(world, 'notifyHearing', regulator, caseId, { hearingOn: '2026-11-30', place: '演示', chair: `${filing}-4` });
  expect(late.errors?.map((e) => [e.extensions['code'], e.extensions['field']])).toEqual([['UNLAWFUL_STEP', 'input.hearingOn']]);
  const by = await doStep(world, 'notifyHearing', regulator, caseId, { hearingOn: hearingDay(world), place: '演示', chair: `${filing}-2` });
  expect(by.warnings.map((w) => [w.code, w.basis.mark])).toEqual([['HEARING_BY_CASE_OFFICER', 'NV']]);
});
