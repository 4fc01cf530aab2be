import { FixedClock, type Principal, uuidv7 } from '@casebridge/kernel';
import { officer } from '@casebridge/testkit';
import { sharedCase, wholeReferral } from '../testing/referral-operations';
import {
  filing, head, investigator, otherPolice, otherProcuratorate, police, procuratorate, ReferralWorld, regulator, report,
} from '../testing/referral-world';
import { dataOf, testNow } from '../testing/world';

const clock = new FixedClock(testNow);
let world: ReferralWorld;
beforeAll(async () => {
  world = await ReferralWorld.start(clock);
});
afterAll(() => world.stop());
beforeEach(() => clock.set(testNow));

type Record_ = Record<string, unknown> & { timeline: { position: number }[]; documents: unknown[]; case: unknown };
const whole = async (who: Principal, id: string): Promise<Record_ | null> => dataOf(await world.send<{ referral: Record_ | null }>(who, wholeReferral, { id })).referral;
const counted = async (who: Principal): Promise<number> => dataOf(await world.send<{ referrals: { totalCount: number } }>(who, '{ referrals { totalCount } }')).referrals.totalCount;
const nested = async (who: Principal, caseId: string) => {
  const operation = 'query($id: ID!) { case(id: $id) { id status referral { id version status } referrals { totalCount nodes { id } } } }';
  return dataOf(await world.send<{ case: Record<string, unknown> | null }>(who, operation, { id: caseId })).case;
};
const byReference = async (who: Principal, id: string) => {
  const operation = 'query($r: [_Any!]!) { _entities(representations: $r) { ... on Referral { id version status holder { code } timeline { position } } } }';
  return dataOf(await world.send<{ _entities: unknown[] }>(who, operation, { r: [{ __typename: 'Referral', id }] }))._entities[0];
};
const forward = { policeAgency: otherPolice, procuratorateAgency: otherProcuratorate, reasons: '犯罪地在二市' };

describe('a part that ended', () => {
  it('leaves the forwarding police the record as it stood at that act, whatever happens later', async () => {
    const { id, caseId } = await world.referralIn('UNDER_FILING_REVIEW');
    const before = await counted(investigator);
    await world.do('forwardReferral', investigator, id, forward);
    const stood = await whole(investigator, id);
    expect(stood).toMatchObject({
      version: 5, status: 'TRANSFERRED', holder: { code: otherPolice }, policeAgency: { code: otherPolice }, procuratorateAgency: { code: otherProcuratorate },
      receiptNo: null, overdue: false, facts: report()['facts'], deadline: { rule: 'receipt' },
    });
    expect(stood?.timeline).toHaveLength(5);
    expect(stood?.documents).toHaveLength(3);

    await world.do('signReferralReceipt', officer(otherPolice), id, { receiptNo: '二市受案1号' });
    await world.do('requestReferralSupplement', officer(otherPolice), id, { gaps: ['缺少材料'] });
    await world.do('supplementReferral', regulator, id, { documents: [{ kind: 'OTHER', title: '补充', fileId: await world.givenFile() }] });
    await world.do('fileCriminalCase', officer(otherPolice), id, world.filingInput());
    clock.advance(30 * 86_400_000);
    for (const who of [investigator, officer(procuratorate)]) {
      expect(await whole(who, id)).toEqual(stood);
      expect(await byReference(who, id)).toEqual({ id, version: 5, status: 'TRANSFERRED', holder: { code: otherPolice }, timeline: [1, 2, 3, 4, 5].map((position) => ({ position })) });
      expect(await nested(who, caseId)).toEqual({ id: caseId, status: 'PENDING_CRIMINAL', referral: { id, version: 5, status: 'TRANSFERRED' }, referrals: { totalCount: 0, nodes: [] } });
    }
    expect(await counted(investigator)).toBe(before - 1);
    const acts = await world.try('returnReferral', investigator, id, { reasons: '退回' });
    expect(acts.errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN', kind: 'FORBIDDEN' });
    // The province has a part through the police below it that has one now, and sees the present.
    expect(await whole(officer('PSB-210000'), id)).toMatchObject({ status: 'FILED', version: 9 });
  });

  it('leaves the copied procuratorate its part where it does not change', async () => {
    const { id } = await world.referralIn('UNDER_FILING_REVIEW');
    await world.do('forwardReferral', investigator, id, { ...forward, procuratorateAgency: procuratorate });
    await world.do('signReferralReceipt', officer(otherPolice), id);
    expect(await whole(officer(procuratorate), id)).toMatchObject({ version: 6, status: 'UNDER_FILING_REVIEW' });
  });

  it('leaves the returning police the returned record, and hides a later referral of the case', async () => {
    const { id, caseId } = await world.referralIn('RETURNED');
    const second = await world.do('submitReferralReport', regulator, caseId, report());
    expect(await whole(investigator, id)).toMatchObject({ status: 'RETURNED', returnReasons: '不属于公安机关管辖', holder: { code: filing }, policeAgency: { code: police } });
    expect(await whole(investigator, second.id)).toBeNull();
    expect(await nested(investigator, caseId)).toEqual({ id: caseId, status: 'INVESTIGATING', referral: { id, version: 5, status: 'RETURNED' }, referrals: { totalCount: 0, nodes: [] } });
    // The procuratorate keeps its copy, and sees that there is a new one.
    expect(await nested(officer(procuratorate), caseId)).toMatchObject({ referral: { id: second.id }, referrals: { totalCount: 2 } });
  });

  it('shows an earlier referral of the case as far as it had come', async () => {
    const { id, caseId } = await world.referralIn('RETURNED');
    const second = await world.do('submitReferralReport', regulator, caseId, report());
    await world.do('approveReferral', head, second.id);
    await world.do('transferReferral', regulator, second.id, await world.transferInput({ policeAgency: 'PSB-210102' }));
    const district = officer('PSB-210102');
    await world.do('signReferralReceipt', district, second.id);
    await world.do('forwardReferral', district, second.id, forward);
    expect(await whole(district, id)).toMatchObject({ status: 'RETURNED', version: 5 });
    expect(await nested(district, caseId)).toMatchObject({ referral: { id: second.id, version: 5 }, referrals: { totalCount: 0 } });
  });

  it('gives way to a part that begins anew', async () => {
    const { id } = await world.referralIn('UNDER_FILING_REVIEW');
    await world.do('forwardReferral', investigator, id, forward);
    await world.do('signReferralReceipt', officer(otherPolice), id);
    await world.do('forwardReferral', officer(otherPolice), id, { policeAgency: police, procuratorateAgency: procuratorate, reasons: '协商' });
    expect(await whole(investigator, id)).toMatchObject({ version: 7, holder: { code: police } });
    await world.do('signReferralReceipt', investigator, id);
    expect(await whole(officer(otherPolice), id)).toMatchObject({ version: 7 });
  });
});

describe('a seal and an exclusion', () => {
  const seal = { sealedUntil: '2027-01-01', sealOfficers: [`${filing}-1`], sealParties: [police] };

  it('hide referral, list, refusal and case at once from all but those who are named', async () => {
    const { id, caseId } = await world.referralIn('NOT_APPROVED');
    await world.do('submitReferralReport', regulator, caseId, report({ facts: '新的事实' }));
    await world.do('approveReferral', head, id);
    await world.do('transferReferral', regulator, id, await world.transferInput());
    const refusals = async (who: Principal) => dataOf(await world.send<{ referralRefusals: { totalCount: number } }>(who, '{ referralRefusals { totalCount } }')).referralRefusals.totalCount;
    const readers = [regulator, head, investigator, officer(procuratorate), officer('DRA-210000', 1)];
    const before = await Promise.all(readers.map((who) => Promise.all([counted(who), refusals(who)])));
    await world.change(caseId, seal);
    const named = [head, investigator];
    for (const [i, who] of readers.entries()) {
      const open = named.includes(who as never);
      expect([i, (await whole(who, id))?.['id'] ?? null]).toEqual([i, open ? id : null]);
      expect([i, (await nested(who, caseId))?.['id'] ?? null]).toEqual([i, open ? caseId : null]);
      const [referrals, refused] = before[i]!;
      const sawRefusal = who !== investigator;
      expect([i, await counted(who), await refusals(who)]).toEqual([i, referrals - (open ? 0 : 1), refused - (open || !sawRefusal ? 0 : 1)]);
    }
    expect((await world.try('signReferralReceipt', officer(otherPolice), id)).errors?.[0]?.extensions).toEqual({ code: 'NOT_FOUND', kind: 'NOT_FOUND' });
    expect(await world.do('signReferralReceipt', investigator, id)).toMatchObject({ version: 6 });
    await world.change(caseId, { sealedUntil: null, sealOfficers: [], sealParties: [] });
    expect(await whole(officer('DRA-210000', 1), id)).toMatchObject({ version: 6 });
  });

  it('hide an ended part too', async () => {
    const { id, caseId } = await world.referralIn('RETURNED');
    await world.change(caseId, { ...seal, sealParties: [] });
    expect(await whole(investigator, id)).toBeNull();
    expect((await world.try('signReferralReceipt', investigator, id)).errors?.[0]?.extensions).toEqual({ code: 'NOT_FOUND', kind: 'NOT_FOUND' });
    await world.change(caseId, { sealedUntil: null, sealOfficers: [], excluded: [`${police}/${police}-2`] });
    expect(await whole(investigator, id)).toBeNull();
    expect(await whole(officer(police, 3), id)).toMatchObject({ status: 'RETURNED' });
  });

  it('take one officer out, and leave his agency in', async () => {
    const { id, caseId } = await world.referralIn('PENDING_APPROVAL');
    await world.change(caseId, { excluded: [`${filing}/${filing}-1`] });
    expect(await whole(head, id)).toBeNull();
    expect((await world.try('approveReferral', head, id)).errors?.[0]?.extensions).toMatchObject({ code: 'NOT_FOUND' });
    expect(await whole(regulator, id)).toMatchObject({ status: 'PENDING_APPROVAL' });
  });
});

describe('documents', () => {
  const opens = async (who: Principal, fileId: string): Promise<boolean> => {
    const opened = await world.harness.service.runtime.files?.open(who, fileId);
    opened?.stream.destroy();
    return Boolean(opened);
  };

  it('are open to whoever may read the file, a part that ended up to its end', async () => {
    const { id, caseId } = await world.referralIn('APPROVED');
    const [first, second] = [await world.upload(regulator, '移送书'), await world.upload(regulator, '补充')];
    const stranger = officer('MRA-210200');
    expect([await opens(regulator, first), await opens(investigator, first), await opens(stranger, first)]).toEqual([true, false, false]);
    const input = await world.transferInput();
    (input['documents'] as { fileId: string }[])[0]!.fileId = first;
    await world.do('transferReferral', regulator, id, input);
    expect(await opens(investigator, first)).toBe(true);
    await world.do('signReferralReceipt', investigator, id);
    await world.do('forwardReferral', investigator, id, forward);
    await world.do('signReferralReceipt', officer(otherPolice), id);
    await world.do('requestReferralSupplement', officer(otherPolice), id, { gaps: ['缺少材料'] });
    await world.do('supplementReferral', regulator, id, { documents: [{ kind: 'OTHER', title: '补充', fileId: second }] });
    const access = async (fileId: string) =>
      Promise.all([regulator, investigator, officer(otherPolice), officer('DRA-210000'), stranger, officer('HC-210100')].map((who) => opens(who, fileId)));
    expect(await access(first)).toEqual([true, true, true, false, false, false]);
    expect(await access(second)).toEqual([true, false, true, false, false, false]);
    expect(await opens(regulator, uuidv7(clock))).toBe(false);
    await world.change(caseId, { sealedUntil: '2027-01-01', sealOfficers: [`${filing}-1`] });
    expect(await access(first)).toEqual([false, false, false, false, false, false]);
    expect(await opens(head, first)).toBe(true);
  });
});

describe('lists', () => {
  type Filter = Record<string, unknown>;
  const list = async (filter: Filter, who: Principal = officer('DRA-210000')) => {
    const operation = 'query($filter: ReferralFilter) { referrals(filter: $filter, first: 100) { totalCount nodes { id status policeAgency { code } documents { id } timeline { position } } } }';
    return dataOf(await world.send<{ referrals: { totalCount: number; nodes: (Record<string, unknown> & { id: string })[] } }>(who, operation, { filter })).referrals;
  };
  const cases = async (filter: Filter, who: Principal = officer('DRA-210000')) => {
    const operation = 'query($filter: CaseFilter) { cases(filter: $filter, first: 100) { totalCount nodes { id referral { overdue dueAt } } } }';
    return dataOf(await world.send<{ cases: { totalCount: number; nodes: { id: string; referral: { overdue: boolean } | null }[] } }>(who, operation, { filter })).cases;
  };

  it('filter by what is asked, each condition by itself and together', async () => {
    const own = { agencyCode: 'MRA-210102', regionCode: '210102' };
    const { caseId } = await world.givenCase(own);
    const { id } = await world.do('submitReferralReport', officer('MRA-210102'), caseId, report({ charge: 'FALSE_ADVERTISING' }, 'MRA-210102'));
    const found = async (filter: Filter) => (await list(filter)).nodes.some((n) => n.id === id);
    const filingAgency = 'MRA-210102';
    expect(await found({})).toBe(true);
    expect([await found({ filingAgency }), await found({ filingAgency: filing })]).toEqual([true, false]);
    expect([await found({ charge: ['FALSE_ADVERTISING', 'OTHER'] }), await found({ charge: ['OTHER'] }), await found({ charge: [] })]).toEqual([true, false, false]);
    expect([await found({ status: ['PENDING_APPROVAL'] }), await found({ status: ['APPROVED'] })]).toEqual([true, false]);
    expect([await found({ createdFrom: '2026-11-22', createdTo: '2026-11-22' }), await found({ createdFrom: '2026-11-23' }), await found({ createdTo: '2026-11-21' })]).toEqual([true, false, false]);
    expect(await found({ filingAgency, status: ['APPROVED'] })).toBe(false);
    expect(await found({ policeAgency: police })).toBe(false);
    await world.do('approveReferral', officer('MRA-210102', 1), id);
    const documents = await world.documents('MRA-210102');
    await world.do('transferReferral', officer('MRA-210102'), id, { policeAgency: police, procuratorateAgency: procuratorate, documents });
    const [shown] = (await list({ filingAgency, policeAgency: police }, officer('MRA-210102'))).nodes;
    expect(shown).toMatchObject({ id, policeAgency: { code: police }, timeline: [{ position: 1 }, { position: 2 }, { position: 3 }] });
    expect(shown?.['documents']).toHaveLength(3);
  });

  it.each<[Filter, boolean]>([
    [{ createdTo: '9999-12-31' }, true], [{ createdFrom: '9999-12-31' }, false], [{ createdFrom: '0001-01-01' }, true], [{ createdTo: '0001-01-01' }, false],
    [{ createdFrom: '0001-01-01', createdTo: '9999-12-31' }, true], [{ createdFrom: '9999-12-31', createdTo: '0001-01-01' }, false],
  ])('go to both ends of the calendar: %j', async (filter, found) => {
    await world.referralIn('PENDING_APPROVAL');
    expect((await list(filter)).totalCount > 0).toBe(found);
  });

  it.each(['10000-01-01', '0000-12-31', '2026-02-29', '-0001-01-01', '9999-12-32', ''])('take no %j for a day', async (day) => {
    for (const filter of [{ createdFrom: day }, { createdTo: day }]) {
      const answer = await world.send(regulator, 'query($filter: ReferralFilter) { referrals(filter: $filter) { totalCount } }', { filter });
      expect(answer.errors?.map((e) => e.extensions['code'])).toEqual(['BAD_USER_INPUT']);
    }
  });

  it('tell what is overdue at the instant of the reading, for referrals and for cases', async () => {
    const { id, caseId } = await world.referralIn('PENDING_APPROVAL', { respondentKind: 'MEDICAL_INSTITUTION' });
    const overdue = async (flag: boolean) => [
      (await list({ overdue: flag })).nodes.some((n) => n.id === id), (await cases({ overdue: flag })).nodes.some((n) => n.id === caseId),
    ];
    clock.set('2026-11-25T15:59:59.999Z');
    expect([await overdue(true), await overdue(false)]).toEqual([[false, false], [true, true]]);
    clock.set('2026-11-25T16:00:00.000Z');
    expect([await overdue(true), await overdue(false)]).toEqual([[true, true], [false, false]]);
    expect((await cases({ overdue: true })).nodes.find((n) => n.id === caseId)?.referral).toMatchObject({ overdue: true });
    // Whoever sees the case, but not the referral, learns nothing of it by the filter.
    await world.change(caseId, { servedOn: '2026-11-20' });
    const local = officer('HC-210100');
    expect((await cases({ overdue: true }, local)).nodes).toEqual([]);
    expect((await cases({ overdue: false }, local)).nodes).toEqual([{ id: caseId, referral: null }]);
    await world.do('refuseReferral', head, id, { reasons: '证据不足' });
    expect([await overdue(true), await overdue(false)]).toEqual([[false, false], [true, true]]);
  });

  it('counts only the current referral of a case for its being overdue', async () => {
    const { caseId } = await world.referralIn('RETURNED');
    await world.do('submitReferralReport', regulator, caseId, report());
    const late = async () => (await cases({ overdue: true }, regulator)).nodes.some((n) => n.id === caseId);
    expect(await late()).toBe(false);
    clock.set('2026-11-25T16:00:00.000Z');
    expect(await late()).toBe(true);
  });

  it('page through without a gap', async () => {
    const all = (await list({}, regulator)).nodes.map((n) => n.id);
    const seen: string[] = [];
    for (let after: string | null = null; ; ) {
      const operation: string = 'query($after: String) { referrals(first: 3, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } } }';
      const page: { nodes: { id: string }[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } } =
        dataOf(await world.send<{ referrals: never }>(regulator, operation, { after })).referrals;
      seen.push(...page.nodes.map((n) => n.id));
      if (!page.pageInfo.hasNextPage) break;
      after = page.pageInfo.endCursor;
    }
    expect(seen).toEqual(all);
    expect(all.length).toBeGreaterThan(6);
  });
});

describe('the shared case', () => {
  it('shows each party its case with the referral in it', async () => {
    const { id, caseId } = await world.referralIn('TRANSFERRED');
    for (const who of [regulator, investigator, officer('PSB-210000'), officer(procuratorate), officer('PPO-210000'), officer('DRA-210000')]) {
      const shared = dataOf(await world.send<{ case: unknown }>(who, sharedCase, { id: caseId })).case;
      expect(shared).toMatchObject({
        id: caseId, status: 'PENDING_CRIMINAL', agency: { code: filing },
        referral: { id, version: 3, status: 'TRANSFERRED', holder: { code: police }, dueAt: '2026-11-23T02:02:00.000Z', overdue: false, timeline: [{ position: 1 }, { position: 2 }, { position: 3 }] },
      });
    }
    for (const code of [otherPolice, otherProcuratorate, 'CRT-210100', 'MRA-210200', 'SUP-210100', 'LAB-210000', 'HC-210100', 'MIB-210000', 'DRA-220000']) {
      expect(dataOf(await world.send<{ case: unknown }>(officer(code, 1), sharedCase, { id: caseId })).case).toBeNull();
    }
  });
});
