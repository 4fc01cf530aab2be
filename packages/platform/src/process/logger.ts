import { types } from 'node:util';
import { uuidv7, type Clock } from '@casebridge/kernel';
import pino from 'pino';
import { scrub } from './scrub';

export const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

/** One line: what happened, and with which codes, ids and counts. Values of records, variables and tokens are not for the log. */
export interface LogLine {
  (fields: object, message: string): void;
  (message: string): void;
}

export interface Logger {
  readonly debug: LogLine;
  readonly info: LogLine;
  readonly warn: LogLine;
  readonly error: LogLine;
  /** A logger that adds these fields to each of its lines. */
  child(fields: object): Logger;
}

export interface LoggerOptions {
  /** Name of the process or service. */
  readonly name: string;
  /** Default `info`. */
  readonly level?: LogLevel;
  /** Default stderr: stdout belongs to the one line that says `ready`, and to what a command prints. */
  readonly to?: 'stdout' | 'stderr' | { write(line: string): void };
  readonly clock: Clock;
}

const redacted = '[redacted]';
/** Names of fields whose values never reach the log, whatever the case and the separators in them. */
const secretName = /authorization|cookie|token(?!id$)|secret|password|passwd|credential|privatekey|jwks?$|^d$|variables|parameters|^body$|^input$|query(?!hash$)|^detail$|connectionstring|databaseurl/;
const maxDepth = 5;
const maxItems = 50;

/** JSON lines, each value scrubbed; see `scrub`. */
export function createLogger({ name, level = 'info', to = 'stderr', clock }: LoggerOptions): Logger {
  const destination = typeof to === 'object' ? to : pino.destination({ fd: to === 'stdout' ? 1 : 2, sync: true }); // sync: the last words of a process arrive
  const root = pino(
    {
      level,
      base: { name },
      timestamp: () => `,"time":"${clock.now().toISOString()}"`,
      serializers: { err: (fields: unknown) => fields }, // errors too go through `clean`, and through nothing else
      formatters: {
        level: (label) => ({ level: label }),
        log: (fields) => cleanFields(fields),
      },
    },
    destination,
  );
  return wrap(root);
}

/** For tests and tools that have nothing to say. */
export const silentLogger: Logger = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined, child: () => silentLogger };

function wrap(logger: pino.Logger): Logger {
  const line = (level: 'debug' | 'info' | 'warn' | 'error'): LogLine => (first: object | string, message?: string): void => {
    if (!logger.isLevelEnabled(level)) return;
    if (typeof first === 'string') logger[level](scrub(first));
    // An error given as the fields goes under its name, or pino would write its message past the scrubbing.
    else logger[level](isError(first) ? { err: first } : first, scrub(message ?? ''));
  };
  return {
    debug: line('debug'),
    info: line('info'),
    warn: line('warn'),
    error: line('error'),
    child: (fields) => wrap(logger.child(cleanFields(fields))), // pino has no formatter for these
  };
}

const cleanFields = (fields: object): Record<string, unknown> => {
  const cleaned = clean(fields, 0, new Set());
  return typeof cleaned === 'object' && cleaned !== null ? { ...cleaned } : { value: cleaned };
};

function clean(value: unknown, depth: number, above: ReadonlySet<object>): unknown {
  switch (typeof value) {
    case 'string':
      return scrub(value);
    case 'bigint':
    case 'symbol':
      return scrub(String(value));
    case 'function':
      return '[function]';
    case 'object':
      return value === null ? null : cleanObject(value, depth, above);
    default:
      return value;
  }
}

function cleanObject(value: object, depth: number, above: ReadonlySet<object>): unknown {
  if (isError(value)) return errorFields(value);
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString();
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
  if (above.has(value)) return '[circular]';
  if (depth >= maxDepth) return '[…]';
  const path = new Set(above).add(value);
  if (Array.isArray(value)) {
    const items = value.slice(0, maxItems).map((item) => clean(item, depth + 1, path));
    return value.length > maxItems ? [...items, `[${value.length - maxItems} more]`] : items;
  }
  const entries = value instanceof Map || value instanceof Set ? [['size', value.size] as const] : Object.entries(value);
  return Object.fromEntries(
    entries.slice(0, maxItems).map(([key, item]) => [
      scrub(key),
      secretName.test(key.toLowerCase().replaceAll(/[_-]/g, '')) ? redacted : clean(item, depth + 1, path),
    ]),
  );
}

/** Also an error of another realm, which is no instance of this one's `Error`. */
export const isError = (value: unknown): value is Error => value instanceof Error || types.isNativeError(value);

/**
 * What is logged of an error: its class, its code and where it came from. The words of a database error quote the values of
 * the row (`Key (name)=(…) already exists`), so of those only the names of what was broken remain.
 */
export function errorFields(error: Error, depth = 0): Record<string, unknown> {
  const facts = error as Partial<Record<'code' | 'severity' | 'constraint' | 'table' | 'column' | 'driverError' | 'errors', unknown>>;
  const fromDatabase = facts.severity !== undefined || facts.driverError !== undefined;
  const frames = (error.stack ?? '').split('\n').filter((frame) => /^\s+at /.test(frame)).slice(0, 20);
  return {
    type: scrub(error.name || error.constructor.name),
    ...Object.fromEntries(
      (['code', 'constraint', 'table', 'column'] as const)
        .filter((name) => typeof facts[name] === 'string' || typeof facts[name] === 'number')
        .map((name) => [name, scrub(String(facts[name]))]),
    ),
    ...(fromDatabase ? {} : { message: scrub(error.message) }),
    stack: frames.map((frame) => scrub(frame.trim())),
    ...(isError(error.cause) && depth < 3 ? { cause: errorFields(error.cause, depth + 1) } : {}),
    ...(Array.isArray(facts.errors) && depth < 3
      ? { errors: facts.errors.slice(0, 5).map((e: unknown) => (isError(e) ? errorFields(e, depth + 1) : typeof e)) }
      : {}),
  };
}

/**
 * The id under which a request is logged from end to end: the caller's where it is a plain one, else a new one.
 *
 * Plain is 8 to 64 characters of letters, digits, `.`, `_` and `-`: nothing that could forge a line or carry a message.
 */
export const requestId = (offered: string | readonly string[] | undefined, clock: Clock): string =>
  typeof offered === 'string' && /^[A-Za-z0-9._-]{8,64}$/.test(offered) ? offered : uuidv7(clock);
