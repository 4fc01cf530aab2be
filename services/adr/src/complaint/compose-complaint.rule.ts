import { BadUserInput, cleanLine, type HolidayCalendar, isUscc, isUuid, o121, type RandomBytes, scrub } from '@casebridge/kernel';
import { type Complaint, firstDeadline, statusesOf } from './complaint.rule';
import { createReceipt } from './receipt.rule';

/** What is known when a complaint or report is taken in; the rest follows from it. */
export type ComplaintDraft = Omit<Complaint, 'receiptHash' | 'acceptDueAt' | 'acceptCalendarVersion' | 'version'>;

export interface ComposedComplaint {
  readonly complaint: Complaint;
  /** For the reporter, once; it cannot be found again. */
  readonly receiptCode: string;
}

const MAX_LINE = 200;
const MAX_CONTENT = 10_000;

function scrubbed(field: string, text: string, max: number): string {
  const clean = scrub(text);
  if (clean === '') throw new BadUserInput(field, 'must not be blank');
  if (clean.length > max) throw new BadUserInput(field, `must have at most ${max} characters`);
  return clean;
}

function number(text: string): string {
  const clean = cleanLine(text);
  if (clean === '' || clean.length > 60) throw new BadUserInput('complaintNo', 'must have 1 to 60 characters');
  return clean;
}

/**
 * A complaint as it is stored: text scrubbed of clues to the reporter, the first limit counted, a receipt given.
 *
 * @param draft - as it was taken in
 * @param calendar - the working-day calendar in force
 * @param random - source of the receipt code
 * @throws BadUserInput naming the field at fault; RangeError when no clock was in force on the day of receipt
 * @see 市场监督管理投诉举报处理办法 arts. 9, 15, 37
 */
export function composeComplaint(draft: ComplaintDraft, calendar: HolidayCalendar, random?: RandomBytes): ComposedComplaint {
  const { kind, status, receivedAt, acceptedAt } = draft;
  if (!isUuid(draft.id)) throw new BadUserInput('id', 'must be a UUID');
  if (!statusesOf[kind].includes(status)) throw new BadUserInput('status', `is no status of a ${kind}: the two are handled separately`, o121(9));
  if (draft.enterpriseUscc !== null && !isUscc(draft.enterpriseUscc)) throw new BadUserInput('enterpriseUscc', 'must be a unified social credit code');
  const accepted = status === 'ACCEPTED' || status === 'IN_MEDIATION';
  if (accepted && acceptedAt === null) throw new BadUserInput('acceptedAt', `must be given with ${status}`, o121(15));
  if (acceptedAt !== null && (kind === 'REPORT' || status === 'RECEIVED' || status === 'NOT_ACCEPTED')) {
    throw new BadUserInput('acceptedAt', `must not be given with a ${kind} that is ${status}`, o121(15));
  }
  if (acceptedAt !== null && acceptedAt < receivedAt) throw new BadUserInput('acceptedAt', 'must not be before the receipt');
  const receipt = createReceipt(random);
  const first = firstDeadline(kind, receivedAt, calendar);
  return {
    receiptCode: receipt.code,
    complaint: {
      ...draft,
      complaintNo: number(draft.complaintNo),
      receiptHash: receipt.hash,
      subject: scrubbed('subject', cleanLine(draft.subject), MAX_LINE),
      content: scrubbed('content', draft.content, MAX_CONTENT),
      acceptDueAt: first.dueAt,
      acceptCalendarVersion: first.calendarVersion,
      version: 1,
    },
  };
}
