import {
  type Context,
  context,
  defaultTextMapGetter,
  defaultTextMapSetter,
  isSpanContextValid,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { setGlobalErrorHandler, W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { type SamplerName, samplerOf } from './sampler.ts';
import type { OpenSpan, SpanOptions, Tracing } from './spans.ts';

export type TracingOptions = {
  /** Of the collector, without `/v1/traces`. */
  endpoint: string;
  serviceName: string;
  version: string;
  sampler: SamplerName;
  /** The share of traces that is kept, 0 to 1, where the sampler asks for one. */
  samplerShare: number;
  /** Hears of spans that could not be delivered. */
  failed: (error: unknown) => void;
};

const SEND_MS = 5_000;
/** A collector that does not answer may not hold up the end of the process for longer. */
const LAST_SEND_MS = 2_000;

const KINDS = {
  server: SpanKind.SERVER,
  client: SpanKind.CLIENT,
  consumer: SpanKind.CONSUMER,
  internal: SpanKind.INTERNAL,
};

/**
 * Spans that go to a collector by OTLP over HTTP, in bundles, aside from all work: what it does not take is dropped.
 * The provider is not made known to other libraries, whose spans could hold anything.
 */
export function openTelemetry(options: TracingOptions): { tracing: Tracing; close: () => Promise<void> } {
  setGlobalErrorHandler(options.failed);
  context.setGlobalContextManager(new AsyncLocalStorageContextManager());
  const url = `${options.endpoint.replace(/\/+$/, '')}/v1/traces`;
  const provider = new TracerProvider({
    resource: resourceFromAttributes({
      'service.name': options.serviceName,
      'service.version': options.version,
      'service.instance.id': crypto.randomUUID(),
    }),
    sampler: samplerOf(options.sampler, options.samplerShare),
    spanProcessors: [new BatchSpanProcessor({ exporter: new OTLPTraceExporter({ url, timeoutMillis: SEND_MS }) })],
  });
  const tracer = provider.getTracer('tutor-quality', options.version);

  const open = (name: string, { kind, attributes = {}, parent, links = [] }: SpanOptions): OpenSpan => {
    const above = parent === undefined ? context.active() : contextOf(parent);
    const others = links.flatMap((link) => trace.getSpanContext(contextOf(link)) ?? []);
    const given = { kind: KINDS[kind], attributes, links: others.map((other) => ({ context: other })) };
    const span = tracer.startSpan(name, given, above);
    const here = trace.setSpan(above, span);
    return {
      within: (run) => context.with(here, run),
      set: (more) => void span.setAttributes(more),
      fail: (type) => fail(span, type),
      end: () => span.end(),
    };
  };

  return {
    tracing: {
      open,
      note: (name, { attributes, tookMs, failure }) => {
        if (trace.getActiveSpan() === undefined) return;
        const end = performance.timeOrigin + performance.now();
        const span = tracer.startSpan(name, { kind: SpanKind.CLIENT, attributes, startTime: end - tookMs });
        if (failure !== null) fail(span, failure);
        span.end(end);
      },
      traceparent: () => traceparentOf(context.active()),
    },
    close: async () => {
      const flushed = provider.shutdown().catch(options.failed);
      await Promise.race([flushed, new Promise((resolve) => setTimeout(resolve, LAST_SEND_MS).unref())]);
      context.disable();
    },
  };
}

function fail(span: Span, type: string): void {
  span.setStatus({ code: SpanStatusCode.ERROR }).setAttribute('error.type', type);
}

const w3c = new W3CTraceContextPropagator();

function contextOf(traceparent: string): Context {
  return w3c.extract(ROOT_CONTEXT, { traceparent }, defaultTextMapGetter);
}

function traceparentOf(here: Context): string | undefined {
  const span = trace.getSpanContext(here);
  if (span === undefined || !isSpanContextValid(span)) return undefined;
  const carrier: { traceparent?: string } = {};
  w3c.inject(here, carrier, defaultTextMapSetter);
  return carrier.traceparent;
}
