import { boundedMailer, type MailTimeouts } from './bounded-mailer.ts';
import type { MailConfig, Mailer } from './mailer.ts';
import { createOutboxMailer } from './outbox-mailer.ts';
import { createSendGridMailer } from './sendgrid-mailer.ts';
import { createSesMailer } from './ses-mailer.ts';
import { createSmtpMailer } from './smtp-mailer.ts';

const TIMEOUTS: MailTimeouts = { connectMs: 10_000, sendMs: 30_000 };

/** The mailer for a configured service; without one, mails go to the outbox. Connects only when it first sends. */
export function createMailer(config: MailConfig, timeouts: MailTimeouts = TIMEOUTS): Mailer {
  return boundedMailer(carrierOf(config, timeouts), timeouts);
}

function carrierOf(config: MailConfig, { connectMs }: MailTimeouts): Mailer {
  switch (config.service) {
    case 'none':
      return createOutboxMailer();
    case 'smtp':
      return createSmtpMailer(config, connectMs);
    case 'sendgrid':
      return createSendGridMailer(config, connectMs);
    case 'ses':
      return createSesMailer(config, connectMs);
    default:
      return config satisfies never;
  }
}
