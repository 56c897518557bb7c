import { describe, expect, test } from 'vitest';
import { sessionBody } from '../contract/sessions.ts';
import { generateSession } from './generate-session.ts';
import { createRandom } from './random.ts';

const TUTOR = { id: '3bf5663c-6ffa-45eb-b151-fc26514b1c88', true_rate: 0.3 };
const SCHEDULED = new Date('2026-11-20T15:00:00Z');
const NOW = new Date('2026-11-20T15:30:00Z');

describe('one session after another', () => {
  const random = createRandom(1, 'simulate');
  const sessions = Array.from({ length: 2000 }, () => generateSession(random, TUTOR, SCHEDULED, NOW));

  test('is accepted by the API and over by now', () => {
    for (const session of sessions) {
      expect(sessionBody.safeParse(session).error).toBeUndefined();
      expect(Date.parse(session.occurred_at)).toBeLessThanOrEqual(NOW.getTime());
      expect(session.scheduled_time).toBe('2026-11-20T15:00:00.000Z');
    }
  });

  test('is moved by the tutor at about the rate of the tutor', () => {
    const moved = sessions.filter(({ reschedule_info }) => reschedule_info?.initiator === 'tutor');
    expect(moved.length / sessions.length).toBeCloseTo(TUTOR.true_rate, 1);
  });

  test('meets the same few students again', () => {
    expect(new Set(sessions.map(({ student_id }) => student_id)).size).toBe(6);
  });
});

test('refuses a session that is not over', () => {
  const early = new Date(NOW.getTime() - 1);
  expect(() => generateSession(createRandom(1, 'simulate'), TUTOR, SCHEDULED, early)).toThrow(RangeError);
});
