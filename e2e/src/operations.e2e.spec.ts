import { buildSchema, type GraphQLEnumType, type GraphQLInputObjectType, isEnumType, isInputObjectType, parse } from 'graphql';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { HubClient } from './client';
import { caseList, inputs, publicPenalties, referralActs, referralUpdates, sharedCase } from './operations';
import { day, Desk, police as investigating } from './operations-desk';
import { conditions, found, wholeRegister } from './operations-public';
import { type Mode, type Stack, startStack } from './stack';

/** The inputs and enums that clients send. */
const wanted = buildSchema(`scalar Date\nenum CaseStatus { FILED }\ntype Query { a: Int }\n${inputs}`);

/** An answer of the graph, read by the assertions. */
type Json = ReturnType<typeof JSON.parse>;

describe.each<Mode>(['in process', 'over http'])('the operations of real clients, %s', (mode) => {
  let hub: Stack;
  beforeAll(async () => {
    hub = await startStack(mode);
  });
  afterAll(() => hub?.stop());

  const listed = async (client: HubClient, variables: object = {}): Promise<Json> => (await client.data<Json>(caseList, { ...variables }))['cases'];

  it('CaseList gives fifty cases with what three other services know, and pages on', async () => {
    const regulator = await hub.as('MRA-210100');
    const first = await listed(regulator);
    expect(first['nodes']).toHaveLength(50);
    expect(first['totalCount']).toBeGreaterThan(50);
    const filed = first['nodes'].map((c: Json) => c['filedAt']);
    expect(filed).toEqual([...filed].sort().reverse());
    const second = await listed(regulator, { after: first['pageInfo'].endCursor });
    const ids = new Set([...first['nodes'], ...second['nodes']].map((c: Json) => c['id']));
    expect(ids.size).toBe(first['nodes'].length + second['nodes'].length);
    expect(first['nodes'].some((c: Json) => c['enterprise']?.riskTier && c['enterprise'].inspections.nodes.length > 0)).toBe(true);
  });

  it('CaseList filters by status, agency, enterprise, days, overdue and text', async () => {
    const regulator = await hub.as('MRA-210100');
    const [one] = (await listed(regulator))['nodes'];
    const day = new Date(new Date(one.filedAt).getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
    for (const [filter, holds] of [
      [{ status: ['INVESTIGATING'] }, (c: Json) => c['status'] === 'INVESTIGATING'],
      [{ enterpriseUscc: one.enterprise.uscc }, (c: Json) => c['enterprise'].uscc === one.enterprise.uscc],
      [{ filedFrom: day, filedTo: day }, (c: Json) => c['filedAt'].slice(0, 10) <= day],
      [{ overdue: true }, (c: Json) => c['referral'].overdue === true],
      [{ text: one.caseNo }, (c: Json) => c['caseNo'] === one.caseNo],
    ] as const) {
      const found = await listed(regulator, { filter });
      expect([filter, found['nodes'].length > 0]).toEqual([filter, true]);
      expect([filter, found['nodes'].every(holds)]).toEqual([filter, true]);
    }
  });

  it.each<[string, object, string]>([
    ['query A($from: Date) { cases(filter: { filedFrom: $from }) { totalCount } }', { from: '2026-02-30' }, 'filter.filedFrom'],
    ['query A($filter: CaseFilter) { cases(filter: $filter) { totalCount } }', { filter: { filedTo: '' } }, 'filter.filedTo'],
    ['{ cases(filter: { overdue: true, filedFrom: "2026-02-30" }) { totalCount } }', {}, 'filter.filedFrom'],
    ['query A($filter: CaseFilter) { cases(filter: $filter) { totalCount } }', { filter: { status: ['FILE'] } }, 'filter.status.0'],
    ['query A($filter: CaseFilter) { cases(filter: $filter) { totalCount } }', { filter: { enterpriseUscc: '91350100M000100Y44' } }, 'filter.enterpriseUscc'],
    ['query A($text: String) { cases(filter: { text: $text }) { totalCount } }', { text: '药业\0' }, 'filter.text'],
    ['query A($first: Int, $before: String) { cases(first: $first, before: $before) { totalCount } }', { first: 1, before: 'x' }, 'before'],
    ['{ inspections(filter: { from: "x" }) { totalCount } }', {}, 'filter.from'],
    ['mutation A($input: RecordPenaltyDecisionInput!) { recordPenaltyDecision(caseId: "x", input: $input, idempotencyKey: "k") { case { id } } }', {
      input: { documentNo: '1', decidedOn: '2026-11-20', tier: 'ORDINARY', items: [{ kind: 'FINE', partyKind: 'ENTITY', amountFen: 0.5, basis: { instrument: 'x', article: '1' }, forLife: false }] },
    }, 'input.items.0.amountFen'],
  ])('what does not fit is refused by its field: %s', async (query, variables, field) => {
    const { errors } = await (await hub.as('MRA-210100', 1)).send(query, { ...variables });
    expect(errors).toEqual([expect.objectContaining({ extensions: { code: 'BAD_USER_INPUT', kind: 'BAD_USER_INPUT', field } })]);
  });

  it('SharedCase shows one case as four services know it, to the regulator and to the police that take part', async () => {
    const regulator = await hub.as('MRA-210100');
    const { nodes } = await listed(regulator);
    const whole: Json[] = [];
    for (const { id } of nodes) {
      const found = (await regulator.data<Json>(sharedCase, { id }))['case'];
      if (found.penaltyDecision && found.referral && found.enterprise?.inspections.nodes.length && found.enterprise.creditPunishments.nodes.length
        && found.complaints.nodes.length && found.adverseReactionReports.nodes.length) whole.push(found);
    }
    expect(whole.length).toBeGreaterThanOrEqual(3);
    const shared = whole[0] as Json;
    expect(shared['agency'].functions).toContain('DRUG');
    expect(shared['referral'].timeline.map((t: Json) => t['position'])).toEqual(shared['referral'].timeline.map((_: Json, i: number) => i + 1));
    expect(shared['penaltyDecision'].items[0].basis.article).toEqual(expect.any(String));
    expect(shared['adverseReactionReports'].nodes[0].product.name).toEqual(expect.any(String));

    const police = await hub.as('PSB-210100');
    const seen = (await Promise.all(whole.map(({ id }) => police.data<Json>(sharedCase, { id: id as string })))).map((d) => d['case']).filter(Boolean);
    expect(seen.length).toBeGreaterThan(0);
    const stranger = await hub.as('PSB-210200');
    const absent = await stranger.data<Json>(sharedCase, { id: '00000000-0000-7000-8000-000000000000' });
    const forbidden = await stranger.data<Json>(sharedCase, { id: shared['id'] });
    expect(forbidden).toEqual(absent);
  });

  it('PublicPenalties reads without a token, with every filter', async () => {
    const all = await wholeRegister(hub.anonymous);
    expect(all.length).toBeGreaterThan(20);
    expect(await found(hub.anonymous, null)).toEqual({ totalCount: all.length, ids: all.map((p) => p.id).sort() });
    const used = new Set<string>();
    for (const [filter, holds] of conditions(all)) {
      const ids = all.filter(holds).map((p) => p.id).sort();
      expect({ filter, ...(await found(hub.anonymous, filter)) }).toEqual({ filter, totalCount: ids.length, ids });
      if (ids.length > 0 && ids.length < all.length) for (const name of Object.keys(filter)) used.add(name);
    }
    // Each field has at least once let some through and kept others back.
    expect([...used].sort()).toEqual(Object.keys((wanted.getType('PublicPenaltyFilter') as GraphQLInputObjectType).getFields()).sort());
  });

  it('the acts take one referral from the regulator to the police decision, followed live by both', async () => {
    const [officer, head, police] = await Promise.all([hub.as('MRA-210100', 2), hub.as('MRA-210100', 1), hub.as('PSB-210100', 2)]);
    const { nodes } = await listed(officer, { filter: { status: ['INVESTIGATING'], agency: 'MRA-210100' } });
    const { id: caseId } = nodes.find((c: Json) => c['referral'] === null) as { id: string };
    const cursor = (await officer.data<Json>(referralUpdates, {}, 'ReferralEventCursor'))['referralEventCursor'];
    const policeCursor = (await police.data<Json>(referralUpdates, {}, 'ReferralEventCursor'))['referralEventCursor'];
    const live = officer.follow(referralUpdates, { after: cursor }, 'ReferralUpdates');

    let step = 0;
    const act = async (client: HubClient, name: string, variables: Json): Promise<Json> => {
      step += 1;
      const data = await client.data<Json>(referralActs, { ...variables, key: `${mode}-${step}` }, name);
      return Object.values<Json>(data)[0].referral;
    };
    const expectLive = async (name: string, status: string): Promise<Json> => {
      const { referralUpdated } = await live.next<Json>();
      expect(referralUpdated).toMatchObject({ act: name, statusAfter: status, referral: { case: { id: caseId } } });
      return referralUpdated;
    };

    const made = await act(officer, 'SubmitReferralReport', { caseId, input: { charge: 'FAKE_DRUGS', facts: '【演示】货值明显较大', taskForce: ['MRA-210100-2', 'MRA-210100-3'] } });
    expect(made).toMatchObject({ version: 1, status: 'PENDING_APPROVAL', dueAt: expect.any(String) });
    const id = made['id'];
    const event = await expectLive('SUBMIT_REFERRAL_REPORT', 'PENDING_APPROVAL');
    expect(event['referral'].case.enterprise.uscc).toEqual(expect.any(String));
    expect((await police.send('query R($id: ID!) { referral(id: $id) { id } }', { id })).data).toEqual({ referral: null });

    expect((await act(head, 'ApproveReferral', { id, input: { expectedVersion: 1 } }))['status']).toBe('APPROVED');
    await expectLive('APPROVE_REFERRAL', 'APPROVED');
    const documents = await Promise.all(['TRANSFER_LETTER', 'INVESTIGATION_REPORT', 'GOODS_LIST', 'TEST_REPORT'].map(async (kind) => ({
      kind, title: `【演示】${kind}`, fileId: (await officer.upload(`${kind} ${mode}`)).id,
    })));
    const transfer = { policeAgency: 'PSB-210100', procuratorateAgency: 'PPO-210100', documents };
    expect((await act(officer, 'TransferReferral', { id, input: transfer }))['status']).toBe('TRANSFERRED');
    await expectLive('TRANSFER_REFERRAL', 'TRANSFERRED');
    expect((await police.download(documents[0]?.fileId as string)).text).toBe(`TRANSFER_LETTER ${mode}`);
    expect((await (await hub.as('PSB-210200')).download(documents[0]?.fileId as string)).status).toBe(404);

    await act(police, 'SignReferralReceipt', { id, input: { receiptNo: '演示回执1号' } });
    await act(police, 'RequestReferralSupplement', { id, input: { gaps: ['检验机构资质'] } });
    await act(officer, 'SupplementReferral', { id, input: { explanation: '【演示】无法提供' } });
    const filed = await act(police, 'FileCriminalCase', { id, input: { decisionNo: '演公立〔2026〕1号', charge: 'FAKE_DRUGS', decidedOn: new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10) } });
    expect(filed).toMatchObject({ status: 'FILED', version: 7 });
    for (const [name, status] of [
      ['SIGN_REFERRAL_RECEIPT', 'UNDER_FILING_REVIEW'], ['REQUEST_REFERRAL_SUPPLEMENT', 'SUPPLEMENT_REQUIRED'],
      ['SUPPLEMENT_REFERRAL', 'UNDER_FILING_REVIEW'], ['FILE_CRIMINAL_CASE', 'FILED'],
    ]) await expectLive(name as string, status as string);
    await live.close();

    // The police replay from before: what came before they had a part is not theirs, the rest comes once and in order.
    const replay = police.follow(referralUpdates, { after: policeCursor, referralIds: [id] }, 'ReferralUpdates');
    const positions: number[] = [];
    for (let i = 0; i < 5; i += 1) positions.push((await replay.next<Json>())['referralUpdated'].position);
    expect(positions).toEqual([3, 4, 5, 6, 7]);
    await replay.close();

    const again = await police.send(referralActs, { id, input: { reasons: '【演示】' , decidedOn: '2026-11-20' }, key: `${mode}-late` }, 'RefuseCriminalCase');
    expect(again.errors?.[0]?.extensions).toMatchObject({ code: 'ILLEGAL_TRANSITION', kind: 'CONFLICT', state: 'FILED', basis: { article: expect.any(String) } });
    const stranger = await (await hub.as('PSB-210200')).send(referralActs, { id, input: {}, key: 'x' }, 'SignReferralReceipt');
    expect(stranger.errors?.[0]?.extensions).toMatchObject({ code: 'NOT_FOUND', kind: 'NOT_FOUND' });
  });

  it('the head refuses to refer, and the report comes back to the agency with its reasons', async () => {
    const desk = await Desk.of(hub);
    const id = await desk.submitted();
    expect(await desk.act(desk.head, 'RefuseReferral', { id, input: { reasons: '【演示】证据不足', expectedVersion: 1 } })).toEqual({ id, version: 2, status: 'NOT_APPROVED', dueAt: null });
    expect(await desk.officer.data('query R($id: ID!) { referral(id: $id) { holder { code } timeline { act } } }', { id }))
      .toEqual({ referral: { holder: { code: 'MRA-210100' }, timeline: [{ act: 'SUBMIT_REFERRAL_REPORT' }, { act: 'REFUSE_REFERRAL' }] } });
    const { referralRefusals } = await (await hub.as('PPO-210100')).data<Json>('{ referralRefusals(first: 5) { nodes { reasons } } }');
    expect(referralRefusals.nodes[0]).toEqual({ reasons: '【演示】证据不足' });
  });

  it('the police forward a referral to others, which read on, while they themselves read it as it stood', async () => {
    const desk = await Desk.of(hub);
    const others = await hub.as('PSB-210200', 2);
    const id = await desk.received();
    const text = 'query R($id: ID!) { referral(id: $id) { status version holder { code } } }';
    expect(await others.data(text, { id })).toEqual({ referral: null });
    const input = { policeAgency: 'PSB-210200', procuratorateAgency: 'PPO-210200', reasons: '【演示】管辖' };
    expect(await desk.act(desk.police, 'ForwardReferral', { id, input })).toMatchObject({ id, version: 5, status: 'TRANSFERRED' });
    expect(await others.data(text, { id })).toEqual({ referral: { status: 'TRANSFERRED', version: 5, holder: { code: 'PSB-210200' } } });
    expect(await desk.act(others, 'SignReferralReceipt', { id, input: {} })).toMatchObject({ version: 6, status: 'UNDER_FILING_REVIEW' });
    expect(await desk.police.data(text, { id })).toMatchObject({ referral: { status: 'TRANSFERRED', version: 5 } });
  });

  it('the police return a referral, and the administrative case goes on', async () => {
    const desk = await Desk.of(hub);
    const id = await desk.received();
    const text = 'query R($id: ID!) { referral(id: $id) { holder { code } case { status } } }';
    expect(await desk.officer.data(text, { id })).toEqual({ referral: { holder: { code: investigating }, case: { status: 'PENDING_CRIMINAL' } } });
    expect(await desk.act(desk.police, 'ReturnReferral', { id, input: { reasons: '【演示】无犯罪事实' } })).toEqual({ id, version: 5, status: 'RETURNED', dueAt: null });
    expect(await desk.officer.data(text, { id })).toEqual({ referral: { holder: { code: 'MRA-210100' }, case: { status: 'INVESTIGATING' } } });
  });

  it('the police decide not to file, and the agency has three days', async () => {
    const desk = await Desk.of(hub);
    const id = await desk.received();
    const refused = await desk.act(desk.police, 'RefuseCriminalCase', { id, input: { reasons: '【演示】情节显著轻微', decidedOn: day() } });
    expect(refused).toEqual({ id, version: 5, status: 'NOT_FILED', dueAt: expect.any(String) });
    expect(await desk.officer.data('query R($id: ID!) { referral(id: $id) { holder { code } notFiledReasons deadline { rule amount } } }', { id }))
      .toEqual({ referral: { holder: { code: 'MRA-210100' }, notFiledReasons: '【演示】情节显著轻微', deadline: { rule: 'remedy', amount: 3 } } });
  });

  it('a decision is published by event alone', async () => {
    const desk = await Desk.of(hub);
    const documentNo = `演示市监处罚〔2026〕${Date.now() % 100_000_000}号`;
    const caseId = await desk.freshCase();
    await desk.decide(caseId, documentNo);
    let ids: readonly string[] = [];
    for (let i = 0; i < 200 && ids.length === 0; i += 1) {
      ({ ids } = await found(hub.anonymous, { documentNo }));
      if (ids.length === 0) await new Promise((done) => setTimeout(done, 50));
    }
    expect(ids).toHaveLength(1);
    const { publicPenalties: page } = await hub.anonymous.data<Json>(publicPenalties, { filter: { documentNo }, first: 2 }, undefined, '/public/graphql');
    expect(page.edges[0].node).toMatchObject({ documentNo, fineFen: 20_000_000, decidedOn: day(), publishedOn: day(), authority: { code: 'MRA-210100', name: expect.any(String) } });
    const { case: shown } = await desk.officer.data<Json>('query C($id: ID!) { case(id: $id) { status disclosureRecords { nodes { id } } } }', { id: caseId });
    expect(shown).toEqual({ status: 'SERVED', disclosureRecords: { nodes: [{ id: ids[0] }] } });
  });

  it('lets one of ten concurrent approvals through, nine meet a conflict', async () => {
    const [officer, head] = await Promise.all([hub.as('MRA-210100', 2), hub.as('MRA-210100', 1)]);
    const { nodes } = await listed(officer, { filter: { status: ['INVESTIGATING'], agency: 'MRA-210100' } });
    const { id: caseId } = nodes.find((c: Json) => c['referral'] === null) as { id: string };
    const made = await officer.data<Json>(referralActs, { caseId, key: `${mode}-c`, input: { charge: 'OTHER', facts: '【演示】', taskForce: ['MRA-210100-2', 'MRA-210100-3'] } }, 'SubmitReferralReport');
    const id = made['submitReferralReport'].referral.id;
    const answers = await Promise.all(Array.from({ length: 10 }, (_, i) => head.send(referralActs, { id, input: {}, key: `${mode}-ten-${i}` }, 'ApproveReferral')));
    expect(answers.filter((a) => !a.errors)).toHaveLength(1);
    expect(answers.flatMap((a) => a.errors ?? []).map((e) => [e.extensions['code'], e.extensions['kind']])).toEqual(Array.from({ length: 9 }, () => ['CONFLICT', 'CONFLICT']));
    const same = await Promise.all(Array.from({ length: 5 }, () => head.send(referralActs, { id, input: {}, key: `${mode}-ten-${answers.findIndex((a) => !a.errors)}` }, 'ApproveReferral')));
    expect(new Set(same.map((a) => JSON.stringify(a.data)))).toEqual(new Set([JSON.stringify(answers.find((a) => !a.errors)?.data)]));
  });
});

describe('the inputs and enums that clients send', () => {
  const schema = buildSchema(readFileSync(resolve(__dirname, '../../gateway/supergraph.graphql'), 'utf8'), { assumeValidSDL: true, assumeValid: true });
  const names = parse(inputs).definitions.map((d) => ('name' in d && d.name ? d.name.value : ''));

  it.each(names)('%s is in the graph as it is sent', (name) => {
    const given = wanted.getType(name);
    const offered = schema.getType(name);
    if (isEnumType(given)) {
      expect(isEnumType(offered)).toBe(true);
      expect((offered as GraphQLEnumType).getValues().map((v) => v.name)).toEqual(expect.arrayContaining(given.getValues().map((v) => v.name)));
    } else if (isInputObjectType(given)) {
      const fields = (offered as GraphQLInputObjectType).getFields();
      for (const field of Object.values(given.getFields())) expect([field.name, String(fields[field.name]?.type)]).toEqual([field.name, String(field.type)]);
    }
  });
});
