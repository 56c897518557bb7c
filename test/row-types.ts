import type { InsertType, SelectType } from 'kysely';
import type { Database } from '../src/database/schema/row-types.ts';

/**
 * What the row types say of every column. The compiler holds it against `row-types.ts`, and `row-types.test.ts` against
 * the database, so that the two cannot part.
 */
export const COLUMNS: {
  [Table in keyof Database]: { [Column in keyof Database[Table]]: Kind<Database[Table][Column]> };
} = {
  tutors: {
    id: 'string',
    name: 'string',
    name_search: 'string, generated',
    email: 'string, nullable',
    is_active: 'boolean, default',
    occurred_at: 'Date',
    email_occurred_at: 'Date, nullable',
    created_at: 'Date, default',
    updated_at: 'Date, default',
  },
  sessions: {
    id: 'string',
    tutor_id: 'string',
    student_id: 'string',
    scheduled_time: 'Date',
    reported_time: 'Date',
    completed_time: 'Date, nullable',
    status: 'string',
    duration_minutes: 'number, nullable',
    occurred_at: 'Date',
    reschedule_occurred_at: 'Date, nullable',
    reschedule_heard_at: 'Date, nullable',
    reports_decided_at: 'Date, nullable',
    created_at: 'Date, default',
    updated_at: 'Date, default',
  },
  reschedules: {
    id: 'string, default',
    session_id: 'string',
    tutor_id: 'string',
    initiator: 'string',
    original_time: 'Date',
    new_time: 'Date, nullable',
    reason: 'string, nullable',
    reason_code: 'string, nullable',
    cancelled_at: 'Date, nullable',
    cancelled_at_is_default: 'boolean',
    hours_before_session: 'number, nullable, generated',
    created_at: 'Date, default',
  },
  data_versions: { subject: 'string', day: 'string', slot: 'number', version: 'number' },
  settings: { id: 'boolean, default', risk_threshold: 'number', updated_at: 'Date, default', updated_by: 'string' },
  tutor_scores: {
    id: 'string, default',
    tutor_id: 'string',
    total_sessions_7d: 'number, default',
    total_sessions_30d: 'number, default',
    total_sessions_90d: 'number, default',
    tutor_reschedules_7d: 'number, default',
    tutor_reschedules_30d: 'number, default',
    tutor_reschedules_90d: 'number, default',
    reschedule_rate_7d: 'number, generated',
    reschedule_rate_30d: 'number, generated',
    reschedule_rate_90d: 'number, generated',
    risk_threshold: 'number, default',
    is_high_risk: 'boolean, generated',
    last_calculated_at: 'Date, default',
    evidence: 'string, default',
    evidence_rank: 'number, generated',
    risk_probability: 'number, nullable',
    expected_rate: 'number, nullable',
    expected_rate_lower: 'number, nullable',
    expected_rate_upper: 'number, nullable',
    evidence_sessions: 'number, default',
    evidence_reschedules: 'number, default',
    prior_version: 'number, nullable',
    rise_signalled_at: 'Date, nullable',
    created_at: 'Date, default',
    updated_at: 'Date, default',
  },
  tutors_to_rescore: {
    tutor_id: 'string',
    since: 'Date, default',
    mark: 'string, default',
    attempts: 'number, default',
    retry_at: 'Date, nullable',
    error: 'string, nullable',
  },
  risk_flags: {
    id: 'string, default',
    tutor_id: 'string',
    opened_at: 'Date',
    closed_at: 'Date, nullable',
    rule: 'string',
    window_days: 'number',
    sessions: 'number',
    reschedules: 'number',
    rate: 'number, generated',
    risk_threshold: 'number',
    level: 'string, nullable',
    risk_probability: 'number, nullable',
    prior_version: 'number, nullable',
    score: 'object, nullable',
    close_reason: 'string, nullable',
    closed_probability: 'number, nullable',
  },
  rate_priors: {
    version: 'number, generated',
    as_of: 'Date',
    basis: 'string',
    a: 'number',
    b: 'number',
    tutors: 'number',
    sessions: 'number',
    reschedules: 'number',
    is_finished: 'boolean, default',
    created_at: 'Date, default',
  },
  marketplace_days: {
    day: 'string',
    starts_at: 'Date',
    ends_at: 'Date',
    sessions: 'number',
    reschedules: 'number',
    tutors: 'number',
    movers: 'number',
    is_far_above: 'boolean',
    has_common_cause: 'boolean',
    is_walked: 'boolean, default',
    updated_at: 'Date, default',
  },
  rise_watches: {
    tutor_id: 'string',
    usual_sessions: 'number',
    usual_reschedules: 'number',
    since_sessions: 'number',
    since_reschedules: 'number',
    percent: 'number',
    steps: 'number',
  },
  rise_alarms: {
    tutor_id: 'string',
    signalled_at: 'Date',
    usual_rate: 'number',
    move_days: 'number',
    kept_sessions: 'number',
  },
  sweep_state: { name: 'string', watermark: 'Date' },
  email_reports: {
    id: 'string, default',
    session_id: 'string',
    recipient_email: 'string',
    status: 'string, default',
    facts: 'object',
    send_number: 'number, default',
    attempts: 'number, default',
    next_attempt_at: 'Date, nullable',
    claimed_until: 'Date, nullable',
    unreachable_since: 'Date, nullable',
    sent_at: 'Date, nullable',
    error_message: 'string, nullable',
    provider: 'string, nullable',
    provider_message_id: 'string, nullable',
    created_at: 'Date, default',
    updated_at: 'Date, default',
  },
  erased_tutors: { tutor_id: 'string', erased_at: 'Date, default' },
  alerts: { name: 'string', since: 'Date', over_at: 'Date, nullable', told_at: 'Date, nullable' },
  alert_mails: { id: 'boolean, default', mail_id: 'string, default', next_at: 'Date', failures: 'number, default' },
  failing_jobs: { name: 'string', since: 'Date', failures: 'number, default' },
  users: {
    id: 'string, default',
    email: 'string',
    name: 'string',
    role: 'string',
    email_verified: 'boolean, default',
    disabled_at: 'Date, nullable',
    created_at: 'Date, default',
    updated_at: 'Date, default',
  },
  user_sessions: {
    id: 'string, default',
    token: 'string',
    user_id: 'string',
    expires_at: 'Date',
    user_agent: 'string, nullable',
    ip_address: 'string, nullable',
    created_at: 'Date, default',
    updated_at: 'Date, default',
  },
  user_credentials: {
    id: 'string, default',
    account_id: 'string',
    provider_id: 'string',
    user_id: 'string',
    password: 'string',
    ends_at: 'Date, nullable',
    created_at: 'Date, default',
    updated_at: 'Date, default',
  },
  audit_log: {
    id: 'number, generated',
    at: 'Date, default',
    actor_kind: 'string',
    actor_id: 'string, nullable',
    action: 'string',
    subject_kind: 'string',
    subject_id: 'string, nullable',
    request_id: 'string, nullable',
    details: 'object, default',
  },
};

type Kind<Column> = `${Word<NonNullable<SelectType<Column>>>}${Nullable<Column>}${Filled<Column>}`;

type Word<Value> = Value extends Date
  ? 'Date'
  : Value extends string
    ? 'string'
    : Value extends number
      ? 'number'
      : Value extends boolean
        ? 'boolean'
        : 'object';

type Nullable<Column> = null extends SelectType<Column> ? ', nullable' : '';

type Filled<Column> = [InsertType<Column>] extends [never]
  ? ', generated'
  : null extends SelectType<Column>
    ? ''
    : undefined extends InsertType<Column>
      ? ', default'
      : '';
