import { type Kysely, sql } from 'kysely';
import { comment } from './comment.ts';

const ALL = `'-infinity'::timestamptz`;
const PRESENT = `'infinity'::timestamptz`;

/**
 * For each table that answers are made from, what it belongs to and the earliest moment whose answers a row changes:
 * a column, or a constant for what concerns all moments, or only the present.
 */
const WATCHED: [table: string, subject: 'marketplace' | 'reports', from: string][] = [
  ['tutors', 'marketplace', ALL],
  ['settings', 'marketplace', ALL],
  ['rise_alarms', 'marketplace', ALL],
  ['sessions', 'marketplace', 'scheduled_time'],
  ['risk_flags', 'marketplace', 'opened_at'],
  ['rate_priors', 'marketplace', 'as_of'],
  ['marketplace_days', 'marketplace', 'starts_at'],
  ['tutor_scores', 'marketplace', PRESENT],
  ['tutors_to_rescore', 'marketplace', PRESENT],
  ['sweep_state', 'marketplace', PRESENT],
  ['email_reports', 'reports', 'created_at'],
];

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table data_versions (
      subject text not null,
      day     date not null,
      slot    integer not null,
      version bigint not null,
      primary key (subject, day, slot),
      constraint data_versions_subject_known check (subject in ('marketplace', 'reports')),
      constraint data_versions_positive check (slot > 0 and version > 0)
    ) with (fillfactor = 50)
  `.execute(db);
  await comment(
    db,
    'table data_versions',
    'how often the data changed, by the first day whose answers it concerns; the version is the sum over slots. No part of a backup: it must never go back',
  );
  await sql.raw(NOTE_CHANGE).execute(db);
  await comment(
    db,
    'function note_change(text, timestamp with time zone)',
    'raises the version, once a transaction and without waiting for anybody',
  );
  for (const [table, subject, from] of WATCHED) {
    await sql.raw(noteChangeOf(table, subject, from)).execute(db);
    for (const trigger of triggersOn(table)) await sql.raw(trigger).execute(db);
  }
  await sql.raw(NOTE_CHANGE_OF_RESCHEDULES).execute(db);
  for (const trigger of TRIGGERS_ON_RESCHEDULES) await sql.raw(trigger).execute(db);
}

export async function down(db: Kysely<unknown>): Promise<void> {
  for (const table of [...WATCHED.map(([name]) => name), 'reschedules'])
    await sql.raw(`drop function note_change_of_${table} cascade`).execute(db);
  await sql`drop function note_change`.execute(db);
  await sql`drop table data_versions`.execute(db);
}

/**
 * A change concerns the moments from an instant on, and is counted by day, in UTC, a microsecond early: answers as of
 * exactly that instant may hold it. What is older than two weeks counts for all days, what is yet to come from today.
 * A slot belongs to one transaction at a time. What was raised already is kept in a setting that ends with the
 * transaction, and goes back with a savepoint, as the raise does.
 */
const NOTE_CHANGE = `
create function note_change(changed text, since timestamptz) returns boolean language plpgsql as $$
declare
  raised  constant text := 'tutor_quality.raised_' || changed;
  today   constant date := (clock_timestamp() at time zone 'UTC')::date;
  oldest  constant date := today - 14;
  from_day         date := ((since - interval '1 microsecond') at time zone 'UTC')::date;
  mine          integer := 1;
  times          bigint;
  kept             text;
begin
  from_day := case when since = 'infinity' then 'infinity' when from_day < oldest then '-infinity'
                   else least(from_day, today) end;
  if nullif(current_setting(raised, true), '')::date <= from_day then return false; end if;
  kept := set_config(raised, from_day::text, true);
  while not pg_try_advisory_xact_lock(1748231, mine) loop mine := mine + 1; end loop;

  insert into public.data_versions as v (subject, day, slot, version) values (changed, from_day, mine, 1)
      on conflict (subject, day, slot) do update set version = v.version + 1
      returning v.version into times;
  if times > 1 then return true; end if;

  -- The first change of a day in this slot: those of days that are old by now move to all days.
  with old as (
    delete from public.data_versions v
     where v.subject = changed and v.slot = mine and v.day > '-infinity' and v.day < oldest
    returning v.version)
  insert into public.data_versions as v (subject, day, slot, version)
  select changed, '-infinity', mine, sum(old.version) from old having count(*) > 0
      on conflict (subject, day, slot) do update set version = v.version + excluded.version;
  return true;
end $$`;

/** Each event that names its tutor says when it did so, which no answer shows. */
const SHOWN_OF_TUTORS = ['name', 'email', 'is_active', 'created_at'];

/** A statement that changed no row raises nothing; what was raised for all moments, or for all there can be, is not looked at. */
function noteChangeOf(table: string, subject: string, from: string): string {
  const isPresent = from === PRESENT;
  const least = (rows: string) => `(select min(${from}) from ${rows})`;
  const updated =
    table === 'tutors'
      ? `(select min(${from}) from new_rows n left join old_rows o on o.id = n.id
                where (${shown('n')}) is distinct from (${shown('o')}))`
      : `least(${least('old_rows')}, ${least('new_rows')})`;
  return `
create function note_change_of_${table}() returns trigger language plpgsql as $$
declare
  raised constant text := current_setting('tutor_quality.raised_${subject}', true);
  since    timestamptz := '-infinity';
  is_new       boolean;
begin
  if raised = '-infinity'${isPresent ? " or raised <> ''" : ''} then return null; end if;
  case tg_op
    when 'INSERT' then since := ${least('new_rows')};
    when 'DELETE' then since := ${least('old_rows')};
    when 'UPDATE' then since := ${updated};
    else null;
  end case;
  if since is not null then is_new := public.note_change('${subject}', since); end if;
  return null;
end $$`;
}

/** A move mostly comes with its session, and most sessions without one: row by row, what is not there costs nothing. */
const NOTE_CHANGE_OF_RESCHEDULES = `
create function note_change_of_reschedules() returns trigger language plpgsql as $$
declare
  raised constant text := current_setting('tutor_quality.raised_marketplace', true);
  is_new       boolean;
begin
  if raised = '-infinity' then return null; end if;
  case tg_op
    when 'INSERT' then is_new := public.note_change('marketplace', new.original_time);
    when 'DELETE' then is_new := public.note_change('marketplace', old.original_time);
    when 'UPDATE' then is_new := public.note_change('marketplace', least(old.original_time, new.original_time));
    else is_new := public.note_change('marketplace', '-infinity');
  end case;
  return null;
end $$`;

const TRIGGERS_ON_RESCHEDULES = [
  `create trigger note_rows after insert or update or delete on reschedules
      for each row execute function note_change_of_reschedules()`,
  `create trigger note_truncate after truncate on reschedules
      for each statement execute function note_change_of_reschedules()`,
];

function shown(rows: string): string {
  return SHOWN_OF_TUTORS.map((column) => `${rows}.${column}`).join();
}

/** A trigger that sees the rows of a statement stands for one kind of statement. */
function triggersOn(table: string): string[] {
  const rows: [event: string, referencing: string][] = [
    ['insert', 'referencing new table as new_rows'],
    ['update', 'referencing old table as old_rows new table as new_rows'],
    ['delete', 'referencing old table as old_rows'],
    ['truncate', ''],
  ];
  return rows.map(
    ([event, referencing]) => `
      create trigger note_${event} after ${event} on ${table} ${referencing}
         for each statement execute function note_change_of_${table}()`,
  );
}
