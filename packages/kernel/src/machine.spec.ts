import fc from 'fast-check';
import type { Citation } from './citation';
import { DomainError } from './errors';
import { defineMachine, IllegalTransition, unchanged } from './machine';

const article = (n: string): Citation => ({ instrument: '测试规定', article: n, mark: 'V' });

type Door = 'OPEN' | 'CLOSED' | 'LOCKED';
const door = defineMachine<Door>()(null, {
  build: { from: [null], to: 'OPEN', basis: article('1') },
  close: { from: ['OPEN'], to: 'CLOSED', basis: article('2') },
  open: { from: ['CLOSED'], to: 'OPEN', basis: article('3(1)') },
  lock: { from: ['CLOSED'], to: 'LOCKED', basis: article('4') },
  paint: { from: ['OPEN', 'CLOSED'], to: unchanged, basis: article('5') },
  replace: { from: [null, 'LOCKED'], to: 'CLOSED', basis: article('6') },
});

const allowed: Record<string, Record<string, Door>> = {
  none: { build: 'OPEN', replace: 'CLOSED' },
  OPEN: { close: 'CLOSED', paint: 'OPEN' },
  CLOSED: { open: 'OPEN', lock: 'LOCKED', paint: 'CLOSED' },
  LOCKED: { replace: 'CLOSED' },
};

describe('defineMachine', () => {
  it('answers for every state and every act as the table says', () => {
    for (const state of [null, 'OPEN', 'CLOSED', 'LOCKED'] as const) {
      for (const act of door.acts) {
        const expected = allowed[state ?? 'none']?.[act];
        expect(door.can(state, act)).toBe(expected !== undefined);
        if (expected) expect(door.next(state, act)).toBe(expected);
        else expect(() => door.next(state, act)).toThrow(IllegalTransition);
      }
      expect([...door.actsFrom(state)].sort()).toEqual(Object.keys(allowed[state ?? 'none']!).sort());
    }
  });

  it('names its acts, states, rules and beginning', () => {
    expect(door.initial).toBeNull();
    expect(door.acts).toEqual(['build', 'close', 'open', 'lock', 'paint', 'replace']);
    expect(door.states).toEqual(['OPEN', 'CLOSED', 'LOCKED']);
    expect(door.rules.open.basis).toEqual(article('3(1)'));
    const begun = defineMachine<Door>()('LOCKED', { open: { from: ['LOCKED'], to: 'OPEN', basis: article('1') } });
    expect(begun.initial).toBe('LOCKED');
    expect(begun.states).toEqual(['LOCKED', 'OPEN']);
  });

  it('refuses with a code, the state and the article', () => {
    const refusal = (() => {
      try {
        door.next('LOCKED', 'open');
      } catch (thrown) {
        return thrown;
      }
      return null;
    })();
    expect(refusal).toBeInstanceOf(DomainError);
    expect(refusal).toMatchObject({ code: 'ILLEGAL_TRANSITION', kind: 'CONFLICT', state: 'LOCKED', act: 'open', basis: article('3(1)'), name: 'IllegalTransition' });
    expect((refusal as Error).message).toBe('open is not possible in state LOCKED');
  });

  it('refuses an act on nothing without inventing a state', () => {
    try {
      door.next(null, 'close');
      throw new Error('not refused');
    } catch (thrown) {
      expect(thrown).toMatchObject({ code: 'ILLEGAL_TRANSITION', basis: article('2') });
      expect((thrown as IllegalTransition).state).toBeUndefined();
      expect((thrown as Error).message).toBe('close is not possible before there is a record');
    }
  });

  it.each(['constructor', 'toString', '__proto__', 'demolish'])('takes no act from outside that it does not have: %s', (name) => {
    expect(door.can('OPEN', name as 'open')).toBe(false);
    expect(() => door.next('OPEN', name as 'open')).toThrow(RangeError);
  });

  it('never leaves its states on any walk', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...door.acts)), (walk) => {
        let state: Door | null = null;
        for (const act of walk) if (door.can(state, act)) state = door.next(state, act);
        expect(state === null || door.states.includes(state)).toBe(true);
      }),
    );
  });

  it('refuses a definition that cannot be meant', () => {
    const define = defineMachine<Door>();
    expect(() => define('OPEN', { close: { from: [], to: 'CLOSED', basis: article('1') } })).toThrow(/no state/);
    expect(() => define('OPEN', { close: { from: ['OPEN', 'OPEN'], to: 'CLOSED', basis: article('1') } })).toThrow(/twice/);
    expect(() => define('OPEN', { make: { from: [null], to: unchanged, basis: article('1') } })).toThrow(/without a state/);
  });

  it('cannot be changed', () => {
    for (const part of [door, door.acts, door.states, door.rules]) expect(Object.isFrozen(part)).toBe(true);
  });
});
