import type { Logger } from 'pino';
import { recordRestore } from '../audit/restore-queries.ts';
import type { Config } from '../config.ts';
import { analyzeTables } from '../database/analyze-queries.ts';
import { announce } from '../database/announce.ts';
import { countRows, readBackup } from '../database/backup/backup-file.ts';
import { restore as restoreTables } from '../database/backup/restore.ts';
import { verifyDatabase } from '../synthetic/verify.ts';
import { describeRows } from './backup.ts';
import { commandActor } from './command-actor.ts';
import { withPlatform } from './platform.ts';
import { print, say } from './terminal.ts';

/**
 * `npm run restore -- FILE`: puts a backup in the place of what is stored, all of it or nothing, and checks what came in.
 * With `check` it only reads the file. Returns 1 when what came in does not hang together.
 */
export async function restore(
  config: Config,
  log: Logger,
  { file, replace, check }: { file: string; replace: boolean; check: boolean },
): Promise<number> {
  if (check) {
    const { rows, made_at, migrations } = await readBackup(file, countRows);
    say(`${file} is whole: ${describeRows(rows)}, of ${made_at}, schema ${migrations.at(-1)}.`);
    return 0;
  }
  return withPlatform(config, log, async ({ db, connectionString }) => {
    const { rows, made_at } = await restoreTables(connectionString, file, {
      replace,
      beforeCommit: (session, restored, before) =>
        recordRestore(session, commandActor('restore'), { made_at: restored.made_at, lost: before.audit_log }),
    });
    await analyzeTables(db);
    await announce(db, { scores: 1, reports: 1, settings: 1 });
    say(`${describeRows(rows)} are back as they stood at ${made_at}.`);
    const checks = await verifyDatabase(db);
    for (const { check: what, faults } of checks)
      print(`${faults === 0 ? 'ok    ' : 'FAULT '} ${what}${faults === 0 ? '' : `: ${faults}`}\n`);
    return checks.every(({ faults }) => faults === 0) ? 0 : 1;
  });
}
