import type { ColumnType, Generated, GeneratedAlways } from 'kysely';
import type { CloseReason } from '../../contract/evidence.ts';
import type { ReportFacts } from '../../reports/facts.ts';
import type { EvidenceTier } from '../../scoring/evidence.ts';
import type { ScoreCounts } from '../../scoring/risk.ts';
import type { DefaultInstant, Instant, NullableInstant, OperationTables } from './operation-tables.ts';

/** Row types of the tables that migrations/ makes. Instants go in as ISO text or `Date` and come out as `Date`. */
export type Database = OperationTables & {
  tutors: TutorsTable;
  sessions: SessionsTable;
  reschedules: ReschedulesTable;
  settings: SettingsTable;
  tutor_scores: TutorScoresTable;
  tutors_to_rescore: TutorsToRescoreTable;
  risk_flags: RiskFlagsTable;
  sweep_state: { name: string; watermark: Instant };
  email_reports: EmailReportsTable;
  users: UsersTable;
  user_sessions: UserSessionsTable;
  user_credentials: UserCredentialsTable;
  rate_priors: RatePriorsTable;
  marketplace_days: MarketplaceDaysTable;
  rise_watches: RiseWatchesTable;
  rise_alarms: RiseAlarmsTable;
  erased_tutors: { tutor_id: string; erased_at: DefaultInstant };
};

type TutorsTable = {
  id: string;
  name: string;
  name_search: GeneratedAlways<string>;
  email: string | null;
  is_active: Generated<boolean>;
  occurred_at: Instant;
  email_occurred_at: NullableInstant;
  created_at: DefaultInstant;
  updated_at: DefaultInstant;
};

type SessionsTable = {
  id: string;
  tutor_id: string;
  student_id: string;
  scheduled_time: Instant;
  reported_time: Instant;
  completed_time: NullableInstant;
  status: 'completed' | 'rescheduled' | 'no_show';
  duration_minutes: number | null;
  occurred_at: Instant;
  reschedule_occurred_at: NullableInstant;
  reschedule_heard_at: NullableInstant;
  reports_decided_at: NullableInstant;
  created_at: DefaultInstant;
  updated_at: DefaultInstant;
};

type ReschedulesTable = {
  id: Generated<string>;
  session_id: string;
  tutor_id: string;
  initiator: 'tutor' | 'student';
  original_time: Instant;
  new_time: NullableInstant;
  reason: string | null;
  reason_code: string | null;
  cancelled_at: NullableInstant;
  cancelled_at_is_default: boolean;
  hours_before_session: GeneratedAlways<number | null>;
  created_at: DefaultInstant;
};

type SettingsTable = {
  id: Generated<boolean>;
  risk_threshold: number;
  updated_at: DefaultInstant;
  updated_by: string;
};

type TutorScoresTable = {
  id: Generated<string>;
  tutor_id: string;
  total_sessions_7d: Generated<number>;
  total_sessions_30d: Generated<number>;
  total_sessions_90d: Generated<number>;
  tutor_reschedules_7d: Generated<number>;
  tutor_reschedules_30d: Generated<number>;
  tutor_reschedules_90d: Generated<number>;
  reschedule_rate_7d: GeneratedAlways<number>;
  reschedule_rate_30d: GeneratedAlways<number>;
  reschedule_rate_90d: GeneratedAlways<number>;
  risk_threshold: Generated<number>;
  is_high_risk: GeneratedAlways<boolean>;
  last_calculated_at: DefaultInstant;
  evidence: Generated<EvidenceTier>;
  evidence_rank: GeneratedAlways<number>;
  risk_probability: number | null;
  expected_rate: number | null;
  expected_rate_lower: number | null;
  expected_rate_upper: number | null;
  evidence_sessions: Generated<number>;
  evidence_reschedules: Generated<number>;
  prior_version: number | null;
  rise_signalled_at: NullableInstant;
  created_at: DefaultInstant;
  updated_at: DefaultInstant;
};

type TutorsToRescoreTable = {
  tutor_id: string;
  since: DefaultInstant;
  mark: Generated<string>;
  attempts: Generated<number>;
  retry_at: NullableInstant;
  error: string | null;
};

type RiskFlagsTable = {
  id: Generated<string>;
  tutor_id: string;
  opened_at: Instant;
  closed_at: NullableInstant;
  rule: 'any_window_above_threshold' | 'evidence';
  window_days: 7 | 30 | 90;
  sessions: number;
  reschedules: number;
  rate: GeneratedAlways<number>;
  risk_threshold: number;
  level: 'confirmed' | 'watch' | null;
  risk_probability: number | null;
  prior_version: number | null;
  score: ColumnType<ScoreCounts | null, string | null | undefined, never>;
  close_reason: CloseReason | null;
  closed_probability: number | null;
};

type RatePriorsTable = {
  version: GeneratedAlways<number>;
  as_of: Instant;
  basis: 'fitted' | 'no_difference' | 'assumed';
  a: number;
  b: number;
  tutors: number;
  sessions: number;
  reschedules: number;
  is_finished: Generated<boolean>;
  created_at: DefaultInstant;
};

type MarketplaceDaysTable = {
  day: string;
  starts_at: Instant;
  ends_at: Instant;
  sessions: number;
  reschedules: number;
  tutors: number;
  movers: number;
  is_far_above: boolean;
  has_common_cause: boolean;
  is_walked: Generated<boolean>;
  updated_at: DefaultInstant;
};

type RiseWatchesTable = {
  tutor_id: string;
  usual_sessions: number;
  usual_reschedules: number;
  since_sessions: number;
  since_reschedules: number;
  percent: number;
  steps: number;
};

type RiseAlarmsTable = {
  tutor_id: string;
  signalled_at: Instant;
  usual_rate: number;
  move_days: number;
  kept_sessions: number;
};

type EmailReportsTable = {
  id: Generated<string>;
  session_id: string;
  recipient_email: string;
  status: Generated<'pending' | 'sending' | 'sent' | 'failed'>;
  facts: ColumnType<ReportFacts, string, never>;
  send_number: Generated<number>;
  attempts: Generated<number>;
  next_attempt_at: NullableInstant;
  claimed_until: NullableInstant;
  unreachable_since: NullableInstant;
  sent_at: NullableInstant;
  error_message: string | null;
  provider: 'outbox' | 'smtp' | 'sendgrid' | 'ses' | null;
  provider_message_id: string | null;
  created_at: DefaultInstant;
  updated_at: DefaultInstant;
};

type UsersTable = {
  id: Generated<string>;
  email: string;
  name: string;
  role: 'viewer' | 'coach' | 'admin';
  email_verified: Generated<boolean>;
  disabled_at: NullableInstant;
  created_at: DefaultInstant;
  updated_at: DefaultInstant;
};

type UserSessionsTable = {
  id: Generated<string>;
  token: string;
  user_id: string;
  expires_at: Instant;
  user_agent: string | null;
  ip_address: string | null;
  created_at: DefaultInstant;
  updated_at: DefaultInstant;
};

type UserCredentialsTable = {
  id: Generated<string>;
  account_id: string;
  provider_id: string;
  user_id: string;
  password: string;
  ends_at: NullableInstant;
  created_at: DefaultInstant;
  updated_at: DefaultInstant;
};
