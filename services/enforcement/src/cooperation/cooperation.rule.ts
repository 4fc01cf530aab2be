import type { CooperationStatus } from '@casebridge/contracts';
import { type Deadline, dueAt as dueAtOf, type HolidayCalendar, isOverdue, type NamedClockRow, startOfDay } from '@casebridge/kernel';
import { cooperationClocks } from './cooperation.clocks';
import { type CooperationActName, machineOf } from './cooperation.machine';

/** What the rule needs of a record; a new one has no status and no past. */
export interface CooperationState {
  readonly status: CooperationStatus | null;
  readonly requestedAt: Date;
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
};

/** The longest extension, in working days. */
export const longestExtension = cooperationClocks.assistanceExtension.rows[0]?.amount ?? 0;

/**
 * The state after an act, and the clock that runs from then on.
 *
 * @param days - working days by which the period is longer, for an extension
 * @throws IllegalTransition when the act is not lawful in the present state
 * @see 市场监督管理行政处罚程序规定 art. 45; 药品检查管理办法（试行） art. 59
 */
export function decideCooperation(state: CooperationState, act: CooperationActName, now: Date, calendar: HolidayCalendar, days = 0): DecidedCooperation {
  const status = machineOf(act).next(state.status, act);
  const { extended, deadline } = state;
  const met = deadline === null ? null : !isOverdue(now, deadline.dueAt);
  switch (effects[act]) {
    case 'STARTS':
      return { status, extended: false, met: null, deadline: clockOf(state).dueAt(state.requestedAt, calendar) };
    case 'RUNS':
      return { status, extended, met: null, deadline };
    case 'IS_EXTENDED':
      // What is over is not made longer: it stays late, though it is told (the article was not read, so nothing is refused by it).
      return met && deadline !== null ? { status, extended: true, met: null, deadline: longer(deadline, days, calendar) } : { status, extended, met: null, deadline };
    case 'IS_ANSWERED':
      return { status, extended, met, deadline: null };
    case 'STOPS':
      return { status, extended, met: null, deadline: null };
  }
}

const clockOf = ({ urgent, bound }: CooperationState) =>
  urgent ? cooperationClocks.assistanceUrgent : bound ? cooperationClocks.assistance : cooperationClocks.assistanceElsewhere;

/** So many working days from the last day of the period that is extended. */
function longer({ lastDay }: Deadline, days: number, calendar: HolidayCalendar): Deadline {
  const [row] = cooperationClocks.assistanceExtension.rows;
  if (!row || lastDay === null) throw new RangeError('Only a period in days is extended');
  return dueAtOf({ ...row, amount: days } satisfies NamedClockRow, startOfDay(lastDay), calendar);
}
