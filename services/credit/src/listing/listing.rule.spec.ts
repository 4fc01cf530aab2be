import { penaltyKind, type PenaltyDecided, type PenaltyKind } from '@casebridge/contracts';
import { stateCouncilCalendar as calendar, startOfDay } from '@casebridge/kernel';
import { decided as decision, item } from '../test/world';
import { groundsOf, heavyKinds } from './listing-ground.rule';
import { listingCandidateOf } from './listing-record';
import { listingClocks } from './listing.clocks';
import { decideListingAct, deadlineOf, earliestExitOn, type ListingState, periodFrom, statusOn } from './listing.rule';

const none = { restrictionEndsOn: null, restrictionForLife: false };
const state = (more: Partial<ListingState>): ListingState => ({ status: 'CANDIDATE', clock: null, clockStartedAt: null, dueAt: null, endsOn: null, forLife: false, ...more });
const at = (text: string): Date => new Date(`${text}+08:00`);

describe('the rows are the articles', () => {
  it.each([
    ['listingStatement', '2026-06-01', '57', 5, 'WORKING_DAY'], ['listingPublication', '2026-06-01', '14', 20, 'WORKING_DAY'],
    ['listingPeriod', '2026-06-01', '13', 3, 'YEAR'], ['listingPeriod', '2025-12-24', '21', 3, 'YEAR'],
    ['earliestExit', '2026-06-01', '13', 1, 'YEAR'], ['earliestExit', '2025-12-24', '16', 1, 'YEAR'],
    ['exitAcceptance', '2026-06-01', '14', 2, 'WORKING_DAY'], ['exitDecision', '2025-12-25', '16', 7, 'WORKING_DAY'],
    ['exitDecision', '2025-12-24', '17', 15, 'WORKING_DAY'], ['exitExtension', '2026-06-01', '16', 10, 'WORKING_DAY'],
    ['exitExecution', '2026-06-01', '17', 3, 'WORKING_DAY'], ['listingRevocation', '2026-06-01', '19', 3, 'WORKING_DAY'],
  ] as const)('%s on %s: article %s, %d %s', (name, day, article, amount, unit) => {
    const row = listingClocks[name].rowAt(startOfDay(day));
    expect([row.citation.article, row.amount, row.unit, row.mark]).toEqual([article, amount, unit, 'V']);
  });

  it('has no deadline where no row was in force yet', () => {
    expect(deadlineOf('exitAcceptance', startOfDay('2025-12-24'), calendar)).toBeNull();
    expect(deadlineOf('exitAcceptance', startOfDay('2025-12-25'), calendar)).not.toBeNull();
  });
});

describe('the clock after an act', () => {
  it('is the party’s for five working days from the service: over a weekend and a holiday', () => {
    // Monday 28 September 2026; 1 to 7 October are days off, 10 October is worked.
    const after = decideListingAct(state({}), 'serveListingNotice', at('2026-09-28T15:00:00'), calendar, startOfDay('2026-09-28'));
    expect(after).toMatchObject({ status: 'NOTICE_SERVED', clock: 'listingStatement', met: null, clockStartedAt: startOfDay('2026-09-28') });
    expect(after.dueAt).toEqual(listingClocks.listingStatement.dueAt(startOfDay('2026-09-28'), calendar).dueAt);
  });

  it('stays the same while the party speaks, and ends with the hearing', () => {
    const running = state({ status: 'NOTICE_SERVED', clock: 'listingStatement', clockStartedAt: at('2026-06-01T00:00:00'), dueAt: at('2026-06-09T00:00:00') });
    expect(decideListingAct(running, 'recordListingStatement', at('2026-06-02T10:00:00'), calendar)).toEqual({ status: 'NOTICE_SERVED', met: null, clock: running.clock, clockStartedAt: running.clockStartedAt, dueAt: running.dueAt });
    expect(decideListingAct(running, 'requestListingHearing', at('2026-06-02T10:00:00'), calendar)).toMatchObject({ clock: null, clockStartedAt: null, dueAt: null });
  });

  it.each([['2026-06-08T23:59:59', true], ['2026-06-09T00:00:00', false]])('is met until the last second: %s', (now, met) => {
    const due = state({ status: 'LISTED', clock: 'listingPublication', clockStartedAt: at('2026-05-01T00:00:00'), dueAt: at('2026-06-09T00:00:00') });
    expect(decideListingAct(due, 'publishListing', at(now), calendar).met).toBe(met);
  });
});

describe('the period', () => {
  it('is three years from the publication, its last day included', () => {
    const period = periodFrom('2026-06-10', none, calendar);
    expect(period).toEqual({ endsOn: '2029-06-10', forLife: false });
    expect(statusOn({ status: 'PUBLISHED', ...period }, '2029-06-10')).toBe('PUBLISHED');
    expect(statusOn({ status: 'EXIT_APPLIED', ...period }, '2029-06-11')).toBe('EXPIRED');
    expect(statusOn({ status: 'EXITED_EARLY', ...period }, '2029-06-11')).toBe('EXITED_EARLY');
  });

  it('lasts as long as a longer restriction, and for life with one for life', () => {
    expect(periodFrom('2026-06-10', { restrictionEndsOn: '2036-06-02', restrictionForLife: false }, calendar).endsOn).toBe('2036-06-02');
    expect(periodFrom('2026-06-10', { restrictionEndsOn: '2027-01-01', restrictionForLife: false }, calendar).endsOn).toBe('2029-06-10');
    const life = periodFrom('2026-06-10', { restrictionEndsOn: null, restrictionForLife: true }, calendar);
    expect(statusOn({ status: 'PUBLISHED', ...life }, '2999-01-01')).toBe('PUBLISHED');
  });

  it.each([
    [none, '2027-06-11'], [{ restrictionEndsOn: '2027-12-31', restrictionForLife: false }, '2028-01-01'], [{ restrictionEndsOn: null, restrictionForLife: true }, null],
  ])('early exit with %p: from %s on', (restriction, from) => expect(earliestExitOn('2026-06-10', restriction, calendar)).toBe(from));
});

describe('what has to be followed by a listing', () => {
  // Heavy by what they are; a fine only in the heavy tier (O44 art. 2).
  const heavy: readonly PenaltyKind[] = ['QUALIFICATION_DOWNGRADE', 'LICENCE_REVOCATION', 'BUSINESS_RESTRICTION', 'PRODUCTION_SUSPENSION', 'CLOSURE', 'INDUSTRY_BAN'];
  it.each(penaltyKind.codes)('%s', (kind) => {
    expect(heavyKinds('ORDINARY', [kind])).toEqual(heavy.includes(kind) ? [kind] : []);
    expect(heavyKinds('HEAVY', [kind])).toEqual(heavy.includes(kind) || kind === 'FINE' ? [kind] : []);
  });

  it.each([
    ['FAKE_DRUGS', ['FAKE_OR_SUBSTANDARD_DRUGS']], ['UNAPPROVED_DRUGS', ['UNAPPROVED_DRUGS']], ['UNREGISTERED_DEVICE', ['UNREGISTERED_DEVICES']],
    ['ILLEGAL_COSMETIC_ADDITIVE', ['HARMFUL_COSMETICS']], ['FORGED_LICENCE', ['LICENCE_OFFENCE']], ['GXP_BREACH', []], ['UNHEARD_OF', []],
  ])('%s meets %p by its name', (violation, grounds) => expect(groundsOf(violation)).toEqual(grounds));

  const candidate = (more: Partial<PenaltyDecided>) => listingCandidateOf(decision({ tier: 'HEAVY', ...more }), at('2026-06-04T09:00:00'), (name) => name);
  it('is every heavy decision of the ordinary procedure, once and with the same id', () => {
    const event = decision({ tier: 'HEAVY' });
    const once = listingCandidateOf(event, at('2026-06-04T09:00:00'), (name) => name);
    expect(once).toMatchObject({ status: 'CANDIDATE', version: 0, heavyKinds: ['FINE'], decisionId: event.decisionId });
    expect(listingCandidateOf(event, at('2026-06-04T09:00:00'), (name) => name)?.id).toBe(once?.id);
    expect(candidate({ procedure: 'SIMPLIFIED' })).toBeNull();
    expect(candidate({ tier: 'ORDINARY' })).toBeNull();
    expect(candidate({ violationType: 'GXP_BREACH' })).toMatchObject({ status: 'CANDIDATE', grounds: [] });
  });

  it('lasts with the restrictions on the party, not with those on its people', () => {
    const items = [
      item({ kind: 'BUSINESS_RESTRICTION', amountFen: null, startsOn: '2026-06-01', endsOn: '2031-06-01' }),
      item({ kind: 'INDUSTRY_BAN', partyKind: 'PERSON', partyName: '示例当事人甲', amountFen: null, startsOn: '2026-06-01', forLife: true }),
    ];
    expect(candidate({ items })).toMatchObject({ restrictionEndsOn: '2031-06-01', restrictionForLife: false });
  });
});
