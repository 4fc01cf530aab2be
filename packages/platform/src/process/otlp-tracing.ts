import { type ExportResult, ExportResultCode } from '@opentelemetry/core';
import { createOtlpHttpExportDelegate } from '@opentelemetry/otlp-exporter-base/node-http';
import { OTLPExporterBase } from '@opentelemetry/otlp-exporter-base';
import { JsonTraceSerializer } from '@opentelemetry/otlp-transformer';
import { Resource } from '@opentelemetry/resources';
import {
  BasicTracerProvider, BatchSpanProcessor, ParentBasedSampler, type ReadableSpan, SamplingDecision, type SpanExporter, type SpanProcessor, TraceIdRatioBasedSampler,
} from '@opentelemetry/sdk-trace-base';
import type { Logger } from './logger';
import { type Tracing, type TracingConfig, tracingWith } from './trace';

/** What loads the SDK: imported only where traces are wanted. */
export interface TracerOptions {
  /** Name of the process in the traces. */
  readonly name: string;
  /** Of the traces that begin here, the share that is recorded, from 0 to 1. */
  readonly share: number;
  /** Whether callers decide what is recorded. Only services believe theirs, which is the gateway: anybody could have all of his recorded. */
  readonly callerDecides: boolean;
  readonly processor: SpanProcessor;
}

/** Traces whose spans go to a processor. */
export function createTracing({ callerDecides, name, processor, share }: TracerOptions): Tracing {
  const root = new TraceIdRatioBasedSampler(share);
  const provider = new BasicTracerProvider({
    resource: new Resource({ 'service.name': `casebridge-${name}` }),
    sampler: new ParentBasedSampler(callerDecides ? { root } : { root, remoteParentSampled: new ShareSampler(share), remoteParentNotSampled: new ShareSampler(share) }),
    spanProcessors: [processor],
    spanLimits: { attributeValueLengthLimit: 2_000 },
  });
  return tracingWith(provider.getTracer('casebridge'), () => provider.shutdown().catch(() => undefined));
}

/** A share of the traces whose ids others chose: decided by chance, or they would choose ids that are always recorded. */
class ShareSampler extends TraceIdRatioBasedSampler {
  constructor(private readonly share: number) {
    super(share);
  }

  override shouldSample(): ReturnType<TraceIdRatioBasedSampler['shouldSample']> {
    return { decision: Math.random() < this.share ? SamplingDecision.RECORD_AND_SAMPLED : SamplingDecision.NOT_RECORD };
  }
}

const exportMs = 5_000;
const spansKept = 8_192;

/** Traces that go to a collector by OTLP over HTTP (JSON), in batches. A collector that is away costs spans and nothing else. */
export function openOtlpTracing(options: Omit<TracerOptions, 'processor' | 'share'> & { readonly config: TracingConfig; readonly logger: Logger }): Tracing {
  const { config, logger } = options;
  const exporter = new OTLPExporterBase<ReadableSpan[]>(createOtlpHttpExportDelegate({
    url: `${config.endpoint}/v1/traces`, headers: () => ({ 'content-type': 'application/json' }), timeoutMillis: exportMs, concurrencyLimit: 4, compression: 'gzip',
    agentOptions: { keepAlive: true },
  }, JsonTraceSerializer));
  const processor = new BatchSpanProcessor(new TellingExporter(exporter, logger), {
    maxQueueSize: spansKept, maxExportBatchSize: 512, scheduledDelayMillis: 2_000, exportTimeoutMillis: exportMs,
  });
  return createTracing({ ...options, share: config.share, processor });
}

/** Says once that nobody takes the spans, and once that somebody does again. */
class TellingExporter implements SpanExporter {
  private failing = false;

  constructor(
    private readonly exporter: OTLPExporterBase<ReadableSpan[]>,
    private readonly logger: Logger,
  ) {}

  export(spans: ReadableSpan[], done: (result: ExportResult) => void): void {
    this.exporter.export(spans, (result) => {
      const failed = result.code !== ExportResultCode.SUCCESS;
      if (failed && !this.failing) this.logger.warn({ err: result.error }, 'the collector does not take traces');
      if (!failed && this.failing) this.logger.info('the collector takes traces again');
      this.failing = failed;
      done({ code: ExportResultCode.SUCCESS }); // told already; the library would tell it once more
    });
  }

  forceFlush(): Promise<void> {
    return this.exporter.forceFlush();
  }

  shutdown(): Promise<void> {
    return this.exporter.shutdown();
  }
}
