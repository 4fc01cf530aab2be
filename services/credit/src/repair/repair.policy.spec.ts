import { officerFrom } from '../test/world';
import { repairMachine } from './repair.machine';
import { whyNotRepairAct } from './repair.policy';

/** Who may, written out by hand: the agency that decided the penalty, its head, or an officer of the registering province. */
const expected: Readonly<Record<string, 'officer' | 'head' | 'registry'>> = {
  applyForCreditRepair: 'officer', requestRepairCorrections: 'officer', recordRepairCorrections: 'officer', declineRepairApplication: 'head', acceptRepairApplication: 'officer',
  extendRepairDecision: 'head', grantCreditRepair: 'head', refuseCreditRepair: 'head', grantTemporaryRepair: 'head', endTemporaryRepair: 'head',
  executeCreditRepair: 'officer', notifyCreditRepair: 'officer', acknowledgeCreditRepair: 'registry', revokeCreditRepair: 'head', recordDeregistration: 'officer',
};
const repair = { agencyCode: 'DRUG-own', registryCode: 'MARKET-own' };

it.each(repairMachine.acts)('%s', (act) => {
  const may = (code: string, ...roles: Parameters<typeof officerFrom>[1] & {}): boolean => whyNotRepairAct(officerFrom(code, roles), act, repair) === null;
  const who = expected[act];
  expect([may('DRUG-own', 'officer'), may('DRUG-own', 'head'), may('MARKET-own', 'officer'), may('DRUG-top', 'head'), may('DRUG-own', 'reviewer')])
    .toEqual([who === 'officer', who !== 'registry', who === 'registry', false, false]);
});

it.each(['grantCreditRepair', 'grantTemporaryRepair'] as const)('%s is not for who recorded the application', (act) => {
  const head = officerFrom('DRUG-own', ['officer', 'head']);
  expect(whyNotRepairAct(head, act, { ...repair, openedBy: head.officerId })).toBe('Another officer than the one who recorded it must decide this');
  expect(whyNotRepairAct(head, act, { ...repair, openedBy: 'another' })).toBeNull();
});

it('knows no registering province where there is none', () => {
  expect(whyNotRepairAct(officerFrom('MARKET-own'), 'acknowledgeCreditRepair', { ...repair, registryCode: null })).not.toBeNull();
});
