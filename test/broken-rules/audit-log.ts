import { RECORD, USER } from '../every-table.ts';
import { type BrokenRule, refusedBy } from './broken-rule.ts';

const recordOf = (values: string) =>
  `insert into audit_log (actor_kind, actor_id, action, subject_kind, subject_id, details) values (${values})`;
const UNLOCKED = `set local tutor_quality.audit_log_unlocked = 'yes'`;

export const BROKEN_AUDIT_LOG: BrokenRule[] = [
  ...refusedBy(
    'audit_log_pkey',
    `insert into audit_log (id, actor_kind, action, subject_kind) overriding system value
     values (${RECORD}, 'nobody', 'saw', 'tutors')`,
  ),
  ...refusedBy('audit_log_actor_kind_known', recordOf(`'robot', 'one', 'saw', 'tutors', null, '{}'`)),
  ...refusedBy(
    'audit_log_actor_is_named',
    recordOf(`'api_key', null, 'saw', 'tutors', null, '{}'`),
    recordOf(`'nobody', 'somebody', 'sign_in_failed', 'user', null, '{}'`),
  ),
  ...refusedBy('audit_log_action_known', recordOf(`'user', '${USER}', 'looked', 'tutors', null, '{}'`)),
  ...refusedBy('audit_log_subject_kind_known', recordOf(`'user', '${USER}', 'saw', 'weather', null, '{}'`)),
  ...refusedBy('audit_log_users_by_id', recordOf(`'user', 'maria@example.com', 'saw', 'tutors', null, '{}'`)),
  ...refusedBy('audit_log_subjects_by_id', recordOf(`'command', 'erase', 'erased', 'tutor', 'Maria Lopez', '{}'`)),
  ...refusedBy('audit_log_students_are_not_named', recordOf(`'command', 'erase', 'erased', 'student', 's-1', '{}'`)),
  ...refusedBy('audit_log_details_are_an_object', recordOf(`'user', '${USER}', 'saw', 'tutors', null, '[]'`)),
];

export const KEPT_AUDIT_LOG: string[] = [
  recordOf(`'user', '${USER}', 'saw', 'tutor', '${USER}', '{}'`),
  recordOf(`'nobody', null, 'sign_in_failed', 'user', null, '{}'`),
  recordOf(`'command', 'erase', 'erased', 'student', null, '{"sessions": 3}'`),
  // What retention and restore say first.
  `${UNLOCKED}; delete from audit_log`,
  `${UNLOCKED}; truncate audit_log`,
];
