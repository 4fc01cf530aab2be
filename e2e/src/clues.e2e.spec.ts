import { randomUUID } from 'node:crypto';
import type { HubClient } from './client';
import { type Stack, startStack } from './stack';

/*
 * A clue of online monitoring: recorded by the district, handed to the city, verified and filed there as a case that every service knows.
 */

const district = 'MRA-210102';
const city = 'MRA-210100';
type Json = ReturnType<typeof JSON.parse>;

let hub: Stack;
beforeAll(async () => {
  hub = await startStack('in process');
});
afterAll(() => hub?.stop());

const act = (client: HubClient, name: string, variables: Record<string, unknown>): Promise<Json> => {
  const input = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  const [declared, given] = 'clueId' in variables ? [', $clueId: ID!', 'clueId: $clueId, '] : ['', ''];
  return client.send(`mutation A($input: ${input}!, $key: ID!${declared}) { act: ${name}(${given}input: $input, idempotencyKey: $key) {
    clue { id status dueAt case { id caseNo } } } }`, { key: randomUUID(), ...variables });
};
const done = async (client: HubClient, name: string, variables: Record<string, unknown>): Promise<Json> => {
  const answer = await act(client, name, variables);
  if (answer.errors) throw new Error(JSON.stringify(answer.errors));
  return answer.data.act.clue;
};
const why = { reasons: '【演示】平台总部在市区，由市局管辖。' };

it('a clue goes from the district to the city and becomes a case', async () => {
  const [monitor, districtHead, officer, head] = await Promise.all([hub.as(district), hub.as(district, 1), hub.as(city), hub.as(city, 1)]);
  const { cases } = await officer.data<Json>('{ cases(first: 20) { nodes { enterprise { uscc name } } } }');
  const { uscc, name } = cases.nodes.map((c: Json) => c.enterprise).find((e: Json) => e?.name);
  const { id } = await done(monitor, 'recordClue', { input: {
    source: 'ONLINE_MONITORING', sourceRef: '网监〔2026〕演示1号', receivedAt: new Date(Date.now() - 3_600_000).toISOString(), region: '210102', enterpriseUscc: uscc, partyName: name,
    productKind: 'DRUG', facts: '【演示】网店销售处方药不审方。',
  } });
  const READ = 'query R($id: ID!) { clue(id: $id) { status overdue enterprise { name riskTier } region { name } agency { name } deadline { rule basis { article } } history { act met } } }';
  const read = async (client: HubClient): Promise<Json> => (await client.data<Json>(READ, { id })).clue;
  expect(await read(monitor)).toMatchObject({
    status: 'RECEIVED', overdue: false, enterprise: { name, riskTier: expect.any(String) as string }, region: { name: expect.any(String) as string }, deadline: { rule: 'clueReview', basis: { article: '18' } },
  });
  // The city is above the district; police and the public see nothing.
  expect(await read(officer)).toMatchObject({ status: 'RECEIVED' });
  expect(await read(await hub.as('PSB-210100'))).toBeNull();
  expect((await hub.anonymous.send(READ, { id })).data?.['clue'] ?? null).toBeNull();
  expect((await act(officer, 'beginClueVerification', { clueId: id, input: {} })).errors[0].extensions).toMatchObject({ code: 'FORBIDDEN', state: 'RECEIVED', basis: { article: '18' } });

  await done(districtHead, 'transferClue', { clueId: id, input: { agency: city, ...why } });
  expect(await read(monitor)).toMatchObject({ status: 'TRANSFERRED', history: [{ act: 'RECORD_CLUE' }, { act: 'TRANSFER_CLUE', met: true }] });
  const { clues } = await officer.data<Json>('query L($uscc: String!) { clues(first: 5, filter: { enterpriseUscc: $uscc, agency: "MRA-210100", status: [RECEIVED], source: [OTHER_AGENCY] }) { nodes { id transferredFrom { id agency { code } } } } }', { uscc });
  expect(clues.nodes).toEqual([{ id: expect.any(String) as string, transferredFrom: { id, agency: { code: district } } }]);
  const clueId = clues.nodes[0].id as string;

  await done(officer, 'beginClueVerification', { clueId, input: {} });
  const conditions = { primaFacieEvidence: true, penaltyDue: true, ownJurisdiction: true, withinLimitation: true };
  const input = { conditions, caseNo: '演示市监立〔2026〕90001号', officers: [`${city}-2`, `${city}-3`], violationType: 'ONLINE_SALE_BREACH', domain: 'DRUG' };
  expect((await act(officer, 'fileCase', { clueId, input })).errors[0].extensions).toMatchObject({ code: 'FORBIDDEN', basis: { article: '19' } });
  const filed = await done(head, 'fileCase', { clueId, input });
  expect(filed).toMatchObject({ status: 'FILED', dueAt: null, case: { caseNo: input.caseNo } });

  // Every service learns of the case by the event of any case: until then what it has of it is not shown.
  const CASE = 'query C($id: ID!) { case(id: $id) { status clue { id status } enterprise { name } complaints(first: 1) { totalCount } } }';
  let found: Json = null;
  for (let i = 0; i < 200 && !found?.case?.complaints; i += 1) {
    if (i > 0) await new Promise((next) => setTimeout(next, 50));
    found = (await officer.send(CASE, { id: filed.case.id })).data;
  }
  expect(found.case).toEqual({ status: 'FILED', clue: { id: clueId, status: 'FILED' }, enterprise: { name }, complaints: { totalCount: 0 } });
  expect((await act(head, 'declineToFileCase', { clueId, input: { ground: 'OTHER_LAWFUL', ...why } })).errors[0].extensions).toMatchObject({ code: 'ILLEGAL_TRANSITION', kind: 'CONFLICT', state: 'FILED', basis: { article: '20' } });
});

it('the demo has clues that nobody decided, and they are found as overdue', async () => {
  const province = await hub.as('DRA-210000');
  const { clues } = await province.data<Json>('{ clues(first: 20, filter: { overdue: true }) { totalCount nodes { status overdue met agency { code } } } }');
  expect(clues.totalCount).toBeGreaterThan(3);
  expect(clues.nodes.filter((q: Json) => !q.overdue || q.met !== null || !['RECEIVED', 'VERIFYING', 'AWAITING_TEST'].includes(q.status))).toEqual([]);
});
