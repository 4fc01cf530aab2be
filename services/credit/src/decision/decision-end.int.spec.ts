import { withdrawalCause } from '@casebridge/contracts';
import { query, sql } from '@casebridge/platform';
import { publicReader } from '@casebridge/testkit';
import { DisclosureWorld } from '../test/disclosure-world';
import { clerk, head } from '../test/listing-world';
import { item } from '../test/world';

/*
 * What becomes of all that came of a decision when its publication ends, or is kept back.
 */

const ALL = `query ($e: _Any!, $uscc: String!) {
  _entities(representations: [$e]) { ... on Enterprise { creditFile { entries { nodes { kind } } } } }
  creditPunishments(filter: { enterpriseUscc: $uscc }) { nodes { kind } }
  dishonestyListings(filter: { enterpriseUscc: $uscc }) { nodes { id } }
  jointMeasures(filter: { enterpriseUscc: $uscc }) { nodes { id } }
}`;
type Json = ReturnType<typeof JSON.parse>;

let world: DisclosureWorld;
beforeAll(async () => {
  world = await DisclosureWorld.start();
});
afterAll(() => world.stop());

const must = (who: typeof clerk, act: keyof DisclosureWorld['inputs'], id: string, change: object = {}) => world.hub.must(who, act, id, { ...world.inputs[act](), ...change });

/** A decision that was followed by a ban, a listing and a measure; all of it is shown. */
async function everything() {
  const { hub } = world;
  const ban = item({ kind: 'INDUSTRY_BAN', partyKind: 'PERSON', partyName: '示例当事人甲', amountFen: null, startsOn: hub.today, endsOn: '2066-01-01' });
  const listingId = await hub.given('PUBLISHED', { items: [item(), ban] });
  const { errors } = await hub.act(clerk, 'orderJointMeasure', { listingId, input: { kind: 'KEY_SUPERVISION', executor: 'MARKET-own', notice: '演示' } });
  expect(errors).toBeUndefined();
  const [row] = await query<{ id: string; uscc: string; decision: string; caseId: string }>(world.em, sql`
    select d.id, d.party_uscc as uscc, d.decision_id as decision, d.case_id as "caseId" from disclosure_record d join dishonesty_listing l on l.decision_id = d.decision_id where l.id = ${listingId}`);
  const { uscc } = row!;
  /** How much of each there is: punishments, listings, measures, and the lines of the file by their kind. */
  const seen = async (who: Parameters<DisclosureWorld['ask']>[0] = publicReader) => {
    const { _entities: [{ creditFile }], creditPunishments, dishonestyListings, jointMeasures } = await world.ask<Json>(who, ALL, { uscc, e: { __typename: 'Enterprise', uscc } });
    return [creditPunishments.nodes.length, dishonestyListings.nodes.length, jointMeasures.nodes.length, creditFile.entries.nodes.map((n: Json) => n.kind as string).sort().join(' ')];
  };
  return { ...row!, listingId, seen };
}
const all = [2, 1, 1, 'BAN LISTING MEASURE PENALTY PENALTY'];
const none = [0, 0, 0, ''];

it.each(withdrawalCause.codes)('a withdrawal by the authority for the cause %s ends what the decision did to names, if the decision no longer stands', async (cause) => {
  const { id, listingId, decision, seen } = await everything();
  expect(await seen()).toEqual(all);
  const causeOn = world.hub.today;
  await must(clerk, 'proposeDisclosureWithdrawal', id, { cause });
  expect(await seen()).toEqual(all);
  await must(head, 'approveDisclosureWithdrawal', id);
  expect(await seen()).toEqual(none);
  const stands = cause === 'NOT_TO_BE_DISCLOSED';
  expect((await world.hub.row(listingId)).status).toBe(stands ? 'PUBLISHED' : 'REVOKED');
  const bans = await query(world.em, sql`select revoked_at is null as lasts from credit_punishment where decision_id = ${decision}`);
  expect(bans).toEqual([{ lasts: stands }, { lasts: stands }]);
  const penalties = await query(world.em, sql`select overturned_on::text as day from credit_penalty where decision_id = ${decision}`);
  expect(penalties).toEqual(Array.from({ length: 2 }, () => ({ day: stands ? null : causeOn })));
});

it('while publication is deferred or withheld, the public reads nothing of what came of the decision, and all of it again afterwards', async () => {
  const { id, caseId, seen } = await everything();
  const inside = await seen(clerk);
  const deferral = await world.deferral(caseId);
  expect([await seen(), await seen(clerk)]).toEqual([none, inside]);
  await must(head, 'liftDisclosureDeferral', deferral);
  expect(await seen()).toEqual(all);
  await must(clerk, 'proposeDisclosureWithdrawal', id);
  await must(head, 'withholdDisclosure', id);
  expect([await seen(), await seen(clerk)]).toEqual([none, inside]);
  await must(clerk, 'clearDisclosure', id);
  expect(await seen()).toEqual(all);
});
