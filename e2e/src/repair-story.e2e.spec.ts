import { randomUUID } from 'node:crypto';
import type { HubClient } from './client';
import { day, Desk } from './operations-desk';
import { type Stack, startStack } from './stack';
import { eventually } from './worker-hub';

/*
 * One penalty from the decision to its repair, through the gateway: what the public, another agency and the agency that decided see of it meanwhile.
 */

const documentNo = `演示市监处罚〔${day().slice(0, 4)}〕90002号`;
const registry = 'DRA-220000';

type Json = ReturnType<typeof JSON.parse>;
let hub: Stack;
beforeAll(async () => {
  hub = await startStack('over http');
}, 120_000);
afterAll(() => hub?.stop());

const act = async (who: HubClient, name: string, type: string, argument: string, id: string, input: object = {}): Promise<string> =>
  (await who.data<Json>(`mutation A($id: ID!, $input: ${type}!, $key: ID!) { ${name}(${argument}: $id, input: $input, idempotencyKey: $key) { repair { id } } }`, { id, input, key: randomUUID() }))[name].repair.id;

it('is shown to everybody, not while the enterprise is restructured, again after that failed, and no more once the enterprise is gone', async () => {
  const desk = await Desk.of(hub);
  const [elsewhere, insurer] = await Promise.all([hub.as(registry, 2), hub.as('MIB-210000', 2)]);
  const caseId = await desk.freshCase();
  await desk.head.data('mutation D($id: ID!, $input: RecordPenaltyDecisionInput!, $key: ID!) { recordPenaltyDecision(caseId: $id, input: $input, idempotencyKey: $key) { penaltyDecision { id } } }', {
    id: caseId, key: randomUUID(), input: {
      documentNo, decidedOn: day(), servedOn: day(), tier: 'ORDINARY', violationType: 'FAKE_DRUGS', articleChangeReason: '【演示】查明事实后认定。', noPersonalPenaltyReason: '【演示】责任人员不明。', items: [
        { kind: 'FINE', partyKind: 'ENTITY', amountFen: 200_000_000, basis: { instrument: '中华人民共和国药品管理法', article: '116' } },
      ],
    },
  });
  const FOUND = 'query P($no: String!) { publicPenalties(filter: { documentNo: $no }) { nodes { id enterprise { uscc } } } }';
  const shown = async (): Promise<Json[]> => (await hub.anonymous.data<Json>(FOUND, { no: documentNo }, 'P', '/public/graphql')).publicPenalties.nodes;
  const [{ id: disclosureId, enterprise: { uscc } }] = await eventually('the decision is published', shown, (nodes) => nodes.length === 1);

  const FILE = 'query F($uscc: ID!) { enterprise(uscc: $uscc) { creditFile { entries(first: 100) { nodes { kind documentNo } } } } }';
  const inFile = async (who: HubClient): Promise<string[]> =>
    (await who.data<Json>(FILE, { uscc })).enterprise.creditFile.entries.nodes.filter((e: Json) => e.documentNo === documentNo).map((e: Json) => e.kind).sort();
  expect([await inFile(insurer), await inFile(desk.officer)]).toEqual([['PENALTY'], ['PENALTY']]);

  const documents = ['APPLICATION', 'COMMITMENT', 'RESTRUCTURING_RULING'];
  const application = { kind: 'RESTRUCTURING', appliedOn: day(), documents, dutiesPerformed: '【演示】分期缴纳。', harmRemoved: '【演示】已改正。' };
  const early = await desk.officer.send('mutation($id: ID!, $input: ApplyForCreditRepairInput!, $key: ID!) { applyForCreditRepair(disclosureId: $id, input: $input, idempotencyKey: $key) { repair { id } } }',
    { id: disclosureId, input: { ...application, kind: 'ORDINARY' }, key: randomUUID() });
  expect(early.errors?.[0]?.extensions).toMatchObject({ code: 'REPAIR_TOO_EARLY', state: 'PUBLISHED', basis: { article: '7-9' } });

  const repairId = await act(desk.officer, 'applyForCreditRepair', 'ApplyForCreditRepairInput', 'disclosureId', disclosureId, application);
  await act(desk.officer, 'acceptRepairApplication', 'CreditRepairActInput', 'id', repairId);
  await act(desk.head, 'grantTemporaryRepair', 'CreditRepairOpinionInput', 'id', repairId);
  expect([await shown(), await inFile(insurer), await inFile(desk.officer)]).toEqual([[], [], ['PENALTY', 'REPAIR']]);
  await act(desk.head, 'endTemporaryRepair', 'CreditRepairReasonsInput', 'id', repairId, { reasons: '【演示】重整计划不能执行。' });
  expect([(await shown()).length, await inFile(insurer)]).toEqual([1, ['PENALTY']]);

  const goneId = await act(desk.officer, 'recordDeregistration', 'RecordDeregistrationInput', 'disclosureId', disclosureId, { deregisteredOn: day(), receiptNo: '演示注销1', registryAgency: registry });
  expect((await shown()).length).toBe(1);
  await act(desk.head, 'grantCreditRepair', 'CreditRepairOpinionInput', 'id', goneId);
  await act(desk.officer, 'executeCreditRepair', 'CreditRepairActInput', 'id', goneId);
  expect([await shown(), await inFile(insurer)]).toEqual([[], []]);
  const told = async (): Promise<Json> => (await elsewhere.data<Json>('query R($id: ID!) { creditRepair(id: $id) { status notifiedOn } }', { id: goneId })).creditRepair;
  expect(await told()).toBeNull();
  await act(desk.officer, 'notifyCreditRepair', 'CreditRepairReceiptInput', 'id', goneId, { receiptNo: '演示回执1' });
  expect(await told()).toEqual({ status: 'NOTIFIED', notifiedOn: day() });
  await act(elsewhere, 'acknowledgeCreditRepair', 'CreditRepairReceiptInput', 'id', goneId, { receiptNo: '演示回执2' });
  expect(await told()).toMatchObject({ status: 'SYNCHRONISED' });
});
