import { type DestinationStream, type Logger, pino } from 'pino';
import { currentIds } from './context.ts';
import { traceIdHere } from './tracing/spans.ts';

/** JSON lines, each with the ids of the request, job or sweep that it was written for. Of an error only what names no person: PostgreSQL's `detail` and `where` hold the row itself. */
export function createLog(level: string, output: DestinationStream): Logger {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      serializers: { err: withoutRows },
      mixin: () => ({ ...currentIds(), ...traceIdHere() }),
    },
    output,
  );
}

function withoutRows(error: unknown) {
  if (!(error instanceof Error)) return { message: String(error) };
  const { name: type, message, stack } = error;
  const known = ['code', 'constraint', 'table'].map((key) => [key, Reflect.get(error, key)]);
  return { type, message, ...Object.fromEntries(known), stack };
}
