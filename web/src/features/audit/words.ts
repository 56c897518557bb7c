import type { AuditRecord } from '#contract/audit.ts';
import type { ActorKind, AuditAction, AuditSubject } from '#contract/audit-words.ts';
import type { OnWire } from '../../api/wire.ts';

type Entry = OnWire<AuditRecord>;

const ACTIONS: Record<AuditAction, string> = {
  saw: 'Saw',
  changed: 'Changed',
  exported: 'Exported',
  signed_in: 'Signed in',
  sign_in_failed: 'Could not sign in',
  signed_out: 'Signed out',
  erased: 'Erased',
  deleted: 'Deleted what was too old',
  restored: 'Restored a backup',
};

const SUBJECTS: Record<AuditSubject, string> = {
  tutor: 'A tutor',
  tutors: 'Lists of tutors',
  report: 'A report',
  reports: 'The list of reports',
  student: 'A student',
  user: 'A user',
  settings: 'The settings',
  database: 'The database',
  audit_log: 'The audit log',
};

export function actionWords(action: AuditAction): string {
  return ACTIONS[action];
}

export function subjectWords(subject: AuditSubject): string {
  return SUBJECTS[subject];
}

/** Who did it: a user by the name of today, else what is known of them. */
export function whoWords({ actor_kind, actor_id, actor_name }: Pick<Entry, 'actor_kind' | 'actor_id' | 'actor_name'>) {
  const words = {
    user: actor_name ?? 'deleted user',
    api_key: `API key ${actor_id}`,
    command: `${actor_id}`,
    nobody: 'nobody signed in',
  } satisfies Record<ActorKind, string>;
  return words[actor_kind];
}

/** "added, role admin", "from 15, to 20"; empty where there is nothing to say. */
export function detailWords(details: Entry['details']): string {
  // The database keeps them in an order of its own.
  const names = Object.keys(details).sort((one, other) => rank(one) - rank(other) || one.localeCompare(other));
  return names.map((name) => `${labelOf(name)}${valueWords(details[name])}`).join(', ');
}

/** What was done comes first; it needs no name. */
const FIRST = ['what', 'outcome', 'from', 'to'];

function rank(name: string): number {
  const place = FIRST.indexOf(name);
  return place === -1 ? FIRST.length : place;
}

function labelOf(name: string): string {
  return name === 'what' || name === 'outcome' ? '' : `${name.replaceAll('_', ' ')} `;
}

function valueWords(value: unknown): string {
  if (value === true) return '(given)';
  if (Array.isArray(value)) return value.join(' and ');
  return typeof value === 'string' ? value : JSON.stringify(value);
}
