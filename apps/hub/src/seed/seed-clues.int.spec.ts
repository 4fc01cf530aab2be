import 'reflect-metadata';
import { ClueActEntity, ClueEntity, enforcementService, importAgencies } from '@casebridge/enforcement';
import { type ClueAct, demoAgencies } from '@casebridge/contracts';
import { FixedClock } from '@casebridge/kernel';
import { unitOfWork } from '@casebridge/platform';
import { officer, type ServiceHarness, startServiceForTest } from '@casebridge/testkit';
import { CollectedWorld, eventsOf, grouped, tables } from './testing/collected-world';
import { bare, plainEvent } from './testing/comparing';
import type { LoggedEvent } from './world/tables';

/*
 * Some clues of the demo, done once more by the use cases of the service at the instants at which the demo has them: what they write must be
 * what the demo wrote, ids aside.
 */

const world = new CollectedWorld('demo', 1);
const clues = world.all(tables.clue);
const byId = new Map(clues.map((q) => [q.id, q]));
const histories = grouped(world.all(tables.clueAct), (a) => a.clueId);
const cases = new Map(world.all(tables.adminCase).map((c) => [c.caseId, c]));
const events = grouped(eventsOf(world, 'enforcement'), (e) => e.subject);

/** One clue for every way that acts follow one another. */
const chosen = [...grouped(clues, (q) => `${(histories.get(q.id) ?? []).map((a) => a.act).join(' ')} ${q.nonFilingGround} ${q.transferredToCode} ${q.met} ${q.transferredFromId === null}`).values()]
  .map(([first]) => first!);

const names: Readonly<Record<ClueAct, string>> = {
  RECORD_CLUE: 'recordClue', BEGIN_CLUE_VERIFICATION: 'beginClueVerification', SEND_CLUE_FOR_TESTING: 'sendClueForTesting', RECORD_CLUE_TEST_RESULT: 'recordClueTestResult',
  EXTEND_CLUE_REVIEW: 'extendClueReview', FILE_CASE: 'fileCase', DECLINE_TO_FILE_CASE: 'declineToFileCase', TRANSFER_CLUE: 'transferClue', MERGE_CLUE: 'mergeClue',
};

describe('demo clues, done again by the use cases', () => {
  const clock = new FixedClock('2021-08-01T00:00:00Z');
  let hub: ServiceHarness;
  /** The clue of the demo → the one made here. */
  const made = new Map<string, string>();
  beforeAll(async () => {
    hub = await startServiceForTest(enforcementService, { clock });
    await unitOfWork(hub.service.deps, (tx) => importAgencies(tx, demoAgencies));
  });
  afterAll(() => hub.stop());

  const inputs: Readonly<Record<ClueAct, (q: ClueEntity, a: ClueActEntity) => Record<string, unknown>>> = {
    RECORD_CLUE: (q) => ({
      source: q.source, sourceRef: q.sourceRef, receivedAt: q.receivedAt, region: q.regionCode, enterpriseUscc: q.enterpriseUscc, partyKind: q.partyKind, partyName: q.partyName,
      productKind: q.productKind, productNames: q.productNames, batchNo: q.batchNo, facts: q.facts,
      suspectedArticles: q.suspectedArticles.map(({ instrument, article }) => ({ instrument, article })),
    }),
    BEGIN_CLUE_VERIFICATION: () => ({}),
    SEND_CLUE_FOR_TESTING: (_, { detail }) => ({ kind: detail.testKind, testedBy: detail.testedBy }),
    RECORD_CLUE_TEST_RESULT: (_, { detail }) => ({ result: detail.result }),
    EXTEND_CLUE_REVIEW: (_, { detail }) => ({ reasons: detail.reasons }),
    FILE_CASE: (q) => {
      const c = cases.get(q.caseId!)!;
      return {
        conditions: { primaFacieEvidence: true, penaltyDue: true, ownJurisdiction: true, withinLimitation: true }, caseNo: c.caseNo, officers: q.caseOfficers,
        violationType: c.violationType, domain: c.domain, productId: c.productId, goodsValueFen: c.goodsValueFen, testRequired: c.testRequired,
      };
    },
    DECLINE_TO_FILE_CASE: (q) => ({ ground: q.nonFilingGround, reasons: q.reasons }),
    TRANSFER_CLUE: (q) => ({ agency: q.transferredToCode, reasons: q.reasons }),
    MERGE_CLUE: (q) => ({ into: made.get(q.mergedIntoId!), reasons: q.reasons }),
  };

  async function send(q: ClueEntity, entry: ClueActEntity): Promise<string> {
    clock.set(entry.at);
    const act = names[entry.act];
    const first = entry.act === 'RECORD_CLUE';
    const input = `${act.charAt(0).toUpperCase()}${act.slice(1)}Input`;
    const [, agency, number] = /^(.+)-(\d+)$/.exec(entry.officerId)!;
    const answer = await hub.as(officer(agency!, Number(number))).send<{ m: { clue: { id: string } } }>(
      `mutation($input: ${input}!, $key: ID!${first ? '' : ', $id: ID!'}) { m: ${act}(${first ? '' : 'clueId: $id, '}input: $input, idempotencyKey: $key) { clue { id } } }`,
      { input: inputs[entry.act](q, entry), key: entry.id, ...(first ? {} : { id: made.get(q.id) }) });
    expect({ act, errors: answer.errors?.map((e) => e.message) }).toEqual({ act, errors: undefined });
    return answer.data!.m.clue.id;
  }

  /** A clue with all its acts; what it was transferred from or merged into comes first. */
  async function redo(q: ClueEntity): Promise<void> {
    if (made.has(q.id)) return;
    for (const before of [q.transferredFromId, q.mergedIntoId]) if (before !== null) await redo(byId.get(before)!);
    const history = histories.get(q.id)!;
    if (q.transferredFromId === null) made.set(q.id, await send(q, history[0]!));
    else made.set(q.id, (await hub.dataSource.getRepository(ClueEntity).findOneByOrFail({ transferredFromId: made.get(q.transferredFromId)! })).id);
    for (const entry of history.slice(1)) await send(q, entry);
  }

  it('has a clue for every act', () => {
    expect(chosen.length).toBeGreaterThanOrEqual(12);
    expect(new Set(chosen.flatMap((q) => histories.get(q.id)!.map((a) => a.act))).size).toBe(Object.keys(names).length);
  });

  it.each(chosen.map((q) => [`${q.status} ${q.sourceRef ?? 'transferred'}`, q] as const))('writes what the demo has of %s', async (_, seeded) => {
    await redo(seeded);
    const id = made.get(seeded.id)!;
    const left = ['clueId', 'caseId', 'mergedIntoId', 'transferredFromId'];
    expect(bare(await hub.dataSource.getRepository(ClueEntity).findBy({ id }), ...left)).toEqual(bare([seeded], ...left));
    expect(bare(await hub.dataSource.getRepository(ClueActEntity).find({ where: { clueId: id }, order: { position: 'ASC' } }), ...left)).toEqual(bare(histories.get(seeded.id)!, ...left));
    const logged: LoggedEvent[] = await hub.dataSource.query('select type, subject, occurred_at as "occurredAt", data from outbox_event where subject = $1 order by seq', [`clue:${id}`]);
    expect(logged.map(plainEvent(new Map()))).toEqual(events.get(`clue:${seeded.id}`)!.map(plainEvent(new Map())));
    if (seeded.caseId === null) return;
    // The case begins as the demo's: by the event that makes it known.
    const { caseId } = await hub.dataSource.getRepository(ClueEntity).findOneByOrFail({ id });
    const opened: LoggedEvent[] = await hub.dataSource.query('select type, subject, occurred_at as "occurredAt", data from outbox_event where subject = $1', [`case:${caseId}`]);
    expect(opened.map(plainEvent(new Map()))).toEqual(events.get(`case:${seeded.caseId}`)!.slice(0, 1).map(plainEvent(new Map())));
  });
});
