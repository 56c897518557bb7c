import { sql } from 'kysely';
import type { TutorEvidence } from '../contract/evidence.ts';
import type { Db } from '../database/connection.ts';
import type { CountedSession } from '../scoring/rolling-rate.ts';
import type { TimeWindow } from '../scoring/window.ts';

/** A session of one tutor that evidence may count. */
export type WeighedSession = CountedSession & TutorEvidence['moves'][number] & { left_out_day: string | null };

/** The sessions of a tutor in a period, oldest first, each with the day of a common cause that it lies on. */
export async function weighedSessions(db: Db, tutorId: string, { from, until }: TimeWindow): Promise<WeighedSession[]> {
  const { rows } = await sql<WeighedSession>`
    select s.id as session_id, s.scheduled_time, s.scheduled_time as original_time, s.student_id,
           r.session_id is not null as is_moved_by_tutor,
           (select min(d.day) from marketplace_days d
             where d.has_common_cause and s.scheduled_time >= d.starts_at and s.scheduled_time < d.ends_at
           ) as left_out_day
      from sessions s
      left join reschedules r on r.session_id = s.id and r.initiator = 'tutor'
     where s.tutor_id = ${tutorId} and s.scheduled_time >= ${from} and s.scheduled_time < ${until}
     order by s.scheduled_time, s.id
  `.execute(db);
  return rows;
}
