import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';

export const home = resolve(__dirname, '../../../../..');
export const readFromHome = (file: string): string => readFileSync(resolve(home, file), 'utf8');

const scalar = z.union([z.string(), z.number()]).transform(String);
const service = z.strictObject({
  image: z.string(),
  build: z.string().optional(),
  user: z.string().optional(),
  restart: z.string(),
  init: z.boolean().optional(),
  stop_grace_period: z.string(),
  security_opt: z.array(z.string()),
  cap_drop: z.array(z.string()).optional(),
  command: z.array(z.string()).optional(),
  environment: z.record(z.string(), scalar),
  volumes: z.array(z.string()),
  ports: z.array(z.string()).optional(),
  depends_on: z.record(z.string(), z.strictObject({ condition: z.literal('service_healthy') })).optional(),
  healthcheck: z.strictObject({ test: z.array(z.string()), interval: z.string(), timeout: z.string(), retries: z.number(), start_period: z.string().optional() }),
});
const file = z.strictObject({
  name: z.string(), 'x-hub': z.unknown(), 'x-common': z.unknown(), services: z.record(z.string(), service), volumes: z.record(z.string(), z.null()),
});

export type ComposeService = z.output<typeof service>;
export type ComposeFile = z.output<typeof file>;

export const composeText = (): string => readFromHome('docker-compose.yml');

/** What `${NAME:-default}` and `${NAME:?message}` stand for; a plain `${NAME}` is none of the file's. */
export const interpolations = /\$\{([A-Z_]+)(?::([-?])([^}]*))?\}/g;

/** The compose file as compose reads it: anchors merged, then variables put into the texts. */
export function composeFile(variables: Readonly<Record<string, string>>): ComposeFile {
  const filled = (text: string): string => text.replace(interpolations, (_, name: string, kind: string | undefined, rest: string) => {
    const value = variables[name];
    if (value !== undefined && value !== '') return value;
    if (kind === '-') return rest;
    throw new Error(`${name} is not set`);
  });
  return file.parse(parse(composeText(), (_, value: unknown) => (typeof value === 'string' ? filled(value) : value), { merge: true }));
}

/** What a `.env` file sets. */
export function parseDotEnv(text: string): Record<string, string> {
  return Object.fromEntries([...text.matchAll(/^([A-Z][A-Z_]*)=(.*)$/gm)].map(([, name, value]) => [name as string, (value as string).trim()]));
}
