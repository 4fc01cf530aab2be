import { createHash } from 'node:crypto';

/** Numbers that follow from a seed and a place. */
export class Chance {
  private state: number;

  constructor(seed: number, place = '') {
    this.state = createHash('sha1').update(`${seed} ${place}`).digest().readUInt32LE(0);
  }

  /** 0 to 1, 1 excluded (mulberry32). */
  next(): number {
    this.state = (this.state + 0x6d2b_79f5) | 0;
    let t = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  }

  is(probability: number): boolean {
    return this.next() < probability;
  }

  /** 0 to n - 1. */
  upTo(n: number): number {
    return Math.floor(this.next() * n);
  }

  pick<T>(from: readonly T[]): T {
    const one = from[this.upTo(from.length)];
    if (one === undefined) throw new RangeError('nothing to pick from');
    return one;
  }
}
