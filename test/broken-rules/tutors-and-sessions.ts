import { OTHER_SESSION, OTHER_TUTOR, RESCHEDULE, SESSION, TUTOR } from '../every-table.ts';
import { type BrokenRule, refusedBy } from './broken-rule.ts';

const NOBODY = '00000000-0000-4000-8000-0000000000ff';

const tutorWith = (change: string) => `update tutors set ${change} where id = '${TUTOR}'`;
const sessionWith = (change: string) => `update sessions set ${change} where id = '${SESSION}'`;
const missedWith = (change: string) => `update sessions set ${change} where id = '${OTHER_SESSION}'`;
const rescheduleWith = (change: string) => `update reschedules set ${change}`;
const rescheduleOf = (session: string, id: string) => `
  insert into reschedules (id, session_id, tutor_id, initiator, original_time, cancelled_at_is_default)
  select '${id}', id, tutor_id, 'tutor', scheduled_time, false from sessions where id = '${session}'`;

export const BROKEN_TUTORS_AND_SESSIONS: BrokenRule[] = [
  ...refusedBy('tutors_pkey', `insert into tutors (id, name, occurred_at) values ('${TUTOR}', 'Ada', now())`),
  ...refusedBy(
    'tutors_email_unique',
    `update tutors set email = 'maria@example.com' where id = '${OTHER_TUTOR}'`,
    `update tutors set email = 'Maria@EXAMPLE.com' where id = '${OTHER_TUTOR}'`,
  ),
  ...refusedBy('tutors_name_length', tutorWith(`name = ''`), tutorWith(`name = repeat('é', 256)`)),
  ...refusedBy('tutors_email_length', tutorWith(`email = 'a@'`), tutorWith(`email = repeat('a', 255)`)),

  ...refusedBy(
    'sessions_pkey',
    `insert into sessions (id, tutor_id, student_id, scheduled_time, reported_time, status, occurred_at)
     values ('${SESSION}', '${OTHER_TUTOR}', 's-9', now(), now(), 'no_show', now())`,
  ),
  ...refusedBy(
    'sessions_tutor_id_fkey',
    missedWith(`tutor_id = '${NOBODY}'`),
    `delete from tutors where id = '${TUTOR}'`,
  ),
  // Of the same columns as the primary key and more, it can only be broken where that is gone.
  ...refusedBy(
    'sessions_tutor_and_time',
    `alter table sessions drop constraint sessions_pkey cascade;
     insert into sessions (id, tutor_id, student_id, scheduled_time, reported_time, status, occurred_at)
     select id, tutor_id, student_id, scheduled_time, reported_time, 'no_show', occurred_at from sessions`,
  ),
  ...refusedBy(
    'sessions_student_id_length',
    sessionWith(`student_id = ''`),
    sessionWith(`student_id = repeat('s', 256)`),
  ),
  ...refusedBy('sessions_status_known', missedWith(`status = 'cancelled'`), missedWith(`status = 'No_show'`)),
  ...refusedBy(
    'sessions_completed_time_only_when_completed',
    sessionWith(`status = 'no_show'`),
    sessionWith(`status = 'rescheduled'`),
    missedWith(`completed_time = scheduled_time`),
  ),
  ...refusedBy(
    'sessions_completed_has_completed_time',
    sessionWith(`completed_time = null`),
    missedWith(`status = 'completed'`),
  ),
  ...refusedBy(
    'sessions_completed_after_scheduled',
    sessionWith(`completed_time = scheduled_time - interval '1 microsecond'`),
  ),
  ...refusedBy('sessions_duration_range', sessionWith(`duration_minutes = 0`), sessionWith(`duration_minutes = 1441`)),

  ...refusedBy('reschedules_pkey', rescheduleOf(OTHER_SESSION, RESCHEDULE)),
  ...refusedBy('reschedules_session_unique', rescheduleOf(SESSION, NOBODY)),
  ...refusedBy(
    'reschedules_of_session',
    rescheduleWith(`session_id = '${NOBODY}'`),
    rescheduleWith(`session_id = '${OTHER_SESSION}'`),
    rescheduleWith(`tutor_id = '${OTHER_TUTOR}'`),
    rescheduleWith(`original_time = original_time + interval '1 microsecond'`),
    sessionWith(`scheduled_time = scheduled_time - interval '1 microsecond'`),
    sessionWith(`tutor_id = '${OTHER_TUTOR}'`),
    `delete from email_reports; delete from sessions where id = '${SESSION}'`,
  ),
  ...refusedBy(
    'reschedules_initiator_known',
    rescheduleWith(`initiator = 'admin'`),
    rescheduleWith(`initiator = 'Tutor'`),
  ),
  ...refusedBy('reschedules_new_time_after_original', rescheduleWith(`new_time = original_time`)),
  ...refusedBy(
    'reschedules_cancelled_at_range',
    rescheduleWith(`cancelled_at = original_time + interval '24 hours 1 microsecond'`),
  ),
  ...refusedBy('reschedules_reason_length', rescheduleWith(`reason = repeat('é', 2001)`)),
  ...refusedBy('reschedules_reason_code_length', rescheduleWith(`reason_code = repeat('é', 101)`)),
];

export const KEPT_TUTORS_AND_SESSIONS: string[] = [
  tutorWith(`name = 'X'`),
  tutorWith(`name = repeat('𝄞', 255)`),
  tutorWith(`email = 'a@b'`),
  tutorWith(`email = repeat('a', 254)`),
  tutorWith(`email = null`),
  sessionWith(`student_id = repeat('s', 255)`),
  sessionWith(`completed_time = scheduled_time`),
  sessionWith(`duration_minutes = 1`),
  sessionWith(`duration_minutes = 1440`),
  sessionWith(`status = 'rescheduled', completed_time = null`),
  rescheduleWith(`new_time = original_time + interval '1 microsecond'`),
  rescheduleWith(`new_time = null, cancelled_at = null, reason = null`),
  rescheduleWith(`cancelled_at = original_time + interval '24 hours'`),
  rescheduleWith(`reason = repeat('𝄞', 2000), reason_code = repeat('𝄞', 100)`),
  // Session and reschedule may move together: the key between them is looked at when the transaction ends.
  `${sessionWith(`tutor_id = '${OTHER_TUTOR}'`)}; ${rescheduleWith(`tutor_id = '${OTHER_TUTOR}'`)}`,
];
