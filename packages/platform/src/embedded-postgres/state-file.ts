import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { replaceFile } from './atomic-write';
import { PostgresFailure, folderFailure, errorCode } from './errors';

/** What the launcher publishes in `postgres.json` of the data folder; tools find the port here. */
export interface PostgresState {
  readonly clusterDir: string;
  /** The cluster is not inside the data folder. */
  readonly relocated: boolean;
  readonly host: '127.0.0.1';
  /** Port of the running server, or of the last run. */
  readonly port: number;
  /** Postmaster, null when it was stopped in order. */
  readonly pid: number | null;
  readonly version: string;
}

const statePath = (dataDir: string): string => join(dataDir, 'postgres.json');

function isState(value: unknown): value is PostgresState {
  if (typeof value !== 'object' || value === null) return false;
  const { clusterDir, relocated, port, pid } = value as Record<string, unknown>;
  return typeof clusterDir === 'string' && typeof relocated === 'boolean' && Number.isInteger(port) && (pid === null || Number.isInteger(pid));
}

/**
 * The published state of the data folder.
 *
 * @returns null when PostgreSQL was never started there
 * @throws PostgresFailure DATA_DIR_INVALID when the file is damaged
 */
export async function readPostgresState(dataDir: string): Promise<PostgresState | null> {
  const path = statePath(dataDir);
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw folderFailure(error, `read ${path}`);
  }
  const invalid = new PostgresFailure('DATA_DIR_INVALID', `${path} is damaged. If ${join(dataDir, 'pgdata')} exists, remove only that file and start again.`);
  let state: unknown;
  try {
    state = JSON.parse(text);
  } catch {
    throw invalid;
  }
  if (!isState(state)) throw invalid;
  return state;
}

/** Publishes the state; atomic, mode 0600. */
export async function writePostgresState(dataDir: string, state: PostgresState): Promise<void> {
  try {
    await replaceFile(statePath(dataDir), `${JSON.stringify(state, null, 2)}\n`);
  } catch (error) {
    throw folderFailure(error, `write ${statePath(dataDir)}`);
  }
}

/** Forgets a cluster that was removed. */
export async function removePostgresState(dataDir: string): Promise<void> {
  await rm(statePath(dataDir), { force: true });
}
