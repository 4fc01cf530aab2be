/** What has rows in a database that nobody needs any more. */
interface Forgetful {
  forgetIdle?(): Promise<void>;
}

const everyMs = 10 * 60_000;

/**
 * Has what is not needed any more forgotten, now and then. Of many processes each does it; who comes second finds nothing.
 *
 * @returns what ends it
 */
export function atLeisure(ledgers: readonly (Forgetful | undefined)[], onFailure: (cause: unknown) => void): () => void {
  const timer = setInterval(() => {
    for (const ledger of ledgers) ledger?.forgetIdle?.().catch(onFailure);
  }, everyMs);
  timer.unref();
  return () => clearInterval(timer);
}
