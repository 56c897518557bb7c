import { type Kysely, sql } from 'kysely';
import { comment } from './comment.ts';

/** A page by name is read from where it stands, instead of sorting all names. A name seldom changes. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create index tutors_by_name on tutors (name_search, id)`.execute(db);
  await comment(db, 'index tutors_by_name', 'tutors list ordered by name');
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`drop index tutors_by_name`.execute(db);
}
