import { randomUUID } from 'node:crypto';
import { eraseTutor } from '../../src/privacy/erase-tutor.ts';
import { erase } from '../../src/privacy/erasure.ts';
import { createOutboxMailer } from '../../src/reports/mailers/outbox-mailer.ts';
import { sendDueReports } from '../../src/reports/send-report.ts';
import { processSessions } from '../../src/sessions/process-sessions.ts';
import { receiptClock } from '../../src/sessions/receipt-clock.ts';
import { sweepWindows } from '../../src/tutors/sweep-windows.ts';
import { createTestApp, type TestApp } from '../app.ts';
import { type DrawnEvent, type Event, SESSIONS, TUTORS } from './event.ts';

const HOUR = 60 * 60 * 1000;
const DAY = 24 * HOUR;
/** When the sessions of a run are, seen from its start: at the edges of the windows, and one still to come. */
const PLACES = [-30 * HOUR, -3 * DAY, -7 * DAY + 2 * HOUR, -30 * DAY + HOUR, -90 * DAY + 5 * HOUR, 3 * HOUR];

/** The service with a clock that is set by hand; it never goes back. */
export type Service = { api: TestApp; now: number; tick(ms: number): number };

export async function openService(): Promise<Service> {
  const service = { now: Math.ceil(Date.now() / 1000) * 1000 };
  const api = await createTestApp({
    clock: async () => new Date(service.now),
    receiptClock: receiptClock(() => new Date(service.now)),
  });
  return Object.assign(service, {
    api,
    tick: (ms: number) => {
      service.now += ms;
      return service.now;
    },
  });
}

/** One run: tutors, sessions and addresses of its own, in a service that other runs used before. */
export type Run = {
  service: Service;
  tutors: readonly string[];
  sessions: readonly string[];
  event(drawn: DrawnEvent): Event;
  emailOf(index: number | null): string | null;
  /** Sent so far, to be sent again. */
  sent: Event[];
};

export function beginRun(service: Service): Run {
  const started = service.tick(1000);
  const name = randomUUID();
  const tutors = Array.from({ length: TUTORS }, () => randomUUID());
  const sessions = Array.from({ length: SESSIONS }, () => randomUUID());
  const emailOf = (index: number | null) => (index === null ? null : `tutor-${index}-${name}@example.com`);
  let count = 0;
  return {
    service,
    tutors,
    sessions,
    emailOf,
    sent: [],
    event: ({ session, tutor, student, shiftHours, status, heldMinutes, duration, move, tutorPart, minutesAgo }) => {
      count += 1;
      const place = started + (PLACES[session] ?? 0);
      const scheduled = place + shiftHours * HOUR;
      const notice = move?.noticeHours;
      return {
        session_id: sessions[session] ?? '',
        tutor_id: tutors[tutor] ?? '',
        student: `s-${student}`,
        scheduled,
        status,
        completed: heldMinutes === null ? null : scheduled + heldMinutes * 60_000,
        duration,
        move: move && {
          initiator: move.initiator,
          original: scheduled,
          newTime: move.newHours === null ? null : scheduled + move.newHours * HOUR,
          reason: move.reason,
          cancelled: notice == null ? notice : scheduled - notice * HOUR,
        },
        tutor: tutorPart && {
          name: tutorPart.name,
          ...(tutorPart.email === undefined ? {} : { email: emailOf(tutorPart.email) }),
        },
        // No two alike, unless an event is sent again: which of two that differ wins at equal times is nobody's promise.
        occurred: minutesAgo === undefined ? undefined : started - minutesAgo * 60_000 + count,
      };
    },
  };
}

/** Takes away what a run left, so that lists stay short. */
export async function endRun({ service, tutors }: Run): Promise<void> {
  for (const id of tutors) await erase(service.api.db, (tx) => eraseTutor(tx, id));
}

/** What the worker and its sweeps do by now. */
export async function work({ api: { db }, now }: Service): Promise<void> {
  const clock = async () => new Date(now);
  await sweepWindows(db, clock);
  const deps = { db, clock, recipients: ['admin@tutors.example'], timezone: 'UTC', reportsMade: () => {}, tutorFailed };
  await processSessions(deps, new AbortController().signal);
}

/** Sends every report that is due. */
export async function mail({ api: { db }, now }: Service): Promise<void> {
  const clock = async () => new Date(now);
  const options = { timezone: 'UTC', dashboardUrl: 'https://t.example', from: 'q@t.example', domain: 't.example' };
  const deps = { db, clock, mailer: createOutboxMailer(), mail: options, reportChanged: () => {} };
  await sendDueReports(deps, new AbortController().signal);
}

function tutorFailed(_tutorId: string, error: unknown): void {
  throw error;
}
