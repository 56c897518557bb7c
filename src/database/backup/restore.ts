import { pipeline } from 'node:stream/promises';
import { from as copyFrom } from 'pg-copy-streams';
import { AppError } from '../../errors.ts';
import { TABLES, type Table } from '../schema/tables.ts';
import { failureOf } from '../statements/failures.ts';
import { type BackupHead, countRows, type RowCounts, readBackup } from './backup-file.ts';
import { ALL_TABLES, type CopySession, copied, migrationsOf, withCopySession } from './copy-session.ts';

export type Restored = BackupHead & { rows: RowCounts };

export type RestoreOptions = {
  replace: boolean;
  /** Runs with what came in, in the same transaction; `before` counts the rows that stood there. */
  beforeCommit: (session: CopySession, restored: Restored, before: { audit_log: number }) => Promise<void>;
};

const LOCK_WAIT = '5s';

/**
 * Puts the content of a backup in the place of what is stored, all of it or nothing. The file is read to its end before
 * anything is touched.
 *
 * @throws AppError when the file is not whole, or of another version of the schema; when the database holds something,
 *   unless `replace`; when somebody uses it
 */
export async function restore(
  connectionString: string,
  file: string,
  { replace, beforeCommit }: RestoreOptions,
): Promise<Restored> {
  const { migrations } = await readBackup(file, countRows);
  return withCopySession(connectionString, async (session) => {
    expectSameSchema(migrations, await migrationsOf(session));
    await session.query('begin');
    await lockAll(session);
    if (!replace) await expectEmpty(session);
    const noted = await session.query<{ count: string }>('select count(*) as count from audit_log');
    // The log is one of the tables, and else refuses to be emptied.
    await session.query(`set local tutor_quality.audit_log_unlocked = 'yes'`);
    await session.query(`truncate ${ALL_TABLES} restart identity`);
    const restored = await readBackup(file, async ({ table, columns }, rows) => {
      const rowsIn = session.query(copyFrom(`copy ${copied(table, columns)} from stdin`));
      await pipeline(rows, rowsIn);
      return rowsIn.rowCount;
    });
    for (const table of TABLES) await goOnCounting(session, table);
    // Rules that wait for the commit are asked here, where what they say can still be read.
    await session.query('set constraints all immediate');
    await beforeCommit(session, restored, { audit_log: Number(noted.rows[0]?.count) });
    await session.query('commit');
    return restored;
  });
}

function expectSameSchema(ofBackup: readonly string[], ofDatabase: readonly string[]): void {
  if (ofBackup.join() === ofDatabase.join()) return;
  throw new AppError(
    'conflict',
    `The backup is of schema ${ofBackup.at(-1) ?? '(none)'}, the database of ${ofDatabase.at(-1) ?? '(none)'}. ` +
      'Restore it with the version of the app that made it, then migrate up.',
  );
}

async function lockAll(session: CopySession): Promise<void> {
  try {
    await session.query(`set local lock_timeout = '${LOCK_WAIT}'`);
    await session.query(`lock table ${ALL_TABLES} in access exclusive mode`);
  } catch (error) {
    if (!['busy', 'try_again'].includes(failureOf(error))) throw error;
    throw new AppError('conflict', 'The database is in use. Stop API and workers, and try again.', {}, error);
  }
}

/** The first settings are there as soon as a database is made. */
const MAY_HOLD_ROWS: readonly Table[] = ['settings'];

async function expectEmpty(session: CopySession): Promise<void> {
  for (const table of TABLES.filter((name) => !MAY_HOLD_ROWS.includes(name))) {
    const { rowCount } = await session.query(`select from ${table} limit 1`);
    if (rowCount === 0) continue;
    throw new AppError('conflict', `The database is not empty: ${table} has rows. --replace deletes all there is.`);
  }
}

/** Lets a column that numbers its rows go on after the last one; taken back with the transaction, as `setval` would not be. */
async function goOnCounting(session: CopySession, table: Table): Promise<void> {
  const { rows } = await session.query<{ attname: string }>(
    `select attname from pg_attribute where attrelid = $1::regclass and attidentity <> ''`,
    [table],
  );
  for (const { attname } of rows) {
    const last = await session.query<{ next: number }>(`select coalesce(max(${attname}), 0) + 1 as next from ${table}`);
    await session.query(`alter table ${table} alter column ${attname} restart with ${last.rows[0]?.next ?? 1}`);
  }
}
