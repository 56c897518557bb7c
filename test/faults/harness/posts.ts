import { at } from '../../../src/synthetic/at.ts';
import { createRandom, type Random } from '../../../src/synthetic/random.ts';
import type { Body } from '../../factories.ts';

/** One request: a session, or a batch of them. */
export type Post = { bodies: Body[]; isBatch: boolean };

type Lesson = { id: string; originalMs: number };

const HOUR_MS = 60 * 60 * 1000;
const DAY_MS = 24 * HOUR_MS;
const TUTORS = 40;
/** What is corrected or repeated is one of the last so many. */
const REMEMBERED = 200;
type Kind = 'create' | 'correct' | 'repeat' | 'backwards';
const ONES: { kind: Kind; weight: number }[] = [
  { kind: 'create', weight: 45 },
  { kind: 'correct', weight: 20 },
  { kind: 'repeat', weight: 12 },
  { kind: 'backwards', weight: 10 },
];
const MIX = [...ONES, { kind: 'batch' as const, weight: 8 }];
const STATES = [
  { state: 'held', weight: 40 },
  { state: 'missed', weight: 10 },
  { state: 'moved', weight: 25 },
  { state: 'moved by the student', weight: 5 },
  { state: 'moved and held', weight: 15 },
  { state: 'not moved after all', weight: 5 },
] as const;

/**
 * What the platform says, for ever: new lessons, corrections, repetitions, several versions in the wrong order, and
 * batches of all that. Every event has a version of its own and is acceptable whatever came before it, so that the
 * same events end in the same rows in any order.
 */
export class Posts {
  readonly #random: Random;
  readonly #tutors: string[];
  readonly #startMs: number;
  readonly #lessons: Lesson[] = [];
  readonly #bodies: Body[] = [];
  readonly #waiting: Body[] = [];
  #version = 0;

  constructor(seed: number, startMs: number) {
    this.#random = createRandom(seed, 'posts');
    this.#startMs = startMs;
    this.#tutors = Array.from({ length: TUTORS }, () => this.#random.uuid());
  }

  /** A lesson of every tutor, who comes with it. */
  first(): Post {
    const bodies = this.#tutors.map((tutor_id) => {
      return this.#remembered(this.#newLesson(), { tutor_id, tutor: { name: 'New' } });
    });
    return { bodies, isBatch: true };
  }

  next(): Post {
    const left = this.#waiting.pop();
    if (left !== undefined) return { bodies: [left], isBatch: false };
    const { kind } = this.#random.weighted(MIX);
    if (kind !== 'batch') return { bodies: [this.#one(kind)], isBatch: false };
    const size = this.#random.integer(5, 30);
    return { bodies: Array.from({ length: size }, () => this.#one(this.#random.weighted(ONES).kind)), isBatch: true };
  }

  /** A new lesson of a tutor of whom nothing was heard before: whoever waits for its score waits for nothing else. */
  probe(): Body {
    return this.#event(this.#newLesson(), { tutor_id: this.#random.uuid(), tutor: { name: 'Probe' } });
  }

  #one(kind: Kind): Body {
    const lessons = this.#lessons.slice(-REMEMBERED);
    switch (kind) {
      case 'correct':
        return this.#remembered(this.#random.pick(lessons));
      case 'repeat':
        return this.#random.pick(this.#bodies.slice(-REMEMBERED));
      case 'backwards': {
        const lesson = this.#newLesson();
        // The newest goes first; the others are taken from the end.
        this.#waiting.push(this.#remembered(lesson), this.#remembered(lesson));
        return this.#remembered(lesson);
      }
      case 'create':
        return this.#remembered(this.#newLesson());
      default:
        return kind satisfies never;
    }
  }

  /** Most are of the last 30 hours and get reports; some are too old for that, whichever event of them comes first. */
  #newLesson(): Lesson {
    const agoMs = this.#random.chance(0.1) ? 10 * DAY_MS : this.#random.between(2, 30) * HOUR_MS;
    return { id: this.#random.uuid(), originalMs: Math.floor((this.#startMs - agoMs) / 1000) * 1000 };
  }

  /** An event that may be repeated, of a lesson that may be corrected. */
  #remembered(lesson: Lesson, overrides: Partial<Body> = {}): Body {
    const body = this.#event(lesson, overrides);
    this.#lessons.push(lesson);
    this.#bodies.push(body);
    return body;
  }

  #event({ id, originalMs }: Lesson, overrides: Partial<Body> = {}): Body {
    const random = this.#random;
    this.#version += 1;
    const base: Body = {
      session_id: id,
      tutor_id: random.pick(this.#tutors),
      student_id: `s-${random.integer(1, 500)}`,
      scheduled_time: iso(originalMs),
      status: 'no_show',
      duration_minutes: random.pick([30, 60, 90, null]),
      // Before most lessons, so that a move without its time has one by default.
      occurred_at: iso(this.#startMs - 3 * DAY_MS + this.#version),
      ...(random.chance(0.2) ? { tutor: { name: `Tutor ${this.#version}` } } : {}),
    };
    return { ...base, ...partOf(random.weighted(STATES).state, originalMs, random), ...overrides };
  }
}

function partOf(state: string, originalMs: number, random: Random): Partial<Body> {
  const held: Partial<Body> = { status: 'completed', completed_time: iso(originalMs + HOUR_MS) };
  const move = {
    initiator: state === 'moved by the student' ? ('student' as const) : ('tutor' as const),
    new_time: random.chance(0.2) ? null : iso(originalMs + DAY_MS),
    reason: at(['ill', 'late', null], random.integer(0, 2)),
    ...(random.chance(0.5) ? { cancelled_at: iso(originalMs - 5 * HOUR_MS) } : {}),
  };
  switch (state) {
    case 'held':
      return held;
    case 'missed':
      return {};
    case 'not moved after all':
      return { reschedule_info: null };
    case 'moved and held':
      return { ...held, reschedule_info: move };
    default:
      return { status: 'rescheduled', reschedule_info: move };
  }
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
