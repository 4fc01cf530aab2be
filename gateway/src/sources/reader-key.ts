import { createHash } from 'node:crypto';
import type { Principal } from '@casebridge/kernel';

const keys = new WeakMap<Principal, string>();

/**
 * Whose answers are the same: agency with its competence, officer, roles, scopes, purpose. Finer than it would have to be where
 * nothing is granted or barred to officers by name: the access log has a line for each officer, and so each asks for himself.
 */
export function readerKey(principal: Principal): string {
  if (principal.kind === 'public') return 'public';
  const known = keys.get(principal);
  if (known !== undefined) return known;
  const { agency, officerId, purpose, roles, scopes } = principal;
  const key = JSON.stringify([
    agency.code, [...agency.functions].sort(), [...agency.regions].sort(), agency.superior, officerId, [...roles].sort(), [...scopes].sort(), purpose,
  ]);
  keys.set(principal, key);
  return key;
}

const classes = new WeakMap<Principal, string>();

/**
 * Whose answers are the same where nothing depends on the officer: the data key of the design without him. Of a bounded length.
 *
 * Right only for what the rights table opens to all agencies alike: there is no seal, no exclusion and no grant to an officer on it.
 */
export function readerClass(principal: Principal): string {
  if (principal.kind === 'public') return 'public';
  const known = classes.get(principal);
  if (known !== undefined) return known;
  const { agency, purpose, roles, scopes } = principal;
  const facts = [agency.code, [...agency.functions].sort(), [...agency.regions].sort(), agency.superior, [...roles].sort(), [...scopes].sort(), purpose];
  const made = createHash('sha256').update(JSON.stringify(facts)).digest('base64url');
  classes.set(principal, made);
  return made;
}
