/** What the product itself finds wrong, in the order of the mail. The names are stable: logs and metrics carry them. */
export const ALERTS = [
  'reports_failing',
  'reports_waiting',
  'scores_waiting',
  'tutors_set_aside',
  'jobs_failing',
] as const;

export type Alert = (typeof ALERTS)[number];

/** Something to look at: how many, since when the oldest of it, and of jobs their names. */
export type Trouble = { alert: Alert; count: number; since: Date; names: readonly string[] };

/** From how many on it is an alert: one mail that a provider refuses is not. */
export const LEAST: Record<Alert, number> = {
  reports_failing: 5,
  reports_waiting: 1,
  scores_waiting: 1,
  tutors_set_aside: 1,
  jobs_failing: 1,
};

const MINUTE_MS = 60_000;
/** So far back are reports counted that failed. */
export const FAILED_WITHIN_MS = 60 * MINUTE_MS;
/** Work that waits longer than that should not. */
export const LATE_MS = 10 * MINUTE_MS;
/** One bad round may be chance. */
export const FAILURES_IN_A_ROW = 3;
