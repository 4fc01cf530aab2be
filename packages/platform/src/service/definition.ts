import type { ServiceName } from '@casebridge/contracts';
import type { EntityTarget, ObjectLiteral } from 'typeorm';
import type { MigrationClass } from '../database';
import type { EventReaction } from '../events';
import type { DataPort, FilePort, ServiceDeps, Subgraph } from '../graph';
import type { Job, JobSite } from './jobs';

/** What makes one service different from another; how it runs is the same for all. */
export interface ServiceDefinition {
  readonly name: ServiceName;
  readonly subgraph: () => Subgraph;
  readonly entities: readonly EntityTarget<ObjectLiteral>[];
  readonly migrations: readonly MigrationClass[];
  /** Tables that the runtime role may only add to. */
  readonly appendOnly: readonly string[];
  /** Streams of other services that it reacts to. */
  readonly consumes: readonly ServiceName[];
  readonly handlers: (deps: ServiceDeps) => readonly EventReaction[];
  /** What it does of itself. */
  readonly jobs?: readonly Job[] | ((site: JobSite) => readonly Job[]);
  /** It signs what it records, with a key of its own. */
  readonly signs?: true;
  readonly files?: (deps: ServiceDeps, dataDir: string) => FilePort;
  /** Tables that it gives and takes as whole files. */
  readonly data?: (deps: ServiceDeps, dataDir: string) => DataPort;
}
