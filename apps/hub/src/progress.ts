export interface ProgressDisplay {
  /** @param share - from 0 to 1 */
  readonly show: (message: string, share: number) => void;
  end(): void;
}

/** A bar that redraws itself on a terminal; elsewhere a plain line per step, so that a log stays readable. */
export function progressDisplay(out: NodeJS.WriteStream): ProgressDisplay {
  let last = '';
  let drawn = false;
  return {
    show: (message, share) => {
      if (out.isTTY) {
        const width = 30;
        const full = Math.round(Math.min(1, Math.max(0, share)) * width);
        out.write(`\r\u001B[2K[${'#'.repeat(full)}${'.'.repeat(width - full)}] ${Math.round(share * 100)}% ${message}`);
        drawn = true;
      } else if (message !== last) {
        out.write(`${message}\n`);
        last = message;
      }
    },
    end: () => {
      if (drawn) out.write('\n');
      drawn = false;
    },
  };
}
