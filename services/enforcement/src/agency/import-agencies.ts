import { isDeepStrictEqual } from 'node:util';
import type { Tx } from '@casebridge/platform';
import { z } from 'zod';
import { AgencyEntity } from './agency.entity';
import { AgencyFileInvalid } from './agency.errors';
import { draftOf, lockRegistry, putAgency } from './agency.registry';
import { type AgencyDraft, cycleFrom, faultsOf } from './agency.rule';

const role = z.enum(['officer', 'head', 'reviewer', 'auditor', 'analyst', 'system']);
const record = z.strictObject({
  code: z.string(),
  name: z.string(),
  nameEn: z.string(),
  functions: z.array(z.string()),
  regions: z.array(z.string()).default([]),
  superior: z.string().nullable().default(null),
  status: z.enum(['ACTIVE', 'RETIRED']).default('ACTIVE'),
  issuer: z.string(),
  jwks: z.object({ keys: z.array(z.record(z.string(), z.unknown())) }).nullable().default(null),
  jwksUri: z.string().nullable().default(null),
  officers: z.array(z.strictObject({ id: z.string(), roles: z.array(role) })).default([]),
});

export interface ImportResult {
  readonly registered: readonly string[];
  readonly updated: readonly string[];
  readonly unchanged: readonly string[];
}

/**
 * Reads the text of a registry file: a JSON array of agencies.
 *
 * @throws AgencyFileInvalid when it is no JSON
 */
export function parseAgencyFile(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new AgencyFileInvalid([`not JSON: ${(cause as Error).message}`]);
  }
}

/**
 * Registers agencies, and changes those that are registered already. All or nothing: the whole file is checked first, and every fault
 * is told. Agencies that the file does not name stay as they are.
 *
 * @param records - array of agencies, as a registry file has them
 * @throws AgencyFileInvalid with all faults
 */
export async function importAgencies(tx: Tx, records: unknown): Promise<ImportResult> {
  await lockRegistry(tx);
  const existing = new Map((await tx.em.find(AgencyEntity)).map((a) => [a.code, a]));
  const drafts = checked(records, existing);
  const result = { registered: [] as string[], updated: [] as string[], unchanged: [] as string[] };
  for (const draft of drafts) {
    const before = existing.get(draft.code) ?? null;
    if (before && isDeepStrictEqual(plain(draftOf(before)), plain(draft))) {
      result.unchanged.push(draft.code);
      continue;
    }
    await putAgency(tx, draft, before);
    result[before ? 'updated' : 'registered'].push(draft.code);
  }
  return result;
}

const plain = (draft: AgencyDraft): unknown => JSON.parse(JSON.stringify(draft));

function checked(records: unknown, existing: ReadonlyMap<string, AgencyEntity>): AgencyDraft[] {
  if (!Array.isArray(records)) throw new AgencyFileInvalid(['must be an array of agencies']);
  const read = records.map(readRecord);
  const drafts = read.flatMap(({ draft }) => draft ?? []);
  const faults = [...read.flatMap((one) => one.faults), ...faultsTogether(drafts, existing)];
  if (faults.length > 0) throw new AgencyFileInvalid(faults);
  return drafts;
}

/** What a record must have, as nothing. */
const blank = { code: '', name: '', nameEn: '', functions: [], issuer: '' };

/** A record and all that is wrong with it by itself: one field that cannot be read keeps no rule from being asked of the others. */
function readRecord(item: unknown, at: number): { readonly draft: AgencyDraft | null; readonly faults: readonly string[] } {
  const issues = record.safeParse(item).error?.issues ?? [];
  const unread = new Set(issues.map(({ path: [field] }) => field));
  if (unread.has('jwks') || unread.has('jwksUri')) unread.add('jwks').add('jwksUri'); // one rule is about both
  const faults = issues.map(({ message, path }) => `${[at, ...path].join('.')}: ${message}`);
  if (typeof item !== 'object' || item === null || Array.isArray(item)) return { draft: null, faults };
  const readable = Object.fromEntries(Object.entries(item).filter(([field]) => Object.hasOwn(record.shape, field) && !unread.has(field)));
  const draft = record.parse({ ...blank, ...readable }) as AgencyDraft; // functions are checked with the other rules
  const broken = faultsOf(draft).filter(({ field }) => !unread.has(field.split('.')[0]));
  return { draft, faults: [...faults, ...broken.map(({ field, rule }) => `${at}.${field}: ${rule}`)] };
}

/** What is wrong between records: of the file with one another, and with the registry as it would be. What is missing was told before. */
function faultsTogether(drafts: readonly AgencyDraft[], existing: ReadonlyMap<string, AgencyEntity>): string[] {
  const faults: string[] = [];
  const merged = new Map<string, { superior: string | null; issuer: string }>(
    [...existing.values()].map((a) => [a.code, { superior: a.superiorCode, issuer: a.issuer }]));
  const seen = new Set<string>();
  const named = drafts.map((draft, i) => ({ ...draft, code: draft.code || `the agency without a code (${i})` }));
  for (const draft of named) {
    if (seen.has(draft.code)) faults.push(`${draft.code}: stands in the file twice`);
    seen.add(draft.code);
    merged.set(draft.code, draft);
  }
  const issuers = new Map<string, string>();
  for (const [code, { issuer }] of merged) {
    const other = issuers.get(issuer);
    if (other !== undefined) faults.push(`${code}: has the issuer of ${other}`);
    else if (issuer !== '') issuers.set(issuer, code);
  }
  for (const { code, superior } of named) {
    if (superior !== null && !merged.has(superior)) faults.push(`${code}: its superior ${superior} is not registered`);
    const cycle = cycleFrom(code, (c) => merged.get(c)?.superior ?? null);
    if (cycle) faults.push(`${code}: its superiors run in a circle: ${cycle.join(' > ')}`);
  }
  return faults;
}
