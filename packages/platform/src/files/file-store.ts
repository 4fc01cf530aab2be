import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable, Transform, type TransformCallback } from 'node:stream';
import type { Clock } from '@casebridge/kernel';
import { syncFolder } from '../embedded-postgres/atomic-write';
import { errorCode } from '../embedded-postgres/errors';
import { FileCorrupted, FileEmpty, FileTooLarge, UploadInterrupted } from './file.errors';
import { MediaTypeSniffer } from './media-type';

/** The largest file that the hub takes, in bytes: 50 MB. */
export const maxFileBytes = 50 * 1024 * 1024;

export interface StoredBytes {
  /** Lower-case hex; the name of the bytes. */
  readonly sha256: string;
  readonly size: number;
  readonly mediaType: string;
}

/** Bytes under the name of their content. Knows nothing of who may read them. */
export interface FileStore {
  /**
   * Takes a stream to its end; durable when it resolves. The same bytes twice are stored once.
   *
   * On a refusal the stream is left open and unread, so that a server can still answer on its connection.
   *
   * @throws FileTooLarge at the first byte past the limit, FileEmpty, UploadInterrupted
   */
  put(body: Readable, limitBytes: number): Promise<StoredBytes>;
  /**
   * The bytes of this name.
   *
   * The stream ends with `FileCorrupted` before its last bytes when they are not what was stored: a reader never gets a whole file that is false.
   *
   * @returns null when there are none
   */
  open(sha256: string): Promise<Readable | null>;
}

const hashPattern = /^[0-9a-f]{64}$/;
const chunkBytes = 64 * 1024;
const abandonedMs = 24 * 3_600_000;

async function receiveAndClose(body: Readable, handle: FileHandle, limitBytes: number): Promise<StoredBytes> {
  try {
    return await receive(body, handle, limitBytes);
  } finally {
    await handle.close();
  }
}

/** Files under `files/ab/cd/<sha256>` of the data folder. */
export class DiskFileStore implements FileStore {
  private readonly root: string;
  private readonly incoming: string;

  constructor(dataDir: string) {
    this.root = join(dataDir, 'files');
    this.incoming = join(this.root, 'incoming');
  }

  async put(body: Readable, limitBytes: number): Promise<StoredBytes> {
    body.on('error', () => undefined); // one that comes before or after the reading must not end the process; reading meets it anyway
    await mkdir(this.incoming, { recursive: true, mode: 0o700 });
    const temporary = join(this.incoming, randomUUID());
    const handle = await open(temporary, 'wx', 0o600);
    try {
      const stored = await receiveAndClose(body, handle, Math.min(limitBytes, maxFileBytes));
      await this.keep(temporary, stored.sha256);
      return stored;
    } finally {
      await rm(temporary, { force: true });
    }
  }

  async open(sha256: string): Promise<Readable | null> {
    if (!hashPattern.test(sha256)) return null; // never a path made of what somebody sent
    const handle = await open(this.pathOf(sha256), 'r').catch(nullIfAbsent);
    if (!handle) return null;
    const verified = new VerifyingStream(sha256);
    const source = handle.createReadStream({ highWaterMark: chunkBytes });
    source.on('error', (error) => verified.destroy(error));
    verified.on('close', () => source.destroy()); // a reader who leaves early must not leave the file open
    return source.pipe(verified);
  }

  /**
   * Removes what broken-off uploads left behind.
   *
   * @returns how many files were removed
   */
  async removeAbandoned(clock: Clock): Promise<number> {
    const names = await readdir(this.incoming).catch(nullIfAbsent);
    let removed = 0;
    for (const name of names ?? []) {
      const path = join(this.incoming, name);
      const found = await stat(path).catch(nullIfAbsent);
      if (!found || clock.now().getTime() - found.mtimeMs < abandonedMs) continue;
      await rm(path, { force: true });
      removed += 1;
    }
    return removed;
  }

  private pathOf(sha256: string): string {
    return join(this.root, sha256.slice(0, 2), sha256.slice(2, 4), sha256);
  }

  /** Gives the finished file its name; what bore it had the same bytes, and whoever reads it goes on reading it. */
  private async keep(temporary: string, sha256: string): Promise<void> {
    const path = this.pathOf(sha256);
    const folder = dirname(path);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await rename(temporary, path);
    // A file whose name is lost with the power is lost; the folders above may be as new as the file.
    for (const place of [folder, dirname(folder), this.root]) await syncFolder(place);
  }
}

async function receive(body: Readable, handle: FileHandle, limit: number): Promise<StoredBytes> {
  const hash = createHash('sha256');
  const sniffer = new MediaTypeSniffer();
  let size = 0;
  // Leaving the loop must not destroy the stream: for an HTTP request that would cut the connection before the answer.
  for await (const part of survivingIterator(body)) {
    const chunk: Buffer = Buffer.isBuffer(part) ? part : Buffer.from(part);
    size += chunk.length;
    if (size > limit) throw new FileTooLarge(limit);
    hash.update(chunk);
    sniffer.update(chunk);
    await handle.appendFile(chunk);
  }
  if (size === 0) throw new FileEmpty();
  await handle.sync();
  return { sha256: hash.digest('hex'), size, mediaType: sniffer.result() };
}

async function* survivingIterator(body: Readable): AsyncGenerator<Buffer | string> {
  const parts: AsyncIterator<Buffer | string> = body.iterator({ destroyOnReturn: false });
  try {
    for (;;) {
      const { done, value } = await parts.next().catch(() => {
        throw new UploadInterrupted();
      });
      if (done) return;
      yield value;
    }
  } finally {
    await parts.return?.();
  }
}

/** Passes bytes on one chunk late, so that the last ones leave only when the whole is known to be right. */
class VerifyingStream extends Transform {
  private readonly hash = createHash('sha256');
  private held: Buffer | null = null;

  constructor(private readonly sha256: string) {
    super({ readableHighWaterMark: chunkBytes, writableHighWaterMark: chunkBytes });
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, callback: TransformCallback): void {
    this.hash.update(chunk);
    const before = this.held;
    this.held = chunk;
    callback(null, before ?? undefined);
  }

  override _flush(callback: TransformCallback): void {
    if (this.hash.digest('hex') !== this.sha256) callback(new FileCorrupted(this.sha256));
    else callback(null, this.held ?? undefined);
  }
}

function nullIfAbsent(error: unknown): null {
  if (errorCode(error) === 'ENOENT') return null;
  throw error;
}
