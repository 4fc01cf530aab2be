import { defineEvent, type EventEnvelope, type ServiceName } from '@casebridge/contracts';
import type { EventBus } from '@casebridge/platform';
import { z } from 'zod';
import type { CacheableType } from '../sources/cacheable';

const keyed = z.object({ key: z.string() });
const typeOf = (service: ServiceName, key: string, fields: readonly string[], more: Partial<CacheableType> = {}): CacheableType => ({
  service, key, fields: Object.fromEntries([key, ...fields].map((field) => [field, null])), logged: true, settleMs: 0,
  changed: defineEvent(`${service}.${key}-changed.v1`, keyed), keyOf: ({ key: own }: z.infer<typeof keyed>) => own, ...more,
} as CacheableType);

/** An allow list of types of the tests' own. */
export const testList: Readonly<Record<string, CacheableType>> = {
  Firm: typeOf('inspection', 'uscc', ['name', 'tags', 'place', 'office', 'partners', 'grade']),
  Place: typeOf('inspection', 'code', ['name', 'within']),
  /** Its service follows the bus and reads no line into the log. */
  Office: typeOf('enforcement', 'code', ['name'], { logged: false, settleMs: 100, changed: defineEvent('enforcement.office-changed.v1', keyed) as never }),
};

export const changeOf = (type: string, key: string): { readonly type: string; readonly source: ServiceName; readonly data: object } => {
  const listed = testList[type];
  if (!listed) throw new RangeError(`no type ${type}`);
  return { type: listed.changed.type, source: listed.service, data: { key } };
};

/** A bus in memory that can be down, or hang. */
export class MemoryBus implements Pick<EventBus, 'head' | 'listen' | 'read'> {
  private readonly logs = new Map<ServiceName, EventEnvelope[]>();
  private readonly ears = new Set<(source?: ServiceName) => void>();
  private now: 'up' | 'down' | 'hangs' = 'up';
  private readonly hanging: (() => void)[] = [];
  reads = 0;

  set state(next: 'up' | 'down' | 'hangs') {
    this.now = next;
    if (next !== 'hangs') for (const goOn of this.hanging.splice(0)) goOn();
  }

  private logOf(source: ServiceName): EventEnvelope[] {
    const log = this.logs.get(source) ?? [];
    this.logs.set(source, log);
    return log;
  }

  private async answer<T>(value: () => T): Promise<T> {
    this.reads += 1;
    if (this.now === 'hangs') await new Promise<void>((resolve) => this.hanging.push(resolve));
    if (this.now === 'down') throw new Error('the bus is down');
    return value();
  }

  say(...events: readonly { readonly type: string; readonly source: ServiceName; readonly data: unknown }[]): void {
    for (const { data, source, type } of events) {
      const log = this.logOf(source);
      log.push({ id: `${source}-${log.length + 1}`, source, position: log.length + 1, type, subject: 'x', occurredAt: new Date(0), data });
      this.ring(source);
    }
  }

  ring(source?: ServiceName): void {
    for (const ear of this.ears) ear(source);
  }

  /** As restored from an older copy. */
  cut(source: ServiceName, length: number): void {
    this.logOf(source).length = length;
  }

  head(source: ServiceName): Promise<number> {
    return this.answer(() => this.logOf(source).length);
  }

  read(source: ServiceName, after: number, limit: number, { typePrefix = '' }: { readonly typePrefix?: string } = {}): Promise<EventEnvelope[]> {
    return this.answer(() => this.logOf(source).filter(({ position, type }) => position > after && type.startsWith(typePrefix)).slice(0, limit));
  }

  listen(onNews: (source?: ServiceName) => void): { close(): Promise<void> } {
    this.ears.add(onNews);
    return { close: () => Promise.resolve(void this.ears.delete(onNews)) };
  }
}
