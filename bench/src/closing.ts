/** What to close, the last opened first. */
export class Closing {
  private readonly steps: (() => Promise<unknown>)[] = [];

  add(step: () => Promise<unknown>): void {
    this.steps.unshift(step);
  }

  /** Every step runs, whatever those before it did. */
  async run(): Promise<void> {
    for (let step = this.steps.shift(); step; step = this.steps.shift()) {
      await step().catch((cause: unknown) => void process.stderr.write(`while stopping: ${cause instanceof Error ? cause.message : 'failed'}\n`));
    }
  }
}
