import { type Kysely, sql } from 'kysely';
import { comment } from './comment.ts';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create extension if not exists pg_trgm`.execute(db);

  // normalize() needs no extension and is immutable, unlike unaccent(): it may stand in a generated column.
  await sql`
    create function search_key(value text) returns text
      language sql immutable parallel safe strict
      return translate(lower(regexp_replace(normalize(value, NFKD), '[\\u0300-\\u036f]', '', 'g')), 'øłđ', 'old')
  `.execute(db);

  await sql`
    create table tutors (
      id                uuid primary key,
      name              text not null,
      name_search       text not null generated always as (search_key(name)) stored,
      email             text,
      is_active         boolean not null default true,
      occurred_at       timestamptz not null,
      email_occurred_at timestamptz,
      created_at        timestamptz not null default now(),
      updated_at        timestamptz not null default now(),
      constraint tutors_name_length check (char_length(name) between 1 and 255),
      constraint tutors_email_length check (char_length(email) between 3 and 254)
    )
  `.execute(db);
  await sql`create unique index tutors_email_unique on tutors (lower(email))`.execute(db);
  await sql`create index tutors_created_at on tutors (created_at)`.execute(db);
  await sql`create index tutors_name_search on tutors using gin (name_search gin_trgm_ops)`.execute(db);

  await sql`
    create table sessions (
      id                     uuid primary key,
      tutor_id               uuid not null references tutors (id),
      student_id             text not null,
      scheduled_time         timestamptz not null,
      reported_time          timestamptz not null,
      completed_time         timestamptz,
      status                 text not null,
      duration_minutes       integer,
      occurred_at            timestamptz not null,
      reschedule_occurred_at timestamptz,
      reschedule_heard_at    timestamptz,
      reports_decided_at     timestamptz,
      created_at             timestamptz not null default now(),
      updated_at             timestamptz not null default now(),
      constraint sessions_student_id_length check (char_length(student_id) between 1 and 255),
      constraint sessions_status_known check (status in ('completed', 'rescheduled', 'no_show')),
      constraint sessions_completed_time_only_when_completed check (completed_time is null or status = 'completed'),
      constraint sessions_completed_has_completed_time check (status <> 'completed' or completed_time is not null),
      constraint sessions_completed_after_scheduled check (completed_time >= scheduled_time),
      constraint sessions_duration_range check (duration_minutes between 1 and 1440),
      constraint sessions_tutor_and_time unique (tutor_id, scheduled_time, id)
    )
  `.execute(db);
  await sql`create index sessions_scheduled_time on sessions (scheduled_time, tutor_id)`.execute(db);
  await sql`create index sessions_status on sessions (status, scheduled_time)`.execute(db);
  await sql`create index sessions_undecided on sessions (tutor_id, created_at) where reports_decided_at is null`.execute(
    db,
  );

  await sql`
    create table reschedules (
      id                      uuid primary key default gen_random_uuid(),
      session_id              uuid not null,
      tutor_id                uuid not null,
      initiator               text not null,
      original_time           timestamptz not null,
      new_time                timestamptz,
      reason                  text,
      reason_code             text,
      cancelled_at            timestamptz,
      cancelled_at_is_default boolean not null,
      hours_before_session    numeric(9,2) generated always as
                                (round(extract(epoch from original_time - cancelled_at) / 3600, 2)) stored,
      created_at              timestamptz not null default now(),
      constraint reschedules_session_unique unique (session_id),
      constraint reschedules_of_session foreign key (session_id, tutor_id, original_time)
        references sessions (id, tutor_id, scheduled_time) deferrable initially deferred,
      constraint reschedules_initiator_known check (initiator in ('tutor', 'student')),
      constraint reschedules_new_time_after_original check (new_time > original_time),
      constraint reschedules_cancelled_at_range check (cancelled_at <= original_time + interval '24 hours'),
      constraint reschedules_reason_length check (char_length(reason) <= 2000),
      constraint reschedules_reason_code_length check (char_length(reason_code) <= 100)
    )
  `.execute(db);
  await sql`create index reschedules_tutor_and_time on reschedules (tutor_id, original_time) include (initiator)`.execute(
    db,
  );
  await sql`create index reschedules_initiator on reschedules (initiator, original_time)`.execute(db);
  await sql`create index reschedules_cancelled_at on reschedules (cancelled_at)`.execute(db);
  await sql`create index reschedules_reason_code on reschedules (reason_code)`.execute(db);

  await comment(db, 'index sessions_tutor_and_time', 'scoring counts a window from it alone; reschedules refer to it');
  await comment(db, 'index sessions_scheduled_time', 'window-edge sweep: whose sessions crossed an edge');
  await comment(db, 'index sessions_status', 'overview: how the sessions of a period ended');
  await comment(db, 'index sessions_undecided', 'worker: sessions whose reports are not decided yet');
  await comment(db, 'index reschedules_tutor_and_time', 'scoring counts tutor moves from it alone; history of a tutor');
  await comment(db, 'index reschedules_initiator', 'overview: moves of the whole marketplace in a period');
  await comment(db, 'index reschedules_cancelled_at', 'moves asked for in a period: for questions by hand');
  await comment(db, 'index reschedules_reason_code', 'moves by reason: for questions by hand');
  await comment(
    db,
    'index tutors_email_unique',
    'one tutor an address, whatever its case; finds the owner of an address',
  );
  await comment(db, 'index tutors_created_at', 'tutors who joined in a period: for questions by hand');
  await comment(db, 'index tutors_name_search', 'search of the tutors list');
  await comment(
    db,
    'column sessions.reported_time',
    'scheduled_time as last sent; a moved lesson reports its new time',
  );
  await comment(db, 'column sessions.occurred_at', 'version of the session part');
  await comment(
    db,
    'column sessions.reschedule_occurred_at',
    'version of the reschedule part, kept when it is removed',
  );
  await comment(db, 'column sessions.reschedule_heard_at', 'when a move without cancelled_at was first heard of');
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`drop table reschedules, sessions, tutors`.execute(db);
  await sql`drop function search_key(text)`.execute(db);
  // pg_trgm stays: it may have been there before, and dropping it could need more rights than creating it.
}
