import { type DestinationStream, destination, type Logger, pino } from 'pino';
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

/** So much waits for a reader that stands still, in bytes; what comes beyond is lost. */
const MOST_WAITING = 8 * 1024 * 1024;

/** Standard error, written aside from all work. */
export function standardError(): DestinationStream & { flush(written: () => void): void } {
  const output = destination({ fd: 2, sync: false, maxLength: MOST_WAITING });
  let isWritten = true;
  let isReaderGone = false;
  let told: (() => void) | undefined;
  output.on('drain', () => {
    isWritten = true;
    told?.();
  });
  // Nobody is left to wait for.
  output.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    isReaderGone = true;
    told?.();
  });
  return {
    write: (line) => {
      isWritten = false;
      output.write(line);
    },
    // There is no `flushSync`: it would hold the whole process, as long as nobody reads.
    flush: (written) => {
      if (isWritten || isReaderGone) written();
      else told = written;
    },
  };
}

function withoutRows(error: unknown) {
  if (!(error instanceof Error)) return { message: String(error) };
  const { name: type, message, stack } = error;
  const known = ['code', 'constraint', 'table'].map((key) => [key, Reflect.get(error, key)]);
  return { type, message, ...Object.fromEntries(known), stack };
}
