import type { Body } from '../../factories.ts';

/** What must be stored of a session; times as ISO text. */
export type ExpectedSession = {
  tutor_id: string;
  student_id: string;
  scheduled_time: string;
  status: string;
  completed_time: string | null;
  duration_minutes: number | null;
  occurred_at: string;
  reschedule: { initiator: string; new_time: string | null; reason: string | null; cancelled_at: string | null } | null;
};

const HOURS_48_MS = 48 * 60 * 60 * 1000;

/**
 * What follows from the events that were accepted, worked out from all of them at the end and not step by step as the
 * product does: of each part the newest event says what is so.
 */
export class Model {
  readonly #accepted = new Map<string, Body[]>();
  readonly #startMs: number;

  /** All lessons were over before `startMs`, or began before it. */
  constructor(startMs: number) {
    this.#startMs = startMs;
  }

  accept(body: Body): void {
    const known = this.#accepted.get(body.session_id);
    if (known === undefined) this.#accepted.set(body.session_id, [body]);
    else known.push(body);
  }

  get size(): number {
    return this.#accepted.size;
  }

  sessions(): Map<string, ExpectedSession> {
    return new Map([...this.#accepted].map(([id, events]) => [id, expectedOf(events)]));
  }

  /** The last name that was said of each tutor. */
  tutors(): Map<string, string> {
    const naming = [...this.#accepted.values()].flat().filter(({ tutor }) => tutor != null);
    const oldestFirst = naming.toSorted(byVersion);
    return new Map(oldestFirst.map(({ tutor_id, tutor }) => [tutor_id, tutor?.name ?? '']));
  }

  /** The sessions of which reports must be made. */
  reported(): Set<string> {
    const all = [...this.#accepted].filter(([, [first]]) => {
      return first !== undefined && this.#startMs - Date.parse(first.scheduled_time) < HOURS_48_MS;
    });
    return new Set(all.map(([id]) => id));
  }
}

function expectedOf(events: readonly Body[]): ExpectedSession {
  const newestFirst = events.toSorted((a, b) => byVersion(b, a));
  const [newest] = newestFirst;
  if (newest === undefined) throw new Error('a session without an event');
  const told = newestFirst.filter(({ reschedule_info }) => reschedule_info !== undefined);
  const move = told[0]?.reschedule_info ?? null;
  return {
    tutor_id: newest.tutor_id,
    student_id: newest.student_id,
    scheduled_time: newest.scheduled_time,
    status: newest.status,
    completed_time: newest.completed_time ?? null,
    duration_minutes: newest.duration_minutes ?? null,
    occurred_at: newest.occurred_at ?? '',
    reschedule: move && {
      initiator: move.initiator,
      new_time: move.new_time ?? null,
      reason: move.reason ?? null,
      cancelled_at: move.cancelled_at === undefined ? defaultNotice(told) : move.cancelled_at,
    },
  };
}

/** When the earliest event told of a move without its time, if that was before the lesson. */
function defaultNotice(newestFirst: readonly Body[]): string | null {
  const silent = newestFirst.filter(({ reschedule_info: move }) => move != null && move.cancelled_at === undefined);
  const earliest = silent.at(-1);
  if (earliest?.occurred_at === undefined) return null;
  return earliest.occurred_at < earliest.scheduled_time ? earliest.occurred_at : null;
}

function byVersion(a: Body, b: Body): number {
  return (a.occurred_at ?? '') < (b.occurred_at ?? '') ? -1 : 1;
}
