import { sql } from 'kysely';
import type { Overview } from '../contract/overview.ts';
import type { Db } from '../database/connection.ts';
import type { TimeWindow, WindowDays } from '../scoring/window.ts';
import type { Scores } from '../tutors/as-of-queries.ts';

export async function tutorTotals(db: Db, { relation }: Scores): Promise<Overview['tutors']> {
  const { rows } = await sql<Overview['tutors']>`
    select count(*)                                         as total,
           count(*) filter (where t.is_active)              as active,
           count(*) filter (where s.is_high_risk)           as high_risk,
           count(*) filter (where s.evidence = 'confirmed') as confirmed,
           count(*) filter (where s.evidence = 'watch')     as watch,
           count(*) filter (where s.evidence = 'clear')     as clear,
           count(*) filter (where s.evidence = 'too_few')   as too_few
      from tutors t
      join ${relation} s on s.tutor_id = t.id
  `.execute(db);
  return rows[0] ?? { total: 0, active: 0, high_risk: 0, confirmed: 0, watch: 0, clear: 0, too_few: 0 };
}

/**
 * How many flags opened and closed in a period; what happened at its very end, just now, counts. One that went on at
 * another level did neither, nor did those of the old rule close when they were replaced.
 */
export async function flagTotals(db: Db, { from, until }: TimeWindow): Promise<Overview['flags']> {
  const { rows } = await sql<Overview['flags']>`
    select (select count(*) from risk_flags f
             where opened_at >= ${from} and opened_at <= ${until}
               and not exists (select from risk_flags p
                                where p.tutor_id = f.tutor_id and p.closed_at = f.opened_at
                                  and p.close_reason in ('became_confirmed', 'became_watch'))) as opened,
           (select count(*) from risk_flags
             where closed_at >= ${from} and closed_at <= ${until}
               and close_reason not in ('became_confirmed', 'became_watch', 'rule_replaced')) as closed
  `.execute(db);
  return rows[0] ?? { opened: 0, closed: 0 };
}

/** All sessions and tutor moves of the marketplace in a period. */
export async function marketplacePeriod(db: Db, { from, until }: TimeWindow): Promise<Overview['period']> {
  const { rows } = await sql<Overview['period']>`
    select total_sessions, tutor_reschedules,
           round(100.0 * tutor_reschedules / nullif(total_sessions, 0), 2) as rate
      from (select count(*) as total_sessions from sessions
             where scheduled_time >= ${from} and scheduled_time < ${until}) s,
           (select count(*) as tutor_reschedules from reschedules
             where initiator = 'tutor' and original_time >= ${from} and original_time < ${until}) r
  `.execute(db);
  return rows[0] ?? { total_sessions: 0, tutor_reschedules: 0, rate: null };
}

export async function sessionsByStatus(db: Db, { from, until }: TimeWindow): Promise<Overview['sessions_by_status']> {
  const { rows } = await sql<Overview['sessions_by_status']>`
    select count(*) filter (where status = 'completed')   as completed,
           count(*) filter (where status = 'rescheduled') as rescheduled,
           count(*) filter (where status = 'no_show')     as no_show
      from sessions
     where scheduled_time >= ${from} and scheduled_time < ${until}
  `.execute(db);
  return rows[0] ?? { completed: 0, rescheduled: 0, no_show: 0 };
}

/** How many tutors with sessions in the window have a rate in each step of 5 points; 100 belongs to the last. */
export async function rateDistribution(db: Db, days: WindowDays, scores: Scores): Promise<Overview['distribution']> {
  const sessions = sql.ref(`s.total_sessions_${days}d`);
  const rate = sql.ref(`s.reschedule_rate_${days}d`);
  const { rows } = await sql<Overview['distribution'][number]>`
    select step * 5 as "from", step * 5 + 5 as "to", count(s.tutor_id) as tutors
      from generate_series(0, 19) as step
      left join ${scores.relation} s
        on ${sessions} > 0 and least(floor(${rate} / 5), 19) = step
     group by step
     order by step
  `.execute(db);
  return rows;
}

/** What turned on or off up to an instant, newest first. */
export async function recentFlags(db: Db, asOf: Date, limit: number): Promise<Overview['recent_flags']> {
  const { rows } = await sql<Overview['recent_flags'][number]>`
    select t.id as tutor_id, t.name as tutor_name, c.change, c.at, f.rule, f.level,
           case c.change when 'opened' then f.risk_probability else f.closed_probability end as risk_probability,
           f.window_days, f.sessions, f.reschedules, f.rate, f.risk_threshold, f.close_reason
      from ((select id, 'opened' as change, opened_at as at from risk_flags where opened_at <= ${asOf}
              order by opened_at desc, id limit ${limit})
            union all
            (select id, 'closed', closed_at from risk_flags where closed_at <= ${asOf}
              order by closed_at desc, id limit ${limit})) c
      join risk_flags f on f.id = c.id
      join tutors t on t.id = f.tutor_id
     order by c.at desc, f.id
     limit ${limit}
  `.execute(db);
  return rows;
}

/** The reports made in a period, by state; one made at its very end, just now, counts. */
export async function reportTotals(db: Db, { from, until }: TimeWindow): Promise<Overview['reports']> {
  const { rows } = await sql<Overview['reports']>`
    select count(*) filter (where status = 'pending') as pending,
           count(*) filter (where status = 'sending') as sending,
           count(*) filter (where status = 'sent')    as sent,
           count(*) filter (where status = 'failed')  as failed
      from email_reports
     where status in ('pending', 'sending', 'sent', 'failed') and created_at >= ${from} and created_at <= ${until}
  `.execute(db);
  return rows[0] ?? { pending: 0, sending: 0, sent: 0, failed: 0 };
}

export async function waitingWork(db: Db): Promise<Overview['waiting']> {
  const { rows } = await sql<Overview['waiting']>`
    select count(*) as tutors, min(since) as since from tutors_to_rescore
  `.execute(db);
  return rows[0] ?? { tutors: 0, since: null };
}
