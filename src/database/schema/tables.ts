import type { Database } from './row-types.ts';

/** All tables of ours, each after those that it refers to: in this order they can be filled. */
export const TABLES = [
  'users',
  'user_credentials',
  'user_sessions',
  'settings',
  'sweep_state',
  'marketplace_days',
  'rate_priors',
  'tutors',
  'sessions',
  'reschedules',
  'email_reports',
  'tutor_scores',
  'tutors_to_rescore',
  'risk_flags',
  'rise_watches',
  'rise_alarms',
  'erased_tutors',
  'alerts',
  'alert_mails',
  'failing_jobs',
  'audit_log',
] as const satisfies readonly (keyof Database)[];

export type Table = (typeof TABLES)[number];
