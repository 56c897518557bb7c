import { closeSync, openSync, writeSync } from 'node:fs';
import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import type { Instant } from '../contract/instant.ts';
import { analyzeTables } from '../database/analyze-queries.ts';
import { databaseClock } from '../database/clock.ts';
import { AppError, messageOf } from '../errors.ts';
import { refreshAfterLoad } from '../evidence/refresh-evidence.ts';
import { type BadRow, importSessions } from '../sessions/csv-import.ts';
import { beginIngest } from '../sessions/ingest-sessions.ts';
import { processSessions } from '../sessions/process-sessions.ts';
import { receiptClock } from '../sessions/receipt-clock.ts';
import { csvLine } from '../tutors/csv.ts';
import { withPlatform } from './platform.ts';
import { progress, say } from './terminal.ts';

export type ImportOptions = { file: string; map: string[]; errors?: string };

/** `npm run import -- FILE`: stores and scores; returns 1 when rows were bad. */
export async function importCsv(config: Config, log: Logger, options: ImportOptions): Promise<number> {
  const { file, errors = `${file}.errors.csv` } = options;
  const mapping = new Map(options.map.map((pair): [string, string] => [before(pair), after(pair)]));
  return withPlatform(config, log, async ({ db }) => {
    const badRows = badRowFile(errors);
    const shown = progress('rows', null);
    const started = Date.now();
    let earliest: Instant | null = null;
    try {
      const counts = await importSessions(file, mapping, {
        ingest: (events) => {
          for (const { session, reschedule } of events) {
            const scheduled_time = reschedule?.original_time ?? session.reported_time;
            if (earliest === null || scheduled_time < earliest) earliest = scheduled_time;
          }
          return beginIngest(db, events);
        },
        receiptClock: receiptClock(() => new Date()),
        badRow: badRows.write,
        progress: (share, rows) => shown.at(rows, share),
      });
      shown.end();
      const seconds = Math.max((Date.now() - started) / 1000, 0.001);
      const { rows, created, updated, unchanged, stale, bad } = counts;
      say(`${rows} rows in ${seconds.toFixed(1)} s (${Math.round(rows / seconds)} a second):`);
      say(`${created} created, ${updated} updated, ${unchanged} unchanged, ${stale} stale, ${bad} bad.`);
      if (bad > 0) say(`The bad rows are listed in ${errors}: line, column, reason.`);
      return bad > 0 ? 1 : 0;
    } finally {
      badRows.close();
      await analyzeTables(db);
      // First what is usual and which days had a common cause: nobody is flagged before that is known.
      if (earliest !== null) await refreshAfterLoad(db, databaseClock, config.TIMEZONE, new Date(earliest));
      await processSessions(
        {
          db,
          clock: databaseClock,
          recipients: config.ADMIN_EMAIL,
          timezone: config.TIMEZONE,
          // A worker's sweep finds and sends them.
          reportsMade: () => {},
          tutorFailed: (tutor_id, error) => log.error({ tutor_id, err: error }, 'tutor set aside'),
        },
        new AbortController().signal,
      );
    }
  });
}

const SHOWN = 10;

/** The file is made with the first bad row; the first few are told at once. */
function badRowFile(path: string): { write: (row: BadRow) => void; close: () => void } {
  let file: number | null = null;
  let written = 0;
  return {
    write: ({ line, column, reason }) => {
      if (file === null) {
        file = open(path);
        writeSync(file, csvLine(['line', 'column', 'reason']));
      }
      writeSync(file, csvLine([line, column, reason]));
      written += 1;
      if (written <= SHOWN) say(`line ${line}, ${column}: ${reason}`);
    },
    close: () => {
      if (file !== null) closeSync(file);
    },
  };
}

function open(path: string): number {
  try {
    return openSync(path, 'w');
  } catch (error) {
    throw new AppError('invalid', `The bad rows cannot be listed in ${path}: ${messageOf(error)}`, {}, error);
  }
}

function before(pair: string): string {
  return pair.slice(0, pair.indexOf('='));
}

function after(pair: string): string {
  return pair.slice(pair.indexOf('=') + 1);
}
