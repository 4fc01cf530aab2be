import { randomBytes } from 'node:crypto';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { createFile } from './atomic-write';
import { PostgresFailure, folderFailure, errorCode } from './errors';
import { ownedFolder } from './owned-folder';

const NAME = /^[a-z0-9][a-z0-9-]{0,62}$/;

const secretPath = (dataDir: string, name: string): string => {
  if (!NAME.test(name)) throw new RangeError(`A secret is named in lower case with digits and hyphens, not ${JSON.stringify(name)}`);
  return join(dataDir, 'secrets', name);
};

/**
 * A secret of this installation, if it was ever made.
 *
 * @returns the text of the file `secrets/<name>` without its line end, or null when there is none
 * @throws PostgresFailure SECRET_UNSAFE when others may read the file or it is empty
 */
export async function findSecret(dataDir: string, name: string): Promise<string | null> {
  const path = secretPath(dataDir, name);
  try {
    const handle = await open(path, 'r');
    try {
      if (((await handle.stat()).mode & 0o077) !== 0) {
        throw new PostgresFailure('SECRET_UNSAFE', `The secret ${path} may be read by other users of this machine. Replace it, or set its mode to 0600.`);
      }
      const value = (await handle.readFile('utf8')).trimEnd();
      if (value === '') throw new PostgresFailure('SECRET_UNSAFE', `The secret ${path} is empty. Remove the file to have a new one made.`);
      return value;
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw folderFailure(error, `read ${path}`);
  }
}

/**
 * A secret of this installation, made on first use: development passwords and keys.
 *
 * Each secret is a file of its own (mode 0600, folder 0700), so that processes that start together agree on one value.
 *
 * @param dataDir - the data folder, which must exist
 * @param name - lower case, digits, hyphens
 * @param make - gives the value on first use; default 256 random bits, base64url (43 characters)
 * @returns the value, the same for every caller from now on; never log it
 * @throws PostgresFailure SECRET_UNSAFE, DATA_DIR_FORBIDDEN, DISK_FULL
 */
export async function loadOrCreateSecret(
  dataDir: string,
  name: string,
  make: () => string = () => randomBytes(32).toString('base64url'),
): Promise<string> {
  const path = secretPath(dataDir, name);
  const known = await findSecret(dataDir, name);
  if (known !== null) return known;
  await ownedFolder(join(dataDir, 'secrets'), 0o700);
  try {
    await createFile(path, `${make()}\n`);
  } catch (error) {
    throw folderFailure(error, `write ${path}`);
  }
  const value = await findSecret(dataDir, name);
  if (value === null) throw new PostgresFailure('SECRET_UNSAFE', `The secret ${path} vanished while it was made.`);
  return value;
}
