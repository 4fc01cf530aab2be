import { agencyFunction, type AgencyStatus } from '@casebridge/contracts';
import { type AgencyFunction, cleanLine, hasHiddenCharacters, isAgencyCode, isDevelopmentIssuer, type OfficerRole, unstorablePlace } from '@casebridge/kernel';

export interface AgencyOfficer {
  readonly id: string;
  readonly roles: readonly OfficerRole[];
}

/** An agency as it is registered: by an act, or by a file. */
export interface AgencyDraft {
  readonly code: string;
  readonly name: string;
  readonly nameEn: string;
  readonly functions: readonly AgencyFunction[];
  readonly regions: readonly string[];
  readonly superior: string | null;
  readonly status: AgencyStatus;
  readonly issuer: string;
  /** Public keys of the issuer, inline or by address; neither where the development issuer signs, or nobody any more. */
  readonly jwks: { keys: Record<string, unknown>[] } | null;
  readonly jwksUri: string | null;
  readonly officers: readonly AgencyOfficer[];
}

export interface Fault {
  readonly field: string;
  readonly rule: string;
}

const roles: readonly OfficerRole[] = ['officer', 'head', 'reviewer', 'auditor', 'analyst', 'system'];
const regionPattern = /^[0-9A-Z-]{2,20}$/;
const longest = { name: 200, officerId: 100, issuer: 300, list: 5_000 };
/** Members of a JSON Web Key that only its owner may know (RFC 7518). */
const privateMembers = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'];

/** What is wrong with a record by itself; nothing when it may stand in the registry. */
export function faultsOf(draft: AgencyDraft): Fault[] {
  const faults: Fault[] = [];
  const rule = (holds: boolean, field: string, text: string): void => {
    if (!holds) faults.push({ field, rule: text });
  };
  rule(isAgencyCode(draft.code), 'code', 'must be 2 to 40 capital letters, digits and hyphens');
  for (const field of ['name', 'nameEn'] as const) rule(isName(draft[field]), field, `must be one line of 1 to ${longest.name} characters`);
  rule(draft.functions.length > 0, 'functions', 'must name at least one function');
  rule(isSet(draft.functions), 'functions', 'must not repeat a function');
  draft.functions.forEach((f, i) => rule(agencyFunction.is(f), `functions.${i}`, 'is no function of an agency'));
  rule(isSet(draft.regions) && draft.regions.length <= longest.list, 'regions', 'must not repeat a region');
  draft.regions.forEach((r, i) => rule(regionPattern.test(r), `regions.${i}`, 'must be the code of a region'));
  rule(draft.superior !== draft.code, 'superior', 'must be another agency');
  rule(isUri(draft.issuer, ['https:', 'urn:']), 'issuer', 'must be an https or urn identifier');
  rule(draft.jwks === null || draft.jwksUri === null, 'jwks', 'must not be given together with jwksUri');
  const signs = draft.status === 'ACTIVE' && isUri(draft.issuer, ['https:', 'urn:']) && !isDevelopmentIssuer(draft.issuer);
  rule(!signs || draft.jwks !== null || draft.jwksUri !== null, 'jwks', 'must be given, or jwksUri: without keys no token of this issuer can be verified');
  rule(draft.jwksUri === null || isUri(draft.jwksUri, ['https:']), 'jwksUri', 'must be an https address');
  if (draft.jwks) faults.push(...keyFaults(draft.jwks));
  const { issuer, jwks, jwksUri } = draft;
  for (const [field, value] of Object.entries({ issuer, jwks, jwksUri })) {
    const place = unstorablePlace(value, field);
    if (place !== null) faults.push({ field: place, rule: 'holds a NUL character or half a character, which no text may hold' });
  }
  rule(isSet(draft.officers.map((o) => o.id)), 'officers', 'must not repeat an officer');
  draft.officers.forEach((o, i) => {
    rule(isName(o.id) && o.id.length <= longest.officerId, `officers.${i}.id`, `must be one line of 1 to ${longest.officerId} characters`);
    rule(o.roles.length > 0 && o.roles.every((r) => roles.includes(r)), `officers.${i}.roles`, `must be some of ${roles.join(', ')}`);
  });
  return faults;
}

const isSet = (values: readonly string[]): boolean => new Set(values).size === values.length;
const isName = (text: string): boolean => text !== '' && text === cleanLine(text) && !hasHiddenCharacters(text) && text.length <= longest.name;

function isUri(text: string, schemes: readonly string[]): boolean {
  return text.length <= longest.issuer && URL.canParse(text) && schemes.includes(new URL(text).protocol);
}

function keyFaults({ keys }: { keys: readonly unknown[] }): Fault[] {
  if (!Array.isArray(keys) || keys.length === 0) return [{ field: 'jwks', rule: 'must be a JSON Web Key Set with at least one key' }];
  return keys.flatMap((key: unknown, i): Fault[] => {
    if (key === null || typeof key !== 'object' || Array.isArray(key)) return [{ field: `jwks.keys.${i}`, rule: 'must be a JSON Web Key' }];
    if (!['OKP', 'EC', 'RSA'].includes(String((key as Record<string, unknown>)['kty']))) return [{ field: `jwks.keys.${i}`, rule: 'must be a public key of type OKP, EC or RSA' }];
    return privateMembers.some((member) => member in key) ? [{ field: `jwks.keys.${i}`, rule: 'holds a private key, which must never leave its owner' }] : [];
  });
}

/**
 * The circle that the superiors of an agency run in.
 *
 * @param superiorOf - code → code of the superior, as they would be
 * @returns the codes of the circle, the first one again at its end; null where the way up ends
 */
export function cycleFrom(code: string, superiorOf: (code: string) => string | null): string[] | null {
  const path = [code];
  for (let next = superiorOf(code); next !== null; next = superiorOf(next)) {
    const at = path.indexOf(next);
    path.push(next);
    if (at >= 0) return path.slice(at);
  }
  return null;
}
