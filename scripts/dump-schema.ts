import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { connect } from '../src/database/connection.ts';
import { attachEmbeddedPostgres } from '../src/database/embedded/attach.ts';
import { migrateUp } from '../src/database/migrate.ts';
import { readCatalog } from './read-catalog.ts';
import { schemaSql } from './schema-sql.ts';

const FILE = new URL('../docs/schema.sql', import.meta.url);

// Writes docs/schema.sql from a freshly migrated database; with --check it only says, by exit code 1, that it is stale.
const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
const current = await dumpSchema();
if (!values.check) {
  await writeFile(FILE, current);
} else if ((await readFile(FILE, 'utf8').catch(() => '')) !== current) {
  process.stderr.write('docs/schema.sql is stale: run "npm run dump-schema".\n');
  process.exitCode = 1;
}

async function dumpSchema(): Promise<string> {
  const dataDir = await mkdtemp(join(tmpdir(), 'tq-schema-'));
  const postgres = await attachEmbeddedPostgres(dataDir, () => {}, { fsync: 'off' });
  const db = connect(postgres.connectionString);
  try {
    await migrateUp(db);
    return schemaSql(await readCatalog(db));
  } finally {
    await db.destroy();
    await postgres.release();
    await rm(dataDir, { recursive: true, force: true });
  }
}
