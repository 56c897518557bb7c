import Client from '@sendgrid/client/src/classes/client.js';
import { z } from 'zod';
import { AUTOMATIC_HEADERS } from './compose-message.ts';
import { connectAgents } from './connect-agents.ts';
import { errorText } from './error-text.ts';
import { isUnreachable, outcomeOfStatus } from './http-outcome.ts';
import { parseMailbox } from './mailbox.ts';
import type { Mail, MailConfig, Mailer, SendOutcome } from './mailer.ts';
import { retryAfterMs } from './retry-after.ts';

type SendGridConfig = Extract<MailConfig, { service: 'sendgrid' }>;

/** Sends through SendGrid's v3 Mail Send API with their SDK, tried once; the Message-ID is ours. */
export function createSendGridMailer({ apiKey, baseUrl }: SendGridConfig, connectMs: number): Mailer {
  const agents = connectAgents(connectMs);
  return {
    provider: 'sendgrid',
    async send(mail, signal) {
      // A client a mail, because the SDK takes the signal as a default only; the connections are shared.
      const client = new Client();
      client.setApiKey(apiKey);
      client.setDefaultRequest({ ...agents, signal, maxRedirects: 0, ...(baseUrl === undefined ? {} : { baseUrl }) });
      try {
        const [{ headers }] = await client.request({ method: 'POST', url: '/v3/mail/send', body: bodyOf(mail) });
        return { kind: 'sent', provider_message_id: headerOf(headers, 'x-message-id') ?? null };
      } catch (error) {
        return outcomeOf(error, [apiKey]);
      }
    },
    async close() {
      agents.httpAgent.destroy();
      agents.httpsAgent.destroy();
    },
  };
}

function bodyOf(mail: Mail): object {
  const { name, address } = parseMailbox(mail.from) ?? { name: '', address: mail.from };
  return {
    personalizations: [{ to: [{ email: parseMailbox(mail.to)?.address ?? mail.to }] }],
    from: name === '' ? { email: address } : { email: address, name },
    subject: mail.subject,
    content: [
      { type: 'text/plain', value: mail.text },
      { type: 'text/html', value: mail.html },
    ],
    headers: { ...AUTOMATIC_HEADERS, 'Message-ID': mail.message_id },
    // Tracking would rewrite the link to the dashboard and add an image.
    tracking_settings: { click_tracking: { enable: false }, open_tracking: { enable: false } },
  };
}

function outcomeOf(error: unknown, secrets: string[]): SendOutcome {
  const answer = REFUSAL.safeParse(error);
  if (!answer.success)
    return { kind: isUnreachable(error) ? 'unreachable' : 'failed', error: errorText(error, secrets) };
  const { code, message, response } = answer.data;
  const reasons = response.body.errors.map((reason) =>
    reason.field ? `${reason.message} (${reason.field})` : reason.message,
  );
  const { headers } = response;
  const waitMs = retryAfterMs(new Date(), headerOf(headers, 'retry-after'), headerOf(headers, 'x-ratelimit-reset'));
  return outcomeOfStatus(code, errorText(`${code} ${reasons.join('; ') || message}`, secrets), waitMs);
}

/** The SDK's error for an answer of 400 and above: `code` is the status, the body says which fields are wrong. */
const REFUSAL = z.object({
  code: z.int(),
  message: z.string().catch(''),
  response: z.object({
    headers: z.unknown(),
    body: z
      .object({ errors: z.array(z.object({ message: z.string(), field: z.string().nullish() })) })
      .catch({ errors: [] }),
  }),
});

/** Node gives header names in small letters. */
function headerOf(headers: unknown, name: string): string | undefined {
  if (typeof headers !== 'object' || headers === null) return undefined;
  const value: unknown = Reflect.get(headers, name);
  return typeof value === 'string' ? value : undefined;
}
