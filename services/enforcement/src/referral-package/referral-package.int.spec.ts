import { createHash, randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { canonicalJson, FixedClock, type Principal, publicReader } from '@casebridge/kernel';
import { createSigner, loadOrCreateSigningKey, query, sql } from '@casebridge/platform';
import { officer } from '@casebridge/testkit';
import { fromBufferPromise } from 'yauzl';
import { ZipFile } from 'yazl';
import { head, investigator, otherPolice, otherProcuratorate, prosecutor, ReferralWorld, regulator } from '../testing/referral-world';
import { testNow } from '../testing/world';
import { publishedKeys, saltedDigest, stepHash, stepType } from '../referral';
import { packageContents } from './package-contents';
import { type Manifest, packageType, type PackedStep, paths } from './package-format.rule';
import { verifyPackage } from './verify-package';

let world: ReferralWorld;
let folder: string;
beforeAll(async () => {
  world = await ReferralWorld.start(new FixedClock(testNow));
  folder = await mkdtemp(join(tmpdir(), 'referral-package-'));
});
afterAll(async () => {
  await world.stop();
  await rm(folder, { recursive: true, force: true });
});

const files = () => {
  const port = world.harness.service.runtime.files;
  if (!port) throw new Error('the service gives no files');
  return port;
};
const make = (who: Principal, id: string, requestId: string = randomUUID()) => files().make(who, `referrals/${id}.zip`, requestId);
const packageFor = async (who: Principal, id: string): Promise<Buffer> => {
  const made = await make(who, id);
  if (!made) throw new Error('no package');
  return buffer(made.stream);
};

/** A referral whose documents have bytes in the store. */
async function transferred(): Promise<string> {
  const { id } = await world.referralIn('APPROVED');
  const documents = await Promise.all(['TRANSFER_LETTER', 'INVESTIGATION_REPORT', 'GOODS_LIST'].map(async (kind) => ({
    kind, title: `演示 <${kind}>`, fileId: await world.upload(regulator, `演示材料 ${kind} ${id}`),
  })));
  await world.do('transferReferral', regulator, id, { ...(await world.transferInput()), documents });
  return id;
}

const whole = async (bytes: Buffer, trusted: Parameters<typeof verifyPackage>[1] = null): Promise<string[]> => {
  const file = join(folder, `${randomUUID()}.zip`);
  await writeFile(file, bytes);
  const findings = await verifyPackage(file, trusted);
  await rm(file);
  return findings.filter(({ ok }) => !ok).map(({ about, says }) => `${about} ${says}`);
};

type Contents = Map<string, Buffer>;
async function unzipped(bytes: Buffer): Promise<Contents> {
  const zip = await fromBufferPromise(bytes, { lazyEntries: true });
  const contents: Contents = new Map();
  for await (const entry of zip.eachEntry()) contents.set(entry.fileName, await buffer(await zip.openReadStreamPromise(entry)));
  return contents;
}
const zipped = (contents: Iterable<readonly [string, Buffer]>): Promise<Buffer> => {
  const zip = new ZipFile();
  for (const [name, bytes] of contents) zip.addBuffer(bytes, name);
  zip.end();
  return buffer(zip.outputStream);
};
const read = <T>(contents: Contents, path: string): T => JSON.parse(String(contents.get(path))) as T;
const written = (value: unknown): Buffer => Buffer.from(`${canonicalJson(value)}\n`);

describe('the package of a referral', () => {
  it('has everything, and is whole by itself and by the keys of the hub', async () => {
    const id = await transferred();
    await world.do('signReferralReceipt', investigator, id);
    await world.do('requestReferralSupplement', investigator, id, { gaps: ['缺少检验报告'] });
    await world.do('supplementReferral', regulator, id, { documents: [{ kind: 'OTHER', title: '补充材料', fileId: await world.upload(regulator, `补充 ${id}`) }] });
    const bytes = await packageFor(investigator, id);
    expect(await whole(bytes)).toEqual([]);
    expect(await whole(bytes, await publishedKeys(world.harness.service.deps))).toEqual([]);
    const contents = await unzipped(bytes);
    const manifest = read<Manifest>(contents, paths.manifest);
    const { caseId, referralNo } = await world.referral(id);
    expect(manifest).toMatchObject({ referralId: id, referralNo, caseId, caseNo: (await world.case(caseId)).caseNo, steps: 6, withheld: [], madeFor: { agency: investigator.agency.code, officer: investigator.officerId } });
    const documents = [...contents].filter(([name]) => name.startsWith(paths.documents));
    expect(documents.map(([, content]) => content.toString())).toEqual(expect.arrayContaining([`演示材料 GOODS_LIST ${id}`, `补充 ${id}`]));
    expect(documents).toHaveLength(4);
    const page = String(contents.get(paths.index));
    expect(page).toContain('演示 &lt;GOODS_LIST&gt;');
    for (const text of [referralNo, '签收', '移送机关', 'Filing agency', ...manifest.files.flatMap(({ document, path }) => (document ? [path] : []))]) expect(page).toContain(text);
    expect(page).not.toContain('<script');
  });

  it('is accounted in the access log before its first byte', async () => {
    const id = await transferred();
    const requestId = randomUUID();
    (await make(regulator, id, requestId))?.stream.destroy();
    const [entry] = await query<{ records: string[] }>(world.db.manager, sql`select officer_id, operation, records from access_log where request_id = ${requestId}`);
    expect(entry).toMatchObject({ officer_id: regulator.officerId, operation: 'GET /files' });
    expect(entry?.records).toEqual([`Referral:${id}`, ...(await world.documentsOf(id)).map((d) => `File:${d.fileId}`)]);
  });

  it('is for whoever may read the file; hidden is absent', async () => {
    const id = await transferred();
    for (const who of [regulator, head, investigator, prosecutor]) expect(await whole(await packageFor(who, id))).toEqual([]);
    const strangers: Principal[] = [
      publicReader, officer('DRA-210000'), officer('MRA-210200'), officer(otherPolice), officer('HC-210100'), officer('SUP-210100'), officer('CRT-210100'),
      officer('MRA-210100', 4, { roles: ['auditor'] }),
    ];
    const requestId = randomUUID();
    for (const who of strangers) expect(await make(who, id, requestId)).toBeNull();
    for (const absent of [randomUUID(), 'x', `${id}0`, '..']) expect(await make(regulator, absent, requestId)).toBeNull();
    const { caseId } = await world.referral(id);
    await world.change(caseId, { excluded: [`${regulator.agency.code}/${regulator.officerId}`] });
    expect(await make(regulator, id, requestId)).toBeNull();
    await world.change(caseId, { excluded: [], sealedUntil: '2027-01-01', sealOfficers: [head.officerId], sealParties: [] });
    expect(await make(investigator, id, requestId)).toBeNull();
    expect(await whole(await packageFor(head, id))).toEqual([]);
    expect(await query(world.db.manager, sql`select 1 from access_log where request_id = ${requestId}`)).toEqual([]);
  });

  it('withholds what was said in the criminal proceedings from the regulator, and is whole all the same', async () => {
    const { id } = await world.referralIn('INDICTED');
    const withheld = await packageOf(id, regulator);
    expect(withheld.manifest.withheld).toEqual([6, 7]);
    expect(withheld.text).not.toContain('演示检刑诉');
    const police = await packageOf(id, investigator);
    expect(police.manifest.withheld).toEqual([]);
    expect(police.text).toContain('演示检刑诉');
  });

  it('ends for a former party where its part ended', async () => {
    const id = await transferred();
    await world.do('signReferralReceipt', investigator, id);
    await world.do('forwardReferral', investigator, id, { policeAgency: otherPolice, procuratorateAgency: otherProcuratorate, reasons: '管辖' });
    await world.do('signReferralReceipt', officer(otherPolice), id);
    const [former, present] = [await packageFor(investigator, id), await packageFor(officer(otherPolice), id)];
    expect([await whole(former), await whole(present)]).toEqual([[], []]);
    expect(read<Manifest>(await unzipped(former), paths.manifest)).toMatchObject({ steps: 5, status: 'TRANSFERRED' });
    expect(read<Manifest>(await unzipped(present), paths.manifest)).toMatchObject({ steps: 6, status: 'UNDER_FILING_REVIEW' });
  });

  it('breaks off where a document cannot be read, and is no archive then', async () => {
    const { id } = await world.referralIn('TRANSFERRED'); // documents without bytes
    const made = await make(regulator, id);
    await expect(buffer(made!.stream)).rejects.toThrow(); // with the fault, or as a stream that ended too early, whichever is heard first
  });

  /** What a package says, where its documents have no bytes. */
  async function packageOf(id: string, who: Principal) {
    const contents = await packageContents(world.harness.service.deps, who, id);
    const byPath = new Map(contents!.made.map(({ bytes, path }) => [path, bytes]));
    return { manifest: read<Manifest>(byPath, paths.manifest), text: [...byPath.values()].map(String).join('\n') };
  }
});

describe('a package that was tampered with', () => {
  let original: Buffer;
  let contents: Contents;
  let trusted: Awaited<ReturnType<typeof publishedKeys>>;
  beforeAll(async () => {
    const id = await transferred();
    await world.do('signReferralReceipt', investigator, id, { receiptNo: '演示受案〔2026〕1号' });
    original = await packageFor(regulator, id);
    contents = await unzipped(original);
    trusted = await publishedKeys(world.harness.service.deps);
  });

  it('is told in every file, wherever a byte of it is another', async () => {
    for (const [name, bytes] of contents) {
      for (const at of [0, 1, Math.floor(bytes.length / 3), Math.floor(bytes.length / 2), bytes.length - 2]) {
        const changed = Buffer.from(bytes);
        changed[at] = changed[at]! ^ 1;
        expect([name, at, (await whole(await zipped(new Map(contents).set(name, changed)))).length > 0]).toEqual([name, at, true]);
      }
    }
  });

  it('is told wherever a byte of the archive is another, unless every file says what it said', async () => {
    const same = canonicalJson([...contents].map(([name, bytes]) => [name, bytes.toString('base64')]));
    for (let at = 0; at < original.length; at += 37) {
      const changed = Buffer.from(original);
      changed[at] = changed[at]! ^ 4;
      const faults = await whole(changed);
      if (faults.length > 0) continue;
      const left = await unzipped(changed);
      expect([at, canonicalJson([...left].map(([name, bytes]) => [name, bytes.toString('base64')]))]).toEqual([at, same]);
    }
  });

  it('is told when a file is missing, added, renamed or put in the place of another', async () => {
    for (const name of contents.keys()) {
      const without = new Map(contents);
      without.delete(name);
      expect([name, (await whole(await zipped(without))).length > 0]).toEqual([name, true]);
      const renamed = new Map(without).set(`${name}x`, contents.get(name)!);
      expect([name, (await whole(await zipped(renamed))).length > 0]).toEqual([name, true]);
    }
    expect(await whole(await zipped(new Map(contents).set('documents/more.txt', Buffer.from('x'))))).toEqual(['documents/more.txt is in no list']);
    const [one, two] = [...contents.keys()].filter((name) => name.startsWith(paths.documents));
    expect(await whole(await zipped(new Map(contents).set(one!, contents.get(two!)!)))).toEqual([`${one} is not the file that was listed`]);
    expect(await whole(await zipped([...contents, [one!, contents.get(one!)!]]))).toEqual([`archive has two files of the name ${one}`]);
    expect(await whole(original.subarray(0, original.length - 40))).not.toEqual([]);
  });

  /** Changes the timeline, and makes the list of contents fit. */
  const retold = async (change: (steps: PackedStep[]) => PackedStep[], sign?: (type: string, text: string) => Promise<string>, more: Partial<Manifest> = {}): Promise<Contents> => {
    const timeline = written(change(read<PackedStep[]>(contents, paths.timeline)));
    const manifest = read<Manifest>(contents, paths.manifest);
    const listed = manifest.files.map((f) => (f.path === paths.timeline ? { ...f, sha256: createHash('sha256').update(timeline).digest('hex'), size: timeline.length } : f));
    const changed = new Map(contents).set(paths.timeline, timeline).set(paths.manifest, written({ ...manifest, ...more, files: listed }));
    const [header, , signature] = (await (sign ?? world.harness.service.deps.signer.sign)(packageType, String(changed.get(paths.manifest)))).split('.');
    return changed.set(paths.signature, Buffer.from(`${header}..${signature}`));
  };
  const faultsOf = async (...args: Parameters<typeof retold>): Promise<string> => (await whole(await zipped(await retold(...args)), trusted)).join('\n');
  const first = (steps: PackedStep[], change: (step: PackedStep) => PackedStep): PackedStep[] => [change(steps[0]!), ...steps.slice(1)];

  it.each<[string, (steps: PackedStep[]) => PackedStep[], string]>([
    ['words', (s) => first(s, (step) => ({ ...step, words: { ...step.words!, value: { ...step.words!.value, officer: 'X' } } })), 'step 1 its words are those that were signed'],
    ['the salt', (s) => first(s, (step) => ({ ...step, words: { ...step.words!, salt: 'a'.repeat(22) } })), 'step 1 its words are those that were signed'],
    ['a document that was left out', (s) => s.map((step) => ({ ...step, documents: { ...step.documents, value: step.documents.value.slice(1) } })), 'step 3 its 2 documents are those that were signed'],
    ['a step left out', (s) => s.filter((_, i) => i !== 1), 'step 2 does not name the step before'],
    ['the last step left out', (s) => s.slice(0, -1), 'timeline.json does not end where the list of contents says'],
    ['steps in another order', ([a, b, ...s]) => [b!, a!, ...s], 'step 1 does not name the step before'],
    ['a step twice', ([a, ...s]) => [a!, a!, ...s], 'step 2 does not name the step before'],
    ['words held back', (s) => first(s, (step) => ({ ...step, words: null })), 'step 1 has its words'],
    ['a signature', (s) => first(s, (step) => ({ ...step, jws: `${step.jws.slice(0, -3)}AAA` })), 'step 1 is not signed by any of the keys'],
  ])('is told though the list of contents was made to fit: %s', async (_, change, fault) => {
    expect(await faultsOf((steps) => steps)).toBe('');
    expect(await faultsOf(change)).toContain(fault);
  });

  it('is told by the keys of the hub though somebody signed all of it anew with a key of his own', async () => {
    const signer = await createSigner(await loadOrCreateSigningKey(folder, 'forger'));
    let previous: string | null = null;
    const forged: PackedStep[] = [];
    for (const step of read<PackedStep[]>(contents, paths.timeline)) {
      const said = JSON.parse(Buffer.from(step.jws.split('.')[1]!, 'base64url').toString()) as Record<string, unknown>;
      const words = step.words && { ...step.words, value: { ...step.words.value, officer: 'X' } };
      const text = canonicalJson({ ...said, previous, met: true, words: words ? saltedDigest(words.salt, words.value) : said['words'] });
      forged.push({ ...step, words, jws: await signer.sign(stepType, text) });
      previous = stepHash(text);
    }
    const keys = written({ keys: [signer.publicJwk] });
    contents = new Map(contents).set(paths.keys, keys);
    const manifest = read<Manifest>(contents, paths.manifest);
    const listed = manifest.files.map((f) => (f.path === paths.keys ? { ...f, sha256: createHash('sha256').update(keys).digest('hex'), size: keys.length } : f));
    contents.set(paths.manifest, written({ ...manifest, files: listed }));
    const package_ = await zipped(await retold(() => forged, signer.sign, { head: previous! }));
    expect(await whole(package_)).toEqual([]); // by itself: its maker is whoever holds the key
    expect(await whole(package_, trusted)).toEqual([`key ${signer.kid} is none of the keys that were given`]);
  });
});
