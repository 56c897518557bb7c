import { type Kysely, sql } from 'kysely';
import { comment } from './comment.ts';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table audit_log (
      id           bigint generated always as identity primary key,
      at           timestamptz not null default clock_timestamp(),
      actor_kind   text not null,
      actor_id     text,
      action       text not null,
      subject_kind text not null,
      subject_id   text,
      request_id   text,
      details      jsonb not null default '{}',
      constraint audit_log_actor_kind_known check (actor_kind in ('user', 'api_key', 'command', 'nobody')),
      constraint audit_log_actor_is_named check ((actor_kind = 'nobody') = (actor_id is null)),
      constraint audit_log_action_known check (action in ('saw', 'changed', 'exported', 'signed_in', 'sign_in_failed',
                                                          'signed_out', 'erased', 'deleted', 'restored')),
      constraint audit_log_subject_kind_known check (subject_kind in ('tutor', 'tutors', 'report', 'reports', 'student',
                                                                      'user', 'settings', 'database', 'audit_log')),
      constraint audit_log_users_by_id check (actor_kind <> 'user' or actor_id ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'),
      constraint audit_log_subjects_by_id check (subject_kind not in ('tutor', 'report', 'user')
                                                 or subject_id ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'),
      constraint audit_log_students_are_not_named check (subject_kind <> 'student' or subject_id is null),
      constraint audit_log_details_are_an_object check (jsonb_typeof(details) = 'object')
    )
  `.execute(db);
  await sql`create index audit_log_at on audit_log (at, id)`.execute(db);
  await sql`create index audit_log_of_actor on audit_log (actor_id, at)`.execute(db);
  await sql`create index audit_log_of_subject on audit_log (subject_id, at)`.execute(db);
  await comment(db, 'index audit_log_at', 'the log, newest first; deleting what is too old');
  await comment(db, 'index audit_log_of_actor', 'what somebody did; whether a read is noted already');
  await comment(db, 'index audit_log_of_subject', 'what was done to a tutor, a report or a user');
  await comment(db, 'table audit_log', 'who saw, changed and exported what; rows are added and never changed');
  await sql`
    create function audit_log_is_append_only() returns trigger language plpgsql as $$
    begin
      if current_setting('tutor_quality.audit_log_unlocked', true) is distinct from 'yes' then
        raise exception 'audit_log is append-only' using errcode = 'insufficient_privilege';
      end if;
      return null;
    end $$
  `.execute(db);
  // For each statement, so that one that finds no row is refused too; a truncation has no rows.
  await sql`
    create trigger audit_log_append_only before update or delete or truncate on audit_log
      for each statement execute function audit_log_is_append_only()
  `.execute(db);
  await comment(
    db,
    'function audit_log_is_append_only()',
    'retention and restore alone set tutor_quality.audit_log_unlocked, for their own transaction',
  );
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`drop table audit_log`.execute(db);
  await sql`drop function audit_log_is_append_only()`.execute(db);
}
