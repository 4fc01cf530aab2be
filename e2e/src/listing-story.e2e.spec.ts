import { randomUUID } from 'node:crypto';
import { citizenIdCheckDigit } from '@casebridge/kernel';
import type { HubClient } from './client';
import { day, Desk, filing } from './operations-desk';
import { type Stack, startStack } from './stack';
import { eventually } from './worker-hub';

/*
 * One heavy penalty from the decision to ban, dishonesty list, joint measure and their end, with the tokens of the agencies concerned and what the public sees
 * of it meanwhile.
 */

const above = 'DRA-210000';
const insurer = 'MIB-210000';
const drugLaw = (article: string) => ({ instrument: '中华人民共和国药品管理法', article });
/** Nobody alive: born in 1801. */
const idNo = `21010218010101001${citizenIdCheckDigit('21010218010101001')}`;
const documentNo = `演示市监处罚〔${day().slice(0, 4)}〕90001号`;

type Json = ReturnType<typeof JSON.parse>;
let hub: Stack;
beforeAll(async () => {
  hub = await startStack('over http');
}, 120_000);
afterAll(() => hub?.stop());

const act = (who: HubClient, name: string, type: string, id: string, input: object = {}): Promise<Json> =>
  who.data(`mutation A($id: ID!, $input: ${type}!, $key: ID!) { ${name}(id: $id, input: $input, idempotencyKey: $key) { __typename } }`, { id, input, key: randomUUID() });

it('is followed by a ban, an entry in the list and a joint measure, and everybody sees of it what is his', async () => {
  const desk = await Desk.of(hub);
  const [superior, payer] = await Promise.all([hub.as(above, 1), hub.as(insurer, 2)]);
  const caseId = await desk.freshCase();
  const isBanned = async (): Promise<boolean> =>
    (await hub.anonymous.data<Json>('query B($idNo: String!) { isBanned(idNo: $idNo) { banned } }', { idNo }, 'B', '/public/graphql')).isBanned.banned;
  expect(await isBanned()).toBe(false);

  await desk.head.data('mutation D($id: ID!, $input: RecordPenaltyDecisionInput!, $key: ID!) { recordPenaltyDecision(caseId: $id, input: $input, idempotencyKey: $key) { penaltyDecision { id } } }', {
    id: caseId, key: randomUUID(), input: {
      documentNo, decidedOn: day(), servedOn: day(), tier: 'HEAVY', violationType: 'FAKE_DRUGS', articleChangeReason: '【演示】查明事实后认定。', items: [
        { kind: 'FINE', partyKind: 'ENTITY', amountFen: 200_000_000, basis: drugLaw('116') },
        { kind: 'INDUSTRY_BAN', partyKind: 'PERSON', partyName: '演示责任人员', partyIdNo: idNo, basis: drugLaw('118'), startsOn: day(), forLife: true },
      ],
    },
  });
  await eventually('the ban is known', isBanned, (banned) => banned);
  const checked = await payer.data<Json>('query B($idNo: String!) { isBanned(idNo: $idNo) { bans { partyName forLife documentNo } } }', { idNo });
  expect(checked.isBanned.bans).toEqual([{ partyName: '演示责任人员', forLife: true, documentNo }]);
  expect((await hub.anonymous.send('query B($idNo: String!) { isBanned(idNo: $idNo) { bans { partyName } } }', { idNo }, 'B', '/public/graphql')).errors).toBeDefined();

  const { case: found } = await desk.officer.data<Json>('query C($id: ID!) { case(id: $id) { dishonestyListings { nodes { id status grounds } } } }', { id: caseId });
  expect(found.dishonestyListings.nodes).toEqual([{ id: expect.any(String), status: 'CANDIDATE', grounds: ['FAKE_OR_SUBSTANDARD_DRUGS'] }]);
  const { id } = found.dishonestyListings.nodes[0];
  const toPublic = async (): Promise<Json> => (await hub.anonymous.data<Json>(
    'query L($id: ID!) { dishonestyListing(id: $id) { status partyName endsOn enterprise { uscc name } jointMeasures { nodes { kind status executor { code } } } } }', { id }, 'L', '/public/graphql')).dishonestyListing;
  expect(await toPublic()).toBeNull();

  // The notice went with that of the penalty; the time to be heard is over.
  await act(desk.officer, 'serveListingNotice', 'ServeListingNoticeInput', id, { noticeNo: '演示列告〔2026〕1号', servedOn: day(-30), grounds: ['FAKE_OR_SUBSTANDARD_DRUGS'], facts: '【演示】情节严重。' });
  const early = await desk.head.send('mutation($id: ID!, $key: ID!) { decideListing(id: $id, idempotencyKey: $key, input: { listingNo: "1", decidedOn: "2026-01-01", reasons: "1", consequences: "1", exitTerms: "1", remedies: "1" }) { __typename } }', { id, key: randomUUID() });
  expect(early.errors?.[0]?.extensions).toMatchObject({ code: 'CONSENT_REQUIRED', state: 'NOTICE_SERVED', basis: { article: '22' } });
  await act(desk.head, 'requestListingConsent', 'ListingReasonsInput', id, { reasons: '【演示】拟列入。' });
  await act(superior, 'consentToListing', 'ListingOpinionInput', id, { opinion: '【演示】同意。' });
  await act(desk.head, 'decideListing', 'DecideListingInput', id, {
    listingNo: '演示列〔2026〕1号', decidedOn: day(), reasons: '【演示】', consequences: '【演示】', exitTerms: '【演示】', remedies: '【演示】',
  });
  await act(desk.officer, 'publishListing', 'ListingActInput', id);
  expect(await toPublic()).toMatchObject({ status: 'PUBLISHED', enterprise: { name: expect.any(String) }, jointMeasures: { nodes: [] } });

  await desk.officer.data('mutation O($id: ID!, $input: OrderJointMeasureInput!, $key: ID!) { orderJointMeasure(listingId: $id, input: $input, idempotencyKey: $key) { measure { id } } }', {
    id, key: randomUUID(), input: { kind: 'PROCUREMENT_SCRUTINY', executor: insurer, notice: '【演示】请在集中采购中作为重要考量因素。' },
  });
  const asked = async (): Promise<Json> =>
    (await payer.data<Json>(`{ jointMeasures(filter: { executor: "${insurer}", agency: "${filing}" }, first: 100) { nodes { id status notice listing { id } } } }`)).jointMeasures.nodes.find((m: Json) => m.listing?.id === id);
  const measure = await asked();
  expect(measure).toMatchObject({ status: 'ORDERED', notice: '【演示】请在集中采购中作为重要考量因素。' });
  await act(payer, 'reportMeasureExecuted', 'MeasureFeedbackInput', measure.id, { text: '【演示】已执行。', on: day() });
  expect((await toPublic()).jointMeasures.nodes).toEqual([{ kind: 'PROCUREMENT_SCRUTINY', status: 'EXECUTED', executor: { code: insurer } }]);

  // The penalty is revoked, and all that rests on it ends.
  await act(desk.head, 'revokeListing', 'RevokeListingInput', id, { reasons: '【演示】处罚决定被撤销。', decisionRevokedOn: day() });
  expect(await toPublic()).toBeNull();
  await eventually('the executor is to lift it', async () => (await payer.data<Json>('query M($id: ID!) { jointMeasure(id: $id) { status } }', { id: measure.id })).jointMeasure.status, (status) => status === 'DUE_FOR_LIFTING');
  await act(payer, 'liftJointMeasure', 'MeasureFeedbackInput', measure.id, { text: '【演示】已解除。', on: day() });
  const { dishonestyListing: end } = await desk.officer.data<Json>('query E($id: ID!) { dishonestyListing(id: $id) { status acts { act } jointMeasures { nodes { status } } } }', { id });
  expect(end).toMatchObject({ status: 'REVOKED', jointMeasures: { nodes: [{ status: 'LIFTED' }] } });
  expect(end.acts).toHaveLength(6);
});
