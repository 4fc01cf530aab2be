import { type JointMeasureStatus, jointMeasureKind, jointMeasureStatus } from '@casebridge/contracts';
import type { AgencyFunction } from '@casebridge/kernel';
import { officerFrom } from '../test/world';
import { canExecute, measureRows } from './measure-kind.rule';
import { measureMachine } from './measure.machine';
import { whyNotMeasureAct } from './measure.policy';
import { measureStatus } from './measure.rule';

/** State by act, written out by hand: every cell that is not here is refused. */
const table: Readonly<Record<string, Readonly<Record<string, JointMeasureStatus>>>> = {
  null: { orderJointMeasure: 'ORDERED' },
  ORDERED: { reportMeasureExecuted: 'EXECUTED', reportMeasureNotExecutable: 'NOT_EXECUTABLE' },
  DUE_FOR_LIFTING: { liftJointMeasure: 'LIFTED' },
};

it.each([null, ...jointMeasureStatus.codes].flatMap((state) => measureMachine.acts.map((act) => [state, act] as const)))('%s, %s', (state, act) => {
  const to = table[String(state)]?.[act];
  if (to === undefined) expect(() => measureMachine.next(state, act)).toThrow(`${act} is not possible`);
  else expect(measureMachine.next(state, act)).toBe(to);
});

it.each([
  ['ORDERED', 'ORDERED', 'ENDED'], ['EXECUTED', 'EXECUTED', 'DUE_FOR_LIFTING'], ['NOT_EXECUTABLE', 'NOT_EXECUTABLE', 'NOT_EXECUTABLE'], ['LIFTED', 'LIFTED', 'LIFTED'],
] as const)('%s is %s with the listing, and %s without', (status, listed, ended) => {
  expect([measureStatus(status, true), measureStatus(status, false)]).toEqual([listed, ended]);
});

it('has a row with its article for every measure, and executors that exist', () => {
  expect(measureRows.map((r) => r.kind)).toEqual(jointMeasureKind.codes);
  for (const row of measureRows) expect([row.citation.article, row.citation.mark, row.executors.length > 0]).toEqual(['15', 'V', true]);
  const may = (kind: (typeof measureRows)[number]['kind'], fn: AgencyFunction): boolean => canExecute(kind, [fn]);
  expect([may('PROCUREMENT_SCRUTINY', 'INSURANCE'), may('KEY_SUPERVISION', 'INSURANCE'), may('KEY_SUPERVISION', 'DRUG'), may('NO_HONOURS', 'POLICE')]).toEqual([true, false, true, false]);
});

it.each([
  ['orderJointMeasure', true, false], ['reportMeasureExecuted', false, true], ['reportMeasureNotExecutable', false, true], ['liftJointMeasure', false, true],
] as const)('%s is for the owner: %p, for the executor: %p', (act, owner, executor) => {
  const parties = { agencyCode: 'DRUG-own', executorCode: 'MARKET-own' };
  const may = (code: string, role: 'officer' | 'reviewer'): boolean => whyNotMeasureAct(officerFrom(code, [role]), act, parties) === null;
  expect([may('DRUG-own', 'officer'), may('MARKET-own', 'officer'), may('DRUG-own', 'reviewer'), may('MARKET-own', 'reviewer'), may('DRUG-top', 'officer')])
    .toEqual([owner, executor, false, false, false]);
});
