import { readFile } from 'node:fs/promises';
import { PostgresFailure, errorCode } from './errors';
import { runToEnd } from './run';
import type { OsUser } from './types';

/** The users of an /etc/passwd text. */
export function parsePasswd(text: string): OsUser[] {
  return text.split('\n').flatMap((line) => {
    const [name, , uid, gid] = line.split(':');
    return name && uid && gid ? [{ name, uid: Number(uid), gid: Number(gid) }] : [];
  });
}

export const runsAsRoot = (): boolean => process.getuid?.() === 0;

/** What the choice depends on; tests give another machine. */
export interface Machine {
  readonly root: boolean;
  /** The file with its users. */
  readonly passwd: string;
}

/**
 * The user that runs PostgreSQL when this process is root: the owner of an existing cluster, else `postgres`, else
 * `nobody`. The machine's users are never changed.
 *
 * @param clusterOwner - owner of an existing cluster, null when there is none yet
 * @returns null when this process is not root and simply stays what it is
 * @throws PostgresFailure OS_USER_UNAVAILABLE when root finds neither
 */
export async function chooseOsUser(
  clusterOwner: { uid: number; gid: number } | null, { root, passwd }: Machine = { root: runsAsRoot(), passwd: '/etc/passwd' },
): Promise<OsUser | null> {
  if (!root) return null;
  const users = parsePasswd(await readFile(passwd, 'utf8').catch(() => ''));
  if (clusterOwner) {
    return users.find((user) => user.uid === clusterOwner.uid) ?? { name: `uid ${clusterOwner.uid}`, ...clusterOwner };
  }
  const chosen = ['postgres', 'nobody'].flatMap((name) => users.find((user) => user.name === name && user.uid !== 0) ?? [])[0];
  if (!chosen) {
    throw new PostgresFailure(
      'OS_USER_UNAVAILABLE',
      'PostgreSQL does not run as root, and this machine has neither a user postgres nor nobody. Start as another user, or set the DATABASE_URL_… variables.',
    );
  }
  return chosen;
}

/**
 * Whether the user may enter a folder, asked of the system itself (modes, access lists and mounts all count).
 *
 * @throws PostgresFailure OS_USER_UNAVAILABLE when root is not allowed to become that user
 */
export async function canEnter(user: OsUser | null, folder: string): Promise<boolean> {
  try {
    const { code } = await runToEnd('/bin/sh', ['-c', 'cd -- "$1"', 'sh', folder], user);
    return code === 0;
  } catch (error) {
    const code = errorCode(error);
    if (user && (code === 'EPERM' || code === 'EINVAL')) {
      throw new PostgresFailure(
        'OS_USER_UNAVAILABLE',
        `PostgreSQL does not run as root, and this container or sandbox forbids to switch to the user ${user.name} (${code}). Start as another user, or set the DATABASE_URL_… variables.`,
        { cause: error },
      );
    }
    if (code === 'ENOENT') throw new PostgresFailure('BINARY_MISSING', 'The launcher of PostgreSQL needs /bin/sh.', { cause: error });
    throw error;
  }
}
