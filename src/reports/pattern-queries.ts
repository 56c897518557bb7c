import { sql } from 'kysely';
import type { Db } from '../database/connection.ts';
import { isWithinAny } from '../database/statements/within.ts';
import { type TimeWindow, windowAt } from '../scoring/window.ts';

/** A session of the last 90 days as patterns see it; days and hours are those of the business time zone. */
export type PatternSession = {
  tutor_id: string;
  student_id: string;
  /** A number for its day, the same for all sessions of one day. */
  day: number;
  /** 1 = Monday. */
  weekday: number;
  hour: number;
  /** The first one with this student, as far as the last 180 days tell. */
  is_first: boolean;
  is_moved: boolean;
  /** Of a move: hours before the start, and the reason in one spelling; `null` = unknown. */
  notice_hours: number | null;
  reason: string | null;
};

/** What patterns are looked for in: the 90 days that end at `asOf`, without `leftOut`, the days of a common cause. */
export type PatternPeriod = { asOf: Date; leftOut: readonly TimeWindow[]; timezone: string };

/**
 * The sessions of these tutors. A first one has no other of the same two before it in 180 days. Each has a first time:
 * that it is joined on the left keeps the planner from expecting a handful of rows, and from a loop over all of them.
 */
export async function patternSessions(
  db: Db,
  tutorIds: readonly string[],
  { asOf, leftOut, timezone }: PatternPeriod,
): Promise<PatternSession[]> {
  const { from, until } = windowAt(asOf, 90);
  const { rows } = await sql<PatternSession>`
    select s.tutor_id, s.student_id, s.scheduled_time = p.first_time                       as is_first,
           (s.scheduled_time at time zone ${timezone})::date - date '2000-01-01'         as day,
           extract(isodow from s.scheduled_time at time zone ${timezone})::integer      as weekday,
           extract(hour from s.scheduled_time at time zone ${timezone})::integer        as hour,
           r.session_id is not null                                                     as is_moved,
           r.hours_before_session                                                       as notice_hours,
           ${reasonKey}                                                                 as reason
      from sessions s
      left join (select tutor_id, student_id, min(scheduled_time) as first_time
                   from sessions
                  where tutor_id = any(${tutorIds}::uuid[])
                    and scheduled_time >= ${windowAt(asOf, 180).from} and scheduled_time < ${until}
                  group by tutor_id, student_id) p on p.tutor_id = s.tutor_id and p.student_id = s.student_id
      left join reschedules r on r.session_id = s.id and r.initiator = 'tutor' and r.tutor_id = any(${tutorIds}::uuid[])
                             and r.original_time >= ${from} and r.original_time < ${until}
     where s.tutor_id = any(${tutorIds}::uuid[]) and s.scheduled_time >= ${from} and s.scheduled_time < ${until}
       and not ${isWithinAny('s.scheduled_time', leftOut)}
  `.execute(db);
  return rows;
}

/** Moves of all tutors with one band of notice, or one reason; of `all_moves`, those whose notice, or reason, is known. */
export type MoveGroup = {
  notice_band: number | null;
  reason: string | null;
  moves: number;
  all_moves: number;
  /** The same with the moves of one tutor on one day, of one notice and reason, counted once. */
  events: number;
  all_events: number;
};

/**
 * The moves of all tutors, by the band of their notice, of which `bandsFrom` are the lower ends in hours, and by
 * reason. Groups of fewer than `fewest` are not told.
 */
export async function moveGroups(
  db: Db,
  { asOf, leftOut, timezone }: PatternPeriod,
  bandsFrom: readonly number[],
  fewest: number,
): Promise<MoveGroup[]> {
  const { from, until } = windowAt(asOf, 90);
  const { rows } = await sql<MoveGroup>`
    select *
      from (select notice_band, reason, sum(moves)::integer as moves, count(*)::integer as events,
                   (sum(sum(moves)) over same)::integer as all_moves, (sum(count(*)) over same)::integer as all_events
              from (select r.tutor_id, (r.original_time at time zone ${timezone})::date,
                           width_bucket(r.hours_before_session, ${bandsFrom}::numeric[]) as notice_band,
                           ${reasonKey} as reason, count(*) as moves
                      from reschedules r
                     where r.initiator = 'tutor' and r.original_time >= ${from} and r.original_time < ${until}
                       and not ${isWithinAny('r.original_time', leftOut)}
                     group by 1, 2, 3, 4) m
             group by grouping sets ((notice_band), (reason))
            having notice_band is not null or reason is not null
            window same as (partition by reason is null)) g
     where moves >= ${fewest}
  `.execute(db);
  return rows;
}

/** The code, else the words, whatever their case, spaces and full stops: "Car broke down." is "car broke  down". */
const reasonKey = sql`coalesce(nullif(lower(btrim(r.reason_code)), ''),
  nullif(btrim(lower(regexp_replace(r.reason, '\\s+', ' ', 'g')), ' .!'), ''))`;
