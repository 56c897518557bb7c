import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import { AppError } from '../errors.ts';
import { exportTutorRows } from '../privacy/export-queries.ts';
import { withPlatform } from './platform.ts';
import { print } from './terminal.ts';

/** `npm run -s export-tutor -- TUTOR_ID`: all rows that belong to a tutor, as JSON by table. */
export async function exportTutor(config: Config, log: Logger, { id }: { id: string }): Promise<void> {
  const rows = await withPlatform(config, log, ({ db }) => exportTutorRows(db, id));
  if (rows['tutors']?.length === 0) throw new AppError('not_found', `No tutor has the id ${id}.`);
  print(`${JSON.stringify(rows, null, 2)}\n`);
}
