import { randomUUID } from 'node:crypto';
import { referralUpdates } from './operations';
import { day, Desk, filing } from './operations-desk';
import { type Stack, startStack } from './stack';

/** What is done to a case so that officer 3 of its owner sees it no more. */
const closings = {
  'a seal': ['sealCase', 'SealCaseInput', { basis: '【演示】侦查需要', expiresOn: day(60), officers: [`${filing}-1`, `${filing}-2`], parties: [] }],
  'an exclusion': ['excludeOfficer', 'CaseExclusionInput', { agencyCode: filing, officerId: `${filing}-3`, reason: '【演示】利害关系' }],
} as const;

let hub: Stack;
beforeAll(async () => {
  hub = await startStack('in process');
});
afterAll(() => hub?.stop());

it.each(Object.entries(closings))('after %s events that were told before are not replayed, also while others who were told them stay', async (_, [act, input, given]) => {
  const [desk, officer] = await Promise.all([Desk.of(hub), hub.as(filing, 3)]);
  const after = (await officer.data<{ referralEventCursor: string }>(referralUpdates, {}, 'ReferralEventCursor')).referralEventCursor;
  const open = officer.follow(referralUpdates, { after }, 'ReferralUpdates');
  const early = officer.follow(referralUpdates, { after }, 'ReferralUpdates');
  const firsts = [open, early].map((live) => live.next<{ referralUpdated: { act: string } }>());
  const caseId = await desk.freshCase();
  const input1 = { charge: 'FAKE_DRUGS', facts: '【演示】货值明显较大', taskForce: [`${filing}-2`, `${filing}-3`] };
  const { id } = await desk.act(desk.officer, 'SubmitReferralReport', { caseId, input: input1 });
  expect((await Promise.all(firsts)).map(({ referralUpdated }) => referralUpdated.act)).toEqual(['SUBMIT_REFERRAL_REPORT', 'SUBMIT_REFERRAL_REPORT']);

  await desk.act(desk.head, 'ApproveReferral', { id, input: {} });
  await desk.head.data(`mutation A($caseId: ID!, $input: ${input}!, $key: ID!) { ${act}(caseId: $caseId, input: $input, idempotencyKey: $key) { __typename } }`, { caseId, input: given, key: randomUUID() });
  expect((await officer.send('query R($id: ID!) { referral(id: $id) { id } }', { id })).data).toEqual({ referral: null });

  const again = officer.follow(referralUpdates, { after }, 'ReferralUpdates');
  await expect(again.next(2_000)).rejects.toThrow('no event within');
  await Promise.all([open, early, again].map((live) => live.close()));
});
