import { randomUUID } from 'node:crypto';
import type { HubClient } from './client';
import { day } from './operations-desk';
import { type Stack, startStack } from './stack';

/*
 * A case from its clue to the archive, through the gateway: investigation, review by the head, notice, answer, decision, service, payment, closing.
 */

const city = 'MRA-210100';
type Json = ReturnType<typeof JSON.parse>;

let hub: Stack;
beforeAll(async () => {
  hub = await startStack('in process');
});
afterAll(() => hub?.stop());

const send = (client: HubClient, act: string, id: Record<string, string>, input: Record<string, unknown>, type: string, selection: string): Promise<Json> => {
  const [name, value] = Object.entries(id)[0] ?? [];
  const [declared, given] = name ? [', $id: ID!', `${name}: $id, `] : ['', ''];
  return client.send(`mutation A($input: ${type}!, $key: ID!${declared}) { act: ${act}(${given}input: $input, idempotencyKey: $key) { ${selection} } }`, { key: randomUUID(), input, ...(name ? { id: value } : {}) });
};
const must = async (answer: Promise<Json>): Promise<Json> => {
  const { data, errors } = await answer;
  if (errors) throw new Error(JSON.stringify(errors));
  return data.act;
};

it('goes step by step, and every step is in its history with its article', async () => {
  const [officer, head, superior] = await Promise.all([hub.as(city), hub.as(city, 1), hub.as('DRA-210000')]);
  const today = day();
  const { cases } = await officer.data<Json>('{ cases(first: 20) { nodes { enterprise { uscc name } } } }');
  const { uscc, name } = cases.nodes.map((c: Json) => c.enterprise).find((e: Json) => e?.name);
  const { clue } = await must(send(officer, 'recordClue', {}, {
    source: 'INSPECTION', receivedAt: new Date(Date.now() - 3_600_000).toISOString(), region: '210102', enterpriseUscc: uscc, partyName: name, productKind: 'DRUG', facts: '【演示】未按规定实施追溯制度。',
  }, 'RecordClueInput', 'clue { id }'));
  await must(send(officer, 'beginClueVerification', { clueId: clue.id }, {}, 'BeginClueVerificationInput', 'clue { id }'));
  const conditions = { primaFacieEvidence: true, penaltyDue: true, ownJurisdiction: true, withinLimitation: true };
  const officers = [`${city}-2`, `${city}-3`];
  const filed = await must(send(head, 'fileCase', { clueId: clue.id },
    { conditions, caseNo: '演示市监立〔2026〕90011号', officers, violationType: 'TRACEABILITY_BREACH', domain: 'DRUG' }, 'FileCaseInput', 'clue { case { id } }'));
  const caseId = filed.clue.case.id as string;

  const step = (client: HubClient, act: string, input: Record<string, unknown>, type = `${act.charAt(0).toUpperCase()}${act.slice(1)}Input`): Promise<Json> =>
    send(client, act, { caseId }, input, type, 'case { id status decisionOverdue stepDeadline { rule lastDay } } warnings { code }');
  await must(step(officer, 'beginInvestigation', { officers }));
  await must(step(officer, 'concludeInvestigation', { report: '【演示】事实清楚。' }));
  await must(step(officer, 'sendCaseForReview', { kind: 'LEGAL_REVIEW' }));
  expect((await step(officer, 'passCaseReview', { opinion: '同意' }, 'CaseReviewInput')).errors[0].extensions).toMatchObject({ code: 'FORBIDDEN', state: 'UNDER_REVIEW', basis: { article: '58' } });
  await must(step(head, 'passCaseReview', { opinion: '【演示】同意。' }, 'CaseReviewInput'));
  const noticed = await must(step(officer, 'serveCaseNotice', { servedOn: today, facts: '【演示】拟罚款。', kinds: ['FINE'], fineFen: 5_000_000 }));
  expect(noticed.case).toMatchObject({ status: 'NOTICE_SERVED', decisionOverdue: false, stepDeadline: { rule: 'noticeAnswer', lastDay: expect.any(String) as string } });

  const decision = {
    documentNo: '演示市监处罚〔2026〕90011号', decidedOn: today, tier: 'ORDINARY',
    items: [{ kind: 'FINE', partyKind: 'ENTITY', amountFen: 5_000_000, basis: { instrument: '中华人民共和国药品管理法', article: '127' } }],
  };
  const decide = (): Promise<Json> => send(head, 'recordPenaltyDecision', { caseId }, decision, 'RecordPenaltyDecisionInput', 'penaltyDecision { id } warnings { code }');
  expect((await decide()).errors[0].extensions).toMatchObject({ code: 'UNLAWFUL_DECISION', basis: { article: '57' } });
  await must(step(officer, 'recordPartyStatement', { statement: '【演示】无异议。', waives: true }));
  const decided = await must(decide());
  expect(decided.warnings).toEqual([]);
  const decisionId = decided.penaltyDecision.id as string;
  await must(send(head, 'recordPenaltyService', { decisionId }, { servedOn: today }, 'RecordPenaltyServiceInput', 'case { status }'));
  await must(step(officer, 'recordFinePayment', { decisionId, paidOn: today, amountFen: 5_000_000 }));
  await must(step(head, 'closeCase', { ground: 'PERFORMED', groundOn: today, reasons: '【演示】已缴清。' }));
  await must(step(officer, 'archiveCase', { mainVolume: ['【演示】行政处罚决定书'], subVolume: [] }));

  const READ = 'query C($id: ID!) { case(id: $id) { status decisionOverdue enterprise { name } steps { position act basis { article } } penaltyDecision { execution { paidFen surchargeFen overdue } } } }';
  const shown = (await officer.data<Json>(READ, { id: caseId })).case;
  expect(shown).toMatchObject({ status: 'ARCHIVED', decisionOverdue: false, enterprise: { name }, penaltyDecision: { execution: { paidFen: 5_000_000, surchargeFen: 0, overdue: false } } });
  expect(shown.steps.map((s: Json) => `${s.position} ${s.act} ${s.basis.article}`)).toEqual([
    '1 BEGIN_INVESTIGATION 22', '2 CONCLUDE_INVESTIGATION 48', '3 SEND_CASE_FOR_REVIEW 49', '4 PASS_CASE_REVIEW 58', '5 SERVE_CASE_NOTICE 44', '6 RECORD_PARTY_STATEMENT 57',
    '7 RECORD_FINE_PAYMENT 67', '8 CLOSE_CASE 77', '9 ARCHIVE_CASE 78',
  ]);
  // The superior sees how the case stands, not what was written inside; the public nothing.
  expect((await superior.data<Json>(READ, { id: caseId })).case).toMatchObject({ status: 'ARCHIVED', steps: null, penaltyDecision: { execution: null } });
  expect((await hub.anonymous.send(READ, { id: caseId })).data?.['case'] ?? null).toBeNull();
});
