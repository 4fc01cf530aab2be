import { z } from 'zod';

/*
 * 案卷包 What a referral package is made of (docs/reference/referral-package.md): the same for who writes one and who checks one.
 */

/** The kind of signed text that the list of contents is. */
export const packageType = 'casebridge-referral-package+jws';

export const paths = {
  manifest: 'manifest.json', signature: 'manifest.jws', timeline: 'timeline.json', keys: 'keys.json', index: 'index.html', documents: 'documents/',
} as const;

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const instant = z.iso.datetime();
const position = z.int().positive();

const documentFacts = z.strictObject({
  id: z.string(), kind: z.string(), title: z.string(), fileId: z.string(), sha256, size: z.int().positive(), mediaType: z.string(), addedBy: z.string(),
});

const listedFile = z.strictObject({
  path: z.string(), sha256, size: z.int().nonnegative(), document: documentFacts.omit({ sha256: true, size: true }).extend({ position }).optional(),
});
export type ListedFile = z.output<typeof listedFile>;

/** The list of contents; its bytes are what the signature of the package covers. */
export const manifestSchema = z.strictObject({
  type: z.literal('casebridge-referral-package'), version: z.literal(1), referralId: z.string(), referralNo: z.string(), caseId: z.string(), caseNo: z.string(),
  status: z.string(), filingAgency: z.string(), policeAgency: z.string().nullable(), procuratorateAgency: z.string().nullable(),
  /** Of the timeline: how many steps there are, and the hash of the last. */
  steps: position, head: sha256,
  /** Steps whose words the reader may not know. */
  withheld: z.array(position),
  madeAt: instant, madeFor: z.strictObject({ agency: z.string(), officer: z.string() }), files: z.array(listedFile),
});
export type Manifest = z.output<typeof manifestSchema>;

const salt = z.string().min(22);

/** A step with what of it is disclosed. */
const packedStep = z.strictObject({
  jws: z.string(),
  words: z.strictObject({ salt, value: z.strictObject({ officer: z.string(), detail: z.record(z.string(), z.unknown()), changes: z.record(z.string(), z.unknown()) }) }).nullable(),
  documents: z.strictObject({ salt, value: z.array(documentFacts) }),
});
export type PackedStep = z.output<typeof packedStep>;
export const timelineSchema = z.array(packedStep).min(1);

/** What a signed step says, as far as it is checked here; the rest is shown as it is. */
export const signedStepSchema = z.looseObject({
  referralId: z.string(), referralNo: z.string(), caseId: z.string(), position, act: z.string(), status: z.string(), holder: z.string(), actor: z.string(), at: instant,
  dueAt: instant.nullable(), met: z.boolean().nullable(), words: sha256, documents: sha256, previous: sha256.nullable(), signedAt: instant,
});
export type SignedStepText = z.output<typeof signedStepSchema>;

export const keySetSchema = z.object({
  keys: z.array(z.object({ kty: z.literal('OKP'), crv: z.literal('Ed25519'), x: z.string().regex(/^[A-Za-z0-9_-]{43}$/), kid: z.string() })).min(1),
});
