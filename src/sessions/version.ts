import type { Instant } from '../contract/instant.ts';

/**
 * Whether what an event says replaces what is stored. The newer one wins; at equal times the content that sorts
 * last as JSON, so that every order of the same events ends alike.
 */
export function supersedes(
  event: { occurred_at: Instant; content: unknown },
  stored: { occurred_at: Instant | null; content: unknown },
): boolean {
  if (stored.occurred_at === null || event.occurred_at > stored.occurred_at) return true;
  if (event.occurred_at < stored.occurred_at) return false;
  return JSON.stringify(event.content) > JSON.stringify(stored.content);
}

export function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
