import { createHash } from 'node:crypto';
import { openPromise, type Entry, type ZipFile } from 'yauzl';

/** Made files are lists and pages: whatever is larger is none of ours. */
const largestText = 64 * 1024 * 1024;

/** A file in an archive as it is found. */
export interface FoundFile {
  readonly sha256: string;
  readonly size: number;
  /** Of what is not below `documents/`. */
  readonly bytes: Buffer | null;
}

/** What an archive holds, by name; what is wrong with it as an archive. Nothing is written anywhere. */
export interface FoundArchive {
  readonly files: ReadonlyMap<string, FoundFile>;
  readonly faults: readonly string[];
}

/** Reads an archive to its end, every byte of every file. */
export async function readArchive(path: string, isText: (name: string) => boolean): Promise<FoundArchive> {
  const files = new Map<string, FoundFile>();
  const faults: string[] = [];
  let zip: ZipFile;
  try {
    zip = await openPromise(path, { autoClose: false, lazyEntries: true });
  } catch (cause) {
    return { files, faults: [`is no readable ZIP archive: ${wordsOf(cause)}`] };
  }
  try {
    for await (const entry of zip.eachEntry()) {
      const name = entry.fileName;
      if (files.has(name)) faults.push(`has two files of the name ${name}`);
      else files.set(name, await readFile(zip, entry, isText(name)).catch((cause: unknown) => {
        faults.push(`${name} cannot be read: ${wordsOf(cause)}`);
        return { sha256: '', size: -1, bytes: null };
      }));
    }
  } catch (cause) {
    faults.push(`has a list of files that cannot be read: ${wordsOf(cause)}`);
  } finally {
    zip.close();
  }
  return { files, faults };
}

async function readFile(zip: ZipFile, entry: Entry, keep: boolean): Promise<FoundFile> {
  if (keep && entry.uncompressedSize > largestText) throw new RangeError('is larger than such a file can be');
  const hash = createHash('sha256');
  const kept: Buffer[] = [];
  let size = 0;
  const stream = await zip.openReadStreamPromise(entry);
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    hash.update(chunk);
    size += chunk.length;
    if (keep) kept.push(chunk);
  }
  return { sha256: hash.digest('hex'), size, bytes: keep ? Buffer.concat(kept) : null };
}

const wordsOf = (cause: unknown): string => (cause instanceof Error ? cause.message : 'unknown');
