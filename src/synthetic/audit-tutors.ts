import { DAY_MS } from '../scoring/window.ts';
import { type AuditRow, excludedRow, percent, row, shareRow } from './audit-row.ts';
import type { Evidence, MeasuredTutor } from './evidence.ts';
import type { RiskClass } from './synthetic-data.ts';
import * as targets from './targets.ts';

/** How many tutors there are, how old, and whether their realised rates lie in their classes. */
export function auditTutors(evidence: Evidence): AuditRow[] {
  const { tutors, options } = evidence;
  return [
    row('tutors', `${options.tutors}`, `${tutors.length}`, tutors.length === options.tutors),
    shareRow({
      target: 'active tutors',
      part: tutors.filter(({ tutor }) => tutor.is_active).length,
      whole: tutors.length,
      wanted: targets.SHARES.active,
      tolerancePoints: 0.5,
    }),
    inactiveRow(evidence),
    createdRow(evidence),
    ...targets.RISK_CLASSES.flatMap((name) => [classShareRow(evidence, name), classRateRow(evidence, name)]),
    highSpreadRow(evidence),
  ];
}

function inactiveRow({ tutors, options }: Evidence): AuditRow {
  const target = 'inactive tutors stopped teaching earlier';
  const lastStarts = tutors
    .filter(({ tutor, sessions }) => !tutor.is_active && sessions.length > 0)
    .map(({ sessions }) => sessions.at(-1)?.start ?? 0);
  if (lastStarts.length === 0) return excludedRow(target, 'all', 'none', 'no inactive tutor has sessions');
  // They leave after 40 to 80 % of the period (of its last 90 days, if it is longer).
  const latest = options.asOf.getTime() - 0.1 * Math.min(options.days * DAY_MS, targets.CLASS_WINDOW_MS);
  const stopped = lastStarts.filter((start) => start < latest).length;
  return row(target, 'all', `${stopped} of ${lastStarts.length}`, stopped === lastStarts.length);
}

function createdRow({ tutors, options }: Evidence): AuditRow {
  const target = 'tutors created over the past 6 months';
  const wanted = `within ${targets.CREATION_DAYS} days`;
  const ages = tutors.map(({ tutor }) => (options.asOf.getTime() - tutor.created_at.getTime()) / DAY_MS);
  const oldest = Math.max(...ages);
  const newest = Math.min(...ages);
  const reached = `${newest.toFixed(0)} to ${oldest.toFixed(0)} days ago`;
  if (options.days > targets.CREATION_DAYS) {
    return excludedRow(target, wanted, reached, `${options.days} days of sessions need older tutors`);
  }
  return row(target, wanted, reached, newest >= 0 && oldest < targets.CREATION_DAYS + 1);
}

function classShareRow({ byClass, tutors }: Evidence, name: RiskClass): AuditRow {
  return shareRow({
    target: `${name}-risk tutors`,
    part: byClass[name].length,
    whole: tutors.length,
    wanted: targets.CLASS_TARGETS[name].share,
    tolerancePoints: 0.5,
  });
}

function classRateRow({ byClass }: Evidence, name: RiskClass): AuditRow {
  const { band, fewestSessions } = targets.CLASS_TARGETS[name];
  const members = byClass[name];
  const target = `${name}-risk tutors by their 90-day rate`;
  const wanted = name === 'low' ? `all ${bandText({ ...band, over: 0 })}` : `all over ${bandText(band)}`;
  if (members.length === 0) return excludedRow(target, wanted, 'none', 'too few tutors for this class');
  const inBand = members.filter((member) => isMemberOf(member, band)).length;
  const withSessions = members.filter(({ recentSessions }) => recentSessions > 0);
  const rates = withSessions.map(({ recentMoves, recentSessions }) => (100 * recentMoves) / recentSessions);
  const range =
    rates.length === 0 ? 'no sessions' : `${Math.min(...rates).toFixed(1)}–${Math.max(...rates).toFixed(1)} %`;
  const tooFew = members.filter(({ recentSessions }) => recentSessions < fewestSessions).length;
  const note = tooFew === 0 ? '' : `${tooFew} have too few sessions for such a rate (under ${fewestSessions})`;
  return row(target, wanted, `${inBand} of ${members.length}, ${range}`, inBand === members.length, note);
}

function highSpreadRow({ byClass: { high } }: Evidence): AuditRow {
  const target = 'high risk: mostly 20–40 %, some 40–60 %';
  const usual = high.filter((member) => isMemberOf(member, targets.HIGH_USUAL)).length;
  const extreme = high.filter((member) => isMemberOf(member, targets.HIGH_EXTREME)).length;
  const reached = `${percent(usual, high.length)} and ${percent(extreme, high.length)}`;
  if (high.length < 4) return excludedRow(target, 'over half, and some', reached, 'fewer than 4 high-risk tutors');
  return row(target, 'over half, and some', reached, 2 * usual > high.length && extreme > 0);
}

function isMemberOf({ recentMoves, recentSessions }: MeasuredTutor, band: targets.RateBand): boolean {
  return targets.isInBand(recentMoves, recentSessions, band);
}

function bandText({ over, upTo }: targets.RateBand): string {
  return `${over}–${upTo} %`;
}
