import { databaseClock } from '../database/clock.ts';
import { generate } from '../synthetic/generate.ts';
import { loadSynthetic } from '../synthetic/load.ts';
import { replayNights } from '../synthetic/replay-nights.ts';
import { tutorIdsAfter } from '../tutors/score-queries.ts';
import type { Platform } from './platform.ts';
import { progress, say } from './terminal.ts';

const DEMO = { tutors: 100, sessions: 3000, days: 90, seed: 42 };
/** The sessions of the days before are what the first of these flags stand on. */
const NIGHTS = 60;

/** Gives an EMPTY database something to look at; one with a single tutor stays as it is. */
export async function fillWithDemo({ db, config }: Pick<Platform, 'db' | 'config'>): Promise<void> {
  if ((await tutorIdsAfter(db, null, 1)).length > 0) return;
  say('The database is empty: filling it with demo data (npm start -- --empty leaves it empty).');
  const asOf = await databaseClock(db);
  const shown = progress('sessions', DEMO.sessions);
  const data = generate({ ...DEMO, asOf, timezone: config.TIMEZONE });
  await loadSynthetic(db, databaseClock, data, shown.at);
  shown.end();
  await replayNights(db, databaseClock, config.TIMEZONE, NIGHTS);
}
