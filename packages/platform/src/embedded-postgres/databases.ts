import { Client, escapeIdentifier, escapeLiteral } from 'pg';
import { PostgresFailure, errorCode } from './errors';
import { matchesVerifier, scramVerifier } from './scram';

export interface DatabaseRequest {
  readonly database: string;
  /** Owns the database and everything the migrations make. */
  readonly ownerRole: string;
  readonly ownerPassword: string;
  /** What the service runs as: reads and writes rows, owns nothing, so that row security binds it. */
  readonly runtimeRole: string;
  readonly runtimePassword: string;
}

export interface DatabaseUrls {
  /** For migrations only. */
  readonly ownerUrl: string;
  readonly runtimeUrl: string;
}

/** PostgreSQL cuts longer names silently, and two would then be one. */
const LONGEST_NAME = 63;

const name = (text: string): string => {
  if (text === '' || text.includes('\0') || Buffer.byteLength(text) > LONGEST_NAME) {
    throw new RangeError(`A database or role name has 1 to ${LONGEST_NAME} bytes: ${JSON.stringify(text)}`);
  }
  return escapeIdentifier(text);
};

function withUrl(superUrl: string, database: string, role?: { name: string; password: string }): string {
  const url = new URL(superUrl);
  url.pathname = `/${encodeURIComponent(database)}`;
  if (role) {
    url.username = encodeURIComponent(role.name);
    url.password = encodeURIComponent(role.password);
  }
  return url.toString();
}

async function connected<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url, application_name: 'casebridge-setup' });
  client.on('error', () => undefined); // the query under way is rejected with it
  try {
    await client.connect();
    return await work(client);
  } catch (error) {
    if (errorCode(error) === '28P01') {
      throw new PostgresFailure('PASSWORD_LOST', 'The superuser password of the data folder does not fit its database: secrets and database come from different copies.', { cause: error });
    }
    throw error;
  } finally {
    await client.end();
  }
}

interface RoleRow {
  readonly plain: boolean;
  readonly verifier: string | null;
}

/** Of a row of `pg_authid`: the role may log in, and nothing else. */
const isPlain = (role: string): string =>
  `${role}.rolcanlogin and not (${['super', 'bypassrls', 'createdb', 'createrole', 'replication'].map((right) => `${role}.rol${right}`).join(' or ')})`;

/** Both roles are plain with these passwords, and the database is the owner's and closed to everybody else: nothing is to be done, and nobody to wait for. */
async function isInPlace(client: Client, { database, ownerRole, ownerPassword, runtimeRole, runtimePassword }: DatabaseRequest): Promise<boolean> {
  const { rows: [found] } = await client.query<{ owner: string; runtime: string }>(
    `select o.rolpassword as owner, r.rolpassword as runtime
     from pg_database d join pg_authid o on o.rolname = $2 and o.oid = d.datdba join pg_authid r on r.rolname = $3
     where d.datname = $1::name and ${isPlain('o')} and ${isPlain('r')}
       and not has_database_privilege('public', d.oid, 'connect, create, temporary')
       and has_database_privilege(o.oid, d.oid, 'connect') and has_database_privilege(r.oid, d.oid, 'connect')`,
    [database, ownerRole, runtimeRole],
  );
  if (!found) return false;
  const same = await Promise.all([matchesVerifier(ownerPassword, found.owner), matchesVerifier(runtimePassword, found.runtime)]);
  return same.every(Boolean);
}

/** A role that may log in and nothing else; an existing one with more rights or another password is put right. */
async function ensureRole(client: Client, role: string, password: string): Promise<void> {
  const { rows } = await client.query<RoleRow>(`select ${isPlain('r')} as plain, rolpassword as verifier from pg_authid r where rolname = $1`, [role]);
  const [found] = rows;
  if (found?.plain && (await matchesVerifier(password, found.verifier))) return;
  const verb = found ? 'alter' : 'create';
  await client.query(
    `${verb} role ${name(role)} with login nosuperuser nobypassrls nocreatedb nocreaterole noreplication password ${escapeLiteral(await scramVerifier(password))}`,
  );
}

async function ensureOwnedDatabase(client: Client, { database, ownerRole, runtimeRole }: DatabaseRequest): Promise<void> {
  const { rows } = await client.query<{ owner: string }>('select pg_get_userbyid(datdba) as owner from pg_database where datname = $1', [database]);
  if (rows[0] === undefined) await client.query(`create database ${name(database)} owner ${name(ownerRole)}`);
  else if (rows[0].owner !== ownerRole) await client.query(`alter database ${name(database)} owner to ${name(ownerRole)}`);
  await client.query(`revoke all on database ${name(database)} from public`);
  await client.query(`grant connect on database ${name(database)} to ${name(ownerRole)}, ${name(runtimeRole)}`);
}

/** One transaction, so that a service never meets a half prepared schema. */
function schemaStatements(ownerRole: string, runtimeRole: string): string {
  const [owner, runtime] = [name(ownerRole), name(runtimeRole)];
  const byDefault = `alter default privileges for role ${owner} grant`;
  return [
    'begin',
    `alter schema public owner to ${owner}`,
    'revoke all on schema public from public',
    `grant usage on schema public to ${runtime}`,
    `${byDefault} usage on schemas to ${runtime}`,
    `${byDefault} select, insert, update, delete on tables to ${runtime}`,
    `${byDefault} usage on sequences to ${runtime}`,
    'commit',
  ].join(';\n');
}

/**
 * Makes a database with its two unprivileged roles, or puts an existing one right. Idempotent; concurrent calls wait for
 * each other.
 *
 * Nobody else may connect to it. What the owner creates later, the runtime role may read and write; a migration may take
 * rights back from single tables (an append-only log).
 *
 * @param superUrl - URL of a superuser; its database is used only to start from
 * @returns the URLs of both roles, passwords included
 * @throws PostgresFailure PASSWORD_LOST when the superuser's password is refused
 * @throws RangeError for a name longer than 63 bytes or a password that is not printable ASCII
 */
export async function ensureDatabase(superUrl: string, request: DatabaseRequest): Promise<DatabaseUrls> {
  const { database, ownerRole, ownerPassword, runtimeRole, runtimePassword } = request;
  if (ownerRole === runtimeRole) throw new RangeError('Owner and runtime role must differ: an owner is above its own row security');
  await connected(superUrl, async (client) => {
    if (await isInPlace(client, request)) return;
    await client.query(`select pg_advisory_lock(hashtextextended('casebridge.ensure-database', 0))`); // until the connection ends
    await ensureRole(client, ownerRole, ownerPassword);
    await ensureRole(client, runtimeRole, runtimePassword);
    await ensureOwnedDatabase(client, request);
  });
  await connected(withUrl(superUrl, database), (inside) => inside.query(schemaStatements(ownerRole, runtimeRole)));
  return {
    ownerUrl: withUrl(superUrl, database, { name: ownerRole, password: ownerPassword }),
    runtimeUrl: withUrl(superUrl, database, { name: runtimeRole, password: runtimePassword }),
  };
}
