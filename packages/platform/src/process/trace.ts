import { AsyncLocalStorage } from 'node:async_hooks';
import {
  type Attributes, type Context, isSpanContextValid, ROOT_CONTEXT, type Span, type SpanContext, SpanKind, SpanStatusCode, trace, type Tracer,
} from '@opentelemetry/api';

/** Where traces go; null in its place: nowhere, and none are made. */
export interface TracingConfig {
  /** Of the collector, without a slash at its end; `/v1/traces` is below it. */
  readonly endpoint: string;
  /** Of the traces that begin here, the share that is recorded, from 0 to 1. */
  readonly share: number;
}

export interface SpanFacts<T> {
  /** Default internal. */
  readonly kind?: 'server' | 'client';
  /** Names, counts and codes. Values of records, variables and names of persons are not for traces. */
  readonly attributes?: Attributes;
  /** What is known when the work is done, e.g. how it ended. */
  readonly conclude?: (span: Span, result: T) => void;
}

/** The traces of a process. Where there is none of these, nothing is traced and nothing is spent on it. */
export interface Tracing {
  /**
   * Runs work as the first span of this process in a trace.
   *
   * @param traceparent - of the caller (W3C Trace Context, level 1); anything else begins a trace of its own
   */
  begin<T>(name: string, traceparent: string | null | undefined, facts: SpanFacts<Awaited<T>>, work: () => T): T;
  /** Sends what is still kept; ends within seconds also when nobody takes it. */
  close(): Promise<void>;
}

/** Where the work at hand stands in its trace. */
interface Place {
  readonly tracer: Tracer;
  readonly context: Context;
}

/** Asking it costs a look at a switch until the first trace of the process has begun. */
const places = new AsyncLocalStorage<Place | null>();

/** Whether the work at hand belongs to a trace: asked before anything is put together for a span. */
export const isTraced = (): boolean => places.getStore() != null;

/** Runs work as a span below the one at hand; as it is where nothing is traced. */
export function traced<T>(name: string, facts: SpanFacts<Awaited<T>>, work: () => T): T {
  const place = places.getStore();
  return place ? spanned(place, name, facts, work) : work();
}

/** Runs what goes on after the request that began it: it would hang on a span that has long ended. */
export const untraced = <T>(work: () => T): T => (isTraced() ? places.run(null, work) : work());

/** The place of the work at hand for a call to another process (header `traceparent`); null where nothing is traced. */
export function traceparent(): string | null {
  const place = places.getStore();
  const span = place && trace.getSpanContext(place.context);
  return span ? `00-${span.traceId}-${span.spanId}-${(span.traceFlags & 0xff).toString(16).padStart(2, '0')}` : null;
}

/** Adds to the span at hand what became known on the way. */
export function annotate(attributes: Attributes, name?: string): void {
  const place = places.getStore();
  const span = place && trace.getSpan(place.context);
  span?.setAttributes(attributes);
  if (name !== undefined) span?.updateName(name);
}

export const tracingWith = (tracer: Tracer, close: () => Promise<void>): Tracing => ({
  begin: (name, given, facts, work) => spanned({ tracer, context: callersContext(given) }, name, facts, work),
  close,
});

function spanned<T>({ context, tracer }: Place, name: string, { attributes, conclude, kind }: SpanFacts<Awaited<T>>, work: () => T): T {
  const span = tracer.startSpan(name, { kind: kindOf(kind), ...(attributes ? { attributes } : {}) }, context);
  const done = (result: Awaited<T>): void => {
    if (span.isRecording()) conclude?.(span, result);
    span.end();
  };
  const failed = (cause: unknown): void => {
    // The class and no words: those of a database quote the row.
    span.setAttribute('error.type', cause instanceof Error ? cause.name : typeof cause);
    span.setStatus({ code: SpanStatusCode.ERROR });
    span.end();
  };
  let result: T;
  try {
    result = places.run({ tracer, context: trace.setSpan(context, span) }, work);
  } catch (cause) {
    failed(cause);
    throw cause;
  }
  if (isPromise<Awaited<T>>(result)) void settled(result, done, failed);
  else done(result as Awaited<T>);
  return result;
}

async function settled<T>(promise: PromiseLike<T>, done: (result: T) => void, failed: (cause: unknown) => void): Promise<void> {
  let result: T;
  try {
    result = await promise;
  } catch (cause) {
    return failed(cause);
  }
  done(result);
}

const kindOf = (kind: 'server' | 'client' | undefined): SpanKind =>
  kind === 'server' ? SpanKind.SERVER : kind === 'client' ? SpanKind.CLIENT : SpanKind.INTERNAL;

const isPromise = <T>(value: unknown): value is PromiseLike<T> =>
  typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';

function callersContext(given: string | null | undefined): Context {
  const caller = given ? readTraceparent(given) : null;
  return caller ? trace.setSpanContext(ROOT_CONTEXT, caller) : ROOT_CONTEXT;
}

/** @see https://www.w3.org/TR/trace-context/#traceparent-header */
function readTraceparent(text: string): SpanContext | null {
  const [, version, traceId = '', spanId = '', flags = '', more] = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/.exec(text) ?? [];
  if (version === undefined || version === 'ff' || (version === '00' && more !== undefined)) return null;
  const context = { traceId, spanId, traceFlags: Number.parseInt(flags, 16), isRemote: true };
  return isSpanContextValid(context) ? context : null;
}
