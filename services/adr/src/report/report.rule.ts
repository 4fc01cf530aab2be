import type { AgeBand, Causality, PatientSex, ReactionOutcome, ReportKind, Seriousness } from '@casebridge/contracts';
import { addDays, civilDate, type Deadline, dueAt, type HolidayCalendar, startOfDay, type StatutoryClock } from '@casebridge/kernel';
import { reportClocks } from './report.clocks';

/** A suspected reaction in the reporter's words; the code is that of whatever dictionary the reporter has (MedDRA is licensed and not shipped). */
export interface ReactionTerm {
  readonly code: string | null;
  readonly term: string;
  readonly termZh: string;
}

/** A report of an adverse reaction or event, de-identified: nothing in it names or finds a person. */
export interface AdverseReactionReport {
  readonly id: string;
  readonly reportNo: string;
  readonly kind: ReportKind;
  readonly seriousness: Seriousness;
  /** Not in the label, or worse or more frequent than described there (新的). */
  readonly isNew: boolean;
  readonly onsetOn: string | null;
  /** Day 0: the reporter learned of it, and patient, reporter, product and reaction were known. */
  readonly receivedOn: string;
  /** When it reached the owning agency in writing; null while only announced. */
  readonly reportedOn: string | null;
  /** The last day in time; null where no clock was in force. */
  readonly dueOn: string | null;
  readonly productId: string | null;
  readonly batchNo: string | null;
  /** 上市许可持有人 the marketing authorisation holder. */
  readonly enterpriseUscc: string | null;
  readonly regionCode: string;
  readonly agencyCode: string;
  readonly coOwnerCodes: readonly string[];
  readonly reactions: readonly ReactionTerm[];
  readonly causality: Causality;
  readonly outcome: ReactionOutcome;
  readonly patientSex: PatientSex;
  readonly ageBand: AgeBand;
  readonly narrative: string | null;
  readonly caseIds: readonly string[];
  readonly version: number;
}

type ClockFacts = Pick<AdverseReactionReport, 'kind' | 'seriousness' | 'isNew'>;

/** AEFI and group events are owned by the drug and the health side together. */
export const isEvent = (kind: ReportKind): boolean => kind === 'AEFI' || kind === 'GROUP_EVENT';

/** The clock of a report, by what it is about. */
export function reportClock({ kind, seriousness, isNew }: ClockFacts): StatutoryClock {
  const death = seriousness === 'DEATH';
  const serious = seriousness !== 'NOT_SERIOUS';
  switch (kind) {
    case 'SPONTANEOUS':
      return death ? reportClocks.deathReport : serious || isNew ? reportClocks.seriousReport : reportClocks.otherReport;
    case 'GROUP_EVENT':
      return reportClocks.groupEventReport;
    case 'AEFI':
      return death || seriousness === 'DISABILITY' ? reportClocks.graveAefiReport : reportClocks.aefiReport;
    case 'DEVICE_EVENT':
      return death ? reportClocks.deviceDeathReport : reportClocks.deviceInjuryReport;
    case 'COSMETIC_REACTION':
      return serious ? reportClocks.seriousCosmeticReport : reportClocks.otherCosmeticReport;
  }
}

/** Until when a report must be made, and why. */
export interface ReportingLimit {
  /** The last day in time, as YYYY-MM-DD. */
  readonly dueOn: string;
  readonly deadline: Deadline;
}

/**
 * The limit of a report by the clock in force on the day of awareness.
 *
 * That day is known and its hour is not, and so it is with the day of the report. Hours are counted from the end of the day, and the whole of the
 * day on which they end is in time: a report is late only if it is late whatever the hours were.
 *
 * @returns null when no clock was in force on that day
 * @see 药品不良反应报告和监测管理办法 arts. 21, 27; 医疗器械不良事件监测和再评价管理办法 art. 25
 */
export function reportingLimit(report: ClockFacts & Pick<AdverseReactionReport, 'receivedOn'>, calendar: HolidayCalendar): ReportingLimit | null {
  const { receivedOn } = report;
  const row = reportClock(report).rows.find((r) => r.effectiveFrom <= receivedOn && (r.effectiveTo === null || receivedOn <= r.effectiveTo));
  if (!row) return null;
  const startedAt = row.unit === 'HOUR' ? new Date(startOfDay(addDays(receivedOn, 1)).getTime() - 1) : startOfDay(receivedOn);
  const deadline = dueAt(row, startedAt, calendar);
  if (deadline.lastDay !== null) return { dueOn: deadline.lastDay, deadline };
  const dueOn = civilDate(deadline.dueAt);
  return { dueOn, deadline: { ...deadline, dueAt: startOfDay(addDays(dueOn, 1)) } };
}

/**
 * Whether a report came, or has not come, after its limit.
 *
 * @param today - the civil date of the reading, which counts while the report is outstanding
 * @returns null where no clock was in force
 */
export const isLateReport = (report: Pick<AdverseReactionReport, 'reportedOn' | 'dueOn'>, today: string): boolean | null =>
  report.dueOn === null ? null : (report.reportedOn ?? today) > report.dueOn;
