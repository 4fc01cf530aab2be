import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { sha256 } from './documents';

/** Documents that a party to the hub has written down: known by their SHA-256, in a file that is reviewed. */
export interface TrustedManifest {
  readonly version: 1;
  readonly operations: Readonly<Record<string, TrustedEntry>>;
}

interface TrustedEntry {
  /** For people and for metrics; unique. */
  readonly name: string;
  /** The text, to the byte. */
  readonly body: string;
}

/** A document with the name it is known by. */
export interface TrustedDocument extends TrustedEntry {
  readonly hash: string;
}

const manifest = z.strictObject({
  version: z.literal(1),
  operations: z.record(z.string().regex(/^[0-9a-f]{64}$/, 'a key is a hexadecimal SHA-256'), z.strictObject({
    name: z.string().regex(/^[A-Za-z0-9][\w.-]{0,99}$/, 'letters, digits, dots and dashes'), body: z.string().min(1),
  })),
});

/** The manifest has faults; all are listed. */
export class TrustedManifestInvalid extends Error {
  constructor(readonly faults: readonly string[]) {
    super(`The manifest of trusted documents has faults:\n${faults.map((fault) => `  ${fault}`).join('\n')}`);
    this.name = 'TrustedManifestInvalid';
  }
}

/**
 * The manifest of some documents, the same text for the same documents in whatever order.
 *
 * @throws TrustedManifestInvalid when two have one name; equal texts are one document, under the first name
 */
export function buildManifest(documents: readonly { readonly name: string; readonly text: string }[]): TrustedManifest {
  const sorted = [...documents].sort((a, b) => (a.name < b.name ? -1 : 1));
  const taken = sorted.filter(({ name }, i) => sorted[i + 1]?.name === name).map(({ name }) => `${name} stands for two documents`);
  if (taken.length > 0) throw new TrustedManifestInvalid(taken);
  const operations: Record<string, TrustedEntry> = {};
  for (const { name, text } of sorted) operations[sha256(text)] ??= { name, body: text };
  return readManifest({ version: 1, operations });
}

export const printManifest = (value: TrustedManifest): string => `${JSON.stringify(value, null, 2)}\n`;

/** @throws TrustedManifestInvalid for another form, a hash that is not that of its text, or a name that stands for two */
export function readManifest(value: unknown): TrustedManifest {
  const parsed = manifest.safeParse(value);
  if (!parsed.success) throw new TrustedManifestInvalid(parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`));
  const entries = Object.entries(parsed.data.operations);
  const names = new Set<string>();
  const faults = entries.flatMap(([hash, { body, name }]) => [
    ...(sha256(body) === hash ? [] : [`${name}: the text has another hash than ${hash}`]),
    ...(names.has(name) ? [`${name} stands for two documents`] : (names.add(name), [])),
  ]);
  if (faults.length > 0) throw new TrustedManifestInvalid(faults);
  return parsed.data;
}

/** The trusted documents of a door. */
export class TrustedDocuments {
  private readonly byHash: ReadonlyMap<string, TrustedDocument>;
  private readonly names: ReadonlyMap<string, string>;

  constructor({ operations }: TrustedManifest = { version: 1, operations: {} }) {
    this.byHash = new Map(Object.entries(operations).map(([hash, entry]) => [hash, { hash, ...entry }]));
    this.names = new Map(Object.values(operations).map(({ body, name }) => [body, name]));
  }

  get(hash: string): TrustedDocument | undefined {
    return this.byHash.get(hash);
  }

  /** The name of a text, found without hashing it; null when it is not trusted. */
  nameOf(text: string): string | null {
    return this.names.get(text) ?? null;
  }

  /** All, for planning ahead of the first use; those of another door do not validate at this one, and are left out there. */
  [Symbol.iterator](): IterableIterator<TrustedDocument> {
    return this.byHash.values();
  }
}

/** The trusted documents that were built with this software: `trusted-documents.json` beside the supergraphs. */
export const loadTrustedDocuments = (folder: string): TrustedDocuments =>
  new TrustedDocuments(readManifest(JSON.parse(readFileSync(join(folder, 'trusted-documents.json'), 'utf8'))));
