import { OTHER_SESSION, REPORT, SESSION } from '../every-table.ts';
import { type BrokenRule, refusedBy } from './broken-rule.ts';

const NOBODY = '00000000-0000-4000-8000-0000000000ff';
const reportWith = (change: string) => `update email_reports set ${change}`;
const reportOf = (session: string, recipient: string, id = NOBODY) => `
  insert into email_reports (id, session_id, recipient_email, facts, next_attempt_at)
  values ('${id}', '${session}', '${recipient}', '{}', now())`;

/** What a report of each state has, beside its status. */
const SENT = `status = 'sent', next_attempt_at = null, sent_at = now(), provider = 'smtp'`;
const SENDING = `status = 'sending', next_attempt_at = null, claimed_until = now()`;
const FAILED = `status = 'failed', next_attempt_at = null, error_message = '550 no such user'`;

export const BROKEN_REPORTS: BrokenRule[] = [
  ...refusedBy('email_reports_pkey', reportOf(OTHER_SESSION, 'admin@example.com', REPORT)),
  ...refusedBy(
    'email_reports_session_id_fkey',
    reportOf(NOBODY, 'admin@example.com'),
    `delete from reschedules; delete from sessions where id = '${SESSION}'`,
  ),
  ...refusedBy('email_reports_one_a_recipient', reportOf(SESSION, 'admin@example.com')),
  ...refusedBy(
    'email_reports_recipient_length',
    reportWith(`recipient_email = 'a@'`),
    reportWith(`recipient_email = repeat('a', 255)`),
  ),
  ...refusedBy('email_reports_status_known', reportWith(`status = 'bounced', next_attempt_at = null`)),
  ...refusedBy(
    'email_reports_sent_has_time',
    reportWith(SENT.replace('sent_at = now()', 'sent_at = null')),
    reportWith('sent_at = now()'),
  ),
  ...refusedBy(
    'email_reports_pending_has_next_attempt',
    reportWith('next_attempt_at = null'),
    reportWith(SENT.replace('next_attempt_at = null', 'next_attempt_at = now()')),
  ),
  ...refusedBy(
    'email_reports_sending_is_claimed',
    reportWith(SENDING.replace('claimed_until = now()', 'claimed_until = null')),
    reportWith('claimed_until = now()'),
  ),
  ...refusedBy('email_reports_failed_has_error', reportWith(`status = 'failed', next_attempt_at = null`)),
  ...refusedBy('email_reports_provider_known', reportWith(`provider = 'pigeon'`)),
  ...refusedBy('email_reports_sent_has_provider', reportWith(SENT.replace(`'smtp'`, 'null'))),
  ...refusedBy('email_reports_counters', reportWith('attempts = -1'), reportWith('send_number = 0')),
];

export const KEPT_REPORTS: string[] = [
  reportWith(SENT),
  reportWith(SENDING),
  reportWith(FAILED),
  reportWith(`${FAILED}, provider = 'ses'`),
  reportWith(`provider = 'outbox'`),
  reportWith(`provider = 'sendgrid'`),
  reportWith(`recipient_email = 'a@b'`),
  reportWith(`recipient_email = repeat('a', 254)`),
  reportOf(SESSION, 'ops@example.com'),
  reportOf(OTHER_SESSION, 'admin@example.com'),
];
