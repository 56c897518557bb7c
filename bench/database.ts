import { rm } from 'node:fs/promises';
import { connect, type Db } from '../src/database/connection.ts';
import { attachEmbeddedPostgres } from '../src/database/embedded/attach.ts';
import { newDataDir, runCommand } from './server.ts';

/** Of a server that is loaded in bulk: no checkpoint comes in between. */
export const BULK_SETTINGS = { max_wal_size: '16GB', checkpoint_timeout: '1h' };

export type BenchDatabase = { db: Db; dataDir: string; connectionString: string; close: () => Promise<void> };

/** An embedded PostgreSQL of its own, migrated and empty, until it is closed. */
export async function openEmptyDatabase(settings: Record<string, string> = {}): Promise<BenchDatabase> {
  const dataDir = await newDataDir();
  const postgres = await attachEmbeddedPostgres(dataDir, () => {}, settings);
  await runCommand({ dataDir }, ['setup-db', '--init']);
  const { connectionString } = postgres;
  const db = connect(connectionString);
  return {
    db,
    dataDir,
    connectionString,
    close: async () => {
      await db.destroy();
      await postgres.release();
      await rm(dataDir, { recursive: true });
    },
  };
}
