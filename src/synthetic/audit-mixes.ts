import { at } from './at.ts';
import { type AuditRow, excludedRow, percent, row, shareRow } from './audit-row.ts';
import { localClock } from './calendar.ts';
import { type Evidence, isTutorMove, type MeasuredSession } from './evidence.ts';
import { REASONS } from './reasons.ts';
import type { SyntheticSession } from './synthetic-data.ts';
import { SHARES, SHORT_NOTICE_HOURS } from './targets.ts';

/** A habit shows from so many moves on; below, chance looks the same. */
const HABIT_MOVES = 15;

/** Statuses, who moved, notice, reasons and habits. */
export function auditMixes(evidence: Evidence): AuditRow[] {
  const { options, sessions, tutorMoves } = evidence;
  const moved = sessions.filter(({ session }) => session.status === 'rescheduled');
  return [
    row('sessions', `${options.sessions}`, `${sessions.length}`, sessions.length === options.sessions),
    statusRow(sessions, 'completed', SHARES.completed),
    statusRow(sessions, 'rescheduled', SHARES.rescheduled),
    statusRow(sessions, 'no_show', SHARES.noShow),
    shareRow({
      target: 'of the rescheduled, by the tutor',
      part: moved.filter(isTutorMove).length,
      whole: moved.length,
      wanted: SHARES.movedByTutor,
      tolerancePoints: 0.5,
    }),
    noticeRow(tutorMoves, `notice under ${SHORT_NOTICE_HOURS} h`, SHARES.shortNotice, true),
    noticeRow(tutorMoves, `notice over ${SHORT_NOTICE_HOURS} h`, 1 - SHARES.shortNotice, false),
    reasonRow(tutorMoves),
    habitRow(evidence, 'tutors who repeat one reason', 0.6, ({ move }) => move?.reason_code ?? ''),
    favouriteRow(evidence),
  ];
}

function statusRow(sessions: MeasuredSession[], status: SyntheticSession['status'], wanted: number): AuditRow {
  const part = sessions.filter(({ session }) => session.status === status).length;
  return shareRow({ target: `status ${status}`, part, whole: sessions.length, wanted, tolerancePoints: 0.5 });
}

function noticeRow(moves: MeasuredSession[], target: string, wanted: number, isShort: boolean): AuditRow {
  const part = moves.filter(({ move }) => (move?.noticeHours ?? 0) < SHORT_NOTICE_HOURS === isShort).length;
  return shareRow({ target, part, whole: moves.length, wanted, tolerancePoints: 1 });
}

function reasonRow(moves: MeasuredSession[]): AuditRow {
  const target = 'reasons: personal, conflict, family | health, technical';
  const wanted = 'each common > each rare > 0';
  if (moves.length === 0) return excludedRow(target, wanted, 'none', 'no tutor moved a session');
  const counts = REASONS.map(({ code, common }) => ({
    common,
    count: moves.filter(({ move }) => move?.reason_code === code).length,
  }));
  const texts = (isCommon: boolean): string =>
    counts
      .filter(({ common }) => common === isCommon)
      .map(({ count }) => percent(count, moves.length))
      .join(', ');
  const rare = counts.filter(({ common }) => !common).map(({ count }) => count);
  const isReached = Math.min(...rare) > 0 && counts.every(({ common, count }) => !common || count > Math.max(...rare));
  const note = moves.length < 100 ? `only ${moves.length} moves` : '';
  return row(target, wanted, `${texts(true)} | ${texts(false)}`, isReached, note);
}

function favouriteRow(evidence: Evidence): AuditRow {
  const localTime = localClock(evidence.options.timezone);
  return habitRow(evidence, 'tutors with a favourite weekday for moving', 0.4, ({ start }) => localTime(start).weekday);
}

/** How many of the tutors with moves enough have a share of them in common. */
function habitRow(
  { tutors }: Evidence,
  target: string,
  share: number,
  traitOf: (moved: MeasuredSession) => string | number,
): AuditRow {
  const movers = tutors
    .map(({ sessions }) => sessions.filter(isTutorMove))
    .filter((moves) => moves.length >= HABIT_MOVES);
  const repeating = movers.filter((moves) => {
    const groups = [...Map.groupBy(moves, traitOf).values()];
    const largest = at(
      groups.toSorted((one, other) => other.length - one.length),
      0,
    );
    return largest.length >= share * moves.length;
  });
  const reached = `${repeating.length} of ${movers.length}`;
  if (movers.length < 4) return excludedRow(target, 'some', reached, `fewer than 4 tutors have ${HABIT_MOVES} moves`);
  const isReached = repeating.length > 0 && repeating.length < movers.length;
  return row(target, 'some', reached, isReached, `${100 * share} % or more alike, of tutors with ${HABIT_MOVES} moves`);
}
