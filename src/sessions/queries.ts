import { sql } from 'kysely';
import type { z } from 'zod';
import type { tutorSessions } from '../contract/sessions.ts';
import type { Page } from '../contract/tutors.ts';
import type { Db } from '../database/connection.ts';
import { asWireInstant } from '../database/statements/instant.ts';

type TutorSession = z.output<typeof tutorSessions>['sessions'][number];

/** The sessions of a tutor, newest first, each with its reschedule; `before` an instant, or all. */
export async function listTutorSessions(
  db: Db,
  tutorId: string,
  { limit, offset }: Page,
  before: Date | null,
): Promise<TutorSession[]> {
  const rows = await db
    .selectFrom('sessions as s')
    .leftJoin('reschedules as r', 'r.session_id', 's.id')
    .select([
      's.id',
      's.student_id',
      's.status',
      's.duration_minutes',
      'r.id as reschedule_id',
      'r.initiator',
      'r.reason',
      'r.reason_code',
      'r.hours_before_session',
    ])
    .select([
      asWireInstant(sql.ref('s.scheduled_time')).as('scheduled_time'),
      asWireInstant<string | null>(sql.ref('s.completed_time')).as('completed_time'),
      asWireInstant<string | null>(sql.ref('r.original_time')).as('original_time'),
      asWireInstant<string | null>(sql.ref('r.new_time')).as('new_time'),
      asWireInstant<string | null>(sql.ref('r.cancelled_at')).as('cancelled_at'),
    ])
    .where('s.tutor_id', '=', tutorId)
    .where('s.scheduled_time', '<', sql<Date>`coalesce(${before}::timestamptz, 'infinity')`)
    .orderBy('s.scheduled_time', 'desc')
    .orderBy('s.id', 'desc')
    .limit(limit)
    .offset(offset)
    .execute();
  return rows.map(({ id, student_id, scheduled_time, completed_time, status, duration_minutes, ...move }) => {
    const { reschedule_id, original_time, initiator, ...rest } = move;
    const isMoved = reschedule_id !== null && original_time !== null && initiator !== null;
    const reschedule = isMoved ? { id: reschedule_id, session_id: id, original_time, initiator, ...rest } : null;
    return { id, student_id, scheduled_time, completed_time, status, duration_minutes, reschedule };
  });
}

export async function countTutorSessions(db: Db, tutorId: string, before: Date | null): Promise<number> {
  const { rows } = await sql<{ total: number }>`
    select count(*) as total from sessions where tutor_id = ${tutorId} and scheduled_time < coalesce(${before}::timestamptz, 'infinity')
  `.execute(db);
  return rows[0]?.total ?? 0;
}
