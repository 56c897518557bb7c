import { type Kysely, sql } from 'kysely';
import { comment } from './comment.ts';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table settings (
      id             boolean primary key default true,
      risk_threshold numeric(5,2) not null,
      updated_at     timestamptz not null default now(),
      updated_by     text not null,
      constraint settings_one_row check (id),
      constraint settings_risk_threshold_range check (risk_threshold between 0 and 100)
    )
  `.execute(db);

  await sql`
    create table tutor_scores (
      id                    uuid primary key default gen_random_uuid(),
      tutor_id              uuid not null references tutors (id),
      total_sessions_7d     integer not null default 0,
      total_sessions_30d    integer not null default 0,
      total_sessions_90d    integer not null default 0,
      tutor_reschedules_7d  integer not null default 0,
      tutor_reschedules_30d integer not null default 0,
      tutor_reschedules_90d integer not null default 0,
      reschedule_rate_7d    ${rate(7)},
      reschedule_rate_30d   ${rate(30)},
      reschedule_rate_90d   ${rate(90)},
      risk_threshold        numeric(5,2) not null default 15.00,
      is_high_risk          boolean not null generated always as (
                                 100 * tutor_reschedules_7d::bigint  > risk_threshold * total_sessions_7d
                              or 100 * tutor_reschedules_30d::bigint > risk_threshold * total_sessions_30d
                              or 100 * tutor_reschedules_90d::bigint > risk_threshold * total_sessions_90d) stored,
      last_calculated_at    timestamptz not null default now(),
      created_at            timestamptz not null default now(),
      updated_at            timestamptz not null default now(),
      constraint tutor_scores_tutor_unique unique (tutor_id),
      constraint tutor_scores_threshold_range check (risk_threshold between 0 and 100),
      constraint tutor_scores_reschedules_within_sessions check (
            tutor_reschedules_7d  between 0 and total_sessions_7d
        and tutor_reschedules_30d between 0 and total_sessions_30d
        and tutor_reschedules_90d between 0 and total_sessions_90d),
      constraint tutor_scores_windows_nested check (
            total_sessions_7d <= total_sessions_30d and total_sessions_30d <= total_sessions_90d
        and tutor_reschedules_7d <= tutor_reschedules_30d and tutor_reschedules_30d <= tutor_reschedules_90d)
    )
  `.execute(db);
  await sql`create index tutor_scores_is_high_risk on tutor_scores (is_high_risk, reschedule_rate_30d, tutor_id)`.execute(
    db,
  );
  await sql`create index tutor_scores_last_calculated_at on tutor_scores (last_calculated_at)`.execute(db);
  await sql`create index tutor_scores_rate on tutor_scores (reschedule_rate_30d, tutor_id)`.execute(db);
  await sql`create index tutor_scores_sessions on tutor_scores (total_sessions_30d, tutor_id)`.execute(db);

  await sql`
    create table tutors_to_rescore (
      tutor_id uuid primary key references tutors (id),
      since    timestamptz not null default clock_timestamp(),
      mark     uuid not null default gen_random_uuid(),
      attempts integer not null default 0,
      retry_at timestamptz,
      error    text,
      constraint tutors_to_rescore_attempts check (attempts >= 0)
    )
  `.execute(db);
  await sql`create index tutors_to_rescore_since on tutors_to_rescore (since)`.execute(db);

  await sql`
    create table risk_flags (
      id             uuid primary key default gen_random_uuid(),
      tutor_id       uuid not null references tutors (id),
      opened_at      timestamptz not null,
      closed_at      timestamptz,
      rule           text not null,
      window_days    integer not null,
      sessions       integer not null,
      reschedules    integer not null,
      rate           numeric(5,2) not null generated always as (round(100.0 * reschedules / sessions, 2)) stored,
      risk_threshold numeric(5,2) not null,
      close_reason   text,
      constraint risk_flags_rule_known check (rule in ('any_window_above_threshold')),
      constraint risk_flags_window_known check (window_days in (7, 30, 90)),
      constraint risk_flags_counts check (sessions > 0 and reschedules between 0 and sessions),
      constraint risk_flags_cause_is_true check (100 * reschedules::bigint > risk_threshold * sessions),
      constraint risk_flags_closed_after_opened check (closed_at >= opened_at),
      constraint risk_flags_closed_has_reason check ((closed_at is null) = (close_reason is null)),
      constraint risk_flags_close_reason_known check (close_reason in ('rate_fell', 'threshold_raised'))
    )
  `.execute(db);
  await sql`create unique index risk_flags_one_open on risk_flags (tutor_id) where closed_at is null`.execute(db);
  await sql`create index risk_flags_of_tutor on risk_flags (tutor_id, opened_at)`.execute(db);
  await sql`create index risk_flags_opened_at on risk_flags (opened_at)`.execute(db);
  await sql`create index risk_flags_closed_at on risk_flags (closed_at)`.execute(db);

  await sql`
    create table sweep_state (
      name      text primary key,
      watermark timestamptz not null
    )
  `.execute(db);

  // Tutors that are there already, as after a migration that was taken back, are to be scored anew.
  await sql`insert into tutor_scores (tutor_id) select id from tutors`.execute(db);
  await sql`insert into tutors_to_rescore (tutor_id) select id from tutors`.execute(db);

  await comment(
    db,
    'index tutor_scores_is_high_risk',
    'tutors list filtered by risk, highest rate first; counts of the overview',
  );
  await comment(db, 'index tutor_scores_last_calculated_at', 'first sweep: the oldest score');
  await comment(db, 'index tutor_scores_rate', 'tutors list ordered by rate');
  await comment(db, 'index tutor_scores_sessions', 'tutors list ordered by sessions');
  await comment(db, 'index tutors_to_rescore_since', 'worker: the longest waiting first; age of the oldest');
  await comment(db, 'index risk_flags_one_open', 'at most one open flag a tutor; open flags of the tutors re-scored');
  await comment(db, 'index risk_flags_of_tutor', 'flags of a tutor in time: rates day by day');
  await comment(db, 'index risk_flags_opened_at', 'overview: flags that opened lately');
  await comment(db, 'index risk_flags_closed_at', 'overview: flags that closed lately');
  await comment(db, 'column tutors_to_rescore.mark', 'new with every event: work done deletes only the mark it saw');
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`drop table sweep_state, risk_flags, tutors_to_rescore, tutor_scores, settings`.execute(db);
}

function rate(days: number) {
  return sql.raw(`numeric(5,2) not null generated always as (case when total_sessions_${days}d = 0 then 0
        else round(100.0 * tutor_reschedules_${days}d / total_sessions_${days}d, 2) end) stored`);
}
