import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { instantOf } from '../src/contract/instant.ts';
import { databaseClock } from '../src/database/clock.ts';
import type { Db } from '../src/database/connection.ts';
import { nameDays, nameLatestDays, RECOUNTED_MS } from '../src/evidence/name-days.ts';
import { DAY_MS } from '../src/scoring/window.ts';
import { ingestSessions } from '../src/sessions/ingest-sessions.ts';
import { readSessionEvent, type SessionEvent } from '../src/sessions/session-event.ts';
import { listTutors } from '../src/tutors/queries.ts';
import { recalculateAll } from '../src/tutors/recalculate-all.ts';
import { sweepWindows } from '../src/tutors/sweep-windows.ts';
import { makeBulk } from './bulk.ts';
import { BULK_SETTINGS, openEmptyDatabase } from './database.ts';
import { printRow } from './print.ts';
import { timesOf } from './rounds.ts';
import { percentile } from './server.ts';

// What ten times as many sessions a day, tutors, or days of history cost, each beside today's load:
// node bench/growth-by.ts [sessions a day, default 3000] [tutors, default 10000]
const A_DAY = Number(process.argv[2] ?? 3000);
const TUTORS = Number(process.argv[3] ?? 10_000);
const DAYS = 90;
const ROUNDS = 5;
const TIMEZONE = 'Europe/Berlin';
const BATCH = 1000;

const CASES = [
  { name: 'today', aDay: A_DAY, tutors: TUTORS, days: DAYS },
  { name: 'sessions x 10', aDay: 10 * A_DAY, tutors: TUTORS, days: DAYS },
  { name: 'tutors x 10', aDay: A_DAY, tutors: 10 * TUTORS, days: DAYS },
  { name: 'history x 10', aDay: A_DAY, tutors: TUTORS, days: 10 * DAYS },
];

let today: Record<string, number> | null = null;
for (const each of CASES) {
  const figures = await measure(each);
  today ??= figures;
  if (today === figures) printRow(['', ...Object.keys(figures)]);
  const first = today;
  printRow([each.name, ...Object.entries(figures).map(([what, ms]) => withRatio(ms, first[what] ?? Number.NaN))]);
}

/** Each figure in ms, the middle of a few rounds. */
async function measure({ aDay, tutors, days }: (typeof CASES)[number]): Promise<Record<string, number>> {
  const { db, close } = await openEmptyDatabase(BULK_SETTINGS);
  try {
    await makeBulk(db, { tutors, sessions: aDay * days, days });
    return await figuresOf(db);
  } finally {
    await close();
  }
}

async function figuresOf(db: Db): Promise<Record<string, number>> {
  const now = await databaseClock(db);
  const quarter = new Date(now.getTime() - DAYS * DAY_MS);
  const all = { from: new Date(now.getTime() - RECOUNTED_MS), until: now };
  const selection = { risk_status: 'all', evidence: 'all', window_days: 30, is_active: 'all' } as const;
  const order = { sort_by: 'evidence', sort_order: 'desc' } as const;
  const { rows: ids } = await sql<{ id: string }>`select id from tutors order by random() limit ${BATCH}`.execute(db);
  await recalculateAll(db, databaseClock, () => {});
  await sweepWindows(db, databaseClock);
  return {
    'one bare pass over 90 days in SQL': await time(() =>
      sql`select tutor_id, count(*) from sessions where scheduled_time >= ${quarter} and scheduled_time < ${now}
           group by tutor_id`.execute(db),
    ),
    'everybody counted anew': await time(() => recalculateAll(db, databaseClock, () => {})),
    'a minute of window edges': await time(
      () => sweepWindows(db, databaseClock),
      () => sql`update sweep_state set watermark = now() - interval '1 minute'`.execute(db),
    ),
    '200 days counted and named': await time(() => nameDays(db, all, TIMEZONE)),
    'the latest three days judged': await time(() => nameLatestDays(db, now, TIMEZONE)),
    'a page of the list': await time(() => listTutors(db, { ...selection, ...order }, { limit: 50, offset: 0 })),
    '1,000 new sessions taken': await time(() =>
      ingestSessions(
        db,
        ids.map(({ id }) => sessionOf(id, now)),
      ),
    ),
  };
}

function sessionOf(tutor_id: string, now: Date): SessionEvent {
  const [start, end] = [3, 2].map((hours) => instantOf(new Date(now.getTime() - hours * 3_600_000)));
  const body = { session_id: randomUUID(), tutor_id, student_id: 's', status: 'completed' };
  const read = readSessionEvent({ ...body, scheduled_time: start, completed_time: end }, instantOf(now));
  if ('details' in read) throw new Error(JSON.stringify(read.details));
  return read.event;
}

async function time(
  run: () => Promise<unknown>,
  prepare: () => Promise<unknown> = () => Promise.resolve(),
): Promise<number> {
  return percentile(await timesOf(ROUNDS, run, prepare), 0.5);
}

function withRatio(ms: number, ofToday: number): string {
  return `${ms.toFixed(1)} ms, ${(ms / ofToday).toFixed(2)} x`;
}
