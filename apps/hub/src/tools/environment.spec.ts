import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { databaseNames } from '../config';

const home = resolve(__dirname, '../../../..');
const read = (file: string): string => readFileSync(resolve(home, file), 'utf8');

describe('.env.example', () => {
  const parsed = new Set([
    ...['apps/hub/src/config.ts', 'gateway/src/config.ts', 'packages/platform/src/service/run-service.ts'].flatMap((file) =>
      [...read(file).matchAll(/^ {2,4}([A-Z][A-Z_]+): /gm)].map(([, name]) => name as string)),
    ...databaseNames.flatMap((name) => [`DATABASE_URL_${name.toUpperCase()}`, `DATABASE_OWNER_URL_${name.toUpperCase()}`]),
  ]);
  const shown = new Set([...read('.env.example').matchAll(/^([A-Z][A-Z_]+)=/gm)].map(([, name]) => name as string));

  it('shows every variable that is read, and no other', () => {
    expect([...shown].sort()).toEqual([...parsed].sort());
  });
});
