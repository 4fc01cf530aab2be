import type { Citation } from './citation';
import { DomainError } from './errors';

/** Written as the target of an act that leaves the record in the state it was in. */
export const unchanged: unique symbol = Symbol('unchanged');

/** One act: the states in which it is lawful, the state it leads to, and the article it rests on. */
export interface ActRule<State extends string> {
  /** `null` is a record that does not exist yet: the act creates it. */
  readonly from: readonly (State | null)[];
  readonly to: State | typeof unchanged;
  readonly basis: Citation;
}

export interface Machine<State extends string, Act extends string> {
  /** The state in which a record begins; null when an act creates it. */
  readonly initial: State | null;
  readonly acts: readonly Act[];
  /** Every state that is named, in the order of first mention. */
  readonly states: readonly State[];
  readonly rules: { readonly [A in Act]: ActRule<State> };
  /** Whether the act is lawful in this state; `null` asks for a record that does not exist yet. */
  can(state: State | null, act: Act): boolean;
  /** The acts that are lawful in this state. */
  actsFrom(state: State | null): readonly Act[];
  /**
   * The state after an act.
   *
   * @throws IllegalTransition when the act is not lawful in this state
   */
  next(state: State | null, act: Act): State;
}

/** The act is not lawful in the state the record is in. */
export class IllegalTransition extends DomainError {
  readonly code = 'ILLEGAL_TRANSITION';
  readonly kind = 'CONFLICT';
  constructor(
    readonly act: string,
    state: string | null,
    basis: Citation,
  ) {
    super(state === null ? `${act} is not possible before there is a record` : `${act} is not possible in state ${state}`, {
      ...(state === null ? {} : { state }),
      basis,
    });
  }
}

/**
 * Defines a state machine as data: `defineMachine<State>()(initial, { act: { from, to, basis } })`.
 *
 * Two calls, because the states are written out and the acts are inferred.
 *
 * @throws RangeError when an act has no `from`, names a state twice, or would create a record without a state
 */
export const defineMachine =
  <State extends string>() =>
  <Act extends string>(initial: State | null, rules: { readonly [A in Act]: ActRule<State> }): Machine<State, Act> => {
    const acts = Object.keys(rules) as Act[];
    const states = new Set<State>(initial === null ? [] : [initial]);
    const lawful = new Map<Act, ReadonlySet<State | null>>();

    for (const act of acts) {
      const { from, to } = rules[act];
      const sources = new Set(from);
      if (from.length === 0) throw new RangeError(`${act} is lawful in no state`);
      if (sources.size !== from.length) throw new RangeError(`${act} names a state twice`);
      if (to === unchanged && sources.has(null)) throw new RangeError(`${act} creates a record without a state`);
      for (const state of from) if (state !== null) states.add(state);
      if (to !== unchanged) states.add(to);
      lawful.set(act, sources);
    }

    const ruleOf = (act: Act): ActRule<State> => {
      // A name from outside, such as `constructor`, must not find its way into the prototype.
      if (!lawful.has(act)) throw new RangeError(`Unknown act: ${act}`);
      return rules[act];
    };
    const can = (state: State | null, act: Act): boolean => lawful.get(act)?.has(state) ?? false;

    return Object.freeze({
      initial,
      acts: Object.freeze(acts),
      states: Object.freeze([...states]),
      rules: Object.freeze({ ...rules }),
      can,
      actsFrom: (state: State | null) => acts.filter((act) => can(state, act)),
      next: (state: State | null, act: Act): State => {
        const rule = ruleOf(act);
        if (!can(state, act)) throw new IllegalTransition(act, state, rule.basis);
        // `unchanged` never comes with a null source, see above.
        return rule.to === unchanged ? (state as State) : rule.to;
      },
    });
  };
