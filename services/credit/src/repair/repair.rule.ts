import type { DisclosureClass, RepairKind, RepairStatus } from '@casebridge/contracts';
import { addDays, type Deadline, dueDate, type HolidayCalendar, isOverdue, latest, startOfDay } from '@casebridge/kernel';
import { disclosureClocks, governing } from '../disclosure/disclosure-window.rule';
import type { Restriction } from '../listing/listing.rule';
import { repairClocks, type RepairClockName } from './repair.clocks';
import { type RepairActName, repairMachine } from './repair.machine';
import { type ClassRow } from './repair-ground.rule';

/** What the rule needs of a repair. */
export interface RepairState {
  readonly kind: RepairKind;
  readonly status: RepairStatus | null;
  readonly clock: RepairClockName | null;
  readonly clockStartedAt: Date | null;
  readonly dueAt: Date | null;
  /** Since when the decision is not shown, shared or used. */
  readonly stoppedAt: Date | null;
}

export interface DecidedRepair extends Pick<RepairState, 'clock' | 'clockStartedAt' | 'dueAt' | 'stoppedAt'> {
  readonly status: RepairStatus;
  /** Whether the act came in time for the clock that it meets; null where none ran. */
  readonly met: boolean | null;
}

interface Effect {
  /** The clock that starts. */
  readonly starts?: RepairClockName;
  /** The agency owes the act by the clock that runs. */
  readonly owed?: true;
  /** Whether the showing stops with it, or goes on again. */
  readonly stops?: boolean;
}

const effects = (kind: RepairKind): Readonly<Record<RepairActName, Effect>> => ({
  applyForCreditRepair: { starts: 'repairAcceptance' },
  requestRepairCorrections: { owed: true },
  recordRepairCorrections: { starts: 'repairAcceptance' },
  declineRepairApplication: { owed: true },
  acceptRepairApplication: { owed: true, starts: kind === 'RESTRUCTURING' ? 'temporaryRepair' : 'repairDecision' },
  extendRepairDecision: { owed: true, starts: 'repairExtension' },
  grantCreditRepair: { owed: true, starts: 'repairExecution' },
  refuseCreditRepair: { owed: true },
  grantTemporaryRepair: { owed: true, stops: true },
  endTemporaryRepair: { stops: false },
  executeCreditRepair: { owed: true, starts: 'repairNotification', stops: true },
  notifyCreditRepair: { owed: true },
  acknowledgeCreditRepair: {},
  revokeCreditRepair: { stops: false },
  recordDeregistration: {},
});

/**
 * The state after an act, the clock that runs from then on, and whether the decision is still shown.
 *
 * @param from - where the clock counts from a day that the act tells of
 * @throws IllegalTransition when the act is not lawful in the present state
 */
export function decideRepairAct(state: RepairState, act: RepairActName, now: Date, calendar: HolidayCalendar, from = now): DecidedRepair {
  const status = repairMachine.next(state.status, act);
  const { owed, starts, stops } = effects(state.kind)[act];
  const met = owed && state.dueAt !== null ? !isOverdue(now, state.dueAt) : null;
  const stoppedAt = stops === undefined ? state.stoppedAt : stops ? (state.stoppedAt ?? now) : null;
  if (starts === undefined) return { status, met, stoppedAt, clock: null, clockStartedAt: null, dueAt: null };
  return { status, met, stoppedAt, clock: starts, clockStartedAt: from, dueAt: repairDeadline(starts, from, calendar).dueAt };
}

export const repairDeadline = (name: RepairClockName, from: Date, calendar: HolidayCalendar): Deadline => repairClocks[name].dueAt(from, calendar);

/** The first day on which repair may be asked for; null: never, in this class or while a restriction is for life. Order 107 counts for older records too. */
export function earliestRepairOn(
  row: ClassRow, publishedOn: string, { restrictionEndsOn, restrictionForLife }: Restriction, calendar: HolidayCalendar,
): string | null {
  if (row.earliest === null || (row.afterRestriction && restrictionForLife)) return null;
  const [clock] = repairClocks[row.earliest].rows;
  const shown = dueDate(clock!, startOfDay(publishedOn), calendar);
  return addDays(latest(shown, (row.afterRestriction ? restrictionEndsOn : null) ?? shown), 1);
}

/** What is shown of a record, and until when. */
export interface Shown {
  readonly class: DisclosureClass;
  readonly disclosureEndsOn: string | null;
  readonly creditChinaEndsOn: string | null;
}

/** The period begins anew on a day, and ends no earlier than it would have (O107 art. 23). */
export function restartedWindow({ class: of, disclosureEndsOn, creditChinaEndsOn }: Shown, day: string) {
  const general = of === 'GENERAL';
  const { endsOn: national } = governing(general ? disclosureClocks.generalFromPublication : disclosureClocks.seriousFromPublication, day);
  const { endsOn: creditChina } = governing(general ? disclosureClocks.generalFromDecision : disclosureClocks.seriousFromDecision, day);
  return {
    publishedOn: day, disclosureEndsOn: disclosureEndsOn && latest(national, disclosureEndsOn), creditChinaEndsOn: creditChinaEndsOn && latest(creditChina, creditChinaEndsOn),
  };
}

/** The last day on which a revocation is shown, and no application is accepted. */
export const revocationEndsOn = (revokedOn: string, calendar: HolidayCalendar): string => repairClocks.repairRevocation.dueDate(startOfDay(revokedOn), calendar);
