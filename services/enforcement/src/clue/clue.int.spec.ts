import { caseAccessChanged, clueActed, clueStatus } from '@casebridge/contracts';
import { composeUscc } from '@casebridge/kernel';
import { officer, publicReader } from '@casebridge/testkit';
import {
  clueHistory, clueIn, clueInput, clueRow, type ClueView, doClue, filing, filingInput, head, receiver, receiving, regulator, saidOf, tryClue,
} from '../testing/clues';
import { type Input, ReferralWorld } from '../testing/referral-world';
import { codesOf, dataOf, demoUscc } from '../testing/world';

type Json = ReturnType<typeof JSON.parse>;
const day = 86_400_000;
const PROC = '市场监督管理行政处罚程序规定';

let world: ReferralWorld;
beforeEach(async () => {
  world = await ReferralWorld.start();
});
afterEach(() => world.stop());

const READ = `query($id: ID!) { clue(id: $id) {
  id version status source sourceRef agency { code } region { code } enterprise { uscc } partyKind partyName productKind productNames batchNo facts
  suspectedArticles { instrument article mark } receivedAt recordedAt dueAt overdue extended met deadline { lastDay rule amount startedAt basis { article } calendarVersion suspensions { from to } }
  tests { kind from to } case { id caseNo status clue { id } } caseOfficers nonFilingGround nonFilingBasis { instrument article mark } reasons
  transferredTo { code } transferredFrom { id status sourceRef } mergedInto { id }
  history { position act status at actor { code } basis { article mark } dueAt met note deadline { rule } }
  possibleDuplicates(first: 10) { totalCount nodes { id } } } }`;
const read = async (id: string, who = regulator): Promise<Json> => dataOf(await world.send<Json>(who, READ, { id })).clue;

describe('recordClue', () => {
  it('takes a clue in, with its period of review, its history and its event', async () => {
    const { id } = await doClue(world, 'recordClue', regulator, null, clueInput({ sourceRef: '检〔2026〕7号', batchNo: '20261101' }));
    const shown = await read(id);
    expect(shown).toMatchObject({
      version: 1, status: 'RECEIVED', source: 'INSPECTION', sourceRef: '检〔2026〕7号', agency: { code: filing }, region: { code: '210102' }, enterprise: { uscc: demoUscc },
      partyKind: 'ENTERPRISE', partyName: '演示甲药业有限公司', productKind: 'DRUG', productNames: ['演示片'], batchNo: '20261101',
      suspectedArticles: [{ instrument: '中华人民共和国药品管理法', article: '117', mark: 'V' }], receivedAt: '2026-11-20T02:00:00.000Z', recordedAt: '2026-11-22T02:00:00.000Z',
      overdue: false, extended: false, met: null, tests: [], case: null, transferredFrom: null,
      deadline: { lastDay: '2026-12-11', rule: 'clueReview', amount: 15, basis: { article: '18' }, suspensions: [] }, dueAt: '2026-12-11T16:00:00.000Z',
    });
    expect(shown.history).toEqual([{
      position: 1, act: 'RECORD_CLUE', status: 'RECEIVED', at: '2026-11-22T02:00:00.000Z', actor: { code: filing }, basis: { article: '18', mark: 'V' }, dueAt: shown.dueAt,
      met: null, note: null, deadline: { rule: 'clueReview' },
    }]);
    expect(await saidOf(world, `clue:${id}`)).toEqual([{ type: clueActed.type, data: {
      clueId: id, version: 1, act: 'RECORD_CLUE', statusAfter: 'RECEIVED', source: 'INSPECTION', regionCode: '210102', enterpriseUscc: demoUscc, dueAtAfter: shown.dueAt,
      met: null, caseId: null, occurredAt: '2026-11-22T02:00:00.000Z', actorCode: filing, ownerCode: filing, readers: [],
    } }]);
  });

  it('answers the same key with the same clue, and the same number of the same source with a refusal that names it', async () => {
    const input = clueInput({ sourceRef: 'A-1' });
    const send = (key: string, changes: Input = {}, who = regulator) => tryClue(world, 'recordClue', who, null, { ...input, ...changes }, { idempotencyKey: key });
    const first = dataOf(await send('one'))['recordClue']!.clue;
    world.pass(60_000);
    expect(dataOf(await send('one'))['recordClue']!.clue.id).toBe(first.id);
    const again = await send('two');
    expect(again.errors?.[0]).toMatchObject({
      message: expect.stringContaining(first.id) as string, extensions: { code: 'CLUE_ALREADY_RECORDED', kind: 'CONFLICT', field: 'input.sourceRef', state: 'RECEIVED' },
    });
    // The number is the source's, and each agency has its own; what has no number is never the same.
    for (const [key, changes, who] of [['three', { source: 'MEDIA' }, regulator], ['four', {}, receiving], ['five', { sourceRef: null }, regulator], ['six', { sourceRef: null }, regulator]] as const) {
      expect((await send(key, changes, who)).errors).toBeUndefined();
    }
  });

  it('says nothing of a clue under the number that is hidden from whoever asks', async () => {
    const id = await clueIn(world, 'FILED', { sourceRef: 'A-2' });
    const { caseId } = await clueRow(world, id);
    await world.change(caseId!, { excluded: [`${filing}/${filing}-2`] });
    const { errors } = await tryClue(world, 'recordClue', regulator, null, clueInput({ sourceRef: 'A-2' }));
    expect(errors?.map((e) => [e.message, e.extensions['code'], e.extensions['state']])).toEqual([
      ['A clue with this number of this source is recorded already', 'CLUE_ALREADY_RECORDED', undefined],
    ]);
  });

  it('keeps nothing of whoever complained, reported or fell ill', async () => {
    const said = '本人电话13800138000，邮箱a@example.com，反映该店销售过期药品。';
    for (const source of ['COMPLAINT', 'LATE_REPORT', 'ADR_SIGNAL']) {
      const { id } = await doClue(world, 'recordClue', regulator, null, clueInput({ source, facts: said }));
      await doClue(world, 'transferClue', head, id, { agency: receiver, reasons: said });
      const [row] = await world.db.query<Json[]>(`select (select jsonb_agg(q) from clue q)::text || (select jsonb_agg(a) from clue_act a)::text || (select jsonb_agg(e) from outbox_event e)::text as all`);
      expect(row.all).toContain('过期药品');
      expect(row.all).not.toMatch(/13800138000|a@example/);
    }
    // What an inspector writes of a party stays as it is.
    const { id } = await doClue(world, 'recordClue', regulator, null, clueInput({ facts: '网店客服电话13800138000' }));
    expect((await read(id)).facts).toBe('网店客服电话13800138000');
  });

  const faulty: readonly (readonly [field: string, changes: Input])[] = [
    ['input.receivedAt', { receivedAt: '2026-11-22T02:00:00.001Z' }], ['input.receivedAt', { receivedAt: '2021-07-14T02:00:00.000Z' }], ['input.facts', { facts: ' ' }],
    ['input.region', { region: '%' }], ['input.enterpriseUscc', { enterpriseUscc: '91210100MADEM00000' }], ['input.enterpriseUscc', { partyKind: 'NATURAL_PERSON' }],
    ['input.partyName', { enterpriseUscc: null, partyName: null }], ['input.partyName', { partyName: ' ' }], ['input.productNames.0', { productNames: [''] }],
    ['input.sourceRef', { sourceRef: ' ' }], ['input.batchNo', { batchNo: 'x'.repeat(201) }], ['input.suspectedArticles.0.article', { suspectedArticles: [{ instrument: 'x', article: ' ' }] }],
  ];
  it('refuses what cannot stand', async () => {
    for (const [field, changes] of faulty) {
      const { errors } = await tryClue(world, 'recordClue', regulator, null, clueInput(changes));
      expect([changes, errors?.map((e) => [e.extensions['code'], e.extensions['field']])]).toEqual([changes, [['BAD_USER_INPUT', field]]]);
    }
    expect(await world.db.query('select 1 from clue')).toEqual([]);
  });

  it('shows what may be the same matter: same enterprise, same batch of the same kind of product, same number', async () => {
    const record = async (changes: Input, who = regulator): Promise<string> => (await doClue(world, 'recordClue', who, null, clueInput(changes))).id;
    const other = { enterpriseUscc: null, partyName: '演示网店' };
    const sameFirm = await record({});
    const sameBatch = await record({ ...other, batchNo: 'B-1' });
    const otherKind = await record({ ...other, batchNo: 'B-1', productKind: 'COSMETIC' });
    const sameNumber = await record({ ...other, source: 'SUPERIOR', sourceRef: 'N-1' }, officer('MRA-210102', 2));
    const elsewhere = await record({ batchNo: 'B-1' }, receiving);
    const own = await record({ batchNo: 'B-1', source: 'SUPERIOR', sourceRef: 'N-1' });
    const alike = async (who: typeof regulator): Promise<unknown> => (await read(own, who)).possibleDuplicates;
    const ids = (...given: string[]) => ({ totalCount: given.length, nodes: given.sort().reverse().map((id) => ({ id })) });
    // A district below is in sight, the other city is not; the province sees both.
    expect(await alike(regulator)).toEqual(ids(sameFirm, sameBatch, sameNumber));
    expect(await alike(officer('DRA-210000', 2))).toEqual(ids(sameFirm, sameBatch, sameNumber, elsewhere));
    expect(otherKind).not.toBe(own);
    await doClue(world, 'mergeClue', regulator, own, { into: sameFirm, reasons: '演示' });
    expect((await read(sameFirm)).possibleDuplicates.nodes).toEqual([]);
  });
});

describe('the review', () => {
  it('waits for a test, is extended once, and is overdue by the clock alone', async () => {
    const id = await clueIn(world, 'VERIFYING');
    world.pass(7 * day); // 29 November
    const waiting = await doClue(world, 'sendClueForTesting', regulator, id, { kind: 'APPRAISAL', testedBy: '演示鉴定机构' });
    expect(waiting).toMatchObject({ status: 'AWAITING_TEST', dueAt: null, overdue: false });
    world.pass(30 * day);
    const back = await doClue(world, 'recordClueTestResult', regulator, id, { result: '演示：检出非法添加。' });
    expect(back).toMatchObject({ status: 'VERIFYING', overdue: false });
    const extended = await doClue(world, 'extendClueReview', head, id, { reasons: '演示：案情复杂。' });
    expect(new Date(extended.dueAt!).getTime()).toBeGreaterThan(new Date(back.dueAt!).getTime());
    const shown = await read(id);
    expect(shown).toMatchObject({ extended: true, tests: [{ kind: 'APPRAISAL', from: '2026-11-29T02:02:00.000Z', to: '2026-12-29T02:03:00.000Z' }], deadline: { rule: 'clueReviewExtension' } });
    expect(shown.history.map((h: Json) => [h.act, h.note])).toEqual([
      ['RECORD_CLUE', null], ['BEGIN_CLUE_VERIFICATION', null], ['SEND_CLUE_FOR_TESTING', '演示鉴定机构'], ['RECORD_CLUE_TEST_RESULT', '演示：检出非法添加。'],
      ['EXTEND_CLUE_REVIEW', '演示：案情复杂。'],
    ]);
    const again = await tryClue(world, 'extendClueReview', head, id, { reasons: '演示' });
    expect(codesOf(again)).toEqual(['REVIEW_ALREADY_EXTENDED']);
    world.pass(60 * day);
    expect(await read(id)).toMatchObject({ overdue: true, status: 'VERIFYING', met: null });
    const declined = await doClue(world, 'declineToFileCase', head, id, { ground: 'CONDITIONS_NOT_MET', reasons: '演示：证据不足。' });
    expect(declined).toMatchObject({ status: 'NOT_FILED', dueAt: null, overdue: false });
    expect(await read(id)).toMatchObject({ met: false, nonFilingBasis: { instrument: PROC, article: '19' }, reasons: '演示：证据不足。' });
  });

  it('is not extended once it is over', async () => {
    const id = await clueIn(world, 'RECEIVED');
    world.pass(40 * day);
    expect(codesOf(await tryClue(world, 'extendClueReview', head, id, { reasons: '演示' }))).toEqual(['REVIEW_PERIOD_OVER']);
  });
});

describe('fileCase', () => {
  it('opens a case through the machine that there is, and every service learns of it as of any case', async () => {
    const id = await clueIn(world, 'VERIFYING');
    const input = filingInput({ goodsValueFen: 1_234_500, testRequired: true });
    const filed = await doClue(world, 'fileCase', head, id, input);
    expect(filed).toMatchObject({ status: 'FILED', dueAt: null, case: { caseNo: input['caseNo'], status: 'FILED' } });
    const caseId = filed.case!.id;
    const shown = await read(id);
    expect(shown).toMatchObject({ met: true, caseOfficers: [`${filing}-2`, `${filing}-3`], case: { id: caseId, clue: { id } } });
    expect(shown.history.at(-1)).toMatchObject({ act: 'FILE_CASE', basis: { article: '19', mark: 'V' }, met: true, dueAt: null });
    const c = await world.case(caseId);
    expect(c).toMatchObject({
      version: 1, agencyCode: filing, regionCode: '210102', enterpriseUscc: demoUscc, respondentKind: 'ENTERPRISE', respondentName: '演示甲药业有限公司', procedure: 'ORDINARY',
      violationType: 'SUBSTANDARD_DRUGS', domain: 'DRUG', facts: shown.facts, goodsValueFen: 1_234_500, testRequired: true, parts: [],
      suspectedArticles: [{ instrument: '中华人民共和国药品管理法', article: '117', mark: 'V' }],
    });
    expect(await saidOf(world, `case:${caseId}`)).toEqual([expect.objectContaining({ type: caseAccessChanged.type, data: expect.objectContaining({ caseId, version: 1, agencyCode: filing }) as unknown })]);
    expect((await saidOf(world, `clue:${id}`)).at(-1)).toMatchObject({ data: { act: 'FILE_CASE', statusAfter: 'FILED', caseId, met: true } });
    // The case goes on as any other.
    const decide = `mutation($id: ID!, $input: RecordPenaltyDecisionInput!) { recordPenaltyDecision(caseId: $id, input: $input, idempotencyKey: "d") { case { status } } }`;
    const items = [{ kind: 'FINE', partyKind: 'ENTITY', amountFen: 100, basis: { instrument: '中华人民共和国药品管理法', article: '127' } }];
    expect(dataOf(await world.send<Json>(head, decide, { id: caseId, input: { documentNo: '演示市监处罚〔2026〕1号', decidedOn: '2026-11-22', tier: 'ORDINARY', items } })))
      .toEqual({ recordPenaltyDecision: { case: { status: 'DECIDED' } } });
  });

  it('wants each of the four conditions', async () => {
    const id = await clueIn(world, 'VERIFYING');
    const all = { primaFacieEvidence: true, penaltyDue: true, ownJurisdiction: true, withinLimitation: true };
    for (const [name, article] of [['primaFacieEvidence', '19(1)(1)'], ['penaltyDue', '19(1)(2)'], ['ownJurisdiction', '19(1)(3)'], ['withinLimitation', '19(1)(4)']] as const) {
      const { errors } = await tryClue(world, 'fileCase', head, id, filingInput({ conditions: { ...all, [name]: false } }));
      expect(errors?.map((e) => e.extensions)).toEqual([
        expect.objectContaining({ code: 'BAD_USER_INPUT', field: `input.conditions.${name}`, state: 'VERIFYING', basis: { instrument: PROC, article } }),
      ]);
    }
  });

  it('wants two officers (APL 42), a number of its own, and what a case has', async () => {
    const id = await clueIn(world, 'VERIFYING');
    const field = async (changes: Input): Promise<unknown> => {
      const { errors } = await tryClue(world, 'fileCase', head, id, filingInput(changes));
      return errors?.map((e) => [e.extensions['code'], e.extensions['field'], (e.extensions['basis'] as { article: string }).article]);
    };
    expect(await field({ officers: [`${filing}-2`] })).toEqual([['BAD_USER_INPUT', 'input.officers', '42']]);
    expect(await field({ officers: [`${filing}-2`, `${filing}-2 `] })).toEqual([['BAD_USER_INPUT', 'input.officers', '42']]);
    expect(await field({ officers: [`${filing}-2`, `${receiver}-2`] })).toEqual([['BAD_USER_INPUT', 'input.officers.1', '输入校验']]);
    expect(await field({ caseNo: '12号' })).toEqual([['BAD_USER_INPUT', 'input.caseNo', '输入校验']]);
    expect(await field({ violationType: 'POETRY' })).toEqual([['BAD_USER_INPUT', 'input.violationType', '输入校验']]);
    expect(await field({ respondentKind: 'NATURAL_PERSON' })).toEqual([['BAD_USER_INPUT', 'input.respondentKind', '输入校验']]);
    expect(await field({ productId: 'x' })).toEqual([['BAD_USER_INPUT', 'input.productId', '输入校验']]);
    expect(await field({ goodsValueFen: -1 })).toEqual([['BAD_USER_INPUT', 'input.goodsValueFen', '输入校验']]);
    const { caseNo } = await world.givenCase();
    expect(await field({ caseNo })).toEqual([['CASE_NO_TAKEN', 'input.caseNo', '案号唯一']]);
    expect(await clueRow(world, id)).toMatchObject({ status: 'VERIFYING', version: 2, caseId: null });
    expect(await clueHistory(world, id)).toHaveLength(2);
  });

  it('takes the name of an unknown firm from the filing', async () => {
    const { id } = await doClue(world, 'recordClue', regulator, null, clueInput({ partyName: null }));
    await doClue(world, 'beginClueVerification', regulator, id);
    expect(codesOf(await tryClue(world, 'fileCase', head, id, filingInput()))).toEqual(['BAD_USER_INPUT']);
    const filed = await doClue(world, 'fileCase', head, id, filingInput({ respondentName: '演示乙药房' }));
    expect((await world.case(filed.case!.id)).respondentName).toBe('演示乙药房');
  });
});

describe('transferClue', () => {
  it('gives the receiver a clue of its own with its own time, and leaves the sender his as it stood', async () => {
    const id = await clueIn(world, 'VERIFYING', { source: 'COMPLAINT', sourceRef: 'T-1' });
    await doClue(world, 'transferClue', head, id, { agency: receiver, reasons: '演示：行为地在二市。' });
    const sent = await read(id);
    expect(sent).toMatchObject({ status: 'TRANSFERRED', agency: { code: filing }, transferredTo: { code: receiver }, met: true, dueAt: null, reasons: '演示：行为地在二市。', sourceRef: 'T-1' });
    const [own] = dataOf(await world.send<Json>(receiving, '{ clues(filter: { agency: "MRA-210200" }) { nodes { id } } }')).clues.nodes;
    const got = await read(own.id, receiving);
    expect(got).toMatchObject({
      version: 1, status: 'RECEIVED', source: 'OTHER_AGENCY', sourceRef: null, agency: { code: receiver }, facts: sent.facts, batchNo: sent.batchNo, enterprise: sent.enterprise,
      receivedAt: sent.history.at(-1).at, deadline: { rule: 'clueReview' }, history: [{ actor: { code: filing } }],
      // The receiver reads what was sent, without the number of the complaint.
      transferredFrom: { id, status: 'TRANSFERRED', sourceRef: null },
    });
    expect(await saidOf(world, `clue:${own.id}`)).toEqual([expect.objectContaining({ data: expect.objectContaining({ act: 'RECORD_CLUE', ownerCode: receiver, actorCode: filing }) as unknown })]);
    expect((await saidOf(world, `clue:${id}`)).at(-1)).toMatchObject({ data: { act: 'TRANSFER_CLUE', readers: [receiver] } });
    // What becomes of it there is not the sender's.
    await doClue(world, 'beginClueVerification', receiving, own.id);
    expect(await read(own.id)).toBeNull();
    expect(await read(id)).toEqual(sent);
    expect(codesOf(await tryClue(world, 'beginClueVerification', regulator, own.id))).toEqual(['NOT_FOUND']);
    expect(codesOf(await tryClue(world, 'beginClueVerification', receiving, id))).toEqual(['FORBIDDEN']);
  });

  it('lets an agency of another kind read what it was sent', async () => {
    const id = await clueIn(world, 'VERIFYING');
    const health = officer('HC-210100', 2);
    expect(await read(id, health)).toBeNull();
    await doClue(world, 'transferClue', head, id, { agency: 'HC-210100', reasons: '演示：属卫生健康主管部门管辖。' });
    expect(await read(id, health)).toMatchObject({ status: 'TRANSFERRED', transferredTo: { code: 'HC-210100' } });
    expect(await world.db.query('select 1 from clue')).toHaveLength(1);
  });

  it('refuses whoever does not get clues this way, and nobody', async () => {
    const id = await clueIn(world, 'VERIFYING');
    for (const agency of ['NOBODY', filing, 'PSB-210100', 'PPO-210100', 'CRT-210100', 'SUP-210100']) {
      const { errors } = await tryClue(world, 'transferClue', head, id, { agency, reasons: '演示' });
      expect([agency, errors?.map((e) => [e.extensions['code'], e.extensions['field']])]).toEqual([agency, [['BAD_USER_INPUT', 'input.agency']]]);
    }
  });
});

describe('mergeClue', () => {
  it('merges a duplicate into the older clue, which goes on by itself', async () => {
    const older = await clueIn(world, 'RECEIVED', { receivedAt: '2026-11-19T02:00:00.000Z' });
    const before = await clueRow(world, older);
    const id = await clueIn(world, 'RECEIVED');
    await doClue(world, 'mergeClue', regulator, id, { into: older, reasons: '演示：同一事项。' });
    expect(await read(id)).toMatchObject({ status: 'MERGED', mergedInto: { id: older }, met: true, reasons: '演示：同一事项。' });
    expect(await clueRow(world, older)).toEqual(before);
  });

  it('never into a younger one, whose time would be longer, nor into what is decided, hidden or not there', async () => {
    const older = await clueIn(world, 'RECEIVED', { receivedAt: '2026-11-18T02:00:00.000Z' });
    const younger = await clueIn(world, 'RECEIVED');
    const gone = await clueIn(world, 'NOT_FILED', { receivedAt: '2026-11-17T02:00:00.000Z' });
    const { id: elsewhere } = await doClue(world, 'recordClue', receiving, null, clueInput({ receivedAt: '2026-11-16T02:00:00.000Z' }));
    const refused = async (id: string, into: string): Promise<unknown> => {
      const { errors } = await tryClue(world, 'mergeClue', regulator, id, { into, reasons: '演示' });
      return errors?.map((e) => [e.extensions['code'], e.message]);
    };
    expect(await refused(older, younger)).toEqual([['BAD_USER_INPUT', expect.stringContaining('earlier')]]);
    expect(await refused(older, older)).toEqual([['BAD_USER_INPUT', expect.stringContaining('earlier')]]);
    expect(await refused(older, gone)).toEqual([['BAD_USER_INPUT', expect.stringContaining('under review or filed')]]);
    for (const into of [elsewhere, '01990000-0000-7000-8000-00000000dead']) expect(await refused(older, into)).toEqual([['BAD_USER_INPUT', 'input.into: is no clue of your agency']]);
  });
});

describe('clues', () => {
  it('pages both ways, counts on demand, and is found by each of its filters', async () => {
    const ids: Record<string, string> = {};
    for (const status of clueStatus.codes) ids[status] = await clueIn(world, status, { sourceRef: `R-${status}`, ...(status === 'RECEIVED' ? { receivedAt: '2026-10-20T02:00:00.000Z', region: '210190' } : {}) });
    const list = async (filter: Input, page = 'first: 50', who = regulator): Promise<{ totalCount: number; nodes: ClueView[]; pageInfo: Json; edges: { cursor: string }[] }> =>
      dataOf(await world.send<Json>(who, `query($filter: ClueFilter) { clues(filter: $filter, ${page}) { totalCount nodes { id status } edges { cursor } pageInfo { hasNextPage hasPreviousPage endCursor startCursor } } }`, { filter })).clues;
    const found = async (filter: Input): Promise<string[]> => (await list(filter)).nodes.map((n) => n.id);

    const everything = await list({});
    expect(everything.totalCount).toBe(8); // the one that the duplicate was merged into as well
    expect(everything.nodes.at(-1)!.id).toBe(ids['RECEIVED']);
    const firstTwo = await list({}, 'first: 2');
    expect(firstTwo).toMatchObject({ totalCount: 8, pageInfo: { hasNextPage: true, hasPreviousPage: false } });
    const next = await list({}, `first: 50, after: "${firstTwo.pageInfo.endCursor}"`);
    expect([...firstTwo.nodes, ...next.nodes]).toEqual(everything.nodes);
    const last = await list({}, `last: 3, before: "${next.edges.at(-1)!.cursor}"`);
    expect(last.nodes).toEqual(everything.nodes.slice(4, 7));

    for (const status of ['VERIFYING', 'AWAITING_TEST', 'FILED', 'NOT_FILED', 'TRANSFERRED', 'MERGED']) expect(await found({ status: [status] })).toEqual([ids[status]]);
    expect(await found({ overdue: true })).toEqual([ids['RECEIVED']]);
    expect(await found({ overdue: false })).toHaveLength(7);
    expect(await found({ receivedTo: '2026-10-20' })).toEqual([ids['RECEIVED']]);
    expect(await found({ receivedFrom: '2026-10-21' })).toHaveLength(7);
    expect(await found({ region: '210190' })).toEqual([ids['RECEIVED']]);
    expect(await found({ region: '210200' })).toEqual([]);
    expect(await found({ enterpriseUscc: demoUscc })).toHaveLength(8);
    expect(await found({ enterpriseUscc: composeUscc({ department: '91', region: '210100', organisation: 'MADEM009' }) })).toEqual([]);
    expect(await found({ source: ['MEDIA'] })).toEqual([]);
    expect(await found({ sourceRef: 'R-FILED' })).toEqual([ids['FILED']]);
    expect(await found({ agency: receiver })).toEqual([]);
    expect(await found({ batchNo: (await clueRow(world, ids['FILED']!)).batchNo })).toEqual([ids['FILED']]);
    expect((await list({}, 'first: 50', receiving)).nodes).toHaveLength(2); // its own, and what it was sent
    for (const field of ['region', 'agency', 'enterpriseUscc']) {
      const { errors } = await world.send(regulator, `{ clues(filter: { ${field}: "%" }) { totalCount } }`);
      expect(errors?.map((e) => [e.extensions['code'], e.extensions['field']])).toEqual([['BAD_USER_INPUT', `filter.${field}`]]);
    }
    expect(dataOf(await world.send<Json>(publicReader, '{ clues { totalCount nodes { id } } }')).clues).toEqual({ totalCount: 0, nodes: [] });
  });

  it('does not find a complaint by its number for whom it was only sent to', async () => {
    const id = await clueIn(world, 'TRANSFERRED', { source: 'COMPLAINT', sourceRef: 'C-1' });
    const find = async (who: typeof regulator): Promise<unknown> => dataOf(await world.send<Json>(who, '{ clues(filter: { sourceRef: "C-1" }) { totalCount nodes { id } } }')).clues;
    expect(await find(regulator)).toEqual({ totalCount: 1, nodes: [{ id }] });
    expect(await find(officer('DRA-210000', 2))).toEqual({ totalCount: 1, nodes: [{ id }] });
    expect(await find(receiving)).toEqual({ totalCount: 0, nodes: [] });
  });
});

it('shows the clocks of the review among the statutory ones', async () => {
  const { statutoryClocks } = dataOf(await world.send<Json>(publicReader, '{ statutoryClocks { name amount unit citation { article } suspendOn } }'));
  for (const name of ['clueReview', 'clueReviewExtension']) {
    expect(statutoryClocks).toContainEqual({ name, amount: 15, unit: 'WORKING_DAY', citation: { article: '18' }, suspendOn: ['SEND_CLUE_FOR_TESTING'] });
  }
});
