import type { RandomBytes } from '@casebridge/kernel';

/**
 * Random numbers that are a function of a seed and a path, e.g. `Random.of(1, 'case', 42)`.
 *
 * Each record of the demo world draws from a path of its own, so that any record can be made without those before it. The generator is
 * sfc32 (Chris Doty-Humphrey, public domain), seeded by four hashes of the path.
 */
export class Random {
  private a: number;
  private b: number;
  private c: number;
  private d: number;

  private constructor(key: string) {
    [this.a, this.b, this.c, this.d] = [hash(key, 1), hash(key, 2), hash(key, 3), hash(key, 4)] as [number, number, number, number];
    for (let i = 0; i < 12; i += 1) this.word();
  }

  static of(seed: number, ...path: readonly (string | number)[]): Random {
    return new Random(`${seed}/${path.join('/')}`);
  }

  /** From 0, below 1. */
  next(): number {
    return this.word() / 4_294_967_296;
  }

  /** A whole number, both ends included. */
  int(from: number, to: number): number {
    return from + Math.floor(this.next() * (to - from + 1));
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  pick<T>(list: readonly T[]): T {
    const found = list[Math.floor(this.next() * list.length)];
    if (found === undefined) throw new RangeError('Nothing to pick from');
    return found;
  }

  /** One of the values, the more often the heavier it is. */
  weighted<T>(entries: readonly (readonly [value: T, weight: number])[]): T {
    let left = this.next() * entries.reduce((sum, [, weight]) => sum + weight, 0);
    for (const [value, weight] of entries) {
      left -= weight;
      if (left < 0) return value;
    }
    return entries.at(-1)![0];
  }

  /** The source of an id; the same function at every call, as `uuidv7` keeps its counter by it. */
  readonly bytes: RandomBytes = (length) => {
    const bytes = new Uint8Array(length);
    for (let i = 0; i < length; i += 4) {
      const word = this.word();
      bytes[i] = word;
      bytes[i + 1] = word >>> 8;
      bytes[i + 2] = word >>> 16;
      bytes[i + 3] = word >>> 24;
    }
    return bytes;
  };

  private word(): number {
    const sum = (this.a + this.b + this.d) | 0;
    this.d = (this.d + 1) | 0;
    this.a = this.b ^ (this.b >>> 9);
    this.b = (this.c + (this.c << 3)) | 0;
    this.c = ((this.c << 21) | (this.c >>> 11)) + sum;
    return sum >>> 0;
  }
}

/** FNV-1a with a final mix (murmur3), salted. */
function hash(text: string, salt: number): number {
  let h = 0x811c9dc5 ^ Math.imul(salt, 0x9e3779b1);
  for (let i = 0; i < text.length; i += 1) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) | 0;
}
