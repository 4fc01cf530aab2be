import { systemClock } from '@casebridge/kernel';
import { committedAfter, noteActCommit, query, sql } from '@casebridge/platform';
import { sendAct } from '../testing/acts';
import { filing, head, ReferralWorld } from '../testing/referral-world';

let world: ReferralWorld;
beforeAll(async () => {
  world = await ReferralWorld.start(systemClock);
});
afterAll(() => world.stop());

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const exclude = (caseId: string, officer: string, receivedAt?: Date) =>
  sendAct(world, head, 'excludeOfficer', { caseId, input: { agencyCode: filing, officerId: `${filing}-${officer}`, reason: '演示回避' } }, { receivedAt });
const outcome = async (answer: ReturnType<typeof exclude>): Promise<unknown> => (await answer).errors?.map((e) => e.extensions['code']).join() ?? 'done';

describe('ten exclusions at once, by the clock on the wall', () => {
  it('have one effect; nine hear that the race is lost', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { caseId } = await world.givenCase();
      await pause(5);
      const outcomes = await Promise.all(Array.from({ length: 10 }, () => outcome(exclude(caseId, '4'))));
      expect(outcomes.sort()).toEqual([...Array.from({ length: 9 }, () => 'CONFLICT'), 'done']);
      expect((await world.case(caseId)).excluded).toEqual([`${filing}/${filing}-4`]);
    }
  });
});

describe('of two exclusions', () => {
  it('the one that came while the other was at work lost the race, the one that came after its answer is plainly wrong', async () => {
    const { caseId } = await world.givenCase();
    const calls: Promise<unknown>[] = [];
    let meanwhile = systemClock.now();
    await world.act(async (tx) => {
      await query(tx.em, sql`select 1 from admin_case where case_id = ${caseId} for update`);
      calls.push(outcome(exclude(caseId, '4')));
      await pause(30);
      meanwhile = systemClock.now(); // the winner's act has begun: its own time is earlier than this
      calls.push(outcome(exclude(caseId, '4')));
      await pause(30);
    });
    expect(await Promise.all(calls)).toEqual(['done', 'CONFLICT']);
    await pause(5);
    expect(await outcome(exclude(caseId, '4'))).toBe('ALREADY_EXCLUDED');
    // A request that arrived meanwhile and was only now taken up.
    expect(await outcome(exclude(caseId, '4', meanwhile))).toBe('CONFLICT');
  });
});

describe('an act that another process did', () => {
  /** Without a word to this process; begun long before it was committed. */
  async function doneElsewhere(caseId: string): Promise<{ readonly arrived: Date; readonly committed: Date }> {
    const arrived = systemClock.now();
    await pause(5);
    const committed = systemClock.now();
    await world.act(async (tx) => {
      const mark = `${filing}/${filing}-4`;
      await query(tx.em, sql`update admin_case set excluded = ${[mark]}::text[], version = version + 1, updated_at = ${new Date(arrived.getTime() - 50)} where case_id = ${caseId}`);
      await noteActCommit(tx.em, [caseId], committed);
    });
    return { arrived, committed };
  }

  it('overtakes a request that had arrived before it was committed, and none that came later', async () => {
    const { caseId } = await world.givenCase();
    const { arrived, committed } = await doneElsewhere(caseId);
    expect(await outcome(exclude(caseId, '4', arrived))).toBe('CONFLICT');
    expect(await outcome(exclude(caseId, '4', new Date(committed.getTime() + 1)))).toBe('ALREADY_EXCLUDED');
  });

  it('is noted by every act as it is committed, for some minutes', async () => {
    const { caseId } = await world.givenCase();
    const before = systemClock.now();
    await pause(3);
    expect(await outcome(exclude(caseId, '4'))).toBe('done');
    await pause(3);
    expect([await committedAfter(world.db.manager, caseId, before), await committedAfter(world.db.manager, caseId, systemClock.now())]).toEqual([true, false]);
    await world.act((tx) => noteActCommit(tx.em, ['another'], new Date(systemClock.now().getTime() + 11 * 60_000)));
    expect(await committedAfter(world.db.manager, caseId, before)).toBe(false);
  });
});
