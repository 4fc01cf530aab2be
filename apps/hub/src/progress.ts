/** What a display needs of a stream; `process.stderr` is one. */
export interface ProgressStream {
  readonly isTTY?: boolean;
  /** Width of the terminal. */
  readonly columns?: number;
  write(text: string): unknown;
}

export interface ProgressDisplay {
  /** @param share - from 0 to 1 */
  readonly show: (message: string, share: number) => void;
  /** Writes whole lines to the same stream, log lines for instance: above the bar, never into it. */
  readonly write: (lines: string) => void;
  end(): void;
}

const barWidth = 30;
const clearLine = '\r\u001B[2K';

/** A bar that redraws itself on a terminal; elsewhere a plain line per step, so that a log stays readable. */
export function progressDisplay(out: ProgressStream): ProgressDisplay {
  let last = '';
  let bar: string | null = null;
  return {
    show: (message, share) => {
      if (out.isTTY) {
        const done = Math.min(1, Math.max(0, share));
        const full = Math.round(done * barWidth);
        // A bar that wraps could not be cleared again.
        bar = `[${'#'.repeat(full)}${'.'.repeat(barWidth - full)}] ${Math.round(done * 100)}% ${message}`.slice(0, (out.columns ?? 80) - 1);
        out.write(`${clearLine}${bar}`);
      } else if (message !== last) {
        out.write(`${message}\n`);
        last = message;
      }
    },
    write: (lines) => void out.write(bar === null ? lines : `${clearLine}${lines}${bar}`),
    end: () => {
      if (bar !== null) out.write('\n');
      bar = null;
    },
  };
}
