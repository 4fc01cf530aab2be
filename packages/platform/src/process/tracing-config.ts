import type { Logger } from './logger';
import type { Tracing, TracingConfig } from './trace';

interface TracingVariables {
  readonly OTEL_EXPORTER_OTLP_ENDPOINT?: string | undefined;
  readonly OTEL_TRACES_SAMPLER_ARG: number;
}

/** From the variables that OpenTelemetry has given names to. */
export const tracingConfig = ({ OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_TRACES_SAMPLER_ARG: share }: TracingVariables): TracingConfig | null =>
  endpoint === undefined ? null : { endpoint, share };

/**
 * Opens what the configuration asks for. The libraries of OpenTelemetry take a tenth of a second to load: they are, only then.
 *
 * @param callerDecides - whether callers say what is recorded: for services, whose caller is the gateway
 */
export async function openTracing(config: TracingConfig | null, options: { readonly name: string; readonly callerDecides: boolean; readonly logger: Logger }): Promise<Tracing | null> {
  if (!config) return null;
  const { openOtlpTracing } = await import('./otlp-tracing.js');
  return openOtlpTracing({ ...options, config });
}
