import { type Kysely, sql } from 'kysely';
import { comment } from './comment.ts';

/**
 * Each recomputation changes `last_calculated_at` of every row, and little else. An index in which each row has an entry
 * makes that a new row in all indexes; one that only tells which pages hold which times lets the row be changed in its place,
 * as long as its page has room for a second version.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`drop index tutor_scores_last_calculated_at`.execute(db);
  await sql`create index tutor_scores_last_calculated_at on tutor_scores using brin (last_calculated_at)`.execute(db);
  await comment(db, 'index tutor_scores_last_calculated_at', 'scores that are out of date: for questions by hand');
  await sql`alter table tutor_scores set (fillfactor = 50)`.execute(db);
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`alter table tutor_scores reset (fillfactor)`.execute(db);
  await sql`drop index tutor_scores_last_calculated_at`.execute(db);
  await sql`create index tutor_scores_last_calculated_at on tutor_scores (last_calculated_at)`.execute(db);
  await comment(db, 'index tutor_scores_last_calculated_at', 'first sweep: the oldest score');
}
