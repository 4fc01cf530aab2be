import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { serviceNames } from '@casebridge/contracts';
import { databaseNames } from '../config';
import { composeText, home, interpolations, parseDotEnv, readFromHome } from './testing/compose-file';

type Readers = Readonly<Record<string, string>>;

/** The variables of a process with their defaults, as its zod schema has them. */
function schemaOf(source: string): Map<string, string> {
  return new Map([...readFromHome(source).matchAll(/^ {2,4}([A-Z][A-Z_]+): (.+),$/gm)].map(([, name, rule]) => {
    const literal = /\.default\((?:'([^']*)'|([\d_]+)|(true|false))\)$/.exec(rule as string);
    const open = /\.(?:default\(.*\)|optional\(\))$/.test(rule as string);
    return [name as string, literal ? (literal[1] ?? literal[3] ?? (literal[2] as string).replaceAll('_', '')) : open ? 'none' : 'required'];
  }));
}

function readers(): Map<string, Readers> {
  const all = new Map<string, Record<string, string>>();
  const add = (who: string, variables: Iterable<readonly [string, string]>): void => {
    for (const [name, value] of variables) all.set(name, { ...all.get(name), [who]: value });
  };
  add('hub', schemaOf('apps/hub/src/config.ts'));
  add('gateway', schemaOf('gateway/src/config.ts'));
  for (const who of ['hub', 'gateway']) add(who, schemaOf('gateway/src/settings.ts'));
  add('services', schemaOf('packages/platform/src/service/run-service.ts'));
  add('hub', databaseNames.flatMap((name) => ['', 'OWNER_'].map((kind) => [`DATABASE_${kind}URL_${name.toUpperCase()}`, 'none'] as const)));
  add('services', serviceNames.flatMap((name) => [[`DATABASE_URL_${name.toUpperCase()}`, 'required'], [`DATABASE_OWNER_URL_${name.toUpperCase()}`, 'none']] as const));
  add('compose', [...composeText().matchAll(interpolations)].map(([, name, kind, rest]) => [name as string, kind === '?' ? 'required' : rest || 'none'] as const));
  return all;
}

describe('.env.example', () => {
  const text = readFromHome('.env.example');
  const shown = new Map([...text.matchAll(/^# ((?:hub|gateway|services|compose): .+)\n([A-Z][A-Z_]+)=/gm)].map(([, line, name]) => [
    name as string, Object.fromEntries((line as string).split('; ').map((part) => part.split(': ') as [string, string])),
  ]));

  it('shows every variable that is read or put into the compose file, and no other', () => {
    expect(Object.keys(parseDotEnv(text)).sort()).toEqual([...readers().keys()].sort());
  });

  it('says who reads it, and its default there', () => {
    expect(Object.fromEntries(shown)).toEqual(Object.fromEntries(readers()));
  });

  it('has no remark behind a value, which readers of such files take for a part of it, and no secret', () => {
    for (const [name, value] of Object.entries(parseDotEnv(text))) {
      expect([name, value]).toEqual([name, expect.stringMatching(/^[A-Za-z0-9.:/-]*$/)]);
      if (/PASSWORD|URL/.test(name)) expect([name, value]).toEqual([name, '']);
    }
  });
});

describe('the environment of the hub', () => {
  const folder = resolve(home, 'apps/hub/src');
  const uses = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.spec.ts') && !name.includes('testing/'))
    .flatMap((name) => readFromHome(`apps/hub/src/${name}`).split('\n').filter((line) => line.includes('process.env')).map((line) => `${name}: ${line.trim()}`));

  it('is read by the entries, once each, through the parsers', () => {
    expect(uses.sort()).toEqual([
      'agencies-cli.ts: const config = parseRegistryConfig(process.env);', 'main.ts: const config = parseHubConfig(process.env);',
      "regions-cli.ts: const config = parseRegistryConfig(process.env, 'inspection');", 'seed-cli.ts: const config = parseHubConfig(process.env);', 'token.ts: const config = parseHubConfig(process.env);',
    ]);
  });
});
