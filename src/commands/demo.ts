import { databaseClock } from '../database/clock.ts';
import { generate } from '../synthetic/generate.ts';
import { loadSynthetic } from '../synthetic/load.ts';
import { countTutors } from '../tutors/queries.ts';
import type { Platform } from './platform.ts';
import { progress, say } from './terminal.ts';

const DEMO = { tutors: 100, sessions: 3000, days: 90, seed: 42 };
const EVERYBODY = { risk_status: 'all', sort_by: 'name', sort_order: 'asc', is_active: 'all' } as const;

/** Gives an EMPTY database something to look at; one with a single tutor stays as it is. */
export async function fillWithDemo({ db, config }: Platform): Promise<void> {
  if ((await countTutors(db, EVERYBODY)) > 0) return;
  say('The database is empty: filling it with demo data (npm start -- --empty leaves it empty).');
  const asOf = await databaseClock(db);
  const shown = progress('sessions', DEMO.sessions);
  await loadSynthetic(db, databaseClock, generate({ ...DEMO, asOf, timezone: config.TIMEZONE }), shown.at);
  shown.end();
}
