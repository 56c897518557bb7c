import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import { migrateDown, migrateUp, migrationStatus } from '../database/migrate.ts';
import { firstSettings } from '../settings/first-settings.ts';
import { openPlatform } from './platform.ts';
import { print, say } from './terminal.ts';

/** `npm run migrate -- up|down|status`. */
export async function migrate(
  config: Config,
  log: Logger,
  { direction }: { direction: 'up' | 'down' | 'status' },
): Promise<void> {
  const platform = await openPlatform(config, log);
  try {
    const { db } = platform;
    if (direction === 'status') {
      for (const { name, executedAt } of await migrationStatus(db)) {
        print(`${name}  ${executedAt === null ? 'not applied' : `applied ${executedAt.toISOString()}`}\n`);
      }
      return;
    }
    const done = direction === 'up' ? await migrateUp(db) : await migrateDown(db);
    if (direction === 'up') await firstSettings(db, config.RISK_THRESHOLD);
    say(done.length === 0 ? 'Nothing to do.' : done.join('\n'));
  } finally {
    await platform.close();
  }
}
