import type { WindowCounts } from '../scoring/reschedule-rate.ts';
import { DEFAULT_RISK_THRESHOLD, isHighRisk } from '../scoring/risk.ts';
import { isWithin, type WindowDays, windowAt } from '../scoring/window.ts';
import { type AuditRow, excludedRow, percent, row } from './audit-row.ts';
import { type Evidence, isTutorMove, type MeasuredTutor } from './evidence.ts';
import { sessionQuotas } from './quotas.ts';
import type { RiskClass } from './synthetic-data.ts';
import { RISK_CLASSES } from './targets.ts';

/** Moves a day that "weekly, monthly, quarterly" would make. */
const CADENCE_DAYS: Record<RiskClass, number> = { high: 7, medium: 30, low: 90 };

/** The load that makes the class rates and the status mix fit each other, and what follows from it. */
export function auditLoad(evidence: Evidence): AuditRow[] {
  return [loadRow(evidence), loadRateRow(evidence), cadenceRow(evidence), flagRow(evidence)];
}

function loadRow({ byClass, options }: Evidence): AuditRow {
  const loads = RISK_CLASSES.map((name) => ({
    name,
    sessions: sessionsOf(byClass[name]),
    tutors: byClass[name].length,
  }));
  const present = loads.filter(({ tutors }) => tutors > 0);
  const reached = present.map(({ name, sessions, tutors }) => `${name} ${(sessions / tutors).toFixed(1)}`).join(', ');
  return row(
    'load: sessions a tutor (solved)',
    'high teach more',
    reached,
    isSolved(present),
    `in ${options.days} days`,
  );
}

/** Whether no class teaches more than the high one; nothing to compare with is fine. */
function isSolved(loads: { name: RiskClass; sessions: number; tutors: number }[]): boolean {
  const high = loads.find(({ name }) => name === 'high');
  return high === undefined || loads.every(({ sessions, tutors }) => sessions / tutors <= high.sessions / high.tutors);
}

function loadRateRow({ byClass, sessions }: Evidence): AuditRow {
  const quota = sessionQuotas(sessions.length).movedByTutor;
  const parts = RISK_CLASSES.map((name) => `${name} ${movesOf(byClass[name])}`);
  const total = RISK_CLASSES.reduce((sum, name) => sum + movesOf(byClass[name]), 0);
  const reached = `${total} (${parts.join(', ')})`;
  const note = total < quota ? 'the classes do not allow more; students’ moves fill the gap' : '';
  return row('load: tutor moves = sum of rate × load', `${quota}`, reached, total === quota, note);
}

function cadenceRow({ byClass, options, tutorMoves }: Evidence): AuditRow {
  const target = 'moves weekly (high), monthly, quarterly (low)';
  const moves = RISK_CLASSES.reduce((sum, name) => sum + (byClass[name].length * options.days) / CADENCE_DAYS[name], 0);
  const quota = sessionQuotas(options.sessions).rescheduled;
  const wanted = `about ${Math.round(moves)} in all`;
  const reached = `${tutorMoves.length}`;
  if (Math.abs(tutorMoves.length - moves) <= 0.05 * moves) return row(target, wanted, reached, true);
  return excludedRow(target, wanted, reached, `25 % rescheduled are ${quota} moves, which excludes it`);
}

function flagRow({ byClass, options }: Evidence): AuditRow {
  const [low, medium, high] = [byClass.low, byClass.medium, byClass.high].map((members) => ({
    members: members.length,
    flagged: members.filter((member) => isFlagged(member, options.asOf)).length,
  }));
  const shareOf = (part: typeof low): string => percent(part?.flagged ?? 0, part?.members ?? 0);
  return row(
    `flagged above ${DEFAULT_RISK_THRESHOLD} %: low, medium, high`,
    'a third at most, some, all',
    [low, medium, high].map(shareOf).join(', '),
    3 * (low?.flagged ?? 0) <= (low?.members ?? 0) && high?.flagged === high?.members,
    'one move in a quiet week is enough to be flagged',
  );
}

/** The product's own rule, counted here from the sessions. */
function isFlagged({ sessions }: MeasuredTutor, asOf: Date): boolean {
  const countIn = (days: WindowDays): WindowCounts => {
    const window = windowAt(asOf, days);
    const inside = sessions.filter(({ start }) => isWithin(new Date(start), window));
    return { sessions: inside.length, reschedules: inside.filter(isTutorMove).length };
  };
  return isHighRisk({ 7: countIn(7), 30: countIn(30), 90: countIn(90) }, DEFAULT_RISK_THRESHOLD);
}

function sessionsOf(members: MeasuredTutor[]): number {
  return members.reduce((sum, { sessions }) => sum + sessions.length, 0);
}

function movesOf(members: MeasuredTutor[]): number {
  return members.reduce((sum, { sessions }) => sum + sessions.filter(isTutorMove).length, 0);
}
