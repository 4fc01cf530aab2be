import type { Clock, HolidayCalendar } from '@casebridge/kernel';
import { AccessLog } from '../access-log';
import { migrationsCurrent, openDatabase } from '../database';
import { type EventBus, type EventService, startEvents } from '../events';
import { CursorCodec, type DataPort, type FilePort, type ServiceDeps, ServiceRuntime } from '../graph';
import { CitizenIds, type Directory, openSigner } from '../identity';
import { type EventLag, type Logger, runChecks, type ServiceHealth, wellIf } from '../process';
import type { ServiceDefinition } from './definition';
import { startJobs } from './jobs';

/** What a service finds in the process that runs it. */
export interface ServiceEnvironment {
  readonly databaseUrl: string;
  readonly bus: EventBus;
  readonly directory: Directory;
  readonly clock: Clock;
  readonly calendar: HolidayCalendar;
  /** Seals the cursors; the same for every process of the hub. */
  readonly cursorSecret: Buffer;
  /** Key of the digests of identity numbers; the same for every process of the hub, for ever. */
  readonly citizenIdSecret: Buffer;
  readonly dataDir: string;
  /** Private key (JWK) of a service that signs; by default the one of the data folder, made on first use. */
  readonly signingKeyFile?: string | null;
  readonly logger: Logger;
  readonly poolSize?: number;
  /** Longest time for one statement of a request. Default 15 000. */
  readonly statementTimeoutMs?: number;
  /** False leaves them to whoever calls them: a test. Default true. */
  readonly runJobs?: boolean;
}

export interface RunningService {
  readonly runtime: ServiceRuntime;
  readonly deps: ServiceDeps;
  readonly events: EventService;
  eventLag(): Promise<EventLag>;
  /** Ends streams and event loops, lets transactions in progress end, closes the pool. */
  stop(): Promise<void>;
}

/** Starts a service on a migrated database. It answers at once; what other services know reaches it by events. */
export async function startService(definition: ServiceDefinition, environment: ServiceEnvironment): Promise<RunningService> {
  const { clock, calendar, directory, bus } = environment;
  const logger = environment.logger.child({ service: definition.name });
  const signer = definition.signs ? await openSigner(definition.name, { dataDir: environment.dataDir, keyFile: environment.signingKeyFile ?? null }) : null;
  const dataSource = await openDatabase({
    url: environment.databaseUrl, entities: definition.entities, applicationName: `casebridge-${definition.name}`,
    poolSize: environment.poolSize ?? 20, statementTimeoutMs: environment.statementTimeoutMs ?? 15_000,
  });
  let events: EventService | undefined;
  const started = (): EventService => {
    if (!events) throw new Error(`${definition.name} is not started yet`);
    return events;
  };
  const deps: ServiceDeps = {
    name: definition.name, dataSource, clock, calendar, directory, cursors: new CursorCodec(environment.cursorSecret),
    citizenIds: new CitizenIds(environment.citizenIdSecret),
    get tail() {
      return started().tail;
    },
    get signer() {
      if (!signer) throw new Error(`${definition.name} signs nothing`);
      return signer;
    },
  };
  try {
    events = await startEvents({
      dataSource, databaseUrl: environment.databaseUrl, source: definition.name, bus, handlers: definition.handlers(deps),
      consumeFrom: definition.consumes, logger, clock,
    });
  } catch (cause) {
    await dataSource.destroy();
    throw cause;
  }
  const jobs = startJobs(deps, environment.runJobs === false ? [] : (definition.jobs ?? []), logger, environment.dataDir);
  const health = (): Promise<ServiceHealth> =>
    runChecks(definition.name, {
      database: async () => void (await dataSource.query('select 1')),
      migrations: async () => wellIf(await migrationsCurrent(dataSource, definition.migrations), 'migrations are not current'),
      directory: () => wellIf(directory.ready, 'the registry of agencies has not been read yet'),
      events: async () => {
        const stats = await started().stats();
        return wellIf(stats.listening && stats.unsequencedAgeMs < 30_000, 'the event loops stand still');
      },
    });
  const accessLog = new AccessLog(dataSource, clock);
  const runtime = new ServiceRuntime({
    deps, schema: definition.subgraph().schema, accessLog, logger, health,
    ...(definition.files ? { files: loggedFiles(definition.files(deps, environment.dataDir), accessLog) } : {}),
    ...(definition.data ? { data: loggedData(definition.data(deps, environment.dataDir), accessLog) } : {}),
  });
  return {
    runtime, deps, events,
    eventLag: async () => {
      const stats = await started().stats();
      return {
        service: definition.name, unsequenced: stats.unsequenced, unrelayed: stats.relayLag,
        consumers: stats.consumers.map((c) => ({ source: c.source, behind: c.lag, parkedSubjects: c.parkedSubjects })),
      };
    },
    stop: async () => {
      await jobs.stop();
      await started().stop();
      await dataSource.destroy();
    },
  };
}

/** Documents are read as records are: who, for what purpose, which one; noted before the first byte leaves. */
const loggedFiles = (files: FilePort, accessLog: AccessLog): FilePort => ({
  store: (...args) => files.store(...args),
  open: async (principal, id, requestId) => {
    const file = await files.open(principal, id);
    if (file && principal.kind === 'agency') {
      await accessLog.write({ principal, requestId: requestId ?? 'none', operation: 'GET /files', records: [`File:${file.id}`], fields: ['File.bytes'] });
    }
    return file;
  },
  make: async (principal, path, requestId) => {
    const made = await files.make(principal, path);
    if (made && principal.kind === 'agency' && made.records.length > 0) {
      const entry = { principal, requestId: requestId ?? 'none', operation: 'GET /files', records: made.records, fields: ['File.bytes'] };
      await accessLog.write(entry).catch((cause: unknown) => {
        made.stream.destroy();
        throw cause;
      });
    }
    return made;
  },
});

/** The same for tables: which one, with which conditions, and the columns of it. */
const loggedData = (data: DataPort, accessLog: AccessLog): DataPort => ({
  take: (...args) => data.take(...args),
  open: async (principal, request) => {
    const reply = await data.open(principal, request);
    if (reply?.body && principal.kind === 'agency') {
      const { fields, records } = reply;
      await accessLog.write({ principal, requestId: request.requestId, operation: `GET /${request.path}`, records, fields });
    }
    return reply;
  },
});
