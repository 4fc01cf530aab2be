import fc from 'fast-check';
import { FixedClock } from './clock';
import type { RandomBytes } from './uuid';
import { isUuid, uuidTime, uuidv7 } from './uuid';

const filled =
  (byte: number): RandomBytes =>
  (length) =>
    new Uint8Array(length).fill(byte);

/** A small deterministic source, new for each seed. */
const seeded = (seed: number): RandomBytes => {
  let state = seed >>> 0;
  return (length) => Uint8Array.from({ length }, () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) >>> 24);
};

const pattern = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

describe('uuidv7', () => {
  it('lays out time, version, counter, variant and randomness as RFC 9562 section 5.7 says', () => {
    // The instant of the RFC's own example, appendix A.6: 0x017F22E279B0.
    expect(uuidv7(1_645_557_742_000, filled(0))).toBe('017f22e2-79b0-7000-8000-000000000000');
    expect(uuidv7(1_645_557_742_000, filled(0xff))).toBe('017f22e2-79b0-77ff-bfff-ffffffffffff');
  });

  it('takes a clock, an instant or a number of milliseconds', () => {
    const instant = new Date('2026-11-21T08:00:00.123Z');
    const ids = [new FixedClock(instant), instant, instant.getTime()].map((at) => uuidv7(at, seeded(1)));
    expect(new Set(ids).size).toBe(1);
    expect(uuidTime(ids[0]!)).toEqual(instant);
  });

  it('is well formed and carries its millisecond, for every time it can carry', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 48 - 1 }), fc.integer(), (at, seed) => {
        const id = uuidv7(at, seeded(seed));
        expect(id).toMatch(pattern);
        expect(isUuid(id)).toBe(true);
        expect(Number.parseInt(id.replace(/-/g, '').slice(0, 12), 16)).toBe(at);
      }),
    );
  });

  it('increases strictly within a millisecond, even past the 2 048 that surely fit', () => {
    const random = seeded(7);
    const at = 1_795_000_000_000;
    const ids = Array.from({ length: 10_000 }, () => uuidv7(at, random));
    expect(ids.every((id, i) => i === 0 || ids[i - 1]! < id)).toBe(true);
  });

  it('goes on increasing while the clock catches up with a spilled millisecond', () => {
    const random = seeded(7);
    const at = 1_795_000_000_000;
    const ids = Array.from({ length: 10_000 }, () => uuidv7(at, random));
    for (let ms = 1; ms < 10; ms += 1) ids.push(uuidv7(at + ms, random));
    expect(ids.every((id, i) => i === 0 || ids[i - 1]! < id)).toBe(true);
  });

  it('increases with time', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 200 }), fc.integer(), (steps, seed) => {
        const random = seeded(seed);
        let at = 1_795_000_000_000;
        const ids = steps.map((step) => uuidv7((at += step), random));
        expect([...ids].sort()).toEqual(ids);
        expect(new Set(ids).size).toBe(ids.length);
      }),
    );
  });

  it('carries a past time when asked for one, as demo data does', () => {
    const random = seeded(3);
    uuidv7(1_795_000_000_000, random);
    expect(uuidTime(uuidv7(1_700_000_000_000, random)).getTime()).toBe(1_700_000_000_000);
  });

  it('gives a seeded run the same ids whatever else is made meanwhile', () => {
    const run = (disturb: boolean): string[] => {
      const random = seeded(42);
      return Array.from({ length: 50 }, () => {
        if (disturb) uuidv7(1_795_000_000_000);
        return uuidv7(1_795_000_000_000, random);
      });
    };
    expect(run(true)).toEqual(run(false));
  });

  it('does not repeat itself with the random source of the system', () => {
    const ids = Array.from({ length: 5_000 }, () => uuidv7(1_795_000_000_000));
    expect(new Set(ids.map((id) => id.slice(19))).size).toBe(5_000);
  });

  it.each([-1, 2 ** 48, 1.5, Number.NaN, Infinity])('refuses the time %p', (at) => expect(() => uuidv7(at)).toThrow(RangeError));
  it('refuses an invalid instant', () => expect(() => uuidv7(new Date('nonsense'))).toThrow(RangeError));
  it('refuses a random source that gives too little', () => expect(() => uuidv7(0, () => new Uint8Array(3))).toThrow(RangeError));
});

describe('isUuid', () => {
  it.each(['017f22e2-79b0-7000-8000-000000000000', '00000000-0000-0000-0000-000000000000'])('accepts %s', (id) => expect(isUuid(id)).toBe(true));
  it.each(['017F22E2-79B0-7000-8000-000000000000', '017f22e279b070008000000000000000', '017f22e2-79b0-7000-8000-00000000000g', '017f22e2-79b0-7000-8000-000000000000\n', ' 017f22e2-79b0-7000-8000-000000000000', '', null, 7])(
    'refuses %p',
    (id) => expect(isUuid(id)).toBe(false),
  );
});

describe('uuidTime', () => {
  it('refuses another version and what is no id', () => {
    expect(() => uuidTime('919108f7-52d1-4320-9bac-f847db4148a8')).toThrow(RangeError);
    expect(() => uuidTime('nonsense')).toThrow(RangeError);
  });
});
