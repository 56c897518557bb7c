import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../test/database.ts';
import type { Clock } from '../database/clock.ts';
import { isHighRisk } from '../scoring/risk.ts';
import { DAY_MS, isWithin, windowAt } from '../scoring/window.ts';
import { generate } from './generate.ts';
import { loadSynthetic } from './load.ts';
import { replayFlags } from './replay-flags.ts';
import type { SyntheticSession } from './synthetic-data.ts';
import { verifyDatabase } from './verify.ts';

const NOW = new Date('2026-06-15T12:00:00.000Z');
const DAYS = 60;
/** 59 days before the evening that was last. */
const FIRST_EVENING = new Date('2026-04-16T18:00:00.000Z');
const clock: Clock = () => Promise.resolve(NOW);
const data = generate({ tutors: 100, sessions: 3000, days: 90, seed: 42, asOf: NOW, timezone: 'UTC' });

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  await loadSynthetic(database.db, clock, data, () => {});
  const tutorIds = data.tutors.map(({ id }) => id);
  await replayFlags(database.db, clock, tutorIds, DAYS);
});
afterAll(() => database.drop());

type Flag = { tutor_id: string; opened_at: string; closed_at: string | null };

describe('the flags of loaded data', () => {
  it('opened and closed on the evenings on which a recount says so, the last of them now', async () => {
    const rows = await database.db
      .selectFrom('risk_flags')
      .select(['tutor_id', 'opened_at', 'closed_at'])
      .orderBy('tutor_id')
      .orderBy('opened_at')
      .execute();
    const flags = rows.map(({ tutor_id, opened_at, closed_at }) => ({
      tutor_id,
      opened_at: opened_at.toISOString(),
      closed_at: closed_at?.toISOString() ?? null,
    }));
    expect(flags).toEqual(recountedFlags());
    expect(new Set(flags.map(({ opened_at }) => opened_at)).size).toBeGreaterThan(10);
    expect(flags.filter(({ closed_at }) => closed_at !== null).length).toBeGreaterThan(10);
  });

  it('leave the scores that hold now, all of one instant, and the work to be done', async () => {
    const scores = await database.db
      .selectFrom('tutor_scores as s')
      .leftJoin('risk_flags as f', (join) => join.onRef('f.tutor_id', '=', 's.tutor_id').on('f.closed_at', 'is', null))
      .select(['s.last_calculated_at', 's.is_high_risk', 'f.id as open_flag'])
      .execute();
    expect(scores).toHaveLength(100);
    for (const { last_calculated_at, is_high_risk, open_flag } of scores) {
      expect(last_calculated_at).toEqual(NOW);
      expect(is_high_risk).toBe(open_flag !== null);
    }
    for (const { check, faults } of await verifyDatabase(database.db)) expect([check, faults]).toEqual([check, 0]);
    const waiting = await database.db.selectFrom('tutors_to_rescore').select('tutor_id').execute();
    expect(new Set(waiting.map(({ tutor_id }) => tutor_id))).toEqual(
      new Set(data.sessions.map(({ tutor_id }) => tutor_id)),
    );
  });
});

/** By counting the generated sessions on each evening, in order of tutor and time. */
function recountedFlags(): Flag[] {
  const evenings = Array.from({ length: DAYS }, (_, day) => new Date(FIRST_EVENING.getTime() + day * DAY_MS));
  const byTutor = Map.groupBy(data.sessions, ({ tutor_id }) => tutor_id);
  const flags: Flag[] = [];
  for (const [tutor_id, sessions] of [...byTutor].sort(([one], [other]) => (one < other ? -1 : 1))) {
    let open: Flag | null = null;
    for (const at of [...evenings, NOW]) {
      const isHigh = isHighRisk(
        { 7: count(sessions, at, 7), 30: count(sessions, at, 30), 90: count(sessions, at, 90) },
        15,
      );
      if (isHigh && open === null) {
        open = { tutor_id, opened_at: at.toISOString(), closed_at: null };
        flags.push(open);
      }
      if (!isHigh && open !== null) {
        open.closed_at = at.toISOString();
        open = null;
      }
    }
  }
  return flags;
}

function count(sessions: readonly SyntheticSession[], at: Date, days: number) {
  const inside = sessions.filter(({ scheduled_time }) => isWithin(new Date(scheduled_time), windowAt(at, days)));
  const reschedules = inside.filter(({ reschedule_info }) => reschedule_info?.initiator === 'tutor').length;
  return { sessions: inside.length, reschedules };
}
