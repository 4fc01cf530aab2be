import { resolve } from 'node:path';
import { type ServiceName, serviceNames } from '@casebridge/contracts';
import { isCivilDate } from '@casebridge/kernel';
import {
  booleanFlag, dataDir, databaseUrl, filePath, httpUrl, logLevel, nodeEnv, parseEnvironment, port, share, type TogetherRule, tracingConfig, type TracingConfig, wholeNumber, workerCount,
} from '@casebridge/platform';
import { gatewaySettings, type GatewaySettings, gatewayVariables } from '@casebridge/gateway/dist/settings';
import { z } from 'zod';
import { scales } from './seed/scales';
import { firstPresent, lastPresent } from './seed/world/present';

export type DatabaseName = ServiceName | 'bus';
export const databaseNames: readonly DatabaseName[] = [...serviceNames, 'bus'];

export interface DatabaseAddress {
  readonly ownerUrl: string;
  readonly runtimeUrl: string;
}

export interface HubConfig {
  readonly host: string;
  readonly port: number;
  readonly adminHost: string;
  readonly adminPort: number;
  /** Processes that serve; 1: this one. */
  readonly workers: number;
  /** For entities that the gateway remembers, of each process; 0: none are. */
  readonly entityCacheMb: number;
  /** Of the gateway in it: limits, strict doors, proxies. */
  readonly gateway: GatewaySettings;
  readonly dataDir: string;
  /** Private key with which referrals are signed; else that of the data folder. */
  readonly signingKeyFile: string | null;
  /** By HUB_DATA_DIR; else it is the one of this checkout, which every command finds by itself. */
  readonly dataDirGiven: boolean;
  /** `asked`: by HUB_SEED; else a data folder that has demo data already keeps it. `today`: the day of the demo world, by default the last one that is over. */
  readonly seed: { readonly scale: (typeof scales)[number]; readonly number: number; readonly today: string | null; readonly asked: boolean } | null;
  /** Development issuer and demo data are allowed. */
  readonly development: boolean;
  readonly nodeEnv: string;
  /** Addresses of databases that run elsewhere; null: the embedded PostgreSQL. */
  readonly databases: Readonly<Record<DatabaseName, DatabaseAddress>> | null;
  /** Tries to reach a database at the start, with growing pauses, before the process gives up. */
  readonly databaseAttempts: number;
  readonly postgresPort: number | undefined;
  readonly postgresBinDir: string | undefined;
  readonly logLevel: z.output<typeof logLevel>;
  /** Null: nothing is traced. */
  readonly tracing: TracingConfig | null;
  /** The process above is npm, and what it started must end with it. */
  readonly underNpmStart: boolean;
}

/** The checkout (or the installed image): data lies in it by default, from whatever folder the hub is started. */
const home = resolve(__dirname, '../../..');

const urlNames = databaseNames.map((name) => ({ name, runtime: `DATABASE_URL_${name.toUpperCase()}`, owner: `DATABASE_OWNER_URL_${name.toUpperCase()}` }));

/** A day on which a demo world can stand still. */
export const presentDay = z.string().refine(
  (day) => isCivilDate(day) && day >= firstPresent && day <= lastPresent, `must be a day from ${firstPresent} to ${lastPresent}, as YYYY-MM-DD`);

const environment = z.intersection(
  gatewayVariables.extend({
    NODE_ENV: nodeEnv.default('development'),
    PORT: port.default(4000),
    HUB_HOST: z.string().default('127.0.0.1'),
    HUB_ADMIN_PORT: port.default(4001),
    HUB_ADMIN_HOST: z.string().default('127.0.0.1'),
    HUB_WORKERS: workerCount.default(1),
    HUB_ENTITY_CACHE_MB: wholeNumber(0, 4_096).default(32),
    HUB_DATA_DIR: dataDir.optional(),
    HUB_SIGNING_KEY_FILE: filePath.optional(),
    HUB_SEED: z.enum(['none', ...scales], `must be one of none, ${scales.join(', ')}`).optional(),
    HUB_SEED_NUMBER: wholeNumber(0, 2 ** 31 - 1).default(1),
    HUB_SEED_TODAY: presentDay.optional(),
    HUB_DEV: booleanFlag.default(false),
    HUB_DATABASE_ATTEMPTS: wholeNumber(1, 1_000).default(10),
    HUB_POSTGRES_PORT: port.optional(),
    PG_BIN_DIR: filePath.optional(),
    LOG_LEVEL: logLevel.default('info'),
    OTEL_EXPORTER_OTLP_ENDPOINT: httpUrl.optional(),
    OTEL_TRACES_SAMPLER_ARG: share.default(1),
    npm_lifecycle_event: z.string().optional(),
  }),
  z.object(Object.fromEntries(urlNames.flatMap(({ runtime, owner }) => [[runtime, databaseUrl.optional()], [owner, databaseUrl.optional()]]))),
);

const loopback = new Set(['127.0.0.1', 'localhost', '::1']);

type Environment = z.output<typeof environment>;

const isDevelopment = (e: Pick<Environment, 'NODE_ENV' | 'HUB_DEV' | 'HUB_HOST'>, embedded: boolean): boolean =>
  e.NODE_ENV !== 'production' && (e.HUB_DEV || (embedded && loopback.has(e.HUB_HOST)));

/** A rule whose variables are not all readable says nothing: what is wrong with them is told already. */
const together: TogetherRule<Environment> = ({ NODE_ENV, HUB_DEV, HUB_HOST, HUB_SEED }, isSet) => {
  const faults: string[] = [];
  const missing = urlNames.filter(({ runtime }) => !isSet(runtime));
  const embedded = missing.length === urlNames.length;
  if (!embedded) for (const { runtime } of missing) faults.push(`${runtime}: is not set, though other databases are; give all of them or none`);
  if (NODE_ENV === 'production' && HUB_DEV) faults.push('HUB_DEV: may not be set with NODE_ENV=production');
  if (NODE_ENV === undefined || HUB_DEV === undefined || HUB_HOST === undefined || HUB_SEED === undefined || HUB_SEED === 'none') return faults;
  if (!isDevelopment({ NODE_ENV, HUB_DEV, HUB_HOST }, embedded)) {
    faults.push('HUB_SEED: demo data needs the embedded database bound to loopback, or HUB_DEV=1, and never NODE_ENV=production');
  }
  return faults;
};

/**
 * Reads the environment once.
 *
 * @throws InvalidEnvironment with all faults at once, by name and without values
 */
export function parseHubConfig(env: NodeJS.ProcessEnv): HubConfig {
  const e = parseEnvironment(environment, env, together);
  const urls = e as Record<string, unknown>;
  const embedded = urlNames.every(({ runtime }) => urls[runtime] === undefined);
  const development = isDevelopment(e, embedded);
  const seed = e.HUB_SEED ?? (development ? 'demo' : 'none');
  return {
    host: e.HUB_HOST, port: e.PORT, adminHost: e.HUB_ADMIN_HOST, adminPort: e.HUB_ADMIN_PORT, workers: e.HUB_WORKERS, entityCacheMb: e.HUB_ENTITY_CACHE_MB,
    gateway: gatewaySettings(e),
    dataDir: e.HUB_DATA_DIR ?? resolve(home, '.data'), dataDirGiven: e.HUB_DATA_DIR !== undefined, signingKeyFile: e.HUB_SIGNING_KEY_FILE ?? null,
    seed: seed === 'none' ? null : { scale: seed, number: e.HUB_SEED_NUMBER, today: e.HUB_SEED_TODAY ?? null, asked: e.HUB_SEED !== undefined },
    development, nodeEnv: e.NODE_ENV, databaseAttempts: e.HUB_DATABASE_ATTEMPTS, postgresPort: e.HUB_POSTGRES_PORT, postgresBinDir: e.PG_BIN_DIR, logLevel: e.LOG_LEVEL, tracing: tracingConfig(e), underNpmStart: e.npm_lifecycle_event === 'start',
    databases: embedded
      ? null
      : (Object.fromEntries(urlNames.map(({ name, runtime, owner }) => {
          const runtimeUrl = String(urls[runtime]);
          return [name, { runtimeUrl, ownerUrl: String(urls[owner] ?? runtimeUrl) }];
        })) as Record<DatabaseName, DatabaseAddress>),
  };
}

/** Where a registry is, of agencies or of regions: a database by its address alone, or that of the hub which runs on the data folder. */
export type RegistryConfig = { readonly url: string } | { readonly hub: HubConfig };

/**
 * Reads the environment of commands that need the database of one service and nothing else: its address, DATABASE_URL_ENFORCEMENT for instance, will do.
 *
 * @throws InvalidEnvironment with all faults at once, by name and without values
 */
export function parseRegistryConfig(env: NodeJS.ProcessEnv, service: ServiceName = 'enforcement'): RegistryConfig {
  const name = `DATABASE_URL_${service.toUpperCase()}`;
  const url = parseEnvironment(z.object({ [name]: databaseUrl.optional() }), env)[name];
  return url === undefined ? { hub: parseHubConfig(env) } : { url };
}
