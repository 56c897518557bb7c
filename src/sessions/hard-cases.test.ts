import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../test/database.ts';
import { completedSession, movedSession } from '../../test/factories.ts';
import { untilBlocked } from '../../test/locks.ts';
import { scoresOf, workOff } from '../../test/scores.ts';
import { eventOf } from '../../test/session-events.ts';
import { databaseClock } from '../database/clock.ts';
import { connect } from '../database/connection.ts';
import { countDisagreements } from '../synthetic/verify-queries.ts';
import { sweepWindows } from '../tutors/sweep-windows.ts';
import { ingestSessions } from './ingest-sessions.ts';
import { processSessions } from './process-sessions.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase({ poolSize: 12 });
});
afterAll(() => database.drop());

const ingest = (bodies: ReturnType<typeof completedSession>[]) =>
  ingestSessions(
    database.db,
    bodies.map((body) => eventOf(body)),
  );

async function undecided(): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*) from sessions where reports_decided_at is null`.execute(
    database.db,
  );
  return rows[0]?.count ?? -1;
}

it('works a backlog off that is larger than a batch, in one go', async () => {
  const tutors = Array.from({ length: 20 }, () => movedSession().tutor_id);
  for (const tutor_id of tutors) await ingest(Array.from({ length: 120 }, () => completedSession({ tutor_id })));
  expect(await undecided()).toBe(2400);
  await workOff(database.db);
  expect(await undecided()).toBe(0);
  expect(await database.db.selectFrom('tutors_to_rescore').select('tutor_id').execute()).toEqual([]);
});

it('scores a tutor one of whose reports cannot be made, makes the others, and comes back for it', async () => {
  const { db } = database;
  const [bad, good] = [movedSession({ student_id: 'poison' }), movedSession()];
  const other = movedSession({ tutor_id: bad.tutor_id });
  await ingest([bad, good, other]);
  await sql`alter table email_reports add constraint poison check (facts->'session'->>'student_id' <> 'poison')`.execute(
    db,
  );
  const failed: string[] = [];
  const deps = {
    db,
    clock: databaseClock,
    recipients: ['a@x.example'],
    timezone: 'UTC',
    reportsMade: () => {},
    tutorFailed: (id: string) => failed.push(id),
  };
  await processSessions(deps, new AbortController().signal);
  expect(failed).toEqual([bad.tutor_id]);
  expect((await scoresOf(db, [bad.tutor_id]))[0]).toMatchObject({ total_sessions_7d: 2, tutor_reschedules_7d: 2 });
  expect(await undecided()).toBe(1);
  const aside = await db.selectFrom('tutors_to_rescore').selectAll().execute();
  expect(aside).toMatchObject([{ tutor_id: bad.tutor_id, attempts: 1, error: expect.stringContaining('poison') }]);

  await sql`alter table email_reports drop constraint poison`.execute(db);
  await db
    .updateTable('tutors_to_rescore')
    .set({ retry_at: new Date(0) })
    .execute();
  await workOff(db);
  expect(await undecided()).toBe(0);
});

it('does not let one tutor whose score cannot be stored stop the sweep of the others', async () => {
  const { db } = database;
  await sweepWindows(db, databaseClock);
  const soon = new Date(Date.now() + 60_000).toISOString();
  const [bad, good] = [movedSession({ scheduled_time: soon }), movedSession({ scheduled_time: soon })];
  await ingest([bad, good]);
  await workOff(db);
  await sql
    .raw(`
    create function refuse() returns trigger language plpgsql as $$
    begin if new.tutor_id = '${bad.tutor_id}' then raise 'refused'; end if; return new; end $$;
    create trigger refuse before update on tutor_scores for each row execute function refuse()`)
    .execute(db);
  const later = () => Promise.resolve(new Date(Date.parse(soon) + 1));
  const { until } = await sweepWindows(db, later);
  const deps = { db, clock: later, recipients: [], timezone: 'UTC', reportsMade: () => {}, tutorFailed: () => {} };
  await processSessions(deps, new AbortController().signal);
  await sql`drop trigger refuse on tutor_scores`.execute(db);
  expect(until).toEqual(await later());
  expect((await scoresOf(db, [good.tutor_id]))[0]).toMatchObject({ total_sessions_7d: 1 });
});

it('lets other events pass when somebody holds a row for long', async () => {
  const held = completedSession();
  await ingest([held]);
  const hasty = connect(database.connectionString, { lockTimeoutMs: 100 });
  const results = await database.db.transaction().execute(async (tx) => {
    await tx.updateTable('sessions').set({ duration_minutes: 1 }).where('id', '=', held.session_id).execute();
    const others = [completedSession(), completedSession()];
    return ingestSessions(
      hasty,
      [{ ...held, duration_minutes: 30 }, ...others].map((body) => eventOf(body)),
    );
  });
  await hasty.destroy();
  expect(results.map(({ outcome }) => outcome ?? 'failed')).toEqual(['failed', 'created', 'created']);
});

it('never makes events and workers wait for each other in a circle', async () => {
  const { db } = database;
  const tutorIds = Array.from({ length: 60 }, () => movedSession().tutor_id);
  await ingest(tutorIds.map((tutor_id) => completedSession({ tutor_id })));
  const deadlocks = async () => {
    const { rows } = await sql<{ deadlocks: number }>`
      select deadlocks from pg_stat_database where datname = current_database()`.execute(db);
    return rows[0]?.deadlocks ?? -1;
  };
  const before = await deadlocks();
  const pick = () => tutorIds[Math.floor(Math.random() * tutorIds.length)] ?? '';
  const poster = async () => {
    for (let round = 0; round < 40; round += 1) {
      const bodies = Array.from({ length: 20 }, () => completedSession({ tutor_id: pick(), tutor: null }));
      const results = await ingest(bodies);
      expect(results.every(({ outcome }) => outcome === 'created')).toBe(true);
    }
  };
  const worker = async () => {
    for (let round = 0; round < 40; round += 1) await workOff(db);
  };
  await Promise.all([poster(), poster(), poster(), worker(), worker()]);
  await workOff(db);
  expect(await deadlocks()).toBe(before);
  expect(await countDisagreements(db)).toBe(0);
});

it('keeps what another group says of a session that was new a moment before', async () => {
  const { db } = database;
  const other = completedSession();
  const session = completedSession();
  const saidAt = (minutes: number) => new Date(Date.parse(session.scheduled_time) - 3_600_000 + minutes * 60_000);
  const said = (body: Partial<typeof session>, minutes: number) => {
    const { tutor: _, ...known } = { ...session, ...body, occurred_at: saidAt(minutes).toISOString() };
    return known;
  };
  await ingest([other, completedSession({ tutor_id: session.tutor_id })]);

  // One group looks for both sessions before the second is stored, and then waits for the first.
  const first = await db.startTransaction().execute();
  await first.updateTable('sessions').set({ duration_minutes: 1 }).where('id', '=', other.session_id).execute();
  const late = ingest([{ ...other, duration_minutes: 45 }, said({ duration_minutes: 90 }, 2)]);
  const [latePid = 0] = await untilBlocked(db);
  await ingest([said({}, 1)]);

  // Another one tells of a move, and stands before its commit.
  const mark = await db.startTransaction().execute();
  await sql`select from tutors_to_rescore where tutor_id = ${session.tutor_id} for update`.execute(mark);
  const { reschedule_info = null } = movedSession({ scheduled_time: session.scheduled_time });
  const early = ingest([said({ reschedule_info }, 0)]);
  const [earlyPid = 0] = (await untilBlocked(db, 2)).filter((pid) => pid !== latePid);

  await first.commit().execute();
  await vi.waitFor(async () => {
    const { rows } = await sql<{ by: number[] }>`select pg_blocking_pids(${latePid}) as by`.execute(db);
    expect(rows).toEqual([{ by: [earlyPid] }]);
  });
  await mark.commit().execute();

  expect([...(await early), ...(await late)].map(({ outcome }) => outcome)).toEqual(['updated', 'updated', 'updated']);
  const stored = await sql`
    select s.duration_minutes, r.reason from sessions s left join reschedules r on r.session_id = s.id
     where s.id = ${session.session_id}`.execute(db);
  expect(stored.rows).toEqual([{ duration_minutes: 90, reason: 'Personal emergency' }]);
});
