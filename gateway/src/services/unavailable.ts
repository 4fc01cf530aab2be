import type { ServiceHealth } from '@casebridge/platform';
import type { ExecutionResult } from 'graphql';
import { ServiceOverloaded, ServiceUnavailable, toGraphQLError } from '../errors';

/** The answer in place of one that did not come. */
export const unavailable = (service: string): ExecutionResult => ({ errors: [toGraphQLError(new ServiceUnavailable(service))] });

/** The answer in place of one that was not asked for. */
export const overloaded = (service: string): ExecutionResult => ({ errors: [toGraphQLError(new ServiceOverloaded(service))] });

export const unreachable = (service: string, message: string): ServiceHealth => ({
  name: service, ok: false, checks: { reachable: { ok: false, message } },
});

/**
 * The outcome of a promise, or of `late` after a time. The promise goes on; what it rejects with after that is nobody's business.
 *
 * @param ms - milliseconds
 */
export function withinTime<T, L>(ms: number, promise: Promise<T>, late: () => L): Promise<T | L> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      try {
        resolve(late());
      } catch (cause) {
        reject(cause as Error);
      }
    }, ms);
    promise.then(
      (value) => {
        clearTimeout(timer);
        resolve(value);
      },
      (cause: unknown) => {
        clearTimeout(timer);
        reject(cause as Error);
      },
    );
  });
}
