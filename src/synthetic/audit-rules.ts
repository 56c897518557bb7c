import { DAY_MS } from '../scoring/window.ts';
import { type AuditRow, row } from './audit-row.ts';
import { type Evidence, type MeasuredSession, periodStart } from './evidence.ts';

/** References, identity, and the rules that the API and the database enforce. */
export function auditRules(evidence: Evidence): AuditRow[] {
  const { sessions, tutors, options } = evidence;
  const known = new Map(tutors.map(({ tutor }) => [tutor.id, tutor]));
  const orphans = sessions.filter(({ session }) => !known.has(session.tutor_id)).length;
  const early = sessions.filter(({ session, start, move }) => {
    const created = known.get(session.tutor_id)?.created_at.getTime() ?? 0;
    return start < created || (move !== null && Date.parse(move.cancelled_at) < created);
  }).length;
  const outside = sessions.filter(({ start, end }) => start < periodStart(options) || end > options.asOf.getTime());
  const broken = sessions.filter((session) => !followsRules(session, options.asOf));
  return [
    noneRow('sessions without their tutor', orphans),
    noneRow('repeated session ids', sessions.length - new Set(sessions.map(({ session }) => session.session_id)).size),
    noneRow('repeated tutor ids', tutors.length - known.size),
    noneRow('repeated tutor emails', tutors.length - new Set(tutors.map(({ tutor }) => tutor.email)).size),
    noneRow('sessions or moves before their tutor was created', early),
    noneRow(`sessions outside the ${options.days} days`, outside.length),
    noneRow('sessions that break a rule of the API', broken.length),
  ];
}

function noneRow(target: string, count: number): AuditRow {
  return row(target, '0', `${count}`, count === 0);
}

/** Whether `POST /api/sessions` would take the session if it were received at `asOf`, when everything is finished. */
function followsRules(measured: MeasuredSession, asOf: Date): boolean {
  const { session, start, end, move } = measured;
  const received = asOf.getTime();
  const occurred = Date.parse(session.occurred_at);
  const { student_id, duration_minutes, status } = session;
  if (!(start <= received && occurred <= received)) return false;
  if (student_id.length < 1 || student_id.length > 255 || duration_minutes < 1 || duration_minutes > 1440) return false;
  if (status === 'rescheduled') return isMoveSound(measured, received) && session.completed_time === undefined;
  if (move !== null) return false;
  if (status === 'no_show') return session.completed_time === undefined && occurred === end;
  const completed = Date.parse(session.completed_time ?? '');
  return completed >= start && completed === occurred;
}

function isMoveSound({ session, start, move }: MeasuredSession, received: number): boolean {
  if (move === null) return false;
  const cancelled = Date.parse(move.cancelled_at);
  return (
    Date.parse(move.original_time) === start &&
    (move.new_time === null || Date.parse(move.new_time) > start) &&
    cancelled <= Math.min(received, start + DAY_MS) &&
    Date.parse(session.occurred_at) === cancelled
  );
}
