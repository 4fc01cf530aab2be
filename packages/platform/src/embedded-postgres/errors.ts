export type PostgresFailureCode =
  | 'PLATFORM_UNSUPPORTED'
  | 'BINARY_MISSING'
  | 'BINARY_UNUSABLE'
  | 'OS_USER_UNAVAILABLE'
  | 'DATA_DIR_IN_USE'
  | 'DATA_DIR_FORBIDDEN'
  | 'DATA_DIR_INVALID'
  | 'VERSION_MISMATCH'
  | 'PASSWORD_LOST'
  | 'SECRET_UNSAFE'
  | 'LOCALE_MISSING'
  | 'PORT_IN_USE'
  | 'DISK_FULL'
  | 'INIT_FAILED'
  | 'START_FAILED'
  | 'START_TIMEOUT';

/** Why the embedded database cannot be used, in words an operator can act on; never holds a password. */
export class PostgresFailure extends Error {
  override readonly name = 'PostgresFailure';

  constructor(
    readonly code: PostgresFailureCode,
    message: string,
    options?: { cause?: unknown },
  ) {
    super(message, options);
  }
}

/** The `code` of a system or database error, e.g. `ENOENT` or `28P01`; undefined for anything else. */
export function errorCode(error: unknown): string | undefined {
  // Not instanceof: under Jest the errors of node's own modules come from another realm.
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

const FORBIDDEN = new Set(['EACCES', 'EPERM', 'EROFS']);

/**
 * Puts a system error met while preparing a folder into words; other errors are returned as they are.
 *
 * @param doing - what was attempted, with the path, e.g. `create /srv/hub`
 */
export function folderFailure(error: unknown, doing: string): unknown {
  const code = errorCode(error);
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new PostgresFailure('DISK_FULL', `No space left on the disk: cannot ${doing}`, { cause: error });
  }
  if (code !== undefined && FORBIDDEN.has(code)) {
    return new PostgresFailure(
      'DATA_DIR_FORBIDDEN',
      `No permission to ${doing} (${code}). Choose a data folder that this user may write, or change its owner.`,
      { cause: error },
    );
  }
  return error;
}

export type LogFault =
  | 'PORT_IN_USE'
  | 'STILL_LOCKED'
  | 'DISK_FULL'
  | 'NO_PERMISSION'
  | 'VERSION_MISMATCH'
  | 'LIBRARY_MISSING'
  | 'LOCALE_MISSING'
  | 'UNKNOWN';

// PostgreSQL's messages are fixed by lc_messages=C and LC_ALL=C, so they can be matched. Order matters: a port that may
// not be bound also says "Permission denied".
const FAULTS: readonly (readonly [RegExp, LogFault])[] = [
  [/could not bind .*: (Address already in use|Permission denied)/, 'PORT_IN_USE'],
  [/lock file ".*" already exists|pre-existing shared memory block/, 'STILL_LOCKED'],
  [/No space left on device|Disk quota exceeded/, 'DISK_FULL'],
  [/not compatible with this version|incompatible with server/, 'VERSION_MISMATCH'],
  [/error while loading shared libraries|Library not loaded|version `GLIBC_/, 'LIBRARY_MISSING'],
  [/invalid locale (name|settings)/, 'LOCALE_MISSING'],
  [/Permission denied|Operation not permitted/, 'NO_PERMISSION'],
];

/** The best known reason in what PostgreSQL or initdb wrote before it ended. */
export function classifyLog(text: string): LogFault {
  return FAULTS.find(([pattern]) => pattern.test(text))?.[1] ?? 'UNKNOWN';
}

/** The last lines of a log, indented, to be put under a message; empty when there are none. */
export function quoteTail(lines: readonly string[]): string {
  return lines.length === 0 ? '' : `\nIts last words:\n${lines.map((line) => `  ${line}`).join('\n')}`;
}

const ADVICE: Partial<Record<LogFault, { code: PostgresFailureCode; text: string }>> = {
  DISK_FULL: { code: 'DISK_FULL', text: 'The disk of the data folder is full; free some space and start again.' },
  NO_PERMISSION: { code: 'DATA_DIR_FORBIDDEN', text: 'A file of the data folder may not be used by the database user.' },
  VERSION_MISMATCH: { code: 'VERSION_MISMATCH', text: 'The data folder was made by another PostgreSQL version.' },
  STILL_LOCKED: { code: 'DATA_DIR_IN_USE', text: 'Another PostgreSQL still holds the data folder.' },
  LIBRARY_MISSING: { code: 'BINARY_UNUSABLE', text: 'A shared library that PostgreSQL needs cannot be loaded.' },
  LOCALE_MISSING: { code: 'LOCALE_MISSING', text: 'The operating system has no locale C.UTF-8 (package libc-bin or glibc-langpack).' },
};

/** Where the reason is not among the known ones, what it said itself has to do. */
const OTHERWISE: Partial<Record<PostgresFailureCode, string>> = {
  INIT_FAILED: 'Nothing half made was left there: put right what its last words name, and start again.',
  START_FAILED: 'Put right what its last words name, and start again; the data was not touched.',
};

/** The failure for what initdb or PostgreSQL wrote, with advice on what to do. */
export function failureFromLog(what: string, lines: readonly string[], fallback: PostgresFailureCode): PostgresFailure {
  const advice = ADVICE[classifyLog(lines.join('\n'))];
  const told = lines.length > 0 ? (advice?.text ?? OTHERWISE[fallback]) : 'It ended without a word; the log of the system may tell why.';
  return new PostgresFailure(advice?.code ?? fallback, `${what}${told ? ` ${told}` : ''}${quoteTail(lines)}`);
}
