import { tutorId } from './bulk.ts';
import { drive, requestOf } from './lean-client.ts';
import type { BenchServer } from './server.ts';

const HOUR_MS = 60 * 60 * 1000;
/** One of so many sessions was moved. */
export const MOVED = 4;
/** So many hours ago, at least, sessions were to take place: too long for a report, so that mails play no part. */
export const HOURS = { from: 72, until: 1440 };

/** A new session of one of the first `tutors` tutors, as the platform would send it. */
export function newSession(tutors: number) {
  return sessionOf(tutorId(Math.floor(Math.random() * tutors)));
}

export function sessionOf(tutor_id: string) {
  const hours = HOURS.from + Math.floor(Math.random() * (HOURS.until - HOURS.from));
  const scheduled = Date.now() - HOUR_MS * hours;
  const scheduled_time = new Date(scheduled).toISOString();
  const common = {
    session_id: crypto.randomUUID(),
    tutor_id,
    student_id: `s-${Math.floor(Math.random() * 10_000)}`,
    scheduled_time,
    duration_minutes: 60,
  };
  if (Math.random() * MOVED >= 1) {
    return { ...common, status: 'completed', completed_time: new Date(scheduled + HOUR_MS).toISOString() };
  }
  const new_time = new Date(scheduled + 24 * HOUR_MS).toISOString();
  const reschedule_info = { initiator: 'tutor', original_time: scheduled_time, new_time, reason: 'Personal emergency' };
  return { ...common, status: 'rescheduled', reschedule_info };
}

/** A request that posts one session. */
export function postOf(apiKey: string, session: object): Buffer {
  return requestOf('POST', '/api/sessions', apiKey, JSON.stringify(session));
}

/** A request that posts a batch of so many new sessions. */
export function batchOf(apiKey: string, tutors: number, size: number): Buffer {
  const sessions = Array.from({ length: size }, () => newSession(tutors));
  return requestOf('POST', '/api/sessions/batch', apiKey, JSON.stringify({ sessions }));
}

/** Gives each of so many tutors, 1000 at most, a first session. */
export async function makeTutors({ url, apiKey }: BenchServer, tutors: number): Promise<void> {
  const sessions = Array.from({ length: tutors }, (_, n) => ({
    ...sessionOf(tutorId(n)),
    tutor: { name: `Tutor ${n}` },
  }));
  const batch = requestOf('POST', '/api/sessions/batch', apiKey, JSON.stringify({ sessions }));
  await drive(url, 1, 0, () => batch);
}
