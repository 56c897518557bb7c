import type { Logger } from 'pino';
import type { Ids } from '../src/context.ts';
import { createLog } from '../src/log.ts';

export type LogLine = Ids & { level: number; msg: string; reason?: string; queue?: string; err?: { message: string } };

/** A log whose lines the test reads. */
export function collectLog(): { log: Logger; lines: LogLine[] } {
  const lines: LogLine[] = [];
  const log = createLog('debug', { write: (line: string) => void lines.push(JSON.parse(line)) });
  return { log, lines };
}
