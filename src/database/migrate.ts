import { type Migration, Migrator } from 'kysely/migration';
import type { Db } from './connection.ts';
import * as tutorsAndSessions from './migrations/0001-tutors-and-sessions.ts';
import * as scoresAndFlags from './migrations/0002-scores-and-flags.ts';
import * as reports from './migrations/0003-reports.ts';
import * as users from './migrations/0004-users.ts';
import * as evidence from './migrations/0005-evidence.ts';
import * as erasedTutors from './migrations/0006-erased-tutors.ts';
import * as alerts from './migrations/0007-alerts.ts';
import * as dataVersions from './migrations/0008-data-versions.ts';
import * as auditLog from './migrations/0009-audit-log.ts';
import * as scoresInPlace from './migrations/0010-scores-in-place.ts';
import * as firstPasswords from './migrations/0011-first-passwords.ts';
import * as tutorsByName from './migrations/0012-tutors-by-name.ts';

/** In order; a name once released never changes. */
const MIGRATIONS: Record<string, Migration> = {
  '0001-tutors-and-sessions': tutorsAndSessions,
  '0002-scores-and-flags': scoresAndFlags,
  '0003-reports': reports,
  '0004-users': users,
  '0005-evidence': evidence,
  '0006-erased-tutors': erasedTutors,
  '0007-alerts': alerts,
  '0008-data-versions': dataVersions,
  '0009-audit-log': auditLog,
  '0010-scores-in-place': scoresInPlace,
  '0011-first-passwords': firstPasswords,
  '0012-tutors-by-name': tutorsByName,
};

/** Brings the schema to the newest version; returns what was done. Safe to run from several processes at once. */
export async function migrateUp(db: Db): Promise<string[]> {
  return done(await migrator(db).migrateToLatest());
}

/** Takes back the newest migration; returns what was done. */
export async function migrateDown(db: Db): Promise<string[]> {
  return done(await migrator(db).migrateDown());
}

export type MigrationStatus = { name: string; executedAt: Date | null };

export async function migrationStatus(db: Db): Promise<MigrationStatus[]> {
  const migrations = await migrator(db).getMigrations();
  return migrations.map(({ name, executedAt }) => ({ name, executedAt: executedAt ?? null }));
}

/** Whether the schema is the one this code was written for. */
export async function isMigrated(db: Db): Promise<boolean> {
  return (await migrationStatus(db)).every(({ executedAt }) => executedAt !== null);
}

function migrator(db: Db): Migrator {
  return new Migrator({ db, provider: { getMigrations: () => Promise.resolve(MIGRATIONS) } });
}

type MigrationResults = Awaited<ReturnType<Migrator['migrateToLatest']>>;

function done({ error, results = [] }: MigrationResults): string[] {
  if (error !== undefined) throw error;
  return results.map(({ migrationName, direction }) => `${direction.toLowerCase()} ${migrationName}`);
}
