import { randomUUID } from 'node:crypto';
import type { ReferralStatus } from '@casebridge/contracts';
import { type Principal, systemClock } from '@casebridge/kernel';
import { query, sql } from '@casebridge/platform';
import { officer } from '@casebridge/testkit';
import {
  clerk, court, filing, head, type Input, investigator, otherPolice, otherProcuratorate, police, procuratorate, prosecutor, ReferralWorld, regulator, report,
} from '../testing/referral-world';
import { goodsIn } from './goods.loader';
import { partsAfter } from './goods.rule';
import { signedSteps } from '../testing/signed-steps';
import { actsOnCase } from '../testing/referral-operations';
import { type ReferralActName, referralMachine } from './referral.machine';

let world: ReferralWorld;
beforeAll(async () => {
  world = await ReferralWorld.start(systemClock);
});
afterAll(() => world.stop());

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const times = <T>(n: number, make: (i: number) => T): T[] => Array.from({ length: n }, (_, i) => make(i));
const eventsOf = async (referralId: string): Promise<number[]> => (await world.acted(referralId)).map((d) => d.position);

describe('ten calls at once with ten keys', () => {
  const races: readonly (readonly [ReferralActName, Principal, ReferralStatus, () => Input | Promise<Input>])[] = [
    ['approveReferral', head, 'PENDING_APPROVAL', () => ({})],
    ['transferReferral', regulator, 'APPROVED', () => world.transferInput()],
    ['signReferralReceipt', investigator, 'TRANSFERRED', () => ({})],
    ['requestReferralSupplement', investigator, 'UNDER_FILING_REVIEW', () => ({ gaps: ['缺少检验报告'] })],
    ['fileCriminalCase', investigator, 'UNDER_FILING_REVIEW', () => world.filingInput()],
    // Acts that end the part of whoever acts: the losers have none any more, and hear of the race all the same.
    ['forwardReferral', investigator, 'UNDER_FILING_REVIEW', () => ({ policeAgency: otherPolice, procuratorateAgency: otherProcuratorate, reasons: '管辖' })],
    ['returnReferral', investigator, 'UNDER_FILING_REVIEW', () => ({ reasons: '不属于公安机关管辖' })],
  ];

  it.each(races)('%s: one success, nine CONFLICT', async (act, who, status, input) => {
    const { id } = await world.referralIn(status);
    const { version } = await world.referral(id);
    const inputs = await Promise.all(times(10, async () => input()));
    const answers = await Promise.all(inputs.map((i) => world.try(act, who, id, i)));
    expect(answers.filter((a) => !a.errors)).toHaveLength(1);
    const refusals = answers.flatMap((a) => a.errors ?? []).map((e) => [e.extensions['code'], e.extensions['kind']]);
    expect(refusals).toEqual(times(9, () => ['CONFLICT', 'CONFLICT']));
    expect((await world.referral(id)).version).toBe(version + 1);
    expect(await world.timeline(id)).toHaveLength(version + 1);
    expect(await eventsOf(id)).toEqual(times(version + 1, (i) => i + 1));
    expect(await world.documentsOf(id)).toHaveLength(act === 'transferReferral' || version > 2 ? 3 : 0);
  });

  it('submitReferralReport: one referral', async () => {
    const { caseId } = await world.givenCase();
    const answers = await Promise.all(times(10, () => world.try('submitReferralReport', regulator, caseId, report())));
    expect(answers.filter((a) => !a.errors)).toHaveLength(1);
    expect(answers.flatMap((a) => a.errors ?? []).map((e) => e.extensions['code'])).toEqual(times(9, () => 'CONFLICT'));
  });

  /** Holds the case, so that acts on it begin and wait. */
  const whileLocked = async (caseId: string, then: () => Promise<void>): Promise<void> => {
    await world.act(async (tx) => {
      await query(tx.em, sql`select 1 from admin_case where case_id = ${caseId} for update`);
      await then();
    });
  };
  const codeOf = (answer: Awaited<ReturnType<ReferralWorld['try']>>): unknown => answer.errors?.[0]?.extensions['code'] ?? null;

  it('calls whoever came while the winner was at work a loser of the race, and whoever came after his answer plainly wrong', async () => {
    const { id, caseId } = await world.referralIn('PENDING_APPROVAL');
    let meanwhile = systemClock.now();
    const calls: ReturnType<ReferralWorld['try']>[] = [];
    await whileLocked(caseId, async () => {
      calls.push(world.try('approveReferral', head, id));
      await pause(30);
      meanwhile = systemClock.now(); // the winner's act has begun: its own time is earlier than this
      calls.push(world.try('approveReferral', head, id));
      await pause(30);
    });
    expect((await Promise.all(calls)).map(codeOf)).toEqual([null, 'CONFLICT']);
    expect(codeOf(await world.try('approveReferral', head, id))).toBe('ILLEGAL_TRANSITION');
    // A request that arrived meanwhile and was only now taken up.
    expect(codeOf(await world.tryReceivedAt(meanwhile, 'approveReferral', head, id))).toBe('CONFLICT');
  });
});

describe('twenty calls at once with one key', () => {
  it('have one effect and one answer', async () => {
    const { id } = await world.referralIn('APPROVED');
    const input = await world.transferInput();
    const key = randomUUID();
    const answers = await Promise.all(times(20, () => world.try('transferReferral', regulator, id, input, key)));
    expect(new Set(answers.map((a) => JSON.stringify(a))).size).toBe(1);
    expect(answers[0]?.data?.transferReferral.referral).toMatchObject({ id, status: 'TRANSFERRED', version: 3 });
    expect(await world.timeline(id)).toHaveLength(3);
    expect(await world.documentsOf(id)).toHaveLength(3);
    expect(await eventsOf(id)).toEqual([1, 2, 3]);
  });

  it('make one referral', async () => {
    const { caseId } = await world.givenCase();
    const key = randomUUID();
    const answers = await Promise.all(times(20, () => world.try('submitReferralReport', regulator, caseId, report(), key)));
    expect(new Set(answers.map((a) => a.data?.submitReferralReport.referral.id)).size).toBe(1);
  });
});

describe('everybody at once on one referral', () => {
  /** A small seeded generator, so that a failure can be run again. */
  const random = (seed: number) => () => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return seed / 2 ** 32;
  };
  const actors: readonly Principal[] = [
    regulator, head, investigator, prosecutor, clerk, officer(otherPolice), officer(otherProcuratorate), officer('DRA-210000', 1), officer('PSB-210000'),
  ];

  /** Some of the goods that there are, sometimes more than there is. */
  const goodsInputs = async (next: () => number, id: string) => {
    const parts = [...partsAfter((await goodsIn(world.db.manager, [id])).get(id)?.movements ?? []).values()];
    const goods = parts.length === 0 ? [{ part: randomUUID(), quantity: 1 }] : times(1 + Math.floor(next() * 2), () => {
      const part = one(next, parts);
      return { part: part.id, quantity: Math.max(1, Math.floor(part.quantity * next() * 1.3)) };
    });
    const some = { goods, reasons: '演示理由' };
    return {
      recordGoods: { lots: [{ name: '演示胶囊', features: '铝塑板', unit: '盒', quantity: 100, place: '演示仓库', perishable: next() < 0.5 }] }, keepGoods: { goods, place: `演示${next()}号仓库` },
      keepGoodsInPlace: some, preserveGoods: some, handOverGoods: { goods, noticeNo: '1号', receivedBy: '演示民警' }, giveBackGoods: some, returnGoods: some, disposeOfGoods: { ...some, costOwner: 'PARTY' },
    };
  };

  const inputs = async (next: () => number, id: string): Promise<Record<ReferralActName, Input>> => {
    const toOther = next() < 0.5;
    const said = { reasons: '演示理由' };
    return {
      submitReferralReport: report({ facts: `演示：第${next()}次报告` }), approveReferral: {}, refuseReferral: { reasons: '证据不足' },
      transferReferral: await world.transferInput(), signReferralReceipt: { receiptNo: '1号' }, requestReferralSupplement: { gaps: ['缺少材料'] },
      supplementReferral: { documents: [{ kind: 'OTHER', title: '补充材料', fileId: await world.givenFile() }] },
      forwardReferral: { policeAgency: toOther ? otherPolice : police, procuratorateAgency: toOther ? otherProcuratorate : procuratorate, reasons: '管辖' },
      returnReferral: { reasons: '不属于公安机关管辖' }, fileCriminalCase: world.filingInput(), refuseCriminalCase: { reasons: '没有犯罪事实', decidedOn: world.today() },
      recordReceiptRefusal: { reasons: '拒绝签收' }, withdrawCriminalCase: { reasons: '没有犯罪事实', decidedOn: world.today() },
      sendForProsecution: { opinionNo: '1号', ...(toOther ? { procuratorateAgency: otherProcuratorate } : {}) }, returnForInvestigation: { reasons: '补充侦查' },
      indict: { indictmentNo: '1号', court }, decideNotToProsecute: { kind: 'DISCRETIONARY', reasons: '情节轻微', decidedOn: world.today() },
      recordJudgment: world.judgmentInput(), recordEffectiveJudgment: { ...world.judgmentInput(), effectiveOn: world.today() }, closeReferral: {},
      orderReferral: { orderNo: '1号', charge: 'OTHER', opinion: `演示：第${next()}次意见` }, extendFilingReview: { extension: toOther ? 'COMPLEX' : 'MAJOR', approver: '演示负责人', reasons: '复杂' },
      requestReconsideration: said, decideReconsideration: { outcome: toOther ? 'UPHELD' : 'REVERSED', ...said }, proposeFilingSupervision: said, requestNonFilingExplanation: said,
      explainNonFiling: said, acceptNonFilingReasons: said, orderFiling: said, issueCorrectionNotice: said, sendReverseTransfer: said, acceptReverseTransfer: said,
      returnAdministrativeOutcome: said, ...(await goodsInputs(next, id)),
    };
  };
  /** Acts that end the story are tried late, so that it has a middle. */
  const endings: readonly ReferralActName[] = ['returnReferral', 'refuseCriminalCase', 'refuseReferral', 'withdrawCriminalCase', 'closeReferral', 'sendReverseTransfer'];
  const one = <T>(next: () => number, of: readonly T[]): T => of[Math.floor(next() * of.length)] as T;

  it.each([1, 2, 3, 4])('seed %i: one holder, a dense timeline, no document lost', async (seed) => {
    const next = random(seed);
    const { id, caseId } = await world.referralIn('APPROVED');
    const accepted: string[] = [];
    let handedIn = 0;
    for (let burst = 0; burst < 30; burst += 1) {
      const { status: present, policeAgencyCode, procuratorateAgencyCode } = await world.referral(id);
      const calls = await Promise.all(times(8, async () => {
        // More often than not something that may go through, so that there is something to race for.
        const act = one(next, next() < 0.6 ? [...referralMachine.actsFrom(present), ...referralMachine.acts.slice(0, 1)] : referralMachine.acts);
        const holder = policeAgencyCode === otherPolice ? officer(otherPolice) : investigator;
        const accuser = procuratorateAgencyCode === otherProcuratorate ? officer(otherProcuratorate) : prosecutor;
        const who = next() < 0.6 ? one(next, [head, holder, accuser]) : one(next, actors);
        return { act, who, input: (await inputs(next, id))[act], skip: endings.includes(act) && burst < 26 };
      }));
      const answers = await Promise.all(calls.filter((c) => !c.skip).map(async ({ act, who, input }) => {
        const answer = await world.try(act, who, actsOnCase.has(act) ? caseId : id, input);
        for (const e of answer.errors ?? []) expect(['CONFLICT', 'FORBIDDEN', 'NOT_FOUND', 'BAD_USER_INPUT']).toContain(e.extensions['kind']);
        if (!answer.errors) handedIn += act === 'transferReferral' ? 3 : act === 'supplementReferral' ? 1 : 0;
        return answer.errors ? null : act;
      }));
      accepted.push(...answers.filter((a) => a !== null));
    }
    const [record, timeline, adminCase] = [await world.referral(id), await world.timeline(id), await world.case(caseId)];
    expect(timeline.map((e) => e.position)).toEqual(times(timeline.length, (i) => i + 1));
    expect(timeline.map((e) => e.at.getTime())).toEqual(timeline.map((e) => e.at.getTime()).sort((a, b) => a - b));
    expect(await eventsOf(id)).toEqual(timeline.map((e) => e.position));
    // Whatever was acknowledged is in the history of this or of a later referral of the case, and nothing else is.
    expect(timeline.length).toBeGreaterThan(6);
    expect(timeline.length - 2).toBeLessThanOrEqual(accepted.length);
    expect(await world.documentsOf(id)).toHaveLength(handedIn);
    let status: ReferralStatus | null = null;
    for (const entry of timeline) {
      const act = referralMachine.acts.find((a) => a.replaceAll(/[A-Z]/g, (l) => `_${l}`).toUpperCase() === entry.act) as ReferralActName;
      status = referralMachine.next(status, act);
      expect(entry.status).toBe(status);
      const { courtAgencyCode, policeAgencyCode, procuratorateAgencyCode } = entry.standing;
      const holders: Partial<Record<ReferralStatus, string | null>> = {
        TRANSFERRED: policeAgencyCode, UNDER_FILING_REVIEW: policeAgencyCode, FILED: policeAgencyCode, SENT_FOR_PROSECUTION: procuratorateAgencyCode, INDICTED: courtAgencyCode,
        JUDGED: courtAgencyCode,
      };
      expect(entry.holderCode).toBe(holders[entry.status] ?? filing);
    }
    const last = timeline.at(-1);
    expect(record).toMatchObject({ status: last?.status, holderCode: last?.holderCode, version: last?.version });
    // Every step is signed once, and names the one before.
    expect((await signedSteps(world, id)).map((s) => [s.position, s.act, s.holder])).toEqual(timeline.map((e) => [e.position, e.act, e.holderCode]));
    // Goods are neither lost nor doubled, and each part is in one state in the care of one agency, or of nobody at its end.
    const { lots, movements } = (await goodsIn(world.db.manager, [id])).get(id) ?? { lots: [], movements: [] };
    expect(movements.length).toBe(timeline.reduce((n, e) => n + (e.detail.goods?.length ?? 0), 0));
    for (const lot of lots) {
      const parts = [...partsAfter(movements.filter((m) => m.lotId === lot.id)).values()];
      expect([lot.lotNo, parts.reduce((sum, part) => sum + part.quantity, 0)]).toEqual([lot.lotNo, lot.quantity]);
      for (const part of parts) {
        expect(part.quantity).toBeGreaterThanOrEqual(0);
        const gone = part.state === 'RETURNED' || part.state === 'DISPOSED';
        expect([filing, police, otherPolice]).toContain(gone ? filing : part.custodianCode);
      }
    }
    // One police agency has a running part, as long as the referral is with it.
    const withPolice = record.status === 'RETURNED' ? [] : [record.policeAgencyCode];
    expect(adminCase.parts.filter((code) => code.startsWith('PSB-'))).toEqual(withPolice);
  });
});
