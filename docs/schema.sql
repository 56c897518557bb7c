-- The schema after all migrations, written by "npm run dump-schema". Do not edit.

CREATE EXTENSION IF NOT EXISTS pg_trgm;

CREATE OR REPLACE FUNCTION public.audit_log_is_append_only()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
    begin
      if current_setting('tutor_quality.audit_log_unlocked', true) is distinct from 'yes' then
        raise exception 'audit_log is append-only' using errcode = 'insufficient_privilege';
      end if;
      return null;
    end $function$;

CREATE OR REPLACE FUNCTION public.note_change(changed text, since timestamp with time zone)
 RETURNS boolean
 LANGUAGE plpgsql
AS $function$
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
end $function$;

CREATE OR REPLACE FUNCTION public.note_change_of_email_reports()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
declare
  raised constant text := current_setting('tutor_quality.raised_reports', true);
  since    timestamptz := '-infinity';
  is_new       boolean;
begin
  if raised = '-infinity' then return null; end if;
  case tg_op
    when 'INSERT' then since := (select min(created_at) from new_rows);
    when 'DELETE' then since := (select min(created_at) from old_rows);
    when 'UPDATE' then since := least((select min(created_at) from old_rows), (select min(created_at) from new_rows));
    else null;
  end case;
  if since is not null then is_new := public.note_change('reports', since); end if;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.note_change_of_marketplace_days()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
declare
  raised constant text := current_setting('tutor_quality.raised_marketplace', true);
  since    timestamptz := '-infinity';
  is_new       boolean;
begin
  if raised = '-infinity' then return null; end if;
  case tg_op
    when 'INSERT' then since := (select min(starts_at) from new_rows);
    when 'DELETE' then since := (select min(starts_at) from old_rows);
    when 'UPDATE' then since := least((select min(starts_at) from old_rows), (select min(starts_at) from new_rows));
    else null;
  end case;
  if since is not null then is_new := public.note_change('marketplace', since); end if;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.note_change_of_rate_priors()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
declare
  raised constant text := current_setting('tutor_quality.raised_marketplace', true);
  since    timestamptz := '-infinity';
  is_new       boolean;
begin
  if raised = '-infinity' then return null; end if;
  case tg_op
    when 'INSERT' then since := (select min(as_of) from new_rows);
    when 'DELETE' then since := (select min(as_of) from old_rows);
    when 'UPDATE' then since := least((select min(as_of) from old_rows), (select min(as_of) from new_rows));
    else null;
  end case;
  if since is not null then is_new := public.note_change('marketplace', since); end if;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.note_change_of_reschedules()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
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
end $function$;

CREATE OR REPLACE FUNCTION public.note_change_of_rise_alarms()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
declare
  raised constant text := current_setting('tutor_quality.raised_marketplace', true);
  since    timestamptz := '-infinity';
  is_new       boolean;
begin
  if raised = '-infinity' then return null; end if;
  case tg_op
    when 'INSERT' then since := (select min('-infinity'::timestamptz) from new_rows);
    when 'DELETE' then since := (select min('-infinity'::timestamptz) from old_rows);
    when 'UPDATE' then since := least((select min('-infinity'::timestamptz) from old_rows), (select min('-infinity'::timestamptz) from new_rows));
    else null;
  end case;
  if since is not null then is_new := public.note_change('marketplace', since); end if;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.note_change_of_risk_flags()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
declare
  raised constant text := current_setting('tutor_quality.raised_marketplace', true);
  since    timestamptz := '-infinity';
  is_new       boolean;
begin
  if raised = '-infinity' then return null; end if;
  case tg_op
    when 'INSERT' then since := (select min(opened_at) from new_rows);
    when 'DELETE' then since := (select min(opened_at) from old_rows);
    when 'UPDATE' then since := least((select min(opened_at) from old_rows), (select min(opened_at) from new_rows));
    else null;
  end case;
  if since is not null then is_new := public.note_change('marketplace', since); end if;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.note_change_of_sessions()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
declare
  raised constant text := current_setting('tutor_quality.raised_marketplace', true);
  since    timestamptz := '-infinity';
  is_new       boolean;
begin
  if raised = '-infinity' then return null; end if;
  case tg_op
    when 'INSERT' then since := (select min(scheduled_time) from new_rows);
    when 'DELETE' then since := (select min(scheduled_time) from old_rows);
    when 'UPDATE' then since := least((select min(scheduled_time) from old_rows), (select min(scheduled_time) from new_rows));
    else null;
  end case;
  if since is not null then is_new := public.note_change('marketplace', since); end if;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.note_change_of_settings()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
declare
  raised constant text := current_setting('tutor_quality.raised_marketplace', true);
  since    timestamptz := '-infinity';
  is_new       boolean;
begin
  if raised = '-infinity' then return null; end if;
  case tg_op
    when 'INSERT' then since := (select min('-infinity'::timestamptz) from new_rows);
    when 'DELETE' then since := (select min('-infinity'::timestamptz) from old_rows);
    when 'UPDATE' then since := least((select min('-infinity'::timestamptz) from old_rows), (select min('-infinity'::timestamptz) from new_rows));
    else null;
  end case;
  if since is not null then is_new := public.note_change('marketplace', since); end if;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.note_change_of_sweep_state()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
declare
  raised constant text := current_setting('tutor_quality.raised_marketplace', true);
  since    timestamptz := '-infinity';
  is_new       boolean;
begin
  if raised = '-infinity' or raised <> '' then return null; end if;
  case tg_op
    when 'INSERT' then since := (select min('infinity'::timestamptz) from new_rows);
    when 'DELETE' then since := (select min('infinity'::timestamptz) from old_rows);
    when 'UPDATE' then since := least((select min('infinity'::timestamptz) from old_rows), (select min('infinity'::timestamptz) from new_rows));
    else null;
  end case;
  if since is not null then is_new := public.note_change('marketplace', since); end if;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.note_change_of_tutor_scores()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
declare
  raised constant text := current_setting('tutor_quality.raised_marketplace', true);
  since    timestamptz := '-infinity';
  is_new       boolean;
begin
  if raised = '-infinity' or raised <> '' then return null; end if;
  case tg_op
    when 'INSERT' then since := (select min('infinity'::timestamptz) from new_rows);
    when 'DELETE' then since := (select min('infinity'::timestamptz) from old_rows);
    when 'UPDATE' then since := least((select min('infinity'::timestamptz) from old_rows), (select min('infinity'::timestamptz) from new_rows));
    else null;
  end case;
  if since is not null then is_new := public.note_change('marketplace', since); end if;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.note_change_of_tutors()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
declare
  raised constant text := current_setting('tutor_quality.raised_marketplace', true);
  since    timestamptz := '-infinity';
  is_new       boolean;
begin
  if raised = '-infinity' then return null; end if;
  case tg_op
    when 'INSERT' then since := (select min('-infinity'::timestamptz) from new_rows);
    when 'DELETE' then since := (select min('-infinity'::timestamptz) from old_rows);
    when 'UPDATE' then since := (select min('-infinity'::timestamptz) from new_rows n left join old_rows o on o.id = n.id
                where (n.name,n.email,n.is_active,n.created_at) is distinct from (o.name,o.email,o.is_active,o.created_at));
    else null;
  end case;
  if since is not null then is_new := public.note_change('marketplace', since); end if;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.note_change_of_tutors_to_rescore()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
declare
  raised constant text := current_setting('tutor_quality.raised_marketplace', true);
  since    timestamptz := '-infinity';
  is_new       boolean;
begin
  if raised = '-infinity' or raised <> '' then return null; end if;
  case tg_op
    when 'INSERT' then since := (select min('infinity'::timestamptz) from new_rows);
    when 'DELETE' then since := (select min('infinity'::timestamptz) from old_rows);
    when 'UPDATE' then since := least((select min('infinity'::timestamptz) from old_rows), (select min('infinity'::timestamptz) from new_rows));
    else null;
  end case;
  if since is not null then is_new := public.note_change('marketplace', since); end if;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.search_key(value text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE STRICT
RETURN translate(lower(regexp_replace(NORMALIZE(value, NFKD), '[\u0300-\u036f]'::text, ''::text, 'g'::text)), 'øłđ'::text, 'old'::text);

CREATE TABLE alert_mails (
  id       boolean NOT NULL DEFAULT true,
  mail_id  uuid NOT NULL DEFAULT gen_random_uuid(),
  next_at  timestamp with time zone NOT NULL,
  failures integer NOT NULL DEFAULT 0,
  CONSTRAINT alert_mails_pkey PRIMARY KEY (id),
  CONSTRAINT alert_mails_failures CHECK (failures >= 0),
  CONSTRAINT alert_mails_one_row CHECK (id)
);

CREATE TABLE alerts (
  name    text NOT NULL,
  since   timestamp with time zone NOT NULL,
  over_at timestamp with time zone,
  told_at timestamp with time zone,
  CONSTRAINT alerts_pkey PRIMARY KEY (name),
  CONSTRAINT alerts_name_length CHECK (char_length(name) >= 1 AND char_length(name) <= 100)
);

CREATE TABLE audit_log (
  id           bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
  at           timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
  actor_kind   text NOT NULL,
  actor_id     text,
  action       text NOT NULL,
  subject_kind text NOT NULL,
  subject_id   text,
  request_id   text,
  details      jsonb NOT NULL DEFAULT '{}'::jsonb,
  CONSTRAINT audit_log_pkey PRIMARY KEY (id),
  CONSTRAINT audit_log_action_known CHECK (action = ANY (ARRAY['saw'::text, 'changed'::text, 'exported'::text, 'signed_in'::text, 'sign_in_failed'::text, 'signed_out'::text, 'erased'::text, 'deleted'::text, 'restored'::text])),
  CONSTRAINT audit_log_actor_is_named CHECK ((actor_kind = 'nobody'::text) = (actor_id IS NULL)),
  CONSTRAINT audit_log_actor_kind_known CHECK (actor_kind = ANY (ARRAY['user'::text, 'api_key'::text, 'command'::text, 'nobody'::text])),
  CONSTRAINT audit_log_details_are_an_object CHECK (jsonb_typeof(details) = 'object'::text),
  CONSTRAINT audit_log_students_are_not_named CHECK (subject_kind <> 'student'::text OR subject_id IS NULL),
  CONSTRAINT audit_log_subject_kind_known CHECK (subject_kind = ANY (ARRAY['tutor'::text, 'tutors'::text, 'report'::text, 'reports'::text, 'student'::text, 'user'::text, 'settings'::text, 'database'::text, 'audit_log'::text])),
  CONSTRAINT audit_log_subjects_by_id CHECK ((subject_kind <> ALL (ARRAY['tutor'::text, 'report'::text, 'user'::text])) OR subject_id ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'::text),
  CONSTRAINT audit_log_users_by_id CHECK (actor_kind <> 'user'::text OR actor_id ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'::text)
);
CREATE INDEX audit_log_at ON audit_log USING btree (at, id);
CREATE INDEX audit_log_of_actor ON audit_log USING btree (actor_id, at);
CREATE INDEX audit_log_of_subject ON audit_log USING btree (subject_id, at);

CREATE TABLE data_versions (
  subject text NOT NULL,
  day     date NOT NULL,
  slot    integer NOT NULL,
  version bigint NOT NULL,
  CONSTRAINT data_versions_pkey PRIMARY KEY (subject, day, slot),
  CONSTRAINT data_versions_positive CHECK (slot > 0 AND version > 0),
  CONSTRAINT data_versions_subject_known CHECK (subject = ANY (ARRAY['marketplace'::text, 'reports'::text]))
);

CREATE TABLE email_reports (
  id                  uuid NOT NULL DEFAULT gen_random_uuid(),
  session_id          uuid NOT NULL,
  recipient_email     text NOT NULL,
  status              text NOT NULL DEFAULT 'pending'::text,
  facts               jsonb NOT NULL,
  send_number         integer NOT NULL DEFAULT 1,
  attempts            integer NOT NULL DEFAULT 0,
  next_attempt_at     timestamp with time zone,
  claimed_until       timestamp with time zone,
  unreachable_since   timestamp with time zone,
  sent_at             timestamp with time zone,
  error_message       text,
  provider            text,
  provider_message_id text,
  created_at          timestamp with time zone NOT NULL DEFAULT now(),
  updated_at          timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT email_reports_pkey PRIMARY KEY (id),
  CONSTRAINT email_reports_one_a_recipient UNIQUE (session_id, recipient_email),
  CONSTRAINT email_reports_counters CHECK (attempts >= 0 AND send_number >= 1),
  CONSTRAINT email_reports_failed_has_error CHECK (status <> 'failed'::text OR error_message IS NOT NULL),
  CONSTRAINT email_reports_pending_has_next_attempt CHECK ((status = 'pending'::text) = (next_attempt_at IS NOT NULL)),
  CONSTRAINT email_reports_provider_known CHECK (provider = ANY (ARRAY['outbox'::text, 'smtp'::text, 'sendgrid'::text, 'ses'::text])),
  CONSTRAINT email_reports_recipient_length CHECK (char_length(recipient_email) >= 3 AND char_length(recipient_email) <= 254),
  CONSTRAINT email_reports_sending_is_claimed CHECK ((status = 'sending'::text) = (claimed_until IS NOT NULL)),
  CONSTRAINT email_reports_sent_has_provider CHECK (status <> 'sent'::text OR provider IS NOT NULL),
  CONSTRAINT email_reports_sent_has_time CHECK ((status = 'sent'::text) = (sent_at IS NOT NULL)),
  CONSTRAINT email_reports_status_known CHECK (status = ANY (ARRAY['pending'::text, 'sending'::text, 'sent'::text, 'failed'::text]))
);
CREATE INDEX email_reports_created_at ON email_reports USING btree (created_at, id);
CREATE INDEX email_reports_due ON email_reports USING btree (COALESCE(next_attempt_at, claimed_until)) WHERE status = ANY (ARRAY['pending'::text, 'sending'::text]);
CREATE INDEX email_reports_failed ON email_reports USING btree (updated_at) WHERE status = 'failed'::text;
CREATE INDEX email_reports_sent_at ON email_reports USING btree (sent_at);
CREATE INDEX email_reports_status ON email_reports USING btree (status, created_at);

CREATE TABLE erased_tutors (
  tutor_id  uuid NOT NULL,
  erased_at timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT erased_tutors_pkey PRIMARY KEY (tutor_id)
);

CREATE TABLE failing_jobs (
  name     text NOT NULL,
  since    timestamp with time zone NOT NULL,
  failures integer NOT NULL DEFAULT 1,
  CONSTRAINT failing_jobs_pkey PRIMARY KEY (name),
  CONSTRAINT failing_jobs_failures CHECK (failures >= 1),
  CONSTRAINT failing_jobs_name_length CHECK (char_length(name) >= 1 AND char_length(name) <= 100)
);

CREATE TABLE marketplace_days (
  day              date NOT NULL,
  starts_at        timestamp with time zone NOT NULL,
  ends_at          timestamp with time zone NOT NULL,
  sessions         integer NOT NULL,
  reschedules      integer NOT NULL,
  tutors           integer NOT NULL,
  movers           integer NOT NULL,
  is_far_above     boolean NOT NULL,
  has_common_cause boolean NOT NULL,
  is_walked        boolean NOT NULL DEFAULT false,
  updated_at       timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT marketplace_days_pkey PRIMARY KEY (day),
  CONSTRAINT marketplace_days_counts CHECK (reschedules >= 0 AND reschedules <= sessions AND movers >= 0 AND movers <= tutors AND tutors <= sessions AND movers <= reschedules),
  CONSTRAINT marketplace_days_length CHECK (ends_at > starts_at),
  CONSTRAINT marketplace_days_named_is_far_above CHECK (is_far_above OR NOT has_common_cause)
);
CREATE INDEX marketplace_days_named ON marketplace_days USING btree (ends_at) WHERE has_common_cause;

CREATE TABLE rate_priors (
  version     integer NOT NULL GENERATED ALWAYS AS IDENTITY,
  as_of       timestamp with time zone NOT NULL,
  basis       text NOT NULL,
  a           double precision NOT NULL,
  b           double precision NOT NULL,
  tutors      integer NOT NULL,
  sessions    integer NOT NULL,
  reschedules integer NOT NULL,
  is_finished boolean NOT NULL DEFAULT false,
  created_at  timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT rate_priors_pkey PRIMARY KEY (version),
  CONSTRAINT rate_priors_basis_known CHECK (basis = ANY (ARRAY['fitted'::text, 'no_difference'::text, 'assumed'::text])),
  CONSTRAINT rate_priors_counts CHECK (tutors >= 0 AND reschedules >= 0 AND reschedules <= sessions),
  CONSTRAINT rate_priors_positive CHECK (a > 0::double precision AND a < 'Infinity'::double precision AND b > 0::double precision AND b < 'Infinity'::double precision)
);
CREATE INDEX rate_priors_as_of ON rate_priors USING btree (as_of);

CREATE TABLE reschedules (
  id                      uuid NOT NULL DEFAULT gen_random_uuid(),
  session_id              uuid NOT NULL,
  tutor_id                uuid NOT NULL,
  initiator               text NOT NULL,
  original_time           timestamp with time zone NOT NULL,
  new_time                timestamp with time zone,
  reason                  text,
  reason_code             text,
  cancelled_at            timestamp with time zone,
  cancelled_at_is_default boolean NOT NULL,
  hours_before_session    numeric(9,2) GENERATED ALWAYS AS (round(EXTRACT(epoch FROM original_time - cancelled_at) / 3600::numeric, 2)) STORED,
  created_at              timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT reschedules_pkey PRIMARY KEY (id),
  CONSTRAINT reschedules_session_unique UNIQUE (session_id),
  CONSTRAINT reschedules_cancelled_at_range CHECK (cancelled_at <= (original_time + '24:00:00'::interval)),
  CONSTRAINT reschedules_initiator_known CHECK (initiator = ANY (ARRAY['tutor'::text, 'student'::text])),
  CONSTRAINT reschedules_new_time_after_original CHECK (new_time > original_time),
  CONSTRAINT reschedules_reason_code_length CHECK (char_length(reason_code) <= 100),
  CONSTRAINT reschedules_reason_length CHECK (char_length(reason) <= 2000)
);
CREATE INDEX reschedules_cancelled_at ON reschedules USING btree (cancelled_at);
CREATE INDEX reschedules_initiator ON reschedules USING btree (initiator, original_time);
CREATE INDEX reschedules_reason_code ON reschedules USING btree (reason_code);
CREATE INDEX reschedules_tutor_and_time ON reschedules USING btree (tutor_id, original_time) INCLUDE (initiator);

CREATE TABLE rise_alarms (
  tutor_id      uuid NOT NULL,
  signalled_at  timestamp with time zone NOT NULL,
  usual_rate    numeric(5,2) NOT NULL,
  move_days     integer NOT NULL,
  kept_sessions integer NOT NULL,
  CONSTRAINT rise_alarms_pkey PRIMARY KEY (tutor_id, signalled_at),
  CONSTRAINT rise_alarms_counts CHECK (move_days > 0 AND kept_sessions >= 0),
  CONSTRAINT rise_alarms_usual_rate_range CHECK (usual_rate >= 0::numeric AND usual_rate <= 100::numeric)
);

CREATE TABLE rise_watches (
  tutor_id          uuid NOT NULL,
  usual_sessions    integer NOT NULL,
  usual_reschedules integer NOT NULL,
  since_sessions    integer NOT NULL,
  since_reschedules integer NOT NULL,
  percent           integer NOT NULL,
  steps             integer NOT NULL,
  CONSTRAINT rise_watches_pkey PRIMARY KEY (tutor_id),
  CONSTRAINT rise_watches_counts CHECK (usual_reschedules >= 0 AND usual_reschedules <= usual_sessions AND since_reschedules >= 0 AND since_reschedules <= since_sessions),
  CONSTRAINT rise_watches_range CHECK (percent >= 0 AND percent <= 100 AND steps >= 0)
);

CREATE TABLE risk_flags (
  id                 uuid NOT NULL DEFAULT gen_random_uuid(),
  tutor_id           uuid NOT NULL,
  opened_at          timestamp with time zone NOT NULL,
  closed_at          timestamp with time zone,
  rule               text NOT NULL,
  window_days        integer NOT NULL,
  sessions           integer NOT NULL,
  reschedules        integer NOT NULL,
  rate               numeric(5,2) NOT NULL GENERATED ALWAYS AS (round(100.0 * reschedules::numeric / sessions::numeric, 2)) STORED,
  risk_threshold     numeric(5,2) NOT NULL,
  close_reason       text,
  level              text,
  risk_probability   double precision,
  prior_version      integer,
  score              jsonb,
  closed_probability double precision,
  CONSTRAINT risk_flags_pkey PRIMARY KEY (id),
  CONSTRAINT risk_flags_cause_is_true CHECK ( CASE rule WHEN 'evidence'::text THEN risk_probability >= CASE level WHEN 'confirmed'::text THEN 0.9 ELSE 0.4 END::double precision ELSE (100 * reschedules::bigint)::numeric > (risk_threshold * sessions::numeric) END),
  CONSTRAINT risk_flags_close_reason_known CHECK (close_reason = ANY (ARRAY['rate_fell'::text, 'threshold_raised'::text, 'rule_replaced'::text, 'became_confirmed'::text, 'became_watch'::text, 'too_few_sessions'::text, 'common_cause_day'::text, 'fewer_moves'::text, 'more_kept_sessions'::text, 'prior_changed'::text])),
  CONSTRAINT risk_flags_closed_after_opened CHECK (closed_at >= opened_at),
  CONSTRAINT risk_flags_closed_has_probability CHECK ((closed_probability IS NOT NULL) = (rule = 'evidence'::text AND closed_at IS NOT NULL)),
  CONSTRAINT risk_flags_closed_has_reason CHECK ((closed_at IS NULL) = (close_reason IS NULL)),
  CONSTRAINT risk_flags_counts CHECK (sessions > 0 AND reschedules >= 0 AND reschedules <= sessions),
  CONSTRAINT risk_flags_evidence_is_whole CHECK (rule <> 'evidence'::text OR num_nulls(level, risk_probability, score) = 0),
  CONSTRAINT risk_flags_level_known CHECK (level = ANY (ARRAY['confirmed'::text, 'watch'::text])),
  CONSTRAINT risk_flags_old_rule_is_closed CHECK (rule = 'evidence'::text OR closed_at IS NOT NULL),
  CONSTRAINT risk_flags_probability_range CHECK (risk_probability >= 0::double precision AND risk_probability <= 1::double precision AND closed_probability >= 0::double precision AND closed_probability <= 1::double precision),
  CONSTRAINT risk_flags_rule_known CHECK (rule = ANY (ARRAY['any_window_above_threshold'::text, 'evidence'::text])),
  CONSTRAINT risk_flags_window_known CHECK (window_days = ANY (ARRAY[7, 30, 90]))
);
CREATE INDEX risk_flags_closed_at ON risk_flags USING btree (closed_at);
CREATE INDEX risk_flags_of_tutor ON risk_flags USING btree (tutor_id, opened_at);
CREATE UNIQUE INDEX risk_flags_one_open ON risk_flags USING btree (tutor_id) WHERE closed_at IS NULL;
CREATE INDEX risk_flags_opened_at ON risk_flags USING btree (opened_at);

CREATE TABLE sessions (
  id                     uuid NOT NULL,
  tutor_id               uuid NOT NULL,
  student_id             text NOT NULL,
  scheduled_time         timestamp with time zone NOT NULL,
  reported_time          timestamp with time zone NOT NULL,
  completed_time         timestamp with time zone,
  status                 text NOT NULL,
  duration_minutes       integer,
  occurred_at            timestamp with time zone NOT NULL,
  reschedule_occurred_at timestamp with time zone,
  reschedule_heard_at    timestamp with time zone,
  reports_decided_at     timestamp with time zone,
  created_at             timestamp with time zone NOT NULL DEFAULT now(),
  updated_at             timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT sessions_pkey PRIMARY KEY (id),
  CONSTRAINT sessions_tutor_and_time UNIQUE (tutor_id, scheduled_time, id),
  CONSTRAINT sessions_completed_after_scheduled CHECK (completed_time >= scheduled_time),
  CONSTRAINT sessions_completed_has_completed_time CHECK (status <> 'completed'::text OR completed_time IS NOT NULL),
  CONSTRAINT sessions_completed_time_only_when_completed CHECK (completed_time IS NULL OR status = 'completed'::text),
  CONSTRAINT sessions_duration_range CHECK (duration_minutes >= 1 AND duration_minutes <= 1440),
  CONSTRAINT sessions_status_known CHECK (status = ANY (ARRAY['completed'::text, 'rescheduled'::text, 'no_show'::text])),
  CONSTRAINT sessions_student_id_length CHECK (char_length(student_id) >= 1 AND char_length(student_id) <= 255)
);
CREATE INDEX sessions_scheduled_time ON sessions USING btree (scheduled_time, tutor_id);
CREATE INDEX sessions_status ON sessions USING btree (status, scheduled_time);
CREATE INDEX sessions_undecided ON sessions USING btree (tutor_id, created_at) WHERE reports_decided_at IS NULL;

CREATE TABLE settings (
  id             boolean NOT NULL DEFAULT true,
  risk_threshold numeric(5,2) NOT NULL,
  updated_at     timestamp with time zone NOT NULL DEFAULT now(),
  updated_by     text NOT NULL,
  CONSTRAINT settings_pkey PRIMARY KEY (id),
  CONSTRAINT settings_one_row CHECK (id),
  CONSTRAINT settings_risk_threshold_range CHECK (risk_threshold >= 0::numeric AND risk_threshold <= 100::numeric)
);

CREATE TABLE sweep_state (
  name      text NOT NULL,
  watermark timestamp with time zone NOT NULL,
  CONSTRAINT sweep_state_pkey PRIMARY KEY (name)
);

CREATE TABLE tutor_scores (
  id                    uuid NOT NULL DEFAULT gen_random_uuid(),
  tutor_id              uuid NOT NULL,
  total_sessions_7d     integer NOT NULL DEFAULT 0,
  total_sessions_30d    integer NOT NULL DEFAULT 0,
  total_sessions_90d    integer NOT NULL DEFAULT 0,
  tutor_reschedules_7d  integer NOT NULL DEFAULT 0,
  tutor_reschedules_30d integer NOT NULL DEFAULT 0,
  tutor_reschedules_90d integer NOT NULL DEFAULT 0,
  reschedule_rate_7d    numeric(5,2) NOT NULL GENERATED ALWAYS AS (CASE WHEN total_sessions_7d = 0 THEN 0::numeric ELSE round(100.0 * tutor_reschedules_7d::numeric / total_sessions_7d::numeric, 2) END) STORED,
  reschedule_rate_30d   numeric(5,2) NOT NULL GENERATED ALWAYS AS (CASE WHEN total_sessions_30d = 0 THEN 0::numeric ELSE round(100.0 * tutor_reschedules_30d::numeric / total_sessions_30d::numeric, 2) END) STORED,
  reschedule_rate_90d   numeric(5,2) NOT NULL GENERATED ALWAYS AS (CASE WHEN total_sessions_90d = 0 THEN 0::numeric ELSE round(100.0 * tutor_reschedules_90d::numeric / total_sessions_90d::numeric, 2) END) STORED,
  risk_threshold        numeric(5,2) NOT NULL DEFAULT 15.00,
  is_high_risk          boolean NOT NULL GENERATED ALWAYS AS ((100 * tutor_reschedules_7d::bigint)::numeric > (risk_threshold * total_sessions_7d::numeric) OR (100 * tutor_reschedules_30d::bigint)::numeric > (risk_threshold * total_sessions_30d::numeric) OR (100 * tutor_reschedules_90d::bigint)::numeric > (risk_threshold * total_sessions_90d::numeric)) STORED,
  last_calculated_at    timestamp with time zone NOT NULL DEFAULT now(),
  created_at            timestamp with time zone NOT NULL DEFAULT now(),
  updated_at            timestamp with time zone NOT NULL DEFAULT now(),
  evidence              text NOT NULL DEFAULT 'too_few'::text,
  risk_probability      double precision,
  expected_rate         numeric(5,2),
  expected_rate_lower   numeric(5,2),
  expected_rate_upper   numeric(5,2),
  evidence_sessions     integer NOT NULL DEFAULT 0,
  evidence_reschedules  integer NOT NULL DEFAULT 0,
  prior_version         integer,
  rise_signalled_at     timestamp with time zone,
  evidence_rank         smallint NOT NULL GENERATED ALWAYS AS (CASE evidence WHEN 'confirmed'::text THEN 2 WHEN 'watch'::text THEN 1 ELSE 0 END) STORED,
  CONSTRAINT tutor_scores_pkey PRIMARY KEY (id),
  CONSTRAINT tutor_scores_tutor_unique UNIQUE (tutor_id),
  CONSTRAINT tutor_scores_evidence_is_weighed CHECK (evidence = 'too_few'::text OR risk_probability IS NOT NULL AND evidence_sessions > 0),
  CONSTRAINT tutor_scores_evidence_known CHECK (evidence = ANY (ARRAY['confirmed'::text, 'watch'::text, 'clear'::text, 'too_few'::text])),
  CONSTRAINT tutor_scores_evidence_within_90d CHECK (evidence_reschedules >= 0 AND evidence_reschedules <= evidence_sessions AND evidence_sessions <= total_sessions_90d AND evidence_reschedules <= tutor_reschedules_90d),
  CONSTRAINT tutor_scores_expected_rate_range CHECK (expected_rate >= 0::numeric AND expected_rate <= 100::numeric AND expected_rate_lower >= 0::numeric AND expected_rate_lower <= expected_rate_upper AND expected_rate_upper <= 100::numeric),
  CONSTRAINT tutor_scores_reschedules_within_sessions CHECK (tutor_reschedules_7d >= 0 AND tutor_reschedules_7d <= total_sessions_7d AND tutor_reschedules_30d >= 0 AND tutor_reschedules_30d <= total_sessions_30d AND tutor_reschedules_90d >= 0 AND tutor_reschedules_90d <= total_sessions_90d),
  CONSTRAINT tutor_scores_risk_probability_range CHECK (risk_probability >= 0::double precision AND risk_probability <= 1::double precision),
  CONSTRAINT tutor_scores_threshold_range CHECK (risk_threshold >= 0::numeric AND risk_threshold <= 100::numeric),
  CONSTRAINT tutor_scores_weighed_whole CHECK (num_nulls(risk_probability, expected_rate, expected_rate_lower, expected_rate_upper) = ANY (ARRAY[0, 4])),
  CONSTRAINT tutor_scores_windows_nested CHECK (total_sessions_7d <= total_sessions_30d AND total_sessions_30d <= total_sessions_90d AND tutor_reschedules_7d <= tutor_reschedules_30d AND tutor_reschedules_30d <= tutor_reschedules_90d)
);
CREATE INDEX tutor_scores_evidence ON tutor_scores USING btree (evidence_rank, COALESCE(risk_probability, '-1'::integer::double precision), tutor_id);
CREATE INDEX tutor_scores_is_high_risk ON tutor_scores USING btree (is_high_risk, reschedule_rate_30d, tutor_id);
CREATE INDEX tutor_scores_last_calculated_at ON tutor_scores USING brin (last_calculated_at);
CREATE INDEX tutor_scores_rate ON tutor_scores USING btree (reschedule_rate_30d, tutor_id);
CREATE INDEX tutor_scores_sessions ON tutor_scores USING btree (total_sessions_30d, tutor_id);

CREATE TABLE tutors (
  id                uuid NOT NULL,
  name              text NOT NULL,
  name_search       text NOT NULL GENERATED ALWAYS AS (search_key(name)) STORED,
  email             text,
  is_active         boolean NOT NULL DEFAULT true,
  occurred_at       timestamp with time zone NOT NULL,
  email_occurred_at timestamp with time zone,
  created_at        timestamp with time zone NOT NULL DEFAULT now(),
  updated_at        timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT tutors_pkey PRIMARY KEY (id),
  CONSTRAINT tutors_email_length CHECK (char_length(email) >= 3 AND char_length(email) <= 254),
  CONSTRAINT tutors_name_length CHECK (char_length(name) >= 1 AND char_length(name) <= 255)
);
CREATE INDEX tutors_by_name ON tutors USING btree (name_search, id);
CREATE INDEX tutors_created_at ON tutors USING btree (created_at);
CREATE UNIQUE INDEX tutors_email_unique ON tutors USING btree (lower(email));
CREATE INDEX tutors_name_search ON tutors USING gin (name_search gin_trgm_ops);

CREATE TABLE tutors_to_rescore (
  tutor_id uuid NOT NULL,
  since    timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
  mark     uuid NOT NULL DEFAULT gen_random_uuid(),
  attempts integer NOT NULL DEFAULT 0,
  retry_at timestamp with time zone,
  error    text,
  CONSTRAINT tutors_to_rescore_pkey PRIMARY KEY (tutor_id),
  CONSTRAINT tutors_to_rescore_attempts CHECK (attempts >= 0)
);
CREATE INDEX tutors_to_rescore_since ON tutors_to_rescore USING btree (since);

CREATE TABLE user_credentials (
  id          uuid NOT NULL DEFAULT gen_random_uuid(),
  account_id  text NOT NULL,
  provider_id text NOT NULL,
  user_id     uuid NOT NULL,
  password    text NOT NULL,
  created_at  timestamp with time zone NOT NULL DEFAULT now(),
  updated_at  timestamp with time zone NOT NULL DEFAULT now(),
  ends_at     timestamp with time zone,
  CONSTRAINT user_credentials_pkey PRIMARY KEY (id),
  CONSTRAINT user_credentials_one_a_user UNIQUE (user_id, provider_id),
  CONSTRAINT user_credentials_password_only CHECK (provider_id = 'credential'::text)
);

CREATE TABLE user_sessions (
  id         uuid NOT NULL DEFAULT gen_random_uuid(),
  token      text NOT NULL,
  user_id    uuid NOT NULL,
  expires_at timestamp with time zone NOT NULL,
  user_agent text,
  ip_address text,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT user_sessions_pkey PRIMARY KEY (id),
  CONSTRAINT user_sessions_token_unique UNIQUE (token)
);
CREATE INDEX user_sessions_expires_at ON user_sessions USING btree (expires_at);
CREATE INDEX user_sessions_of_user ON user_sessions USING btree (user_id);

CREATE TABLE users (
  id             uuid NOT NULL DEFAULT gen_random_uuid(),
  email          text NOT NULL,
  name           text NOT NULL,
  role           text NOT NULL,
  email_verified boolean NOT NULL DEFAULT true,
  disabled_at    timestamp with time zone,
  created_at     timestamp with time zone NOT NULL DEFAULT now(),
  updated_at     timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT users_pkey PRIMARY KEY (id),
  CONSTRAINT users_email_unique UNIQUE (email),
  CONSTRAINT users_email_length CHECK (char_length(email) >= 3 AND char_length(email) <= 254),
  CONSTRAINT users_email_lower_case CHECK (email = lower(email)),
  CONSTRAINT users_name_length CHECK (char_length(name) >= 1 AND char_length(name) <= 255),
  CONSTRAINT users_role_known CHECK (role = ANY (ARRAY['viewer'::text, 'coach'::text, 'admin'::text]))
);

ALTER TABLE email_reports ADD CONSTRAINT email_reports_session_id_fkey
  FOREIGN KEY (session_id) REFERENCES sessions(id);

ALTER TABLE reschedules ADD CONSTRAINT reschedules_of_session
  FOREIGN KEY (session_id, tutor_id, original_time) REFERENCES sessions(id, tutor_id, scheduled_time) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE rise_alarms ADD CONSTRAINT rise_alarms_tutor_id_fkey
  FOREIGN KEY (tutor_id) REFERENCES tutors(id);

ALTER TABLE rise_watches ADD CONSTRAINT rise_watches_tutor_id_fkey
  FOREIGN KEY (tutor_id) REFERENCES tutors(id);

ALTER TABLE risk_flags ADD CONSTRAINT risk_flags_prior_version_fkey
  FOREIGN KEY (prior_version) REFERENCES rate_priors(version);

ALTER TABLE risk_flags ADD CONSTRAINT risk_flags_tutor_id_fkey
  FOREIGN KEY (tutor_id) REFERENCES tutors(id);

ALTER TABLE sessions ADD CONSTRAINT sessions_tutor_id_fkey
  FOREIGN KEY (tutor_id) REFERENCES tutors(id);

ALTER TABLE tutor_scores ADD CONSTRAINT tutor_scores_prior_version_fkey
  FOREIGN KEY (prior_version) REFERENCES rate_priors(version);

ALTER TABLE tutor_scores ADD CONSTRAINT tutor_scores_tutor_id_fkey
  FOREIGN KEY (tutor_id) REFERENCES tutors(id);

ALTER TABLE tutors_to_rescore ADD CONSTRAINT tutors_to_rescore_tutor_id_fkey
  FOREIGN KEY (tutor_id) REFERENCES tutors(id);

ALTER TABLE user_credentials ADD CONSTRAINT user_credentials_user_id_fkey
  FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE;

ALTER TABLE user_sessions ADD CONSTRAINT user_sessions_user_id_fkey
  FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE;

CREATE TRIGGER audit_log_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON audit_log FOR EACH STATEMENT EXECUTE FUNCTION audit_log_is_append_only();
CREATE TRIGGER note_delete AFTER DELETE ON email_reports REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION note_change_of_email_reports();
CREATE TRIGGER note_insert AFTER INSERT ON email_reports REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION note_change_of_email_reports();
CREATE TRIGGER note_truncate AFTER TRUNCATE ON email_reports FOR EACH STATEMENT EXECUTE FUNCTION note_change_of_email_reports();
CREATE TRIGGER note_update AFTER UPDATE ON email_reports REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION note_change_of_email_reports();
CREATE TRIGGER note_delete AFTER DELETE ON marketplace_days REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION note_change_of_marketplace_days();
CREATE TRIGGER note_insert AFTER INSERT ON marketplace_days REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION note_change_of_marketplace_days();
CREATE TRIGGER note_truncate AFTER TRUNCATE ON marketplace_days FOR EACH STATEMENT EXECUTE FUNCTION note_change_of_marketplace_days();
CREATE TRIGGER note_update AFTER UPDATE ON marketplace_days REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION note_change_of_marketplace_days();
CREATE TRIGGER note_delete AFTER DELETE ON rate_priors REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION note_change_of_rate_priors();
CREATE TRIGGER note_insert AFTER INSERT ON rate_priors REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION note_change_of_rate_priors();
CREATE TRIGGER note_truncate AFTER TRUNCATE ON rate_priors FOR EACH STATEMENT EXECUTE FUNCTION note_change_of_rate_priors();
CREATE TRIGGER note_update AFTER UPDATE ON rate_priors REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION note_change_of_rate_priors();
CREATE TRIGGER note_rows AFTER INSERT OR DELETE OR UPDATE ON reschedules FOR EACH ROW EXECUTE FUNCTION note_change_of_reschedules();
CREATE TRIGGER note_truncate AFTER TRUNCATE ON reschedules FOR EACH STATEMENT EXECUTE FUNCTION note_change_of_reschedules();
CREATE TRIGGER note_delete AFTER DELETE ON rise_alarms REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION note_change_of_rise_alarms();
CREATE TRIGGER note_insert AFTER INSERT ON rise_alarms REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION note_change_of_rise_alarms();
CREATE TRIGGER note_truncate AFTER TRUNCATE ON rise_alarms FOR EACH STATEMENT EXECUTE FUNCTION note_change_of_rise_alarms();
CREATE TRIGGER note_update AFTER UPDATE ON rise_alarms REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION note_change_of_rise_alarms();
CREATE TRIGGER note_delete AFTER DELETE ON risk_flags REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION note_change_of_risk_flags();
CREATE TRIGGER note_insert AFTER INSERT ON risk_flags REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION note_change_of_risk_flags();
CREATE TRIGGER note_truncate AFTER TRUNCATE ON risk_flags FOR EACH STATEMENT EXECUTE FUNCTION note_change_of_risk_flags();
CREATE TRIGGER note_update AFTER UPDATE ON risk_flags REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION note_change_of_risk_flags();
CREATE TRIGGER note_delete AFTER DELETE ON sessions REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION note_change_of_sessions();
CREATE TRIGGER note_insert AFTER INSERT ON sessions REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION note_change_of_sessions();
CREATE TRIGGER note_truncate AFTER TRUNCATE ON sessions FOR EACH STATEMENT EXECUTE FUNCTION note_change_of_sessions();
CREATE TRIGGER note_update AFTER UPDATE ON sessions REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION note_change_of_sessions();
CREATE TRIGGER note_delete AFTER DELETE ON settings REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION note_change_of_settings();
CREATE TRIGGER note_insert AFTER INSERT ON settings REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION note_change_of_settings();
CREATE TRIGGER note_truncate AFTER TRUNCATE ON settings FOR EACH STATEMENT EXECUTE FUNCTION note_change_of_settings();
CREATE TRIGGER note_update AFTER UPDATE ON settings REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION note_change_of_settings();
CREATE TRIGGER note_delete AFTER DELETE ON sweep_state REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION note_change_of_sweep_state();
CREATE TRIGGER note_insert AFTER INSERT ON sweep_state REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION note_change_of_sweep_state();
CREATE TRIGGER note_truncate AFTER TRUNCATE ON sweep_state FOR EACH STATEMENT EXECUTE FUNCTION note_change_of_sweep_state();
CREATE TRIGGER note_update AFTER UPDATE ON sweep_state REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION note_change_of_sweep_state();
CREATE TRIGGER note_delete AFTER DELETE ON tutor_scores REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION note_change_of_tutor_scores();
CREATE TRIGGER note_insert AFTER INSERT ON tutor_scores REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION note_change_of_tutor_scores();
CREATE TRIGGER note_truncate AFTER TRUNCATE ON tutor_scores FOR EACH STATEMENT EXECUTE FUNCTION note_change_of_tutor_scores();
CREATE TRIGGER note_update AFTER UPDATE ON tutor_scores REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION note_change_of_tutor_scores();
CREATE TRIGGER note_delete AFTER DELETE ON tutors REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION note_change_of_tutors();
CREATE TRIGGER note_insert AFTER INSERT ON tutors REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION note_change_of_tutors();
CREATE TRIGGER note_truncate AFTER TRUNCATE ON tutors FOR EACH STATEMENT EXECUTE FUNCTION note_change_of_tutors();
CREATE TRIGGER note_update AFTER UPDATE ON tutors REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION note_change_of_tutors();
CREATE TRIGGER note_delete AFTER DELETE ON tutors_to_rescore REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION note_change_of_tutors_to_rescore();
CREATE TRIGGER note_insert AFTER INSERT ON tutors_to_rescore REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION note_change_of_tutors_to_rescore();
CREATE TRIGGER note_truncate AFTER TRUNCATE ON tutors_to_rescore FOR EACH STATEMENT EXECUTE FUNCTION note_change_of_tutors_to_rescore();
CREATE TRIGGER note_update AFTER UPDATE ON tutors_to_rescore REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION note_change_of_tutors_to_rescore();

COMMENT ON FUNCTION audit_log_is_append_only() IS 'retention and restore alone set tutor_quality.audit_log_unlocked, for their own transaction';
COMMENT ON FUNCTION note_change(pg_catalog.text,timestamp with time zone) IS 'raises the version, once a transaction and without waiting for anybody';
COMMENT ON INDEX audit_log_at IS 'the log, newest first; deleting what is too old';
COMMENT ON INDEX audit_log_of_actor IS 'what somebody did; whether a read is noted already';
COMMENT ON INDEX audit_log_of_subject IS 'what was done to a tutor, a report or a user';
COMMENT ON INDEX email_reports_created_at IS 'reports list, newest first';
COMMENT ON INDEX email_reports_due IS 'sweep: reports that nobody is sending';
COMMENT ON INDEX email_reports_failed IS 'alerts: reports that failed lately; metrics: how many failed';
COMMENT ON INDEX email_reports_sent_at IS 'mails sent in a period: for questions by hand';
COMMENT ON INDEX email_reports_status IS 'reports list by state; counts of the overview';
COMMENT ON INDEX marketplace_days_named IS 'scoring: the days left out of the last 90';
COMMENT ON INDEX rate_priors_as_of IS 'the prior that held at an instant; whether tonight has one';
COMMENT ON INDEX reschedules_cancelled_at IS 'moves asked for in a period: for questions by hand';
COMMENT ON INDEX reschedules_initiator IS 'overview: moves of the whole marketplace in a period';
COMMENT ON INDEX reschedules_reason_code IS 'moves by reason: for questions by hand';
COMMENT ON INDEX reschedules_tutor_and_time IS 'scoring counts tutor moves from it alone; history of a tutor';
COMMENT ON INDEX risk_flags_closed_at IS 'overview: flags that closed lately';
COMMENT ON INDEX risk_flags_of_tutor IS 'flags of a tutor in time: rates day by day';
COMMENT ON INDEX risk_flags_one_open IS 'at most one open flag a tutor; open flags of the tutors re-scored';
COMMENT ON INDEX risk_flags_opened_at IS 'overview: flags that opened lately';
COMMENT ON INDEX sessions_scheduled_time IS 'window-edge sweep: whose sessions crossed an edge';
COMMENT ON INDEX sessions_status IS 'overview: how the sessions of a period ended';
COMMENT ON INDEX sessions_tutor_and_time IS 'scoring counts a window from it alone; reschedules refer to it';
COMMENT ON INDEX sessions_undecided IS 'worker: sessions whose reports are not decided yet';
COMMENT ON INDEX tutor_scores_evidence IS 'tutors list ordered by evidence';
COMMENT ON INDEX tutor_scores_is_high_risk IS 'tutors list filtered by risk, highest rate first; counts of the overview';
COMMENT ON INDEX tutor_scores_last_calculated_at IS 'scores that are out of date: for questions by hand';
COMMENT ON INDEX tutor_scores_rate IS 'tutors list ordered by rate';
COMMENT ON INDEX tutor_scores_sessions IS 'tutors list ordered by sessions';
COMMENT ON INDEX tutors_by_name IS 'tutors list ordered by name';
COMMENT ON INDEX tutors_created_at IS 'tutors who joined in a period: for questions by hand';
COMMENT ON INDEX tutors_email_unique IS 'one tutor an address, whatever its case; finds the owner of an address';
COMMENT ON INDEX tutors_name_search IS 'search of the tutors list';
COMMENT ON INDEX tutors_to_rescore_since IS 'worker: the longest waiting first; age of the oldest';
COMMENT ON INDEX user_sessions_expires_at IS 'clearing away sessions that ran out';
COMMENT ON INDEX user_sessions_of_user IS 'signing out everywhere; when somebody last signed in';
COMMENT ON TABLE alert_mails IS 'one row: from when on the next mail about alerts may be sent';
COMMENT ON TABLE alerts IS 'what the product found wrong: on, or over and a mail is still to say so';
COMMENT ON TABLE audit_log IS 'who saw, changed and exported what; rows are added and never changed';
COMMENT ON TABLE data_versions IS 'how often the data changed, by the first day whose answers it concerns; the version is the sum over slots. No part of a backup: it must never go back';
COMMENT ON TABLE erased_tutors IS 'bare ids of tutors who were erased: no late event brings them back';
COMMENT ON TABLE failing_jobs IS 'jobs and sweeps whose last rounds failed, and how many of them in a row';
COMMENT ON TABLE user_credentials IS 'passwords as Argon2id; those of earlier versions as scrypt until the next sign-in';
COMMENT ON COLUMN marketplace_days.is_walked IS 'whether the watch for rises has taken this day';
COMMENT ON COLUMN rate_priors.is_finished IS 'whether everybody was weighed by it: a night that breaks off is begun anew';
COMMENT ON COLUMN risk_flags.score IS 'the counts of the three windows when the flag opened';
COMMENT ON COLUMN sessions.occurred_at IS 'version of the session part';
COMMENT ON COLUMN sessions.reported_time IS 'scheduled_time as last sent; a moved lesson reports its new time';
COMMENT ON COLUMN sessions.reschedule_heard_at IS 'when a move without cancelled_at was first heard of';
COMMENT ON COLUMN sessions.reschedule_occurred_at IS 'version of the reschedule part, kept when it is removed';
COMMENT ON COLUMN tutor_scores.evidence_rank IS 'confirmed before watch before the rest, whatever the figures';
COMMENT ON COLUMN tutors_to_rescore.mark IS 'new with every event: work done deletes only the mark it saw';
COMMENT ON COLUMN user_credentials.ends_at IS 'a first password opens the door until then; null: its user chose it';
