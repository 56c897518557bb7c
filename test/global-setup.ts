import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { connect } from '../src/database/connection.ts';
import { attachEmbeddedPostgres } from '../src/database/embedded.ts';
import { migrateUp } from '../src/database/migrate.ts';
import { saveFirstSettings } from '../src/settings/queries.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** A server with a migrated template database, for tests that clone it. */
    postgresUrl: string;
    /** `null` where no redis-server can be had; the test run says so. */
    redisUrl: string | null;
  }
}

export const TEMPLATE = 'tutor_quality_template';

/** One real PostgreSQL and one real Redis for the whole run, in a folder that goes with it. */
export default async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const dataDir = await mkdtemp(join(tmpdir(), 'tq-'));
  const settings = { fsync: 'off', max_connections: '300', full_page_writes: 'off' };
  const postgres = await attachEmbeddedPostgres(dataDir, () => {}, settings);
  await makeTemplate(postgres.connectionString);
  provide('postgresUrl', postgres.connectionString);

  const isMissing = (process.env['TQS_MISSING'] ?? '').includes('redis-server');
  const redis = isMissing ? null : await startRedis();
  provide('redisUrl', redis?.url ?? null);
  return async () => {
    redis?.process.kill('SIGKILL');
    await postgres.release();
    await rm(dataDir, { recursive: true, force: true });
  };
}

async function makeTemplate(connectionString: string): Promise<void> {
  const admin = new pg.Client({ connectionString });
  await admin.connect();
  await admin.query(`create database ${TEMPLATE}`);
  await admin.end();
  const url = new URL(connectionString);
  url.pathname = `/${TEMPLATE}`;
  const db = connect(url.toString());
  await migrateUp(db);
  await saveFirstSettings(db, 15);
  await db.destroy();
}

async function startRedis(): Promise<{ url: string; process: ChildProcess }> {
  const port = await freePort();
  const redis = spawn('redis-server', [
    '--port',
    String(port),
    '--save',
    '',
    '--appendonly',
    'no',
    '--bind',
    '127.0.0.1',
  ]);
  await new Promise<void>((resolve, reject) => {
    redis.once('error', reject);
    redis.once('exit', (code) => reject(new Error(`redis-server ended with ${code}`)));
    redis.stdout.on('data', (text) => String(text).includes('Ready to accept connections') && resolve());
  });
  return { url: `redis://127.0.0.1:${port}`, process: redis };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
