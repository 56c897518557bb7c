import { singleLine } from '../clean-text.ts';
import { parseMailbox } from './mailbox.ts';
import type { Mail, Mailer, SendOutcome } from './mailer.ts';

export type MailTimeouts = {
  /** Until the connection stands: longer than that, the provider counts as unreachable. */
  connectMs: number;
  /** The whole attempt: longer than that, nobody knows whether the mail was taken. */
  sendMs: number;
};

/**
 * What holds for every provider: addresses that could smuggle in a second recipient or a header are refused before
 * anything is sent, the subject is one line, and an attempt ends in time.
 */
export function boundedMailer(carrier: Mailer, { sendMs }: MailTimeouts): Mailer {
  return {
    provider: carrier.provider,
    close: () => carrier.close(),
    send: async (mail, signal) => problemOf(mail) ?? sendInTime(carrier, cleaned(mail), signal, sendMs),
  };
}

async function sendInTime(carrier: Mailer, mail: Mail, signal: AbortSignal, sendMs: number): Promise<SendOutcome> {
  if (signal.aborted) return STOPPED;
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), sendMs);
  try {
    const outcome = await carrier.send(mail, AbortSignal.any([signal, limit.signal]));
    if (outcome.kind === 'sent') return outcome;
    if (signal.aborted) return STOPPED;
    // "failed", not "unreachable": the provider was there and may have taken the mail, so this must use up an attempt.
    if (limit.signal.aborted) return { kind: 'failed', error: `no answer from the provider within ${sendMs / 1000} s` };
    return outcome;
  } finally {
    clearTimeout(timer);
  }
}

const STOPPED: SendOutcome = { kind: 'failed', error: 'stopped before the provider answered' };

function problemOf({ to, from }: Mail): SendOutcome | null {
  if (parseMailbox(to) === null) return { kind: 'refused', error: 'the recipient is not a mail address' };
  if (parseMailbox(from) === null) return { kind: 'refused', error: 'the sender is not a mail address' };
  return null;
}

function cleaned(mail: Mail): Mail {
  return { ...mail, subject: singleLine(mail.subject), message_id: singleLine(mail.message_id) };
}
