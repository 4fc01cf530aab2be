import { Readable } from 'node:stream';
import type { Principal } from '@casebridge/kernel';
import type { FileStore, MadeFile, ServiceDeps } from '@casebridge/platform';
import { ZipFile } from 'yazl';
import { publishedKeys } from '../referral';
import { type PackageContents, packageContents } from './package-contents';

const packagePath = /^referrals\/([0-9a-f-]{36})\.zip$/;
const keysPath = 'signing-keys.json';

/** Files that are made on request: 案卷包 the package of a referral for whoever may read its file, and the public keys for everybody. */
export const madeFiles = (deps: ServiceDeps, store: FileStore) => async (principal: Principal, path: string): Promise<MadeFile | null> => {
  if (path === keysPath) {
    const keys = Buffer.from(`${JSON.stringify(await publishedKeys(deps), null, 2)}\n`);
    return { fileName: keysPath, mediaType: 'application/jwk-set+json', records: [], stream: Readable.from([keys]) };
  }
  const referralId = packagePath.exec(path)?.[1];
  const contents = referralId === undefined ? null : await packageContents(deps, principal, referralId);
  return contents && {
    fileName: `referral-${referralId}.zip`, mediaType: 'application/zip', records: [`Referral:${referralId}`, ...contents.documentIds.map((id) => `File:${id}`)], stream: zipOf(contents, store),
  };
};

/** The archive as a stream; it breaks off, and is no archive then, where a document cannot be read to its end. */
function zipOf({ documents, made, madeAt: mtime }: PackageContents, store: FileStore): Readable {
  const zip = new ZipFile();
  const out = zip.outputStream as Readable;
  let reading: Readable | null = null;
  out.on('close', () => reading?.destroy()); // whoever receives it may leave early
  zip.on('error', (cause: Error) => out.destroy(cause));
  out.on('error', () => undefined); // it may break off before anybody reads it; who does then finds it ended
  for (const { bytes, path } of made) zip.addBuffer(bytes, path, { mtime });
  for (const { path, sha256, size } of documents) {
    zip.addReadStreamLazy(path, { mtime, size, compress: false }, (give) => {
      store.open(sha256).then((stream) => {
        if (!stream) throw new Error(`The bytes of ${path} are missing from the store`);
        reading = stream;
        stream.on('error', (cause) => out.destroy(cause));
        if (out.destroyed) stream.destroy();
        else give(null, stream);
      }).catch((cause: unknown) => out.destroy(cause instanceof Error ? cause : new Error('not readable')));
    });
  }
  zip.end();
  return out;
}
