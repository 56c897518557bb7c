import { sql } from 'kysely';
import type { Db, Tx } from '../database/connection.ts';
import { unnest } from '../database/statements/rows.ts';
import type { TimeWindow } from '../scoring/window.ts';

/** A business day of the whole marketplace; `day` is `YYYY-MM-DD`. */
export type CountedDay = {
  day: string;
  starts_at: Date;
  ends_at: Date;
  sessions: number;
  reschedules: number;
  /** Who had sessions, and who of them moved any. */
  tutors: number;
  movers: number;
};

export type NamedDay = CountedDay & { is_far_above: boolean; has_common_cause: boolean };

/**
 * The business days with sessions that a period touches, whole but for the last one, which ends with the period;
 * oldest first.
 */
export async function countDays(db: Db, { from, until }: TimeWindow, timezone: string): Promise<CountedDay[]> {
  const midnight = sql`date_trunc('day', ${from}::timestamptz at time zone ${timezone}) at time zone ${timezone}`;
  const { rows } = await sql<CountedDay>`
    with s as (
      select (scheduled_time at time zone ${timezone})::date as day, tutor_id, count(*)::integer as sessions
        from sessions
       where scheduled_time >= ${midnight} and scheduled_time < ${until}
       group by 1, 2),
    m as (
      select (original_time at time zone ${timezone})::date as day, tutor_id, count(*)::integer as reschedules
        from reschedules
       where initiator = 'tutor' and original_time >= ${midnight} and original_time < ${until}
       group by 1, 2)
    select day,
           day::timestamp at time zone ${timezone}       as starts_at,
           (day + 1)::timestamp at time zone ${timezone} as ends_at,
           sum(s.sessions)                               as sessions,
           coalesce(sum(m.reschedules), 0)               as reschedules,
           count(*)                                      as tutors,
           count(m.reschedules)                          as movers
      from s left join m using (day, tutor_id)
     group by day
     order by day
  `.execute(db);
  return rows;
}

/** The last days stored before one, oldest first. */
export async function daysBefore(db: Db, day: string, limit: number): Promise<NamedDay[]> {
  const rows = await selectDays(db).where('day', '<', day).orderBy('day', 'desc').limit(limit).execute();
  return rows.toReversed();
}

/** The days stored from one on, oldest first. */
export async function daysFrom(db: Db, day: string): Promise<NamedDay[]> {
  return selectDays(db).where('day', '>=', day).orderBy('day').execute();
}

/** The days of a common cause that touch a period, newest first. */
export async function commonCauseDaysWithin(db: Db, { from, until }: TimeWindow): Promise<NamedDay[]> {
  return selectDays(db)
    .where('has_common_cause', '=', true)
    .where('ends_at', '>', from)
    .where('starts_at', '<', until)
    .orderBy('day', 'desc')
    .execute();
}

function selectDays(db: Db) {
  return db
    .selectFrom('marketplace_days')
    .select([
      'day',
      'starts_at',
      'ends_at',
      'sessions',
      'reschedules',
      'tutors',
      'movers',
      'is_far_above',
      'has_common_cause',
    ]);
}

export async function saveDays(tx: Tx, days: readonly NamedDay[]): Promise<void> {
  await sql`
    insert into marketplace_days (${sql.raw(Object.keys(DAY_COLUMNS).join(', '))})
    select * from ${unnest(days, DAY_COLUMNS)}
    on conflict (day) do update
       set starts_at = excluded.starts_at, ends_at = excluded.ends_at,
           sessions = excluded.sessions, reschedules = excluded.reschedules,
           tutors = excluded.tutors, movers = excluded.movers,
           is_far_above = excluded.is_far_above, has_common_cause = excluded.has_common_cause, updated_at = now()
  `.execute(tx);
}

const DAY_COLUMNS = {
  day: 'date',
  starts_at: 'timestamptz',
  ends_at: 'timestamptz',
  sessions: 'integer',
  reschedules: 'integer',
  tutors: 'integer',
  movers: 'integer',
  is_far_above: 'boolean',
  has_common_cause: 'boolean',
} as const;

/** Who had sessions on one of these days. */
export async function tutorsOfDays(db: Db, days: readonly TimeWindow[]): Promise<string[]> {
  if (days.length === 0) return [];
  const each = days.map(
    ({ from, until }) =>
      sql`select tutor_id from sessions where scheduled_time >= ${from} and scheduled_time < ${until}`,
  );
  const { rows } = await sql<{ tutor_id: string }>`
    select distinct tutor_id from (${sql.join(each, sql` union all `)}) s
  `.execute(db);
  return rows.map(({ tutor_id }) => tutor_id);
}

/** The instant at which the business day of `now` began. */
export async function startOfDay(db: Db, now: Date, timezone: string): Promise<Date> {
  const { rows } = await sql<{ midnight: Date }>`
    select date_trunc('day', ${now}::timestamptz at time zone ${timezone}) at time zone ${timezone} as midnight
  `.execute(db);
  const [row] = rows;
  if (row === undefined) throw new Error('select returned no row');
  return row.midnight;
}

/** The instant at which a business day ends. */
export async function endOfDay(db: Db, day: string, timezone: string): Promise<Date> {
  const { rows } = await sql<{ midnight: Date }>`
    select (${day}::date + 1)::timestamp at time zone ${timezone} as midnight
  `.execute(db);
  const [row] = rows;
  if (row === undefined) throw new Error('select returned no row');
  return row.midnight;
}
