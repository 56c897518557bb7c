import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import { analyzeScores } from '../database/analyze-queries.ts';
import { databaseClock } from '../database/clock.ts';
import { recalculateAll } from '../tutors/recalculate-all.ts';
import { withPlatform } from './platform.ts';
import { progress, say } from './terminal.ts';

/** `npm run recalculate`: counts every score anew; beside a running worker too. */
export async function recalculate(config: Config, log: Logger): Promise<void> {
  await withPlatform(config, log, async ({ db }) => {
    const shown = progress('tutors', null);
    const { tutors, changed } = await recalculateAll(db, databaseClock, shown.at);
    shown.end();
    if (changed > 0) await analyzeScores(db);
    say(`${tutors} tutors counted anew, ${changed} scores were different.`);
  });
}
