import { SESv2Client, SESv2ServiceException, SendEmailCommand } from '@aws-sdk/client-sesv2';
import MailComposer from 'nodemailer/lib/mail-composer';
import { composeMessage } from './compose-message.ts';
import { connectAgents } from './connect-agents.ts';
import { errorText } from './error-text.ts';
import { isUnreachable, outcomeOfStatus } from './http-outcome.ts';
import { parseMailbox } from './mailbox.ts';
import type { Mail, MailConfig, Mailer, SendOutcome } from './mailer.ts';
import { retryAfterMs } from './retry-after.ts';

type SesConfig = Extract<MailConfig, { service: 'ses' }>;

/**
 * Sends through Amazon SES v2 with AWS's SDK, tried once. The message is the one that SMTP would carry, but SES puts
 * its own Message-ID in the place of ours and answers with it. Without `credentials` the SDK looks where AWS tools do.
 */
export function createSesMailer({ region, endpoint, credentials }: SesConfig, connectMs: number): Mailer {
  const secrets = [credentials?.secretAccessKey ?? '', credentials?.sessionToken ?? ''];
  const agents = connectAgents(connectMs);
  const client = new SESv2Client({
    region,
    maxAttempts: 1,
    requestHandler: agents,
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(credentials === undefined ? {} : { credentials }),
  });
  return {
    provider: 'ses',
    async send(mail, signal) {
      try {
        const { MessageId } = await client.send(await commandOf(mail), { abortSignal: signal });
        return { kind: 'sent', provider_message_id: MessageId ?? null };
      } catch (error) {
        return outcomeOf(error, errorText(error, secrets));
      }
    },
    async close() {
      client.destroy();
    },
  };
}

async function commandOf(mail: Mail): Promise<SendEmailCommand> {
  const message = await new MailComposer(composeMessage(mail)).compile().build();
  return new SendEmailCommand({
    FromEmailAddress: senderOf(message),
    Destination: { ToAddresses: [parseMailbox(mail.to)?.address ?? mail.to] },
    Content: { Raw: { Data: message } },
  });
}

/** The From header as it was written, its name encoded: SES would put anything else in its place. */
function senderOf(message: Buffer): string | undefined {
  const header = /^From: (?<value>.*(?:\r?\n[ \t].*)*)/m.exec(message.toString('latin1'));
  return header?.groups?.['value']?.replace(/\r?\n[ \t]+/g, ' ');
}

/** SES has several names for "too fast", and not all of them come with status 429. */
const THROTTLING = new Set(['TooManyRequestsException', 'ThrottlingException', 'Throttling', 'LimitExceededException']);

function outcomeOf(error: unknown, text: string): SendOutcome {
  if (error instanceof SESv2ServiceException) {
    const waitMs = retryAfterMs(new Date(), error.$response?.headers['retry-after']);
    const words = `${error.name}: ${text}`;
    if (THROTTLING.has(error.name)) return { kind: 'throttled', retryAfterMs: waitMs, error: words };
    return outcomeOfStatus(error.$metadata.httpStatusCode ?? 500, words, waitMs);
  }
  if (isUnreachable(error)) return { kind: 'unreachable', error: text };
  // No credentials anywhere: as final as wrong ones.
  const isFinal = error instanceof Error && error.name === 'CredentialsProviderError';
  return { kind: isFinal ? 'refused' : 'failed', error: text };
}
