import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { PassThrough } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { parse } from 'csv-parse';
import { AppError, type ErrorDetails } from '../errors.ts';
import { bodyOf, columnOf, columnsOf, type Mapping } from './csv-columns.ts';
import type { IngestResult } from './ingest-sessions.ts';
import type { ReceiptClock } from './receipt-clock.ts';
import { readSessionEvent, type SessionEvent } from './session-event.ts';

export type ImportCounts = {
  rows: number;
  created: number;
  updated: number;
  unchanged: number;
  stale: number;
  bad: number;
};

/** A row that was not stored, and why. `column` is the file's own name of it. */
export type BadRow = { line: number; column: string; reason: string };

export type ImportDeps = {
  ingest: (events: readonly SessionEvent[]) => Promise<IngestResult[]>;
  receiptClock: ReceiptClock;
  badRow: (row: BadRow) => void;
  /** How much of the file was read, 0 to 1, and its rows so far. */
  progress: (share: number, rows: number) => void;
};

const GROUP = 1000;
const MAX_ROW_BYTES = 64 * 1024;

/**
 * Takes all sessions of a CSV file with a header line, `.gz` too, in a steady amount of memory. A bad row is reported
 * and stops nobody. Running it again stores only what is new, so a broken import is simply started once more.
 *
 * @throws AppError `invalid` when the file cannot be read as a whole: no such file, a needed column missing
 */
export async function importSessions(file: string, mapping: Mapping, deps: ImportDeps): Promise<ImportCounts> {
  const size = await sizeOf(file);
  const group = new Group(mapping, deps);
  const bytes = createReadStream(file);
  try {
    await pipeline(
      bytes,
      file.endsWith('.gz') ? createGunzip() : new PassThrough(),
      parser(mapping, group),
      async (rows: AsyncIterable<ParsedRow>) => {
        for await (const row of rows) {
          await group.take(row);
          deps.progress(bytes.bytesRead / size, group.counts.rows);
        }
      },
    );
  } catch (error) {
    throw unreadable(error);
  } finally {
    await group.flush();
  }
  return group.counts;
}

type ParsedRow = { record: Record<string, string>; info: { lines: number } };

/** Reads row by row; a row that is no CSV is refused like any other bad one. */
function parser(mapping: Mapping, group: Group) {
  return parse({
    bom: true,
    info: true,
    skip_empty_lines: true,
    max_record_size: MAX_ROW_BYTES,
    columns: (header: string[]) => columnsOf(header, mapping),
    skip_records_with_error: true,
    on_skip: (error) => {
      group.refuseRow(Number(error?.lines ?? 0), error?.message ?? 'cannot be read');
      return undefined;
    },
  });
}

type WaitingRow = { line: number; event: SessionEvent };

/** Rows on their way into the database, a group at a time. */
class Group {
  readonly counts: ImportCounts = { rows: 0, created: 0, updated: 0, unchanged: 0, stale: 0, bad: 0 };
  readonly #mapping: Mapping;
  readonly #deps: ImportDeps;
  #waiting: WaitingRow[] = [];
  #storing: Promise<void> = Promise.resolve();

  constructor(mapping: Mapping, deps: ImportDeps) {
    this.#mapping = mapping;
    this.#deps = deps;
  }

  async take({ record, info: { lines: line } }: ParsedRow): Promise<void> {
    this.counts.rows += 1;
    const read = readSessionEvent(bodyOf(record), this.#deps.receiptClock());
    if ('details' in read) return this.#refuse(line, read.details);
    this.#waiting.push({ line, event: read.event });
    if (this.#waiting.length >= GROUP) await this.#hand(this.#waiting.splice(0));
  }

  /** Stores what is left, and waits until all is stored. */
  async flush(): Promise<void> {
    await this.#hand(this.#waiting.splice(0));
    await this.#storing;
  }

  /** One group is stored while the next one is read. */
  async #hand(group: readonly WaitingRow[]): Promise<void> {
    await this.#storing;
    this.#storing = this.#store(group);
    // Whoever waits for it next hears of a failure; until then it is nobody's unhandled one.
    this.#storing.catch(() => {});
  }

  async #store(group: readonly WaitingRow[]): Promise<void> {
    const results = await this.#deps.ingest(group.map(({ event }) => event));
    for (const [index, { line }] of group.entries()) {
      const result = results[index];
      if (result?.outcome !== undefined) this.counts[result.outcome] += 1;
      else this.#refuse(line, result?.details ?? { row: 'was refused by the database' });
    }
  }

  refuseRow(line: number, reason: string): void {
    this.counts.rows += 1;
    this.#refuse(line, { row: reason });
  }

  #refuse(line: number, details: ErrorDetails): void {
    this.counts.bad += 1;
    for (const [field, reason] of Object.entries(details)) {
      this.#deps.badRow({ line, column: columnOf(field, this.#mapping), reason });
    }
  }
}

async function sizeOf(file: string): Promise<number> {
  try {
    return (await stat(file)).size;
  } catch (error) {
    throw new AppError('invalid', `${file} cannot be read.`, {}, error);
  }
}

function unreadable(error: unknown): unknown {
  if (error instanceof AppError || !(error instanceof Error)) return error;
  const isOfTheFile = 'code' in error && /^(CSV_|Z_|EISDIR|EACCES)/.test(String(error.code));
  return isOfTheFile ? new AppError('invalid', `The file cannot be read: ${error.message}`, {}, error) : error;
}
