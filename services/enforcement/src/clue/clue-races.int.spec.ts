import { type Principal, systemClock } from '@casebridge/kernel';
import { clueHistory, clueIn, clueInput, clueRow, filingInput, head, receiver, regulator, saidOf, tryClue } from '../testing/clues';
import { type Input, ReferralWorld } from '../testing/referral-world';
import type { ClueActName } from './clue.machine';

let world: ReferralWorld;
beforeAll(async () => {
  world = await ReferralWorld.start(systemClock);
});
afterAll(() => world.stop());

const times = <T>(n: number, make: (i: number) => T): T[] => Array.from({ length: n }, (_, i) => make(i));
const conflicts = times(9, () => ['CONFLICT', 'CONFLICT']);
/** Received a while ago by the clock on the wall. */
const agoInput = (minutes: number): Input => ({ receivedAt: new Date(systemClock.now().getTime() - minutes * 60_000).toISOString() });

describe('ten calls at once with ten keys: one success, nine CONFLICT', () => {
  const races: readonly (readonly [ClueActName, Principal, 'RECEIVED' | 'VERIFYING' | 'AWAITING_TEST', () => Input])[] = [
    ['beginClueVerification', regulator, 'RECEIVED', () => ({})],
    ['sendClueForTesting', regulator, 'VERIFYING', () => ({ kind: 'TESTING', testedBy: '演示检测机构' })],
    ['recordClueTestResult', regulator, 'AWAITING_TEST', () => ({ result: '演示' })],
    ['extendClueReview', head, 'VERIFYING', () => ({ reasons: '演示' })],
    ['fileCase', head, 'VERIFYING', () => filingInput()],
    ['declineToFileCase', head, 'VERIFYING', () => ({ ground: 'OTHER_LAWFUL', reasons: '演示' })],
    ['transferClue', head, 'VERIFYING', () => ({ agency: receiver, reasons: '演示' })],
  ];

  it.each(races)('%s', async (act, who, status, input) => {
    const id = await clueIn(world, status, agoInput(10));
    const { version } = await clueRow(world, id);
    const [before] = await world.db.query<{ cases: number; clues: number }[]>('select (select count(*)::int from admin_case) as cases, (select count(*)::int from clue) as clues');
    const answers = await Promise.all(times(10, () => tryClue(world, act, who, id, input())));
    expect(answers.filter((a) => !a.errors)).toHaveLength(1);
    expect(answers.flatMap((a) => a.errors ?? []).map((e) => [e.extensions['code'], e.extensions['kind']])).toEqual(conflicts);
    expect((await clueRow(world, id)).version).toBe(version + 1);
    expect((await clueHistory(world, id)).map((h) => h.position)).toEqual(times(version + 1, (i) => i + 1));
    expect((await saidOf(world, `clue:${id}`)).map((e) => e.data['version'])).toEqual(times(version + 1, (i) => i + 1));
    expect(await world.db.query('select (select count(*)::int from admin_case) as cases, (select count(*)::int from clue) as clues')).toEqual([
      { cases: before!.cases + (act === 'fileCase' ? 1 : 0), clues: before!.clues + (act === 'transferClue' ? 1 : 0) },
    ]);
  });

  it('recordClue with one number', async () => {
    const input = clueInput({ ...agoInput(5), sourceRef: '并发-1' });
    const answers = await Promise.all(times(10, () => tryClue(world, 'recordClue', regulator, null, input)));
    expect(answers.filter((a) => !a.errors)).toHaveLength(1);
    expect(answers.flatMap((a) => a.errors ?? []).map((e) => [e.extensions['code'], e.extensions['kind']])).toEqual(conflicts);
    expect(await world.db.query('select 1 from clue where source_ref = $1', ['并发-1'])).toHaveLength(1);
  });
});

it('a number that was taken before is no lost race', async () => {
  const input = clueInput({ ...agoInput(5), sourceRef: '先后-1' });
  await tryClue(world, 'recordClue', regulator, null, input);
  await new Promise((resolve) => setTimeout(resolve, 20));
  const { errors } = await tryClue(world, 'recordClue', regulator, null, input);
  expect(errors?.map((e) => e.extensions['code'])).toEqual(['CLUE_ALREADY_RECORDED']);
});

it('clues that are merged into each other at once do not wait for each other: each is left, or goes into an older one that stays', async () => {
  const ids = await Promise.all(times(6, (i) => clueIn(world, 'RECEIVED', agoInput(100 - i))));
  const answers = await Promise.all(ids.flatMap((id) => ids.filter((into) => into !== id).map((into) => tryClue(world, 'mergeClue', regulator, id, { into, reasons: '演示' }))));
  const codes = new Set(answers.flatMap((a) => a.errors ?? []).map((e) => e.extensions['code']));
  expect([...codes].filter((code) => !['CONFLICT', 'BAD_USER_INPUT', 'ILLEGAL_TRANSITION'].includes(code as string))).toEqual([]);
  const rows = await Promise.all(ids.map((id) => clueRow(world, id)));
  expect(rows[0]).toMatchObject({ status: 'RECEIVED', mergedIntoId: null });
  for (const row of rows.slice(1)) {
    if (row.status === 'RECEIVED') continue;
    const into = rows.find((r) => r.id === row.mergedIntoId);
    expect(into!.receivedAt.getTime()).toBeLessThan(row.receivedAt.getTime());
  }
});
