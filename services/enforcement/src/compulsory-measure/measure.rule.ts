import type { CaseStatus, CompulsoryMeasureKind, CompulsoryMeasureStatus, MeasureOutcome } from '@casebridge/contracts';
import { type Deadline, type HolidayCalendar, isOverdue, startOfDay, type Suspension } from '@casebridge/kernel';
import { PeriodAlreadyExtended, PeriodOver } from '../case-step/case-step.errors';
import { measureClocks } from './measure.clocks';
import { MeasureOfOtherKind } from './measure.errors';
import { type MeasureActName, measureMachine } from './measure.machine';

/** How a measure stands after an act; instants and days as text, as the history holds it. */
export interface MeasureStanding {
  readonly kind: CompulsoryMeasureKind;
  /** Whether the drug law's shorter periods bind. */
  readonly drug: boolean;
  readonly urgent: boolean;
  /** 物品清单 The list of goods, in words. */
  readonly goods: string;
  readonly place: string;
  readonly officers: readonly string[];
  readonly takenAt: string;
  readonly documentNo: string | null;
  readonly extended: boolean;
  /** While goods are tested the period does not run. */
  readonly tests: readonly { readonly from: string; readonly to: string | null }[];
  readonly reportOn: string | null;
  readonly outcome: MeasureOutcome | null;
  /** The preservation that it was before. */
  readonly convertedFrom: string | null;
}

/** What is said with an act on a measure that there is. */
export interface MeasureWords {
  /** Reasons, report or opinion. */
  readonly text?: string;
  readonly documentNo?: string;
  /** When the report was issued. */
  readonly on?: string;
  readonly outcome?: MeasureOutcome;
}

/** One that no act was done on has no state. */
export interface MeasureState {
  readonly status: CompulsoryMeasureStatus | null;
  readonly standing: MeasureStanding;
}

export interface DecidedMeasure {
  readonly status: CompulsoryMeasureStatus;
  readonly standing: MeasureStanding;
  /** What ends first of all that runs from now on. */
  readonly deadline: Deadline | null;
  /** Whether what ran before was kept; null where nothing was owed with the act. */
  readonly met: boolean | null;
}

/** States of a case in which measures are taken: before the decision, and while the criminal proceedings are waited for. */
const whileMeasuresAreTaken: ReadonlySet<CaseStatus> = new Set(
  ['FILED', 'INVESTIGATING', 'SUSPENDED', 'INVESTIGATION_CONCLUDED', 'UNDER_REVIEW', 'NOTICE_SERVED', 'HEARING', 'PENDING_CRIMINAL']);
export const takesMeasures = (status: CaseStatus): boolean => whileMeasuresAreTaken.has(status);

export const newStanding = (order: Pick<MeasureStanding, 'kind' | 'drug' | 'urgent' | 'goods' | 'place' | 'officers' | 'takenAt' | 'documentNo'>): MeasureStanding =>
  ({ ...order, extended: false, tests: [], reportOn: null, outcome: null, convertedFrom: null });

const isPreservation = ({ kind }: MeasureStanding): boolean => kind === 'PRESERVATION';

/** Thirty days, and thirty more where they were approved; tests do not count. */
function seizureDeadline({ takenAt, tests, extended }: MeasureStanding, now: Date, calendar: HolidayCalendar): Deadline {
  const waits = tests.map(({ from, to }): Suspension => ({ from: new Date(from), to: to === null ? now : new Date(to) }));
  const first = measureClocks.seizurePeriod.dueAt(new Date(takenAt), calendar, waits);
  if (!extended || first.lastDay === null) return first;
  return measureClocks.seizureExtension.dueAt(startOfDay(first.lastDay), calendar, waits.filter(({ from }) => from >= first.dueAt));
}

function drugDeadline({ drug, reportOn, takenAt }: MeasureStanding, status: CompulsoryMeasureStatus, calendar: HolidayCalendar): Deadline[] {
  if (!drug || status === 'UNDER_TEST') return [];
  return [reportOn === null ? measureClocks.drugSeizureDecision.dueAt(new Date(takenAt), calendar) : measureClocks.drugDecisionAfterReport.dueAt(startOfDay(reportOn), calendar)];
}

const over: ReadonlySet<CompulsoryMeasureStatus> = new Set(['DECIDED', 'CONVERTED', 'LIFTED']);

/** Everything that runs, what ends first first. */
export function runningDeadlines(status: CompulsoryMeasureStatus, standing: MeasureStanding, now: Date, calendar: HolidayCalendar): Deadline[] {
  if (over.has(status)) return [];
  const takenAt = new Date(standing.takenAt);
  const running = isPreservation(standing)
    ? [measureClocks.preservationDisposal.dueAt(takenAt, calendar)]
    : [seizureDeadline(standing, now, calendar), ...drugDeadline(standing, status, calendar)];
  if (status === 'TAKEN_ON_THE_SPOT') running.push(measureClocks.urgentReport.dueAt(takenAt, calendar));
  return running.sort((a, b) => a.dueAt.getTime() - b.dueAt.getTime());
}

/** The state at an instant: what was preserved and not disposed of in its seven working days is free (PROC art. 35). */
export function statusAt(status: CompulsoryMeasureStatus, standing: MeasureStanding, now: Date, calendar: HolidayCalendar): CompulsoryMeasureStatus {
  if (over.has(status) || !isPreservation(standing)) return status;
  return isOverdue(now, measureClocks.preservationDisposal.dueAt(new Date(standing.takenAt), calendar).dueAt) ? 'LAPSED' : status;
}

interface On {
  readonly standing: MeasureStanding;
  readonly words: MeasureWords;
  readonly now: Date;
}
const changes: Readonly<Record<MeasureActName, (on: On) => Partial<MeasureStanding>>> = {
  orderCompulsoryMeasure: () => ({}), takeUrgentMeasure: () => ({}), reportUrgentMeasure: () => ({}), convertPreservation: () => ({}), liftCompulsoryMeasure: () => ({}),
  approveUrgentMeasure: ({ words }) => ({ documentNo: words.documentNo ?? null }),
  extendCompulsoryMeasure: () => ({ extended: true }),
  sendSeizedGoodsForTest: ({ standing, now }) => ({ tests: [...standing.tests, { from: now.toISOString(), to: null }] }),
  recordSeizedGoodsReport: ({ standing, words, now }) => ({ tests: standing.tests.map((t) => ({ ...t, to: t.to ?? now.toISOString() })), reportOn: words.on ?? null }),
  decideOnMeasuredGoods: ({ words }) => ({ outcome: words.outcome ?? null }),
};

/** Acts that are for goods that are sealed or seized, and the one for those that are preserved. */
const forSeized: ReadonlySet<MeasureActName> = new Set(['extendCompulsoryMeasure', 'sendSeizedGoodsForTest', 'recordSeizedGoodsReport']);
const fits = (act: MeasureActName, standing: MeasureStanding): boolean => (forSeized.has(act) ? !isPreservation(standing) : act !== 'convertPreservation' || isPreservation(standing));

/** Acts that were owed by the clock that ends first. */
const owed: ReadonlySet<MeasureActName> = new Set(['reportUrgentMeasure', 'decideOnMeasuredGoods', 'convertPreservation', 'liftCompulsoryMeasure']);

/**
 * The state after an act, and what runs from then on.
 *
 * @throws IllegalTransition when the act is not lawful in the present state, a lapse by the clock included
 * @throws MeasureOfOtherKind, PeriodAlreadyExtended, PeriodOver
 * @see 市场监督管理行政处罚程序规定 arts. 33-38; 行政强制法 art. 25; 药品管理法 art. 100
 */
export function decideMeasure({ status: before, standing: had }: MeasureState, act: MeasureActName, words: MeasureWords, now: Date, calendar: HolidayCalendar): DecidedMeasure {
  const present = before && statusAt(before, had, now, calendar);
  const status = measureMachine.next(present, act);
  const { basis } = measureMachine.rules[act];
  if (present !== null && !fits(act, had)) throw new MeasureOfOtherKind(present, basis);
  if (present !== null && act === 'extendCompulsoryMeasure') {
    if (had.extended) throw new PeriodAlreadyExtended(present, basis);
    if (isOverdue(now, seizureDeadline(had, now, calendar).dueAt)) throw new PeriodOver(present, basis);
  }
  const ran = present && owed.has(act) ? runningDeadlines(present, had, now, calendar)[0] : undefined;
  const standing = { ...had, ...changes[act]({ standing: had, words, now }) };
  return { status, standing, deadline: runningDeadlines(status, standing, now, calendar)[0] ?? null, met: ran ? !isOverdue(now, ran.dueAt) : null };
}

/** What a preservation becomes; a measure of its own, whose period begins with it. */
export const convertedStanding = (from: string, had: MeasureStanding, order: Pick<MeasureStanding, 'kind' | 'documentNo' | 'takenAt'>): MeasureStanding =>
  ({ ...newStanding({ ...had, ...order, urgent: false }), convertedFrom: from });
