import { type ClueSource, clueSource, type ClueTestKind, type NonFilingGround } from '@casebridge/contracts';
import { ClueTape, type ClueWords } from './clue-tape';
import { dayOf, dayText, officeTime, workingBy, workingDaysLater, workingFrom } from './days';
import type { Desk } from './desk';
import { type AdminCaseEntity, type ClueActName, markOf } from './enforcement';
import type { EventLog } from './event-log';
import { label } from './names';
import { surroundings } from './places';
import { ageInDays, type Plan } from './plans';
import type { Product } from './products';
import { Random } from './random';
import { tables } from './tables';

const hour = 3_600_000;
const day = 24 * hour;

/** No clue that became a case was recorded earlier than so long before its filing. */
export const clueLead = 30 * day;

interface ClueStage extends Desk {
  readonly seed: number;
  readonly log: EventLog;
}

interface Telling {
  readonly stage: ClueStage;
  readonly plan: Plan;
  readonly random: Random;
  /** The case, and the product that it is about: clues that come to nothing are about the same firm. */
  readonly row: AdminCaseEntity;
  readonly product: Product;
}

/** Tells the clues around a case: every twelfth case came of one, and here and there one came to something else. */
export function tellClues(stage: ClueStage, plan: Plan, row: AdminCaseEntity, product: Product): void {
  const telling: Telling = { stage, plan, row, product, random: Random.of(stage.seed, 'clue', plan.n) };
  const turn = Math.floor(plan.n / 12);
  if (plan.n % 12 === 5 && row.procedure === 'ORDINARY') filed(telling, turn);
  else if (plan.n % 24 === 1) notFiled(telling, turn);
  else if (plan.n % 24 === 7) transferred(telling, turn);
  else if (plan.n % 24 === 13) tested(telling, turn);
  else if (plan.n % 48 === 19) left(telling, turn);
}

const sources = clueSource.codes.filter((code) => code !== 'OTHER_AGENCY');
const sourceOf = (turn: number): ClueSource => sources[turn % sources.length]!;

function write({ stage: { rows } }: Telling, { row, history }: ClueTape): void {
  rows.put(tables.clue, row);
  for (const entry of history) rows.put(tables.clueAct, entry);
}

function record({ stage: { log, numbers }, plan, row, product, random }: Telling, at: number, source: ClueSource): ClueTape {
  const recordedAt = new Date(at);
  return ClueTape.record(log, random, {
    agencyCode: plan.agency, source, sourceRef: numbers.next(`${surroundings[plan.agency].short}线索`, dayText(dayOf(at)).slice(0, 4)), regionCode: row.regionCode,
    enterpriseUscc: row.enterpriseUscc, partyKind: row.respondentKind, partyName: row.respondentName, productKind: product.kind, productNames: [product.name],
    batchNo: dayText(dayOf(at) - random.int(60, 400)).replaceAll('-', ''), facts: row.facts, suspectedArticles: row.suspectedArticles.map((article) => ({ ...article, mark: markOf(article) })),
    receivedAt: new Date(at - random.int(5, 300) * 60_000), recordedAt,
  }, officerOf(plan));
}

const officerOf = ({ agency }: Plan): string => `${agency}-2`;
const headOf = ({ agency }: Plan): string => `${agency}-1`;

const testing = (kind: ClueTestKind): Pick<ClueWords, 'kind' | 'detail'> => ({ kind, detail: { testKind: kind, testedBy: `${label}药品检验机构` } });
const result = { detail: { result: `${label}检验结果不符合规定。` } };
const special = { detail: { reasons: `${label}案情复杂，涉及多地。` } };
const because = (reasons: string): Pick<ClueWords, 'detail'> & { readonly fields: { readonly reasons: string } } => ({ detail: { reasons }, fields: { reasons } });

/** What happens between the record of a clue and the filing of the case. */
const waysToFiling: readonly (readonly (readonly [ClueActName, Partial<ClueWords>])[])[] = [
  [['beginClueVerification', {}]],
  [['beginClueVerification', {}], ['sendClueForTesting', testing('INSPECTION')], ['recordClueTestResult', result]],
  [['beginClueVerification', {}], ['extendClueReview', special]],
  [['sendClueForTesting', testing('APPRAISAL')]],
];

/** The case came of it; of some there was a second clue, which was merged into it. */
function filed(telling: Telling, turn: number): void {
  const { plan, random, row, stage: { present } } = telling;
  const filedAt = plan.filedAt;
  const tape = record(telling, officeTime(workingBy(dayOf(filedAt) - random.int(4, 12)), random), sourceOf(turn));
  const way = waysToFiling[turn % waysToFiling.length]!;
  way.forEach(([act, words], i) => {
    const before = tape.row.updatedAt.getTime();
    const share = before + (filedAt - before) / (way.length + 1 - i);
    const at = Math.max(before + hour, officeTime(workingBy(dayOf(share)), random));
    tape.act(at < filedAt ? at : Math.floor((before + filedAt) / 2), act, { officer: act === 'extendClueReview' ? headOf(plan) : officerOf(plan), ...words });
  });
  tape.act(filedAt, 'fileCase', { officer: headOf(plan), fields: { caseId: row.caseId, caseOfficers: [officerOf(plan), `${plan.agency}-3`] } });
  write(telling, tape);
  const again = officeTime(workingFrom(dayOf(filedAt) + 1), random);
  if (turn % 3 !== 1 || again + 2 * hour > present.now.getTime()) return;
  const second = record(telling, again, sourceOf(turn + 1));
  const reasons = because(`${label}与已立案的线索为同一事项。`);
  second.act(again + 2 * hour, 'mergeClue', { officer: officerOf(plan), ...reasons, fields: { ...reasons.fields, mergedIntoId: tape.row.id } });
  write(telling, second);
}

/** Plays acts on working days, one after the other, as far as they come until now. */
function play({ stage: { present }, random, plan }: Telling, tape: ClueTape, acts: readonly (readonly [daysLater: number, act: ClueActName, words: Partial<ClueWords>])[]): void {
  for (const [daysLater, act, words] of acts) {
    const at = officeTime(workingDaysLater(dayOf(tape.row.updatedAt.getTime()), daysLater), random);
    if (at > present.now.getTime()) return;
    tape.act(at, act, { officer: ['extendClueReview', 'declineToFileCase', 'transferClue'].includes(act) ? headOf(plan) : officerOf(plan), ...words });
  }
}

/** A clue recorded on the day of the case or the working day after it; none where that is yet to come. */
function begin(telling: Telling, turn: number): ClueTape | null {
  const { plan, random, stage: { present } } = telling;
  const at = officeTime(workingFrom(dayOf(plan.filedAt) + 1), random);
  return at > present.now.getTime() ? null : record(telling, at, sourceOf(turn));
}

const grounds: readonly (readonly [NonFilingGround, string])[] = [
  ['MINOR_CORRECTED_NO_HARM', '违法行为轻微并已改正，没有造成危害后果。'], ['FIRST_OFFENCE_MINOR', '初次违法，危害后果轻微并及时改正。'],
  ['NO_SUBJECTIVE_FAULT', '当事人已提供证据证明没有主观过错。'], ['OTHER_LAWFUL', '依法可以不予立案。'], ['CONDITIONS_NOT_MET', '经核查，没有证据证明存在违法行为。'],
];
function declining(turn: number): Pick<ClueWords, 'fields' | 'detail'> {
  const [nonFilingGround, said] = grounds[turn % grounds.length]!;
  const { detail, fields } = because(`${label}${said}`);
  return { ...(detail ? { detail } : {}), fields: { ...fields, nonFilingGround } };
}

/** No case, within the period or, now and then, after it. */
function notFiled(telling: Telling, turn: number): void {
  const tape = begin(telling, turn);
  if (!tape) return;
  play(telling, tape, [[1, 'beginClueVerification', {}], [turn % 6 === 2 ? 20 : 8, 'declineToFileCase', declining(turn)]]);
  write(telling, tape);
}

/** A test takes weeks that are not counted; the newest ones are still under way. */
function tested(telling: Telling, turn: number): void {
  const tape = begin(telling, turn);
  if (!tape) return;
  play(telling, tape, [
    [1, 'beginClueVerification', {}], [2, 'sendClueForTesting', testing(turn % 4 === 1 ? 'TESTING' : 'INSPECTION')], [25, 'recordClueTestResult', result],
    [3, 'declineToFileCase', declining(turn)],
  ]);
  write(telling, tape);
}

/** Nobody decides (有案不查): what supervision looks for. */
function left(telling: Telling, turn: number): void {
  const tape = begin(telling, turn);
  if (!tape) return;
  if (turn % 8 < 4) play(telling, tape, [[2, 'beginClueVerification', {}]]);
  write(telling, tape);
}

/** To the province, or to the other city where it came from there; every third one to an authority that is none of its kind. */
function transferred(telling: Telling, turn: number): void {
  const { plan, random, stage: { present } } = telling;
  const tape = begin(telling, turn);
  if (!tape) return;
  const to = turn % 6 === 4 ? 'HC-210100' : plan.agency === 'DRA-210000' ? 'MRA-210200' : 'DRA-210000';
  const at = officeTime(workingDaysLater(dayOf(tape.row.updatedAt.getTime()), 3), random);
  if (at > present.now.getTime()) return write(telling, tape);
  // The receiver's own begins with what was known when it was sent.
  const own = to === 'HC-210100' ? null : tape.received(at, to, headOf(plan));
  const reasons = because(`${label}不属于本机关管辖。`);
  tape.act(at, 'transferClue', { officer: headOf(plan), ...reasons, fields: { ...reasons.fields, transferredToCode: to, parts: [to] } });
  write(telling, tape);
  if (!own) return;
  const receiving = { ...telling, plan: { ...plan, agency: to as Plan['agency'] } };
  if (ageInDays(at, present) > 3) play(receiving, own, [[1, 'beginClueVerification', {}], [9, 'declineToFileCase', declining(turn)]]);
  write(telling, own);
}
