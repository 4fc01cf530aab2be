import { chmod, lstat, mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { PostgresFailure, folderFailure, errorCode } from './errors';

/**
 * Makes a folder, or accepts the one that is there if nobody else could have prepared it.
 *
 * The mode is set explicitly, whatever the umask; the mode of an existing folder is left alone.
 *
 * @param mode - permission bits for a folder made now
 * @throws PostgresFailure DATA_DIR_FORBIDDEN when it is a link, belongs to a stranger or may be written by others
 */
export async function ownedFolder(path: string, mode: number): Promise<void> {
  try {
    await mkdir(path, { mode });
    await chmod(path, mode);
    return;
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw folderFailure(error, `create ${path}`);
  }
  const found = await lstat(path);
  const trusted = [process.getuid?.(), (await lstat(dirname(path))).uid]; // who owns the parent can replace it anyway
  if (!found.isDirectory() || !trusted.includes(found.uid) || (found.mode & 0o022) !== 0) {
    throw new PostgresFailure(
      'DATA_DIR_FORBIDDEN',
      `${path} exists, but it is not a folder of its parent's owner alone (a link, another owner, or writable by others); nothing is put there. Check it and remove it.`,
    );
  }
}
