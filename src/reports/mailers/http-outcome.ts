import { messageOf } from '../../errors.ts';
import { codeOf } from './error-text.ts';
import type { SendOutcome } from './mailer.ts';

/**
 * What an HTTP status of a provider means: 429 throttled, 408 and 5xx may pass, every other refusal is final, wrong
 * credentials among them: the mail would be refused again until somebody changes the settings.
 */
export function outcomeOfStatus(status: number, error: string, retryAfterMs: number): SendOutcome {
  if (status === 429) return { kind: 'throttled', retryAfterMs, error };
  if (status === 408 || status >= 500) return { kind: 'failed', error };
  return { kind: 'refused', error };
}

/** Whether a failed request never got a connection: nothing can have been sent. */
export function isUnreachable(error: unknown): boolean {
  return isConnectFailure(codeOf(error), messageOf(error));
}

/**
 * Codes for names, routes, refused or silent peers, and for a peer whose certificate or TLS is not acceptable.
 * ETIMEDOUT has two meanings: "read ETIMEDOUT" is a connection that was lost later.
 */
export function isConnectFailure(code: string, words: string): boolean {
  if (code === 'ETIMEDOUT') return !/^(?:read|write) /.test(words);
  return CONNECT_CODES.has(code) || TLS_CODES.test(code);
}

const CONNECT_CODES = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'EHOSTDOWN',
  'ENETUNREACH',
  'ENETDOWN',
  'EADDRNOTAVAIL',
  'CONNECT_TIMEOUT',
]);

const TLS_CODES = /^(?:ERR_TLS_|ERR_SSL_|CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|HOSTNAME_MISMATCH|EPROTO$)/;
