import type { Citation } from './citation';
import type { ActRule } from './machine';
import type { StatutoryClock } from './period';

/** A table of acts, whatever its states are called. */
export interface MachineOfLaw {
  readonly acts: readonly string[];
  readonly rules: Readonly<Record<string, ActRule<string>>>;
}

/** A rule that is neither a clock nor a transition: what it is about, and what it says. */
export interface RuleOfLaw {
  readonly about: string;
  readonly says: string;
  readonly basis: Citation;
}

/** What a service holds of the law as data, for whoever wants to read all of it. */
export interface LawBook {
  readonly clocks: readonly Readonly<Record<string, StatutoryClock>>[];
  /** By what they are about. */
  readonly machines: Readonly<Record<string, MachineOfLaw>>;
  readonly rules: readonly RuleOfLaw[];
}
