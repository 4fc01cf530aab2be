import { createHash } from 'node:crypto';
import { canonicalJson } from '@casebridge/kernel';
import type { StoredDeadline } from '../shared/stored-deadline';

/*
 * What the signature of a step covers, byte by byte (docs/reference/signatures.md). Words and documents go in as digests with a salt, so that a step can be proven to whoever may
 * know that it was done and not what was said with it.
 */

/** The kind of signed text. */
export const stepType = 'casebridge-referral-step+jws';

/** What was said with a step, and by which officer. */
export interface StepWords {
  readonly officer: string;
  readonly detail: object;
  /** What the act changed of the record: numbers, reasons, parties. */
  readonly changes: Readonly<Record<string, unknown>>;
}

/** A document that came with a step. */
export interface StepDocument {
  readonly id: string;
  readonly kind: string;
  readonly title: string;
  readonly fileId: string;
  readonly sha256: string;
  readonly size: number;
  readonly mediaType: string;
  readonly addedBy: string;
}

/** A timeline entry as the signature has it. */
export interface StepFacts {
  readonly referralId: string;
  readonly referralNo: string;
  readonly caseId: string;
  readonly position: number;
  readonly act: string;
  readonly status: string;
  readonly holder: string;
  readonly actor: string;
  /** Instants as ISO text, in UTC with milliseconds. */
  readonly at: string;
  readonly basis: { readonly instrument: string; readonly article: string; readonly mark: string };
  readonly dueAt: string | null;
  readonly deadline: StoredDeadline | null;
  readonly met: boolean | null;
  readonly tracks: readonly object[];
}

/** What a signed text says besides the facts of its step. */
export interface SignedStep extends StepFacts {
  readonly words: string;
  readonly documents: string;
  /** Hash of the step before; null for the first. */
  readonly previous: string | null;
  /** When it was signed, as `at`: in the act itself, or later where there was no key then. */
  readonly signedAt: string;
}

const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

/** Lower-case hex SHA-256 of the signed text of a step: what the next step names. */
export const stepHash = sha256;

/** The digest of something that may be shown or not; without the salt nobody can try what it might be. */
export const saltedDigest = (salt: string, value: unknown): string => sha256(canonicalJson({ salt, value }));

export interface StepToSign {
  readonly facts: StepFacts;
  readonly words: StepWords;
  readonly documents: readonly StepDocument[];
  readonly wordsSalt: string;
  readonly documentsSalt: string;
  readonly previous: string | null;
  readonly signedAt: string;
}

/** The text of which every byte is signed. */
export const stepText = ({ facts, words, documents, wordsSalt, documentsSalt, previous, signedAt }: StepToSign): string =>
  canonicalJson({ ...facts, words: saltedDigest(wordsSalt, words), documents: saltedDigest(documentsSalt, documents), previous, signedAt } satisfies SignedStep);

/** What an act changed of the record, by how it stood before and after. */
export function changesOf(before: object | null, after: object): Readonly<Record<string, unknown>> {
  const was: Readonly<Record<string, unknown>> = { gaps: [], ...before };
  return Object.fromEntries(Object.entries(after).filter(([name, value]) => canonicalJson(value) !== canonicalJson(was[name] ?? null)));
}
