import type { Tx } from '../database/connection.ts';
import { WINDOW_DAYS } from '../scoring/window.ts';
import type { UndecidedSession } from '../sessions/undecided-queries.ts';
import type { ReportedMove, ReportFacts } from './facts.ts';
import { describeInsights } from './insights.ts';
import { insertReports, recentMoves, type TutorFigures, tutorFigures } from './make-queries.ts';

/**
 * Makes the reports of these sessions, one a recipient, with the figures that hold for `asOf`; the scores of their
 * tutors must be up to date. Returns the ids of the reports made: what is there already stays as it is.
 */
export async function makeReports(
  tx: Tx,
  sessions: readonly UndecidedSession[],
  asOf: Date,
  recipients: readonly string[],
): Promise<string[]> {
  if (sessions.length === 0) return [];
  const tutorIds = [...new Set(sessions.map(({ tutor_id }) => tutor_id))];
  const figures = await tutorFigures(tx, tutorIds, asOf);
  const moves = await recentMoves(tx, tutorIds, asOf);
  const reports = sessions.flatMap((session) => {
    const tutor = figures.get(session.tutor_id);
    if (tutor === undefined) throw new Error(`tutor ${session.tutor_id} has no score`);
    const facts = JSON.stringify(factsOf(session, tutor, moves.get(session.tutor_id) ?? [], asOf));
    return recipients.map((recipient_email) => ({ session_id: session.id, recipient_email, facts }));
  });
  return insertReports(tx, reports, asOf);
}

type Move = { original_time: Date; hours_before_session: number | null };

function factsOf(session: UndecidedSession, tutor: TutorFigures, moves: readonly Move[], asOf: Date): ReportFacts {
  const [week, month, quarter] = WINDOW_DAYS;
  const counts = {
    [week]: { sessions: tutor.total_sessions_7d, reschedules: tutor.tutor_reschedules_7d },
    [month]: { sessions: tutor.total_sessions_30d, reschedules: tutor.tutor_reschedules_30d },
    [quarter]: { sessions: tutor.total_sessions_90d, reschedules: tutor.tutor_reschedules_90d },
  };
  const previous30d = { sessions: tutor.previous_sessions_30d, reschedules: tutor.previous_reschedules_30d };
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
    counts,
    risk_threshold: tutor.risk_threshold,
    insights: describeInsights({ asOf, counts, threshold: tutor.risk_threshold, previous30d, moves }),
  };
}

function moveOf(session: UndecidedSession): ReportedMove | null {
  if (session.initiator === null) return null;
  const { initiator, new_time, hours_before_session, reason, reason_code } = session;
  return { initiator, new_time: new_time?.toISOString() ?? null, hours_before_session, reason, reason_code };
}
