import { join } from 'node:path';
import { serviceNames, type ServiceName } from '@casebridge/contracts';
import {
  booleanFlag, databaseUrl, dataDir, filePath, httpUrl, logLevel, type LogLevel, nodeEnv, parseEnvironment, port, share, tracingConfig, type TracingConfig, wholeNumber, workerCount,
} from '@casebridge/platform';
import { z } from 'zod';
import { gatewaySettings, type GatewaySettings, gatewayVariables } from './settings';

/** The gateway library reports to its vendor unless this variable says no; a hub of the state reports to nobody. */
export function disableVendorTelemetry(): void {
  process.env['APOLLO_TELEMETRY_DISABLED'] = 'true';
}

const environment = gatewayVariables.extend({
  NODE_ENV: nodeEnv.default('production'),
  PORT: port.default(4_000),
  HUB_HOST: z.string().default('0.0.0.0'),
  HUB_ADMIN_PORT: port.default(4_001),
  HUB_ADMIN_HOST: z.string().default('127.0.0.1'),
  HUB_WORKERS: workerCount.default(1),
  HUB_DATA_DIR: dataDir,
  HUB_INTERNAL_PRIVATE_KEY_FILE: filePath.optional(),
  HUB_SUPERGRAPH_DIR: filePath.default(join(__dirname, '..')),
  HUB_SUPERGRAPH_URL: httpUrl.optional(),
  HUB_SUPERGRAPH_KEY_FILE: filePath.optional(),
  HUB_SERVICE_DEADLINE_MS: wholeNumber(100, 60_000).default(5_000),
  HUB_ENTITY_CACHE_MB: wholeNumber(0, 4_096).default(32),
  HUB_DEV: booleanFlag.default(false),
  LOG_LEVEL: logLevel.default('info'),
  OTEL_EXPORTER_OTLP_ENDPOINT: httpUrl.optional(),
  OTEL_TRACES_SAMPLER_ARG: share.default(1),
  DATABASE_URL_BUS: databaseUrl,
  HUB_DATABASE_ATTEMPTS: wholeNumber(1, 1_000).default(10),
  SERVICE_URL_INSPECTION: httpUrl,
  SERVICE_URL_ENFORCEMENT: httpUrl,
  SERVICE_URL_CREDIT: httpUrl,
  SERVICE_URL_ADR: httpUrl,
}).refine((e) => (e.HUB_SUPERGRAPH_URL === undefined) === (e.HUB_SUPERGRAPH_KEY_FILE === undefined), {
  path: ['HUB_SUPERGRAPH_URL'], message: 'is given together with HUB_SUPERGRAPH_KEY_FILE, or neither is',
  when: () => true, // also beside other faults: all are told at once
});

/** Of the gateway as a process of its own. */
export interface GatewayConfig {
  readonly nodeEnv: string;
  readonly port: number;
  readonly host: string;
  /** Limits, strict doors, proxies. */
  readonly settings: GatewaySettings;
  readonly adminPort: number;
  readonly adminHost: string;
  /** Processes that serve; 1: this one. */
  readonly workers: number;
  readonly dataDir: string;
  /** Null: the key of this name in the data folder, made at the first start. */
  readonly internalKeyFile: string | null;
  /** Where `supergraph.graphql` and `supergraph.public.graphql` are. */
  readonly supergraphDir: string;
  /** Where signed supergraphs are released, and the file with the public JWK of whoever signs them; null: those of the folder. */
  readonly supergraphArtefact: { readonly url: string; readonly keyFile: string } | null;
  /** Milliseconds. */
  readonly serviceDeadlineMs: number;
  /** For entities that are remembered, of each process; 0: none are. */
  readonly entityCacheMb: number;
  /** Tokens of the development issuer are taken. Never in production. */
  readonly developmentIssuer: boolean;
  readonly logLevel: LogLevel;
  /** Null: nothing is traced. */
  readonly tracing: TracingConfig | null;
  readonly busUrl: string;
  /** How often an unreachable database is asked before the start fails. */
  readonly databaseAttempts: number;
  readonly serviceUrls: ReadonlyMap<ServiceName, string>;
}

/** @throws InvalidEnvironment with all faults at once */
export function parseConfig(env: Readonly<Record<string, string | undefined>>): GatewayConfig {
  const e = parseEnvironment(environment, env);
  const urls: Readonly<Record<ServiceName, string>> = {
    inspection: e.SERVICE_URL_INSPECTION, enforcement: e.SERVICE_URL_ENFORCEMENT, credit: e.SERVICE_URL_CREDIT, adr: e.SERVICE_URL_ADR,
  };
  return {
    nodeEnv: e.NODE_ENV,
    port: e.PORT,
    host: e.HUB_HOST,
    settings: gatewaySettings(e),
    adminPort: e.HUB_ADMIN_PORT,
    adminHost: e.HUB_ADMIN_HOST,
    workers: e.HUB_WORKERS,
    dataDir: e.HUB_DATA_DIR,
    internalKeyFile: e.HUB_INTERNAL_PRIVATE_KEY_FILE ?? null,
    supergraphDir: e.HUB_SUPERGRAPH_DIR,
    supergraphArtefact: e.HUB_SUPERGRAPH_URL && e.HUB_SUPERGRAPH_KEY_FILE ? { url: e.HUB_SUPERGRAPH_URL, keyFile: e.HUB_SUPERGRAPH_KEY_FILE } : null,
    serviceDeadlineMs: e.HUB_SERVICE_DEADLINE_MS,
    entityCacheMb: e.HUB_ENTITY_CACHE_MB,
    developmentIssuer: e.HUB_DEV && e.NODE_ENV !== 'production',
    logLevel: e.LOG_LEVEL,
    tracing: tracingConfig(e),
    busUrl: e.DATABASE_URL_BUS,
    databaseAttempts: e.HUB_DATABASE_ATTEMPTS,
    serviceUrls: new Map(serviceNames.map((name) => [name, urls[name]])),
  };
}
