import type { Tx } from '../database/connection.ts';
import type { UndecidedSession } from '../sessions/undecided-queries.ts';
import type { ReportedMove, ReportFacts } from './facts.ts';
import { countsOf, evidenceOf, insightsOf, type MoveStory } from './figures.ts';
import { findTutorPatterns, tutorsToLookAt } from './find-tutor-patterns.ts';
import { insertReports, recentMoves, type TutorFigures, tutorFigures } from './make-queries.ts';

/**
 * Makes the reports of these sessions, one a recipient, with the figures that hold for `asOf`; the scores of their
 * tutors must be up to date. Weekdays and hours are those of `timezone`. Returns the ids of the reports made: what is
 * there already stays as it is.
 */
export async function makeReports(
  tx: Tx,
  sessions: readonly UndecidedSession[],
  asOf: Date,
  recipients: readonly string[],
  timezone: string,
): Promise<string[]> {
  if (sessions.length === 0) return [];
  const tutorIds = [...new Set(sessions.map(({ tutor_id }) => tutor_id))];
  const figures = await tutorFigures(tx, tutorIds, asOf);
  const moves = await recentMoves(tx, tutorIds, asOf);
  const patterns = await findTutorPatterns(tx, tutorsToLookAt(figures), asOf, timezone);
  const reports = sessions.flatMap((session) => {
    const tutor = figures.get(session.tutor_id);
    if (tutor === undefined) throw new Error(`tutor ${session.tutor_id} has no score`);
    const story = { moves: moves.get(session.tutor_id) ?? [], patterns: patterns.get(session.tutor_id) ?? [] };
    const facts = JSON.stringify(factsOf(session, tutor, story, asOf));
    return recipients.map((recipient_email) => ({ session_id: session.id, recipient_email, facts }));
  });
  return insertReports(tx, reports, asOf);
}

function factsOf(session: UndecidedSession, tutor: TutorFigures, story: MoveStory, asOf: Date): ReportFacts {
  const evidence = evidenceOf(tutor);
  return {
    as_of: asOf.toISOString(),
    session: {
      id: session.id,
      student_id: session.student_id,
      scheduled_time: session.scheduled_time.toISOString(),
      status: session.status,
      reschedule: moveOf(session),
    },
    tutor: { id: session.tutor_id, name: tutor.name },
    counts: countsOf(tutor),
    risk_threshold: tutor.risk_threshold,
    ...(evidence === null ? {} : { evidence }),
    insights: insightsOf(tutor, story, asOf),
  };
}

function moveOf(session: UndecidedSession): ReportedMove | null {
  if (session.initiator === null) return null;
  const { initiator, new_time, hours_before_session, reason, reason_code } = session;
  return { initiator, new_time: new_time?.toISOString() ?? null, hours_before_session, reason, reason_code };
}
