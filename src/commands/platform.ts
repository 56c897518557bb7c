import { mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import { type ConnectionOptions, connect, type Db } from '../database/connection.ts';
import { attachEmbeddedPostgres, type EmbeddedPostgres } from '../database/embedded/attach.ts';
import { isMigrated, migrateUp } from '../database/migrate.ts';
import { expectNewEnough } from '../database/server-version.ts';
import { AppError } from '../errors.ts';
import type { QueueLocation } from '../queue/backend.ts';
import { firstSettings } from '../settings/first-settings.ts';

/** What every command stands on: the configuration, a log and the database. */
export type Platform = {
  config: Config;
  log: Logger;
  dataDir: string;
  db: Db;
  connectionString: string;
  /** `null` when DATABASE_URL names a server of its own. */
  embedded: EmbeddedPostgres | null;
  queue: QueueLocation;
  close(): Promise<void>;
};

export type PlatformOptions = Pick<ConnectionOptions, 'statementTimeoutMs'>;

/**
 * Attaches to the configured server, or to the embedded one in DATA_DIR, which it starts if nobody has.
 *
 * @throws AppError `unavailable` when the configured server is too old
 */
export async function openPlatform(config: Config, log: Logger, options: PlatformOptions = {}): Promise<Platform> {
  const dataDir = resolve(config.DATA_DIR);
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const embedded =
    config.DATABASE_URL === undefined ? await attachEmbeddedPostgres(dataDir, (message) => log.info(message)) : null;
  const connectionString = config.DATABASE_URL ?? embedded?.connectionString ?? '';
  let isClosing = false;
  const db = connect(connectionString, {
    // Whoever stops the server as well may hear of it before the last connection is closed.
    onIdleError: (error) => {
      if (!isClosing) log.warn({ reason: error.message }, 'database connection lost');
    },
    ...options,
  });
  if (embedded === null) {
    await expectNewEnough(db).catch(async (error: unknown) => {
      await db.destroy();
      throw error;
    });
  }
  return {
    config,
    log,
    dataDir,
    db,
    connectionString,
    embedded,
    queue: config.REDIS_URL ? { kind: 'redis', url: config.REDIS_URL } : { kind: 'postgres', connectionString },
    close: async () => {
      isClosing = true;
      await db.destroy();
      await embedded?.release();
    },
  };
}

/** Brings the schema up to date and gives a new database its first settings. */
export async function prepareDatabase({ db, config, log }: Platform): Promise<void> {
  const done = await migrateUp(db);
  if (done.length > 0) log.info({ migrations: done }, 'database migrated');
  await firstSettings(db, config.RISK_THRESHOLD);
}

/**
 * Runs a command on a ready database and leaves it. The embedded one is ours to migrate; one that DATABASE_URL names
 * is migrated by `setup-db`, `migrate` or `start`, when its owner says so.
 */
export async function withPlatform<Result>(
  config: Config,
  log: Logger,
  run: (platform: Platform) => Promise<Result>,
): Promise<Result> {
  const platform = await openPlatform(config, log);
  try {
    if (platform.embedded === null) await expectMigrated(platform);
    else await prepareDatabase(platform);
    return await run(platform);
  } finally {
    await platform.close();
  }
}

export async function expectMigrated({ db }: Platform): Promise<void> {
  if (await isMigrated(db)) return;
  throw new AppError('unavailable', 'The database is not migrated. Run: npm run setup-db -- --init');
}
