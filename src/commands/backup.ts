import { stat } from 'node:fs/promises';
import type { Logger } from 'pino';
import { record } from '../audit/record-queries.ts';
import type { Config } from '../config.ts';
import { formatNumber } from '../contract/format.ts';
import { backUp } from '../database/backup/back-up.ts';
import { countRows, type RowCounts, readBackup } from '../database/backup/backup-file.ts';
import { commandActor } from './command-actor.ts';
import { withPlatform } from './platform.ts';
import { say } from './terminal.ts';

/** `npm run backup -- FILE`: all that is stored, as it stands at one instant; beside a running app too. */
export async function backup(
  config: Config,
  log: Logger,
  { file, overwrite }: { file: string; overwrite: boolean },
): Promise<void> {
  await withPlatform(config, log, async ({ db, connectionString }) => {
    // Before anything is written; so the backup says of itself that it was made.
    await record(db, commandActor('backup'), { action: 'exported', subject: 'database' });
    await backUp(connectionString, file, { overwrite });
  });
  // Read as it would be for a restore: what is said of it is what is in it.
  const { rows, migrations } = await readBackup(file, countRows);
  const { size } = await stat(file);
  say(`${describeRows(rows)}, schema ${migrations.at(-1)}: ${file}, ${formatNumber(Math.ceil(size / 1024))} KiB.`);
  say('It holds personal data and the hashes of passwords: keep it where only you can read it.');
}

export function describeRows({ tutors = 0, sessions = 0, email_reports = 0, ...others }: Partial<RowCounts>): string {
  const more = Object.values(others).reduce((sum, rows) => sum + rows, 0);
  return `${formatNumber(tutors)} tutors, ${formatNumber(sessions)} sessions, ${formatNumber(email_reports)} reports and ${formatNumber(more)} other rows`;
}
