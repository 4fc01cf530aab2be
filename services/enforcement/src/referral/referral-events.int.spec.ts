import { FixedClock, type Principal } from '@casebridge/kernel';
import { officer, publicReader } from '@casebridge/testkit';
import type { ExecutionResult } from 'graphql';
import { caughtUp, cursorOf, errorsOf, Follower, pause, type Told, until } from '../testing/referral-follower';
import { referralEventCursor, referralUpdates } from '../testing/referral-operations';
import {
  filing, head, investigator, otherPolice, otherProcuratorate, police, procuratorate, ReferralWorld, regulator, report,
} from '../testing/referral-world';
import { heartbeat } from '../shared/live-events';

const started = new Date(); // tokens of the test officers count from now on
const clock = new FixedClock(started);
let world: ReferralWorld;
beforeAll(async () => {
  heartbeat.everyMs = 40;
  world = await ReferralWorld.start(clock);
});
afterAll(async () => {
  heartbeat.everyMs = 20_000;
  await world.stop();
});
beforeEach(() => clock.set(started));

const positions = (told: readonly Told[]): number[] => told.map((t) => t.position);
const without = (told: readonly Told[]): unknown[] => told.map(({ cursor: _cursor, referral: _referral, ...event }) => event);
const forward = { policeAgency: otherPolice, procuratorateAgency: otherProcuratorate, reasons: '犯罪地在二市' };

/** From the report to the decision of a second police agency, in seven acts. */
async function wholeStory(): Promise<{ id: string; caseId: string }> {
  const { id, caseId } = await world.referralIn('UNDER_FILING_REVIEW');
  await world.do('forwardReferral', investigator, id, forward);
  await world.do('signReferralReceipt', officer(otherPolice), id);
  await world.do('fileCriminalCase', officer(otherPolice), id, world.filingInput());
  return { id, caseId };
}

describe('who is told what', () => {
  const expected: readonly (readonly [code: string, positions: readonly number[]])[] = [
    [filing, [1, 2, 3, 4, 5, 6, 7]], ['DRA-210000', [1, 2, 3, 4, 5, 6, 7]],
    // The act that ends a part is told, and nothing after it.
    [police, [3, 4, 5]], [procuratorate, [3, 4, 5]], [otherPolice, [5, 6, 7]], [otherProcuratorate, [5, 6, 7]],
    ['PSB-210000', [3, 4, 5, 6, 7]], ['PPO-210000', [3, 4, 5, 6, 7]],
    ['MRA-210200', []], ['MRA-210102', []], ['DRA-220000', []], ['PSB-210102', []], ['CRT-210100', []], ['HC-210100', []], ['CDC-210100', []],
    ['ADRC-210000', []], ['LAB-210000', []], ['SUP-210000', []], ['MIB-210000', []],
  ];

  it('is told in order, live, and by replay the same', async () => {
    await world.settle();
    const before = new Map(await Promise.all(expected.map(async ([code]) => [code, await cursorOf(world, officer(code))] as const)));
    await caughtUp(world);
    const live = await Promise.all(expected.map(([code]) => Follower.follow(world, officer(code))));
    const { id } = await wholeStory();
    const told = await Promise.all(live.map((f) => f.close()));
    expect(expected.map(([code], i) => [code, positions(told[i]!)])).toEqual(expected);
    const [owners] = told;
    expect(owners?.map((t) => [t.act, t.statusAfter])).toEqual([
      ['SUBMIT_REFERRAL_REPORT', 'PENDING_APPROVAL'], ['APPROVE_REFERRAL', 'APPROVED'], ['TRANSFER_REFERRAL', 'TRANSFERRED'],
      ['SIGN_REFERRAL_RECEIPT', 'UNDER_FILING_REVIEW'], ['FORWARD_REFERRAL', 'TRANSFERRED'], ['SIGN_REFERRAL_RECEIPT', 'UNDER_FILING_REVIEW'],
      ['FILE_CRIMINAL_CASE', 'FILED'],
    ]);
    const timeline = await world.timeline(id);
    expect(owners?.map((t) => t.dueAtAfter)).toEqual(timeline.map((e) => e.dueAt?.toISOString() ?? null));

    const replayed = await Promise.all(expected.map(([code]) => Follower.follow(world, officer(code), { after: before.get(code)! }).then((f) => f.close())));
    expect(replayed.map(without)).toEqual(told.map(without));
    // The record that comes with an old event is the present one, as far as this reader may see it.
    const nested = (code: string) => replayed[expected.findIndex(([c]) => c === code)]?.map((t) => [t.referral?.version, t.referral?.status]);
    expect(nested(filing)).toEqual(Array.from({ length: 7 }, () => [7, 'FILED']));
    expect(nested(police)).toEqual(Array.from({ length: 3 }, () => [5, 'TRANSFERRED']));
  });

  it('is asked by id, and an id that is not his never comes', async () => {
    const [a, b] = [await world.referralIn('PENDING_APPROVAL'), await world.referralIn('PENDING_APPROVAL')];
    await caughtUp(world);
    const onlyA = await Follower.follow(world, head, { referralIds: [a.id] });
    const none = await Follower.follow(world, head, { referralIds: [] });
    const foreign = await Follower.follow(world, officer('MRA-210200'), { referralIds: [a.id, b.id] });
    for (const { id } of [a, b]) await world.do('approveReferral', head, id);
    expect((await onlyA.close()).map((t) => [t.referral?.id, t.position])).toEqual([[a.id, 2]]);
    expect([await none.close(), await foreign.close()]).toEqual([[], []]);
  });

  it('tells nobody of what is sealed from him, or from which he is excluded, by replay neither', async () => {
    await world.settle();
    const [after, others] = [await cursorOf(world, regulator), await cursorOf(world, officer('DRA-210000'))];
    const { id, caseId } = await world.referralIn('PENDING_APPROVAL');
    await caughtUp(world);
    const live = await Follower.follow(world, regulator);
    await world.change(caseId, { sealedUntil: '2100-01-01', sealOfficers: [`${filing}-1`] });
    await world.do('approveReferral', head, id);
    expect(await live.close()).toEqual([]);
    expect(await (await Follower.follow(world, regulator, { after })).close()).toEqual([]);
    expect(await (await Follower.follow(world, officer('DRA-210000'), { after: others })).close()).toEqual([]);
    expect(positions(await (await Follower.follow(world, head, { after })).close())).toEqual([1, 2]);
    await world.change(caseId, { sealedUntil: null, sealOfficers: [], excluded: [`${filing}/${filing}-1`] });
    expect(positions(await (await Follower.follow(world, regulator, { after })).close())).toEqual([1, 2]);
    expect(await (await Follower.follow(world, head, { after })).close()).toEqual([]);
  });

  it('needs an officer with a role that reads', async () => {
    const auditor = officer(filing, 5, { roles: ['auditor', 'analyst'] });
    for (const [who, kind] of [[publicReader, 'UNAUTHENTICATED'], [auditor, 'FORBIDDEN']] as const) {
      expect(errorsOf((await world.subscribe(who, referralUpdates)) as ExecutionResult)).toMatchObject([{ kind }]);
      expect((await world.send(who, referralEventCursor)).errors?.[0]?.extensions).toMatchObject({ kind });
    }
  });
});

describe('nothing is lost', () => {
  it('between the cursor, the reading and the subscription', async () => {
    const { id } = await world.referralIn('PENDING_APPROVAL');
    await world.settle();
    const after = await cursorOf(world, regulator);
    await world.do('approveReferral', head, id);
    expect(positions(await (await Follower.follow(world, regulator, { after })).close())).toEqual([2]);
  });

  it('between the subscription and the first event that is asked for', async () => {
    const { id } = await world.referralIn('PENDING_APPROVAL');
    await caughtUp(world);
    const stream = await world.subscribe(regulator, referralUpdates, { after: null });
    if (!(Symbol.asyncIterator in stream)) throw new Error('refused');
    await world.do('approveReferral', head, id);
    await caughtUp(world);
    expect(positions(await new Follower(world, regulator, stream).close())).toEqual([2]);
  });

  it('when it is resumed after each event', async () => {
    await world.settle();
    const start = await cursorOf(world, regulator);
    const { id } = await wholeStory();
    const all = (await (await Follower.follow(world, regulator, { after: start })).close()).filter((t) => t.referral?.id === id);
    expect(positions(all)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    for (const [i, { cursor }] of all.entries()) {
      const rest = await (await Follower.follow(world, regulator, { after: cursor })).close();
      expect(without(rest)).toEqual(without(all.slice(i + 1)));
    }
  });

  it('while many write and the reader comes and goes', async () => {
    await world.settle();
    let cursor = await cursorOf(world, regulator);
    const told: Told[] = [];
    let writing = true;
    const cases = await Promise.all(Array.from({ length: 6 }, () => world.givenCase()));
    const written = Promise.all(cases.map(async ({ caseId }) => {
      const { id } = await world.do('submitReferralReport', regulator, caseId, report());
      for (let n = 0; n < 4; n += 1) {
        await world.do('refuseReferral', head, id, { reasons: '证据不足' });
        await world.do('submitReferralReport', regulator, caseId, report({ facts: `演示：新的事实${n}` }));
      }
      return id;
    })).finally(() => (writing = false));
    let connections = 0;
    while (writing) {
      const follower = await Follower.follow(world, regulator, { after: cursor });
      await pause(25);
      await follower.stop();
      connections += 1;
      told.push(...follower.told);
      cursor = follower.told.at(-1)?.cursor ?? cursor;
    }
    told.push(...(await (await Follower.follow(world, regulator, { after: cursor })).close()));
    expect(connections).toBeGreaterThan(3);
    for (const id of await written) expect([id, positions(told.filter((t) => t.referral?.id === id))]).toEqual([id, [1, 2, 3, 4, 5, 6, 7, 8, 9]]);
    expect(new Set(told.map((t) => t.cursor)).size).toBe(6 * 9);
  });
});

describe('a cursor', () => {
  const refusal = async (after: string, who: Principal = regulator): Promise<unknown> => {
    const result = await world.subscribe(who, referralUpdates, { after });
    if (!(Symbol.asyncIterator in result)) return errorsOf(result);
    await result.return();
    return null;
  };
  const invalid = [{ code: 'CURSOR_INVALID', kind: 'BAD_USER_INPUT', field: 'after' }];

  it('that is forged, of another list, of another agency or past the end of the log is refused before the stream begins', async () => {
    await world.referralIn('PENDING_APPROVAL');
    await world.settle();
    const good = await cursorOf(world, regulator);
    expect(await refusal(good)).toBeNull();
    expect(await refusal('nonsense')).toEqual(invalid);
    expect(await refusal('')).toEqual(invalid);
    expect(await refusal(`${good.slice(0, -2)}AA`)).toEqual(invalid);
    expect(await refusal(good, officer('DRA-210000'))).toEqual(invalid);
    const { data } = await world.send<{ referrals: { pageInfo: { endCursor: string } } }>(regulator, '{ referrals(first: 1) { pageInfo { endCursor } } }');
    expect(await refusal(data!.referrals.pageInfo.endCursor)).toEqual(invalid);
    const { cursors, tail } = world.harness.service.deps;
    expect(await refusal(cursors.encode(`referral-events ${filing}`, [(await tail.head()) + 1, clock.now().getTime()]))).toEqual(invalid);
  });

  it('holds for 90 days', async () => {
    const good = await cursorOf(world, regulator);
    clock.advance(90 * 86_400_000);
    expect(await refusal(good)).toBeNull();
    clock.advance(1);
    expect(await refusal(good)).toEqual([{ code: 'CURSOR_EXPIRED', kind: 'BAD_USER_INPUT', field: 'after' }]);
    clock.advance(86_400_000);
    expect(await refusal(good)).toEqual([{ code: 'CURSOR_EXPIRED', kind: 'BAD_USER_INPUT', field: 'after' }]);
  });

  it('is for the colleagues too', async () => {
    const after = await cursorOf(world, regulator);
    const { id } = await world.referralIn('PENDING_APPROVAL');
    expect((await (await Follower.follow(world, head, { after })).close()).map((t) => t.referral?.id)).toContain(id);
  });
});

describe('an idle stream', () => {
  it('says how far it has come, whatever goes on elsewhere, and can be resumed from there', async () => {
    const stranger = officer('MRA-210200');
    const follower = await Follower.follow(world, stranger);
    await until(() => follower.beats.length > 0);
    const quiet = follower.beats.length;
    const { caseId } = await world.givenCase();
    const { id } = await world.do('submitReferralReport', regulator, caseId, report());
    // More often than the heartbeat comes due: it must come all the same.
    for (let n = 0; n < 25; n += 1) {
      await world.do('refuseReferral', head, id, { reasons: '证据不足' });
      await world.do('submitReferralReport', regulator, caseId, report({ facts: `演示：新的事实${n}` }));
    }
    expect(follower.beats.length).toBeGreaterThan(quiet + 2);
    expect(await follower.close()).toEqual([]);
    const places = follower.places();
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(places.at(-1)).toBe(await world.harness.service.deps.tail.head());

    const own = await world.givenCase({ agencyCode: 'MRA-210200' });
    await world.do('submitReferralReport', stranger, own.caseId, report({}, 'MRA-210200'));
    expect(positions(await (await Follower.follow(world, stranger, { after: follower.beats.at(-1)! })).close())).toEqual([1]);
  });

  it('lets go of the log when it is closed', async () => {
    const { tail } = world.harness.service.deps;
    const before = tail.subscriberCount;
    const followers = await Promise.all(Array.from({ length: 5 }, () => Follower.follow(world, regulator)));
    await until(() => followers.every((f) => f.beats.length > 0));
    expect(tail.subscriberCount).toBe(before + 5);
    await Promise.all(followers.map((f) => f.stop()));
    expect(tail.subscriberCount).toBe(before);
  });
});

describe('a stream ends', () => {
  it('when the token is revoked, before anything more is told', async () => {
    const { id } = await world.referralIn('PENDING_APPROVAL');
    await caughtUp(world);
    const who = officer(filing, 3, { tokenId: 'revoked-while-open' });
    const follower = await Follower.follow(world, who);
    await until(() => follower.beats.length > 0);
    world.harness.directory.revoke({ agencyCode: filing, tokenId: 'revoked-while-open' });
    await world.do('approveReferral', head, id);
    expect(await follower.end()).toMatchObject([{ code: 'TOKEN_REVOKED', kind: 'UNAUTHENTICATED' }]);
    expect(follower.told).toEqual([]);
  });

  it('when all tokens of the officer are revoked, without waiting for an event', async () => {
    const who = officer(filing, 4);
    const follower = await Follower.follow(world, who);
    world.harness.directory.revoke({ agencyCode: filing, officerId: `${filing}-4`, revokedAt: new Date(who.issuedAt.getTime() + 1) });
    expect(await follower.end()).toMatchObject([{ code: 'TOKEN_REVOKED' }]);
  });

  it('with its token', async () => {
    const who = officer(filing, 5);
    const follower = await Follower.follow(world, who);
    await until(() => follower.beats.length > 0);
    clock.set(who.expiresAt);
    expect(await follower.end()).toMatchObject([{ code: 'TOKEN_EXPIRED', kind: 'UNAUTHENTICATED' }]);
  });
});
