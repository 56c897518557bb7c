import { type BrokenRule, refusedBy } from './broken-rule.ts';

export const BROKEN_ALERTS: BrokenRule[] = [
  refusedBy('alerts_pkey', `insert into alerts (name, since) values ('reports_failing', now())`),
  refusedBy('alerts_name_length', `insert into alerts (name, since) values ('', now())`),
  refusedBy('alert_mails_pkey', `insert into alert_mails (next_at) values (now())`),
  refusedBy('alert_mails_one_row', `insert into alert_mails (id, next_at) values (false, now())`),
  refusedBy('alert_mails_failures', `update alert_mails set failures = -1`),
  refusedBy('failing_jobs_pkey', `insert into failing_jobs (name, since) values ('nightly', now())`),
  refusedBy('failing_jobs_name_length', `insert into failing_jobs (name, since) values ('', now())`),
  refusedBy('failing_jobs_failures', `update failing_jobs set failures = 0`),
].flat();
