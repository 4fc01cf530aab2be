import { classifyLog, folderFailure } from './errors';
import { parsePasswd } from './os-user';
import { isPostmasterOf } from './process-table';
import { matchesVerifier, scramVerifier } from './scram';
import { serverSettings } from './server';

it.each([
  ['LOG:  could not bind IPv4 address "127.0.0.1": Address already in use', 'PORT_IN_USE'],
  ['LOG:  could not bind IPv4 address "127.0.0.1": Permission denied', 'PORT_IN_USE'],
  ['FATAL:  lock file "postmaster.pid" already exists', 'STILL_LOCKED'],
  ['FATAL:  pre-existing shared memory block (key 1, ID 2) is still in use', 'STILL_LOCKED'],
  ['FATAL:  could not write to file "pg_wal/xlogtemp.1": No space left on device', 'DISK_FULL'],
  ['postgres: error while loading shared libraries: libicui18n.so.60: cannot open', 'LIBRARY_MISSING'],
  ['initdb: error: invalid locale name "C.UTF-8"', 'LOCALE_MISSING'],
  ['FATAL:  could not open file "global/pg_control": Permission denied', 'NO_PERMISSION'],
  ['FATAL:  something else', 'UNKNOWN'],
])('knows the reason in %j', (line, fault) => {
  expect(classifyLog(`LOG:  starting\n${line}`)).toBe(fault);
});

it('words system errors of folders and leaves others as they are', () => {
  const full = Object.assign(new Error('x'), { code: 'ENOSPC' });
  const other = new Error('x');
  expect(folderFailure(full, 'write /a')).toMatchObject({ code: 'DISK_FULL', message: expect.stringContaining('write /a') });
  expect(folderFailure(other, 'write /a')).toBe(other);
});

it('reads users, and no user from a damaged line', () => {
  expect(parsePasswd('nobody:x:65534:65533:n:/:/bin/false\nbroken\n')).toEqual([{ name: 'nobody', uid: 65534, gid: 65533 }]);
});

it('takes only the postmaster of this very cluster for it', () => {
  const postmaster = { identity: null, argv: ['/x/bin/postgres', '-D', '/data/pgdata'], cwd: '/data/pgdata', session: '1' };
  expect(isPostmasterOf(postmaster, '/data/pgdata')).toBe(true);
  expect(isPostmasterOf({ ...postmaster, cwd: '/other/pgdata' }, '/data/pgdata')).toBe(false);
  expect(isPostmasterOf({ ...postmaster, cwd: null }, '/data/pgdata')).toBe(true);
  expect(isPostmasterOf({ ...postmaster, argv: ['/bin/sleep', '60'] }, '/data/pgdata')).toBe(false);
});

it('never writes statements or row values to the log, and syncs unless the data is thrown away', () => {
  expect(serverSettings(false, {})).toMatchObject({ log_min_error_statement: 'panic', log_error_verbosity: 'terse' });
  expect(serverSettings(false, {})).not.toHaveProperty('fsync');
  expect(serverSettings(true, {})).toMatchObject({ fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' });
  expect(serverSettings(false, { wal_level: 'logical', max_connections: '50' })).toMatchObject({ wal_level: 'logical', max_connections: '50' });
});

describe('SCRAM verifiers', () => {
  it('fit their password and no other', async () => {
    const verifier = await scramVerifier('pencil');
    expect(verifier).toMatch(/^SCRAM-SHA-256\$4096:[^$]+\$[^:]+:.+$/);
    expect(await matchesVerifier('pencil', verifier)).toBe(true);
    expect(await matchesVerifier('pencils', verifier)).toBe(false);
    expect(await matchesVerifier('pencil', null)).toBe(false);
    expect(await matchesVerifier('pencil', 'md5abc')).toBe(false);
  });

  it('are the ones PostgreSQL computes (RFC 7677 section 3, password "pencil")', async () => {
    const known = 'SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=';
    expect(await matchesVerifier('pencil', known)).toBe(true);
  });

  it('are refused for a password that would need normalising', async () => {
    await expect(scramVerifier('密码')).rejects.toThrow(RangeError);
  });
});
