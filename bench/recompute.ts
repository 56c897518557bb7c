import { sql } from 'kysely';
import { databaseClock } from '../src/database/clock.ts';
import type { Db } from '../src/database/connection.ts';
import { priorAt } from '../src/evidence/prior-queries.ts';
import { DAY_MS } from '../src/scoring/window.ts';
import { type CountedTutor, countScores } from '../src/tutors/count-queries.ts';
import { recalculateAll } from '../src/tutors/recalculate-all.ts';
import { lockScores, type NewScore, writeScores } from '../src/tutors/score-queries.ts';
import { sweepWindows } from '../src/tutors/sweep-windows.ts';
import { weighTutors } from '../src/tutors/weigh-tutors.ts';
import { makeBulk } from './bulk.ts';
import { BULK_SETTINGS, openEmptyDatabase } from './database.ts';
import { timesOf } from './rounds.ts';
import { percentile } from './server.ts';

// All scores counted anew, and a minute of window edges, for 10,000 tutors, beside one bare pass in SQL in the same run:
// node bench/recompute.ts [sessions in 90 days ..., default 1000000 10000000]
const SIZES = process.argv.length > 2 ? process.argv.slice(2).map(Number) : [1_000_000, 10_000_000];
const TUTORS = 10_000;
const DAYS = 90;
const ROUNDS = 5;
/** As `recalculateAll` takes them. */
const BATCH = 500;

for (const sessions of SIZES) {
  const { db, close } = await openEmptyDatabase(BULK_SETTINGS);
  try {
    await makeBulk(db, { tutors: TUTORS, sessions, days: DAYS });
    await measure(db, sessions);
  } finally {
    await close();
  }
}

async function measure(db: Db, sessions: number): Promise<void> {
  print(`${sessions.toLocaleString('en')} sessions of ${TUTORS.toLocaleString('en')} tutors in 90 days`);
  const now = await databaseClock(db);
  const quarter = new Date(now.getTime() - DAYS * DAY_MS);
  const bare = await time('one bare pass in SQL', () =>
    sql`select tutor_id, count(*) from sessions where scheduled_time >= ${quarter} and scheduled_time < ${now}
         group by tutor_id`.execute(db),
  );
  // The first one fills everything in; from then on little changes, as in a night.
  await recalculateAll(db, databaseClock, () => {});
  await time('everybody counted, weighed and stored', () => recalculateAll(db, databaseClock, () => {}), bare);

  const { rows: tutors } = await sql<{ id: string }>`select id from tutors order by id`.execute(db);
  const batches = Array.from({ length: Math.ceil(tutors.length / BATCH) }, (_, index) =>
    tutors.slice(BATCH * index, BATCH * (index + 1)).map(({ id }) => id),
  );
  let counted: CountedTutor[][] = [];
  await time(
    '  of which counting',
    async () => {
      counted = [];
      for (const ids of batches) counted.push(await db.transaction().execute((tx) => countScores(tx, ids, now, [])));
    },
    bare,
  );
  const prior = await priorAt(db, now);
  let weighed: NewScore[][] = [];
  await time(
    '  of which weighing',
    () => {
      weighed = counted.map((batch) =>
        weighTutors(
          batch.map((tutor) => ({ ...tutor, before: 'too_few' })),
          prior,
          15,
        ),
      );
      return Promise.resolve();
    },
    bare,
  );
  await time(
    '  of which locking and storing',
    async () => {
      for (const scores of weighed) {
        const ids = scores.map(({ tutor_id }) => tutor_id);
        await db.transaction().execute(async (tx) => {
          await lockScores(tx, ids);
          await writeScores(tx, scores, now);
        });
      }
    },
    bare,
  );
  await sweepWindows(db, databaseClock);
  await time(
    'a minute of window edges',
    () => sweepWindows(db, databaseClock),
    bare,
    () => turnBack(db),
  );
  print(`most memory of this process: ${Math.round(process.resourceUsage().maxRSS / 1024)} MiB`);
}

/** As if the last sweep had been a minute ago. */
async function turnBack(db: Db): Promise<void> {
  await sql`update sweep_state set watermark = now() - interval '1 minute'`.execute(db);
}

/** The middle and the worst of a few rounds, and the middle beside the bare pass; returns the middle, in ms. */
async function time(
  what: string,
  run: () => Promise<unknown>,
  bare?: number,
  prepare: () => Promise<void> = () => Promise.resolve(),
): Promise<number> {
  const took = await timesOf(ROUNDS, run, prepare);
  const middle = percentile(took, 0.5);
  const ratio = bare === undefined ? '' : `${(middle / bare).toFixed(2)} times the bare pass`;
  print(`${what.padEnd(42)} ${middle.toFixed(1)} ms, worst ${Math.max(...took).toFixed(1)} ms  ${ratio}`);
  return middle;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
