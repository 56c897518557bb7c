import { type Kysely, sql } from 'kysely';
import { comment } from './comment.ts';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table users (
      id             uuid primary key default gen_random_uuid(),
      email          text not null,
      name           text not null,
      role           text not null,
      email_verified boolean not null default true,
      disabled_at    timestamptz,
      created_at     timestamptz not null default now(),
      updated_at     timestamptz not null default now(),
      constraint users_email_unique unique (email),
      constraint users_email_lower_case check (email = lower(email)),
      constraint users_email_length check (char_length(email) between 3 and 254),
      constraint users_name_length check (char_length(name) between 1 and 255),
      constraint users_role_known check (role in ('viewer', 'coach', 'admin'))
    )
  `.execute(db);
  await sql`
    create table user_sessions (
      id         uuid primary key default gen_random_uuid(),
      token      text not null,
      user_id    uuid not null references users (id) on delete cascade,
      expires_at timestamptz not null,
      user_agent text,
      ip_address text,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now(),
      constraint user_sessions_token_unique unique (token)
    )
  `.execute(db);
  await sql`
    create table user_credentials (
      id          uuid primary key default gen_random_uuid(),
      account_id  text not null,
      provider_id text not null,
      user_id     uuid not null references users (id) on delete cascade,
      password    text not null,
      created_at  timestamptz not null default now(),
      updated_at  timestamptz not null default now(),
      constraint user_credentials_one_a_user unique (user_id, provider_id),
      constraint user_credentials_password_only check (provider_id = 'credential')
    )
  `.execute(db);
  await sql`create index user_sessions_of_user on user_sessions (user_id)`.execute(db);
  await sql`create index user_sessions_expires_at on user_sessions (expires_at)`.execute(db);
  await comment(db, 'index user_sessions_of_user', 'signing out everywhere; when somebody last signed in');
  await comment(db, 'index user_sessions_expires_at', 'clearing away sessions that ran out');
  await comment(db, 'table user_credentials', 'passwords as scrypt hashes; written by better-auth');
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`drop table user_credentials, user_sessions, users`.execute(db);
}
