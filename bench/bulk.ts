import pg from 'pg';
import type { BenchServer } from './server.ts';
import { runCommand } from './server.ts';

/** Days over which sessions made in bulk are spread, to now. */
const DAYS = 730;

/** The id of the tutor with a number, from 0. */
export function tutorId(n: number): string {
  return `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
}

/**
 * Tutors with sessions of two years, all rows made by a few statements, one of eight sessions moved by the tutor; then
 * everybody is scored. The database must be migrated and empty.
 */
export async function makeBulk(
  server: Pick<BenchServer, 'dataDir'>,
  connectionString: string,
  tutors: number,
  sessions: number,
): Promise<void> {
  const sql = new pg.Client({ connectionString });
  await sql.connect();
  try {
    await sql.query(
      `insert into tutors (id, name, occurred_at)
       select ('00000000-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid, 'Tutor ' || n, now()
         from generate_series(0, $1::integer - 1) n`,
      [tutors],
    );
    await sql.query(
      `create temporary table made as
       select gen_random_uuid() as id, random() < 0.125 as is_moved, now() - random() * $3::integer * interval '1 day' as at,
              ('00000000-0000-4000-8000-' || lpad(floor(random() * $1::integer)::text, 12, '0'))::uuid as tutor_id
         from generate_series(1, $2::integer)`,
      [tutors, sessions, DAYS],
    );
    await sql.query('begin');
    await sql.query(
      `insert into sessions (id, tutor_id, student_id, scheduled_time, reported_time, completed_time, status,
                             duration_minutes, occurred_at, reports_decided_at)
       select id, tutor_id, 's-1', at, case when is_moved then at + interval '1 day' else at end,
              case when is_moved then null else at end, case when is_moved then 'rescheduled' else 'completed' end,
              60, at, now() from made`,
    );
    await sql.query(
      `insert into reschedules (session_id, tutor_id, initiator, original_time, new_time, reason, cancelled_at,
                                cancelled_at_is_default)
       select id, tutor_id, 'tutor', at, at + interval '1 day', 'Personal emergency', at - interval '1 hour', true
         from made where is_moved`,
    );
    await sql.query('commit');
    await runCommand(server, ['recalculate']);
    await sql.query('vacuum (analyze)');
  } finally {
    await sql.end();
  }
}
