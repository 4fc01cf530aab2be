import type { ServiceName } from '../services';

/** An event as it stands in a service's log and on the bus. */
export interface EventEnvelope<T = unknown> {
  readonly id: string;
  readonly source: ServiceName;
  /** Dense position in the log of `source`, from 1; stays between services. */
  readonly position: number;
  /** `<room>.<what-happened>.v<n>`, e.g. `enforcement.penalty-decided.v1`. */
  readonly type: string;
  /** What the event is about, e.g. `case:0198…`; events of one subject keep their order. */
  readonly subject: string;
  readonly occurredAt: Date;
  readonly data: T;
}
