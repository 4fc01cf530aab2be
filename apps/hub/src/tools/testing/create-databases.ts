import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { home } from './compose-file';

export interface ScriptResult {
  readonly status: number | null;
  readonly stderr: string;
}

/** Runs `deploy/create-databases.sh` on a cluster, as the PostgreSQL image does on an empty one, with a stand-in for its psql. */
export function createDatabases(superuserUrl: string, passwords: { readonly OWNER_PASSWORD: string; readonly RUNTIME_PASSWORD: string }): ScriptResult {
  const bin = mkdtempSync(join(tmpdir(), 'casebridge-psql-'));
  try {
    writeFileSync(join(bin, 'psql'), `#!/bin/sh\nexec '${process.execPath}' '${require.resolve('./psql')}' "$@"\n`);
    chmodSync(join(bin, 'psql'), 0o755);
    const { status, stderr } = spawnSync('sh', [resolve(home, 'deploy/create-databases.sh')], {
      encoding: 'utf8',
      env: { PATH: `${bin}:${process.env['PATH'] ?? ''}`, SANDBOX_CLUSTER: superuserUrl, POSTGRES_USER: decodeURIComponent(new URL(superuserUrl).username), ...passwords },
    });
    return { status, stderr };
  } finally {
    rmSync(bin, { recursive: true, force: true });
  }
}
