import { randomBytes } from 'node:crypto';
import { access, open, rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { to as copyTo } from 'pg-copy-streams';
import { AppError, messageOf } from '../../errors.ts';
import { TABLES, type Table } from '../schema/tables.ts';
import { backupContent, type TableContent } from './backup-file.ts';
import { ALL_TABLES, type CopySession, copied, migrationsOf, storedColumns, withCopySession } from './copy-session.ts';

export type BackUpOptions = { overwrite: boolean };

/**
 * Writes all tables to a file, readable to its owner alone, as they stand at one instant; others go on writing meanwhile.
 * The file has its name only when it is whole; until then, and when it is broken off, it ends in `.partial`.
 *
 * @throws AppError when the file is there already, or cannot be written
 */
export async function backUp(connectionString: string, file: string, { overwrite }: BackUpOptions): Promise<void> {
  if (!overwrite && (await isThere(file))) {
    throw new AppError('conflict', `${file} is there already. Choose another name, or add --overwrite.`);
  }
  const draft = `${file}.${randomBytes(4).toString('hex')}.partial`;
  const output = await open(draft, 'wx', 0o600).catch((error: unknown) => {
    throw new AppError('invalid', `${file} cannot be written: ${messageOf(error)}`, {}, error);
  });
  try {
    await withCopySession(connectionString, async (session) => {
      const content = await snapshot(session);
      // On the disk before it gets its name.
      await pipeline(content, createGzip(), output.createWriteStream({ flush: true }));
    });
    await rename(draft, file);
  } catch (error) {
    await output.close().catch(() => {});
    await rm(draft, { force: true });
    throw error;
  }
}

/** All tables as of one instant. The locks come first: what empties a table or changes it waits until we are done. */
async function snapshot(session: CopySession): Promise<Readable> {
  await session.query('begin isolation level repeatable read read only');
  await session.query(`lock table ${ALL_TABLES} in access share mode`);
  const migrations = await migrationsOf(session);
  const columns = new Map<Table, string[]>();
  for (const table of TABLES) columns.set(table, await storedColumns(session, table));
  const made_at = new Date().toISOString();
  return Readable.from(backupContent({ made_at, migrations }, contents(session, columns)), { objectMode: false });
}

function* contents(session: CopySession, columns: ReadonlyMap<Table, string[]>): Generator<TableContent> {
  for (const [table, names] of columns) {
    yield { table, columns: names, rows: session.query(copyTo(`copy ${copied(table, names)} to stdout`)) };
  }
}

async function isThere(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
