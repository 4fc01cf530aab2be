import { disclosureClass, penaltyKind, repairKind, repairRefusalGround } from '@casebridge/contracts';
import { stateCouncilCalendar as calendar, startOfDay } from '@casebridge/kernel';
import { askable, isGroundOf, refusalBasis, rowOf } from './repair-ground.rule';
import { repairClocks } from './repair.clocks';
import { decideRepairAct, earliestRepairOn, type RepairState, restartedWindow, revocationEndsOn } from './repair.rule';

const none = { restrictionEndsOn: null, restrictionForLife: false };
const state = (more: Partial<RepairState>): RepairState => ({ kind: 'ORDINARY', status: 'RECEIVED', clock: null, clockStartedAt: null, dueAt: null, stoppedAt: null, ...more });
const at = (text: string): Date => new Date(`${text}+08:00`);

it.each([
  ['repairAcceptance', '14', 2, 'WORKING_DAY'], ['repairDecision', '16', 7, 'WORKING_DAY'], ['repairExtension', '16', 10, 'WORKING_DAY'],
  ['temporaryRepair', '22', 7, 'WORKING_DAY'], ['repairExecution', '17', 3, 'WORKING_DAY'], ['repairNotification', '4', 3, 'WORKING_DAY'],
  ['earliestRepairGeneral', '7-9', 3, 'MONTH'], ['earliestRepairSerious', '7-9', 1, 'YEAR'], ['repairRevocation', '23', 3, 'YEAR'],
] as const)('%s is article %s: %d %s', (name, article, amount, unit) => {
  const row = repairClocks[name].rowAt(startOfDay('2026-06-01'));
  expect([row.citation.article, row.amount, row.unit, row.mark, row.effectiveFrom]).toEqual([article, amount, unit, 'V', '2025-12-25']);
});

describe('the clock after an act', () => {
  it('counts working days over a weekend and a holiday', () => {
    // Monday 28 September 2026; 1 to 7 October are days off, 10 October is worked.
    const accepted = decideRepairAct(state({}), 'acceptRepairApplication', at('2026-09-28T15:00:00'), calendar);
    expect(accepted).toMatchObject({ status: 'ACCEPTED', clock: 'repairDecision', met: null, stoppedAt: null, dueAt: at('2026-10-14T00:00:00') }); // 29, 30, 8, 9, 10, 12, 13
  });

  it('is another one for a restructuring', () => {
    expect(decideRepairAct(state({ kind: 'RESTRUCTURING' }), 'acceptRepairApplication', at('2026-09-28T15:00:00'), calendar).clock).toBe('temporaryRepair');
  });

  it.each([['2026-06-08T23:59:59', true], ['2026-06-09T00:00:00', false]])('is met until the last second: %s', (now, met) => {
    const due = state({ status: 'GRANTED', clock: 'repairExecution', clockStartedAt: at('2026-06-03T00:00:00'), dueAt: at('2026-06-09T00:00:00') });
    expect(decideRepairAct(due, 'executeCreditRepair', at(now), calendar).met).toBe(met);
  });

  it('waits while the applicant is asked, and begins anew with what he hands in', () => {
    const asked = decideRepairAct(state({ clock: 'repairAcceptance', clockStartedAt: at('2026-06-01T00:00:00'), dueAt: at('2026-06-04T00:00:00') }), 'requestRepairCorrections', at('2026-06-02T10:00:00'), calendar);
    expect(asked).toMatchObject({ status: 'CORRECTIONS_REQUESTED', met: true, clock: null, dueAt: null });
    const came = decideRepairAct(state({ status: 'CORRECTIONS_REQUESTED' }), 'recordRepairCorrections', at('2026-06-10T10:00:00'), calendar, startOfDay('2026-06-09'));
    expect(came).toMatchObject({ status: 'RECEIVED', met: null, clock: 'repairAcceptance', dueAt: at('2026-06-12T00:00:00') });
  });
});

describe('the showing', () => {
  const then = at('2026-06-02T10:00:00');
  it('stops with the execution, or earlier with a temporary repair, and then stays stopped', () => {
    expect(decideRepairAct(state({ status: 'GRANTED' }), 'executeCreditRepair', then, calendar).stoppedAt).toEqual(then);
    expect(decideRepairAct(state({ kind: 'RESTRUCTURING', status: 'ACCEPTED' }), 'grantTemporaryRepair', then, calendar).stoppedAt).toEqual(then);
    const granted = decideRepairAct(state({ kind: 'RESTRUCTURING', status: 'TEMPORARY', stoppedAt: then }), 'grantCreditRepair', at('2026-07-02T10:00:00'), calendar);
    expect(granted.stoppedAt).toEqual(then);
    expect(decideRepairAct(state({ status: 'GRANTED', stoppedAt: then }), 'executeCreditRepair', at('2026-07-03T10:00:00'), calendar).stoppedAt).toEqual(then);
  });
  it('goes on once the repair is taken back', () => {
    expect(decideRepairAct(state({ status: 'TEMPORARY', stoppedAt: then }), 'endTemporaryRepair', then, calendar).stoppedAt).toBeNull();
    expect(decideRepairAct(state({ status: 'SYNCHRONISED', stoppedAt: then }), 'revokeCreditRepair', then, calendar).stoppedAt).toBeNull();
  });
});

describe('the earliest day', () => {
  const row = (of: (typeof disclosureClass.codes)[number], ...kinds: (typeof penaltyKind.codes)[number][]) => rowOf({ class: of, penaltyKinds: kinds.length > 0 ? kinds : ['FINE'] });
  it.each([
    ['GENERAL', none, '2026-09-11'], ['SERIOUS_DOMAIN', none, '2027-06-11'], ['SERIOUS_RESTRICTION', none, '2027-06-11'],
    ['SERIOUS_RESTRICTION', { ...none, restrictionEndsOn: '2026-12-31' }, '2027-06-11'], ['SERIOUS_RESTRICTION', { ...none, restrictionEndsOn: '2031-06-01' }, '2031-06-02'],
    ['SERIOUS_RESTRICTION', { ...none, restrictionForLife: true }, null], ['SERIOUS_QUALIFICATION', none, null], ['MINOR', none, null],
  ] as const)('%s with %p: %s', (of, restriction, day) => expect(earliestRepairOn(row(of), '2026-06-10', restriction, calendar)).toBe(day));

  it.each(['LICENCE_REVOCATION', 'QUALIFICATION_DOWNGRADE', 'CLOSURE'] as const)('never comes with %s, though a ban beside it is shown longer', (kind) => {
    expect(row('SERIOUS_RESTRICTION', 'INDUSTRY_BAN', kind)).toMatchObject({ class: 'SERIOUS_QUALIFICATION', earliest: null });
  });

  it('is counted by Order 107 for what was published before it too', () => {
    expect(earliestRepairOn(row('SERIOUS_DOMAIN'), '2024-02-29', none, calendar)).toBe('2025-03-01');
  });

  it('has a row for every class', () => expect(disclosureClass.codes.map((of) => row(of).class)).toEqual(disclosureClass.codes));
});

describe('documents and grounds', () => {
  const applicant = { kind: 'ORDINARY', uscc: null, documents: [] } as const;
  it('asks for what is missing and no more', () => {
    expect(askable(applicant)).toEqual(['APPLICATION', 'IDENTITY', 'COMMITMENT', 'RECTIFICATION_PROOF']);
    expect(askable({ ...applicant, documents: ['APPLICATION', 'COMMITMENT'] })).toEqual(['IDENTITY', 'RECTIFICATION_PROOF']);
  });
  it('asks no enterprise who it is', () => expect(askable({ ...applicant, uscc: '91210102MA00000000' })).not.toContain('IDENTITY'));
  it('takes the ruling in a restructuring', () => expect(askable({ ...applicant, kind: 'RESTRUCTURING' })).toEqual(['APPLICATION', 'IDENTITY', 'COMMITMENT', 'RESTRUCTURING_RULING']));
  it('has no documents of a de-registration', () => expect(repairKind.codes.filter((kind) => askable({ ...applicant, kind }).length === 0)).toEqual(['DEREGISTRATION']));

  it.each([
    ['CORRECTIONS_NOT_MADE', '14', true, false], ['WITHDRAWN', '14', true, true], ['DEREGISTERED', '20', true, true], ['DUTIES_NOT_PERFORMED', '11', false, true],
    ['NOT_RECTIFIED', '11', false, true], ['SAME_ACT_AGAIN', '11', false, true], ['NATIONAL_SECURITY', '18', false, true], ['PUBLIC_INTEREST', '18', false, true],
  ] as const)('%s is article %s', (ground, article, declines, refuses) => {
    expect([refusalBasis(ground).article, isGroundOf('declineRepairApplication', ground), isGroundOf('refuseCreditRepair', ground)]).toEqual([article, declines, refuses]);
  });
  it('knows every ground', () => expect(repairRefusalGround.codes.map((ground) => refusalBasis(ground).instrument)).toHaveLength(8));
});

describe('after fraud', () => {
  const shown = { disclosureEndsOn: '2027-01-01', creditChinaEndsOn: '2026-12-01' };
  it.each([
    ['GENERAL', { publishedOn: '2026-06-10', disclosureEndsOn: '2027-06-10', creditChinaEndsOn: '2027-06-10' }],
    ['SERIOUS_DOMAIN', { publishedOn: '2026-06-10', disclosureEndsOn: '2029-06-10', creditChinaEndsOn: '2029-06-10' }],
  ] as const)('the period of %s begins anew', (of, window) => expect(restartedWindow({ class: of, ...shown }, '2026-06-10')).toEqual(window));
  it('ends no earlier than a restriction, and never with one for life', () => {
    expect(restartedWindow({ class: 'SERIOUS_RESTRICTION', disclosureEndsOn: '2036-01-01', creditChinaEndsOn: '2036-01-01' }, '2026-06-10')).toMatchObject({ disclosureEndsOn: '2036-01-01', creditChinaEndsOn: '2036-01-01' });
    expect(restartedWindow({ class: 'SERIOUS_RESTRICTION', disclosureEndsOn: null, creditChinaEndsOn: null }, '2026-06-10')).toMatchObject({ disclosureEndsOn: null, creditChinaEndsOn: null });
  });
  it('begins anew before Order 36 was in force too', () => {
    expect(restartedWindow({ class: 'SERIOUS_DOMAIN', ...shown }, '2026-02-06')).toEqual({ publishedOn: '2026-02-06', disclosureEndsOn: '2029-02-06', creditChinaEndsOn: '2029-02-06' });
  });
  it('is shown for three years', () => expect(revocationEndsOn('2026-06-10', calendar)).toBe('2029-06-10'));
});
