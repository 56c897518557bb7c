import { unescape } from 'node:querystring';
import { createTransport, type NodemailerError } from 'nodemailer';
import { composeMessage } from './compose-message.ts';
import { codeOf, errorText } from './error-text.ts';
import { isConnectFailure } from './http-outcome.ts';
import type { Mailer, SendOutcome } from './mailer.ts';

const CONNECTIONS = 5;
/** An idle connection that the server closed is replaced once, unseen; everything else is an outcome. */
const REQUEUES = 1;
const THROTTLED_MS = 60_000;

/** Sends over up to five connections that are kept open. The Message-ID is ours. */
export function createSmtpMailer({ url }: { url: string }, connectMs: number): Mailer {
  const secrets = secretsOf(url);
  const transport = createTransport({
    url,
    pool: true,
    maxConnections: CONNECTIONS,
    maxRequeues: REQUEUES,
    connectionTimeout: connectMs,
    greetingTimeout: connectMs,
  });
  return {
    provider: 'smtp',
    async send(mail, signal) {
      try {
        const info = await transport.sendMail({ ...composeMessage(mail), signal });
        return { kind: 'sent', provider_message_id: queueIdOf(info.response) };
      } catch (error) {
        return smtpOutcome(error, errorText(error, secrets));
      }
    },
    async close() {
      transport.close();
    },
  };
}

function smtpOutcome(error: unknown, text: string): SendOutcome {
  const reply = replyOf(error);
  if (reply !== null) {
    if (isThrottling(reply)) return { kind: 'throttled', retryAfterMs: THROTTLED_MS, error: text };
    return { kind: reply.permanent ? 'refused' : 'failed', error: text };
  }
  if (isUnreachable(error)) return { kind: 'unreachable', error: text };
  const isFinal = ['EAUTH', 'ENOAUTH', 'EENVELOPE', 'EMESSAGE'].includes(codeOf(error));
  return { kind: isFinal ? 'refused' : 'failed', error: text };
}

/** No session with the server came about. A connection lost later is not meant: the mail may have been taken. */
function isUnreachable(error: unknown): boolean {
  if (!isNodemailerError(error)) return false;
  switch (error.code ?? '') {
    case 'EDNS':
    case 'ETLS':
    case 'EPROXY':
      return true;
    case 'ETIMEDOUT':
      return error.timeoutType !== 'SOCKET_TIMEOUT';
    case 'ECONNECTION':
      // What the pool says when the server hung up before it greeted us.
      return error.message.startsWith('Reached maximum number of retries');
    case 'ESOCKET':
      return isConnectFailure(error.originalCode ?? '', error.message);
    default:
      return false;
  }
}

type Reply = { code: number; words: string; permanent: boolean };

function replyOf(error: unknown): Reply | null {
  if (!isNodemailerError(error) || error.responseCode === undefined) return null;
  return { code: error.responseCode, words: error.response ?? '', permanent: error.permanent === true };
}

/** Servers have no code of their own for "too fast": 421, 450 (also greylisting), or another 4xx that says so. */
function isThrottling({ code, words }: Reply): boolean {
  if (code < 400 || code > 499) return false;
  return code === 421 || code === 450 || /throttl|greylist|too many|rate limit|limit exceeded/i.test(words);
}

/** "250 2.0.0 Ok: queued as 4XyZ" → "4XyZ", by which the server's log knows the mail; null when it names none. */
function queueIdOf(response: string | undefined): string | null {
  return /queued as ([\w.-]+)/i.exec(response ?? '')?.[1] ?? null;
}

function secretsOf(url: string): string[] {
  const { password } = new URL(url);
  // Unlike decodeURIComponent this takes a stray % for what it is.
  return [password, unescape(password)];
}

/** Every error that nodemailer hands out carries these fields, or leaves them out. */
function isNodemailerError(error: unknown): error is NodemailerError {
  return error instanceof Error;
}
