/** Who can be the one who did it: a user, a program with an API key, a command on the server, or somebody not signed in. */
export const ACTOR_KINDS = ['user', 'api_key', 'command', 'nobody'] as const;
export type ActorKind = (typeof ACTOR_KINDS)[number];

/** All that the audit log can say was done. */
export const AUDIT_ACTIONS = [
  'saw',
  'changed',
  'exported',
  'signed_in',
  'sign_in_failed',
  'signed_out',
  'erased',
  'deleted',
  'restored',
] as const;
export type AuditAction = (typeof AUDIT_ACTIONS)[number];

/** What it can have been done to; a plural is a list, or figures about many. */
export const AUDIT_SUBJECTS = [
  'tutor',
  'tutors',
  'report',
  'reports',
  'student',
  'user',
  'settings',
  'database',
  'audit_log',
] as const;
export type AuditSubject = (typeof AUDIT_SUBJECTS)[number];
