import { join, resolve } from 'node:path';

import { Client } from 'pg';

import { AppError } from '../../errors.ts';
import { letPass, openDataDir, serverAccount } from './access.ts';
import { findBinaries } from './binaries.ts';
import { ensureCluster, ensurePassword } from './cluster.ts';
import { errorCode } from './error-code.ts';
import { clearScratch } from './scratch.ts';
import { reachServer, type Server, stopServer } from './server.ts';
import { keepSession } from './session.ts';
import { connectionStringFor, socketDirectory } from './socket.ts';

export type EmbeddedPostgres = {
  /** For node-postgres and BullMQ. It holds the password: not for logs. */
  connectionString: string;
  /** The real path of the data directory. */
  dataDir: string;
  /** Leaves the server; the last to leave stops it. End your own connections first. */
  release(): Promise<void>;
};

const DATABASE = 'tutor_quality';

// Both are held in the maintenance database, where they never meet the locks of the app's own.
const ATTACHED_LOCK = 7_201_001;
const INSTANCE_LOCK = 7_201_002;

/** How long the lock of an app that was just killed may outlive it. */
const KILLED_INSTANCE_GRACE = '1500ms';

/**
 * Attaches to the PostgreSQL server whose data lie in `dataDir/postgres`; makes the cluster and starts the server where
 * need be. A server that crashes meanwhile is started again. `notice` hears of that, and of what takes long.
 *
 * `settings` are PostgreSQL's own; they hold for a server that this call starts. Throws `unavailable`, saying what to do.
 */
export async function attachEmbeddedPostgres(
  dataDir: string,
  notice: (message: string) => void,
  settings: Record<string, string> = {},
): Promise<EmbeddedPostgres> {
  const path = await openDataDir(resolve(dataDir));
  const server = await prepareServer(path, notice, settings);
  let socketDir = server.socketDir;
  const session = await keepSession(async () => {
    const joined = await joinServer(server);
    socketDir = joined.socketDir;
    return joined.client;
  }, notice);
  await clearScratch(path);
  let released: Promise<void> | undefined;
  return {
    connectionString: connectionStringFor(socketDir, server.password, DATABASE),
    dataDir: path,
    release() {
      released ??= session.end().then((client) => (client === null ? undefined : leaveServer(client, server)));
      return released;
    },
  };
}

/**
 * Makes this process the one app instance of the data directory, until `release`.
 * Throws `conflict` when another process is.
 */
export async function claimInstance(embedded: EmbeddedPostgres): Promise<{ release(): Promise<void> }> {
  const session = await keepSession(
    () => claim(embedded),
    () => undefined, // the attached session tells of the same loss
  );
  return {
    async release() {
      const client = await session.end();
      await client?.end();
    },
  };
}

async function prepareServer(
  dataDir: string,
  notice: (message: string) => void,
  settings: Record<string, string>,
): Promise<Server> {
  const cluster = join(dataDir, 'postgres');
  const passwordFile = join(dataDir, 'postgres-password');
  const account = await serverAccount(cluster);
  if (account !== null) await letPass(dataDir, account);
  const binaries = await findBinaries(dataDir, account);
  const password = await ensurePassword(cluster, passwordFile);
  await ensureCluster(cluster, passwordFile, binaries, account, { durable: settings['fsync'] !== 'off', notice });
  const socketDir = await socketDirectory(cluster, account);
  const logFile = join(dataDir, 'postgres.log');
  return { cluster, socketDir, logFile, postgres: binaries.postgres, account, password, settings, notice };
}

/** A connection that counts as attached, and the app's database. */
async function joinServer(server: Server): Promise<{ client: Client; socketDir: string }> {
  for (;;) {
    const { client, socketDir } = await reachServer(server);
    try {
      // Waits while the last one to leave holds the lock and stops the server: this connection is then cut.
      await client.query('select pg_advisory_lock_shared($1)', [ATTACHED_LOCK]);
      await ensureDatabase(client);
      return { client, socketDir };
    } catch (error) {
      await client.end().catch(() => undefined);
      if (!wasCutOff(error)) throw error;
    }
  }
}

async function leaveServer(client: Client, server: Server): Promise<void> {
  try {
    await client.query('select pg_advisory_unlock_shared($1)', [ATTACHED_LOCK]);
    const { rows } = await client.query<{ is_last: boolean }>('select pg_try_advisory_lock($1) as is_last', [
      ATTACHED_LOCK,
    ]);
    if (rows[0]?.is_last === true) await stopServer(server);
  } catch (error) {
    if (!wasCutOff(error)) throw error;
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function ensureDatabase(client: Client): Promise<void> {
  const { rowCount } = await client.query('select from pg_database where datname = $1', [DATABASE]);
  if (rowCount !== 0) return;
  await client.query(`create database ${DATABASE}`).catch((error: unknown) => {
    if (!['42P04', '23505'].includes(errorCode(error) ?? '')) throw error;
  });
}

async function claim({ connectionString, dataDir }: EmbeddedPostgres): Promise<Client> {
  const maintenance = new URL(connectionString);
  maintenance.pathname = '/postgres';
  const client = new Client({
    connectionString: maintenance.href,
    application_name: 'tutor-quality instance',
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query(`set lock_timeout = '${KILLED_INSTANCE_GRACE}'`);
    await client.query('select pg_advisory_lock($1)', [INSTANCE_LOCK]);
    return client;
  } catch (error) {
    await client.end().catch(() => undefined);
    if (errorCode(error) !== '55P03') throw error;
    const mend = 'Stop it first, or give this one a DATA_DIR of its own.';
    throw new AppError('conflict', `Another instance of the app is running on ${dataDir}. ${mend}`, {}, error);
  }
}

/** Whether the server ended the connection, and not the statement failed. */
function wasCutOff(error: unknown): boolean {
  const code = errorCode(error);
  if (code !== undefined) return code.startsWith('57P') || code === 'ECONNRESET' || code === 'EPIPE';
  return error instanceof Error && /connection terminated|not queryable/i.test(error.message);
}
