import type {
  CaseProcedure, CaseReviewKind, CaseStatus, CaseStepAct, ClosingGround, ExcludedTimeKind, NoPenaltyDecisionKind, PartyKind, PenaltyKind, RemedyKind, RemedyOutcome, SuspensionGround,
  TerminationGround,
} from '@casebridge/contracts';
import { apl2021, type Citation, type Deadline, type HolidayCalendar, proc, startOfDay, type Suspension } from '@casebridge/kernel';
import { caseMachine } from '../admin-case/case.machine';
import { type DecisionPeriod, statedPeriod, type Stretch } from '../penalty-decision/decision-period.rule';
import type { Finding } from '../penalty-decision/penalty-article.rule';
import { caseStepClocks } from './case-step.clocks';
import type { Execution } from './execution.rule';
import { hearingFindings } from './hearing.rule';

/** What is said with a step, checked as far as a field can be by itself; instants and days as text, as the history holds it. */
export interface StepWords {
  readonly officers?: readonly string[];
  readonly suspensionGround?: SuspensionGround;
  readonly terminationGround?: TerminationGround;
  /** Reasons, summary, opinion, statement or conclusion. */
  readonly text?: string;
  readonly excludedKind?: ExcludedTimeKind;
  readonly reviewKind?: CaseReviewKind;
  /** Complex, or a heavy penalty for a major breach: the heads discuss it. */
  readonly major?: boolean;
  /** How long an extension is, where it says so itself. */
  readonly days?: number;
  readonly participants?: readonly string[];
  readonly on?: string;
  readonly intendedKinds?: readonly PenaltyKind[];
  readonly fineFen?: number | null;
  readonly confiscationFen?: number | null;
  readonly hearingOffered?: boolean;
  /** The party says that it will not answer any more. */
  readonly waives?: boolean;
  readonly chair?: string;
  readonly place?: string;
  readonly decisionKind?: NoPenaltyDecisionKind;
  readonly documentNo?: string;
  readonly toAgency?: string;
  /** The penalty decision that is paid, enforced, fought or corrected. */
  readonly decisionId?: string;
  readonly amountFen?: number;
  readonly remedyKind?: RemedyKind;
  readonly remedyOutcome?: RemedyOutcome;
  /** Whether the head confirms what was recorded. */
  readonly confirmed?: boolean;
  readonly closingGround?: ClosingGround;
  readonly mainVolume?: readonly string[];
  readonly subVolume?: readonly string[];
}

export interface StoredStretch {
  readonly kind: ExcludedTimeKind;
  readonly from: string;
  readonly to: string | null;
}

/** How far the procedure has come, after a step. */
export interface CaseStanding {
  readonly officers: readonly string[];
  readonly major: boolean;
  readonly discussed: boolean;
  readonly review: { readonly kind: CaseReviewKind; readonly since: string; readonly addedDays: number | null; readonly passed: boolean; readonly passedOn?: string } | null;
  readonly notice: { readonly servedOn: string; readonly intendedKinds: readonly PenaltyKind[]; readonly hearingOffered: boolean; readonly answered: boolean } | null;
  readonly hearing: { readonly requestedOn: string; readonly heldFor: string | null; readonly held: boolean } | null;
  readonly excluded: readonly StoredStretch[];
  readonly extensions: readonly number[];
  /** What became of its penalty decisions, by their ids. */
  readonly executions: Readonly<Record<string, Execution>>;
  readonly decidedWithout: NoPenaltyDecisionKind | null;
}

export const noSteps: CaseStanding = { executions: {}, decidedWithout: null, officers: [], major: false, discussed: false, review: null, notice: null, hearing: null, excluded: [], extensions: [] };

/** What the rule needs of a case. */
export interface CaseState {
  readonly status: CaseStatus;
  readonly filedAt: Date;
  readonly party: PartyKind;
  readonly standing: CaseStanding;
  readonly criminalWaits: readonly Stretch[];
}

/** The article that each ground rests on; of the list in PROC 46 the first was read by itself. */
export const suspensionBasis: Readonly<Record<SuspensionGround, Citation>> = {
  DEPENDS_ON_OTHER_CASE: proc('46(1)(1)'), LAW_TO_BE_INTERPRETED: proc('46(1)(2)', 'NV'), FORCE_MAJEURE: proc('46(1)(3)', 'NV'), PARTY_MISSING: proc('46(1)(4)', 'NV'),
  OTHER: proc('46(1)(5)', 'NV'),
};
/** The same of a decision without a penalty. */
export const noPenaltyBasis: Readonly<Record<NoPenaltyDecisionKind, Citation>> = {
  NO_PENALTY_MINOR: apl2021('57(1)(2)'), NOT_ESTABLISHED: apl2021('57(1)(3)'), TRANSFER_JUDICIAL: apl2021('57(1)(4)'), TRANSFER_ADMIN: proc('60', 'NV'),
};

/** Stretches that begin and end by acts of their own. */
export const hasOwnActs = (kind: ExcludedTimeKind): boolean => kind === 'SUSPENSION' || kind === 'HEARING';

/** Whether such a stretch lasts. */
export const isRunning = ({ excluded }: CaseStanding, kind: ExcludedTimeKind): boolean => excluded.some((s) => s.kind === kind && s.to === null);

const stretch = ({ from, to }: StoredStretch): Stretch => ({ from: new Date(from), to: to === null ? null : new Date(to) });

export const decisionPeriodOf = ({ filedAt, standing, criminalWaits }: Pick<CaseState, 'filedAt' | 'standing' | 'criminalWaits'>): DecisionPeriod =>
  ({ filedAt, excluded: [...standing.excluded.map(stretch), ...criminalWaits], extensions: standing.extensions });

/** Ten working days, and as many more as were approved; the criminal proceedings do not count. */
export function reviewDeadline({ standing: { review }, criminalWaits }: CaseState, now: Date, calendar: HolidayCalendar): Deadline | null {
  if (!review || review.passed) return null;
  const since = new Date(review.since);
  const waits = criminalWaits.filter(({ from }) => from >= since).map(({ from, to }): Suspension => ({ from, to: to ?? now }));
  const first = caseStepClocks.caseReview.dueAt(since, calendar, waits);
  if (review.addedDays === null || first.lastDay === null) return first;
  return statedPeriod(caseStepClocks.caseReview.rowAt(since), 'caseReviewExtension', review.addedDays, first.lastDay, calendar, waits.filter(({ from }) => from >= first.dueAt));
}

/** Whether a decision is still owed by the ordinary procedure; one that waits for the criminal proceedings will be. */
export const owesDecision = ({ status, procedure }: { readonly status: CaseStatus; readonly procedure: CaseProcedure }): boolean =>
  procedure === 'ORDINARY' && (caseMachine.can(status, 'recordPenaltyDecision') || status === 'SUSPENDED' || status === 'PENDING_CRIMINAL');

/** Within which the party may answer; null once it has, or may not. */
export const answerDeadline = ({ notice }: CaseStanding, calendar: HolidayCalendar): Deadline | null =>
  notice && !notice.answered ? caseStepClocks.noticeAnswer.dueAt(startOfDay(notice.servedOn), calendar) : null;

/** What runs in the present state of a case, besides the period of the decision. */
export function stepDeadline(state: CaseState, now: Date, calendar: HolidayCalendar): Deadline | null {
  if (state.status === 'UNDER_REVIEW') return reviewDeadline(state, now, calendar);
  return state.status === 'NOTICE_SERVED' ? answerDeadline(state.standing, calendar) : null;
}

/** Steps that do not tell how far a procedure has come: it may be kept elsewhere, or they are about a decision made before. */
const tellNothing: ReadonlySet<CaseStepAct> = new Set(['BEGIN_INVESTIGATION', 'RECORD_FINE_PAYMENT', 'RECORD_REMEDY', 'RECORD_REMEDY_OUTCOME', 'CORRECT_DECISION', 'CONFIRM_OVERTURNING']);

/** Investigated, and never sent for review: what comes after may be kept elsewhere. */
const investigating: ReadonlySet<CaseStatus> = new Set(['FILED', 'INVESTIGATING', 'SUSPENDED']);

/** Whether what is missing among the steps is missing in the procedure. */
export const isKeptHere = ({ act, standing }: { readonly act: CaseStepAct; readonly standing: CaseStanding }, status: CaseStatus): boolean =>
  !tellNothing.has(act) && !(investigating.has(status) && standing.review === null);

/** What the steps that were recorded say to a decision on a day: nothing of a case whose steps are kept elsewhere. */
export function stepFindings(standing: CaseStanding, decidedOn: string, calendar: HolidayCalendar, keptHere: boolean): Finding[] {
  const found: Finding[] = [];
  const say = (code: string, message: string, basis: Citation, blocks: boolean): void => void found.push({ code, field: 'caseId', message, basis, blocks });
  if (standing.major && !standing.discussed) say('COLLECTIVE_DISCUSSION_MISSING', 'a complex or major case is discussed collectively by the heads', apl2021('57(2)'), true);
  if (standing.hearing && !standing.hearing.held) say('HEARING_OUTSTANDING', 'the party has asked for a hearing, which has not been held', apl2021('63'), true);
  const last = standing.hearing?.held ? null : (answerDeadline(standing, calendar)?.lastDay ?? null);
  if (last !== null && decidedOn <= last) say('NOTICE_PERIOD_RUNNING', `the party may state, defend or ask for a hearing until ${last}`, proc('57'), true);
  if (!standing.review?.passed) say('REVIEW_MISSING', 'no review that the case has passed is recorded', apl2021('58'), keptHere);
  return found;
}

/** A penalty that is to be imposed, with what the steps of its case say. */
export interface PenaltyToDecide {
  readonly decidedOn: string;
  readonly party: PartyKind;
  readonly items: readonly { readonly kind: PenaltyKind; readonly amountFen: number | null }[];
  /** Whether the steps are recorded here, so that what is missing blocks. */
  readonly keptHere: boolean;
}

/** The same of a decision on a penalty, of which the party is told before, and of its right to a hearing. */
export function penaltyStepFindings(standing: CaseStanding, { decidedOn, party, items, keptHere }: PenaltyToDecide, calendar: HolidayCalendar): Finding[] {
  const found = stepFindings(standing, decidedOn, calendar, keptHere);
  const { notice } = standing;
  if (!notice) return [...found, { code: 'NOTICE_MISSING', field: 'caseId', message: 'no notice of the intended penalty is recorded', basis: apl2021('44'), blocks: keptHere }];
  if (notice.hearingOffered || standing.hearing?.held) return found;
  const sum = (...kinds: readonly PenaltyKind[]): number => items.filter(({ kind }) => kinds.includes(kind)).reduce((fen, i) => fen + (i.amountFen ?? 0), 0);
  const imposed = { kinds: items.map(({ kind }) => kind), fineFen: sum('FINE'), confiscationFen: sum('CONFISCATION_OF_GAINS', 'CONFISCATION_OF_GOODS') };
  return [...found, ...hearingFindings(imposed, party).map((f) => ({ ...f, field: 'input.items' }))];
}
