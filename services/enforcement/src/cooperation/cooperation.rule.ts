import type { CooperationKind, CooperationStatus } from '@casebridge/contracts';
import { type Deadline, dueAt as dueAtOf, type HolidayCalendar, isOverdue, startOfDay, type StatutoryClock } from '@casebridge/kernel';
import { cooperationClocks } from './cooperation.clocks';
import { type CooperationActName, machineOf } from './cooperation.machine';

/** What the rule needs of a record; a new one has no status and no past. */
export interface CooperationState {
  readonly kind: CooperationKind;
  readonly status: CooperationStatus | null;
  readonly urgent: boolean;
  /** Whether the procedure of market regulation binds whoever is asked. */
  readonly bound: boolean;
  readonly extended: boolean;
  readonly deadline: Deadline | null;
}

export interface DecidedCooperation {
  readonly status: CooperationStatus;
  /** The clock that runs from now on. */
  readonly deadline: Deadline | null;
  readonly extended: boolean;
  /** Whether the answer came in time; null for acts that answer nothing. */
  readonly met: boolean | null;
}

/** What an act does to the clock: an answer is in time or late, what is withdrawn is neither. */
type ClockEffect = 'STARTS' | 'RUNS' | 'IS_EXTENDED' | 'IS_ANSWERED' | 'STOPS';

const effects: Readonly<Record<CooperationActName, ClockEffect>> = {
  requestAssistance: 'STARTS', acceptAssistance: 'RUNS', extendAssistance: 'IS_EXTENDED', answerAssistance: 'IS_ANSWERED', declineAssistance: 'IS_ANSWERED', withdrawAssistance: 'STOPS',
  orderJointSupervision: 'STARTS', reportJointSupervision: 'RUNS', extendJointSupervision: 'IS_EXTENDED', closeJointSupervision: 'IS_ANSWERED', withdrawJointSupervision: 'STOPS',
  openConsultation: 'RUNS', giveConsultationOpinion: 'RUNS', concludeConsultation: 'STOPS', withdrawConsultation: 'STOPS',
  requestEarlyConsultation: 'RUNS', giveEarlyOpinion: 'RUNS', declineEarlyConsultation: 'STOPS', concludeEarlyConsultation: 'STOPS',
  requestTest: 'RUNS', acceptTest: 'STARTS', reportTest: 'IS_ANSWERED', declineTest: 'STOPS', withdrawTest: 'STOPS',
  issueProcuratorialSuggestion: 'STARTS', answerProcuratorialSuggestion: 'IS_ANSWERED', withdrawProcuratorialSuggestion: 'STOPS',
  sendPublicInterestClue: 'RUNS', receivePublicInterestClue: 'RUNS', reportPublicInterestOutcome: 'STOPS',
};

const { assistance, assistanceUrgent, assistanceElsewhere, assistanceExtension, jointSupervision, jointSupervisionExtension, testReport, suggestionReply } = cooperationClocks;

/** The clock of a kind; one whose length the agency itself gives counts so many days at most. */
const clockOf = ({ kind, urgent, bound }: CooperationState): StatutoryClock | null => {
  switch (kind) {
    case 'ASSISTANCE':
      return urgent ? assistanceUrgent : bound ? assistance : assistanceElsewhere;
    case 'JOINT_SUPERVISION':
      return jointSupervision;
    case 'TEST':
      return testReport;
    case 'SUGGESTION':
      return suggestionReply;
    default:
      return null;
  }
};

/** By what a period is made longer, where it can be. */
const extensions: Partial<Record<CooperationKind, StatutoryClock>> = { ASSISTANCE: assistanceExtension, JOINT_SUPERVISION: jointSupervisionExtension };

const longestOf = (clock: StatutoryClock | undefined): number => clock?.rows[0]?.amount ?? 0;

/** The longest period and the longest extension that an agency may give, in working days. */
export const longestPeriod = longestOf(jointSupervision);
export const longestExtension = (kind: CooperationKind): number => longestOf(extensions[kind]);

/**
 * The state after an act, and the clock that runs from then on.
 *
 * @param days - working days that the agency gives: of the period, or of its extension
 * @throws IllegalTransition when the act is not lawful in the present state
 * @see 市场监督管理行政处罚程序规定 art. 45; 药品检查管理办法（试行） art. 59
 */
export function decideCooperation(state: CooperationState, act: CooperationActName, now: Date, calendar: HolidayCalendar, days?: number): DecidedCooperation {
  const status = machineOf(act).next(state.status, act);
  const { extended, deadline } = state;
  const met = deadline === null ? null : !isOverdue(now, deadline.dueAt);
  switch (effects[act]) {
    case 'STARTS':
      return { status, extended: false, met: null, deadline: counted(clockOf(state), now, calendar, days) };
    case 'RUNS':
      return { status, extended, met: null, deadline };
    case 'IS_EXTENDED':
      // What is over is not made longer: it stays late, though it is told (the article was not read, so nothing is refused by it).
      return met && deadline !== null ? { status, extended: true, met: null, deadline: longer(state.kind, deadline, calendar, days) } : { status, extended, met: null, deadline };
    case 'IS_ANSWERED':
      return { status, extended, met, deadline: null };
    case 'STOPS':
      return { status, extended, met: null, deadline: null };
  }
}

/** A period of so many days, or of the clock's own. */
function counted(clock: StatutoryClock | null | undefined, from: Date, calendar: HolidayCalendar, days: number | undefined): Deadline | null {
  const row = clock?.rowAt(from);
  return row ? dueAtOf({ ...row, amount: days ?? row.amount }, from, calendar) : null;
}

/** So many working days from the last day of the period that is extended. */
function longer(kind: CooperationKind, { lastDay }: Deadline, calendar: HolidayCalendar, days: number | undefined): Deadline | null {
  if (lastDay === null) throw new RangeError('Only a period in days is extended');
  return counted(extensions[kind], startOfDay(lastDay), calendar, days);
}
