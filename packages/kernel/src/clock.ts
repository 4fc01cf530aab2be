/** The only source of "now". Tests put a fixed or a movable one in its place. */
export interface Clock {
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };

/** A clock that stands still until it is moved; for tests and for the generator of demo data. */
export class FixedClock implements Clock {
  private at: number;
  constructor(start: Date | string) {
    this.at = new Date(start).getTime();
  }
  now(): Date {
    return new Date(this.at);
  }
  /** Moves to an instant, forwards or backwards. */
  set(instant: Date | string): void {
    this.at = new Date(instant).getTime();
  }
  advance(milliseconds: number): void {
    this.at += milliseconds;
  }
}
