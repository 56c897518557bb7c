import { type Kysely, sql } from 'kysely';
import { comment } from './comment.ts';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table erased_tutors (
      tutor_id  uuid primary key,
      erased_at timestamptz not null default now()
    )
  `.execute(db);
  await comment(db, 'table erased_tutors', 'bare ids of tutors who were erased: no late event brings them back');
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`drop table erased_tutors`.execute(db);
}
