import type { DisclosureChannel, DisclosureClass } from '@casebridge/contracts';
import type { Citation, HolidayCalendar, Mark } from '@casebridge/kernel';
import { basisOfWindow } from './disclosure-window.rule';
import { publicationDueOn } from './publication-clock.rule';

/** What a record keeps of its windows. */
interface Disclosed {
  readonly class: DisclosureClass;
  readonly decidedOn: string;
  readonly publishedOn: string;
  readonly disclosureEndsOn: string | null;
  readonly creditChinaEndsOn: string | null;
}

export interface ChannelView {
  readonly channel: DisclosureChannel;
  readonly startsOn: string;
  readonly endsOn: string | null;
  readonly publicationDueOn: string | null;
  readonly basis: Citation;
  readonly mark: Mark;
}

/** The windows of a record, by channel, the national system first. */
export function channelsOf(record: Disclosed, calendar: HolidayCalendar): ChannelView[] {
  const view = (channel: DisclosureChannel, startsOn: string, endsOn: string | null): ChannelView => {
    const basis = basisOfWindow(record.class, channel, startsOn);
    return { channel, startsOn, endsOn, publicationDueOn: publicationDueOn(channel, record.decidedOn, calendar), basis, mark: basis.mark };
  };
  return [
    view('ENTERPRISE_CREDIT_SYSTEM', record.publishedOn, record.disclosureEndsOn),
    view('CREDIT_CHINA', record.decidedOn, record.creditChinaEndsOn),
  ];
}
