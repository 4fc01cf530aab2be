import { query, sql } from '@casebridge/platform';
import { publicReader } from '@casebridge/testkit';
import { DisclosureWorld, reviewer } from '../test/disclosure-world';
import { clerk, head } from '../test/listing-world';
import { item } from '../test/world';

const PUBLIC = `query ($e: _Any!, $id: ID!, $uscc: String!) {
  _entities(representations: [$e]) { ... on Enterprise { creditFile { entries { nodes { kind documentNo partyName codes summary } } } } }
  publicPenalty(id: $id) { documentNo partyName penaltySummary fullText correction }
  creditPunishments(filter: { enterpriseUscc: $uscc }) { nodes { kind documentNo partyName } }
  dishonestyListings(filter: { enterpriseUscc: $uscc }) { nodes { documentNo partyName } }
  jointMeasures(filter: { enterpriseUscc: $uscc }) { nodes { kind partyName } }
}`;

let world: DisclosureWorld;
beforeAll(async () => {
  world = await DisclosureWorld.start();
});
afterAll(() => world.stop());

/** A decision of which everything came that can come of one, and is shown. */
async function everything() {
  const { hub } = world;
  const partyName = '示例机密药业有限公司';
  const listingId = await hub.given('PUBLISHED', { partyName, items: [
    item({ partyName }),
    item({ kind: 'INDUSTRY_BAN', partyKind: 'PERSON', partyName: '示例机密人', amountFen: null, startsOn: hub.today, endsOn: '2066-01-01' }),
  ] });
  const ordered = await hub.act(clerk, 'orderJointMeasure', { listingId, input: { kind: 'KEY_SUPERVISION', executor: 'MARKET-own', notice: '演示' } });
  expect(ordered.errors).toBeUndefined();
  const [row] = await query<{ id: string; uscc: string; document_no: string }>(world.em, sql`
    select d.id, d.party_uscc as uscc, d.document_no from disclosure_record d join dishonesty_listing l on l.decision_id = d.decision_id where l.id = ${listingId}`);
  const { id, uscc, document_no: documentNo } = row!;
  const read = async (who: Parameters<DisclosureWorld['ask']>[0] = publicReader): Promise<string> => JSON.stringify(await world.ask(who, PUBLIC, { id, uscc, e: { __typename: 'Enterprise', uscc } }));
  return { id, documentNo, read };
}
const times = (text: string, part: string): number => text.split(part).length - 1;
const must = (who: typeof clerk, act: keyof DisclosureWorld['inputs'], id: string, change: object = {}) => world.hub.must(who, act, id, { ...world.inputs[act](), ...change });

it('a passage that a secrecy review took out is read nowhere, in nothing that came of the decision', async () => {
  const { id, read } = await everything();
  const before = await read();
  expect(times(before, '机密')).toBeGreaterThanOrEqual(8); // record, penalty, listing and its entry among the punishments, ban, measure
  await must(clerk, 'proposeDisclosureWithdrawal', id);
  await must(head, 'withholdDisclosure', id);
  expect(await read()).not.toContain('机密');
  await must(reviewer, 'clearDisclosure', id, { redactions: [{ text: '机密', ground: 'STATE_SECRET' }, { text: '罚款100,000元', ground: 'TRADE_SECRET' }] });
  const after = await read();
  expect(times(after, '不予公开')).toBeGreaterThanOrEqual(times(before, '机密'));
  expect(after).not.toMatch(/机密|罚款100,000元/);
});

it('what a correction changed is read nowhere as it was', async () => {
  const { id, documentNo, read } = await everything();
  await must(clerk, 'proposeDisclosureCorrection', id, {
    partyName: '示例更正药业有限公司', documentNo: '示例更正〔2026〕1号', penaltySummary: '罚款90,000元；对示例机密人：限制从业（更正）', correction: '予以更正。',
  });
  await must(head, 'approveDisclosureCorrection', id);
  const after = await read(clerk);
  expect(after).not.toMatch(new RegExp(`示例机密药业|${documentNo}|100,000元|2066`));
  expect(after).toContain('"summary":"罚款90,000元"');
  expect(after).toContain('"summary":"限制从业（更正）"');
  expect(times(after, '示例更正〔2026〕1号')).toBeGreaterThanOrEqual(6);
});
