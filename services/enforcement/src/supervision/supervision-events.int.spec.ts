import { FixedClock, type Principal } from '@casebridge/kernel';
import { officer } from '@casebridge/testkit';
import { heartbeat } from '../shared/live-events';
import { caughtUp, errorsOf, until } from '../testing/referral-follower';
import { clueIn, doClue, filingInput } from '../testing/clues';
import { filing, head, investigator, otherProcuratorate, police, procuratorate, ReferralWorld, regulator } from '../testing/referral-world';
import { dataOf } from '../testing/world';
import { findWhatStandsStill } from './supervision.job';

const DAY = 86_400_000;
const started = new Date(); // tokens of the test officers count from now on
const clock = new FixedClock(started);
/** Their tokens outlive the waits of these stories. */
const of = (code: string, number = 2) => officer(code, number, { expiresAt: new Date(started.getTime() + 90 * DAY) });
const prosecutor = of(procuratorate);
let world: ReferralWorld;
beforeEach(async () => {
  heartbeat.everyMs = 40;
  clock.set(started);
  world = await ReferralWorld.start(clock);
});
afterEach(async () => {
  heartbeat.everyMs = 20_000;
  await world.stop();
});

interface Told { id: string; kind: string; cursor: string; agency: { code: string }; case: { id: string } | null }
const look = (): Promise<void> => world.act((tx) => findWhatStandsStill.run(tx, world.harness.service.deps));
const cursorOf = async (who: Principal): Promise<string> => dataOf(await world.send<{ supervisionEventCursor: string }>(who, '{ supervisionEventCursor }')).supervisionEventCursor;
const operation = 'subscription S($after: String, $kinds: [SupervisionFindingKind!]) { supervisionFound(after: $after, kinds: $kinds) { id kind cursor agency { code } case { id } } }';

async function follow(who: Principal, variables: Record<string, unknown> = {}) {
  const stream = await world.subscribe(who, operation, variables);
  if (!(Symbol.asyncIterator in stream)) throw new Error(JSON.stringify(errorsOf(stream)));
  const told: Told[] = [];
  let beats = 0;
  const reading = (async () => {
    for await (const result of stream) {
      if (result.data) told.push(result.data['supervisionFound'] as Told);
      else beats += 1;
    }
  })();
  return {
    told,
    /** Waits until two heartbeats after all that happened: nothing more will come. */
    end: async (): Promise<Told[]> => {
      await caughtUp(world);
      const from = beats;
      await until(() => beats >= from + 2);
      await Promise.all([stream.return(), reading]);
      return told;
    },
  };
}
const kinds = (told: readonly Told[]): unknown[] => told.map((t) => [t.kind, t.agency.code]);
const records = async (who: Principal, filter: Record<string, unknown> = {}) => dataOf(await world.send<{ supervisionRecords: { totalCount: number; nodes: Record<string, unknown>[] } }>(
  who, 'query R($filter: SupervisionFilter) { supervisionRecords(filter: $filter, first: 50) { totalCount nodes { id kind caseNo step foundAt basis { article } agency { code } case { id } referral { id } } } }', { filter },
)).supervisionRecords;

it('tells what has come to stand still once, and again when it stands still after another act', async () => {
  const { id } = await world.referralIn('TRANSFERRED');
  const live = await follow(prosecutor, { after: await cursorOf(prosecutor) });
  await look();
  clock.advance(2 * DAY);
  for (let n = 0; n < 3; n += 1) await look();
  await world.do('signReferralReceipt', investigator, id);
  await look();
  clock.advance(10 * DAY);
  await look();
  expect(kinds(await live.end())).toEqual([['NOT_RECEIVED', police], ['OVERDUE', police]]);
  expect((await world.harness.published('enforcement.supervision-found.v1'))).toHaveLength(2);
});

it('tells those who owe the act, those above them and the procuratorate of the place, and nobody else', async () => {
  await world.referralIn('UNDER_FILING_REVIEW');
  clock.advance(10 * DAY);
  const all = [police, 'PSB-210000', procuratorate, filing, otherProcuratorate, 'DRA-210000', 'SUP-210100', 'HC-210100'];
  const lives = await Promise.all(all.map((code) => follow(of(code))));
  await look();
  const told = await Promise.all(lives.map((live) => live.end()));
  expect(all.filter((_, i) => (told[i] ?? []).length > 0)).toEqual([police, 'PSB-210000', procuratorate]);
});

it('resumes from a cursor, by kind where kinds are asked for, and tells nothing of what is sealed since', async () => {
  const after = await cursorOf(prosecutor);
  const { caseId } = await world.referralIn('UNDER_FILING_REVIEW');
  await world.referralIn('APPROVED');
  clock.advance(DAY * 10);
  await look();
  const first = await (await follow(prosecutor, { after })).end();
  expect(kinds(first).sort()).toEqual([['NOT_TRANSFERRED', filing], ['OVERDUE', police]]);
  expect(kinds(await (await follow(prosecutor, { after: first[0]?.cursor })).end())).toEqual(kinds(first.slice(1)));
  expect(kinds(await (await follow(prosecutor, { after, kinds: ['NOT_TRANSFERRED'] })).end())).toEqual([['NOT_TRANSFERRED', filing]]);
  await world.change(caseId, { sealedUntil: '2099-12-31', sealOfficers: [head.officerId] });
  expect(kinds(await (await follow(prosecutor, { after })).end())).toEqual([['NOT_TRANSFERRED', filing]]);
  expect((await records(prosecutor)).totalCount).toBe(1);
});

it('keeps in the register what was found, also when it is done', async () => {
  const { id, caseId } = await world.referralIn('TRANSFERRED');
  clock.advance(3 * DAY);
  await look();
  const foundOn = world.today();
  await world.do('signReferralReceipt', investigator, id);
  clock.advance(40 * DAY);
  const { caseNo } = await world.case(caseId);
  const entry = { kind: 'NOT_RECEIVED', caseNo, step: 'TRANSFERRED', agency: { code: police }, referral: { id }, case: { id: caseId } };
  expect(await records(prosecutor, { sinceFrom: foundOn, sinceTo: foundOn })).toMatchObject({ totalCount: 1, nodes: [entry] });
  expect(await records(prosecutor, { sinceFrom: world.today() })).toMatchObject({ totalCount: 0, nodes: [] });
  expect(await records(of(filing))).toMatchObject({ totalCount: 0 });
  expect(await records(regulator)).toMatchObject({ totalCount: 0 });
});

it('tells of a clue on which nothing was decided, which is no case yet', async () => {
  const id = await clueIn(world, 'VERIFYING', { region: '210100' });
  const after = await cursorOf(prosecutor);
  clock.advance(60 * DAY);
  await look();
  const told = await (await follow(prosecutor, { after })).end();
  expect(told).toMatchObject([{ kind: 'NOT_INVESTIGATED', agency: { code: filing }, case: null }]);
  expect(await records(prosecutor)).toMatchObject({ totalCount: 1, nodes: [{ kind: 'NOT_INVESTIGATED', caseNo: null, case: null }] });
  expect((await world.harness.published('enforcement.supervision-found.v1')).map((e) => [e.subject, (e.data as { clueId: string }).clueId])).toEqual([[`clue:${id}`, id]]);
});

it('tells nothing more of a clue whose case is sealed', async () => {
  const id = await clueIn(world, 'VERIFYING', { region: '210100' });
  clock.advance(60 * DAY);
  await look();
  const filed = await doClue(world, 'fileCase', of(filing, 1), id, filingInput());
  expect((await records(prosecutor)).totalCount).toBe(1);
  await world.change(filed.case!.id, { sealedUntil: '2099-12-31', sealOfficers: [head.officerId] });
  expect((await records(prosecutor)).totalCount).toBe(0);
});

it('is entered once by several that look at the same time', async () => {
  await world.referralIn('APPROVED');
  clock.advance(10 * DAY);
  await Promise.all(Array.from({ length: 4 }, () => look().catch(() => undefined)));
  await look();
  expect((await world.harness.published('enforcement.supervision-found.v1'))).toHaveLength(1);
});
