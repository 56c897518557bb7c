import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../test/database.ts';
import type { CloseReason } from '../contract/evidence.ts';
import { flagTotals } from './queries.ts';

const TUTOR = randomUUID();
const day = (days: number) => new Date(Date.UTC(2026, 5, 1 + days));

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  await database.db
    .insertInto('tutors')
    .values({ id: TUTOR, name: 'Ada', occurred_at: day(0) })
    .execute();
});
afterAll(() => database.drop());

async function flag(level: 'confirmed' | 'watch', from: number, until: number, reason: CloseReason): Promise<void> {
  const cause = { window_days: 90, sessions: 20, reschedules: 10, risk_threshold: 15, risk_probability: 0.95 } as const;
  await database.db
    .insertInto('risk_flags')
    .values({
      ...cause,
      tutor_id: TUTOR,
      rule: 'evidence',
      level,
      score: '{}',
      opened_at: day(from),
      closed_at: day(until),
      close_reason: reason,
      closed_probability: 0.3,
    })
    .execute();
}

it('counts a flag that went on at another level once', async () => {
  await flag('watch', 1, 3, 'became_confirmed');
  await flag('confirmed', 3, 5, 'became_watch');
  await flag('watch', 5, 9, 'more_kept_sessions');
  await flag('watch', 20, 22, 'fewer_moves');
  expect(await flagTotals(database.db, { from: day(0), until: day(30) })).toEqual({ opened: 2, closed: 2 });
  expect(await flagTotals(database.db, { from: day(2), until: day(6) })).toEqual({ opened: 0, closed: 0 });
});
