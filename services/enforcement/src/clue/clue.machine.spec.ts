import { clueAct, clueStatus, type ClueStatus } from '@casebridge/contracts';
import { IllegalTransition } from '@casebridge/kernel';
import { clueMachine, type ClueActName } from './clue.machine';
import { historyAct } from './clue-record';

type From = ClueStatus | 'none';

/** Written out from PROC 18-20 and the page of the domain, apart from the table. */
const page: Readonly<Record<ClueActName, Partial<Record<From, ClueStatus>>>> = {
  recordClue: { none: 'RECEIVED' },
  beginClueVerification: { RECEIVED: 'VERIFYING' },
  sendClueForTesting: { RECEIVED: 'AWAITING_TEST', VERIFYING: 'AWAITING_TEST' },
  recordClueTestResult: { AWAITING_TEST: 'VERIFYING' },
  extendClueReview: { RECEIVED: 'RECEIVED', VERIFYING: 'VERIFYING' },
  fileCase: { VERIFYING: 'FILED', AWAITING_TEST: 'FILED' },
  declineToFileCase: { VERIFYING: 'NOT_FILED' },
  transferClue: { RECEIVED: 'TRANSFERRED', VERIFYING: 'TRANSFERRED' },
  mergeClue: { RECEIVED: 'MERGED', VERIFYING: 'MERGED' },
};
const PROC = '市场监督管理行政处罚程序规定';
const articles: Readonly<Record<ClueActName, readonly [instrument: string, article: string, mark: string]>> = {
  recordClue: [PROC, '18', 'V'], beginClueVerification: [PROC, '18', 'V'], sendClueForTesting: [PROC, '18', 'V'], recordClueTestResult: [PROC, '18', 'V'],
  extendClueReview: [PROC, '18', 'V'], fileCase: [PROC, '19', 'V'], declineToFileCase: [PROC, '20', 'V'], transferClue: [PROC, '14, 17', 'NV'],
  mergeClue: ['药案通平台规则（非法律规定）', '线索合并', 'V'],
};

const acts = Object.keys(page) as ClueActName[];
const states: readonly From[] = ['none', ...clueStatus.codes];
const cells = acts.flatMap((act) => states.map((from) => [act, from, page[act][from] ?? null] as const));

describe('the machine of clues', () => {
  it('knows these acts and no other, and each has its name in the history', () => {
    expect([...clueMachine.acts].sort()).toEqual([...acts].sort());
    expect(acts.map(historyAct).sort()).toEqual([...clueAct.codes].sort());
  });

  it.each(cells)('%s from %s leads to %s', (act, from, to) => {
    const state = from === 'none' ? null : from;
    expect(clueMachine.can(state, act)).toBe(to !== null);
    if (to !== null) expect(clueMachine.next(state, act)).toBe(to);
    else expect(() => clueMachine.next(state, act)).toThrow(IllegalTransition);
  });

  it.each(acts)('%s rests on its article, marked where its text was not read', (act) => {
    const { instrument, article, mark } = clueMachine.rules[act].basis;
    expect([instrument, article, mark]).toEqual(articles[act]);
  });
});
