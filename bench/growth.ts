import { sql } from 'kysely';
import { databaseClock } from '../src/database/clock.ts';
import { endOfDay } from '../src/evidence/day-queries.ts';
import { nameDays, RECOUNTED_MS } from '../src/evidence/name-days.ts';
import { getOverview } from '../src/overview/get-overview.ts';
import { DAY_MS } from '../src/scoring/window.ts';
import { processSessions } from '../src/sessions/process-sessions.ts';
import { generate } from '../src/synthetic/generate.ts';
import { loadSynthetic } from '../src/synthetic/load.ts';
import { listTutors } from '../src/tutors/queries.ts';
import { recalculateAll } from '../src/tutors/recalculate-all.ts';
import { scoresAt } from '../src/tutors/scores-at.ts';
import { openEmptyDatabase } from './database.ts';
import { timesOf } from './rounds.ts';
import { percentile, runCommand } from './server.ts';

// What more sessions cost on disk and at night: node bench/growth.ts [times, default 10]. 300,000 sessions of 10,000
// tutors in 90 days are about today's load; each is there so many times, with another id and a few seconds later.
const TIMES = Number(process.argv[2] ?? 10);
const TUTORS = 10_000;
const SESSIONS = 300_000;
const A_DAY = 3000;
const ROUNDS = 3;
const TIMEZONE = 'Europe/Berlin';

const { db, dataDir, close } = await openEmptyDatabase();
try {
  await makeReports();
  print('a report with its indexes', await bytesARow(['email_reports']));
  await runCommand({ dataDir }, [
    'generate-data',
    '--clear-existing',
    '--tutors',
    `${TUTORS}`,
    '--sessions',
    `${SESSIONS}`,
  ]);
  await multiply();
  print('sessions', `${await count('sessions')}, reschedules ${await count('reschedules')}`);
  print('a session with its reschedule and indexes', await bytesARow(['sessions', 'reschedules']));
  print('of which indexes', await indexShare());

  const now = await databaseClock(db);
  const all = { from: new Date(now.getTime() - RECOUNTED_MS), until: now };
  const yesterday = new Date(now.getTime() - DAY_MS).toISOString().slice(0, 10);
  const past = { asOf: await endOfDay(db, yesterday, TIMEZONE), isPast: true };
  const quarter = new Date(now.getTime() - 90 * DAY_MS);
  await time('one pass over all sessions in SQL', () =>
    sql`select tutor_id, count(*) from sessions where scheduled_time >= ${quarter} and scheduled_time < ${now}
         group by tutor_id`.execute(db),
  );
  await time('everybody counted and weighed anew', () => recalculateAll(db, databaseClock, () => {}));
  await time('the days counted and named', () => nameDays(db, all, TIMEZONE));
  const latest = { from: new Date(now.getTime() - 2 * DAY_MS), until: now };
  await time('the latest three days counted and named', () => nameDays(db, latest, TIMEZONE));
  await time('the overview of 30 days', () => getOverview(db, { asOf: now, isPast: false }, 30));
  const selection = { risk_status: 'all', evidence: 'all', window_days: 30, is_active: 'all' } as const;
  const order = { sort_by: 'evidence', sort_order: 'desc' } as const;
  const page = { limit: 50, offset: 0 };
  await time('a page of the list, now', () => listTutors(db, { ...selection, ...order }, page));
  await time('a page of the list, as of yesterday', async () =>
    listTutors(db, { ...selection, ...order }, page, await scoresAt(db, past)),
  );
} finally {
  await close();
}

/** A day of sessions that ended within the last 24 hours, so that each one gets its report. */
async function makeReports(): Promise<void> {
  const asOf = await databaseClock(db);
  const day = generate({ tutors: 100, sessions: A_DAY, days: 1, seed: 42, asOf, timezone: TIMEZONE });
  await loadSynthetic(db, databaseClock, day, () => {});
  const deps = { db, clock: databaseClock, recipients: ['ops@tutors.example'], timezone: TIMEZONE };
  await processSessions({ ...deps, reportsMade: () => {}, tutorFailed: giveUp }, new AbortController().signal);
}

function giveUp(_tutor: string, error: unknown): never {
  throw error;
}

/** The same id and round always make the same new id, which is how a reschedule finds its session. */
function idOf(column: string, round: number) {
  return sql`md5(${sql.ref(column)}::text || ${round}::text)::uuid`;
}

async function multiply(): Promise<void> {
  for (let round = 1; round < TIMES; round += 1) {
    const later = sql`make_interval(secs => ${round})`;
    await db.transaction().execute(async (tx) => {
      await sql`
        insert into sessions (id, tutor_id, student_id, scheduled_time, reported_time, completed_time, status,
                              duration_minutes, occurred_at, reschedule_occurred_at, reschedule_heard_at, reports_decided_at)
        select ${idOf('id', round)}, tutor_id, student_id, scheduled_time + ${later}, reported_time + ${later},
               completed_time + ${later}, status, duration_minutes, occurred_at, reschedule_occurred_at,
               reschedule_heard_at, reports_decided_at
          from (select * from sessions order by created_at, id limit ${SESSIONS}) s`.execute(tx);
      await sql`
        insert into reschedules (session_id, tutor_id, initiator, original_time, new_time, reason, reason_code,
                                 cancelled_at, cancelled_at_is_default)
        select ${idOf('session_id', round)}, tutor_id, initiator, original_time + ${later}, new_time + ${later}, reason,
               reason_code, cancelled_at, cancelled_at_is_default
          from (select r.* from reschedules r
                  join (select id from sessions order by created_at, id limit ${SESSIONS}) s on s.id = r.session_id) r
      `.execute(tx);
    });
  }
  await sql`vacuum analyze`.execute(db);
}

async function count(table: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*) as n from ${sql.table(table)}`.execute(db);
  return rows[0]?.n ?? Number.NaN;
}

/** Of some tables, for each row of the first: all that lies on disk, indexes and what is stored aside included. */
async function bytesARow(tables: [string, ...string[]]): Promise<string> {
  const bytes = await sumOver(tables, 'pg_total_relation_size');
  return `${Math.round(bytes / (await count(tables[0])))} bytes`;
}

async function indexShare(): Promise<string> {
  const tables = ['sessions', 'reschedules'];
  const share = (await sumOver(tables, 'pg_indexes_size')) / (await sumOver(tables, 'pg_total_relation_size'));
  return `${Math.round(100 * share)} %`;
}

async function sumOver(tables: string[], size: 'pg_total_relation_size' | 'pg_indexes_size'): Promise<number> {
  const { rows } = await sql<{ bytes: number }>`
    select sum(${sql.raw(size)}(name::regclass)) as bytes from unnest(${tables}::text[]) as t (name)`.execute(db);
  return rows[0]?.bytes ?? Number.NaN;
}

async function time(what: string, run: () => Promise<unknown>): Promise<void> {
  const took = await timesOf(ROUNDS, run);
  print(what, `${percentile(took, 0.5).toFixed(1)} ms, worst ${Math.max(...took).toFixed(1)} ms`);
}

function print(what: string, figure: string | number): void {
  process.stdout.write(`${what.padEnd(46)} ${figure}\n`);
}
