import * as fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readCatalog } from '../../../scripts/read-catalog.ts';
import { createTestDatabase, type TestDatabase } from '../../../test/database.ts';
import { fillEveryTable, TUTOR } from '../../../test/every-table.ts';
import { rescheduleRate, type WindowCounts } from '../../scoring/reschedule-rate.ts';
import { isHighRisk, type ScoreCounts } from '../../scoring/risk.ts';
import { unnest } from '../statements/rows.ts';

/** PostgreSQL's code for a value given to a column that computes its own. */
const GENERATED_ALWAYS = '428C9';

const WRITES = [
  { column: 'tutors.name_search', value: `'x'` },
  { column: 'reschedules.hours_before_session', value: '1' },
  { column: 'tutor_scores.reschedule_rate_7d', value: '1' },
  { column: 'tutor_scores.reschedule_rate_30d', value: '1' },
  { column: 'tutor_scores.reschedule_rate_90d', value: '1' },
  { column: 'tutor_scores.is_high_risk', value: 'true' },
  { column: 'tutor_scores.evidence_rank', value: '2' },
  { column: 'risk_flags.rate', value: '1' },
  { column: 'rate_priors.version', value: '9' },
  { column: 'audit_log.id', value: '9' },
];

describe('generated columns', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await createTestDatabase();
    await fillEveryTable(database.db);
  });
  afterAll(() => database.drop());

  it.each(WRITES)('nobody can write $column', async ({ column, value }) => {
    const [table, name] = column.split('.');
    const update = sql.raw(`update ${table} set ${name} = ${value}`);
    await expect(update.execute(database.db)).rejects.toMatchObject({ code: GENERATED_ALWAYS });
    const insert = sql.raw(`insert into ${table} (${name}) values (${value})`);
    await expect(insert.execute(database.db)).rejects.toMatchObject({ code: GENERATED_ALWAYS });
  });

  it('are all tried above', async () => {
    const { columns } = await readCatalog(database.db);
    const generated = columns.filter(({ is_generated }) => is_generated).map(({ table, name }) => `${table}.${name}`);
    expect(generated.sort()).toEqual(WRITES.map(({ column }) => column).sort());
  });

  it.each([
    { original: '2024-01-15T14:00:00Z', cancelled: '2024-01-15T11:00:00Z', hours: 3 },
    { original: '2024-01-15T14:00:00Z', cancelled: '2024-01-15T13:59:42Z', hours: 0.01 },
    { original: '2024-01-15T14:00:00Z', cancelled: '2024-01-15T13:59:42.000001Z', hours: 0 },
    { original: '2024-01-15T14:00:00Z', cancelled: '2024-01-15T14:00:00Z', hours: 0 },
    { original: '2024-01-15T14:00:00Z', cancelled: '2024-01-16T14:00:00Z', hours: -24 },
    { original: '2030-01-01T00:00:00Z', cancelled: '2000-01-01T00:00:00Z', hours: 262_992 },
    // From noon to noon, over a night in which clocks are turned forward.
    { original: '2024-03-31T12:00:00+02:00', cancelled: '2024-03-30T12:00:00+01:00', hours: 23 },
    { original: '2024-01-15T14:00:00Z', cancelled: null, hours: null },
  ])('notice of $hours hours from $cancelled to $original', async ({ original, cancelled, hours }) => {
    const transaction = await database.db.startTransaction().execute();
    const { rows } = await sql<{ hours_before_session: number | null }>`
      update reschedules set original_time = ${original}, new_time = null, cancelled_at = ${cancelled}
      returning hours_before_session
    `.execute(transaction);
    await transaction.rollback().execute();
    expect(rows).toEqual([{ hours_before_session: hours }]);
  });

  it.each([
    { evidence: 'confirmed', evidence_rank: 2 },
    { evidence: 'watch', evidence_rank: 1 },
    { evidence: 'clear', evidence_rank: 0 },
    { evidence: 'too_few', evidence_rank: 0 },
  ] as const)('rank $evidence_rank of $evidence', async ({ evidence, evidence_rank }) => {
    const transaction = await database.db.startTransaction().execute();
    const update = transaction.updateTable('tutor_scores').set({ evidence }).returning('evidence_rank');
    const rows = await update.execute();
    await transaction.rollback().execute();
    expect(rows).toEqual([{ evidence_rank }]);
  });
});

describe('stored rates and flags', () => {
  const TUTORS = 250;
  let database: TestDatabase;

  beforeAll(async () => {
    database = await createTestDatabase();
    await sql`insert into tutors (id, name, occurred_at)
      select overlay(${TUTOR} placing lpad(i::text, 4, '0') from 33)::uuid, 'Tutor ' || i, now()
        from generate_series(1, ${TUTORS}::integer) i`.execute(database.db);
  });
  afterAll(() => database.drop());

  it('are those of the rules, for any counts and threshold', async () => {
    const scores = fc.array(fc.record({ counts: scoreCounts, threshold }), { minLength: TUTORS, maxLength: TUTORS });
    await fc.assert(
      fc.asyncProperty(scores, async (rows) => {
        expect(await storeAll(rows)).toEqual(rows.map(byTheRules));
      }),
      { numRuns: 20 },
    );
  });

  type Score = { counts: ScoreCounts; threshold: number };

  /** One statement for all; each row takes the place of the one before. */
  async function storeAll(scores: Score[]) {
    const rows = scores.map(({ counts, threshold }, index) => ({
      place: index + 1,
      sessions_7d: counts[7].sessions,
      sessions_30d: counts[30].sessions,
      sessions_90d: counts[90].sessions,
      reschedules_7d: counts[7].reschedules,
      reschedules_30d: counts[30].reschedules,
      reschedules_90d: counts[90].reschedules,
      threshold: String(threshold),
    }));
    const arrays = unnest(rows, {
      place: 'integer',
      sessions_7d: 'integer',
      sessions_30d: 'integer',
      sessions_90d: 'integer',
      reschedules_7d: 'integer',
      reschedules_30d: 'integer',
      reschedules_90d: 'integer',
      threshold: 'text',
    });
    await sql`delete from tutor_scores`.execute(database.db);
    await sql`
      insert into tutor_scores (tutor_id, total_sessions_7d, total_sessions_30d, total_sessions_90d, tutor_reschedules_7d,
                                tutor_reschedules_30d, tutor_reschedules_90d, risk_threshold)
      select overlay(${TUTOR} placing lpad(place::text, 4, '0') from 33)::uuid, s7, s30, s90, r7, r30, r90, t::numeric
        from ${arrays} as given (place, s7, s30, s90, r7, r30, r90, t)
    `.execute(database.db);
    return database.db
      .selectFrom('tutor_scores')
      .select(['reschedule_rate_7d', 'reschedule_rate_30d', 'reschedule_rate_90d', 'is_high_risk'])
      .orderBy('tutor_id')
      .execute();
  }

  function byTheRules({ counts, threshold }: Score) {
    return {
      reschedule_rate_7d: rescheduleRate(counts[7]) ?? 0,
      reschedule_rate_30d: rescheduleRate(counts[30]) ?? 0,
      reschedule_rate_90d: rescheduleRate(counts[90]) ?? 0,
      is_high_risk: isHighRisk(counts, threshold),
    };
  }
});

/** Two decimals; mostly around what rates come to. */
const threshold = fc
  .oneof(fc.integer({ min: 0, max: 10_000 }), fc.integer({ min: 1_400, max: 1_600 }))
  .map((hundredths) => hundredths / 100);

/** Few sessions, many, or so many that a rate lies within a hundredth of 15. */
const part: fc.Arbitrary<WindowCounts> = fc.oneof(
  fc.tuple(fc.nat(30), fc.nat(30)).map(([a, b]) => ({ sessions: Math.max(a, b), reschedules: Math.min(a, b) })),
  fc
    .tuple(fc.nat(500_000_000), fc.nat(500_000_000))
    .map(([a, b]) => ({ sessions: Math.max(a, b), reschedules: Math.min(a, b) })),
  fc
    .integer({ min: 100, max: 100_000 })
    .chain((sessions) =>
      fc.integer({ min: -1, max: 1 }).map((step) => ({ sessions, reschedules: Math.round(sessions * 0.15) + step })),
    ),
);

/** A longer window holds all that a shorter one holds. */
const scoreCounts: fc.Arbitrary<ScoreCounts> = fc.tuple(part, part, part).map(([week, rest30, rest90]) => {
  const month = plus(week, rest30);
  return { 7: week, 30: month, 90: plus(month, rest90) };
});

function plus(a: WindowCounts, b: WindowCounts): WindowCounts {
  return { sessions: a.sessions + b.sessions, reschedules: a.reschedules + b.reschedules };
}
