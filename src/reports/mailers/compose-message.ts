import type { SendMailOptions } from 'nodemailer';
import { parseMailbox } from './mailbox.ts';
import type { Mail } from './mailer.ts';

/** Tells holiday replies and the like that nobody reads answers to this mail (RFC 3834). */
export const AUTOMATIC_HEADERS = { 'Auto-Submitted': 'auto-generated' } as const;

/** A mail for nodemailer, its addresses as objects so that nothing in them is read as a list. */
export function composeMessage(mail: Mail): SendMailOptions {
  return {
    from: parseMailbox(mail.from) ?? mail.from,
    to: parseMailbox(mail.to) ?? mail.to,
    subject: mail.subject,
    text: mail.text,
    html: mail.html,
    messageId: mail.message_id,
    headers: AUTOMATIC_HEADERS,
    // Said and not found out: nodemailer would read each part letter by letter to choose.
    textEncoding: 'quoted-printable',
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}
