import type { RepairStatus } from '@casebridge/contracts';
import { defineMachine, o107, unchanged } from '@casebridge/kernel';

/** Credit repair (信用修复) of one published penalty: by application, for the time of a restructuring, or since the party was de-registered. */
export const repairMachine = defineMachine<RepairStatus>()(null, {
  applyForCreditRepair: { from: [null], to: 'RECEIVED', basis: o107('14') },
  requestRepairCorrections: { from: ['RECEIVED'], to: 'CORRECTIONS_REQUESTED', basis: o107('14') },
  recordRepairCorrections: { from: ['CORRECTIONS_REQUESTED'], to: 'RECEIVED', basis: o107('14') },
  declineRepairApplication: { from: ['RECEIVED', 'CORRECTIONS_REQUESTED'], to: 'NOT_ACCEPTED', basis: o107('14') },
  acceptRepairApplication: { from: ['RECEIVED'], to: 'ACCEPTED', basis: o107('14') },
  extendRepairDecision: { from: ['ACCEPTED'], to: unchanged, basis: o107('16') },
  grantCreditRepair: { from: ['ACCEPTED', 'TEMPORARY'], to: 'GRANTED', basis: o107('16') },
  refuseCreditRepair: { from: ['ACCEPTED'], to: 'REFUSED', basis: o107('16') },
  grantTemporaryRepair: { from: ['ACCEPTED'], to: 'TEMPORARY', basis: o107('22') },
  endTemporaryRepair: { from: ['TEMPORARY'], to: 'ENDED', basis: o107('22') },
  executeCreditRepair: { from: ['GRANTED'], to: 'REPAIRED', basis: o107('17') },
  notifyCreditRepair: { from: ['REPAIRED'], to: 'NOTIFIED', basis: o107('4') },
  acknowledgeCreditRepair: { from: ['NOTIFIED'], to: 'SYNCHRONISED', basis: o107('4') },
  revokeCreditRepair: { from: ['REPAIRED', 'NOTIFIED', 'SYNCHRONISED'], to: 'REVOKED', basis: o107('23') },
  recordDeregistration: { from: [null], to: 'ACCEPTED', basis: o107('20') },
});

export type RepairActName = (typeof repairMachine.acts)[number];
/** Those that begin a repair. */
export type RepairOpening = 'applyForCreditRepair' | 'recordDeregistration';

/** Nothing more comes of it: the record may be applied for again. */
export const overStatuses: readonly RepairStatus[] = ['NOT_ACCEPTED', 'REFUSED', 'ENDED', 'REVOKED'];
