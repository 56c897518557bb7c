import { randomUUID } from 'node:crypto';
import type { SessionBody } from '../src/contract/sessions.ts';

/** What a sender writes, before it is read: times as text with an offset. */
export type Body = {
  session_id: string;
  tutor_id: string;
  student_id: string;
  scheduled_time: string;
  status: SessionBody['status'];
  completed_time?: string | null;
  duration_minutes?: number | null;
  reschedule_info?: {
    initiator: 'tutor' | 'student';
    original_time?: string;
    new_time?: string | null;
    reason?: string | null;
    reason_code?: string | null;
    cancelled_at?: string | null;
  } | null;
  tutor?: { name: string; email?: string | null } | null;
  occurred_at?: string;
};

const HOUR_MS = 60 * 60 * 1000;

/** An ISO time so many hours ago, on the full second. */
export function hoursAgo(hours: number): string {
  return new Date(Math.floor((Date.now() - hours * HOUR_MS) / 1000) * 1000).toISOString();
}

/** A session that was held yesterday, of a tutor who comes with it. */
export function completedSession(overrides: Partial<Body> = {}): Body {
  const scheduled_time = overrides.scheduled_time ?? hoursAgo(24);
  return {
    session_id: randomUUID(),
    tutor_id: randomUUID(),
    student_id: 's-1',
    scheduled_time,
    status: 'completed',
    completed_time: new Date(Date.parse(scheduled_time) + HOUR_MS).toISOString(),
    duration_minutes: 60,
    tutor: { name: 'Maria Lopez' },
    ...overrides,
  };
}

/** A session of yesterday that the tutor moved by a day. */
export function movedSession(overrides: Partial<Body> = {}): Body {
  const scheduled_time = overrides.scheduled_time ?? hoursAgo(24);
  const { completed_time: _, duration_minutes: __, ...session } = completedSession({ scheduled_time });
  return {
    ...session,
    status: 'rescheduled',
    reschedule_info: {
      initiator: 'tutor',
      new_time: new Date(Date.parse(scheduled_time) + 24 * HOUR_MS).toISOString(),
      reason: 'Personal emergency',
    },
    ...overrides,
  };
}
