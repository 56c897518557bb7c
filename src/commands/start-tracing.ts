import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import { messageOf } from '../errors.ts';
import { seldom } from '../seldom.ts';
import { useTracing } from '../tracing/spans.ts';
import type { Running } from './run-api.ts';
import { versionOf } from './version.ts';

const TOLD_AGAIN_MS = 10 * 60_000;

/** Traces, when a collector is configured. Without one, nothing of OpenTelemetry is even loaded. */
export async function startTracing(config: Config, log: Logger): Promise<Running> {
  const endpoint = config.OTEL_EXPORTER_OTLP_ENDPOINT;
  if (endpoint === undefined) return { close: () => Promise.resolve() };
  const { openTelemetry } = await import('../tracing/open-telemetry.ts');
  const started = openTelemetry({
    endpoint,
    serviceName: config.OTEL_SERVICE_NAME,
    version: versionOf(),
    sampler: config.OTEL_TRACES_SAMPLER,
    samplerShare: config.OTEL_TRACES_SAMPLER_ARG,
    failed: seldom((error) => log.warn({ reason: messageOf(error) }, 'traces not delivered'), TOLD_AGAIN_MS),
  });
  useTracing(started.tracing);
  return {
    close: async () => {
      useTracing(null);
      await started.close();
    },
  };
}
