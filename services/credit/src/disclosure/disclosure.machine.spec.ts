import { disclosureAct, disclosureStatus } from '@casebridge/contracts';
import { disclosureMachine } from './disclosure.machine';
import { deferralMachine } from './disclosure-deferral.machine';
import { disclosureActCode } from './disclosure-procedure';
import { actStatusOn, disclosureStatusOn, endOf, type Showing } from './disclosure-status.rule';

/*
 * State by act, written out by hand from O45: every cell that is not here is refused.
 */
const always = { stopDisclosure: '', restartDisclosure: '', correctImportedDisclosure: '', withdrawImportedDisclosure: 'WITHDRAWN' };
const table: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  PUBLISHED: {
    ...always, storeDisclosureText: '', clearDisclosure: 'PUBLISHED', recordDisclosurePush: '', proposeDisclosureCorrection: 'CORRECTION_PROPOSED',
    proposeDisclosureWithdrawal: 'WITHDRAWAL_PROPOSED', withdrawOverturnedDisclosure: 'WITHDRAWN',
  },
  CORRECTION_PROPOSED: {
    ...always, recordDisclosurePush: '', approveDisclosureCorrection: 'PUBLISHED', rejectDisclosureCorrection: 'PUBLISHED', withdrawOverturnedDisclosure: 'WITHDRAWN',
  },
  WITHDRAWAL_PROPOSED: {
    ...always, recordDisclosurePush: '', withholdDisclosure: 'WITHHELD', approveDisclosureWithdrawal: 'WITHDRAWN', rejectDisclosureWithdrawal: 'PUBLISHED', withdrawOverturnedDisclosure: 'WITHDRAWN',
  },
  WITHHELD: { ...always, clearDisclosure: 'PUBLISHED', withdrawOverturnedDisclosure: 'WITHDRAWN' },
  WITHDRAWN: { republishImportedDisclosure: 'PUBLISHED' }, DUE: {}, DEFERRED: {}, STOPPED: {}, EXPIRED: {},
};

it('knows the states of the code list', () => expect(Object.keys(table).sort()).toEqual([...disclosureStatus.codes].sort()));

it.each(disclosureStatus.codes.flatMap((state) => disclosureMachine.acts.map((act) => [state, act] as const)))('%s, %s', (state, act) => {
  const to = table[state]?.[act];
  if (to === undefined) expect(() => disclosureMachine.next(state, act)).toThrow(`${act} is not possible in state ${state}`);
  else expect(disclosureMachine.next(state, act)).toBe(to === '' ? state : to);
});

it('a deferral runs from the act that orders it to the one that lifts it', () => {
  expect(deferralMachine.next(null, 'deferDisclosure')).toBe('RUNNING');
  expect(deferralMachine.next('RUNNING', 'reviewDisclosureDeferral')).toBe('RUNNING');
  expect(deferralMachine.next('RUNNING', 'liftDisclosureDeferral')).toBe('LIFTED');
  for (const act of deferralMachine.acts) expect(() => deferralMachine.next('LIFTED', act)).toThrow('LIFTED');
  expect(() => deferralMachine.next('RUNNING', 'deferDisclosure')).toThrow('RUNNING');
});

it('has a code for every act, and an article that was read for those on a record', () => {
  const codes = [...disclosureMachine.acts, ...deferralMachine.acts].map(disclosureActCode);
  expect(codes.sort()).toEqual([...disclosureAct.codes].sort());
  for (const act of disclosureMachine.acts) expect(disclosureMachine.rules[act].basis.mark).toBe('V');
});

describe('where a record stands on a day', () => {
  const record: Showing = { status: 'PUBLISHED', publishedOn: '2026-06-03', disclosureEndsOn: '2029-06-03', stoppedAt: null };
  const at = new Date('2026-07-01T00:00:00Z');
  it.each<[string, string, boolean, Partial<Showing>, string | null]>([
    ['DUE', '2026-06-02', false, {}, null], ['PUBLISHED', '2026-06-03', false, {}, null], ['PUBLISHED', '2029-06-03', false, {}, null], ['EXPIRED', '2029-06-04', false, {}, 'EXPIRED'],
    ['PUBLISHED', '2099-01-01', false, { disclosureEndsOn: null }, null], ['DEFERRED', '2026-06-03', true, {}, 'DEFERRED'], ['STOPPED', '2026-06-03', true, { stoppedAt: at }, 'REPAIRED'],
    ['STOPPED', '2030-06-03', false, { stoppedAt: at }, 'REPAIRED'], ['WITHHELD', '2030-06-03', true, { status: 'WITHHELD', stoppedAt: at }, 'WITHHELD'],
    ['WITHDRAWN', '2026-06-03', true, { status: 'WITHDRAWN' }, 'WITHDRAWN'], ['CORRECTION_PROPOSED', '2026-06-03', false, { status: 'CORRECTION_PROPOSED' }, null],
  ])('%s on %s (deferred: %p)', (status, today, deferred, change, end) => {
    expect([disclosureStatusOn({ ...record, ...change }, today, deferred), endOf({ ...record, ...change }, today, deferred)]).toEqual([status, end]);
  });

  it('asks the acts before the publication and during a deferral for what was left', () => {
    expect([actStatusOn(record, '2026-06-01'), actStatusOn(record, '2026-06-03'), actStatusOn(record, '2030-01-01')]).toEqual(['PUBLISHED', 'PUBLISHED', 'EXPIRED']);
  });
});
