import { stateCouncilCalendar } from '@casebridge/kernel';
import { channelsOf } from './disclosure-channels.rule';
import { metOn, provincePush, publicationDeadline, withdrawalDeadline } from './publication-clock.rule';

describe('publication', () => {
  it.each([
    // Counted by hand: 1 to 7 October 2026 are off, 10 October (a Saturday) is worked, as is 20 September.
    ['2026-09-28', '2026-10-30', '2026-10-13'],
    ['2026-11-02', '2026-11-30', '2026-11-11'],
    ['2026-11-07', '2026-12-04', '2026-11-17'],
  ])('of a decision of %s is due on %s, at Credit China on %s', (decidedOn, national, creditChina) => {
    expect(publicationDeadline('ENTERPRISE_CREDIT_SYSTEM', decidedOn, stateCouncilCalendar)?.lastDay).toBe(national);
    expect(publicationDeadline('CREDIT_CHINA', decidedOn, stateCouncilCalendar)?.lastDay).toBe(creditChina);
  });

  it('says why: rule, article, start, calendar, and whether the calendar was there', () => {
    expect(publicationDeadline('ENTERPRISE_CREDIT_SYSTEM', '2026-11-02', stateCouncilCalendar)).toEqual({
      dueAt: new Date('2026-12-01T00:00:00+08:00'), lastDay: '2026-11-30', provisional: false, suspensions: [], calendarVersion: stateCouncilCalendar.version,
      startedAt: new Date('2026-11-02T00:00:00+08:00'),
      rule: {
        name: 'publishInEnterpriseCreditSystem', amount: 20, unit: 'WORKING_DAY', mark: 'V',
        citation: { instrument: '市场监督管理行政处罚信息公示规定', article: '9', mark: 'V' },
      },
    });
    expect(publicationDeadline('ENTERPRISE_CREDIT_SYSTEM', '2026-12-15', stateCouncilCalendar)?.provisional).toBe(true);
  });

  it('has no due day for a decision older than the rule', () => {
    expect(publicationDeadline('ENTERPRISE_CREDIT_SYSTEM', '2021-08-31', stateCouncilCalendar)).toBeNull();
    expect(publicationDeadline('ENTERPRISE_CREDIT_SYSTEM', '2021-09-01', stateCouncilCalendar)).not.toBeNull();
  });

  it('shows each channel with its own start, end, due day and rule', () => {
    const record = {
      class: 'SERIOUS_DOMAIN' as const, penaltyKinds: ['FINE' as const], decidedOn: '2026-11-02', publishedOn: '2026-11-09', disclosureEndsOn: '2029-11-09', creditChinaEndsOn: '2029-11-02', held: false,
    };
    expect(channelsOf(record, stateCouncilCalendar, '2026-11-22')).toMatchObject([
      {
        channel: 'ENTERPRISE_CREDIT_SYSTEM', startsOn: '2026-11-09', endsOn: '2029-11-09', publication: { lastDay: '2026-11-30' }, mark: 'V', basis: { article: '7-9' },
        basisEffectiveFrom: '2025-12-25', doubts: [],
      },
      { channel: 'CREDIT_CHINA', startsOn: '2026-11-02', endsOn: '2029-11-02', publication: { lastDay: '2026-11-11' }, mark: 'P', basisEffectiveFrom: '2026-04-01', doubts: [] },
    ]);
  });
});

describe('another province', () => {
  const of = { partyUscc: '91220102MA0000001X', regionCode: '210102', decidedOn: '2026-11-02', pushedOn: null };
  it.each<[string, Partial<Parameters<typeof provincePush>[0]>, string, boolean | null]>([
    ['may still be told', {}, '2026-11-16', null], ['was not told in time', {}, '2026-11-17', false], ['was told on the last day', { pushedOn: '2026-11-16' }, '2026-12-01', true],
    ['was told too late', { pushedOn: '2026-11-17' }, '2026-12-01', false],
  ])('%s', (_, change, today, met) => {
    expect(provincePush({ ...of, ...change }, today, stateCouncilCalendar)).toMatchObject({ met, push: { lastDay: '2026-11-16', rule: { citation: { article: '10' } } } });
  });

  it('has ten working days of its own from the push', () => {
    expect(provincePush({ ...of, pushedOn: '2026-11-16' }, '2026-11-16', stateCouncilCalendar)?.publication?.lastDay).toBe('2026-11-30');
    expect(provincePush(of, '2026-11-16', stateCouncilCalendar)?.publication).toBeNull();
  });

  it('is none for the own province, a person, and where the place has no code of the division', () => {
    for (const change of [{ partyUscc: '91210102MA00000019' }, { partyUscc: null }, { regionCode: 'FZ-1' }]) expect(provincePush({ ...of, ...change }, '2026-11-16', stateCouncilCalendar)).toBeNull();
  });
});

describe('withdrawal', () => {
  it('is due three working days after the cause, and says why', () => {
    expect(withdrawalDeadline('2026-11-05', stateCouncilCalendar)).toMatchObject({ lastDay: '2026-11-10', rule: { name: 'withdrawPublication', amount: 3, citation: { article: '11' } } });
    expect(withdrawalDeadline('2021-08-31', stateCouncilCalendar)).toBeNull();
  });

  it.each([['2026-11-10', '2026-12-01', true], ['2026-11-11', '2026-12-01', false], [null, '2026-11-10', null], [null, '2026-11-11', false]] as const)('done on %s, asked on %s: %p', (doneOn, today, met) => {
    expect(metOn(withdrawalDeadline('2026-11-05', stateCouncilCalendar), doneOn, today)).toBe(met);
  });
});
