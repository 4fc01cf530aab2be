import { withinTime } from '@casebridge/platform';

/** @throws Error when the ledger has not answered by then */
export const inTime = <T>(answer: Promise<T>, milliseconds: number): Promise<T> =>
  withinTime(milliseconds, answer, () => {
    throw new Error(`no answer within ${milliseconds} ms`);
  });
