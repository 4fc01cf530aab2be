import { randomBytes } from 'node:crypto';
import { chmod, copyFile, lstat, mkdir, readdir, readlink, rename, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { folderFailure, errorCode } from './errors';
import { ownedFolder } from './owned-folder';

async function copyTree(from: string, to: string): Promise<void> {
  await mkdir(to);
  await chmod(to, 0o755);
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) await copyTree(source, target);
    else if (entry.isSymbolicLink()) await symlink(await readlink(source), target);
    else {
      await copyFile(source, target);
      await chmod(target, (await lstat(source)).mode & 0o100 ? 0o755 : 0o644);
    }
  }
}

/** Same names and sizes: after a power cut a renamed tree may hold files without their content. */
async function sameTree(left: string, right: string): Promise<boolean> {
  const [a, b] = await Promise.all([lstat(left), lstat(right).catch(() => null)]);
  if (b === null || a.isDirectory() !== b.isDirectory()) return false;
  if (!a.isDirectory()) return a.isSymbolicLink() ? b.isSymbolicLink() : a.size === b.size;
  const names = await readdir(left);
  const same = await Promise.all(names.map((name) => sameTree(join(left, name), join(right, name))));
  return same.every(Boolean);
}

/**
 * Copies the binaries once to a folder that every user may enter; later calls find the copy.
 *
 * @param native - the tree with bin/, lib/ and share/; it can be moved as a whole
 * @param parent - a folder only this user may write; made with mode 0755 when absent
 * @param version - names the copy, so that an update makes a new one
 * @returns the folder of the copy
 * @throws PostgresFailure DATA_DIR_FORBIDDEN, DISK_FULL
 */
export async function copyNative(native: string, parent: string, version: string, log: (line: string) => void): Promise<string> {
  await ownedFolder(parent, 0o755);
  const target = join(parent, `native-${version}`);
  const temporary = join(parent, `native-${version}.${randomBytes(6).toString('hex')}.tmp`);
  if (await lstat(target).then(() => true, () => false)) {
    await ownedFolder(target, 0o755);
    if (await sameTree(native, target)) return target;
    await rename(target, `${temporary}.old`);
    await rm(`${temporary}.old`, { recursive: true, force: true });
  }
  log(`The PostgreSQL programs cannot be used where npm has put them; copying them once to ${target}`);
  try {
    await copyTree(native, temporary);
    await rename(temporary, target);
  } catch (error) {
    await rm(temporary, { recursive: true, force: true });
    const code = errorCode(error);
    if (code === 'ENOTEMPTY' || code === 'EEXIST') return target; // another launcher was faster
    throw folderFailure(error, `copy PostgreSQL to ${target}`);
  }
  return target;
}
