import type { DisclosureChannel, DisclosureClass, PenaltyKind } from '@casebridge/contracts';
import type { Deadline, HolidayCalendar } from '@casebridge/kernel';
import { type Grounds, groundsOf } from './disclosure-window.rule';
import { metOn, publicationDeadline } from './publication-clock.rule';

/** What a record keeps of its windows. */
interface Disclosed {
  readonly class: DisclosureClass;
  readonly penaltyKinds: readonly PenaltyKind[];
  readonly decidedOn: string;
  readonly publishedOn: string;
  readonly disclosureEndsOn: string | null;
  readonly creditChinaEndsOn: string | null;
  /** It has never been shown: its case is deferred. */
  readonly held: boolean;
}

export interface ChannelView extends Grounds {
  readonly channel: DisclosureChannel;
  readonly startsOn: string;
  readonly endsOn: string | null;
  /** Until when the channel had to show it, and why; null for a decision older than the rule. */
  readonly publication: Deadline | null;
  /** Whether it was shown in time; null while it still may be, and for a decision older than the rule. */
  readonly met: boolean | null;
}

/** The windows of a record, by channel, the national system first. */
export function channelsOf(record: Disclosed, calendar: HolidayCalendar, today: string): ChannelView[] {
  const view = (channel: DisclosureChannel, startsOn: string, endsOn: string | null): ChannelView => {
    const publication = publicationDeadline(channel, record.decidedOn, calendar);
    return { channel, startsOn, endsOn, publication, met: metOn(publication, record.held ? null : record.publishedOn, today), ...groundsOf(channel, { ...record, startsOn, endsOn }) };
  };
  return [
    view('ENTERPRISE_CREDIT_SYSTEM', record.publishedOn, record.disclosureEndsOn),
    view('CREDIT_CHINA', record.decidedOn, record.creditChinaEndsOn),
  ];
}
