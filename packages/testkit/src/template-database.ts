import { createHash, randomBytes } from 'node:crypto';
import { migrate, type MigrationClass } from '@casebridge/platform';
import { Client } from 'pg';
import { clusterUrl } from './cluster';

export interface TestDatabase {
  /** As the unprivileged role that a service runs as. */
  readonly url: string;
  /** As the owner of the schema, for what a service may not do. */
  readonly ownerUrl: string;
  drop(): Promise<void>;
}

export interface TemplateOptions {
  readonly name: string;
  readonly migrations: readonly MigrationClass[];
  readonly appendOnly?: readonly string[];
}

const PASSWORD = 'test-only'; // the cluster lives on loopback for the length of a test run
const TEMPLATE_LOCK = 0x7465_6d70;

async function withAdmin<T>(work: (admin: Client) => Promise<T>): Promise<T> {
  const admin = new Client({ connectionString: clusterUrl() });
  await admin.connect();
  try {
    return await work(admin);
  } finally {
    await admin.end();
  }
}

const urlOf = (role: string, database: string): string => {
  const url = new URL(clusterUrl());
  url.username = role;
  url.password = PASSWORD;
  url.pathname = `/${database}`;
  return url.href;
};

const roles = (name: string): { owner: string; runtime: string } => ({ owner: `casebridge_${name}_owner`, runtime: `casebridge_${name}` });

/** A private copy of a migrated database: made from a template, which is made once per run and set of migrations. */
export async function cloneDatabase(options: TemplateOptions): Promise<TestDatabase> {
  const template = await templateOf(options);
  const { owner, runtime } = roles(options.name);
  const database = `${options.name}_${randomBytes(6).toString('hex')}`;
  await withAdmin((admin) => admin.query(`create database ${database} template ${template} owner ${owner}`));
  return {
    url: urlOf(runtime, database),
    ownerUrl: urlOf(owner, database),
    drop: () => withAdmin(async (admin) => void (await admin.query(`drop database if exists ${database} with (force)`))),
  };
}

async function templateOf({ name, migrations, appendOnly = [] }: TemplateOptions): Promise<string> {
  const fingerprint = createHash('sha256').update(migrations.map((m) => m.name + m.prototype.up.toString()).join('\n')).digest('hex').slice(0, 12);
  const template = `tmpl_${name}_${fingerprint}`;
  const { owner, runtime } = roles(name);
  await withAdmin(async (admin) => {
    await admin.query('select pg_advisory_lock($1)', [TEMPLATE_LOCK]);
    const known = await admin.query('select datistemplate from pg_database where datname = $1', [template]);
    if (known.rows[0]?.datistemplate === true) return;
    await admin.query(`drop database if exists ${template} with (force)`);
    for (const role of [owner, runtime]) {
      const exists = await admin.query('select 1 from pg_roles where rolname = $1', [role]);
      if (exists.rowCount === 0) await admin.query(`create role ${role} login nosuperuser nobypassrls password '${PASSWORD}'`);
    }
    await admin.query(`create database ${template} owner ${owner}`);
    await migrate({ ownerUrl: urlOf(owner, template), runtimeRole: runtime, migrations, appendOnly });
    await admin.query(`alter database ${template} with is_template true allow_connections false`);
  });
  return template;
}
