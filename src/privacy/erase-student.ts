import { randomUUID } from 'node:crypto';
import { announce } from '../database/announce.ts';
import type { Tx } from '../database/connection.ts';
import { foreign } from '../reports/describe-pattern.ts';
import { pseudonymiseReports } from '../reports/erase-queries.ts';
import { pseudonymiseSessions } from '../sessions/erase-queries.ts';
import type { Erasure } from './erasure.ts';

/**
 * Takes from everywhere who a student is. The sessions stay and count: they are the tutor's, too. All of them get one
 * pseudonym, drawn by chance and kept nowhere, so that what gathers at one student can still be seen.
 */
export async function eraseStudent(tx: Tx, id: string): Promise<Erasure> {
  const pseudonym = `erased-${randomUUID()}`;
  const sessions = await pseudonymiseSessions(tx, id, pseudonym);
  const email_reports = await pseudonymiseReports(tx, { id, described: foreign(id) }, pseudonym);
  await announce(tx, { scores: 1, reports: 1 });
  return { ...sessions, email_reports };
}
