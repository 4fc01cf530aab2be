import type { Principal } from '@casebridge/kernel';
import type { DocumentNode } from 'graphql';
import type { Patience } from './limits/patience';
import type { OperationRecord } from './observability/operation-record';

/** What every part of one client operation knows of it; the object itself is the scope of the services' data loaders. */
export interface HubContext {
  /** Admitted. */
  readonly principal: Principal;
  readonly requestId: string;
  readonly receivedAt: Date;
  /** What is noted of the request on the way. */
  readonly record?: OperationRecord;
  /** How long the operation may still take; without it as long as its fetches take. */
  readonly patience?: Patience;
  /** What passed the checks of the door: runs instead of the text, and tells what it was answered. */
  readonly toRun?: { readonly document: DocumentNode; readonly key: string; readonly answered: (data: unknown) => void };
}
