import { describeDifferences, differences } from '../compare';
import type { GatewayTarget } from './gateway-target';
import type { GatewayOperation } from './operations';

/** Targets that do not give the same answers do not do the same work. */
export class GatewaysDiffer extends Error {}

const atOnce = 8;

/**
 * Asks every target for everything that will be asked, and compares each answer with that of the last target.
 *
 * @returns how many answers were compared
 * @throws GatewaysDiffer with the places where they do
 */
export async function compareGateways(targets: readonly GatewayTarget[], operations: readonly GatewayOperation[], signal: AbortSignal): Promise<number> {
  const reference = targets.at(-1);
  if (!reference) return 0;
  let compared = 0;
  for (const operation of operations) {
    const open = [...operation.variables];
    const compareNext = async (): Promise<void> => {
      for (let variables = open.pop(); variables; variables = open.pop()) {
        signal.throwIfAborted();
        const expected = await reference.data(operation, variables);
        for (const target of targets.slice(0, -1)) {
          const found = differences(expected, await target.data(operation, variables));
          if (found.length > 0) {
            throw new GatewaysDiffer(`${target.name} answers ${operation.name} ${JSON.stringify(variables)} in another way than ${reference.name}:\n`
              + describeDifferences(found, 10, reference.name));
          }
          compared += 1;
        }
      }
    };
    await Promise.all(Array.from({ length: atOnce }, compareNext));
  }
  return compared;
}
