import { sql } from 'kysely';
import type { Db } from '../src/database/connection.ts';

/** The id of the tutor with a number, from 0. */
export function tutorId(n: number): string {
  return `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
}

/** `sessions` of all tutors in the last `days` up to now. */
type Bulk = { tutors: number; sessions: number; days: number };

/**
 * Tutors, some busier than others and each with a rate of its own, and their sessions in the order of their times, as
 * they come in; one in eight is moved. Nobody is scored yet. The database must be migrated and empty. Written past the
 * foreign keys, which what is made here keeps anyway, by single statements: this is no way to import.
 */
export async function makeBulk(db: Db, { tutors, sessions, days }: Bulk): Promise<void> {
  await sql`
    insert into tutors (id, name, occurred_at)
    select ('00000000-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid, 'Tutor ' || n, now() - interval '1 year'
      from generate_series(0, ${tutors}::integer - 1) n
  `.execute(db);
  await sql`insert into tutor_scores (tutor_id, risk_threshold) select id, 15 from tutors`.execute(db);
  await db.transaction().execute(async (tx) => {
    await sql`set local session_replication_role = replica`.execute(tx);
    await sql`
      create temporary table drawn on commit drop as
      select row_number() over (order by random()) as n, id, 0.16 * random() * random() * 2 as rate from tutors
    `.execute(tx);
    await sql`analyze drawn`.execute(tx);
    await sql`
      insert into sessions (id, tutor_id, student_id, scheduled_time, reported_time, completed_time, status,
                            duration_minutes, occurred_at, reschedule_occurred_at, reports_decided_at)
      select uuidv7(), t.id, 's', g.at, g.at, case when m.moved then null else g.at + interval '1 hour' end,
             case when m.moved then 'rescheduled' else 'completed' end, 60, g.at, case when m.moved then g.at end, g.at
        from (select now() - ${`${days} days`}::interval * (1 - i::double precision / ${sessions}::integer) as at,
                     1 + floor((select count(*) from drawn) * power(random(), 1.5))::integer as n, random() as luck
                from generate_series(1, ${sessions}::integer) i) g
        join drawn t using (n)
       cross join lateral (select g.luck < t.rate + 0.05 as moved) m
    `.execute(tx);
    await sql`
      insert into reschedules (session_id, tutor_id, initiator, original_time, new_time, reason_code, cancelled_at,
                               cancelled_at_is_default)
      select id, tutor_id, case when random() < 0.65 then 'tutor' else 'student' end, scheduled_time,
             scheduled_time + interval '1 day', 'illness', scheduled_time - interval '5 hours', false
        from sessions where status = 'rescheduled'
    `.execute(tx);
  });
  await sql`vacuum analyze`.execute(db);
  await sql`checkpoint`.execute(db);
}
