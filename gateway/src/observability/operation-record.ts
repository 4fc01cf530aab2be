import { prettyFormatQueryPlan, type QueryPlan } from '@apollo/query-planner';
import type { GatewayExecutionResult } from '@apollo/server-gateway-interface';
import { type Clock, DomainError } from '@casebridge/kernel';
import type { GraphQLFormattedError } from 'graphql';
import { isBug } from '../errors';
import type { DoorName } from '../limits';
import type { ReadyOperation } from '../documents';
import { SourceReport, type SourceStatus } from './source-report';
import type { Wishes } from './wishes';

/** Of an operation that may run. */
interface Prepared {
  readonly ready: ReadyOperation;
  readonly trustedName: string | null;
  readonly variables: Readonly<Record<string, unknown>>;
}

const maxCodes = 5;
const hashDigits = 12;
const nameLength = 100;

/** Executed by what, planned when. */
export interface Execution {
  readonly executor: 'compiled' | 'stock';
  /** The plan was there already. */
  readonly cached: boolean;
  /** Called only where somebody wants to see it. */
  readonly plan: () => QueryPlan | null;
}

/** What is said of one request in its line of the log: names and figures, no text, no variables. */
export interface RequestLine {
  readonly door: DoorName;
  /** As the client named it; null where it has no name, or did not get as far. */
  readonly operation: string | null;
  readonly type: string | null;
  readonly trusted: string | null;
  /** The first digits of the document's SHA-256. */
  readonly hash: string | null;
  readonly cost: { readonly estimate: number; readonly actual: number } | null;
  readonly executor: 'compiled' | 'stock' | null;
  readonly codes: readonly string[];
}

/** What the gateway knows of one request, from when it came until its line in the log. */
export class OperationRecord {
  private readonly codes = new Set<string>();
  private readonly sources: SourceReport | null;
  private operation: Prepared | null = null;
  private execution: Execution | null = null;
  private estimate: number | null = null;
  private actual = 0;

  constructor(
    private readonly door: DoorName,
    private readonly wishes: Wishes,
    private readonly clock: Clock,
  ) {
    this.sources = wishes.sources ? new SourceReport() : null;
  }

  /** Whether errors were answered, or work broke off. */
  get hasErrors(): boolean {
    return this.codes.size > 0;
  }

  prepared(operation: Prepared): void {
    this.operation = operation;
  }

  entered(estimate: number): void {
    this.estimate = estimate;
  }

  executed(execution: Execution): void {
    this.execution = execution;
  }

  left(actual: number): void {
    this.actual = actual;
  }

  /** The request broke off: a refusal, or a bug. */
  failed(cause: unknown): void {
    this.note(cause instanceof DomainError ? cause.code : 'INTERNAL_SERVER_ERROR');
  }

  refused(errors: readonly GraphQLFormattedError[]): void {
    for (const error of errors) this.note(isBug(error) ? 'INTERNAL_SERVER_ERROR' : error.extensions?.['code']);
  }

  /** Whether anybody wants to know how the services did. */
  get reportsSources(): boolean {
    return this.sources !== null;
  }

  /**
   * A service gave its answer to one fetch of this operation, or gave none.
   *
   * @param asOf - when it answered what was remembered of it; left out where nothing was
   */
  asked(service: string, status: SourceStatus, asOf?: Date): void {
    this.sources?.add(service, status, asOf ?? this.clock.now(), asOf !== undefined);
  }

  /** The answer as it came, with what was wished for beside it. */
  answered(result: GatewayExecutionResult): GatewayExecutionResult {
    if (result.errors) this.refused(result.errors);
    if (!this.sources && !this.wishes.explain) return result;
    return { ...result, extensions: { ...result.extensions, ...(this.sources ? { sources: this.sources.toJSON() } : {}), ...this.explained(result.data) } };
  }

  line(): RequestLine {
    const { operation } = this;
    return {
      door: this.door,
      operation: operation?.ready.name?.slice(0, nameLength) ?? null,
      type: operation?.ready.operation.operation ?? null,
      trusted: operation?.trustedName ?? null,
      hash: operation?.ready.hash.slice(0, hashDigits) ?? null,
      cost: this.estimate === null ? null : { estimate: this.estimate, actual: this.actual },
      executor: this.execution?.executor ?? null,
      codes: [...this.codes],
    };
  }

  private explained(data: unknown): { readonly explain?: object } {
    const { estimate, execution, operation } = this;
    if (!this.wishes.explain || !execution || !operation) return {};
    const plan = execution.plan();
    return {
      explain: {
        plan: plan ? prettyFormatQueryPlan(plan) : null, cost: { estimate, actual: operation.ready.cost.actual(data, operation.variables) },
        executor: execution.executor, cached: execution.cached,
      },
    };
  }

  /** A service may give any text for a code. */
  private note(code: unknown): void {
    if (this.codes.size < maxCodes) this.codes.add(typeof code === 'string' && /^[A-Z][A-Z0-9_]{0,63}$/.test(code) ? code : 'other');
  }
}
