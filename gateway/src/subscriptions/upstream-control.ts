/** What the owner of an upstream does with it from outside: opens it anew, or ends it. */
export class UpstreamControl {
  private readonly aborted = new AbortController();
  private closeStream: (() => void) | null = null;
  private wished = false;

  get signal(): AbortSignal {
    return this.aborted.signal;
  }

  /** What comes of the stream that is open, or being opened, is not wanted any more. */
  get isStale(): boolean {
    return this.wished || this.signal.aborted;
  }

  /** Opens the stream anew, as after a loss; also while it is being opened, or waited for. */
  restart(): void {
    this.wished = true;
    this.closeStream?.();
  }

  end(): void {
    this.aborted.abort();
    this.closeStream?.();
  }

  /** Whoever follows the stream is about to open it: what was wished until now is done by that. */
  opening(): void {
    this.wished = false;
  }

  /** @returns what lets go of the stream again */
  opened(close: () => void): () => void {
    this.closeStream = close;
    return () => void (this.closeStream = null);
  }
}
