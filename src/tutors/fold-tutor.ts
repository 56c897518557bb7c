import type { Instant } from '../contract/instant.ts';
import { supersedes } from '../sessions/version.ts';

/** What an event says of its tutor. An absent email says nothing of it, null removes it. */
export type TutorPart = { name: string; email: string | null | undefined };

/** What is known of a tutor: name and email, each with its own version, since an event may name only one. */
export type TutorState = {
  name: string;
  occurred_at: Instant;
  email: string | null;
  email_occurred_at: Instant | null;
};

/** The tutor after an event; the newest of each part wins, in any order. Returns `stored` itself if nothing changed. */
export function foldTutor(stored: TutorState | null, part: TutorPart, occurredAt: Instant): TutorState {
  if (stored === null) {
    const email_occurred_at = part.email === undefined ? null : occurredAt;
    return { name: part.name, occurred_at: occurredAt, email: part.email ?? null, email_occurred_at };
  }
  const nameWins = supersedes(
    { occurred_at: occurredAt, content: part.name },
    { occurred_at: stored.occurred_at, content: stored.name },
  );
  const emailWins =
    part.email !== undefined &&
    supersedes(
      { occurred_at: occurredAt, content: part.email },
      { occurred_at: stored.email_occurred_at, content: stored.email },
    );
  if (!nameWins && !emailWins) return stored;
  return {
    name: nameWins ? part.name : stored.name,
    occurred_at: nameWins ? occurredAt : stored.occurred_at,
    email: emailWins ? (part.email ?? null) : stored.email,
    email_occurred_at: emailWins ? occurredAt : stored.email_occurred_at,
  };
}
