import { randomBytes } from 'node:crypto';
import { demoAgencies } from '@casebridge/contracts';
import { composeUscc, dal2019, FixedClock, uuidv7 } from '@casebridge/kernel';
import { type StaticAgency, type Tx, unitOfWork } from '@casebridge/platform';
import { type Answer, type HarnessOptions, type ServiceHarness, startServiceForTest } from '@casebridge/testkit';
import { AdminCaseEntity } from '../admin-case/admin-case.entity';
import { type AsItStood, endPart, type NewCase, openCase, saveCase, startPart } from '../admin-case/case-access';
import { importAgencies } from '../agency/import-agencies';
import { PenaltyDecisionEntity, PenaltyItemEntity } from '../penalty-decision/penalty-decision.entity';
import { enforcementService } from '../service';

/** Sunday, 22 November 2026, 10:00 in China. */
export const testNow = new Date('2026-11-22T02:00:00.000Z');

/** The service on a private database with its agencies registered, and shortcuts to records. */
export class World {
  private constructor(
    readonly harness: ServiceHarness,
    readonly clock: FixedClock,
  ) {}

  static async start(options: Omit<HarnessOptions, 'clock'> = {}): Promise<World> {
    const clock = new FixedClock(testNow);
    const harness = await startServiceForTest(enforcementService, { ...options, clock });
    const world = new World(harness, clock);
    await world.act((tx) => importAgencies(tx, registryFile(options.agencies ?? demoAgencies)));
    clock.advance(1_000);
    return world;
  }

  act<R>(work: (tx: Tx) => Promise<R>): Promise<R> {
    return unitOfWork(this.harness.service.deps, work);
  }

  /** A case as filed; what no case is filed with (a day of service, what a criminal case interrupts) is changed in the next version. */
  givenCase(overrides: Partial<AdminCaseEntity> = {}): Promise<AdminCaseEntity> {
    return this.act(async (tx) => {
      const { status = 'INVESTIGATING', ...filed } = overrides;
      const later = Object.keys(overrides).some((key) => !(key in caseDraft()));
      const c = await openCase(tx, caseDraft(later ? filed : overrides));
      if (!later) return c;
      Object.assign(c, overrides, { status });
      await saveCase(tx, c);
      return c;
    });
  }

  giveParts(c: AdminCaseEntity, ...agencyCodes: readonly string[]): Promise<void> {
    return this.act(async (tx) => {
      for (const agencyCode of agencyCodes) await startPart(tx, c, { agencyCode, kind: 'REFERRAL_POLICE' });
      await saveCase(tx, c);
    });
  }

  /** Ends the part; whatever `change` does to the case happens in acts of their own afterwards. */
  async endPart(c: AdminCaseEntity, agencyCode: string, asItStood: Partial<AsItStood> = {}): Promise<void> {
    await this.act(async (tx) => {
      await endPart(tx, c, { agencyCode, kind: 'REFERRAL_POLICE', asItStood: { caseStatus: c.status, referralId: null, position: null, ...asItStood } });
      await saveCase(tx, c);
    });
    this.clock.advance(1_000);
  }

  /** A decision as the use case leaves it, without its rules. */
  givenDecision(c: AdminCaseEntity, overrides: Partial<PenaltyDecisionEntity> = {}): Promise<PenaltyDecisionEntity> {
    return this.act(async (tx) => {
      const decision = decisionRow(c, tx.clock.now(), overrides);
      await tx.em.insert(PenaltyDecisionEntity, { ...decision });
      await tx.em.insert(PenaltyItemEntity, { ...itemRow(decision.id) });
      return decision;
    });
  }

  /** Events that the service has written about a subject, in the order of writing. */
  outbox(subject: string, type?: string): Promise<{ type: string; data: Record<string, unknown> }[]> {
    return this.harness.dataSource.query('select type, data from outbox_event where subject = $1 and ($2::text is null or type = $2) order by seq', [subject, type ?? null]);
  }

  stop(): Promise<void> {
    return this.harness.stop();
  }
}

let serial = 0;
export const demoUscc = composeUscc({ department: '91', region: '210100', organisation: 'MADEM001' });

export const caseDraft = (overrides: Partial<NewCase> = {}): NewCase => {
  serial += 1;
  return {
    caseId: uuidv7(testNow.getTime() - 1_000_000 + serial), caseNo: `演示市监立〔2026〕${serial}号`, status: 'INVESTIGATING', agencyCode: 'MRA-210100',
    regionCode: '210100', enterpriseUscc: demoUscc, respondentKind: 'ENTERPRISE', respondentName: '演示甲药业有限公司', productId: null,
    violationType: 'FAKE_DRUGS', domain: 'DRUG', procedure: 'ORDINARY', facts: '演示案情', suspectedArticles: [dal2019(116)], goodsValueFen: 12_345_600,
    testRequired: true, filedAt: new Date('2026-10-09T01:00:00.000Z'), ...overrides,
  };
};

export const decisionRow = (c: AdminCaseEntity, now: Date, overrides: Partial<PenaltyDecisionEntity> = {}): PenaltyDecisionEntity =>
  Object.assign(new PenaltyDecisionEntity(), {
    id: uuidv7(now), caseId: c.caseId, agencyCode: c.agencyCode, regionCode: c.regionCode, documentNo: `演示市监处罚〔2026〕${randomBytes(5).readUIntBE(0, 5)}号`,
    decidedOn: '2026-11-02', servedOn: null, serviceRecordedAt: overrides.servedOn ? now : null, procedure: c.procedure, violationType: c.violationType,
    domain: c.domain, tier: 'ORDINARY', partyName: c.respondentName, partyUscc: c.enterpriseUscc, partyKind: 'ENTITY', goodsValueFen: 7_700,
    gainsFen: 3_300, noPersonalPenaltyReason: null, articleChangeReason: null, createdAt: now, ...overrides,
  });

export const itemRow = (decisionId: string, overrides: Partial<PenaltyItemEntity> = {}): PenaltyItemEntity =>
  Object.assign(new PenaltyItemEntity(), {
    id: uuidv7(testNow), decisionId, seq: 1, kind: 'FINE', partyKind: 'ENTITY', partyName: '演示甲药业有限公司', amountFen: 5_000_000,
    basisInstrument: dal2019(116).instrument, basisArticle: '116', basisMark: 'V', startsOn: null, endsOn: null, forLife: false, ...overrides,
  });

export const registryFile = (agencies: readonly StaticAgency[]): object[] =>
  agencies.map((a) => ({
    code: a.code, name: a.name ?? a.code, nameEn: a.nameEn ?? a.code, functions: [...a.functions], regions: [...(a.regions ?? [])],
    superior: a.superior ?? null, status: a.status ?? 'ACTIVE', issuer: a.issuer ?? `urn:casebridge:dev:${a.code}`,
    officers: (a.officers ?? []).map((o) => ({ id: o.id, roles: [...o.roles] })),
  }));

/** The codes of an answer's errors. */
export const codesOf = (answer: Answer<unknown>): unknown[] => (answer.errors ?? []).map((e) => e.extensions['code']);
export const kindsOf = (answer: Answer<unknown>): unknown[] => (answer.errors ?? []).map((e) => e.extensions['kind']);

/** The data of an answer that must not have failed. */
export function dataOf<T>(answer: Answer<T>): T {
  if (answer.errors || !answer.data) throw new Error(JSON.stringify(answer.errors ?? 'no data'));
  return answer.data;
}
