import type { JointMeasureKind } from '@casebridge/contracts';
import { type AgencyFunction, type Citation, type Mark, o44 } from '@casebridge/kernel';

export interface MeasureRow {
  readonly kind: JointMeasureKind;
  readonly citation: Citation;
  /** Functions of the agencies that can carry it out. */
  readonly executors: readonly AgencyFunction[];
  /** Of the executors: Order 44 names the measures and leaves open who carries which out. */
  readonly executorsMark: Mark;
}

/** The closed list of measures: what is not in it cannot be ordered. "Others by law or central policy" are not held here. */
export const measureRows: readonly MeasureRow[] = [
  { kind: 'PERMIT_SCRUTINY', executors: ['DRUG', 'MARKET', 'HEALTH', 'CUSTOMS'] },
  { kind: 'PROCUREMENT_SCRUTINY', executors: ['INSURANCE', 'HEALTH', 'DEVELOPMENT_REFORM'] },
  { kind: 'KEY_SUPERVISION', executors: ['DRUG', 'MARKET'] },
  { kind: 'NO_COMMITMENT_SYSTEM', executors: ['DRUG', 'MARKET'] },
  { kind: 'NO_HONOURS', executors: ['DRUG', 'MARKET', 'HEALTH', 'DEVELOPMENT_REFORM'] },
].map((row) => ({ ...row, citation: o44('15'), executorsMark: 'P' }) as MeasureRow);

/** @throws RangeError for what is no measure */
export function measureRow(kind: JointMeasureKind): MeasureRow {
  const row = measureRows.find((r) => r.kind === kind);
  if (!row) throw new RangeError(`No measure: ${kind}`);
  return row;
}

export const canExecute = (kind: JointMeasureKind, functions: readonly AgencyFunction[]): boolean =>
  measureRow(kind).executors.some((fn) => functions.includes(fn));
