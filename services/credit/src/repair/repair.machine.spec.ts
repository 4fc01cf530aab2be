import { repairStatus } from '@casebridge/contracts';
import { repairActCode } from './repair-record';
import { repairMachine } from './repair.machine';

/*
 * State by act, written out by hand from O107: every cell that is not here is refused.
 */

const repaired = { revokeCreditRepair: 'REVOKED' };
const table: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  RECEIVED: { requestRepairCorrections: 'CORRECTIONS_REQUESTED', declineRepairApplication: 'NOT_ACCEPTED', acceptRepairApplication: 'ACCEPTED' },
  CORRECTIONS_REQUESTED: { recordRepairCorrections: 'RECEIVED', declineRepairApplication: 'NOT_ACCEPTED' },
  NOT_ACCEPTED: {},
  ACCEPTED: { extendRepairDecision: 'ACCEPTED', grantCreditRepair: 'GRANTED', refuseCreditRepair: 'REFUSED', grantTemporaryRepair: 'TEMPORARY' },
  REFUSED: {},
  TEMPORARY: { endTemporaryRepair: 'ENDED', grantCreditRepair: 'GRANTED' },
  ENDED: {},
  GRANTED: { executeCreditRepair: 'REPAIRED' },
  REPAIRED: { notifyCreditRepair: 'NOTIFIED', ...repaired },
  NOTIFIED: { acknowledgeCreditRepair: 'SYNCHRONISED', ...repaired },
  SYNCHRONISED: repaired,
  REVOKED: {},
};

it('knows the states of the code list', () => expect(Object.keys(table).sort()).toEqual([...repairStatus.codes].sort()));

it.each(repairStatus.codes.flatMap((state) => repairMachine.acts.map((act) => [state, act] as const)))('%s, %s', (state, act) => {
  const to = table[state]?.[act];
  if (to === undefined) expect(() => repairMachine.next(state, act)).toThrow(`${act} is not possible in state ${state}`);
  else expect(repairMachine.next(state, act)).toBe(to);
});

it('begins with an application or a de-registration', () => {
  expect(repairMachine.actsFrom(null)).toEqual(['applyForCreditRepair', 'recordDeregistration']);
  expect([repairMachine.next(null, 'applyForCreditRepair'), repairMachine.next(null, 'recordDeregistration')]).toEqual(['RECEIVED', 'ACCEPTED']);
});

it('has a code and an article for every act', () => {
  for (const act of repairMachine.acts) {
    expect(repairActCode(act)).toMatch(/^[A-Z_]+$/);
    expect(repairMachine.rules[act].basis.mark).toBe('V');
  }
});
