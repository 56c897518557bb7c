import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../test/database.ts';
import { type Body, completedSession, movedSession } from '../../test/factories.ts';
import { ingestAt } from '../../test/reports.ts';
import { DAY_MS } from '../scoring/window.ts';
import { findTutorPatterns } from './find-tutor-patterns.ts';

/** A Saturday noon: the last 84 days are twelve whole weeks from a Saturday on. */
const AS_OF = new Date('2024-06-29T12:00:00Z');
const WEEKS = Array.from({ length: 12 }, (_, week) => week);
const MONDAY_TO_FRIDAY = [0, 1, 2, 3, 4];
const FRIDAY = 4;
const HOUR_MS = DAY_MS / 24;

let database: TestDatabase;
beforeEach(async () => {
  database = await createTestDatabase();
});
afterEach(() => database.drop());

/** An instant so many weeks before the last Monday of the period, on a day of the week from 0 = Monday. */
function at(week: number, day: number, time = '10:00'): string {
  const monday = Date.parse('2024-06-24T00:00:00Z') - week * 7 * DAY_MS;
  return new Date(monday + day * DAY_MS).toISOString().replace('00:00', time);
}

/** 100 sessions in twelve weeks, 20 on each day from Monday to Friday, five students in turn. */
function hundredSessions(tutor_id: string): Body[] {
  return MONDAY_TO_FRIDAY.flatMap((day) =>
    WEEKS.flatMap((week) =>
      ['10:00', '11:00'].slice(0, week < 8 ? 2 : 1).map((time) => {
        const student_id = `s-${(day + week) % 5}`;
        return completedSession({ tutor_id, student_id, scheduled_time: at(week, day, time) });
      }),
    ),
  );
}

type Move = NonNullable<Body['reschedule_info']>;

function moved(body: Body, changes: Partial<Move> = {}): Body {
  const { session_id, tutor_id, student_id, scheduled_time } = body;
  const info = { initiator: 'tutor' as const, new_time: null, cancelled_at: hoursBefore(scheduled_time, 30) };
  return movedSession({ session_id, tutor_id, student_id, scheduled_time, reschedule_info: { ...info, ...changes } });
}

function hoursBefore(time: string, hours: number): string {
  return new Date(Date.parse(time) - hours * HOUR_MS).toISOString();
}

/** The first session of a day is moved, on so many Fridays and so many other days, all from the last weeks back. */
function withMoves(bodies: Body[], onFridays: number, onOtherDays: number): Body[] {
  const others = WEEKS.flatMap((week) => [at(week, week % 4), at(week, (week + 2) % 4)]);
  const fridays = WEEKS.map((week) => at(week, FRIDAY));
  const times = new Set([...fridays.slice(0, onFridays), ...others.slice(0, onOtherDays)]);
  return bodies.map((body) => (times.has(body.scheduled_time) ? moved(body) : body));
}

/** Says that this day of these weeks had a common cause. */
async function nameDays(weeks: number[], day: number): Promise<void> {
  const counts = { sessions: 9, reschedules: 9, tutors: 1, movers: 1, is_far_above: true };
  const days = weeks.map((week) => {
    const [starts_at, ends_at] = [at(week, day, '00:00'), at(week, day + 1, '00:00')];
    return { day: starts_at.slice(0, 10), starts_at, ends_at, has_common_cause: true, ...counts };
  });
  await database.db.insertInto('marketplace_days').values(days).execute();
}

async function patternsOf(bodies: Body[], timezone = 'UTC') {
  await ingestAt(database.db, bodies, AS_OF);
  const id = bodies[0]?.tutor_id ?? '';
  return (await findTutorPatterns(database.db, [id], AS_OF, timezone)).get(id) ?? [];
}

const namesOf = async (bodies: Body[], timezone?: string) =>
  (await patternsOf(bodies, timezone)).map(({ name }) => name);

describe('a weekday', () => {
  it('with 12 of 20 moves and a fifth of the sessions is said, with how many times as often', async () => {
    const patterns = await patternsOf(withMoves(hundredSessions(randomUUID()), 12, 8));
    expect(patterns).toHaveLength(1);
    expect(patterns[0]).toMatchObject({ kind: 'weekday', name: 'Friday', moves_inside: 12, moves_all: 20 });
    expect(patterns[0]).toMatchObject({ sessions_inside: 20, sessions_all: 100, rate_ratio: 6 });
    expect(patterns[0]?.adjusted_p_value).toBeGreaterThan(1e-4);
    expect(patterns[0]?.adjusted_p_value).toBeLessThan(0.01);
    expect(patterns[0]?.sentence).toMatch(
      /^Fridays: 12 of 20 moves, but 20 of 100 sessions; moved 6 times as often as on other days \(between 2\.\d and 15 times\)\.$/,
    );
  });

  it('with 3 of 5 is not', async () => {
    expect(await patternsOf(withMoves(hundredSessions(randomUUID()), 3, 2))).toEqual([]);
  });

  it('on which a tutor teaches most is not: 12 of 20 moves lie where 68 of 148 sessions do', async () => {
    const tutor_id = randomUUID();
    const more = WEEKS.flatMap((week) =>
      ['09:00', '09:30', '10:30', '11:30'].map((time, index) =>
        completedSession({ tutor_id, student_id: `s-${index}`, scheduled_time: at(week, FRIDAY, time) }),
      ),
    );
    expect(await patternsOf([...withMoves(hundredSessions(tutor_id), 12, 8), ...more])).toEqual([]);
  });

  it('is not made by one day off, however much was moved on it', async () => {
    const tutor_id = randomUUID();
    const dayOff = ['09:00', '09:30', '10:30', '11:30'].map((time) =>
      moved(completedSession({ tutor_id, student_id: `s-${time}`, scheduled_time: at(2, FRIDAY, time) })),
    );
    expect(await patternsOf([...withMoves(hundredSessions(tutor_id), 3, 2), ...dayOff])).toEqual([]);
  });

  it('is that of the business time zone', async () => {
    const bodies = withMoves(hundredSessions(randomUUID()), 12, 8);
    expect(await namesOf(bodies, 'America/New_York')).toEqual(['Friday']);
    expect(await namesOf(bodies, 'Pacific/Kiritimati')).toEqual(['Saturday']);
  });

  it('is not said of a day on which a common cause moved sessions', async () => {
    const bodies = withMoves(hundredSessions(randomUUID()), 12, 8);
    await nameDays(WEEKS.slice(0, 8), FRIDAY);
    expect(await patternsOf(bodies)).toEqual([]);
  });
});

describe('hours, students and first sessions', () => {
  it('are said where moves gather', async () => {
    const tutor_id = randomUUID();
    const evenings = WEEKS.flatMap((week) =>
      [0, 2].map((day) =>
        completedSession({ tutor_id, student_id: `s-${(week + day) % 5}`, scheduled_time: at(week, day, '18:00') }),
      ),
    );
    const late = evenings.map((body, index) => (index < 14 ? moved(body) : body));
    const [first] = await patternsOf([...withMoves(hundredSessions(tutor_id), 1, 2), ...late]);
    expect(first).toMatchObject({ kind: 'hours', name: 'from 18:00 to 21:00', moves_inside: 14, sessions_inside: 24 });
    expect(first?.sentence).toMatch(
      /^Sessions from 18:00 to 21:00: 14 of 17 moves, but 24 of 124 sessions; moved \d+ times as often as at other hours/,
    );
  });

  it('are said of a student by the sessions with that student', async () => {
    const tutor_id = randomUUID();
    const bodies = hundredSessions(tutor_id).map((body) => {
      const isMoved = body.student_id === 's-3' && body.scheduled_time.includes('T11');
      return isMoved ? moved(body) : body;
    });
    const patterns = await patternsOf(withMoves(bodies, 1, 1));
    expect(patterns[0]).toMatchObject({ kind: 'student', name: 's-3', sessions_inside: 20, sessions_all: 100 });
    expect(patterns[0]?.sentence).toMatch(/^Student s-3: 8 of \d+ moves, .* as often as with other students/);
  });

  it('are said of first sessions, as far as 180 days tell', async () => {
    const tutor_id = randomUUID();
    const newcomers = WEEKS.slice(0, 9).map((week) =>
      moved(completedSession({ tutor_id, student_id: `new-${week}`, scheduled_time: at(week, week % 5, '11:30') })),
    );
    const before = [28, 14].map((week, index) =>
      completedSession({ tutor_id, student_id: `new-${index}`, scheduled_time: at(week, 0) }),
    );
    const [first] = await patternsOf([...withMoves(hundredSessions(tutor_id), 1, 1), ...newcomers, ...before]);
    // Those of eight of the nine newcomers, and of the five students of the hundred sessions.
    expect(first).toMatchObject({ kind: 'first_session', moves_inside: 8, sessions_inside: 13, sessions_all: 109 });
    expect(first?.sentence).toMatch(/^First sessions with a student: 8 of 11 moves, .* as often as later ones/);
  });
});

describe('notice and reason', () => {
  /** Every other one for health, as is usual. */
  const reasonOf = (index: number) => (index % 2 === 0 ? { reason_code: 'health' } : { reason: 'Something else' });

  /** What is usual: 240 moves of ten tutors, 30 hours ahead. */
  async function usualMoves(): Promise<void> {
    const bodies = Array.from({ length: 10 }, () => randomUUID()).flatMap((tutor_id) =>
      WEEKS.flatMap((week) =>
        [0, 3].map((day) => moved(completedSession({ tutor_id, scheduled_time: at(week, day) }), reasonOf(week))),
      ),
    );
    await ingestAt(database.db, bodies, AS_OF);
  }

  function tenMoves(notice: number, reason: (index: number) => Partial<Move>): Body[] {
    const tutor_id = randomUUID();
    return WEEKS.slice(0, 10).map((week) => {
      const session = completedSession({ tutor_id, student_id: `s-${week}`, scheduled_time: at(week, week % 5) });
      return moved(session, { cancelled_at: hoursBefore(session.scheduled_time, notice), ...reason(week) });
    });
  }

  it('are said where they differ from the moves of all other tutors', async () => {
    await usualMoves();
    const patterns = await patternsOf(tenMoves(3, reasonOf));
    expect(patterns.map(({ kind, name }) => [kind, name])).toEqual([['notice', 'less than 6 hours']]);
    expect(patterns[0]).toMatchObject({ moves_inside: 10, moves_all: 10, sessions_inside: 0, sessions_all: 240 });
    expect(patterns[0]).toMatchObject({ rate_ratio: null, rate_ratio_upper: null });
    expect(patterns[0]?.sentence).toBe(
      'Notice of less than 6 hours: 10 of 10 moves, against 0 of 240 moves of other tutors.',
    );
  });

  it('takes a reason for the same in another spelling, and says one that nobody else gives', async () => {
    await usualMoves();
    const spelled = ['Car broke down.', 'car  broke down', 'CAR BROKE DOWN'];
    const patterns = await patternsOf(tenMoves(30, (index) => ({ reason: spelled[index % 3] ?? null })));
    expect(patterns.map(({ kind, name }) => [kind, name])).toEqual([['reason', 'car broke down']]);
    expect(patterns[0]?.sentence).toBe(
      'The reason "car broke down": 10 of 10 moves, against 0 of 240 moves of other tutors.',
    );
  });

  it('are compared without the days of a common cause', async () => {
    await usualMoves();
    await nameDays(WEEKS, 0);
    const [pattern] = await patternsOf(tenMoves(3, reasonOf));
    expect(pattern).toMatchObject({ kind: 'notice', moves_all: 8, sessions_all: 120 });
  });

  it('make three findings at most, where many are the same one', async () => {
    await usualMoves();
    const kept = hundredSessions(randomUUID());
    const evenings = WEEKS.map((week) => {
      const scheduled_time = at(week, FRIDAY, '20:00');
      const session = completedSession({ tutor_id: kept[0]?.tutor_id ?? '', student_id: 'x', scheduled_time });
      return moved(session, { reason: 'Choir', cancelled_at: hoursBefore(scheduled_time, 3) });
    });
    expect(await patternsOf([...kept, ...evenings])).toHaveLength(3);
  });

  it('are not said where everybody does the same', async () => {
    await usualMoves();
    expect(await patternsOf(tenMoves(30, reasonOf))).toEqual([]);
  });
});

describe('several tutors at once', () => {
  it('each have their own patterns; of who has none nothing is said', async () => {
    const [one, other] = [randomUUID(), randomUUID()];
    const calm = withMoves(hundredSessions(other), 3, 6);
    await ingestAt(database.db, [...withMoves(hundredSessions(one), 12, 8), ...calm], AS_OF);
    const found = await findTutorPatterns(database.db, [one, other, randomUUID()], AS_OF, 'UTC');
    expect([...found.keys()]).toEqual([one]);
    expect(await findTutorPatterns(database.db, [], AS_OF, 'UTC')).toEqual(new Map());
  });
});
