import { type Kysely, sql } from 'kysely';
import { comment } from './comment.ts';

/** Passwords from before count as chosen: who gave them, and when, is not known. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table user_credentials add column ends_at timestamptz`.execute(db);
  await comment(
    db,
    'column user_credentials.ends_at',
    'a first password opens the door until then; null: its user chose it',
  );
  await comment(
    db,
    'table user_credentials',
    'passwords as Argon2id; those of earlier versions as scrypt until the next sign-in',
  );
}

/** With it goes when first passwords run out: they count as chosen afterwards, also those that had. */
export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`alter table user_credentials drop column ends_at`.execute(db);
  await comment(db, 'table user_credentials', 'passwords as scrypt hashes; written by better-auth');
}
