import { later } from './later';

/**
 * The outcome of a promise, or of `late` after a time. The promise goes on; what it rejects with after that is nobody's business.
 *
 * @param ms - milliseconds
 * @param late - may throw: then that is the outcome
 */
export function withinTime<T, L>(ms: number, promise: Promise<T>, late: () => L): Promise<T | L> {
  return new Promise((resolve, reject) => {
    const inTime = later(ms, () => {
      try {
        resolve(late());
      } catch (cause) {
        reject(cause as Error);
      }
    });
    promise.then(
      (value) => {
        inTime();
        resolve(value);
      },
      (cause: unknown) => {
        inTime();
        reject(cause as Error);
      },
    );
  });
}
