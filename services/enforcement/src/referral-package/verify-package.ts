import { canonicalJson } from '@casebridge/kernel';
import { type JSONWebKeySet, keyThumbprint, verifySigned } from '@casebridge/platform';
import type { z } from 'zod';
import { saltedDigest, stepHash, stepType } from '../referral';
import { readArchive } from './package-archive';
import { keySetSchema, type Manifest, manifestSchema, packageType, type PackedStep, paths, signedStepSchema, type SignedStepText, timelineSchema } from './package-format.rule';

/** One thing that was looked at. */
export interface Finding {
  readonly ok: boolean;
  /** Manifest, file, step or key. */
  readonly about: string;
  readonly says: string;
}

class Report {
  readonly findings: Finding[] = [];

  check(ok: boolean, about: string, says: string): boolean {
    this.findings.push({ ok, about, says });
    return ok;
  }

  /** The text as JSON of a shape, or null with a finding. */
  parse<T>(schema: z.ZodType<T>, about: string, bytes: Buffer | null | undefined): T | null {
    if (!bytes) return this.missing(about);
    let value: unknown;
    try {
      value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    } catch {
      return this.wrong(about, 'is no JSON text');
    }
    const result = schema.safeParse(value);
    return result.success ? result.data : this.wrong(about, `is not of its form: ${result.error.issues.map((i) => i.path.join('.')).join(', ')}`);
  }

  missing = (about: string): null => this.wrong(about, 'is missing');

  wrong(about: string, says: string): null {
    this.check(false, about, says);
    return null;
  }
}

/**
 * 校验 Checks a referral package with nothing but the file, and the keys of the hub where they are given: every hash, every signature, the chain of steps, and that nothing is missing or too much.
 *
 * @param trusted - keys that were obtained from the hub itself; without them the package is checked against the keys that came in it
 * @returns everything that was looked at; the package is whole only if all of it is well
 */
export async function verifyPackage(file: string, trusted: JSONWebKeySet | null = null): Promise<readonly Finding[]> {
  const report = new Report();
  const { faults, files } = await readArchive(file, (name) => !name.startsWith(paths.documents));
  report.check(faults.length === 0, 'archive', faults.length === 0 ? `can be read, ${files.size} files` : faults.join('; '));
  const bytesOf = (path: string): Buffer | null => files.get(path)?.bytes ?? null;

  const keys = await checkKeys(report, bytesOf(paths.keys), trusted);
  const manifest = report.parse(manifestSchema, paths.manifest, bytesOf(paths.manifest));
  const timeline = report.parse(timelineSchema, paths.timeline, bytesOf(paths.timeline));
  const signature = bytesOf(paths.signature);
  if (!signature) report.missing(paths.signature);
  if (!keys || !manifest || !timeline || !signature) return report.findings;

  await checkSignature(report, bytesOf(paths.manifest) ?? Buffer.alloc(0), signature.toString('utf8').trim(), keys);
  checkFiles(report, manifest, files);
  await checkTimeline(report, manifest, timeline, keys);
  return report.findings;
}

async function checkKeys(report: Report, bytes: Buffer | null, trusted: JSONWebKeySet | null): Promise<JSONWebKeySet | null> {
  const keys = report.parse(keySetSchema, paths.keys, bytes);
  if (!keys) return null;
  for (const key of keys.keys) {
    const kid = await keyThumbprint(key);
    report.check(kid === key.kid, `key ${key.kid}`, kid === key.kid ? 'is called by its thumbprint' : 'is called by the thumbprint of another key');
    if (trusted === null) continue;
    const known = await Promise.all(trusted.keys.map(keyThumbprint));
    report.check(known.includes(kid), `key ${key.kid}`, known.includes(kid) ? 'is a key of the hub' : 'is none of the keys that were given');
  }
  return keys;
}

async function checkSignature(report: Report, manifest: Buffer, detached: string, keys: JSONWebKeySet): Promise<void> {
  const [header, none, signature] = detached.split('.');
  try {
    const { kid } = await verifySigned(`${header}.${none === '' ? manifest.toString('base64url') : ''}.${signature}`, packageType, keys);
    report.check(true, paths.manifest, `is signed with ${kid}`);
  } catch {
    report.wrong(paths.signature, `does not sign ${paths.manifest}`);
  }
}

function checkFiles(report: Report, manifest: Manifest, files: Awaited<ReturnType<typeof readArchive>>['files']): void {
  const names = manifest.files.map(({ path }) => path);
  report.check(new Set(names).size === names.length, paths.manifest, 'lists every file once');
  for (const { path, sha256, size } of manifest.files) {
    const found = files.get(path);
    if (!found) report.missing(path);
    else report.check(found.sha256 === sha256 && found.size === size, path, found.sha256 === sha256 && found.size === size ? 'is the file that was listed' : 'is not the file that was listed');
  }
  const expected = new Set<string>([...names, paths.manifest, paths.signature]);
  for (const name of files.keys()) if (!expected.has(name)) report.wrong(name, 'is in no list');
  for (const path of [paths.index, paths.timeline, paths.keys]) if (!expected.has(path)) report.wrong(path, 'is in no list');
}

async function checkTimeline(report: Report, manifest: Manifest, timeline: readonly PackedStep[], keys: JSONWebKeySet): Promise<void> {
  let before: SignedStepText | null = null;
  let previous: string | null = null;
  for (const [i, packed] of timeline.entries()) {
    const about = `step ${i + 1}`;
    const signed = await signedText(report, about, packed.jws, keys);
    if (!signed) return;
    const { step, text } = signed;
    report.check(step.position === i + 1, about, `stands at position ${step.position}`);
    report.check(step.previous === previous, about, step.previous === previous ? 'names the step before' : 'does not name the step before');
    report.check(step.referralId === manifest.referralId && step.referralNo === manifest.referralNo && step.caseId === manifest.caseId, about, 'is of this referral');
    report.check(before === null || before.at <= step.at, about, 'is not before the step before');
    report.check(step.signedAt >= step.at, about, signedWhen(step));
    checkDisclosed(report, about, step, packed);
    const withheld = manifest.withheld.includes(step.position);
    report.check(withheld === (packed.words === null), about, withheld ? 'has words that this reader may not know' : 'has its words');
    previous = stepHash(text);
    before = step;
  }
  report.check(timeline.length === manifest.steps, paths.timeline, `has ${timeline.length} of ${manifest.steps} steps`);
  report.check(previous === manifest.head, paths.timeline, previous === manifest.head ? 'ends where the list of contents says' : 'does not end where the list of contents says');
  report.check(before?.status === manifest.status, paths.timeline, `leads to ${before?.status ?? 'nothing'}`);
  checkDocuments(report, manifest, timeline);
}

async function signedText(report: Report, about: string, jws: string, keys: JSONWebKeySet): Promise<{ readonly step: SignedStepText; readonly text: string } | null> {
  try {
    const { kid, text } = await verifySigned(jws, stepType, keys);
    const step = report.parse(signedStepSchema, about, Buffer.from(text));
    if (step) report.check(true, about, `${step.act} by ${step.actor} at ${step.at}${step.met === false ? ', late' : ''}: signed with ${kid}`);
    return step && { step, text };
  } catch {
    return report.wrong(about, 'is not signed by any of the keys');
  }
}

/** What was signed in its own act is sworn to by whoever acted; what was signed later by the database that the service found. */
const signedWhen = ({ at, signedAt }: SignedStepText): string =>
  signedAt === at ? 'was signed in the act' : signedAt > at ? `was signed LATER, at ${signedAt}: that it was done when it says rests on the records of the service` : 'was signed before it was done';

function checkDisclosed(report: Report, about: string, step: SignedStepText, { documents, words }: PackedStep): void {
  if (words) report.check(saltedDigest(words.salt, words.value) === step.words, about, 'its words are those that were signed');
  report.check(saltedDigest(documents.salt, documents.value) === step.documents, about, `its ${documents.value.length} documents are those that were signed`);
}

/** The documents of the steps and those of the list are the same. */
function checkDocuments(report: Report, manifest: Manifest, timeline: readonly PackedStep[]): void {
  const ofSteps = timeline.flatMap(({ documents }, i) => documents.value.map((d) => canonicalJson({ ...d, position: i + 1 })));
  const ofList = manifest.files.flatMap(({ document, sha256, size }) => (document ? [canonicalJson({ ...document, sha256, size })] : []));
  const same = canonicalJson([...ofSteps].sort()) === canonicalJson([...ofList].sort());
  report.check(same, paths.manifest, same ? `lists the ${ofSteps.length} documents of the timeline` : 'does not list the documents of the timeline');
}
