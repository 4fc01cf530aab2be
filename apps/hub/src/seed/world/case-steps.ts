import { type CaseStatus, noPenaltyDecisionKind, type NoPenaltyDecisionKind, type PenaltyKind, suspensionGround, terminationGround } from '@casebridge/contracts';
import { stateCouncilCalendar } from '@casebridge/kernel';
import type { CaseTape } from './case-tape';
import { dayOf, dayText, officeTime, workingDaysLater } from './days';
import type { Desk } from './desk';
import { caseStepClocks, type CaseStepActName, type StepWords } from './enforcement';
import { label } from './names';
import { surroundings } from './places';
import { ageInDays, type Plan } from './plans';
import type { Present } from './present';
import type { Random } from './random';

/** A step, working days after the one before, by the officer with this number. */
type Move = readonly [daysLater: number, act: CaseStepActName, officer: number, words: (at: number) => StepWords];

interface Telling extends Desk {
  readonly plan: Plan;
  readonly tape: CaseTape;
  readonly random: Random;
}

const said = (text: string): StepWords => ({ text: `${label}${text}` });
const saying = (text: string) => (): StepWords => said(text);

/** Where a case has come to, and what became of it on the way. */
interface Course {
  readonly status: CaseStatus;
  readonly turn?: 'RETURNED' | 'TESTED' | 'EXTENDED' | 'ANNOUNCED' | 'HELD' | 'ABANDONED' | 'DISCUSSED';
  /** Decided without a penalty. */
  readonly decided?: NoPenaltyDecisionKind;
}

/** What older cases that nothing else is recorded of have come to, one after the other. */
const courses: readonly Course[] = [
  { status: 'HEARING' }, ...noPenaltyDecisionKind.codes.map((decided): Course => ({ status: 'NOTICE_SERVED', decided })), { status: 'INVESTIGATION_CONCLUDED' }, { status: 'HEARING', turn: 'ANNOUNCED' },
  { status: 'HEARING', turn: 'HELD' }, { status: 'HEARING', turn: 'ABANDONED' }, { status: 'NOTICE_SERVED', turn: 'DISCUSSED' }, { status: 'UNDER_REVIEW', turn: 'RETURNED' },
  { status: 'UNDER_REVIEW', turn: 'EXTENDED' }, { status: 'NOTICE_SERVED' }, { status: 'UNDER_REVIEW', turn: 'TESTED' },
];

/** Within so many days every course has run, a festival included; every third case takes longer. */
const wholeCourse = 36;
export function openCourse({ filedAt, turn }: Plan, present: Present): Course {
  const age = ageInDays(filedAt, present);
  if (age < present.leeway) return { status: 'FILED' };
  if (age < wholeCourse || turn % 3 === 0) return { status: 'INVESTIGATING' };
  return courses[(turn - Math.floor(turn / 3) - 1) % courses.length]!;
}

/** Tells how a case came from its filing to where it stands, or as far as it comes until now. */
export function tellSteps(telling: Telling, course: Course): void {
  const { tape, random, plan, present } = telling;
  for (const [daysLater, act, officer, words] of way(telling, course)) {
    const at = officeTime(workingDaysLater(dayOf(tape.at), daysLater), random);
    if (at > present.now.getTime()) return;
    tape.step(at, act, `${plan.agency}-${officer}`, words(at));
  }
}

/** Officers 2 and 3 handle the case; the head reviews it, as the demo agencies have no reviewer. */
function way(telling: Telling, { status, turn, decided }: Course): readonly Move[] {
  const { plan } = telling;
  if (status === 'FILED') return [];
  const begun: Move[] = [[1, 'beginInvestigation', 2, () => ({ officers: [`${plan.agency}-2`, `${plan.agency}-3`] })]];
  const ground = suspensionGround.codes[plan.turn % suspensionGround.codes.length]!;
  const suspended: Move = [2, 'suspendCase', 1, () => ({ suspensionGround: ground, ...said('案件暂时无法继续调查。') })];
  if (status === 'SUSPENDED') return [...begun, suspended];
  if (status === 'TERMINATED') {
    return [...begun, ...(plan.turn % 2 === 0 ? [suspended] : []), [6, 'terminateCase', 1, () => ({ terminationGround: terminationGround.codes[plan.turn % terminationGround.codes.length]!, ...said('调查无法继续进行。') })],
      ...(plan.turn % 3 === 1 ? [closed] : [])];
  }
  if (status === 'INVESTIGATING') return [...begun, ...([[], [suspended, resumed], tested, [longer]] as const)[plan.n % 4]!];
  const concluded: Move[] = [...begun, ...(turn === 'TESTED' ? tested : []), [3, 'concludeInvestigation', 2, saying('调查终结，违法事实清楚，建议依法处理。')]];
  if (status === 'INVESTIGATION_CONCLUDED') return concluded;
  const reviewed: Move[] = [...concluded, ...review(turn === 'RETURNED', turn === 'DISCUSSED'), ...(turn === 'EXTENDED' ? more : [])];
  if (status === 'UNDER_REVIEW') return reviewed;
  const kinds: PenaltyKind[] = status === 'HEARING' ? ['FINE', 'PRODUCTION_SUSPENSION'] : ['WARNING', 'FINE'];
  const noticed: Move[] = [
    ...reviewed, [1, 'passCaseReview', 1, saying('审核同意。')],
    [1, 'serveCaseNotice', 2, (at) => ({ on: dayText(dayOf(at)), ...said('拟作出行政处罚的事实、理由、依据。'), intendedKinds: kinds, fineFen: 5_000_000, confiscationFen: null, hearingOffered: status === 'HEARING' })],
  ];
  if (status === 'HEARING') return [...noticed, ...hearing(turn)];
  return [...noticed, ...(decided ? answered(telling, decided) : turn === 'DISCUSSED' ? discussed(telling) : [])];
}

const closed: Move = [1, 'closeCase', 1, (at) => ({ closingGround: 'INVESTIGATION_TERMINATED', on: dayText(dayOf(at)), ...said('案件终止调查。') })];
const resumed: Move = [2, 'resumeCase', 2, saying('中止情形已消除。')];
const tested: readonly Move[] = [
  [1, 'beginExcludedTime', 2, () => ({ excludedKind: 'INSPECTION', ...said('药品检验机构检验。') })], [3, 'endExcludedTime', 2, () => ({ excludedKind: 'INSPECTION', ...said('检验报告已收到。') })],
];
const heads = ({ plan }: Telling): readonly string[] => [`${plan.agency}-1`, `${label}副局长`];
const longer: Move = [2, 'extendDecision', 1, saying('案情复杂，不能在期限内作出决定。')];
const more: readonly Move[] = [[1, 'extendCaseReview', 1, () => ({ days: 5, ...said('案情复杂。') })]];

/** Sent for review; some came back once. */
function review(returned: boolean, major: boolean): readonly Move[] {
  const sent: Move = [1, 'sendCaseForReview', 2, () => ({ reviewKind: major ? 'LEGAL_REVIEW' : 'CASE_REVIEW', major })];
  return returned ? [sent, [1, 'returnCaseFromReview', 1, saying('证据不足，补充调查。')], [1, 'concludeInvestigation', 2, saying('已补充证据。')], sent] : [sent];
}

function hearing(turn: Course['turn']): readonly Move[] {
  const asked: Move = [1, 'recordHearingRequest', 2, (at) => ({ on: dayText(dayOf(at)) })];
  if (turn === undefined) return [asked];
  if (turn === 'ABANDONED') return [asked, [1, 'recordHearingAbandoned', 2, saying('当事人撤回听证申请。')]];
  const announced: Move = [1, 'notifyHearing', 2, (at) => ({ on: caseStepClocks.hearingNotice.dueDate(new Date(at), stateCouncilCalendar), place: `${label}听证室`, chair: `${label}听证主持人` })];
  return [asked, announced, ...(turn === 'HELD' ? ([[7, 'recordHearingHeld', 2, saying('听证笔录。')]] as const) : [])];
}

/** The heads discuss it, and allow themselves more time. */
const discussed = (telling: Telling): readonly Move[] => [
  [1, 'discussCaseCollectively', 1, () => ({ participants: heads(telling), ...said('集体讨论决定继续延期并依法处理。') })],
  longer, [1, 'extendDecisionFurther', 1, () => ({ days: 30, participants: heads(telling), ...said('经集体讨论，继续延期。') })],
];

/** The party's answer, and the decision without a penalty that followed. */
function answered({ plan, numbers }: Telling, kind: NoPenaltyDecisionKind): readonly Move[] {
  return [
    [1, 'recordPartyStatement', 2, () => ({ ...said('当事人陈述、申辩，不要求听证。'), waives: true })],
    [1, 'decideWithoutPenalty', 1, (at) => ({
      decisionKind: kind, documentNo: numbers.next(`${surroundings[plan.agency].short}不罚`, dayText(dayOf(at)).slice(0, 4)), on: dayText(dayOf(at)),
      ...(kind === 'TRANSFER_ADMIN' ? { toAgency: 'HC-210100' } : {}), ...said('依法不予处罚或者移送。'),
    })],
  ];
}
