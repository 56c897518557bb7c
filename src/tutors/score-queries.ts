import { sql } from 'kysely';
import type { Db, Tx } from '../database/connection.ts';
import { unnest } from '../database/statements/rows.ts';
import type { EvidenceTier } from '../scoring/evidence.ts';
import { COUNTS, type CountedTutor, type Counts } from './count-queries.ts';
import { insertMissingScores } from './write-queries.ts';

/** What was said of a tutor last, and what it rested on. */
export type StoredScore = Counts & {
  tutor_id: string;
  risk_threshold: number;
  evidence: EvidenceTier;
  prior_version: number | null;
  rise_signalled_at: Date | null;
};

/**
 * Locks the score rows of these tutors in id order, making those that are missing; returns what they hold. Whoever has
 * waited for a row gets it as it is now.
 */
export async function lockScores(tx: Tx, tutorIds: readonly string[]): Promise<StoredScore[]> {
  await insertMissingScores(tx, tutorIds);
  return scoresForUpdate(tx).where('tutor_id', '=', sql<string>`any(${tutorIds}::uuid[])`).execute();
}

export async function lockAllScores(tx: Tx): Promise<StoredScore[]> {
  return scoresForUpdate(tx).execute();
}

function scoresForUpdate(tx: Tx) {
  return tx
    .selectFrom('tutor_scores')
    .select(['tutor_id', 'risk_threshold', 'evidence', 'prior_version', 'rise_signalled_at'])
    .select(COUNTS)
    .orderBy('tutor_id')
    .forUpdate();
}

/** A score whole: counts, and what follows from them. Rates are per 100 sessions. */
export type NewScore = CountedTutor & {
  evidence: EvidenceTier;
  risk_probability: number;
  expected_rate: number;
  expected_rate_lower: number;
  expected_rate_upper: number;
  prior_version: number | null;
};

/** Stores scores that were counted at `countedAt`, or `null` when only judged anew. The rows must be locked. */
export async function writeScores(tx: Tx, scores: readonly NewScore[], countedAt: Date | null): Promise<void> {
  const columns = Object.keys(SCORE_COLUMNS);
  const changes = columns.filter((column) => column !== 'tutor_id').map((column) => `${column} = n.${column}`);
  await sql`
    update tutor_scores s
       set ${sql.raw(changes.join(', '))}, updated_at = now(),
           last_calculated_at = coalesce(${countedAt}::timestamptz, s.last_calculated_at)
      from ${unnest(scores, SCORE_COLUMNS)} as n (${sql.raw(columns.join(', '))})
     where s.tutor_id = n.tutor_id
  `.execute(tx);
}

/** A score as columns of arrays: written into the table, or read in its place as of a past day. */
export const SCORE_COLUMNS = {
  tutor_id: 'uuid',
  total_sessions_7d: 'integer',
  total_sessions_30d: 'integer',
  total_sessions_90d: 'integer',
  tutor_reschedules_7d: 'integer',
  tutor_reschedules_30d: 'integer',
  tutor_reschedules_90d: 'integer',
  evidence_sessions: 'integer',
  evidence_reschedules: 'integer',
  evidence: 'text',
  risk_probability: 'double precision',
  expected_rate: 'numeric',
  expected_rate_lower: 'numeric',
  expected_rate_upper: 'numeric',
  prior_version: 'integer',
  rise_signalled_at: 'timestamptz',
} as const satisfies { [Column in keyof NewScore]: string };

/** The flag of the literal rule follows by itself: it is generated from counts and threshold. */
export async function setThreshold(tx: Tx, threshold: number): Promise<void> {
  await sql`update tutor_scores set risk_threshold = ${threshold}, updated_at = now()`.execute(tx);
}

/** The next tutors in id order. */
export async function tutorIdsAfter(db: Db, after: string | null, limit: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from tutors where ${after === null ? sql`true` : sql`id > ${after}`} order by id limit ${limit}
  `.execute(db);
  return rows.map(({ id }) => id);
}
