import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { z } from 'zod';
import { AppError, messageOf } from '../../errors.ts';
import { TABLES } from '../schema/tables.ts';
import { lineReader } from './line-reader.ts';

/**
 * What a backup is: text, packed with gzip. A line that says what it is; for each table a line with its name and
 * columns, its rows as PostgreSQL's COPY writes them, and `\.`; last a line with how many rows there are, and the SHA-256
 * of all lines before it. A file without that last line is not whole.
 */
const backupHead = z.strictObject({
  format: z.literal('tutor-quality backup 1'),
  made_at: z.iso.datetime(),
  /** The migrations of the schema, in order. */
  migrations: z.array(z.string()),
});
const tableHead = z.strictObject({ table: z.enum(TABLES), columns: z.array(z.string()).min(1) });
const backupEnd = z.strictObject({ rows: z.record(z.enum(TABLES), z.int()), sha256: z.string() });

export type BackupHead = z.output<typeof backupHead>;
type TableHead = z.output<typeof tableHead>;
export type RowCounts = z.output<typeof backupEnd>['rows'];
export type TableContent = TableHead & { rows: AsyncIterable<Buffer> };

const END_OF_ROWS = '\\.\n';

/** A backup as it is written, piece by piece. */
export async function* backupContent(
  head: Omit<BackupHead, 'format'>,
  tables: Iterable<TableContent>,
): AsyncGenerator<Buffer | string> {
  const hash = createHash('sha256');
  const hashed = (piece: Buffer | string) => {
    hash.update(piece);
    return piece;
  };
  const counts: Record<string, number> = {};
  yield hashed(line({ format: 'tutor-quality backup 1', ...head }));
  for (const { rows, ...table } of tables) {
    yield hashed(line(table));
    counts[table.table] = 0;
    for await (const piece of rows) {
      counts[table.table] = (counts[table.table] ?? 0) + countLines(piece);
      yield hashed(piece);
    }
    yield hashed(END_OF_ROWS);
  }
  yield line({ rows: counts, sha256: hash.digest('hex') });
}

/** What becomes of a table's rows; returns how many there were. */
export type TakeRows = (table: TableHead, rows: AsyncIterable<Buffer>) => Promise<number>;

/** Reads past all rows: says whether the file is whole. */
export const countRows: TakeRows = async (_, rows) => {
  let count = 0;
  for await (const piece of rows) count += countLines(piece);
  return count;
};

/**
 * Reads a backup from its beginning to its end, handing the rows of each table to `take` in the order of `TABLES`.
 *
 * @throws AppError `invalid` when it is none, or not just as it was written; rows may have been taken by then
 */
export async function readBackup(file: string, take: TakeRows): Promise<BackupHead & { rows: RowCounts }> {
  const hash = createHash('sha256');
  const lines = lineReader(unpacked(file));
  const nextLine = async () => {
    const bytes = await lines.line();
    if (bytes === null) throw notWhole(file, 'it ends too early');
    return bytes;
  };
  const hashedLine = async () => {
    const bytes = await nextLine();
    hash.update(bytes);
    return bytes;
  };

  const head = parsed(file, backupHead, await hashedLine());
  const taken: Record<string, number> = {};
  for (const expected of TABLES) {
    const table = parsed(file, tableHead, await hashedLine());
    if (table.table !== expected) throw notWhole(file, `it has ${table.table} where ${expected} should be`);
    taken[expected] = await take(
      table,
      lines.linesUntil(END_OF_ROWS, (piece) => hash.update(piece)),
    );
    hash.update(END_OF_ROWS);
  }
  const { rows, sha256 } = parsed(file, backupEnd, await nextLine());
  if (sha256 !== hash.digest('hex')) throw notWhole(file, 'its checksum is another one');
  if ((await lines.line()) !== null) throw notWhole(file, 'something follows its end');
  for (const table of TABLES) {
    if (rows[table] !== taken[table]) {
      throw notWhole(file, `${taken[table]} rows of ${table} came in, and ${rows[table]} were written`);
    }
  }
  return { ...head, rows };
}

async function* unpacked(file: string): AsyncGenerator<Buffer> {
  try {
    yield* pipeline(createReadStream(file), createGunzip(), () => {});
  } catch (error) {
    throw notWhole(file, messageOf(error), error);
  }
}

function parsed<Schema extends z.ZodType>(file: string, schema: Schema, bytes: Buffer): z.output<Schema> {
  try {
    return schema.parse(JSON.parse(bytes.toString('utf8')));
  } catch (error) {
    throw notWhole(file, 'a line is not what it should be', error);
  }
}

function notWhole(file: string, reason: string, cause?: unknown): AppError {
  return new AppError('invalid', `${file} is not a whole backup: ${reason}.`, {}, cause);
}

function line(value: object): string {
  return `${JSON.stringify(value)}\n`;
}

const NEWLINE = 0x0a;

/** COPY ends each row with a line break, and writes those within a value otherwise. */
function countLines(piece: Buffer): number {
  let count = 0;
  for (let at = piece.indexOf(NEWLINE); at !== -1; at = piece.indexOf(NEWLINE, at + 1)) count += 1;
  return count;
}
