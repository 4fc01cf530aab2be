/** Lets a few in at a time, in the order in which they came. */
export class Turnstile {
  private readonly queue: (() => void)[] = [];
  private inside = 0;

  constructor(private readonly places: number) {}

  async pass<T>(work: () => Promise<T>): Promise<T> {
    if (this.inside >= this.places) await new Promise<void>((resolve) => this.queue.push(resolve));
    else this.inside += 1;
    try {
      return await work();
    } finally {
      const next = this.queue.shift(); // hands its place over, so that nobody slips in between
      if (next) next();
      else this.inside -= 1;
    }
  }
}
