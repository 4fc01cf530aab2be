import type { JointMeasureStatus } from '@casebridge/contracts';
import { defineMachine, o44 } from '@casebridge/kernel';

/** A joint measure (联合惩戒) from the order to its lifting. That the listing ended is no act: ENDED and DUE_FOR_LIFTING are read off it. */
export const measureMachine = defineMachine<JointMeasureStatus>()(null, {
  orderJointMeasure: { from: [null], to: 'ORDERED', basis: o44('4, 15') },
  reportMeasureExecuted: { from: ['ORDERED'], to: 'EXECUTED', basis: o44('4, 15') },
  reportMeasureNotExecutable: { from: ['ORDERED'], to: 'NOT_EXECUTABLE', basis: o44('4, 15') },
  liftJointMeasure: { from: ['DUE_FOR_LIFTING'], to: 'LIFTED', basis: o44('4, 15') },
});

export type MeasureActName = (typeof measureMachine.acts)[number];
