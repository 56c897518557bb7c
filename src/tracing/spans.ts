import type { Within } from '../context.ts';

/** Named by the semantic conventions of OpenTelemetry where they have a word; our own begin with `tutor_quality.`. */
type Attributes = Record<string, string | number | boolean>;

type Kind = 'server' | 'client' | 'consumer' | 'internal';

export type SpanOptions = {
  kind: Kind;
  attributes?: Attributes;
  /** The W3C traceparent of who caused it from elsewhere; otherwise the span in whose context it is opened. */
  parent?: string | undefined;
  /** Traceparents of others that it was done for. */
  links?: readonly string[];
};

export type OpenSpan = {
  /** Runs something as a part of the span. */
  within: Within;
  set(attributes: Attributes): void;
  /** It came to a bad end; `type` is a word of few kinds, never the words of an error, which may hold what was sent. */
  fail(type: string): void;
  end(): void;
};

/** What makes spans. All that the rest of the program knows of traces. */
export type Tracing = {
  open(name: string, options: SpanOptions): OpenSpan;
  /** Notes what took so long until now, as a part of the span that is open here. */
  note(name: string, options: { attributes: Attributes; tookMs: number; failure: string | null }): void;
  /** Of the span that is open here. */
  traceparent(): string | undefined;
};

/** One a process, as the context is. Without it all of this costs a comparison. */
let tracing: Tracing | null = null;

export function useTracing(chosen: Tracing | null): void {
  tracing = chosen;
}

export function isTracing(): boolean {
  return tracing !== null;
}

export function openSpan(name: string, options: SpanOptions): OpenSpan {
  return tracing === null ? NO_SPAN : tracing.open(name, options);
}

const NO_SPAN: OpenSpan = { within: (run) => run(), set: () => {}, fail: () => {}, end: () => {} };

/** Runs `run` in a span that ends with it. */
export async function inSpan<Result>(
  name: string,
  options: SpanOptions,
  run: (span: OpenSpan) => Promise<Result>,
): Promise<Result> {
  const span = openSpan(name, options);
  try {
    return await span.within(() => run(span));
  } catch (error) {
    span.fail(error instanceof Error ? error.name : 'thrown');
    throw error;
  } finally {
    span.end();
  }
}

export function noteStatement(name: string, text: string, tookMs: number, failure: string | null): void {
  const attributes = { 'db.system.name': 'postgresql', 'db.operation.name': name, 'db.query.text': text };
  tracing?.note(name, { attributes, tookMs, failure });
}

/** The W3C traceparent of what is done here, for what it causes elsewhere. */
export function traceparentHere(): string | undefined {
  return tracing?.traceparent();
}

/** For log lines: which trace they belong to. */
export function traceIdHere(): { trace_id?: string } {
  const trace_id = traceparentHere()?.split('-')[1];
  return trace_id === undefined ? {} : { trace_id };
}
