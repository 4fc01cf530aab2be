import type { CompulsoryMeasureStatus } from '@casebridge/contracts';
import { ael2011, dal2019, defineMachine, proc } from '@casebridge/kernel';

/** Compulsory measures of a case. LAPSED is no act's target: it is read off the clock, and nothing is lawful in it. */
export const measureMachine = defineMachine<CompulsoryMeasureStatus>()(null, {
  orderCompulsoryMeasure: { from: [null], to: 'IN_FORCE', basis: proc('33, 36') },
  takeUrgentMeasure: { from: [null], to: 'TAKEN_ON_THE_SPOT', basis: proc('33, 36') },
  reportUrgentMeasure: { from: ['TAKEN_ON_THE_SPOT'], to: 'REPORTED', basis: proc('33, 36') },
  approveUrgentMeasure: { from: ['REPORTED'], to: 'IN_FORCE', basis: proc('33, 36') },
  extendCompulsoryMeasure: { from: ['IN_FORCE'], to: 'IN_FORCE', basis: ael2011('25') },
  sendSeizedGoodsForTest: { from: ['IN_FORCE'], to: 'UNDER_TEST', basis: ael2011('25') },
  recordSeizedGoodsReport: { from: ['UNDER_TEST'], to: 'IN_FORCE', basis: dal2019('100(2)') },
  decideOnMeasuredGoods: { from: ['IN_FORCE'], to: 'DECIDED', basis: proc('35, 38') },
  convertPreservation: { from: ['IN_FORCE'], to: 'CONVERTED', basis: proc('35') },
  liftCompulsoryMeasure: { from: ['TAKEN_ON_THE_SPOT', 'REPORTED', 'IN_FORCE', 'UNDER_TEST'], to: 'LIFTED', basis: proc('35, 38') },
});

export type MeasureActName = (typeof measureMachine.acts)[number];
