import type { Logger } from 'pino';
import { createLog } from '../src/log.ts';

export type LogLine = {
  level: number;
  msg: string;
  reason?: string;
  queue?: string;
  err?: { message: string };
  request_id?: string;
  requests?: number;
  job?: string;
  job_id?: string;
  sweep?: string;
  run_id?: string;
};

/** A log whose lines the test reads. */
export function collectLog(): { log: Logger; lines: LogLine[] } {
  const lines: LogLine[] = [];
  const log = createLog('debug', { write: (line: string) => void lines.push(JSON.parse(line)) });
  return { log, lines };
}
