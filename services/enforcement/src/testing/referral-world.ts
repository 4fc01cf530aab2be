import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { type ReferralActed, referralActed, type ReferralStatus } from '@casebridge/contracts';
import { civilDate, type Clock, FixedClock, type Principal, uuidv7 } from '@casebridge/kernel';
import { FileEntity, query, sql, type Tx, unitOfWork } from '@casebridge/platform';
import { type Answer, demoAgencies, officer, type ServiceHarness, startServiceForTest } from '@casebridge/testkit';
import type { ExecutionResult } from 'graphql';
import { AdminCaseEntity } from '../admin-case/admin-case.entity';
import { openCase, saveCase } from '../admin-case/case-access';
import { importAgencies } from '../agency/import-agencies';
import { ReferralDocumentEntity, ReferralEntity, ReferralTimelineEntity } from '../referral/referral.entity';
import type { ReferralActName } from '../referral/referral.machine';
import { enforcementService } from '../service';
import { actsOnCase, laterActs, referralActs } from './referral-operations';
import { caseDraft, dataOf, registryFile, testNow } from './world';

/** The agencies of most stories, and the officers who act for them. */
export const filing = 'MRA-210100';
export const police = 'PSB-210100';
export const procuratorate = 'PPO-210100';
export const otherPolice = 'PSB-210200';
export const otherProcuratorate = 'PPO-210200';
export const regulator = officer(filing, 2);
export const head = officer(filing, 1);
export const investigator = officer(police, 2);
export const court = 'CRT-210100';
export const prosecutor = officer(procuratorate, 2);
export const chief = officer(procuratorate, 1);
export const clerk = officer(court, 2);

export interface ReferralView {
  readonly id: string;
  readonly version: number;
  readonly status: ReferralStatus;
  readonly dueAt: string | null;
}

type ActAnswer = Answer<Record<ReferralActName, { referral: ReferralView }>>;
export type Input = Record<string, unknown>;
export type Step = readonly [act: ReferralActName, who: Principal, input: Input];

/** The service on a private database with its agencies registered, and the acts on referrals as clients send them. */
export class ReferralWorld {
  private constructor(
    readonly harness: ServiceHarness,
    readonly clock: Clock,
  ) {}

  /** @param clock - stands still on `testNow` by default; the system's own for tests of what happens at once */
  static async start(clock: Clock = new FixedClock(testNow)): Promise<ReferralWorld> {
    const harness = await startServiceForTest(enforcementService, { clock });
    const world = new ReferralWorld(harness, clock);
    await world.act((tx) => importAgencies(tx, registryFile(demoAgencies)));
    return world;
  }

  get db(): ServiceHarness['dataSource'] {
    return this.harness.dataSource;
  }

  stop(): Promise<void> {
    return this.harness.stop();
  }

  act<R>(work: (tx: Tx) => Promise<R>): Promise<R> {
    return unitOfWork(this.harness.service.deps, work);
  }

  /** Time goes by, where the clock is one that can be moved. */
  pass(ms: number): void {
    if (this.clock instanceof FixedClock) this.clock.advance(ms);
  }

  givenCase(overrides: Partial<AdminCaseEntity> = {}): Promise<AdminCaseEntity> {
    return this.act((tx) => openCase(tx, { ...caseDraft({ testRequired: false }), ...overrides }));
  }

  /** Changes a case as an act of its own would: seals it, excludes somebody. */
  async change(caseId: string, changes: Partial<AdminCaseEntity>): Promise<void> {
    await this.act(async (tx) => {
      const c = await tx.em.findOneByOrFail(AdminCaseEntity, { caseId });
      await saveCase(tx, Object.assign(c, changes));
    });
  }

  async givenFile(agencyCode = filing): Promise<string> {
    const id = uuidv7(this.clock);
    await this.db.getRepository(FileEntity).insert({
      id, sha256: id.replaceAll('-', '').padEnd(64, '0'), size: 3, mediaType: 'application/pdf', agencyCode, officerId: `${agencyCode}-2`, uploadedAt: this.clock.now(),
    });
    return id;
  }

  /** Bytes through the door for files. */
  async upload(who: ReturnType<typeof officer>, text: string): Promise<string> {
    const { files } = this.harness.service.runtime;
    if (!files) throw new Error('the service takes no files');
    return (await files.store(who, Readable.from([Buffer.from(text)]), { limitBytes: 1_000_000 })).id;
  }

  async documents(agencyCode = filing): Promise<{ kind: string; title: string; fileId: string }[]> {
    const kinds = ['TRANSFER_LETTER', 'INVESTIGATION_REPORT', 'GOODS_LIST'];
    return Promise.all(kinds.map(async (kind) => ({ kind, title: `演示材料 ${kind}`, fileId: await this.givenFile(agencyCode) })));
  }

  private request(who: Principal, operation: string, variables: Record<string, unknown>, operationName?: string, receivedAt = this.clock.now()) {
    return {
      query: operation, operationName: operationName ?? null, variables, principal: who, requestId: randomUUID(), clientOperation: operationName ?? 'Test',
      receivedAt, scope: {},
    };
  }

  async send<T = Record<string, never>>(who: Principal, operation: string, variables: Record<string, unknown> = {}, operationName?: string, receivedAt?: Date): Promise<Answer<T>> {
    return (await this.harness.service.runtime.execute(this.request(who, operation, variables, operationName, receivedAt))) as Answer<T>;
  }

  subscribe(who: Principal, operation: string, variables: Record<string, unknown> = {}): Promise<AsyncGenerator<ExecutionResult, void, void> | ExecutionResult> {
    return this.harness.service.runtime.subscribe(this.request(who, operation, variables));
  }

  /** One act by the very operation of the clients. `id` is the case for acts that may make a referral, the referral for all others. */
  try(act: ReferralActName, who: Principal, id: string, input: Input = {}, key: string = randomUUID()): Promise<ActAnswer> {
    return this.tryReceivedAt(undefined, act, who, id, input, key);
  }

  /** The same for a request that reached the hub some time ago. */
  tryReceivedAt(at: Date | undefined, act: ReferralActName, who: Principal, id: string, input: Input = {}, key: string = randomUUID()): Promise<ActAnswer> {
    const name = act.charAt(0).toUpperCase() + act.slice(1);
    const operations = referralActs.includes(`mutation ${name}(`) ? referralActs : laterActs;
    return this.send(who, operations, { [actsOnCase.has(act) ? 'caseId' : 'id']: id, input, key }, name, at);
  }

  /** The same for an act that must succeed. */
  async do(act: ReferralActName, who: Principal, id: string, input: Input = {}): Promise<ReferralView> {
    const { referral } = dataOf(await this.try(act, who, id, input))[act];
    this.pass(60_000);
    return referral;
  }

  /** A referral in a state, by the shortest way; the case is filed by `filing`. */
  async referralIn(status: ReferralStatus, overrides: Partial<AdminCaseEntity> = {}): Promise<{ id: string; caseId: string }> {
    const { caseId } = await this.givenCase(overrides);
    const { id } = await this.do('submitReferralReport', regulator, caseId, report());
    for (const [act, who, input] of await this.wayTo(status)) await this.do(act, who, id, input);
    return { id, caseId };
  }

  private async wayTo(status: ReferralStatus): Promise<readonly Step[]> {
    if (status === 'PENDING_APPROVAL') return [];
    if (status === 'NOT_APPROVED') return [['refuseReferral', head, { reasons: '证据不足' }]];
    const way: Step[] = [['approveReferral', head, {}]];
    if (status === 'APPROVED') return way;
    way.push(['transferReferral', regulator, await this.transferInput()]);
    if (status === 'TRANSFERRED') return way;
    way.push(['signReferralReceipt', investigator, { receiptNo: '演示受案〔2026〕1号' }]);
    const filed: Step = ['fileCriminalCase', investigator, this.filingInput()];
    const prosecuted: Step[] = [filed, ['sendForProsecution', investigator, { opinionNo: '演示诉字〔2026〕1号' }]];
    const indicted: Step[] = [...prosecuted, ['indict', prosecutor, { indictmentNo: '演示检刑诉〔2026〕1号', court }]];
    const judged: Step[] = [...indicted, ['recordJudgment', clerk, this.judgmentInput()]];
    const later: Partial<Record<ReferralStatus, readonly Step[]>> = {
      FILED: [filed], SENT_FOR_PROSECUTION: prosecuted, INDICTED: indicted, JUDGED: judged,
      CASE_WITHDRAWN: [filed, ['withdrawCriminalCase', investigator, { reasons: '没有犯罪事实', decidedOn: this.today() }]],
      NOT_PROSECUTED: [...prosecuted, ['decideNotToProsecute', prosecutor, { kind: 'DISCRETIONARY', reasons: '犯罪情节轻微', decidedOn: this.today() }]],
      JUDGED_EFFECTIVE: [...judged, ['recordEffectiveJudgment', clerk, { ...this.judgmentInput(), effectiveOn: this.today() }]],
      CLOSED: [filed, ['withdrawCriminalCase', investigator, { reasons: '没有犯罪事实', decidedOn: this.today() }], ['closeReferral', regulator, {}]],
    };
    const steps = later[status];
    if (steps) return [...way, ...steps];
    const last: Partial<Record<ReferralStatus, Step>> = {
      SUPPLEMENT_REQUIRED: ['requestReferralSupplement', investigator, { gaps: ['缺少检验报告'] }],
      RETURNED: ['returnReferral', investigator, { reasons: '不属于公安机关管辖' }],
      NOT_FILED: ['refuseCriminalCase', investigator, { reasons: '没有犯罪事实', decidedOn: this.today() }],
    };
    const step = last[status];
    return step ? [...way, step] : way;
  }

  async transferInput(to: { policeAgency?: string; procuratorateAgency?: string } = {}): Promise<Input> {
    return { policeAgency: police, procuratorateAgency: procuratorate, ...to, documents: await this.documents() };
  }

  filingInput(): Input {
    return { decisionNo: '演示立字〔2026〕7号', charge: 'FAKE_DRUGS', decidedOn: this.today() };
  }

  judgmentInput(): Input {
    return { judgmentNo: '演示刑初〔2026〕1号', outcome: 'CONVICTED', instance: 'FIRST', judgedOn: this.today() };
  }

  today(): string {
    return civilDate(this.clock.now());
  }

  referral(id: string): Promise<ReferralEntity> {
    return this.db.getRepository(ReferralEntity).findOneByOrFail({ id });
  }

  case(caseId: string): Promise<AdminCaseEntity> {
    return this.db.getRepository(AdminCaseEntity).findOneByOrFail({ caseId });
  }

  timeline(referralId: string): Promise<ReferralTimelineEntity[]> {
    return this.db.getRepository(ReferralTimelineEntity).find({ where: { referralId }, order: { position: 'ASC' } });
  }

  documentsOf(referralId: string): Promise<ReferralDocumentEntity[]> {
    return this.db.getRepository(ReferralDocumentEntity).find({ where: { referralId }, order: { addedPosition: 'ASC', id: 'ASC' } });
  }

  /** Waits until every committed event has its position in the log. */
  async settle(): Promise<void> {
    for (;;) {
      const waiting = await query(this.db.manager, sql`select 1 from outbox_event where position is null limit 1`);
      if (waiting.length === 0) return;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  /** Events of referrals that are on the bus, in order. */
  async acted(referralId: string): Promise<ReferralActed[]> {
    await this.settle();
    const events = await this.harness.published(referralActed.type);
    return events.map((e) => e.data as ReferralActed).filter((d) => d.referralId === referralId);
  }

  /** Every row that acts write, to see that a refusal leaves none behind. */
  async everything(): Promise<unknown> {
    const [row] = await query<{ all: unknown }>(this.db.manager, sql`
      select jsonb_build_object(
        'referrals', (select jsonb_agg(r order by r.id) from referral r), 'timeline', (select count(*) from referral_timeline),
        'documents', (select count(*) from referral_document), 'goods', (select count(*) from goods_movement), 'cases', (select jsonb_agg(c order by c.case_id) from admin_case c),
        'parts', (select jsonb_agg(p order by p.id) from case_part p), 'events', (select count(*) from outbox_event),
        'keys', (select count(*) from idempotency_key)) as all`);
    return row?.all;
  }
}

export const report = (changes: Input = {}, of = filing): Input => ({ charge: 'FAKE_DRUGS', facts: '演示：生产销售假药，货值巨大。', taskForce: [`${of}-2`, `${of}-3`], ...changes });
