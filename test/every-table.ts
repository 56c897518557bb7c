import { sql } from 'kysely';
import type { Db } from '../src/database/connection.ts';

export const TUTOR = '00000000-0000-4000-8000-00000000000a';
export const OTHER_TUTOR = '00000000-0000-4000-8000-00000000000b';
/** Completed, moved by its tutor, reported. */
export const SESSION = '00000000-0000-4000-8000-000000000001';
export const OTHER_SESSION = '00000000-0000-4000-8000-000000000002';
export const RESCHEDULE = '00000000-0000-4000-8000-000000000011';
export const SCORE = '00000000-0000-4000-8000-000000000021';
/** Open, on watch. */
export const FLAG = '00000000-0000-4000-8000-000000000031';
/** Of the literal rule, which opens none any more: closed. */
export const OLD_FLAG = '00000000-0000-4000-8000-000000000032';
/** The first that a database gives. */
export const PRIOR = 1;
export const DAY = '2024-01-15';
export const REPORT = '00000000-0000-4000-8000-000000000041';
/** An admin with a password, signed in. */
export const USER = '00000000-0000-4000-8000-000000000051';
export const OTHER_USER = '00000000-0000-4000-8000-000000000052';
export const USER_SESSION = '00000000-0000-4000-8000-000000000061';
export const ERASED_TUTOR = '00000000-0000-4000-8000-0000000000ee';
/** The first that a database gives. */
export const RECORD = 1;
export const CREDENTIAL = '00000000-0000-4000-8000-000000000071';

/** Few rows that fit together, at least one in every table of a migrated database without data. */
export async function fillEveryTable(db: Db): Promise<void> {
  await sql
    .raw(`
      insert into tutors (id, name, email, occurred_at)
      values ('${TUTOR}', 'Maria Lopez', 'maria@example.com', '2024-01-01T00:00:00Z'),
             ('${OTHER_TUTOR}', 'José Ñandú', null, '2024-01-01T00:00:00Z');

      insert into sessions (id, tutor_id, student_id, scheduled_time, reported_time, completed_time, status, occurred_at)
      values ('${SESSION}', '${TUTOR}', 's-1', '2024-01-15T14:00:00Z', '2024-01-15T14:00:00Z', '2024-01-15T15:30:00Z',
              'completed', '2024-01-15T15:30:00Z'),
             ('${OTHER_SESSION}', '${TUTOR}', 's-2', '2024-01-16T14:00:00Z', '2024-01-16T14:00:00Z', null,
              'no_show', '2024-01-16T15:00:00Z');

      insert into reschedules (id, session_id, tutor_id, initiator, original_time, new_time, cancelled_at, cancelled_at_is_default)
      values ('${RESCHEDULE}', '${SESSION}', '${TUTOR}', 'tutor', '2024-01-15T14:00:00Z', '2024-01-16T14:00:00Z',
              '2024-01-15T11:00:00Z', false);

      insert into settings (risk_threshold, updated_by) values (15, 'test') on conflict do nothing;

      insert into rate_priors (as_of, basis, a, b, tutors, sessions, reschedules)
      values ('2024-01-15T00:00:00Z', 'fitted', 2.04, 23.95, 2000, 90000, 7100);

      insert into marketplace_days (day, starts_at, ends_at, sessions, reschedules, tutors, movers, is_far_above,
                                    has_common_cause)
      values ('${DAY}', '2024-01-15T00:00:00Z', '2024-01-16T00:00:00Z', 3000, 900, 5, 4, true, true);

      insert into rise_watches (tutor_id, usual_sessions, usual_reschedules, since_sessions, since_reschedules,
                                percent, steps)
      values ('${TUTOR}', 60, 4, 9, 3, 8, 11);

      insert into rise_alarms (tutor_id, signalled_at, usual_rate, move_days, kept_sessions)
      values ('${TUTOR}', '2024-01-15T00:00:00Z', 8, 6, 14);

      insert into tutor_scores (id, tutor_id, total_sessions_7d, total_sessions_30d, total_sessions_90d,
                                tutor_reschedules_7d, tutor_reschedules_30d, tutor_reschedules_90d,
                                evidence, risk_probability, expected_rate, expected_rate_lower, expected_rate_upper,
                                evidence_sessions, evidence_reschedules, prior_version, rise_signalled_at)
      values ('${SCORE}', '${TUTOR}', 9, 29, 84, 3, 9, 12, 'watch', 0.572, 16.20, 9.23, 24.41, 36, 8, ${PRIOR},
              '2024-01-15T00:00:00Z');

      insert into tutors_to_rescore (tutor_id) values ('${TUTOR}');

      insert into risk_flags (id, tutor_id, opened_at, rule, level, window_days, sessions, reschedules,
                              risk_threshold, risk_probability, prior_version, score)
      values ('${FLAG}', '${TUTOR}', '2024-01-15T15:30:01Z', 'evidence', 'watch', 90, 36, 8, 15, 0.572, ${PRIOR}, '{}');

      insert into risk_flags (id, tutor_id, opened_at, closed_at, close_reason, rule, window_days, sessions,
                              reschedules, risk_threshold)
      values ('${OLD_FLAG}', '${TUTOR}', '2024-01-08T15:30:01Z', '2024-01-14T23:00:00Z', 'rate_fell',
              'any_window_above_threshold', 7, 9, 3, 15);

      insert into sweep_state (name, watermark) values ('window_edges', '2024-01-16T15:00:00Z');

      insert into email_reports (id, session_id, recipient_email, facts, next_attempt_at)
      values ('${REPORT}', '${SESSION}', 'admin@example.com', '{}', '2024-01-15T15:30:02Z');

      insert into erased_tutors (tutor_id) values ('${ERASED_TUTOR}');

      insert into alerts (name, since) values ('reports_failing', '2024-01-15T15:00:00Z');

      insert into alert_mails (next_at) values ('2024-01-15T16:00:00Z');

      insert into failing_jobs (name, since) values ('nightly', '2024-01-15T15:00:00Z');
      insert into audit_log (at, actor_kind, actor_id, action, subject_kind, subject_id, request_id, details)
      values ('2024-01-15T16:00:00Z', 'user', '${USER}', 'changed', 'settings', null, 'request-1', '{"from": 20, "to": 15}');

      insert into users (id, email, name, role)
      values ('${USER}', 'maria@example.com', 'Maria Lopez', 'admin'),
             ('${OTHER_USER}', 'admin@localhost', 'Admin', 'viewer');

      insert into user_sessions (id, token, user_id, expires_at)
      values ('${USER_SESSION}', 'token-1', '${USER}', '2024-01-22T14:00:00Z');

      insert into user_credentials (id, account_id, provider_id, user_id, password, ends_at)
      values ('${CREDENTIAL}', '${USER}', 'credential', '${USER}', 'salt:hash', '2024-01-18T14:00:00Z');
    `)
    .execute(db);
}
