export interface BreakerOptions {
  /** Failures one after the other that open it. Default 5. */
  readonly failures?: number;
  /** Milliseconds that it stays open the first time; doubled each time up to `maxOpenMs`. Default 500 and 10 000. */
  readonly openMs?: number;
  readonly maxOpenMs?: number;
  /** Milliseconds of any steady clock. */
  readonly now?: () => number;
  /** In [0, 1): spreads the probes of several processes. */
  readonly random?: () => number;
}

export type BreakerState = 'closed' | 'open' | 'half-open';

/** Permission for one call; of the two, one is called, once. */
export interface Permit {
  done(succeeded: boolean): void;
  /** The call was given up before it could tell anything of the service. */
  cancel(): void;
}

/** From a probe that succeeded to full traffic, doubling: a service that has just come back is not run over. */
const fullTraffic = 64;

/**
 * Keeps calls away from a service that does not answer. After some failures in a row nothing is sent for a while; then one call
 * probes, and with each answer twice as many may be under way until all may.
 */
export class Breaker {
  private readonly failures: number;
  private readonly openMs: number;
  private readonly maxOpenMs: number;
  private readonly now: () => number;
  private readonly random: () => number;
  private failed = 0;
  private opened = 0;
  private until = 0;
  private width = Number.POSITIVE_INFINITY;
  private underWay = 0;
  /** Calls of an earlier state have no say in the present one. */
  private era = 0;

  constructor({ failures = 5, openMs = 500, maxOpenMs = 10_000, now = () => performance.now(), random = Math.random }: BreakerOptions = {}) {
    this.failures = failures;
    this.openMs = openMs;
    this.maxOpenMs = maxOpenMs;
    this.now = now;
    this.random = random;
  }

  get state(): BreakerState {
    if (this.width === Number.POSITIVE_INFINITY) return 'closed';
    return this.now() < this.until ? 'open' : 'half-open';
  }

  /** Milliseconds until a call may be tried again; 0 when one may now. */
  get retryAfterMs(): number {
    return this.state === 'open' ? Math.ceil(this.until - this.now()) : 0;
  }

  /** Null when the call must not be made. */
  enter(): Permit | null {
    if (this.state === 'open' || this.underWay >= this.width) return null;
    const { era } = this;
    this.underWay += 1;
    let over = false;
    const end = (tell: () => void): void => {
      if (over || era !== this.era) return;
      over = true;
      this.underWay -= 1;
      tell();
    };
    return { done: (succeeded) => end(() => (succeeded ? this.succeed() : this.fail())), cancel: () => end(() => undefined) };
  }

  private succeed(): void {
    this.failed = 0;
    if (this.width === Number.POSITIVE_INFINITY) return;
    this.width *= 2;
    if (this.width < fullTraffic) return;
    this.width = Number.POSITIVE_INFINITY;
    this.opened = 0;
  }

  private fail(): void {
    this.failed += 1;
    const probing = this.width !== Number.POSITIVE_INFINITY;
    if (!probing && this.failed < this.failures) return;
    const ms = Math.min(this.maxOpenMs, this.openMs * 2 ** this.opened);
    this.until = this.now() + ms * (0.75 + 0.5 * this.random());
    this.opened += 1;
    this.failed = 0;
    this.width = 1;
    this.underWay = 0;
    this.era += 1;
  }
}
