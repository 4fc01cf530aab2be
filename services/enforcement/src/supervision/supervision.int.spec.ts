import { dal2019, FixedClock, type Principal, yuan } from '@casebridge/kernel';
import { officer } from '@casebridge/testkit';
import { AdminCaseEntity } from '../admin-case/admin-case.entity';
import { PenaltyDecisionEntity, PenaltyItemEntity } from '../penalty-decision/penalty-decision.entity';
import { clueIn, clueRow } from '../testing/clues';
import { filing, head, investigator, otherProcuratorate, police, procuratorate, prosecutor, ReferralWorld, regulator } from '../testing/referral-world';
import { dataOf, decisionRow, itemRow, testNow } from '../testing/world';

const DAY = 86_400_000;
const clock = new FixedClock(testNow);
let world: ReferralWorld;
beforeEach(async () => {
  clock.set(testNow);
  world = await ReferralWorld.start(clock);
});
afterEach(() => world.stop());

interface Finding { id: string; kind: string; caseNo: string; step: string | null; agency: { code: string }; since: string; basis: { article: string }; case: { id: string } | null }
type Found = Finding & Record<string, unknown>;
const operation = `query S($filter: SupervisionFilter, $first: Int, $after: String) { supervisionFindings(filter: $filter, first: $first, after: $after) {
  totalCount pageInfo { endCursor hasNextPage }
  nodes { id kind caseNo step since reasons charge factsInShort goodsValueFen fineFen agency { code } basis { article } suspectedArticles { article } finalArticles { article } case { id } clue { id } referral { id } } } }`;
interface Answered { supervisionFindings: { totalCount: number; nodes: Found[]; pageInfo: { endCursor: string; hasNextPage: boolean } } }
const ask = async (who: Principal, variables: Record<string, unknown> = {}) => dataOf(await world.send<Answered>(who, operation, variables)).supervisionFindings;
const findings = async (who: Principal, filter: Record<string, unknown> = {}): Promise<Found[]> => (await ask(who, { filter, first: 100 })).nodes;
const short = async (who: Principal, filter?: Record<string, unknown>): Promise<unknown[]> => (await findings(who, filter)).map((f) => [f.kind, f.step, f.agency.code]);

const decided = async (changes: Partial<AdminCaseEntity> = {}, decision: Partial<PenaltyDecisionEntity> = {}, items: readonly Partial<PenaltyItemEntity>[] = [{}]): Promise<AdminCaseEntity> => {
  const c = await world.givenCase(changes);
  const row = decisionRow(c, clock.now(), { servedOn: '2026-11-20', goodsValueFen: c.goodsValueFen, ...decision });
  await world.db.getRepository(PenaltyDecisionEntity).insert({ ...row });
  for (const [i, item] of items.entries()) await world.db.getRepository(PenaltyItemEntity).insert({ ...itemRow(row.id, { ...item, seq: i + 1 }), id: `0199${i}000-0000-7000-8000-${row.id.slice(-12)}` });
  return c;
};

describe('a referral that stands still', () => {
  it.each([
    ['PENDING_APPROVAL', 'OVERDUE', filing], ['APPROVED', 'NOT_TRANSFERRED', filing], ['TRANSFERRED', 'NOT_RECEIVED', police], ['UNDER_FILING_REVIEW', 'OVERDUE', police],
    ['SUPPLEMENT_REQUIRED', 'OVERDUE', filing],
  ] as const)('in %s is found as %s, from the first late instant on', async (status, kind, owes) => {
    const { id } = await world.referralIn(status);
    const dueAt = (await world.referral(id)).dueAt!;
    clock.set(new Date(dueAt.getTime() - 1));
    expect(await short(prosecutor)).toEqual([]);
    clock.set(dueAt);
    expect(await short(prosecutor)).toEqual([[kind, status, owes]]);
    expect((await findings(prosecutor))[0]).toMatchObject({ since: dueAt.toISOString(), basis: { article: (await world.referral(id)).deadline?.rule.citation.article } });
  });

  it.each(['NOT_APPROVED', 'RETURNED', 'CLOSED', 'SENT_FOR_PROSECUTION', 'FILED', 'NOT_FILED'] as const)('in %s owes nothing that has a time', async (status) => {
    await world.referralIn(status);
    clock.advance(365 * DAY);
    expect(await short(prosecutor)).toEqual([]);
  });

  it('is found when the police refuse to sign, before the time is over, and once', async () => {
    const { id } = await world.referralIn('TRANSFERRED');
    expect(await short(prosecutor)).toEqual([]);
    await world.do('recordReceiptRefusal', regulator, id, { reasons: '值班人员拒绝签收' });
    expect(await findings(prosecutor)).toMatchObject([{ kind: 'NOT_RECEIVED', agency: { code: police }, reasons: '值班人员拒绝签收', basis: { article: '7' } }]);
    clock.advance(3 * DAY);
    expect(await findings(prosecutor)).toMatchObject([{ kind: 'NOT_RECEIVED', step: 'TRANSFERRED', agency: { code: police }, reasons: '值班人员拒绝签收' }]);
    await world.do('signReferralReceipt', investigator, id);
    expect(await short(prosecutor)).toEqual([]);
    // What one police agency refused is not said of another.
    await world.do('forwardReferral', investigator, id, { policeAgency: 'PSB-210200', procuratorateAgency: procuratorate, reasons: '管辖' });
    expect(await short(prosecutor)).toEqual([]);
  });

  it('is found by what is late beside the main track, as long as it is', async () => {
    const { id } = await world.referralIn('NOT_FILED');
    await world.do('requestReconsideration', regulator, id, { reasons: '应当立案' });
    clock.advance(5 * DAY);
    expect(await short(prosecutor)).toEqual([['OVERDUE', 'REQUESTED', police]]);
    await world.do('decideReconsideration', investigator, id, { outcome: 'REVERSED', reasons: '应当立案' });
    clock.advance(30 * DAY);
    expect(await short(prosecutor)).toEqual([]);
  });
});

describe('a clue on which nothing is decided', () => {
  it.each(['RECEIVED', 'VERIFYING'] as const)('in %s is found once its time is over, by the procuratorate of its place without a case', async (status) => {
    const id = await clueIn(world, status, { region: '210100' });
    const { dueAt } = await clueRow(world, id);
    clock.set(new Date(dueAt!.getTime() - 1));
    expect(await short(prosecutor)).toEqual([]);
    clock.set(dueAt!);
    expect(await findings(prosecutor)).toMatchObject([{
      kind: 'NOT_INVESTIGATED', step: status, agency: { code: filing }, caseNo: null, case: null, clue: null, factsInShort: '演示：检查发现涉嫌销售劣药。', suspectedArticles: [{ article: '117' }],
      basis: { article: '18' },
    }]);
    expect(await findings(head)).toMatchObject([{ kind: 'NOT_INVESTIGATED', clue: { id } }]);
    expect(await short(officer(otherProcuratorate))).toEqual([]);
    expect(await short(officer('SUP-210100'))).toEqual([]);
  });

  it.each(['FILED', 'NOT_FILED', 'TRANSFERRED', 'MERGED'] as const)('in %s owes nothing', async (status) => {
    await clueIn(world, status, { region: '210100' });
    if (status === 'TRANSFERRED' || status === 'MERGED') return; // what it went to or into is late for itself
    clock.advance(365 * DAY);
    expect(await short(prosecutor)).toEqual([]);
  });
});

describe('a decision in place of a referral', () => {
  it('is found from its service on, unless the case was reported, also where the head refused', async () => {
    const c = await decided({}, { servedOn: null });
    expect(await short(prosecutor)).toEqual([]);
    await world.db.getRepository(PenaltyDecisionEntity).update({ caseId: c.caseId }, { servedOn: '2026-11-20', serviceRecordedAt: clock.now() });
    expect(await findings(prosecutor)).toMatchObject([{
      kind: 'FINE_FOR_CRIME', caseNo: c.caseNo, charge: 'FAKE_DRUGS', agency: { code: filing }, basis: { article: '141' }, goodsValueFen: c.goodsValueFen, fineFen: 5_000_000,
      finalArticles: [{ article: '116' }], case: null, referral: null, factsInShort: '演示案情',
    }]);
    const { id } = await world.do('submitReferralReport', regulator, c.caseId, { charge: 'FAKE_DRUGS', facts: '演示', taskForce: [`${filing}-2`, `${filing}-3`] });
    await world.do('refuseReferral', head, id, { reasons: '证据不足' });
    expect(await short(prosecutor)).toEqual([]);
  });

  it('is measured by the value of the goods where the law asks for one', async () => {
    await decided({ violationType: 'SUBSTANDARD_DRUGS', goodsValueFen: yuan(50_000) - 1 });
    expect(await short(prosecutor)).toEqual([]);
    await decided({ violationType: 'SUBSTANDARD_DRUGS', goodsValueFen: yuan(50_000) });
    expect(await short(prosecutor)).toEqual([['FINE_FOR_CRIME', null, filing]]);
  });

  it('on none of the suspected articles is found as downgraded, unless it says why', async () => {
    const other = { violationType: 'GXP_BREACH', suspectedArticles: [dal2019(124)] } as const;
    const on = (article: string): Partial<PenaltyItemEntity> => ({ basisArticle: article });
    await decided({ ...other, suspectedArticles: [...other.suspectedArticles] }, {}, [on('126')]);
    expect(await findings(prosecutor)).toMatchObject([{ kind: 'DOWNGRADED', suspectedArticles: [{ article: '124' }], finalArticles: [{ article: '126' }] }]);
    await decided({ ...other, suspectedArticles: [...other.suspectedArticles] }, { articleChangeReason: '演示：没有编造记录' }, [on('126')]);
    await decided({ ...other, suspectedArticles: [...other.suspectedArticles] }, {}, [on('126'), on('124(1)')]);
    await decided({ ...other, suspectedArticles: [] }, {}, [on('126')]);
    expect(await findings(prosecutor)).toHaveLength(1);
  });
});

describe('who sees what stands still', () => {
  it('those who owe the act, those above them, the procuratorate of the place; the supervision that has called for the file; nobody else', async () => {
    const { caseId } = await world.referralIn('UNDER_FILING_REVIEW');
    clock.advance(10 * DAY);
    const sees = async (code: string): Promise<boolean> => (await findings(officer(code))).length > 0;
    for (const code of [police, 'PSB-210000', procuratorate]) expect([code, await sees(code)]).toEqual([code, true]);
    for (const code of [filing, 'DRA-210000', otherProcuratorate, 'PSB-210200', 'SUP-210100', 'HC-210100', 'CRT-210100', 'MIB-210000']) expect([code, await sees(code)]).toEqual([code, false]);
    await world.act(async (tx) => {
      await tx.em.query(`insert into case_part (id, case_id, agency_code, kind, started_at) values (gen_random_uuid(), $1, 'SUP-210100', 'FILE_CALLED_FOR', now())`, [caseId]);
    });
    expect(await sees('SUP-210100')).toBe(true);
    expect((await world.send(officer(procuratorate, 2, { roles: ['auditor'] }), operation)).data).toEqual({ supervisionFindings: expect.objectContaining({ totalCount: 0, nodes: [] }) });
  });

  it('nothing of a sealed case, in no count', async () => {
    const { caseId } = await world.referralIn('UNDER_FILING_REVIEW');
    clock.advance(10 * DAY);
    await world.change(caseId, { sealedUntil: '2027-12-31', sealOfficers: [head.officerId] });
    expect((await ask(prosecutor)).totalCount).toBe(0);
  });

  it('by pages and by filter', async () => {
    for (const status of ['APPROVED', 'TRANSFERRED', 'UNDER_FILING_REVIEW'] as const) await world.referralIn(status);
    await decided();
    clock.advance(10 * DAY);
    const all = await findings(prosecutor);
    expect(all.map((f) => f.kind).sort()).toEqual(['FINE_FOR_CRIME', 'NOT_RECEIVED', 'NOT_TRANSFERRED', 'OVERDUE']);
    expect(all.map((f) => f.since)).toEqual(all.map((f) => f.since).sort().reverse());
    const paged: Found[] = [];
    for (let after: string | null = null; ;) {
      const page: Answered['supervisionFindings'] = await ask(prosecutor, { first: 1, after });
      paged.push(...page.nodes);
      if (!page.pageInfo.hasNextPage) break;
      after = page.pageInfo.endCursor;
    }
    expect(paged.map((f) => f.id)).toEqual(all.map((f) => f.id));
    expect(await short(prosecutor, { kind: ['NOT_RECEIVED'] })).toEqual([['NOT_RECEIVED', 'TRANSFERRED', police]]);
    expect(await short(prosecutor, { agency: filing })).toHaveLength(2);
    expect(await short(prosecutor, { region: '210200' })).toEqual([]);
    expect(await short(prosecutor, { sinceTo: '2026-11-22' })).toEqual([['FINE_FOR_CRIME', null, filing]]);
  });
});
