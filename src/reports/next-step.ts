import type { SendOutcome } from './mailers/mailer.ts';

/** What becomes of a report after an attempt; written to its row as it stands. */
export type NextStep =
  | { status: 'sent'; attempts: number; provider_message_id: string | null }
  | { status: 'failed'; attempts: number; error_message: string }
  | {
      status: 'pending';
      attempts: number;
      error_message: string;
      retryMs: number;
      unreachable_since: Date | null;
    };

export type Attempt = {
  /** Including the one whose outcome this is. */
  attempts: number;
  /** Since when the provider could not be reached; null = it could, the last time. */
  unreachable_since: Date | null;
  now: Date;
};

/** A mail that so many senders took up and did not live to tell of may be what killed them. */
export const MAX_CLAIMS = 5;

const MINUTE_MS = 60_000;
const MAX_ATTEMPTS = 3;
/** After the first attempt and after the second. */
const RETRY_MS = [MINUTE_MS, 5 * MINUTE_MS];
/** For a provider that asks for patience and names no time: without it the next attempt would come at once, for ever. */
const SHORTEST_WAIT_MS = 1_000;
const FREE_OUTAGE_MS = 60 * MINUTE_MS;

/**
 * Three attempts, after 1 and 5 minutes. Being told to wait costs none of them, and neither does a provider that
 * cannot be reached, for an hour. A refusal is final.
 */
export function nextStep(outcome: SendOutcome, { attempts, unreachable_since, now }: Attempt): NextStep {
  switch (outcome.kind) {
    case 'sent':
      return { status: 'sent', attempts, provider_message_id: outcome.provider_message_id };
    case 'refused':
      return { status: 'failed', attempts, error_message: outcome.error };
    case 'throttled':
      return pending(attempts - 1, outcome.error, Math.max(outcome.retryAfterMs, SHORTEST_WAIT_MS), null);
    case 'failed':
      return counted(attempts, outcome.error, null);
    case 'unreachable': {
      const since = unreachable_since ?? now;
      const isFree = now.getTime() - since.getTime() < FREE_OUTAGE_MS;
      if (isFree) return pending(attempts - 1, outcome.error, MINUTE_MS, since);
      return counted(attempts, outcome.error, since);
    }
    default:
      return outcome satisfies never;
  }
}

function counted(attempts: number, error_message: string, unreachable_since: Date | null): NextStep {
  const retryMs = RETRY_MS[attempts - 1];
  if (attempts >= MAX_ATTEMPTS || retryMs === undefined) return { status: 'failed', attempts, error_message };
  return pending(attempts, error_message, retryMs, unreachable_since);
}

function pending(attempts: number, error_message: string, retryMs: number, unreachable_since: Date | null): NextStep {
  return { status: 'pending', attempts, error_message, retryMs, unreachable_since };
}
