import { text } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import { Client } from 'pg';

/*
 * The little of psql that `deploy/create-databases.sh` asks for, so that the script itself can be run where no client of PostgreSQL is
 * installed: variables (:"name", :'text'), statements from stdin one by one, an end at the first error. It connects to SANDBOX_CLUSTER.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { variable: { type: 'string', short: 'v', multiple: true, default: [] }, username: { type: 'string' }, dbname: { type: 'string' } },
  });
  const variables = new Map(values.variable.map((given) => [given.slice(0, given.indexOf('=')), given.slice(given.indexOf('=') + 1)]));
  if (variables.get('ON_ERROR_STOP') !== '1') throw new Error('the script would go on after an error');
  const value = (name: string): string => {
    const found = variables.get(name);
    if (found === undefined) throw new Error(`no variable ${name}`);
    return found;
  };
  const url = new URL(process.env['SANDBOX_CLUSTER'] ?? '');
  if (values.username !== decodeURIComponent(url.username)) throw new Error(`role "${values.username}" is not the superuser`);
  url.pathname = `/${values.dbname}`;
  const client = new Client({ connectionString: url.href });
  await client.connect();
  try {
    const sql = (await text(process.stdin))
      .replace(/:"(\w+)"/g, (_, name: string) => `"${value(name).replaceAll('"', '""')}"`)
      .replace(/:'(\w+)'/g, (_, name: string) => `'${value(name).replaceAll("'", "''")}'`);
    for (const statement of sql.split(/;\s*(?:\n|$)/)) if (statement.trim() !== '') await client.query(statement);
  } finally {
    await client.end();
  }
}

main().catch((cause: unknown) => {
  process.stderr.write(`psql: ${cause instanceof Error ? cause.message : 'failed'}\n`);
  process.exit(3);
});
