import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../test/database.ts';
import type { Clock } from '../database/clock.ts';
import { type EvidenceTier, evidenceOf, isFlagged } from '../scoring/evidence.ts';
import { DAY_MS, isWithin, windowAt } from '../scoring/window.ts';
import { generate } from './generate.ts';
import { loadSynthetic } from './load.ts';
import { replayNights } from './replay-nights.ts';
import type { SyntheticSession } from './synthetic-data.ts';
import { verifyDatabase } from './verify.ts';

const NOW = new Date('2026-06-15T12:00:00.000Z');
const NIGHTS = 60;
const FIRST_NIGHT = new Date('2026-04-17T00:00:00.000Z');
const clock: Clock = () => Promise.resolve(NOW);
const data = generate({ tutors: 100, sessions: 3000, days: 90, seed: 42, asOf: NOW, timezone: 'UTC' });

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  await loadSynthetic(database.db, clock, data, () => {});
  await replayNights(database.db, clock, 'UTC', NIGHTS);
});
afterAll(() => database.drop());

describe('the past of loaded data', () => {
  it('has a prior for each night, and one for now', async () => {
    const priors = await database.db.selectFrom('rate_priors').select(['as_of', 'basis']).orderBy('version').execute();
    expect(priors.map(({ as_of }) => as_of)).toEqual([...nights(), NOW]);
    expect(new Set(priors.map(({ basis }) => basis))).toEqual(new Set(['fitted']));
  });

  it('has flags that opened and closed on the nights on which weighing anew says so', async () => {
    const rows = await database.db
      .selectFrom('risk_flags')
      .select(['tutor_id', 'level', 'opened_at', 'closed_at'])
      .orderBy('tutor_id')
      .orderBy('opened_at')
      .execute();
    expect(rows).toEqual(await recountedFlags());
    expect(rows.filter(({ closed_at }) => closed_at !== null).length).toBeGreaterThan(5);
  });

  it('ends with the scores that hold now, all of one instant', async () => {
    const scores = await database.db
      .selectFrom('tutor_scores as s')
      .leftJoin('risk_flags as f', (join) => join.onRef('f.tutor_id', '=', 's.tutor_id').on('f.closed_at', 'is', null))
      .select(['s.last_calculated_at', 's.evidence', 'f.level'])
      .execute();
    expect(scores).toHaveLength(100);
    for (const { last_calculated_at, evidence, level } of scores) {
      expect(last_calculated_at).toEqual(NOW);
      expect(level).toBe(isFlagged(evidence) ? evidence : null);
    }
    for (const { check, faults } of await verifyDatabase(database.db)) expect([check, faults]).toEqual([check, 0]);
  });
});

function nights(): Date[] {
  return Array.from({ length: NIGHTS }, (_, day) => new Date(FIRST_NIGHT.getTime() + day * DAY_MS));
}

type Flag = { tutor_id: string; level: EvidenceTier; opened_at: Date; closed_at: Date | null };

/** By counting the generated sessions each night and weighing them against the prior of that night. */
async function recountedFlags(): Promise<Flag[]> {
  const priors = await database.db.selectFrom('rate_priors').select(['as_of', 'a', 'b']).orderBy('version').execute();
  const byTutor = Map.groupBy(data.sessions, ({ tutor_id }) => tutor_id);
  const flags: Flag[] = [];
  for (const [tutor_id, sessions] of [...byTutor].sort(([one], [other]) => (one < other ? -1 : 1))) {
    let before: EvidenceTier = 'too_few';
    for (const { as_of, a, b } of priors) {
      const counts = count(sessions, as_of);
      const { evidence } = evidenceOf({ prior: { a, b }, counts, threshold: 0.15, before });
      const open = flags.find((flag) => flag.tutor_id === tutor_id && flag.closed_at === null);
      if (evidence !== before && open !== undefined) open.closed_at = as_of;
      if (evidence !== before && isFlagged(evidence)) {
        flags.push({ tutor_id, level: evidence, opened_at: as_of, closed_at: null });
      }
      before = evidence;
    }
  }
  return flags;
}

function count(sessions: readonly SyntheticSession[], at: Date) {
  const inside = sessions.filter(({ scheduled_time }) => isWithin(new Date(scheduled_time), windowAt(at, 90)));
  const reschedules = inside.filter(({ reschedule_info }) => reschedule_info?.initiator === 'tutor').length;
  return { sessions: inside.length, reschedules };
}
