import type { ComplaintKind, ComplaintStatus } from '@casebridge/contracts';
import { addDays, civilDate, type Deadline, type DeadlineAsKept, type HolidayCalendar, type StatutoryClock } from '@casebridge/kernel';
import { complaintClocks } from './complaint.clocks';

/** A complaint (投诉) or a report of a breach (举报), scrubbed; who sent it is not part of it. */
export interface Complaint {
  readonly id: string;
  readonly complaintNo: string;
  readonly receiptHash: string;
  readonly kind: ComplaintKind;
  readonly receivedAt: Date;
  readonly status: ComplaintStatus;
  /** Who received it. */
  readonly agencyCode: string;
  readonly regionCode: string;
  readonly enterpriseUscc: string | null;
  readonly productId: string | null;
  readonly subject: string;
  readonly content: string;
  /** First late instant of the first step, as it was told on receipt: acceptance of a complaint, check of a report. */
  readonly acceptDueAt: Date;
  /** Version of the calendar that it was counted with; null where that was not kept. */
  readonly acceptCalendarVersion: string | null;
  readonly acceptedAt: Date | null;
  readonly partCodes: readonly string[];
  readonly caseIds: readonly string[];
  readonly version: number;
}

/** The statuses of each kind, which are handled separately (市场监督管理投诉举报处理办法 art. 9). */
export const statusesOf: Readonly<Record<ComplaintKind, readonly ComplaintStatus[]>> = {
  COMPLAINT: ['RECEIVED', 'ACCEPTED', 'NOT_ACCEPTED', 'IN_MEDIATION', 'CLOSED'],
  REPORT: ['RECEIVED', 'CHECKING', 'SUBSTANTIATED', 'NOT_SUBSTANTIATED', 'CLOSED'],
};

/** The limit of the first step, which runs from receipt. */
export const firstDeadline = (kind: ComplaintKind, receivedAt: Date, calendar: HolidayCalendar): Deadline => firstClock(kind).dueAt(receivedAt, calendar);

const firstClock = (kind: ComplaintKind): StatutoryClock => (kind === 'COMPLAINT' ? complaintClocks.acceptance : complaintClocks.reportCheck);

/** Tests (检验检测) are not recorded: of a clock that waits for them it is not known whether it did. */
const asKept = (deadline: DeadlineAsKept, clock: StatutoryClock): DeadlineAsKept =>
  clock.rowAt(deadline.startedAt).suspendOn.length === 0 ? deadline : { ...deadline, suspensions: null };

/** The first step as it was told: what was told holds, whichever calendar is published later, and says which one it was counted with. */
function toldDeadline({ kind, receivedAt, acceptDueAt, acceptCalendarVersion }: Told, calendar: HolidayCalendar): DeadlineAsKept {
  const counted = firstDeadline(kind, receivedAt, calendar);
  if (counted.dueAt.getTime() === acceptDueAt.getTime()) return counted;
  // Only days of a year that was not published then can have moved.
  return { ...counted, dueAt: acceptDueAt, lastDay: addDays(civilDate(acceptDueAt), -1), provisional: true, calendarVersion: acceptCalendarVersion };
}

type Told = Pick<Complaint, 'kind' | 'receivedAt' | 'acceptDueAt' | 'acceptCalendarVersion'>;

/**
 * The limit that runs now, and why.
 *
 * @returns null when nothing is owed any more
 */
export function runningDeadline(
  complaint: Told & Pick<Complaint, 'status' | 'acceptedAt'>, calendar: HolidayCalendar,
): DeadlineAsKept | null {
  const { kind, status, acceptedAt } = complaint;
  switch (status) {
    case 'RECEIVED':
    case 'CHECKING':
      return asKept(toldDeadline(complaint, calendar), firstClock(kind));
    case 'ACCEPTED':
    case 'IN_MEDIATION':
      return acceptedAt && asKept(complaintClocks.mediation.dueAt(acceptedAt, calendar), complaintClocks.mediation);
    default:
      return null;
  }
}
