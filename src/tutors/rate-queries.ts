import { sql } from 'kysely';
import type { TutorRates } from '../contract/tutor-history.ts';
import type { Db } from '../database/connection.ts';
import type { CountedSession } from '../scoring/rolling-rate.ts';
import type { TimeWindow } from '../scoring/window.ts';

/** The sessions of a tutor in a stretch of time, oldest first, each with whether the tutor moved it. */
export async function sessionsBetween(db: Db, tutorId: string, { from, until }: TimeWindow): Promise<CountedSession[]> {
  const { rows } = await sql<CountedSession>`
    select s.scheduled_time, r.session_id is not null as is_moved_by_tutor
      from sessions s
      left join reschedules r on r.session_id = s.id and r.initiator = 'tutor'
     where s.tutor_id = ${tutorId} and s.scheduled_time >= ${from} and s.scheduled_time < ${until}
     order by s.scheduled_time
  `.execute(db);
  return rows;
}

/** The flags of a tutor that were open at some time of a period, its ends included, oldest first. */
export async function flagsWithin(db: Db, tutorId: string, { from, until }: TimeWindow): Promise<TutorRates['flags']> {
  return db
    .selectFrom('risk_flags')
    .select(['rule', 'level', 'risk_probability', 'opened_at', 'closed_at', 'close_reason', 'closed_probability'])
    .select(['window_days', 'sessions', 'reschedules', 'rate', 'risk_threshold'])
    .where('tutor_id', '=', tutorId)
    .where('opened_at', '<=', until)
    .where((eb) => eb.or([eb('closed_at', 'is', null), eb('closed_at', '>=', from)]))
    .orderBy('opened_at')
    .orderBy('id')
    .execute();
}
