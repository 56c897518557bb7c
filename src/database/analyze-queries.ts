import { sql } from 'kysely';
import type { Db } from './connection.ts';

/**
 * Has the planner look at the tables anew. To be called after a load in bulk: until the server does it by itself, about
 * a minute later, it plans for the few rows that there were before, and counting all scores takes a hundred times as long.
 */
export async function analyzeTables(db: Db): Promise<void> {
  await sql`analyze tutors, sessions, reschedules, tutor_scores, tutors_to_rescore`.execute(db);
}

/** As `analyzeTables`, after all scores were counted anew. */
export async function analyzeScores(db: Db): Promise<void> {
  await sql`analyze tutor_scores`.execute(db);
}
