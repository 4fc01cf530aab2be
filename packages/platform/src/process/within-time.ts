/**
 * The outcome of a promise, or of `late` after a time. The promise goes on; what it rejects with after that is nobody's business.
 *
 * @param ms - milliseconds
 * @param late - may throw: then that is the outcome
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
