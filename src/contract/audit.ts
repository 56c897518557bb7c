import { z } from 'zod';
import { ACTOR_KINDS, AUDIT_ACTIONS, AUDIT_SUBJECTS } from './audit-words.ts';
import { oneOf, text } from './fields.ts';
import { instantOut } from './instant.ts';
import { optionalDay, page } from './query.ts';

/** Which records: the list and its CSV agree. */
const auditSelection = {
  from: optionalDay('The first day, in the business time zone.'),
  to: optionalDay('The last day, in the business time zone.'),
  actor: text(200).optional().describe('Who did it: the id of a user, the fingerprint of a key, or a command.'),
  actor_kind: oneOf(...ACTOR_KINDS).optional(),
  action: oneOf(...AUDIT_ACTIONS).optional(),
  subject: oneOf(...AUDIT_SUBJECTS)
    .optional()
    .describe('What it was done to; a plural is a list.'),
  subject_id: text(200).optional().describe('The id of a tutor, a report or a user.'),
};

export const auditCsvQuery = z.strictObject(auditSelection);
export const auditListQuery = z.strictObject({ ...auditSelection, ...page });
export type AuditSelection = z.output<typeof auditCsvQuery>;

const auditRecord = z
  .object({
    id: z.int(),
    at: instantOut,
    actor_kind: z.enum(ACTOR_KINDS),
    actor_id: z.string().nullable(),
    actor_name: z.string().nullable().describe('The name of a user as it is now; null for a user who is deleted.'),
    action: z.enum(AUDIT_ACTIONS),
    subject_kind: z.enum(AUDIT_SUBJECTS),
    subject_id: z.string().nullable(),
    subject_name: z.string().nullable().describe('The name of the tutor or the user as it is now.'),
    tutor_id: z.string().nullable().describe('The tutor whom it concerns, while there is one.'),
    request_id: z.string().nullable(),
    details: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'AuditRecord' });
export type AuditRecord = z.output<typeof auditRecord>;

export const auditList = z
  .object({ records: z.array(auditRecord), total: z.int(), limit: z.int(), offset: z.int() })
  .meta({ id: 'AuditList' });
export type AuditList = z.output<typeof auditList>;
