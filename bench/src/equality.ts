import { describeDifferences, differences, withOpenCursors } from './compare';
import type { Operation } from './operation';
import type { Stage } from './stage';

/** Targets that do not give the same answers do not do the same work. */
export class AnswersDiffer extends Error {}

/**
 * Asks every target for everything that will be asked, and compares each answer with that of the hub.
 *
 * @returns how many answers were compared
 * @throws AnswersDiffer with the places where they do
 */
export async function compareAnswers({ targets, openCursor }: Stage, operations: readonly Operation[], signal: AbortSignal): Promise<number> {
  const [hub, ...others] = targets;
  if (!hub) return 0;
  let compared = 0;
  for (const operation of operations) {
    const opened = (data: unknown): unknown => withOpenCursors(data, (cursor) => openCursor(operation.cursors, cursor));
    for (const variables of operation.variables) {
      signal.throwIfAborted();
      const expected = opened(await hub.data(operation, variables));
      for (const target of others) {
        const found = differences(expected, opened(await target.data(operation, variables)));
        if (found.length > 0) {
          throw new AnswersDiffer(`${target.name} answers ${operation.name} ${JSON.stringify(variables)} in another way than the hub:\n${describeDifferences(found)}`);
        }
        compared += 1;
      }
    }
  }
  return compared;
}
