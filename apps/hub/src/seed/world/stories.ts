import type { CaseStatus, DefectGrade, InspectionKind } from '@casebridge/contracts';
import { startOfDay, yearOf } from '@casebridge/kernel';
import { openCourse, tellSteps } from './case-steps';
import { tellMeasures } from './compulsory-measures';
import { CaseTape } from './case-tape';
import { tellClues } from './clues';
import { tellCooperation } from './cooperations';
import { tellDutyCrimeClue } from './duty-crime-clues';
import { recordComplaint } from './complaints';
import { recordConsequences } from './credit';
import { dayOf, dayText, workingBy } from './days';
import { type Offence, type Penalties, penaltiesFor, someone, type Wish } from './decision';
import type { Desk } from './desk';
import { referralNo } from './enforcement';
import type { Enterprise, Enterprises } from './enterprises';
import type { EventLog } from './event-log';
import { drawGrades, recordInspection } from './inspections';
import { label } from './names';
import { bureauOf, surroundings } from './places';
import { ageInDays, endsInDecision, type Plan } from './plans';
import type { Present } from './present';
import type { Product, Products } from './products';
import { Random } from './random';
import { type Outcome, refer, type Referring, referUntil } from './referral-path';
import { recordReport } from './reports';
import type { Punished, SameActs } from './same-acts';
import { settle, workingInstant } from './settling';
import { accessTables, type Rows, tables } from './tables';
import { minorViolation, type Violation, violations } from './violations';

/** Who may appear in stories. */
interface Cast {
  readonly seed: number;
  readonly enterprises: Enterprises;
  readonly products: Products;
}

/** What stories are made of. */
export interface Stage extends Desk, Cast {
  readonly log: EventLog;
  readonly sameActs: SameActs;
}

/** A case with everybody and everything in it. */
interface Story {
  readonly plan: Plan;
  readonly random: Random;
  readonly tape: CaseTape;
  readonly offence: Offence;
  readonly enterprise: Enterprise | null;
  readonly product: Product;
  readonly violation: Violation;
}

const hour = 3_600_000;
const day = 24 * hour;

/** Tells one case from what led to it to what has come of it by today, and writes it. */
export function tellStory(stage: Stage, plan: Plan): void {
  const story = begin(stage, plan);
  const { tape, random } = story;
  before(stage, story);
  courses[plan.plot](stage, story);
  recordConsequences(stage, tape, random);
  write(stage.rows, tape);
  tellClues(stage, plan, tape.row, story.product);
  tellCooperation(stage, plan, tape.row);
  tellDutyCrimeClue(stage, plan);
}

/** Plots in which a crime is suspected need conduct that is one; those with a ban need an article that knows one. */
const criminal: ReadonlySet<Plan['plot']> = new Set([
  'REFERRED', 'DECIDED_THEN_REFERRED', 'RETURNED_THEN_DECIDED', 'DECIDED_WHILE_PENDING', 'SHARED_DECIDED_THEN_REFERRED',
  'SHARED_RETURNED_THEN_DECIDED', 'SHARED_DECIDED_WHILE_PENDING', 'SEALED',
]);
const isShared = (plot: Plan['plot']): boolean => plot.startsWith('SHARED_');
const needsBan = (plot: Plan['plot']): boolean => isShared(plot) || plot === 'DECIDED_WHILE_PENDING';

/** Of the plain decisions every twentieth is a minor one, so that there are always some on display: three months are short. */
const isMinor = ({ plot, turn }: Plan): boolean => plot === 'DECIDED' && turn % 20 === 3;

function violationFor(plan: Plan, random: Random): Violation {
  if (isMinor(plan)) return minorViolation;
  const filed = dayText(dayOf(plan.filedAt));
  const fitting = violations.filter((v) =>
    (v.since === undefined || v.since <= filed) && (!criminal.has(plan.plot) || v.charge !== null) && (!needsBan(plan.plot) || (v.person?.ban ?? null) !== null) &&
    // What the newest cases are about has registered products, so that reports of reactions name one.
    (!isShared(plan.plot) || v.products.every((kind) => kind === 'DRUG' || kind === 'TCM_SLICES' || kind === 'DEVICE')));
  return random.weighted(fitting.map((v) => [v, v.weight] as const));
}

/** Who did what, by the plan of the case alone. */
function castFor({ seed, enterprises, products }: Cast, plan: Plan) {
  const random = Random.of(seed, 'case', plan.n);
  const violation = violationFor(plan, random);
  const regionCode = random.pick(surroundings[plan.agency].regions);
  const person = violation.byPersons === true && !isShared(plan.plot) && random.chance(0.5);
  const enterprise = person ? null : enterprises.pick(random, regionCode, violation.respondents);
  const product = products.pick(random, isShared(plan.plot) && violation.domain === 'DRUG' ? ['DRUG'] : violation.products, isShared(plan.plot) ? null : enterprise);
  const goodsYuan = Math.round(Math.exp(Math.log(2_000) + random.next() * Math.log(400)));
  const responsible = enterprise?.legalRepresentative ?? someone(random);
  return { random, violation, regionCode, person, enterprise, product, goodsYuan, responsible };
}

/** Whom the decision of a case will be against, and for what; null where it ends in none. */
export function punishedBy(cast: Cast, plan: Plan): Punished | null {
  if (!endsInDecision(plan.plot)) return null;
  const { enterprise, responsible, violation } = castFor(cast, plan);
  return { uscc: enterprise?.uscc ?? null, name: enterprise?.name ?? responsible, violationType: violation.type };
}

function begin(stage: Stage, plan: Plan): Story {
  const { log, numbers } = stage;
  const { random, violation, regionCode, person, enterprise, product, goodsYuan, responsible } = castFor(stage, plan);
  const simplified = plan.plot === 'SIMPLIFIED';
  const tape = new CaseTape(log, random, {
    caseNo: numbers.next(`${surroundings[plan.agency].short}立`, dayText(dayOf(plan.filedAt)).slice(0, 4)), status: stepwise.has(plan.plot) ? 'FILED' : openStatus(plan, stage.present, random), agencyCode: plan.agency, regionCode,
    enterpriseUscc: enterprise?.uscc ?? null,
    respondentKind: person ? 'NATURAL_PERSON' : enterprise!.kinds.includes('MEDICAL_INSTITUTION') ? 'MEDICAL_INSTITUTION' : 'ENTERPRISE',
    respondentName: enterprise?.name ?? responsible, productId: product.id, violationType: violation.type, domain: violation.domain,
    procedure: simplified ? 'SIMPLIFIED' : 'ORDINARY', facts: `${label}${violation.facts}`, suspectedArticles: [{ ...violation.article }],
    goodsValueFen: goodsYuan * 100, testRequired: plan.n % 40 === 7 && plan.plot === 'REFERRED', filedAt: new Date(plan.filedAt),
  });
  return { plan, random, tape, enterprise, product, violation, offence: { violation, goodsYuan, respondent: person ? 'PERSON' : 'ENTITY', responsible } };
}

/** Plots whose cases are told step by step from their filing on. */
const stepwise: ReadonlySet<Plan['plot']> = new Set(['OPEN', 'SUSPENDED', 'TERMINATED']);

/** How far the investigation of a case is that nothing else is recorded of. */
function openStatus({ plot, filedAt }: Plan, present: Present, random: Random): CaseStatus {
  const age = ageInDays(filedAt, present);
  if (plot !== 'EXCLUDED') return age < 4 ? 'FILED' : 'INVESTIGATING';
  if (age < present.leeway) return 'FILED';
  if (age < 45) return 'INVESTIGATING';
  return random.pick(['INVESTIGATING', 'INVESTIGATION_CONCLUDED', 'UNDER_REVIEW', 'NOTICE_SERVED', 'HEARING'] as const);
}

/** What was known before the case was filed: an inspection that found it, a complaint, reports of reactions. */
function before(stage: Stage, { plan, random, tape, enterprise, product, violation }: Story): void {
  const caseIds = [tape.row.caseId];
  const filed = dayOf(plan.filedAt);
  const shared = isShared(plan.plot);
  const { regionCode } = tape.row;
  if (enterprise && (shared || random.chance(0.42))) {
    const grades: DefectGrade[] = shared ? ['CRITICAL', 'MAJOR', 'MINOR'] : random.chance(0.5) ? ['CRITICAL'] : drawGrades(random.int(1, 2), random);
    const kind: InspectionKind = shared || random.chance(0.5) ? 'FOR_CAUSE' : 'ROUTINE';
    const fabricated = violation.type === 'FABRICATED_RECORDS';
    recordInspection(stage, { enterprise, agency: plan.agency, kind, day: filed - random.int(12, 30), grades, fabricated, caseIds, concludedAfter: random.int(2, 7) }, random);
    if (shared) recordInspection(stage, { enterprise, agency: plan.agency, kind: 'ROUTINE', day: filed - random.int(150, 300), grades: ['MINOR'] }, random);
  }
  const complaints = shared ? random.int(1, 2) : random.chance(0.22) ? 1 : 0;
  for (let i = 0; i < complaints; i += 1) {
    recordComplaint(stage, {
      agency: shared ? plan.agency : bureauOf(regionCode), regionCode, day: filed - random.int(3, 25), enterpriseUscc: enterprise?.uscc ?? null,
      productId: product.id, caseIds, ...(shared ? { kind: 'REPORT' as const } : {}),
    }, random);
  }
  const reports = shared ? random.int(1, 3) : random.chance(0.12) ? random.int(1, 2) : 0;
  const kind = violation.domain === 'DEVICE' ? 'DEVICE_EVENT' : violation.domain === 'COSMETIC' ? 'COSMETIC_REACTION' : 'SPONTANEOUS';
  for (let i = 0; i < reports; i += 1) {
    recordReport(stage, stage.products, { regionCode, day: filed - random.int(2, 40), kind, product, caseIds, ...(shared ? { agency: plan.agency } : {}) }, random);
  }
}

const courses: Readonly<Record<Plan['plot'], (stage: Stage, story: Story) => void>> = {
  OPEN: (stage, story) => {
    tellSteps({ ...stage, ...story }, openCourse(story.plan, stage.present));
    tellMeasures({ ...stage, ...story });
  },
  SUSPENDED: (stage, story) => {
    tellSteps({ ...stage, ...story }, { status: 'SUSPENDED' });
    tellMeasures({ ...stage, ...story });
  },
  TERMINATED: (stage, story) => tellSteps({ ...stage, ...story }, { status: 'TERMINATED' }),
  REFERRED: (stage, story) => {
    const { plan, tape, random } = story;
    const old = ageInDays(plan.filedAt, stage.present) > 40;
    const outcome = outcomeOf(story, old ? settled : running);
    if (old) refer(tape, referring(stage, story, outcome), workingInstant(plan.filedAt + random.int(3, 20) * day, random), random);
    else referUntil(tape, referring(stage, story, outcome), stage.present.now.getTime() - Math.floor((0.1 + random.next() * 6) * day), random);
  },
  DECIDED: (stage, story) => {
    decideAndServe(stage, story, isMinor(story.plan) ? 'LIGHTLY' : 'ANY');
    settle(stage, story);
  },
  SIMPLIFIED: (stage, story) => {
    decideAndServe(stage, story, 'SIMPLIFIED', 2);
    settle(stage, story);
  },
  DECIDED_THEN_REFERRED: (stage, story) => {
    decideAndServe(stage, story, 'ANY');
    const { tape, random } = story;
    refer(tape, referring(stage, story, outcomeOf(story, settled)), workingInstant(tape.at + random.int(2, 20) * day, random), random);
  },
  RETURNED_THEN_DECIDED: (stage, story) => {
    const { plan, tape, random } = story;
    refer(tape, referring(stage, story, 'RETURNED'), plan.filedAt + random.int(24, 80) * hour, random);
    decideAndServe(stage, story, 'ANY');
    settle(stage, story);
  },
  DECIDED_WHILE_PENDING: (stage, story) => {
    const { plan, tape, random } = story;
    refer(tape, referring(stage, story, 'FILED'), plan.filedAt + random.int(24, 80) * hour, random);
    decideAndServe(stage, story, 'WHILE_PENDING');
  },
  SHARED_DECIDED_THEN_REFERRED: (stage, story) => {
    const { tape, random, plan } = story;
    decideAndServe(stage, story, 'WITH_BAN', 3);
    refer(tape, referring(stage, story, inTurn(shared, plan.turn)), tape.at + random.int(3, 20) * hour, random);
  },
  SHARED_RETURNED_THEN_DECIDED: (stage, story) => {
    const { plan, tape, random } = story;
    refer(tape, referring(stage, story, 'RETURNED'), plan.filedAt + random.int(4, 20) * hour, random, lastToDecideAfter(3, stage.present));
    decideAndServe(stage, story, 'WITH_BAN', 3);
  },
  SHARED_DECIDED_WHILE_PENDING: (stage, story) => {
    const { plan, tape, random } = story;
    const outcome = inTurn(['FILED', 'FILED_AFTER_SUPPLEMENT', 'UNDER_REVIEW'], plan.turn);
    refer(tape, referring(stage, story, outcome), plan.filedAt + random.int(4, 20) * hour, random, lastToDecideAfter(2, stage.present));
    decideAndServe(stage, story, 'WHILE_PENDING', 2);
  },
  SEALED: (stage, story) => {
    const { plan, tape, random } = story;
    refer(tape, referring(stage, story, 'TRANSFERRED'), plan.filedAt + random.int(4, 20) * hour, random);
    const { police } = surroundings[plan.agency];
    const expiresOn = `${yearOf(stage.present.day) + 1}-12-31`;
    tape.seal(tape.at + 2 * hour, `${plan.agency}-1`, expiresOn, [`${plan.agency}-1`, `${plan.agency}-2`], tape.row.parts.filter((code) => code === police));
  },
  EXCLUDED: (_, { plan, tape, random }) => tape.exclude(plan.filedAt + random.int(1, 20) * hour, plan.agency, `${plan.agency}-5`),
};

/** Where old referrals have come to; some stand still for good, which is what supervision looks for. */
const settled: readonly Outcome[] = [
  'FILED', 'NOT_FILED', 'FILED_AFTER_SUPPLEMENT', 'NOT_APPROVED', 'RETURNED', 'FILED_AFTER_FORWARDING', 'TRANSFERRED', 'FILED_AFTER_REFUSAL', 'APPROVED',
  'WITHDRAWN', 'CONVICTED', 'FILED_ON_ORDER', 'PROSECUTED', 'CLOSED_UNFILED', 'INDICTED', 'FILED_ON_RECONSIDERATION', 'JUDGED', 'NOT_PROSECUTED', 'EXEMPTED', 'WITHDRAWN_AND_CLOSED',
];
const running: readonly Outcome[] = [
  'PENDING', 'TRANSFERRED', 'UNDER_REVIEW', 'SUPPLEMENT_REQUIRED', 'APPROVED', 'FORWARDED', 'NOT_APPROVED', 'RESUBMITTED', 'FILED',
  'RECEIPT_REFUSED', 'RECONSIDERED', 'SUPERVISED',
];
const shared: readonly Outcome[] = ['UNDER_REVIEW', 'FILED', 'SUPPLEMENT_REQUIRED', 'TRANSFERRED', 'NOT_FILED', 'FORWARDED', 'PENDING', 'FILED_AFTER_SUPPLEMENT'];
/** Without police in the province a referral comes no further than its approval. */
const withoutPolice: readonly Outcome[] = ['PENDING', 'NOT_APPROVED', 'APPROVED', 'RESUBMITTED'];

const inTurn = (list: readonly Outcome[], turn: number): Outcome => list[turn % list.length]!;
const outcomeOf = ({ plan }: Story, list: readonly Outcome[]): Outcome => inTurn(plan.agency === 'DRA-220000' ? withoutPolice : list, plan.turn);

const referring = ({ numbers, present }: Stage, { plan, violation }: Story, outcome: Outcome): Referring => ({
  outcome, agency: plan.agency, charge: violation.charge ?? 'OTHER', facts: violation.facts, now: present.now,
  number: (year) => referralNo(plan.agency, year, numbers.count(`referral ${plan.agency} ${year}`)),
});

/** Decides after some days (or as soon as the last act allows), serves within seven working days; both lie before today. */
function decideAndServe({ numbers, present }: Stage, story: Story, wish: Wish, within?: number): void {
  const { plan, tape, random, offence } = story;
  const latest = Math.max(1, ageInDays(tape.at, present) - present.leeway);
  const wait = within ?? random.int(Math.min(20, latest), Math.min(82, latest));
  const at = workingInstant(tape.at + wait * day, random);
  const decidedOn = dayText(dayOf(at));
  const penalties: Penalties = penaltiesFor(offence, wish, decidedOn, random);
  tape.decide(at, numbers.next(`${surroundings[plan.agency].short}处罚`, decidedOn.slice(0, 4)), decidedOn, penalties);
  const served = workingInstant(at + (within === undefined ? random.int(1, 4) : 1) * day, random);
  tape.serve(served, dayText(dayOf(served)));
}

/** The latest instant from which a decision some days later can still be served, one working day after it and before the present one. */
function lastToDecideAfter(days: number, { number: today }: Present): number {
  const decided = workingBy(workingBy(today - 1) - 1);
  return startOfDay(dayText(decided - days)).getTime();
}

function write(rows: Rows, tape: CaseTape): void {
  const { row, decision, referral } = tape;
  for (const file of tape.files) rows.put(tables.file, file);
  rows.put(tables.adminCase, row);
  for (const step of tape.steps) rows.put(tables.caseStep, step);
  for (const act of tape.measureActs) rows.put(tables.measureAct, act);
  for (const part of tape.parts) rows.put(tables.casePart, part);
  for (const seal of tape.seals) rows.put(tables.caseSeal, seal);
  for (const exclusion of tape.exclusions) rows.put(tables.caseExclusion, exclusion);
  if (decision) rows.put(tables.penaltyDecision, decision);
  for (const item of tape.items) rows.put(tables.penaltyItem, item);
  if (referral) rows.put(tables.referral, referral);
  for (const entry of tape.timeline) rows.put(tables.referralTimeline, entry);
  for (const document of tape.documents) rows.put(tables.referralDocument, document);
  for (const lot of tape.lots) rows.put(tables.goodsLot, lot);
  for (const movement of tape.movements) rows.put(tables.goodsMovement, movement);
  // The projections hold what the last event of the case says.
  const { caseId, version, agencyCode, regionCode, enterpriseUscc, respondentKind, filedAt, servedOn, parts, sealedUntil, sealOfficers, sealParties, excluded } = row;
  const access = { caseId, version, agencyCode, regionCode, enterpriseUscc, respondentKind, filedAt, servedOn, parts, sealedUntil, sealOfficers, sealParties, excluded };
  for (const table of Object.values(accessTables)) rows.put(table, access);
}
