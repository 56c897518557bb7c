import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import { databaseClock } from '../database/clock.ts';
import { createDatabaseIfMissing } from '../database/create-database.ts';
import { isMigrated } from '../database/migrate.ts';
import { AppError } from '../errors.ts';
import { refreshEvidence } from '../evidence/refresh-evidence.ts';
import { generate } from '../synthetic/generate.ts';
import { loadSynthetic } from '../synthetic/load.ts';
import { verifyDatabase } from '../synthetic/verify.ts';
import { openPlatform, prepareDatabase } from './platform.ts';
import { print, say } from './terminal.ts';

const SEED = { tutors: 8, sessions: 80, days: 30, seed: 1 };

/** `npm run setup-db -- --init --seed-data`. Returns 1 when what it finds is not as it should be. */
export async function setupDb(
  config: Config,
  log: Logger,
  { init, seedData }: { init: boolean; seedData: boolean },
): Promise<number> {
  if (init && config.DATABASE_URL !== undefined && (await createDatabaseIfMissing(config.DATABASE_URL))) {
    say('Database created.');
  }
  const platform = await openPlatform(config, log);
  try {
    const { db } = platform;
    if (init) await prepareDatabase(platform);
    if (!(await isMigrated(db))) throw new AppError('unavailable', 'The database is not migrated: add --init.');
    if (seedData) {
      const asOf = await databaseClock(db);
      await loadSynthetic(db, databaseClock, generate({ ...SEED, asOf, timezone: config.TIMEZONE }), () => {});
      await refreshEvidence(db, databaseClock, config.TIMEZONE);
      say(`${SEED.tutors} tutors with ${SEED.sessions} sessions are stored.`);
    }
    const checks = await verifyDatabase(db);
    for (const { check, faults } of checks)
      print(`${faults === 0 ? 'ok    ' : 'FAULT '} ${check}${faults === 0 ? '' : `: ${faults}`}\n`);
    return checks.every(({ faults }) => faults === 0) ? 0 : 1;
  } finally {
    await platform.close();
  }
}
