import { randomUUID } from 'node:crypto';
import type { HubClient, LiveStream } from './client';
import { referralUpdates } from './operations';
import { day, Desk, filing, police, procuratorate } from './operations-desk';
import { type Stack, startStack } from './stack';

/*
 * One suspected crime from the report to the end of the referral, with the tokens of the agencies concerned, while three of them follow it live.
 */

const court = 'CRT-210100';
const said = { reasons: '【演示】理由' };
const judgment = { judgmentNo: '演示刑初〔2026〕1号', outcome: 'EXEMPT', instance: 'FIRST', judgedOn: day() };

let hub: Stack;
beforeAll(async () => {
  hub = await startStack('over http');
}, 120_000);
afterAll(() => hub?.stop());

interface Told {
  readonly referralUpdated: { readonly position: number; readonly act: string; readonly statusAfter: string; readonly referral: { readonly id: string } | null };
}

/** Sends one act of those that the client operations do not have. */
const act = async (who: HubClient, name: string, id: string, input: object = said): Promise<{ status: string }> => {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  const data = await who.data<Record<string, { referral: { status: string } }>>(
    `mutation Act($id: ID!, $input: ${type}!, $key: ID!) { ${name}(id: $id, input: $input, idempotencyKey: $key) { referral { status } } }`, { id, input, key: randomUUID() },
  );
  return data[name]!.referral;
};

it('is followed live from the report to its end by regulator, police and procuratorate, none missing anything that is theirs', async () => {
  const desk = await Desk.of(hub);
  const [prosecutor, chief, clerk] = await Promise.all([hub.as(procuratorate, 2), hub.as(procuratorate, 1), hub.as(court, 2)]);
  const caseId = await desk.freshCase();
  const followers: Record<string, LiveStream> = {};
  for (const [name, client] of Object.entries({ regulator: desk.officer, police: desk.police, procuratorate: prosecutor })) {
    const { referralEventCursor: after } = await client.data<{ referralEventCursor: string }>(referralUpdates, {}, 'ReferralEventCursor');
    followers[name] = client.follow(referralUpdates, { after }, 'ReferralUpdates');
  }

  const report = { charge: 'FAKE_DRUGS', facts: '【演示】货值明显较大', taskForce: [`${filing}-2`, `${filing}-3`] };
  const { id } = await desk.act(desk.officer, 'SubmitReferralReport', { caseId, input: report });
  await desk.act(desk.head, 'ApproveReferral', { id, input: {} });
  const kinds = ['TRANSFER_LETTER', 'INVESTIGATION_REPORT', 'GOODS_LIST', 'TEST_REPORT'];
  const documents = await Promise.all(kinds.map(async (kind) => ({ kind, title: `【演示】${kind}`, fileId: (await desk.officer.upload(`${kind} ${id}`)).id })));
  await desk.act(desk.officer, 'TransferReferral', { id, input: { policeAgency: police, procuratorateAgency: procuratorate, documents } });
  await desk.act(desk.police, 'SignReferralReceipt', { id, input: { receiptNo: '演示回执' } });
  await desk.act(desk.police, 'RefuseCriminalCase', { id, input: { ...said, decidedOn: day() } });

  // The refusal is fought: the police uphold it, the procuratorate orders the filing.
  await act(desk.officer, 'requestReconsideration', id);
  await act(desk.police, 'decideReconsideration', id, { ...said, outcome: 'UPHELD' });
  await act(desk.officer, 'proposeFilingSupervision', id);
  await act(prosecutor, 'requestNonFilingExplanation', id);
  await act(desk.police, 'explainNonFiling', id);
  await act(chief, 'orderFiling', id);
  await desk.act(desk.police, 'FileCriminalCase', { id, input: { decisionNo: '演示立字〔2026〕1号', charge: 'FAKE_DRUGS', decidedOn: day() } });

  await act(desk.police, 'sendForProsecution', id, { opinionNo: '演示诉字〔2026〕1号' });
  await act(prosecutor, 'returnForInvestigation', id);
  await act(desk.police, 'sendForProsecution', id, { opinionNo: '演示补诉字〔2026〕1号' });
  await act(prosecutor, 'indict', id, { indictmentNo: '演示检刑诉〔2026〕1号', court });
  await act(clerk, 'recordJudgment', id, judgment);
  await act(clerk, 'recordEffectiveJudgment', id, { ...judgment, effectiveOn: day() });

  // Guilty, and exempt from punishment: back to the regulator, who may still penalise.
  await act(clerk, 'sendReverseTransfer', id);
  await act(desk.officer, 'acceptReverseTransfer', id);
  await act(desk.officer, 'returnAdministrativeOutcome', id);
  expect((await act(desk.officer, 'closeReferral', id, {})).status).toBe('CLOSED');

  const told = async (name: string, from: number): Promise<readonly (readonly [position: number, act: string])[]> => {
    const events: (readonly [number, string])[] = [];
    for (let position = 0; position < acts.length; ) {
      const { referralUpdated: event } = await followers[name]!.next<Told>();
      if (event.referral?.id !== id) continue; // the demo's own
      position = event.position;
      events.push([event.position, event.act]);
    }
    expect(events[0]?.[0]).toBe(from);
    return events;
  };
  const acts = [
    'SUBMIT_REFERRAL_REPORT', 'APPROVE_REFERRAL', 'TRANSFER_REFERRAL', 'SIGN_REFERRAL_RECEIPT', 'REFUSE_CRIMINAL_CASE', 'REQUEST_RECONSIDERATION', 'DECIDE_RECONSIDERATION',
    'PROPOSE_FILING_SUPERVISION', 'REQUEST_NON_FILING_EXPLANATION', 'EXPLAIN_NON_FILING', 'ORDER_FILING', 'FILE_CRIMINAL_CASE', 'SEND_FOR_PROSECUTION',
    'RETURN_FOR_INVESTIGATION', 'SEND_FOR_PROSECUTION', 'INDICT', 'RECORD_JUDGMENT', 'RECORD_EFFECTIVE_JUDGMENT', 'SEND_REVERSE_TRANSFER', 'ACCEPT_REVERSE_TRANSFER',
    'RETURN_ADMINISTRATIVE_OUTCOME', 'CLOSE_REFERRAL',
  ].map((name, i) => [i + 1, name] as const);
  expect(await told('regulator', 1)).toEqual(acts);
  // Police and procuratorate have their part from the transfer on.
  expect(await told('police', 3)).toEqual(acts.slice(2));
  expect(await told('procuratorate', 3)).toEqual(acts.slice(2));

  const { referral } = await clerk.data<{ referral: { status: string; case: { status: string }; tracks: unknown[]; judgment: unknown; timeline: { position: number }[] } }>(
    'query R($id: ID!) { referral(id: $id) { status case { status } tracks { kind state } judgment { outcome } timeline { position } } }', { id },
  );
  expect(referral).toEqual({
    status: 'CLOSED', case: { status: 'INVESTIGATING' }, judgment: { outcome: 'EXEMPT' }, timeline: acts.map(([position]) => ({ position })),
    tracks: [{ kind: 'RECONSIDERATION', state: 'UPHELD' }, { kind: 'SUPERVISION', state: 'COMPLIED' }, { kind: 'REVERSE_TRANSFER', state: 'OUTCOME_RETURNED' }],
  });
  await Promise.all(Object.values(followers).map((live) => live.close()));
}, 120_000);

it('shows the procuratorate what stands still, keeps it in the register, and tells it live', async () => {
  const prosecutor = await hub.as(procuratorate, 2);
  const query = '{ supervisionFindings { totalCount } supervisionRecords(first: 20) { totalCount nodes { agency { name } } } }';
  interface Shown { readonly supervisionFindings: { totalCount: number }; readonly supervisionRecords: { totalCount: number; nodes: { agency: { name: string } }[] } }
  const shown = (): Promise<Shown> => prosecutor.data<Shown>(query);
  let now = await shown();
  // What the demo holds at the start is entered by the first look, soon after it.
  for (const end = Date.now() + 20_000; now.supervisionRecords.totalCount < now.supervisionFindings.totalCount && Date.now() < end; ) now = await shown();
  expect(now.supervisionFindings.totalCount).toBeGreaterThan(0);
  expect(now.supervisionRecords.totalCount).toBeGreaterThanOrEqual(now.supervisionFindings.totalCount);
  expect(now.supervisionRecords.nodes.every((r) => r.agency.name !== '')).toBe(true);
  const { supervisionEventCursor: after } = await prosecutor.data<{ supervisionEventCursor: string }>('{ supervisionEventCursor }');
  const live = prosecutor.follow('subscription Found($after: String) { supervisionFound(after: $after) { id kind case { id } } }', { after }, 'Found');
  const desk = await Desk.of(hub);
  const id = await desk.submitted();
  await desk.act(desk.head, 'ApproveReferral', { id, input: {} });
  const documents = await Promise.all(['TRANSFER_LETTER', 'INVESTIGATION_REPORT', 'GOODS_LIST', 'TEST_REPORT'].map(async (kind) => ({
    kind, title: `【演示】${kind}`, fileId: (await desk.officer.upload(`${kind} ${id}`)).id,
  })));
  await desk.act(desk.officer, 'TransferReferral', { id, input: { policeAgency: police, procuratorateAgency: procuratorate, documents } });
  await act(desk.officer, 'recordReceiptRefusal', id);
  const { supervisionFound } = await live.next<{ supervisionFound: { kind: string; case: { id: string } } }>(90_000);
  expect(supervisionFound).toMatchObject({ kind: 'NOT_RECEIVED', case: { id: expect.any(String) } });
  await live.close();
}, 120_000);
