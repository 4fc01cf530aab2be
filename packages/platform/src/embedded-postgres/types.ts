export interface StartPostgresOptions {
  /** Folder of this installation: secrets, state, log and (where it can be reached) the cluster. Made when absent. */
  readonly dataDir: string;
  /** Preferred TCP port; another free one is taken and published when it is busy. Default: the port of the last run. */
  readonly port?: number;
  /** `throwaway` switches every kind of syncing off and makes small files: for tests, loses data with the power. */
  readonly durability?: 'full' | 'throwaway';
  /** Password of the role `postgres`. Default: the secret `postgres-superuser` of the data folder, made on the first run. */
  readonly superPassword?: string;
  /** Receives one line per thing worth knowing; never a password. */
  readonly log?: (line: string) => void;
  /** Called once when a process of PostgreSQL itself is at work (initdb or the server) and there is little left to do here but to wait for it; not when the start fails before. */
  readonly onLaunch?: () => void;
  /** Folder with `postgres` and `initdb` of another PostgreSQL ≥ 15 (PG_BIN_DIR) instead of the npm binaries. */
  readonly binDir?: string;
  /** Milliseconds that the server may take to become ready; while it tells how far recovery after a crash has come, it may take longer. Default 300 000. */
  readonly startPatienceMs?: number;
  /** Further server settings, e.g. `{ wal_level: 'logical' }`; they win over the launcher's own. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Where root keeps what the unprivileged database user cannot reach elsewhere. Default `/var/lib/casebridge`. */
  readonly systemDir?: string;
}

/** What is known of a PostgreSQL that ended without being asked to. */
export interface PostgresExit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** One sentence with the last log lines. */
  readonly message: string;
  /** The last lines of the server log, oldest first. */
  readonly lastLines: readonly string[];
}

export interface RunningPostgres {
  readonly host: '127.0.0.1';
  readonly port: number;
  /** Process id of the postmaster. */
  readonly pid: number;
  /** The data folder as an absolute path without symbolic links. */
  readonly dataDir: string;
  /** The cluster itself (PGDATA); outside `dataDir` when the database user cannot reach that. */
  readonly clusterDir: string;
  /** Server version as printed by the binary, e.g. `18.4`. */
  readonly version: string;
  /** A connection URL of the superuser, password included: hand it to `ensureDatabase`, do not print it. */
  superuserUrl(database: string): string;
  /** Fast shutdown (clients are cut, committed work is kept); resolves when every process has ended. Idempotent. */
  stop(): Promise<void>;
  /** Calls back once when PostgreSQL ends without `stop()`; at once when it already has. */
  onExit(callback: (exit: PostgresExit) => void): void;
}

/** A user of this machine to whom root hands PostgreSQL, which refuses to run as root. */
export interface OsUser {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}
