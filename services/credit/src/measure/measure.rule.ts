import type { JointMeasureStatus } from '@casebridge/contracts';

/** The state as it is read: a measure goes no further than the listing that it rests on. */
export function measureStatus(status: JointMeasureStatus, listed: boolean): JointMeasureStatus {
  if (listed) return status;
  return status === 'ORDERED' ? 'ENDED' : status === 'EXECUTED' ? 'DUE_FOR_LIFTING' : status;
}
