import { type Kysely, sql } from 'kysely';
import { comment } from './comment.ts';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table rate_priors (
      version     integer primary key generated always as identity,
      as_of       timestamptz not null,
      basis       text not null,
      a           double precision not null,
      b           double precision not null,
      tutors      integer not null,
      sessions    integer not null,
      reschedules integer not null,
      is_finished boolean not null default false,
      created_at  timestamptz not null default now(),
      constraint rate_priors_basis_known check (basis in ('fitted', 'no_difference', 'assumed')),
      constraint rate_priors_positive check (a > 0 and a < 'infinity' and b > 0 and b < 'infinity'),
      constraint rate_priors_counts check (tutors >= 0 and reschedules between 0 and sessions)
    )
  `.execute(db);
  await sql`create index rate_priors_as_of on rate_priors (as_of)`.execute(db);

  await sql`
    create table marketplace_days (
      day              date primary key,
      starts_at        timestamptz not null,
      ends_at          timestamptz not null,
      sessions         integer not null,
      reschedules      integer not null,
      tutors           integer not null,
      movers           integer not null,
      is_far_above     boolean not null,
      has_common_cause boolean not null,
      is_walked        boolean not null default false,
      updated_at       timestamptz not null default now(),
      constraint marketplace_days_length check (ends_at > starts_at),
      constraint marketplace_days_counts check (
            reschedules between 0 and sessions
        and movers between 0 and tutors and tutors <= sessions and movers <= reschedules),
      constraint marketplace_days_named_is_far_above check (is_far_above or not has_common_cause)
    )
  `.execute(db);
  await sql`create index marketplace_days_named on marketplace_days (ends_at) where has_common_cause`.execute(db);

  await sql`
    create table rise_watches (
      tutor_id          uuid primary key references tutors (id),
      usual_sessions    integer not null,
      usual_reschedules integer not null,
      since_sessions    integer not null,
      since_reschedules integer not null,
      percent           integer not null,
      steps             integer not null,
      constraint rise_watches_counts check (
        usual_reschedules between 0 and usual_sessions and since_reschedules between 0 and since_sessions),
      constraint rise_watches_range check (percent between 0 and 100 and steps >= 0)
    )
  `.execute(db);
  await sql`
    create table rise_alarms (
      tutor_id      uuid not null references tutors (id),
      signalled_at  timestamptz not null,
      usual_rate    numeric(5,2) not null,
      move_days     integer not null,
      kept_sessions integer not null,
      primary key (tutor_id, signalled_at),
      constraint rise_alarms_counts check (move_days > 0 and kept_sessions >= 0),
      constraint rise_alarms_usual_rate_range check (usual_rate between 0 and 100)
    )
  `.execute(db);

  await sql`
    alter table tutor_scores
      add column evidence             text not null default 'too_few',
      add column risk_probability     double precision,
      add column expected_rate        numeric(5,2),
      add column expected_rate_lower  numeric(5,2),
      add column expected_rate_upper  numeric(5,2),
      add column evidence_sessions    integer not null default 0,
      add column evidence_reschedules integer not null default 0,
      add column prior_version        integer references rate_priors (version),
      add column rise_signalled_at    timestamptz,
      add column evidence_rank        smallint not null generated always as
                                        (case evidence when 'confirmed' then 2 when 'watch' then 1 else 0 end) stored,
      add constraint tutor_scores_evidence_known check (evidence in ('confirmed', 'watch', 'clear', 'too_few')),
      add constraint tutor_scores_risk_probability_range check (risk_probability between 0 and 1),
      add constraint tutor_scores_evidence_within_90d check (
            evidence_reschedules between 0 and evidence_sessions
        and evidence_sessions <= total_sessions_90d and evidence_reschedules <= tutor_reschedules_90d),
      add constraint tutor_scores_expected_rate_range check (
            expected_rate between 0 and 100
        and expected_rate_lower between 0 and expected_rate_upper and expected_rate_upper <= 100),
      add constraint tutor_scores_weighed_whole check (
        num_nulls(risk_probability, expected_rate, expected_rate_lower, expected_rate_upper) in (0, 4)),
      add constraint tutor_scores_evidence_is_weighed check (
        evidence = 'too_few' or (risk_probability is not null and evidence_sessions > 0))
  `.execute(db);
  await sql`create index tutor_scores_evidence on tutor_scores (evidence_rank, (coalesce(risk_probability, -1)), tutor_id)`.execute(
    db,
  );

  // The literal rule stays as a column of the score, and no longer opens flags.
  await sql`alter table risk_flags drop constraint risk_flags_close_reason_known`.execute(db);
  await sql`
    update risk_flags set closed_at = greatest(opened_at, now()), close_reason = 'rule_replaced' where closed_at is null
  `.execute(db);
  await sql`
    alter table risk_flags
      add column level                text,
      add column risk_probability     double precision,
      add column prior_version        integer references rate_priors (version),
      add column score                jsonb,
      add column closed_probability   double precision,
      drop constraint risk_flags_rule_known,
      drop constraint risk_flags_cause_is_true,
      add constraint risk_flags_rule_known check (rule in ('any_window_above_threshold', 'evidence')),
      add constraint risk_flags_level_known check (level in ('confirmed', 'watch')),
      add constraint risk_flags_evidence_is_whole check (
        rule <> 'evidence' or num_nulls(level, risk_probability, score) = 0),
      add constraint risk_flags_probability_range check (
        risk_probability between 0 and 1 and closed_probability between 0 and 1),
      add constraint risk_flags_cause_is_true check (
        case rule when 'evidence' then risk_probability >= case level when 'confirmed' then 0.9 else 0.4 end
                  else 100 * reschedules::bigint > risk_threshold * sessions end),
      add constraint risk_flags_old_rule_is_closed check (rule = 'evidence' or closed_at is not null),
      add constraint risk_flags_closed_has_probability check (
        (closed_probability is not null) = (rule = 'evidence' and closed_at is not null)),
      add constraint risk_flags_close_reason_known check (close_reason in (
        'rate_fell', 'threshold_raised', 'rule_replaced', 'became_confirmed', 'became_watch', 'too_few_sessions',
        'common_cause_day', 'fewer_moves', 'more_kept_sessions', 'prior_changed'))
  `.execute(db);

  // Nobody has been weighed yet.
  await sql`insert into tutors_to_rescore (tutor_id) select tutor_id from tutor_scores on conflict do nothing`.execute(
    db,
  );

  await comment(db, 'index rate_priors_as_of', 'the prior that held at an instant; whether tonight has one');
  await comment(db, 'index marketplace_days_named', 'scoring: the days left out of the last 90');
  await comment(db, 'index tutor_scores_evidence', 'tutors list ordered by evidence');
  await comment(
    db,
    'column rate_priors.is_finished',
    'whether everybody was weighed by it: a night that breaks off is begun anew',
  );
  await comment(db, 'column marketplace_days.is_walked', 'whether the watch for rises has taken this day');
  await comment(
    db,
    'column tutor_scores.evidence_rank',
    'confirmed before watch before the rest, whatever the figures',
  );
  await comment(db, 'column risk_flags.score', 'the counts of the three windows when the flag opened');
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`delete from risk_flags where rule = 'evidence'`.execute(db);
  await sql`
    alter table risk_flags
      drop constraint risk_flags_rule_known,
      drop constraint risk_flags_cause_is_true,
      drop constraint risk_flags_old_rule_is_closed,
      drop constraint risk_flags_close_reason_known,
      drop column level,
      drop column risk_probability,
      drop column prior_version,
      drop column score,
      drop column closed_probability
  `.execute(db);
  // What was closed on the way up is open again.
  await sql`update risk_flags set closed_at = null, close_reason = null where close_reason = 'rule_replaced'`.execute(
    db,
  );
  await sql`
    alter table risk_flags
      add constraint risk_flags_rule_known check (rule in ('any_window_above_threshold')),
      add constraint risk_flags_cause_is_true check (100 * reschedules::bigint > risk_threshold * sessions),
      add constraint risk_flags_close_reason_known check (close_reason in ('rate_fell', 'threshold_raised'))
  `.execute(db);
  await sql`
    alter table tutor_scores
      drop column evidence_rank,
      drop column evidence,
      drop column risk_probability,
      drop column expected_rate,
      drop column expected_rate_lower,
      drop column expected_rate_upper,
      drop column evidence_sessions,
      drop column evidence_reschedules,
      drop column prior_version,
      drop column rise_signalled_at
  `.execute(db);
  await sql`drop table rise_alarms, rise_watches, marketplace_days, rate_priors`.execute(db);
  // Since then the literal rule has opened and closed nothing: whoever scores next does.
  await sql`insert into tutors_to_rescore (tutor_id) select tutor_id from tutor_scores on conflict do nothing`.execute(
    db,
  );
}
