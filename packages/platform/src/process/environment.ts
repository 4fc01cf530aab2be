import { isAbsolute, resolve } from 'node:path';
import { z } from 'zod';
import { logLevels } from './logger';

/** The environment cannot be started with. Names every fault at once and no value: values are secrets. */
export class InvalidEnvironment extends Error {
  constructor(
    /** `NAME: what is wrong`, in the order of the schema. */
    readonly faults: readonly string[],
  ) {
    super(`Invalid environment:\n${faults.map((fault) => `  ${fault}`).join('\n')}`);
    this.name = 'InvalidEnvironment';
  }
}

/**
 * What variables must be together, asked even where some of them are wrong by themselves.
 *
 * @param sound - the values that could be read; what is wrong is missing here
 * @param isSet - whether a variable is given at all, rightly or wrongly
 * @returns `NAME: what is wrong`, nothing where all is well
 */
export type TogetherRule<Values> = (sound: Partial<Values>, isSet: (name: string) => boolean) => readonly string[];

/**
 * Reads the environment once, at the start.
 *
 * A variable that is set to nothing (`PORT=`) counts as not set, as compose files and shells write it.
 *
 * @param schema - an object schema whose keys are the variables; unknown variables are none of its business
 * @param together - not a refinement of the schema: zod would not come to it while a single variable is wrong
 * @throws InvalidEnvironment with all faults
 */
export function parseEnvironment<Schema extends z.ZodType>(
  schema: Schema, env: Readonly<Record<string, string | undefined>>, together: TogetherRule<z.output<Schema>> = () => [],
): z.output<Schema> {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value.trim() !== ''));
  const isSet = (name: string): boolean => given[name] !== undefined;
  const parsed = schema.safeParse(given);
  const faults = [
    ...(parsed.error?.issues ?? []).map((issue) => {
      const name = issue.path.join('.') || 'environment';
      return `${name}: ${issue.code === 'invalid_type' && !isSet(name) ? 'is not set' : issue.message}`;
    }),
    ...together(parsed.success ? (parsed.data as Partial<z.output<Schema>>) : (soundPart(schema, given) as Partial<z.output<Schema>>), isSet),
  ];
  if (!parsed.success || faults.length > 0) throw new InvalidEnvironment(faults);
  return parsed.data;
}

/** What can be read of an environment with faults, variable by variable. */
function soundPart(schema: z.core.$ZodType, given: Readonly<Record<string, unknown>>): Record<string, unknown> {
  if (schema instanceof z.ZodIntersection) return { ...soundPart(schema.def.left, given), ...soundPart(schema.def.right, given) };
  if (!(schema instanceof z.ZodObject)) return {};
  return Object.fromEntries(Object.entries(schema.shape).flatMap(([name, type]) => {
    const parsed = z.safeParse(type, given[name]);
    return parsed.success && parsed.data !== undefined ? [[name, parsed.data]] : [];
  }));
}

const numeric = (least: number, most: number, what: string) =>
  z
    .string()
    .regex(/^\d{1,15}$/, `must be ${what}`)
    .transform(Number)
    .refine((n) => n >= least && n <= most, `must be ${what}`);

/** A TCP port; 0 takes any free one. */
export const port = numeric(0, 65_535, 'a port from 0 to 65535');

/** A whole number from `least` to `most`. */
export const wholeNumber = (least: number, most: number) => numeric(least, most, `a whole number from ${least} to ${most}`);

/** A share from 0 to 1, e.g. `0.25`. */
export const share = z
  .string()
  .regex(/^(0(\.\d{1,6})?|1(\.0{1,6})?)$/, 'must be a share from 0 to 1')
  .transform(Number);

/** Where the process keeps its data: an absolute path, made of whatever was given. */
export const dataDir = z
  .string()
  .refine((path) => !path.includes('\0'), 'must be a path')
  .transform((path) => (isAbsolute(path) ? path : resolve(path)));

/** A path of a file, made absolute. */
export const filePath = dataDir.describe('file');

/** `postgres://role:password@host:port/database`; the database must be named. */
export const databaseUrl = z.string().refine(isDatabaseUrl, 'must be a URL such as postgres://role:password@host:5432/database');

/** Where a database is, for people: `host:port/name`, without role and password. */
export function databaseAt(url: string): string {
  const { hostname, port: given, pathname } = new URL(url);
  return `${hostname}:${given || '5432'}${decodeURIComponent(pathname)}`;
}

/** An address of another process over HTTP, without a slash at its end. */
export const httpUrl = z
  .string()
  .refine((text) => ['http:', 'https:'].includes(protocolOf(text) ?? ''), 'must be an http or https URL')
  .transform((text) => text.replace(/\/+$/, ''));

const yes = ['1', 'true', 'yes', 'on'];
const no = ['0', 'false', 'no', 'off'];

/** A switch; anything but a clear yes or no is a fault, because a misspelt switch must not mean "off". */
export const booleanFlag = z
  .string()
  .transform((text) => text.trim().toLowerCase())
  .refine((text) => yes.includes(text) || no.includes(text), 'must be 1 or 0 (true or false, yes or no, on or off)')
  .transform((text) => yes.includes(text));

/** Names separated by commas; empty ones are left out. */
export const commaSeparated = z.string().transform((text) => text.split(',').map((part) => part.trim()).filter((part) => part !== ''));

export const nodeEnv = z.enum(['development', 'test', 'production'], 'must be development, test or production');

export const logLevel = z.enum(logLevels, `must be one of ${logLevels.join(', ')}`);

function protocolOf(text: string): string | undefined {
  try {
    return new URL(text).protocol;
  } catch {
    return undefined;
  }
}

function isDatabaseUrl(text: string): boolean {
  if (!['postgres:', 'postgresql:'].includes(protocolOf(text) ?? '')) return false;
  return new URL(text).pathname.length > 1;
}
