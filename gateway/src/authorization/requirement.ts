/** One of these sets must be held whole: `[["a", "b"], ["c"]]` is (a and b) or c. */
export type Alternatives = readonly (readonly string[])[];

/** What the directives ask of whoever wants an element; lists of alternatives must all be met. */
export interface Requirement {
  readonly authenticated: boolean;
  readonly scopes: readonly Alternatives[];
  readonly policies: readonly Alternatives[];
}

/** What a reader has, as far as an operation asks for it. */
export interface Grants {
  readonly authenticated: boolean;
  readonly scopes: ReadonlySet<string>;
  /** Names of the policies that said yes; one that said nothing is a no. */
  readonly policies: ReadonlySet<string>;
}

export type Check = 'authenticated' | 'scopes' | 'policies';

/** In the order in which an operation is filtered: what one pass removes, the next does not see. */
export const checks: readonly Check[] = ['authenticated', 'scopes', 'policies'];

/** @returns null when nothing is required */
export function allOf(all: readonly (Requirement | null)[]): Requirement | null {
  const requirements = all.filter((one) => one !== null);
  const [only] = requirements;
  if (!only || requirements.length === 1) return only ?? null;
  let authenticated = false;
  const scopes = new Map<string, Alternatives>();
  const policies = new Map<string, Alternatives>();
  for (const requirement of requirements) {
    authenticated ||= requirement.authenticated;
    for (const alternatives of requirement.scopes) scopes.set(JSON.stringify(alternatives), alternatives);
    for (const alternatives of requirement.policies) policies.set(JSON.stringify(alternatives), alternatives);
  }
  return { authenticated, scopes: [...scopes.values()], policies: [...policies.values()] };
}

export function isMet(requirement: Requirement | null, check: Check, grants: Grants): boolean {
  if (!requirement) return true;
  if (check === 'authenticated') return !requirement.authenticated || grants.authenticated;
  const held = grants[check];
  return requirement[check].every((alternatives) => alternatives.some((set) => set.every((name) => held.has(name))));
}
