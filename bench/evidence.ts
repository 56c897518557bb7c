import { sql } from 'kysely';
import { databaseClock } from '../src/database/clock.ts';
import { endOfDay } from '../src/evidence/day-queries.ts';
import { fitPrior } from '../src/evidence/fit-prior.ts';
import { nameDays, nameLatestDays, RECOUNTED_MS } from '../src/evidence/name-days.ts';
import { refreshEvidence } from '../src/evidence/refresh-evidence.ts';
import { DAY_MS } from '../src/scoring/window.ts';
import { changeThreshold } from '../src/settings/change-threshold.ts';
import { listTutors } from '../src/tutors/queries.ts';
import { recalculateAll } from '../src/tutors/recalculate-all.ts';
import { scoresAt } from '../src/tutors/scores-at.ts';
import { TESTER } from '../test/actor.ts';
import { openEmptyDatabase } from './database.ts';
import { timesOf } from './rounds.ts';
import { percentile, runCommand } from './server.ts';

/** What evidence costs with 10,000 tutors: node bench/evidence.ts [sessions, default 300,000] */
const TUTORS = 10_000;
const SESSIONS = Number(process.argv[2] ?? 300_000);
const ROUNDS = 5;
const TIMEZONE = 'Europe/Berlin';

const { db, dataDir, close } = await openEmptyDatabase();
try {
  await runCommand({ dataDir }, ['generate-data', '--tutors', String(TUTORS), '--sessions', String(SESSIONS)]);
  const now = await databaseClock(db);
  const yesterday = new Date(now.getTime() - DAY_MS).toISOString().slice(0, 10);
  const past = { asOf: await endOfDay(db, yesterday, TIMEZONE), isPast: true };
  const bare = await time('one pass over all sessions of 90 days in SQL', () =>
    sql`select tutor_id, count(*) from sessions where scheduled_time >= ${new Date(now.getTime() - 90 * DAY_MS)}
         and scheduled_time < ${now} group by tutor_id`.execute(db),
  );
  const all = { from: new Date(now.getTime() - RECOUNTED_MS), until: now };
  const selection = { risk_status: 'all', evidence: 'all', window_days: 30, is_active: 'all' } as const;
  const order = { sort_by: 'evidence', sort_order: 'desc' } as const;
  const page = { limit: 50, offset: 0 };
  await time('everybody counted and weighed anew', () => recalculateAll(db, databaseClock, () => {}), bare);
  await time('everybody judged by another threshold', changingThreshold(), bare);
  await time('the prior fitted', () => fitPrior(db, now), bare);
  await time('the days of 200 days named', () => nameDays(db, all, TIMEZONE), bare);
  await time('the latest three days judged', () => nameLatestDays(db, now, TIMEZONE), bare);
  await time('the whole night', () => refreshEvidence(db, databaseClock, TIMEZONE), bare);
  await time('a page of the list, now', async () => listTutors(db, { ...selection, ...order }, page), bare);
  await time(
    'a page of the list, as of yesterday',
    async () => listTutors(db, { ...selection, ...order }, page, await scoresAt(db, past)),
    bare,
  );
} finally {
  await close();
}

/** Up and down, so that flags close and open. */
function changingThreshold(): () => Promise<unknown> {
  let threshold = 15;
  return () => {
    threshold = threshold === 15 ? 20 : 15;
    return changeThreshold(db, databaseClock, threshold, TESTER);
  };
}

/** The middle and the worst of a few rounds, and the middle beside the bare pass; returns the middle, in ms. */
async function time(what: string, run: () => Promise<unknown>, bare?: number): Promise<number> {
  const took = await timesOf(ROUNDS, run);
  const middle = percentile(took, 0.5);
  const ratio = bare === undefined ? '' : `${(middle / bare).toFixed(2)} times the bare pass`;
  process.stdout.write(
    `${what.padEnd(46)} ${middle.toFixed(1)} ms, worst ${Math.max(...took).toFixed(1)} ms  ${ratio}\n`,
  );
  return middle;
}
