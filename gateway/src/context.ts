import type { Principal } from '@casebridge/kernel';

/** What every part of one client operation knows of it; the object itself is the scope of the services' data loaders. */
export interface HubContext {
  /** Admitted. */
  readonly principal: Principal;
  readonly requestId: string;
  readonly receivedAt: Date;
}
