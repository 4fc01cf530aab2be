import 'reflect-metadata';
import { isDeepStrictEqual } from 'node:util';
import { composeReport, statusesOf } from '@casebridge/adr';
import {
  compulsoryMeasureAct, compulsoryMeasureKind, compulsoryMeasureStatus,
  caseStepAct, clueSource, clueStatus, cooperationKind, demoAgencies, demoRegions, enterpriseKind, goodsState, integrationEvents, jointMeasureStatus, listingStatus, nonFilingGround,
  noPenaltyDecisionKind, productKind,  repairKind, repairStatus,referralAct, referralStatus, referralTrackState, suspensionGround, terminationGround, violationType,
} from '@casebridge/contracts';
import { isListedOn, measureStatus } from '@casebridge/credit';
import {
  civilDate, isDistributionLicenceNo, isDrugApprovalNo, isProductionLicenceNo, isUscc, isUuid, parseDocumentNo, startOfDay, stateCouncilCalendar, uuidTime,
} from '@casebridge/kernel';
import { permissibleOnSiteConclusions, permissibleOverallConclusions } from '@casebridge/inspection';
import { findingsOn, partsAfter } from '@casebridge/enforcement';
import { statusAt } from './enforcement';
import { accessTables, busTable, CollectedWorld, eventsOf, fingerprint, grouped, recordedAfter, tables, testDay } from '../testing/collected-world';
import { presentOn } from './present';
import { sizes } from './sizes';

const today = testDay;
const { now } = presentOn(today);
const world = new CollectedWorld('demo', 1);
const small = { ...sizes.demo, enterprises: 200, products: 60, cases: 300, decisions: 150, inspections: 600, defects: 500, reports: 260, complaints: 170 };

describe('the demo world', () => {
  it('is a function of scale and seed number', () => {
    expect(fingerprint('demo', 5, small)).toBe(fingerprint('demo', 5, small));
    expect(fingerprint('demo', 5, small)).not.toBe(fingerprint('demo', 6, small));
  });

  it('has exactly as much of everything as its scale says', () => {
    const counted = {
      enterprises: world.all(tables.enterprise).length, products: world.all(tables.product).length, cases: world.all(tables.adminCase).length,
      decisions: world.all(tables.penaltyDecision).length, inspections: world.all(tables.inspection).length, defects: world.all(tables.defect).length,
      reports: world.all(tables.report).length, complaints: world.all(tables.complaint).length,
    };
    expect(sizes.demo).toMatchObject(counted);
  });

  it('has an id of its own for every record, which carries its time', () => {
    const ids: string[] = [];
    for (const [table, row] of world.everything()) {
      if (table === busTable || Object.values(accessTables).includes(table as never)) continue; // copies of others
      const id = (row as { id?: string; caseId?: string }).id ?? (table === tables.adminCase ? (row as { caseId: string }).caseId : undefined);
      if (id !== undefined) ids.push(id);
    }
    expect(ids.filter((id) => !isUuid(id) || id[14] !== '7')).toEqual([]);
    expect(new Set(ids).size).toBe(ids.length);
    expect(world.all(tables.adminCase).filter((c) => uuidTime(c.caseId).getTime() !== c.filedAt.getTime())).toEqual([]);
    expect(eventsOf(world, 'enforcement').filter((e) => uuidTime(e.id).getTime() !== e.occurredAt.getTime())).toEqual([]);
  });

  it('ends today: nothing is recorded later', () => {
    expect(recordedAfter(world, now)).toEqual([]);
  });
});

describe('identifiers of the demo', () => {
  it('pass their check digits', () => {
    const codes = world.all(tables.enterprise).map((e) => e.uscc);
    expect(codes.filter((code) => !isUscc(code))).toEqual([]);
    expect(new Set(codes).size).toBe(codes.length);
  });

  it('have the forms of their kind, each number once', () => {
    const licences = world.all(tables.licence);
    expect(licences.filter((l) => l.kind === 'DRUG_PRODUCTION' && !isProductionLicenceNo(l.number))).toEqual([]);
    expect(licences.filter((l) => l.kind === 'DRUG_DISTRIBUTION' && !isDistributionLicenceNo(l.number))).toEqual([]);
    expect(new Set(licences.map((l) => l.number)).size).toBe(licences.length);
    const drugs = world.all(tables.product).filter((p) => p.kind === 'DRUG' || p.kind === 'VACCINE');
    expect(drugs.filter((p) => !isDrugApprovalNo(p.registrationNo ?? ''))).toEqual([]);
    const devices = world.all(tables.product).filter((p) => p.kind === 'DEVICE');
    expect(devices.filter((p) => !/^[国辽吉]械注准\d{4}[23]\d{2}\d{4}$/.test(p.registrationNo ?? ''))).toEqual([]);
    const cosmetics = world.all(tables.product).filter((p) => p.kind === 'COSMETIC');
    expect(cosmetics.filter((p) => !/^(?:国妆特字\d{4}\d+|[辽吉]G妆网备字\d{4}\d+)$/.test(p.registrationNo ?? ''))).toEqual([]);
  });

  it('number documents by agency and year, each once', () => {
    for (const numbers of [
      world.all(tables.adminCase).map((c) => c.caseNo), world.all(tables.penaltyDecision).map((d) => d.documentNo),
      world.all(tables.referral).map((r) => r.referralNo), world.all(tables.inspection).map((i) => i.inspectionNo),
    ]) {
      expect(numbers.filter((n) => parseDocumentNo(n) === null)).toEqual([]);
      expect(new Set(numbers).size).toBe(numbers.length);
    }
    expect(world.all(tables.adminCase).filter((c) => parseDocumentNo(c.caseNo)!.year !== Number(civilDate(c.filedAt).slice(0, 4)))).toEqual([]);
  });
});

describe('names and texts of the demo', () => {
  const forms: readonly (readonly [what: string, texts: () => readonly string[], form: RegExp])[] = [
    ['enterprises', () => world.all(tables.enterprise).map((e) => e.name), /^[甲乙]省(?:[一二]市)?(?:[东西南]区|高新区)?[甲乙丙丁戊己庚辛壬癸][子丑寅卯辰巳午未申酉戌亥]\p{Script=Han}+（演示）\d{5,}$/u],
    ['enterprises in English', () => world.all(tables.enterprise).map((e) => e.nameEn ?? ''), /^Demo /],
    ['persons', () => world.all(tables.keyPerson).map((p) => p.name), /^演示人员[甲乙丙丁戊己庚辛壬癸]\d{4,}$/],
    ['products', () => world.all(tables.product).map((p) => p.name), /^演示.*（演示）$/],
    ['parties of cases', () => world.all(tables.adminCase).map((c) => c.respondentName), /演示/],
    ['parties of penalties', () => world.all(tables.penaltyItem).map((i) => i.partyName), /演示/],
    ['parties of punishments', () => world.all(tables.punishment).map((p) => p.partyName), /演示/],
    ['facts of cases', () => world.all(tables.adminCase).map((c) => c.facts), /^【演示数据】/],
    ['words on steps', () => world.all(tables.caseStep).flatMap(({ words }) => words.text ?? []), /^【演示数据】/],
    ['goods and words of measures', () => world.all(tables.measureAct).flatMap(({ words, standing: { goods, place } }) => [words.text ?? '', goods, place]), /^【演示数据】/],
    ['facts of clues', () => world.all(tables.clue).map((q) => q.facts), /^【演示数据】/],
    ['words on clues', () => world.all(tables.clueAct).flatMap(({ detail: { reasons, result, testedBy } }) => [reasons, result, testedBy].filter((text) => text !== undefined)), /^【演示数据】/],
    ['what agencies ask', () => world.all(tables.cooperation).flatMap((w) => [w.title, w.content]), /^【演示数据】/],
    ['words between agencies', () => world.all(tables.cooperationAct).flatMap(({ detail: { text } }) => text ?? []), /^【演示数据】/],
    ['documents between agencies', () => world.all(tables.cooperationDocument).map((d) => d.title), /^【演示数据】/],
    ['clues to duty crimes', () => world.all(tables.dutyCrimeClue).flatMap((k) => [k.official, k.facts]), /^【演示数据】/],
    ['facts of referrals', () => world.all(tables.referral).map((r) => r.facts), /^【演示数据】/],
    ['documents', () => world.all(tables.referralDocument).map((d) => d.title), /^【演示数据】/],
    ['narratives', () => world.all(tables.report).map((r) => r.narrative ?? ''), /^【演示数据】/],
    ['complaints', () => world.all(tables.complaint).flatMap((c) => [c.subject, c.content]), /^【演示数据】/],
    ['defects', () => world.all(tables.defect).map((d) => d.description), /^【演示数据】/],
  ];
  it.each(forms)('say that they are invented: %s', (_, texts, form) => {
    expect(texts().length).toBeGreaterThan(0);
    expect(texts().filter((text) => !form.test(text))).toEqual([]);
  });
});

describe('the regulated world', () => {
  it('has enterprises of every kind in every region, and products of every kind', () => {
    const seen = new Set(world.all(tables.enterprise).flatMap((e) => e.kinds.map((kind) => `${e.regionCode} ${kind}`)));
    const missing = demoRegions.flatMap((region) => enterpriseKind.codes.map((kind) => `${region.code} ${kind}`)).filter((pair) => !seen.has(pair));
    expect(missing).toEqual([]);
    expect(new Set(world.all(tables.product).map((p) => p.kind))).toEqual(new Set(productKind.codes));
  });

  it('draws only conclusions that the rule allows', () => {
    const grades = new Map<string, ('CRITICAL' | 'MAJOR' | 'MINOR')[]>();
    for (const d of world.all(tables.defect)) grades.set(d.inspectionId, [...(grades.get(d.inspectionId) ?? []), d.grade]);
    let concluded = 0;
    const unlawful: unknown[] = [];
    for (const i of world.all(tables.inspection)) {
      const facts = { grades: grades.get(i.id) ?? [], systemDefeated: false, dataFabricated: false, usersHarmed: false };
      // Fabricated data is not in the record; it makes every conclusion NON_COMPLIANT.
      const fabricated = { ...facts, dataFabricated: true };
      if (i.onSiteConclusion === null) continue;
      const onSite = [...permissibleOnSiteConclusions(facts).values, ...(i.caseIds.length > 0 ? permissibleOnSiteConclusions(fabricated).values : [])];
      if (!onSite.includes(i.onSiteConclusion)) unlawful.push(i);
      if (i.conclusion === null) continue;
      concluded += 1;
      const overall = (['EFFECTIVE', 'INEFFECTIVE'] as const).flatMap((r) => [...permissibleOverallConclusions(facts, i.onSiteConclusion!, r).values]);
      if (!overall.includes(i.conclusion) && !(i.caseIds.length > 0 && i.conclusion === 'NON_COMPLIANT')) unlawful.push(i);
      if (civilDate(i.concludedAt!) < i.conductedOn!) unlawful.push(i);
    }
    expect(unlawful).toEqual([]);
    expect(concluded).toBeGreaterThan(1_000);
    expect(new Set(world.all(tables.inspection).map((i) => i.status))).toEqual(new Set(['PLANNED', 'UNDER_WAY', 'AWAITING_RECTIFICATION', 'CONCLUDED']));
  });
});

describe('clues of the demo', () => {
  const clues = world.all(tables.clue);

  it('are in every state, of every source and ground, in time and late, and some are left lying', () => {
    expect(new Set(clues.map((q) => q.status))).toEqual(new Set(clueStatus.codes));
    expect(new Set(clues.map((q) => q.source))).toEqual(new Set(clueSource.codes));
    expect(new Set(clues.flatMap((q) => q.nonFilingGround ?? []))).toEqual(new Set(nonFilingGround.codes));
    expect(new Set(clues.map((q) => q.met))).toEqual(new Set([true, false, null]));
    expect(clues.filter((q) => q.dueAt !== null && q.dueAt <= now).length).toBeGreaterThan(5);
    expect(clues.filter((q) => q.dueAt !== null && q.dueAt > now).length).toBeGreaterThan(1);
    expect(clues.some((q) => q.extended)).toBe(true);
  });

  it('became a case of the same agency at the instant of its filing', () => {
    const cases = new Map(world.all(tables.adminCase).map((c) => [c.caseId, c]));
    const filed = clues.filter((q) => q.caseId !== null);
    expect(filed.length).toBeGreaterThan(30);
    expect(filed.filter((q) => cases.get(q.caseId!)?.filedAt.getTime() !== q.updatedAt.getTime() || cases.get(q.caseId!)?.agencyCode !== q.agencyCode)).toEqual([]);
  });
});

describe('what agencies of the demo ask of one another', () => {
  it('is of every kind and in every state, in time and late, and some of it is owed', () => {
    const all = world.all(tables.cooperation);
    const states = (kind: string): unknown[] => [...new Set(all.filter((w) => w.kind === kind).map((w) => w.status))].sort();
    expect(Object.fromEntries(cooperationKind.codes.map((kind) => [kind, states(kind)]))).toEqual({
      ASSISTANCE: ['ANSWERED', 'DECLINED', 'REQUESTED', 'UNDER_WAY', 'WITHDRAWN'], JOINT_SUPERVISION: ['CONCLUDED', 'UNDER_WAY', 'WITHDRAWN'],
      CONSULTATION: ['CONCLUDED', 'UNDER_WAY', 'WITHDRAWN'], EARLY_CONSULTATION: ['CONCLUDED', 'DECLINED', 'REQUESTED', 'UNDER_WAY'],
      TEST: ['ANSWERED', 'DECLINED', 'REQUESTED', 'UNDER_WAY', 'WITHDRAWN'], SUGGESTION: ['ANSWERED', 'REQUESTED', 'WITHDRAWN'],
      PUBLIC_INTEREST_CLUE: ['ANSWERED', 'REQUESTED', 'UNDER_WAY'],
    });
    expect(new Set(all.map((w) => w.met))).toEqual(new Set([true, false, null]));
    expect([true, false].map((late) => all.some((w) => w.dueAt !== null && (w.dueAt <= now) === late))).toEqual([true, true]);
    expect(all.some((w) => w.extended)).toBe(true);
    expect(all.some((w) => w.urgent)).toBe(true);
  });
});

describe('steps of the demo', () => {
  const steps = world.all(tables.caseStep);

  it('are of every kind, on every ground, and leave cases in every state that they lead to', () => {
    // What the demo overturns is overturned by a remedy, and nothing is decided again.
    const untold = ['CORRECT_DECISION', 'REOPEN_CASE'];
    expect(new Set(steps.map((s) => s.act))).toEqual(new Set(caseStepAct.codes.filter((act) => !untold.includes(act))));
    expect(new Set(steps.flatMap((s) => s.words.suspensionGround ?? []))).toEqual(new Set(suspensionGround.codes));
    expect(new Set(steps.flatMap((s) => s.words.terminationGround ?? []))).toEqual(new Set(terminationGround.codes));
    expect(new Set(steps.flatMap((s) => s.words.decisionKind ?? []))).toEqual(new Set(noPenaltyDecisionKind.codes));
    const last = new Map(steps.map((s) => [s.caseId, s]));
    const cases = world.all(tables.adminCase).filter((c) => last.has(c.caseId));
    expect(cases.filter((c) => c.status !== last.get(c.caseId)!.status)).toEqual([]);
    expect(new Set(cases.map((c) => c.status))).toEqual(new Set(
      ['INVESTIGATING', 'SUSPENDED', 'TERMINATED', 'INVESTIGATION_CONCLUDED', 'UNDER_REVIEW', 'NOTICE_SERVED', 'HEARING', 'DECIDED', 'IN_EXECUTION', 'CLOSED', 'ARCHIVED']));
  });
});

describe('compulsory measures of the demo', () => {
  const acts = world.all(tables.measureAct);
  const last = [...grouped(acts, (a) => a.measureId).values()].map((of) => of.at(-1)!);

  it('are of every kind, by every act, and stand in every state', () => {
    expect(new Set(acts.map((a) => a.act))).toEqual(new Set(compulsoryMeasureAct.codes));
    expect(new Set(last.map((a) => a.standing.kind))).toEqual(new Set(compulsoryMeasureKind.codes));
    expect(new Set(last.map((a) => statusAt(a.status, a.standing, now, stateCouncilCalendar)))).toEqual(new Set(compulsoryMeasureStatus.codes));
    expect(new Set(acts.map((a) => a.met))).toEqual(new Set([true, false, null]));
  });
});

describe('cases of the demo', () => {
  const agencyOf = new Map(demoAgencies.map((a) => [a.code, a]));

  it('lie with agencies that are competent for the place', () => {
    for (const c of world.all(tables.adminCase)) {
      const agency = agencyOf.get(c.agencyCode)!;
      expect(agency.functions).toContain('DRUG');
      expect(agency.regions).toContain(c.regionCode);
    }
    const filing = new Set(world.all(tables.adminCase).map((c) => c.agencyCode));
    expect([...filing].sort()).toEqual(['DRA-210000', 'DRA-220000', 'MRA-210100', 'MRA-210102', 'MRA-210200']);
  });

  it('have decisions that no rule of law refuses', () => {
    const cases = new Map(world.all(tables.adminCase).map((c) => [c.caseId, c]));
    const items = grouped(world.all(tables.penaltyItem), (i) => i.decisionId);
    for (const d of world.all(tables.penaltyDecision)) {
      const c = cases.get(d.caseId)!;
      const found = findingsOn({
        ...d, authorityFunctions: agencyOf.get(d.agencyCode)!.functions, caseStatus: 'INVESTIGATING', filedAt: c.filedAt, excluded: [], extensions: [],
        items: items.get(d.id)!.map((i) => ({ ...i, basis: { instrument: i.basisInstrument, article: i.basisArticle } })),
      }, stateCouncilCalendar).filter((f) => f.blocks);
      expect({ documentNo: d.documentNo, found }).toEqual({ documentNo: d.documentNo, found: [] });
      expect(d.decidedOn >= civilDate(c.filedAt)).toBe(true);
    }
  });

  // Written out from the articles, apart from the generator's own table.
  const ranges: Readonly<Record<string, (goodsYuan: number, serious: boolean) => readonly [number, number]>> = {
    FAKE_DRUGS: (v) => [15 * Math.max(v, 100_000), 30 * Math.max(v, 100_000)],
    UNLICENSED_BUSINESS: (v) => [15 * Math.max(v, 100_000), 30 * Math.max(v, 100_000)],
    UNAPPROVED_DRUGS: (v) => [15 * Math.max(v, 100_000), 30 * Math.max(v, 100_000)],
    RECALL_REFUSED: (v) => [5 * Math.max(v, 100_000), 10 * Math.max(v, 100_000)],
    LICENCE_FRAUD: () => [500_000, 5_000_000],
    GXP_BREACH: (_, serious) => (serious ? [500_000, 2_000_000] : [100_000, 500_000]),
  };
  it.each(Object.keys(ranges))('fine the respondent within the range of the article: %s', (type) => {
    const decisions = new Map(world.all(tables.penaltyDecision).filter((d) => d.violationType === type && d.procedure === 'ORDINARY').map((d) => [d.id, d]));
    const fines = world.all(tables.penaltyItem).filter((i) => i.kind === 'FINE' && decisions.get(i.decisionId)?.partyName === i.partyName);
    expect(fines.length).toBeGreaterThan(0);
    for (const fine of fines) {
      const { tier, goodsValueFen } = decisions.get(fine.decisionId)!;
      const [low, high] = ranges[type]!(goodsValueFen! / 100, tier === 'HEAVY');
      expect(fine.amountFen!).toBeLessThanOrEqual(high * 100);
      if (tier === 'MITIGATED') expect(fine.amountFen!).toBeLessThan(low * 100);
      else expect(fine.amountFen!).toBeGreaterThanOrEqual(low * 100);
    }
  });

  it('have referrals in every state, by every act but the rarest, in time and late, due and overdue, with every state of what runs beside them but the rarest', () => {
    expect(new Set(world.all(tables.referral).map((r) => r.status))).toEqual(new Set(referralStatus.codes));
    const acts = new Set(world.all(tables.referralTimeline).map((t) => t.act));
    expect(referralAct.codes.filter((act) => !acts.has(act))).toEqual(['ORDER_REFERRAL', 'EXTEND_FILING_REVIEW', 'ISSUE_CORRECTION_NOTICE']);
    const states = new Set(world.all(tables.referralTimeline).flatMap((t) => t.tracks.map((track) => track.state)));
    expect(referralTrackState.codes.filter((state) => !states.has(state))).toEqual(['CORRECTION_NOTICE_ISSUED', 'OVERTAKEN']);
    expect(new Set([...partsAfter(world.all(tables.goodsMovement)).values()].map((part) => part.state))).toEqual(new Set(goodsState.codes));
    expect(new Set(world.all(tables.referralTimeline).map((t) => t.met))).toEqual(new Set([null, true, false]));
    expect(world.all(tables.referral).filter((r) => r.dueAt !== null && r.dueAt <= now).length).toBeGreaterThan(10);
    expect(world.all(tables.referral).filter((r) => r.dueAt !== null && r.dueAt > now).length).toBeGreaterThan(3);
  });

  it('have dense timelines whose last entry is how the referral stands', () => {
    const entries = grouped(world.all(tables.referralTimeline), (t) => t.referralId);
    for (const r of world.all(tables.referral)) {
      const timeline = entries.get(r.id)!;
      expect(timeline.map((t) => t.position)).toEqual(timeline.map((_, i) => i + 1));
      expect([...timeline].sort((a, b) => a.at.getTime() - b.at.getTime())).toEqual(timeline);
      expect(timeline.at(-1)).toMatchObject({ status: r.status, holderCode: r.holderCode, version: r.version, dueAt: r.dueAt, deadline: r.deadline });
    }
  });

  it('give clients cases on which the referral acts can be run', () => {
    const referred = new Set(world.all(tables.referral).map((r) => r.caseId));
    const free = world.all(tables.adminCase).filter((c) =>
      c.agencyCode === 'MRA-210100' && ['FILED', 'INVESTIGATING'].includes(c.status) && !referred.has(c.caseId) && !c.testRequired && c.sealedUntil === null);
    expect(free.length).toBeGreaterThanOrEqual(15);
    expect(world.all(tables.adminCase).filter((c) => c.testRequired).length).toBeLessThan(sizes.demo.cases / 20);
  });

  it('have two sealed ones and some with excluded officers', () => {
    expect(world.all(tables.adminCase).filter((c) => c.sealedUntil !== null)).toHaveLength(2);
    expect(world.all(tables.caseSeal).map((s) => s.acknowledgedBy.length)).toEqual([3, 3]);
    expect(world.all(tables.caseExclusion).length).toBeGreaterThanOrEqual(2);
  });
});

describe('the logs', () => {
  it('are dense, in order of time, and the bus has what the services said', () => {
    for (const source of ['inspection', 'enforcement', 'credit', 'adr'] as const) {
      const events = eventsOf(world, source);
      expect(events.map((e) => e.position)).toEqual(events.map((_, i) => i + 1));
      expect(world.heads[source]).toBe(events.length);
      expect(events.filter((e, i) => i > 0 && events[i - 1]!.occurredAt > e.occurredAt)).toEqual([]);
      expect(world.all(busTable).filter((e) => e.source === source)).toEqual(events);
    }
    expect(eventsOf(world, 'enforcement').slice(0, demoAgencies.length).map((e) => e.subject)).toEqual(demoAgencies.map((a) => `agency:${a.code}`));
  });

  it('say nothing that their contracts do not allow', () => {
    const schemas = new Map(integrationEvents.map((d) => [d.type, d.schema]));
    for (const e of world.all(busTable)) {
      const data: unknown = JSON.parse(e.data);
      if (!isDeepStrictEqual(schemas.get(e.type)!.parse(data), data)) throw new Error(`Not as its contract has it: ${e.data}`);
    }
  });

  it('tell every version of a case once, and last what its projections hold', () => {
    const told = new Map<string, { version: number }[]>();
    for (const e of eventsOf(world, 'enforcement')) {
      if (e.type !== 'enforcement.case-access-changed.v1') continue;
      const data = JSON.parse(e.data) as { caseId: string; version: number };
      told.set(data.caseId, [...(told.get(data.caseId) ?? []), data]);
    }
    for (const access of world.all(accessTables.credit)) {
      const versions = told.get(access.caseId)!;
      expect(versions.map((v) => v.version)).toEqual(versions.map((_, i) => i + 1));
      expect(versions.at(-1)).toEqual({ ...access, filedAt: access.filedAt.toISOString(), acknowledge: expect.any(Boolean) });
    }
    expect(told.size).toBe(sizes.demo.cases);
  });
});

describe('what the public and the informed see', () => {
  const records = () => world.all(tables.disclosure);

  it('are hundreds of penalties, in every region, for every violation, in every class', () => {
    const shown = records().filter((d) => d.withdrawnAt === null && (d.disclosureEndsOn === null || d.disclosureEndsOn >= today));
    expect(shown.length).toBeGreaterThan(200);
    expect(new Set(shown.map((d) => d.regionCode))).toEqual(new Set(demoRegions.map((r) => r.code)));
    expect(new Set(shown.map((d) => d.violationType))).toEqual(new Set(violationType.codes));
    expect(new Set(shown.map((d) => d.class))).toEqual(new Set(['MINOR', 'GENERAL', 'SERIOUS_DOMAIN', 'SERIOUS_RESTRICTION', 'SERIOUS_QUALIFICATION']));
  });

  it('are withdrawn, expired and lifelong ones too; warnings alone and the simplified procedure stay out', () => {
    expect(records().filter((d) => d.withdrawnAt !== null).length).toBeGreaterThanOrEqual(3);
    expect(records().filter((d) => d.disclosureEndsOn !== null && d.disclosureEndsOn < today).length).toBeGreaterThanOrEqual(10);
    expect(records().filter((d) => d.disclosureEndsOn === null).length).toBeGreaterThanOrEqual(5);
    const disclosed = new Set(records().map((d) => d.decisionId));
    const items = grouped(world.all(tables.penaltyItem), (i) => i.decisionId);
    const kept = world.all(tables.penaltyDecision).filter((d) => !disclosed.has(d.id));
    expect(kept.length).toBeGreaterThanOrEqual(10);
    for (const d of kept) expect(d.servedOn === null || d.procedure === 'SIMPLIFIED' || items.get(d.id)!.every((i) => i.kind === 'WARNING')).toBe(true);
  });

  it('have punishments of every kind and state', () => {
    const punishments = world.all(tables.punishment);
    expect(new Set(punishments.map((p) => p.kind))).toEqual(new Set(['DISHONESTY_LISTING', 'INDUSTRY_BAN', 'BUSINESS_RESTRICTION', 'APPLICATION_BAR']));
    expect(punishments.filter((p) => p.revokedAt !== null).length).toBeGreaterThan(0);
    expect(punishments.filter((p) => p.liftedAt !== null).length).toBeGreaterThan(0);
    expect(punishments.filter((p) => p.endsOn !== null && p.endsOn < today).length).toBeGreaterThan(0);
  });

  it('have listings in every state, and each that was published among the punishments', () => {
    const listings = world.all(tables.listing);
    expect(new Set(listings.map((l) => (isListedOn(l, today) || l.endsOn === null || l.endsOn >= today ? l.status : 'EXPIRED')))).toEqual(new Set(listingStatus.codes));
    expect(new Set(listings.flatMap((l) => l.notListedReason ?? []))).toEqual(new Set(['NO_INTENT', 'SUPERIOR_REFUSED', 'DECISION_CHANGED']));
    expect(world.all(tables.punishment).filter((p) => p.kind === 'DISHONESTY_LISTING').length).toBe(listings.filter((l) => l.publishedOn !== null).length);
  });

  it('have joint measures in every state, each of a listing that was published', () => {
    const listings = new Map(world.all(tables.listing).map((l) => [l.id, l]));
    const measures = world.all(tables.measure);
    expect(new Set(measures.map((m) => measureStatus(m.status, isListedOn(listings.get(m.listingId)!, today))))).toEqual(new Set(jointMeasureStatus.codes));
    expect(measures.filter((m) => listings.get(m.listingId)!.publishedOn === null)).toEqual([]);
  });

  it('have repairs in every state and of every kind, most of them in time', () => {
    const repairs = world.all(tables.repair);
    expect(new Set(repairs.map((r) => r.status))).toEqual(new Set(repairStatus.codes));
    expect(new Set(repairs.map((r) => r.kind))).toEqual(new Set(repairKind.codes));
    const stopped = world.all(tables.disclosure).filter((d) => d.stoppedAt !== null).map((d) => `${d.id} ${d.stoppedAt!.toISOString()}`);
    expect(stopped.sort()).toEqual(repairs.filter((r) => r.stoppedAt !== null).map((r) => `${r.disclosureId} ${r.stoppedAt!.toISOString()}`).sort());
    expect(repairs.filter((r) => r.dueAt !== null && r.dueAt.getTime() <= startOfDay(today).getTime()).length).toBeLessThan(repairs.length / 2);
  });

  it('have no repair granted where there was another penalty for the same kind of act in between', () => {
    const records = new Map(world.all(tables.disclosure).map((d) => [d.id, d]));
    const repairs = new Map(world.all(tables.repair).map((r) => [r.id, r]));
    const grants = world.all(tables.repairAct).filter((a) => a.act === 'GRANT_CREDIT_REPAIR');
    expect(grants.length).toBeGreaterThan(5);
    const again = grants.filter(({ repairId, at }) => {
      const d = records.get(repairs.get(repairId)!.disclosureId)!;
      return world.all(tables.creditPenalty).some((p) => p.decisionId !== d.decisionId && p.violationType === d.violationType && p.decidedOn > d.decidedOn && p.decidedOn <= civilDate(at)
        && (d.partyUscc === null ? p.partyKind === d.partyKind && p.partyName === d.partyName : p.uscc === d.partyUscc));
    });
    expect(again).toEqual([]);
  });

  it('have reports and complaints as those who take them in compose them', () => {
    for (const r of world.all(tables.report).filter((_, i) => i % 9 === 0)) {
      const { dueOn: _, version: __, ...draft } = r;
      expect(composeReport(draft, stateCouncilCalendar)).toEqual(r);
    }
    for (const c of world.all(tables.complaint)) expect(statusesOf[c.kind]).toContain(c.status);
    expect(new Set(world.all(tables.report).map((r) => r.kind)).size).toBe(5);
    const events = world.all(tables.report).filter((r) => r.kind === 'AEFI' || r.kind === 'GROUP_EVENT');
    expect(new Set(events.map((r) => r.agencyCode.split('-')[0]))).toEqual(new Set(['HC', 'CDC', 'MRA']));
  });
});
