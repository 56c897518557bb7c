import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { whenCleared } from './clearing.ts';
import { type EvidenceTier, evidenceOf, isFlagged } from './evidence.ts';
import type { CountedSession } from './rolling-rate.ts';
import { DAY_MS, isWithin, windowAt } from './window.ts';

const NOW = new Date('2026-11-20T12:00:00Z');
const RULE = { asOf: NOW, windowDays: 90, prior: { a: 2, b: 23 }, threshold: 0.15 };

const session = (daysAgo: number, is_moved_by_tutor: boolean): CountedSession => ({
  scheduled_time: new Date(NOW.getTime() - daysAgo * DAY_MS),
  is_moved_by_tutor,
});

/** Oldest first; the moved ones by their days ago, and kept ones. */
const sessionsOf = (moved: number[], kept: number[]) =>
  [...moved.map((days) => session(days, true)), ...kept.map((days) => session(days, false))].toSorted(
    (one, other) => one.scheduled_time.getTime() - other.scheduled_time.getTime(),
  );

function tierAt(sessions: readonly CountedSession[], at: Date, before: EvidenceTier, kept = 0): EvidenceTier {
  const inside = sessions.filter(({ scheduled_time }) => isWithin(scheduled_time, windowAt(at, 90)));
  const reschedules = inside.filter(({ is_moved_by_tutor }) => is_moved_by_tutor).length;
  const counts = { sessions: inside.length + kept, reschedules };
  return evidenceOf({ ...RULE, counts, before }).evidence;
}

describe('what clears a flag', () => {
  it('is told by the day on which enough moves have left, and by how many kept sessions would do', () => {
    const sessions = sessionsOf(
      [85, 84, 83, 82, 81, 80, 79, 40, 20, 10],
      [88, 70, 60, 50, 45, 35, 30, 25, 15, 12, 5, 2],
    );
    expect(tierAt(sessions, NOW, 'clear')).toBe('confirmed');
    const { at, becomes, movesLeaving, keptSessions } = whenCleared({ ...RULE, sessions, tier: 'confirmed' });
    expect([becomes, movesLeaving]).toEqual(['too_few', 6]);
    expect(at).toEqual(new Date(NOW.getTime() + 10 * DAY_MS));
    expect(tierAt(sessions, at ?? NOW, 'confirmed')).toBe('confirmed');
    expect(isFlagged(tierAt(sessions, new Date((at ?? NOW).getTime() + 1), 'confirmed'))).toBe(false);
    expect(keptSessions).toBe(37);
    expect(isFlagged(tierAt(sessions, NOW, 'confirmed', 36))).toBe(true);
    expect(isFlagged(tierAt(sessions, NOW, 'confirmed', 37))).toBe(false);
  });

  it('counts what is booked already: a move of a session to come keeps the flag longer', () => {
    const sessions = sessionsOf([85, 84, 83, 82, 81, 40, 20, 10], [88, 70, 60, 50]);
    const soon = whenCleared({ ...RULE, sessions, tier: 'confirmed' }).at?.getTime() ?? 0;
    const booked = [...sessions, session(-1, true), session(-2, true)];
    expect(whenCleared({ ...RULE, sessions: booked, tier: 'confirmed' }).at?.getTime()).toBeGreaterThan(soon);
  });

  it('is the last session leaving where tutors in general are that close to the threshold', () => {
    const prior = { a: 20, b: 80 };
    const sessions = sessionsOf([5, 4, 3, 2, 1], [6]);
    const answer = whenCleared({ ...RULE, prior, sessions, tier: 'confirmed' });
    expect(answer).toMatchObject({ at: new Date(NOW.getTime() + 89 * DAY_MS), becomes: 'too_few', movesLeaving: 5 });
    expect(answer.keptSessions).toBeGreaterThan(20);
    expect(whenCleared({ ...RULE, prior, sessions: [], tier: 'confirmed' })).toMatchObject({ at: null });
  });

  it('agrees with weighing anew at every instant until then', () => {
    const days = fc.array(fc.tuple(fc.integer({ min: 1, max: 89 }), fc.boolean()), { minLength: 1, maxLength: 60 });
    const flagged = fc.constantFrom<EvidenceTier>('confirmed', 'watch');
    fc.assert(
      fc.property(days, flagged, (drawn, tier) => {
        const sessions = drawn.toSorted(([one], [other]) => other - one).map(([ago, moved]) => session(ago, moved));
        fc.pre(tierAt(sessions, NOW, tier) === tier);
        const { at } = whenCleared({ ...RULE, sessions, tier });
        let said: EvidenceTier = tier;
        for (let day = 1; day <= 91; day += 1) {
          const now = new Date(NOW.getTime() + day * DAY_MS + 1);
          said = tierAt(sessions, now, said);
          expect(isFlagged(said)).toBe(at === null || now <= at);
          if (!isFlagged(said)) return;
        }
      }),
    );
  });
});
