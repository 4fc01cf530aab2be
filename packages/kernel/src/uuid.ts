import type { Clock } from './clock';

/** A source of random bytes, shaped like `randomBytes` of node:crypto; seeded in generators of demo data. */
export type RandomBytes = (length: number) => Uint8Array;

/** Drawn in advance: one call of the system for hundreds of ids. */
const pool = new Uint8Array(4_096);
let drawn = pool.length;

const systemRandom: RandomBytes = (length) => {
  if (length > pool.length - drawn) {
    globalThis.crypto.getRandomValues(pool);
    drawn = 0;
  }
  drawn += length;
  return pool.subarray(drawn - length, drawn);
};

interface Sequence {
  /** The millisecond last asked for. */
  asked: number;
  /** The millisecond last written: ahead of `asked` only while an overfull millisecond spills into the next. */
  written: number;
  counter: number;
}

const counterMax = 0xfff;
const timestampMax = 2 ** 48 - 1;

/** One sequence per random source, so that a seeded run gives the same ids whatever else the process has made. */
const sequences = new WeakMap<RandomBytes, Sequence>();

/**
 * A UUID version 7: time-ordered, and strictly increasing within a millisecond for one random source.
 *
 * `rand_a` is a counter that starts below its half, so a millisecond holds at least 2 048 ids before they spill into the
 * next. A timestamp earlier than the last one is taken as it is (demo data is written for past days), so ids order by
 * the time they were given, not by the order in which they were made.
 *
 * @param at - the clock, the instant, or the Unix time in milliseconds that the id carries
 * @param random - where random bytes come from; the system's source by default
 * @returns lower-case canonical text
 * @throws RangeError when the time is before 1970 or does not fit 48 bits
 * @see RFC 9562 sections 5.7 and 6.2 (method 1)
 */
export function uuidv7(at: Clock | Date | number, random: RandomBytes = systemRandom): string {
  const timestamp = typeof at === 'number' ? at : at instanceof Date ? at.getTime() : at.now().getTime();
  if (!Number.isInteger(timestamp) || timestamp < 0 || timestamp > timestampMax) {
    throw new RangeError(`Not a time that an id can carry: ${timestamp}`);
  }
  const bytes = random(10);
  if (bytes.length !== 10) throw new RangeError('The random source gave fewer bytes than it was asked for');

  const { written, counter } = advance(random, timestamp, ((bytes[0]! & 0x07) << 8) | bytes[1]!);
  const high = written.toString(16).padStart(12, '0');
  let low = hex[0x80 | (bytes[2]! & 0x3f)]!;
  for (let i = 3; i < 10; i += 1) low += hex[bytes[i]!]!;
  return `${high.slice(0, 8)}-${high.slice(8)}-7${counter.toString(16).padStart(3, '0')}-${low.slice(0, 4)}-${low.slice(4)}`;
}

const hex = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

function advance(random: RandomBytes, timestamp: number, start: number): Sequence {
  const last = sequences.get(random);
  const continues = last !== undefined && timestamp >= last.asked && timestamp <= last.written;
  const next: Sequence = !continues
    ? { asked: timestamp, written: timestamp, counter: start }
    : last.counter < counterMax
      ? { asked: timestamp, written: last.written, counter: last.counter + 1 }
      : { asked: timestamp, written: last.written + 1, counter: start };
  sequences.set(random, next);
  return next;
}

const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/**
 * Whether a text is a UUID in canonical form, of any version.
 *
 * Lower case only: ids are compared as text in loaders and events, and an upper-case twin would miss its own record.
 */
export const isUuid = (value: unknown): value is string => typeof value === 'string' && uuidPattern.test(value);

/** The instant that a version 7 id carries, to the millisecond. */
export function uuidTime(id: string): Date {
  if (!isUuid(id) || id[14] !== '7') throw new RangeError(`Not a UUID version 7: ${id}`);
  return new Date(Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16));
}
