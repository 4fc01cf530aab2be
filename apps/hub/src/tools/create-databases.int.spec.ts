import { startTestCluster, type TestCluster } from '@casebridge/testkit';
import { Client } from 'pg';
import { databaseNames } from '../config';
import { composeFile } from './testing/compose-file';
import { createDatabases } from './testing/create-databases';

/** A cluster of its own: the script makes roles, and roles belong to the whole cluster. */
describe('deploy/create-databases.sh', () => {
  const passwords = { POSTGRES_PASSWORD: 'superSecret1', OWNER_PASSWORD: "owner'Secret2", RUNTIME_PASSWORD: 'runtimeSecret3' };
  const compose = composeFile(passwords);
  const urls = [...new Set(Object.values(compose.services).flatMap(({ environment }) =>
    Object.entries(environment).filter(([key]) => key.startsWith('DATABASE_')).map(([, value]) => value)))];
  let cluster: TestCluster;
  beforeAll(async () => {
    cluster = await startTestCluster();
    expect(createDatabases(cluster.superuserUrl, passwords)).toEqual({ status: 0, stderr: '' });
  });
  afterAll(() => cluster.stop());

  const connected = async (text: string, database?: string): Promise<Client> => {
    const url = new URL(text.replace('@postgres:5432/', `@${new URL(cluster.superuserUrl).host}/`));
    if (database !== undefined) url.pathname = `/${database}`;
    const client = new Client({ connectionString: url.href });
    client.on('error', () => undefined);
    await client.connect();
    return client;
  };

  it('makes what the compose file names: five owners, five runtime roles', () => {
    expect(urls.map((url) => new URL(url).username).sort()).toEqual(databaseNames.flatMap((name) => [`casebridge_${name}`, `casebridge_${name}_owner`]).sort());
  });

  it.each(urls.map((url) => [new URL(url).username, url]))('lets %s into its own database and no other, without powers', async (role, url) => {
    const client = await connected(url);
    const { rows } = await client.query('select rolsuper or rolcreatedb or rolcreaterole or rolbypassrls or rolreplication as powerful from pg_roles where rolname = current_user');
    expect(rows).toEqual([{ powerful: false }]);
    if (role.endsWith('_owner')) await client.query('create table tried (id int)');
    else await expect(client.query('create table tried (id int)')).rejects.toThrow('permission denied for schema public');
    await client.end();
    for (const other of databaseNames.filter((name) => name !== new URL(url).pathname.slice(1))) {
      await expect(connected(url, other)).rejects.toThrow('permission denied for database');
    }
    await expect(connected(url.replace('Secret', 'Other'))).rejects.toThrow('password authentication failed');
  });

  it('stops at the first thing that goes wrong', () => {
    const again = createDatabases(cluster.superuserUrl, passwords);
    expect(again.status).not.toBe(0);
    expect(again.stderr).toContain('already exists');
  });
});
