import { announce } from '../database/announce.ts';
import type { Tx } from '../database/connection.ts';
import { deleteRisesOf } from '../evidence/erase-queries.ts';
import { deleteReportsOf } from '../reports/erase-queries.ts';
import { deleteSessions, lockSessionsOfTutor } from '../sessions/erase-queries.ts';
import { deleteTutor, lockTutor, rememberErased } from '../tutors/erase-queries.ts';
import type { Erasure } from './erasure.ts';

/**
 * Deletes a tutor and all that belongs to it. What was worked out of everybody together stays: the priors, and the
 * totals of days, until the night counts them anew. So does the bare id, so that no late event brings the tutor back.
 */
export async function eraseTutor(tx: Tx, id: string): Promise<Erasure> {
  await lockTutor(tx, id);
  const sessionIds = await lockSessionsOfTutor(tx, id);
  const email_reports = await deleteReportsOf(tx, sessionIds);
  const sessions = await deleteSessions(tx, sessionIds);
  const rises = await deleteRisesOf(tx, id);
  const rest = await deleteTutor(tx, id);
  if (rest.tutors > 0) await rememberErased(tx, id);
  await announce(tx, { scores: 1, reports: 1 });
  return { email_reports, ...sessions, ...rises, ...rest };
}
