/** Choices read from bytes, so that fewer and smaller bytes are a simpler case; 0, the plainest, once they are used up. */
export class Tape {
  private at = 0;

  constructor(private readonly bytes: Uint8Array) {}

  /** @returns 0 to n - 1 */
  below(n: number): number {
    return (this.bytes[this.at++] ?? 0) % n;
  }

  chance(percent: number): boolean {
    return this.below(100) >= 100 - percent;
  }

  pick<T>(items: readonly T[]): T {
    const item = items[this.below(items.length)];
    if (item === undefined) throw new RangeError('nothing to choose from');
    return item;
  }
}

/** Taken once: globals are slow to look up under a test runner. */
const { imul } = Math;

/** A number below 2^32 that depends on all parts and on their order. */
export function mix(...parts: readonly (number | string)[]): number {
  let hash = 0x811c9dc5;
  for (const part of parts) {
    if (typeof part === 'number') hash = imul(hash ^ part, 0x01000193) ^ (part >>> 15);
    else for (let i = 0; i < part.length; i++) hash = imul(hash ^ part.charCodeAt(i), 0x01000193);
    hash = imul(hash ^ (hash >>> 16), 0x85ebca6b);
    hash = imul(hash ^ (hash >>> 13), 0xc2b2ae35);
    hash ^= hash >>> 16;
  }
  return hash >>> 0;
}

export const pickBy = <T>(hash: number, items: readonly T[]): T => new Tape(Uint8Array.of(hash % items.length)).pick(items);
