import { type Selectable, sql } from 'kysely';
import { waitForTurn } from '../database/advisory-lock.ts';
import type { Db, Tx } from '../database/connection.ts';
import type { Database } from '../database/schema/row-types.ts';
import { unnest } from '../database/statements/rows.ts';

/** What a tutor's day holds; days of a common cause are not there. */
export type TutorDay = { tutor_id: string; ends_at: Date; sessions: number; reschedules: number };

/** The oldest days that are over at `now` and not walked yet. */
export async function daysToWalk(db: Db, now: Date, limit: number): Promise<{ starts_at: Date; ends_at: Date }[]> {
  return db
    .selectFrom('marketplace_days')
    .select(['starts_at', 'ends_at'])
    .where('is_walked', '=', false)
    .where('ends_at', '<=', now)
    .orderBy('day')
    .limit(limit)
    .execute();
}

/** Begins the watch anew; alarms that were given stay. */
export async function restartWalk(tx: Tx): Promise<void> {
  await waitForTurn(tx, WALK);
  await tx.deleteFrom('rise_watches').execute();
  await tx.updateTable('marketplace_days').set({ is_walked: false }).where('is_walked', '=', true).execute();
}

/** Waits until nobody else walks, until this transaction ends. */
export function waitToWalk(tx: Tx): Promise<void> {
  return waitForTurn(tx, WALK);
}

const WALK = 'walk rises';

/** The watch takes days in their order: one that has turned up before a day that was walked is passed by. */
export async function passEarlierDays(tx: Tx): Promise<void> {
  await sql`
    update marketplace_days set is_walked = true
     where not is_walked and day < (select max(day) from marketplace_days where is_walked)
  `.execute(tx);
}

/** Every tutor's sessions and moves on each of the days to walk between two instants, in the order of the days. */
export async function tutorDays(db: Db, from: Date, until: Date): Promise<TutorDay[]> {
  const { rows } = await sql<TutorDay>`
    select s.tutor_id, d.ends_at, count(*)::integer as sessions, count(r.session_id)::integer as reschedules
      from marketplace_days d
      join sessions s on s.scheduled_time >= d.starts_at and s.scheduled_time < d.ends_at
      left join reschedules r on r.session_id = s.id and r.initiator = 'tutor'
     where not d.is_walked and not d.has_common_cause and d.starts_at >= ${from} and d.ends_at <= ${until}
     group by s.tutor_id, d.ends_at
     order by d.ends_at
  `.execute(db);
  return rows;
}

export async function markWalked(tx: Tx, from: Date, until: Date): Promise<void> {
  await tx
    .updateTable('marketplace_days')
    .set({ is_walked: true })
    .where('starts_at', '>=', from)
    .where('ends_at', '<=', until)
    .execute();
}

export type WatchRow = Selectable<Database['rise_watches']>;

const WATCH_COLUMNS = {
  tutor_id: 'uuid',
  usual_sessions: 'integer',
  usual_reschedules: 'integer',
  since_sessions: 'integer',
  since_reschedules: 'integer',
  percent: 'integer',
  steps: 'integer',
} as const;

/** Where the watch over every tutor stands. */
export async function readWatches(db: Db): Promise<WatchRow[]> {
  return db
    .selectFrom('rise_watches')
    .select(['tutor_id', 'usual_sessions', 'usual_reschedules', 'since_sessions', 'since_reschedules'])
    .select(['percent', 'steps'])
    .execute();
}

export async function saveWatches(tx: Tx, watches: readonly WatchRow[]): Promise<void> {
  await sql`
    insert into rise_watches (${sql.raw(Object.keys(WATCH_COLUMNS).join(', '))})
    select * from ${unnest(watches, WATCH_COLUMNS)}
    on conflict (tutor_id) do update
       set usual_sessions = excluded.usual_sessions, usual_reschedules = excluded.usual_reschedules,
           since_sessions = excluded.since_sessions, since_reschedules = excluded.since_reschedules,
           percent = excluded.percent, steps = excluded.steps
  `.execute(tx);
}

/**
 * An alarm: the rate taken for usual, per 100 sessions, and since moves began to gather the days with a move and the
 * kept sessions.
 */
export type Alarm = {
  tutor_id: string;
  signalled_at: Date;
  usual_rate: number;
  move_days: number;
  kept_sessions: number;
};

export async function insertAlarms(tx: Tx, alarms: readonly Alarm[]): Promise<void> {
  const columns = {
    tutor_id: 'uuid',
    signalled_at: 'timestamptz',
    usual_rate: 'numeric',
    move_days: 'integer',
    kept_sessions: 'integer',
  } as const;
  await sql`
    insert into rise_alarms (tutor_id, signalled_at, usual_rate, move_days, kept_sessions)
    select * from ${unnest(alarms, columns)}
    on conflict (tutor_id, signalled_at) do nothing
  `.execute(tx);
}

export async function alarmAt(db: Db, tutorId: string, signalledAt: Date) {
  const alarm = await db
    .selectFrom('rise_alarms')
    .select(['signalled_at', 'usual_rate', 'move_days', 'kept_sessions'])
    .where('tutor_id', '=', tutorId)
    .where('signalled_at', '=', signalledAt)
    .executeTakeFirst();
  return alarm ?? null;
}
