import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import { clearAll } from '../database/clear-queries.ts';
import { databaseClock } from '../database/clock.ts';
import { AppError } from '../errors.ts';
import { refreshAfterLoad } from '../evidence/refresh-evidence.ts';
import { DAY_MS } from '../scoring/window.ts';
import { audit, formatAudit } from '../synthetic/audit.ts';
import { generate } from '../synthetic/generate.ts';
import { loadSynthetic } from '../synthetic/load.ts';
import { verifyDatabase } from '../synthetic/verify.ts';
import { withPlatform } from './platform.ts';
import { print, progress, say } from './terminal.ts';

export type GenerateDataOptions = {
  tutors: number;
  sessions: number;
  days: number;
  seed: number;
  asOf?: Date;
  clearExisting: boolean;
};

/** `npm run generate-data`: returns 1 when a target is missed or what is stored does not hang together. */
export async function generateData(config: Config, log: Logger, options: GenerateDataOptions): Promise<number> {
  if (options.clearExisting && config.ENVIRONMENT === 'production') {
    throw new AppError('conflict', 'With ENVIRONMENT=production --clear-existing deletes nothing.');
  }
  return withPlatform(config, log, async ({ db }) => {
    const asOf = options.asOf ?? (await databaseClock(db));
    const wanted = { ...options, asOf, timezone: config.TIMEZONE };
    const data = generate(wanted);
    if (options.clearExisting) await clearAll(db);

    const shown = progress('sessions', data.sessions.length);
    await loadSynthetic(db, databaseClock, data, shown.at);
    shown.end();
    await refreshAfterLoad(db, databaseClock, config.TIMEZONE, new Date(asOf.getTime() - options.days * DAY_MS));

    const targets = audit(data, wanted);
    const checks = await verifyDatabase(db);
    print(formatAudit(targets));
    for (const { check, faults } of checks)
      print(`${faults === 0 ? 'ok    ' : 'FAULT '} ${check}${faults === 0 ? '' : `: ${faults}`}\n`);
    say(`${data.tutors.length} tutors and ${data.sessions.length} sessions are stored, as of ${asOf.toISOString()}.`);
    const isGood = targets.every(({ outcome }) => outcome !== 'missed') && checks.every(({ faults }) => faults === 0);
    return isGood ? 0 : 1;
  });
}
