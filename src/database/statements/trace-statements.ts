import type { LogEvent } from 'kysely';
import { noteStatement } from '../../tracing/spans.ts';

const MOST_SIGNS = 2_000;

/** Each statement as a part of the trace of who asked for it: its text, whose parameters stand apart from it. */
export function traceStatement(event: LogEvent): void {
  const text = event.query.sql.replace(/\s+/g, ' ').trim();
  const name = (/^\w+/.exec(text)?.[0] ?? 'statement').toLowerCase();
  const failure = event.level === 'error' ? codeOf(event.error) : null;
  noteStatement(name, text.slice(0, MOST_SIGNS), event.queryDurationMillis, failure);
}

/** PostgreSQL's code; its words may hold a value. */
function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'error';
}
