import { type Logger, pino } from 'pino';

export type LogLine = { level: number; msg: string; reason?: string; queue?: string; err?: { message: string } };

/** A log whose lines the test reads. */
export function collectLog(): { log: Logger; lines: LogLine[] } {
  const lines: LogLine[] = [];
  const log = pino({ level: 'debug' }, { write: (line: string) => void lines.push(JSON.parse(line)) });
  return { log, lines };
}
