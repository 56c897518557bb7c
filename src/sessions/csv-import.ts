import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { PassThrough } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { addMicroseconds, type Instant, instantOf } from '../contract/instant.ts';
import { AppError, type ErrorDetails } from '../errors.ts';
import { columnOf, columnsOf, type Mapping, rowReader } from './csv-columns.ts';
import { type CsvRecord, csvRecords } from './csv-records.ts';
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
  /** Comes back when the next group may begin, unless it names one of the same sessions. */
  ingest: (events: readonly SessionEvent[]) => Promise<{ results: Promise<IngestResult[]> }>;
  receiptClock: ReceiptClock;
  badRow: (row: BadRow) => void;
  /** How much of the file was read, 0 to 1, and its rows so far. */
  progress: (share: number, rows: number) => void;
};

const GROUP = 1000;
/** Groups that are written at once. */
const WRITES = 2;

/**
 * Takes all sessions of a CSV file with a header line, `.gz` too, in a steady amount of memory. A bad row is reported
 * and stops nobody. A row without `occurred_at` says what was true when the file was last changed: so a broken import
 * is simply started once more, and undoes nothing that was heard since.
 *
 * @throws AppError `invalid` when the file cannot be read as a whole: no such file, a needed column missing
 */
export async function importSessions(file: string, mapping: Mapping, deps: ImportDeps): Promise<ImportCounts> {
  const { size, mtime } = await statOf(file);
  const group = new Group(mapping, deps, instantOf(mtime));
  const bytes = createReadStream(file);
  try {
    const unpacked = file.endsWith('.gz') ? createGunzip() : new PassThrough();
    await pipeline(bytes, unpacked, async (chunks: AsyncIterable<Buffer>) => {
      for await (const record of csvRecords(chunks)) {
        await group.take(record);
        deps.progress(bytes.bytesRead / size, group.counts.rows);
      }
    });
  } catch (error) {
    throw unreadable(error);
  } finally {
    await group.flush();
  }
  group.expectHeader();
  return group.counts;
}

type WaitingRow = { line: number; event: SessionEvent };
/** A group on its way into the database, and the sessions it names. */
type Write = { sessionIds: ReadonlySet<string>; done: Promise<void> };

/** Rows on their way into the database, a group at a time. */
class Group {
  readonly counts: ImportCounts = { rows: 0, created: 0, updated: 0, unchanged: 0, stale: 0, bad: 0 };
  readonly #mapping: Mapping;
  readonly #deps: ImportDeps;
  readonly #writtenAt: Instant;
  readonly #waiting: WaitingRow[] = [];
  #header: { width: number; read: ReturnType<typeof rowReader> } | null = null;
  #beginning: Promise<void> = Promise.resolve();
  #writes: Write[] = [];

  constructor(mapping: Mapping, deps: ImportDeps, writtenAt: Instant) {
    this.#mapping = mapping;
    this.#deps = deps;
    this.#writtenAt = writtenAt;
  }

  async take({ line, cells, problem }: CsvRecord): Promise<void> {
    if (this.#header === null) {
      if (cells === undefined) throw new AppError('invalid', `The header line ${problem}.`);
      this.#header = { width: cells.length, read: rowReader(columnsOf(cells, this.#mapping)) };
      return;
    }
    this.counts.rows += 1;
    const { width, read: bodyOf } = this.#header;
    if (cells === undefined) return this.#refuse(line, { row: problem });
    if (cells.length !== width) {
      return this.#refuse(line, { row: `has ${cells.length} cells, the header has ${width}` });
    }
    const read = readSessionEvent(bodyOf(cells), this.#deps.receiptClock());
    if ('details' in read) return this.#refuse(line, read.details);
    this.#waiting.push({ line, event: this.#dated(read.event, line) });
    if (this.#waiting.length >= GROUP) await this.#hand(this.#waiting.splice(0));
  }

  /** Stores what is left, and waits until all is stored. */
  async flush(): Promise<void> {
    await this.#hand(this.#waiting.splice(0));
    await this.#beginning;
    await this.#finishWrites(() => true);
  }

  expectHeader(): void {
    if (this.#header === null) throw new AppError('invalid', 'The file is empty: it needs a header line.');
  }

  /** Of two rows of one session, the later one is the newer. */
  #dated(event: SessionEvent, line: number): SessionEvent {
    if (!event.is_receipt) return event;
    return { ...event, occurred_at: addMicroseconds(this.#writtenAt, line) };
  }

  /** Groups begin one after the other; meanwhile the next one is read. */
  async #hand(group: readonly WaitingRow[]): Promise<void> {
    await this.#beginning;
    this.#beginning = this.#begin(group);
    // Whoever waits for it next hears of a failure; until then it is nobody's unhandled one.
    this.#beginning.catch(() => {});
  }

  /** A group that names a session which is still being written must see it stored. */
  async #begin(group: readonly WaitingRow[]): Promise<void> {
    if (group.length === 0) return;
    const sessionIds = new Set(group.map(({ event }) => event.session_id));
    await this.#finishWrites((writes) => writes.some((write) => !write.sessionIds.isDisjointFrom(sessionIds)));
    await this.#finishWrites((writes) => writes.length >= WRITES);
    const { results } = await this.#deps.ingest(group.map(({ event }) => event));
    const done = results.then((each) => this.#count(group, each));
    done.catch(() => {});
    this.#writes.push({ sessionIds, done });
  }

  /** Waits for the oldest write as long as there is one and `isToo` many are left. */
  async #finishWrites(isToo: (writes: readonly Write[]) => boolean): Promise<void> {
    for (let [oldest] = this.#writes; oldest !== undefined && isToo(this.#writes); [oldest] = this.#writes) {
      await oldest.done;
      this.#writes.shift();
    }
  }

  #count(group: readonly WaitingRow[], results: readonly IngestResult[]): void {
    for (const [index, { line }] of group.entries()) {
      const result = results[index];
      if (result?.outcome !== undefined) this.counts[result.outcome] += 1;
      else this.#refuse(line, result?.details ?? { row: 'was refused by the database' });
    }
  }

  #refuse(line: number, details: ErrorDetails): void {
    this.counts.bad += 1;
    for (const [field, reason] of Object.entries(details)) {
      this.#deps.badRow({ line, column: columnOf(field, this.#mapping), reason });
    }
  }
}

async function statOf(file: string) {
  try {
    return await stat(file);
  } catch (error) {
    throw new AppError('invalid', `${file} cannot be read.`, {}, error);
  }
}

function unreadable(error: unknown): unknown {
  if (error instanceof AppError || !(error instanceof Error)) return error;
  const isOfTheFile = 'code' in error && /^(Z_|EISDIR|EACCES)/.test(String(error.code));
  return isOfTheFile ? new AppError('invalid', `The file cannot be read: ${error.message}`, {}, error) : error;
}
