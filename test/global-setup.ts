import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { ensureBuilt } from '../scripts/build-web.ts';
import { connect } from '../src/database/connection.ts';
import { attachEmbeddedPostgres } from '../src/database/embedded/attach.ts';
import { migrateUp } from '../src/database/migrate.ts';
import { saveFirstSettings } from '../src/settings/queries.ts';
import { startRedis } from './redis-server.ts';
import { SCRATCH_DIR } from './scratch.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** A server with a migrated template database, for tests that clone it. */
    postgresUrl: string;
    /** `null` where no redis-server can be had; the test run says so. */
    redisUrl: string | null;
  }
}

const TEMPLATE = 'tutor_quality_template';

/**
 * One real PostgreSQL and one real Redis for the whole run, in a folder that goes with it; and the built dashboard.
 * TEST_POSTGRES_URL names another server, as a role that may make databases; those of the tests go with the run.
 */
export default async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const isBuilt = ensureBuilt(join(import.meta.dirname, '..'), (words) => process.stderr.write(`${words}\n`));
  if (!isBuilt) throw new Error('The dashboard does not build.');
  const dataDir = await mkdtemp(join(SCRATCH_DIR, 'tq-'));
  const settings = { fsync: 'off', max_connections: '300', full_page_writes: 'off' };
  const other = process.env['TEST_POSTGRES_URL'];
  const postgres = other === undefined ? await attachEmbeddedPostgres(dataDir, () => {}, settings) : null;
  const postgresUrl = postgres?.connectionString ?? other ?? '';
  await makeTemplate(postgresUrl);
  provide('postgresUrl', postgresUrl);

  const isMissing = (process.env['TQS_MISSING'] ?? '').includes('redis-server');
  const redis = isMissing ? null : await startRedis();
  provide('redisUrl', redis?.url ?? null);
  return async () => {
    await redis?.kill();
    if (postgres === null) await asAdmin(postgresUrl, `drop database ${TEMPLATE} with (force)`);
    await postgres?.release();
    await rm(dataDir, { recursive: true, force: true });
  };
}

async function makeTemplate(connectionString: string): Promise<void> {
  await asAdmin(connectionString, `drop database if exists ${TEMPLATE} with (force)`);
  await asAdmin(connectionString, `create database ${TEMPLATE}`);
  const url = new URL(connectionString);
  url.pathname = `/${TEMPLATE}`;
  const db = connect(url.toString());
  await migrateUp(db);
  await saveFirstSettings(db, 15);
  await db.destroy();
}

async function asAdmin(connectionString: string, statement: string): Promise<void> {
  const admin = new pg.Client({ connectionString });
  await admin.connect();
  try {
    await admin.query(statement);
  } finally {
    await admin.end();
  }
}
