import { stateCouncilCalendar } from '@casebridge/kernel';
import { channelsOf } from './disclosure-channels.rule';
import { publicationDueOn } from './publication-clock.rule';

describe('publication', () => {
  it.each([
    // Counted by hand: 1 to 7 October 2026 are off, 10 October (a Saturday) is worked, as is 20 September.
    ['2026-09-28', '2026-10-30', '2026-10-13'],
    ['2026-11-02', '2026-11-30', '2026-11-11'],
    ['2026-11-07', '2026-12-04', '2026-11-17'],
  ])('of a decision of %s is due on %s, at Credit China on %s', (decidedOn, national, creditChina) => {
    expect(publicationDueOn('ENTERPRISE_CREDIT_SYSTEM', decidedOn, stateCouncilCalendar)).toBe(national);
    expect(publicationDueOn('CREDIT_CHINA', decidedOn, stateCouncilCalendar)).toBe(creditChina);
  });

  it('has no due day for a decision older than the rule', () => {
    expect(publicationDueOn('ENTERPRISE_CREDIT_SYSTEM', '2021-08-31', stateCouncilCalendar)).toBeNull();
  });

  it('shows each channel with its own start, end, due day and rule', () => {
    const record = {
      class: 'SERIOUS_DOMAIN' as const, decidedOn: '2026-11-02', publishedOn: '2026-11-09', disclosureEndsOn: '2029-11-09', creditChinaEndsOn: '2029-11-02',
    };
    expect(channelsOf(record, stateCouncilCalendar)).toMatchObject([
      { channel: 'ENTERPRISE_CREDIT_SYSTEM', startsOn: '2026-11-09', endsOn: '2029-11-09', publicationDueOn: '2026-11-30', mark: 'V', basis: { article: '7-9' } },
      { channel: 'CREDIT_CHINA', startsOn: '2026-11-02', endsOn: '2029-11-02', publicationDueOn: '2026-11-11', mark: 'P' },
    ]);
  });
});
