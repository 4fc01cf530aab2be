import { createHash } from 'node:crypto';
import { canonicalJson, isUuid, type Principal } from '@casebridge/kernel';
import { extensionOf, query, readerOf, RequestContext, type ServiceDeps, sql, unitOfWork } from '@casebridge/platform';
import { lastShown, mayNote, publishedKeys, referralLoader, ReferralStepSignatureEntity, signSteps, stepRows, type VisibleReferral, wordsOf } from '../referral';
import { type ListedFile, type Manifest, packageType, type PackedStep, paths } from './package-format.rule';
import { indexPage } from './package-index';

/** A package, but for the bytes of its documents. */
export interface PackageContents {
  readonly referralNo: string;
  readonly madeAt: Date;
  /** Every file that is made, in the order in which it is written. */
  readonly made: readonly { readonly path: string; readonly bytes: Buffer }[];
  readonly documents: readonly ListedFile[];
  readonly documentIds: readonly string[];
}

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
const jsonBytes = (value: unknown): Buffer => Buffer.from(`${canonicalJson(value)}\n`, 'utf8');
const listed = (path: string, bytes: Buffer): ListedFile => ({ path, sha256: sha256(bytes), size: bytes.length });

/** What of a referral's file goes into a package for this reader; null where there is no file that he may read, absent and hidden alike. */
export async function packageContents(deps: ServiceDeps, principal: Principal, referralId: string): Promise<PackageContents | null> {
  if (principal.kind !== 'agency' || !isUuid(referralId)) return null;
  const madeAt = deps.clock.now();
  const request = { principal, requestId: 'none', clientOperation: null, receivedAt: madeAt };
  const ctx = new RequestContext(deps, request, readerOf(principal, deps.directory, madeAt));
  const referral = await ctx.use(referralLoader).load(referralId);
  if (!referral?.may['file']) return null;
  const [adminCase] = await query<{ case_no: string }>(deps.dataSource.manager, sql`select case_no from admin_case where case_id = ${referral.caseId}`);

  const steps = await packedSteps(deps, referral);
  const documents = steps.flatMap(({ row }) => row.documents.map(({ sha256: hash, size, ...document }): ListedFile => ({
    path: `${paths.documents}${String(row.entry.position).padStart(2, '0')}-${document.kind.toLowerCase()}-${document.fileId}.${extensionOf(document.mediaType)}`,
    sha256: hash, size, document: { ...document, position: row.entry.position },
  })));
  const keys = await publishedKeys(deps);
  const madeFor = { agency: principal.agency.code, officer: principal.officerId };
  const page = indexPage({
    referral, caseNo: adminCase?.case_no ?? '', madeAt, madeFor: `${madeFor.agency} ${madeFor.officer}`, documents, steps: steps.map(({ packed, row }) => ({ row, words: packed.words !== null })),
    kids: keys.keys.map((key) => key.kid ?? ''),
    nameOf: (code) => {
      const agency = deps.directory.agency(code);
      return agency ? { zh: agency.name, en: agency.nameEn } : null;
    },
  });
  const made = [
    { path: paths.index, bytes: Buffer.from(page, 'utf8') }, { path: paths.timeline, bytes: jsonBytes(steps.map(({ packed }) => packed)) }, { path: paths.keys, bytes: jsonBytes(keys) },
  ];
  const manifest: Manifest = {
    type: 'casebridge-referral-package', version: 1, referralId, referralNo: referral.referralNo, caseId: referral.caseId, caseNo: adminCase?.case_no ?? '', status: referral.status,
    filingAgency: referral.filingAgencyCode, policeAgency: referral.policeAgencyCode, procuratorateAgency: referral.procuratorateAgencyCode, steps: steps.length,
    head: steps.at(-1)?.hash ?? '', withheld: steps.filter(({ packed }) => packed.words === null).map(({ row }) => row.entry.position), madeAt: madeAt.toISOString(), madeFor,
    files: [...made.map(({ bytes, path }) => listed(path, bytes)), ...documents],
  };
  const bytes = jsonBytes(manifest);
  const [header, , signature] = (await deps.signer.sign(packageType, bytes.toString('utf8'))).split('.');
  return {
    referralNo: referral.referralNo, madeAt, documents, documentIds: documents.map(({ document }) => document?.fileId ?? ''),
    made: [{ path: paths.manifest, bytes }, { path: paths.signature, bytes: Buffer.from(`${header}..${signature}\n`) }, ...made],
  };
}

/** The steps that the reader is shown, with what of them he may know. What is not signed yet is signed first. */
async function packedSteps(deps: ServiceDeps, referral: VisibleReferral) {
  const { id, version } = referral;
  const last = Math.min(version, lastShown(referral));
  const signatures = async (): Promise<ReferralStepSignatureEntity[]> =>
    (await deps.dataSource.getRepository(ReferralStepSignatureEntity).find({ where: { referralId: id }, order: { position: 'ASC' } })).filter((s) => s.position <= last);
  let signed = await signatures();
  if (signed.length < last) {
    await unitOfWork(deps, async ({ clock, em }) => {
      await query(em, sql`select 1 from referral where id = ${id} for update`);
      await signSteps(em, deps.signer, id, clock.now());
    });
    signed = await signatures();
  }
  const rows = (await stepRows(deps.dataSource.manager, id)).filter(({ entry }) => entry.position <= last);
  return rows.map((row, i) => {
    const signature = signed[i];
    if (signature?.position !== row.entry.position) throw new Error(`Step ${row.entry.position} of referral ${id} has no signature`);
    const { documentsSalt, hash, jws, wordsSalt } = signature;
    const { detail, ...words } = wordsOf(row);
    const packed: PackedStep = {
      jws, documents: { salt: documentsSalt, value: [...row.documents] },
      words: mayNote(referral, row.entry.act) ? { salt: wordsSalt, value: { ...words, detail: { ...detail } } } : null,
    };
    return { row, packed, hash };
  });
}
