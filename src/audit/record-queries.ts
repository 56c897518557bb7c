import { sql } from 'kysely';
import type { AuditAction, AuditSubject } from '../contract/audit-words.ts';
import { waitForTurn } from '../database/advisory-lock.ts';
import type { Db, Tx } from '../database/connection.ts';
import { unnest } from '../database/statements/rows.ts';
import type { Actor } from './actor.ts';

/** What somebody did, and to whom. */
export type Deed = {
  action: AuditAction;
  subject: AuditSubject;
  subjectId?: string | null;
  /** Counts, thresholds, choices; no name, no address, no id of a student, no password. */
  details?: Record<string, unknown>;
};

/** Notes a deed. With the transaction of a change, so that there is no change without its record. */
export async function record(db: Db, actor: Actor, { action, subject, subjectId, details }: Deed): Promise<void> {
  await db
    .insertInto('audit_log')
    .values({
      actor_kind: actor.kind,
      actor_id: actor.id,
      action,
      subject_kind: subject,
      subject_id: subjectId ?? null,
      request_id: actor.requestId,
      details: details ?? {},
    })
    .execute();
}

/**
 * Notes that somebody tried to sign in and could not: with the id of the user whose address was tried, if there is one,
 * and never with the address. The same statement for both, so that its time does not tell which it was.
 */
export async function recordFailedSignIn(db: Db, email: string, requestId: string): Promise<void> {
  await sql`
    insert into audit_log (actor_kind, action, subject_kind, subject_id, request_id)
    values ('nobody', 'sign_in_failed', 'user', (select id::text from users where email = ${email}), ${requestId})
  `.execute(db);
}

/** A look at personal data. */
export type Read = {
  userId: string;
  subject: AuditSubject;
  subjectId: string | null;
  requestId: string | null;
};

/** A look, and how long ago it was. */
export type PastRead = Read & { agoMs: number };

/**
 * Notes looks by users, but for those that the log has already: of the same user at the same subject within so many
 * minutes before. One at a time, so that several processes together note a look once.
 */
export async function recordReads(tx: Tx, reads: readonly PastRead[], quietMinutes: number): Promise<void> {
  await waitForTurn(tx, 'audit log: reads');
  const columns = {
    userId: 'text',
    subject: 'text',
    subjectId: 'text',
    requestId: 'text',
    agoMs: 'double precision',
  } as const;
  await sql`
    insert into audit_log (at, actor_kind, actor_id, action, subject_kind, subject_id, request_id)
    select n.at, 'user', n.actor_id, 'saw', n.subject_kind, n.subject_id, n.request_id
      from (select r.*, clock_timestamp() - make_interval(secs => r.ago_ms / 1000) as at
              from ${unnest(reads, columns)} as r (actor_id, subject_kind, subject_id, request_id, ago_ms)) n
     where not exists (
       select from audit_log l
        where l.actor_id = n.actor_id and l.at > n.at - make_interval(mins => ${quietMinutes})
          and l.actor_kind = 'user' and l.action = 'saw' and l.subject_kind = n.subject_kind
          and l.subject_id is not distinct from n.subject_id)
  `.execute(tx);
}

/** Deletes what was noted before an instant: one of the two that may. Returns how many records went. */
export async function deleteRecordsBefore(tx: Tx, before: Date): Promise<number> {
  await sql`set local tutor_quality.audit_log_unlocked = 'yes'`.execute(tx);
  const { numAffectedRows } = await sql`delete from audit_log where at < ${before}`.execute(tx);
  await sql`set local tutor_quality.audit_log_unlocked = 'no'`.execute(tx);
  return Number(numAffectedRows);
}
