import { DAY_MS } from '../../scoring/window.ts';

const DEFAULT_MS = 60_000;

/**
 * How long a provider asks to be left alone: a Retry-After of seconds or an HTTP date, or else the epoch seconds at
 * which its rate limit starts anew. At most a day; a minute when it says nothing that can be read.
 */
export function retryAfterMs(now: Date, retryAfter: string | undefined, rateLimitReset?: string): number {
  const wait = waitOf(now, retryAfter?.trim() ?? '') ?? resetIn(now, rateLimitReset?.trim() ?? '') ?? DEFAULT_MS;
  return Math.min(Math.max(wait, 0), DAY_MS);
}

function waitOf(now: Date, value: string): number | null {
  if (/^\d+$/.test(value)) return Number(value) * 1000;
  // Only the three forms of an HTTP date start with a weekday; Date.parse alone would read "-5" as a year.
  const date = /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)/i.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(date) ? null : date - now.getTime();
}

function resetIn(now: Date, value: string): number | null {
  return /^\d+$/.test(value) ? Number(value) * 1000 - now.getTime() : null;
}
