import type { OperationFacts } from '@casebridge/platform';
import type { GraphQLFormattedError } from 'graphql';
import { codeOf } from '../services/wire';

export type SourceStatus = OperationFacts['outcome'];

/** What a client is told of a service that was asked for its answer. */
export interface SourceLine {
  readonly status: SourceStatus;
  /** Instant of the service's answer, the earliest of several; null: it gave none. */
  readonly asOf: string | null;
  /** Something of it was remembered by the gateway and not asked for now. */
  readonly cached?: true;
}

/** From the best to the worst: of several fetches from a service the worst is told. */
const ranks: readonly SourceStatus[] = ['ok', 'refused', 'failed', 'unavailable'];
const noAnswer: ReadonlySet<unknown> = new Set(['SERVICE_UNAVAILABLE', 'SERVICE_OVERLOADED', 'DEADLINE_EXCEEDED']);

/** How a service did in one fetch. */
export function statusOfAnswer({ errors }: { readonly errors?: readonly GraphQLFormattedError[] | undefined }): SourceStatus {
  if (!errors || errors.length === 0) return 'ok';
  let status: SourceStatus = 'refused';
  for (const error of errors) {
    const code = codeOf(error);
    if (noAnswer.has(code)) return 'unavailable';
    if (code === undefined || code === 'INTERNAL_SERVER_ERROR' || code === 'DOWNSTREAM_SERVICE_ERROR') status = 'failed';
  }
  return status;
}

/** The services that one operation asked. */
export class SourceReport {
  private readonly lines = new Map<string, SourceLine>();

  /** @param cached - some of the answer is of an earlier one, which came `at` */
  add(service: string, status: SourceStatus, at: Date, cached = false): void {
    const known = this.lines.get(service);
    const own = status === 'unavailable' && !cached ? null : at.toISOString();
    const asOf = known?.asOf && (!own || known.asOf < own) ? known.asOf : own;
    this.lines.set(service, {
      status: known && ranks.indexOf(known.status) > ranks.indexOf(status) ? known.status : status, asOf, ...(cached || known?.cached ? { cached: true } : {}),
    });
  }

  toJSON(): Readonly<Record<string, SourceLine>> {
    return Object.fromEntries([...this.lines].sort(([a], [b]) => (a < b ? -1 : 1)));
  }
}
