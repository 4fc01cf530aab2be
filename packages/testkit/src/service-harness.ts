import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { demoAgencies, type EventDraft, type EventEnvelope, type ServiceName } from '@casebridge/contracts';
import { type Clock, type Principal, stateCouncilCalendar, systemClock, uuidv7 } from '@casebridge/kernel';
import {
  busMigrations, createLogger, type EventBus, openBus, type RunningService, type ServiceDefinition, silentLogger, startService, StaticDirectory,
  type StaticAgency,
} from '@casebridge/platform';
import type { ExecutionResult } from 'graphql';
import type { DataSource } from 'typeorm';
import { cloneDatabase } from './template-database';

export interface HarnessOptions {
  readonly agencies?: readonly StaticAgency[];
  readonly clock?: Clock;
  /** As in production by default. */
  readonly statementTimeoutMs?: number;
  /** Prints what the service logs. */
  readonly verbose?: boolean;
}

type Data = Record<string, never>;
export interface Answer<T = Data> {
  readonly data?: T | null;
  readonly errors?: ExecutionResult['errors'];
  readonly extensions?: ExecutionResult['extensions'];
}

export interface Client {
  /** Executes an operation as the service would for the gateway. */
  send<T = Data>(query: string, variables?: Record<string, unknown>): Promise<Answer<T>>;
  subscribe(query: string, variables?: Record<string, unknown>): Promise<AsyncGenerator<ExecutionResult, void, void> | ExecutionResult>;
}

export interface ServiceHarness {
  readonly service: RunningService;
  readonly dataSource: DataSource;
  readonly directory: StaticDirectory;
  /** Where its files lie. */
  readonly dataDir: string;
  readonly bus: EventBus;
  /** Connection of the role that owns the schema, for what the service itself may not do. */
  readonly ownerUrl: string;
  as(principal: Principal): Client;
  /** Puts events of another service on the bus, in order; returns when this service has handled them. */
  receive(source: ServiceName, ...drafts: readonly EventDraft[]): Promise<void>;
  /** Events that this service has put on the bus so far, in order. */
  published(type?: string): Promise<EventEnvelope[]>;
  stop(): Promise<void>;
}

/** One service on its own database and bus, as a process would run it, without the network. */
export async function startServiceForTest(definition: ServiceDefinition, options: HarnessOptions = {}): Promise<ServiceHarness> {
  const clock = options.clock ?? systemClock;
  const logger = options.verbose ? createLogger({ name: definition.name, clock }) : silentLogger;
  const dataDir = await mkdtemp(join(tmpdir(), 'casebridge-files-'));
  const database = await cloneDatabase(definition);
  const busDatabase = await cloneDatabase({ name: 'bus', migrations: busMigrations });
  const bus = await openBus(busDatabase.url, logger);
  const directory = new StaticDirectory(options.agencies ?? demoAgencies);
  const service = await startService(definition, {
    databaseUrl: database.url, bus: bus.bus, directory, clock, calendar: stateCouncilCalendar, cursorSecret: Buffer.alloc(32, 7),
    citizenIdSecret: Buffer.alloc(32, 8), dataDir, logger,
    poolSize: 20, runJobs: false, ...(options.statementTimeoutMs === undefined ? {} : { statementTimeoutMs: options.statementTimeoutMs }),
  });

  const until = async (done: () => Promise<boolean>): Promise<void> => {
    const end = Date.now() + 10_000;
    while (!(await done())) {
      if (Date.now() > end) throw new Error('the service did not catch up within 10 s');
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  };

  return {
    service, directory, dataDir, dataSource: service.deps.dataSource, bus: bus.bus, ownerUrl: database.ownerUrl,
    as: (principal) => {
      const request = (query: string, variables: Record<string, unknown> = {}) => ({
        query, variables, principal, requestId: randomUUID(), clientOperation: 'Test', receivedAt: clock.now(), scope: {},
      });
      return {
        send: async <T>(query: string, variables?: Record<string, unknown>) =>
          (await service.runtime.execute(request(query, variables))) as Answer<T>,
        subscribe: (query, variables) => service.runtime.subscribe(request(query, variables)),
      };
    },
    receive: async (source, ...drafts) => {
      const head = await bus.bus.head(source);
      const events = drafts.map((draft, i): EventEnvelope => ({
        ...draft, id: uuidv7(clock), source, position: head + i + 1, occurredAt: clock.now(),
      }));
      await bus.bus.publish(source, events);
      await until(async () => (await service.events.stats()).consumers.some((c) => c.source === source && c.position >= head + events.length));
    },
    published: async (type) => {
      // What is committed may still wait for its position, and then for the relay.
      await until(async () => {
        const { head, unsequenced } = await service.events.stats();
        return unsequenced === 0 && (await bus.bus.head(definition.name)) >= head;
      });
      const all = await bus.bus.read(definition.name, 0, 100_000);
      return type === undefined ? all : all.filter((e) => e.type === type);
    },
    stop: async () => {
      await service.stop();
      await bus.close();
      await Promise.all([database.drop(), busDatabase.drop()]);
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

export { demoAgencies };
