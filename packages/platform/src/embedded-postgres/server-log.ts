import { open, rename, stat, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { folderFailure } from './errors';

const KEEP_BYTES = 8 * 1024 * 1024;
const TAIL_BYTES = 16 * 1024;

/** `postgres.log` in the data folder: what PostgreSQL writes survives a busy or dead launcher. */
export class ServerLog {
  private constructor(
    readonly path: string,
    private readonly handle: FileHandle,
    private mark: number,
  ) {}

  /** Opens the log for appending, mode 0600; a large one moves to `postgres.log.1` first. */
  static async open(dataDir: string): Promise<ServerLog> {
    const path = join(dataDir, 'postgres.log');
    try {
      const size = await stat(path).then((found) => found.size, () => 0);
      if (size > KEEP_BYTES) await rename(path, `${path}.1`);
      const handle = await open(path, 'a+', 0o600);
      return new ServerLog(path, handle, (await handle.stat()).size);
    } catch (error) {
      throw folderFailure(error, `open ${path}`);
    }
  }

  /** For the stdio of a child. */
  get fd(): number {
    return this.handle.fd;
  }

  /** What is written from now on belongs to a new attempt. */
  async startAttempt(): Promise<void> {
    this.mark = (await this.handle.stat()).size;
  }

  /** The last lines of this attempt, at most `count`, oldest first. */
  async lastLines(count = 12): Promise<string[]> {
    const { size } = await this.handle.stat();
    const from = Math.max(this.mark, size - TAIL_BYTES);
    const { buffer, bytesRead } = await this.handle.read(Buffer.alloc(Math.max(0, size - from)), 0, size - from, from);
    return buffer.subarray(0, bytesRead).toString('utf8').split('\n').filter((line) => line.trim() !== '').slice(-count);
  }

  async close(): Promise<void> {
    await this.handle.close();
  }
}
