import type { Logger } from 'pino';
import { record } from '../audit/record-queries.ts';
import type { Config } from '../config.ts';
import { AppError } from '../errors.ts';
import { exportTutorRows } from '../privacy/export-queries.ts';
import { commandActor } from './command-actor.ts';
import { withPlatform } from './platform.ts';
import { print } from './terminal.ts';

/** `npm run -s export-tutor -- TUTOR_ID`: all rows that belong to a tutor, as JSON by table. */
export async function exportTutor(config: Config, log: Logger, { id }: { id: string }): Promise<void> {
  const rows = await withPlatform(config, log, async ({ db }) => {
    const found = await exportTutorRows(db, id);
    if (found['tutors']?.length === 0) throw new AppError('not_found', `No tutor has the id ${id}.`);
    const details = Object.fromEntries(Object.entries(found).map(([table, { length }]) => [table, length]));
    // Before anything is shown.
    await record(db, commandActor('export-tutor'), { action: 'exported', subject: 'tutor', subjectId: id, details });
    return found;
  });
  print(`${JSON.stringify(rows, null, 2)}\n`);
}
