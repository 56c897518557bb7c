import { countOf, formatCounts } from '../contract/format.ts';
import type { WindowCounts } from '../scoring/reschedule-rate.ts';
import { windowsAbove } from '../scoring/risk.ts';
import { isWithin, type WindowDays, windowAt } from '../scoring/window.ts';
import type { Insights } from './facts.ts';
import { FEW_SESSIONS, recommend, type Situation } from './recommend.ts';

/** A move the tutor made; `hours_before_session` is the notice, null when unknown. */
export type TutorMove = { original_time: Date; hours_before_session: number | null };

export type InsightInput = Situation & {
  asOf: Date;
  /** The 30 days before the last 30. */
  previous30d: WindowCounts;
  /** The tutor's own moves in the last 90 days, in any order. */
  moves: readonly TutorMove[];
};

/**
 * What a reader should know beside the rates, most important first, and one sentence on what to do.
 * Says little when there is little to say; of weekdays, hours, students and reasons nothing but what `patterns` found,
 * for the rest is what chance alone can make.
 */
export function describeInsights(input: InsightInput): Insights {
  const observations = [
    ...input.patterns.map(({ sentence }) => sentence),
    ...describeFewSessions(input),
    ...describeRecent(input),
    ...describeNotice(input),
    ...describeTrend(input),
  ];
  return { observations, recommendation: recommend(input) };
}

/** Where evidence was weighed it has counted how few they are: only of `too_few` they are too few. */
function describeFewSessions({ counts, threshold, evidence }: InsightInput): string[] {
  const all = counts[90];
  if (all.sessions === 0 || (evidence !== null && evidence.tier !== 'too_few')) return [];
  if (all.sessions < FEW_SESSIONS) {
    return [`Moved ${formatCounts(all)} ${nounFor(all.sessions)} in the last 90 days: too few to judge.`];
  }
  return windowsAbove(counts, threshold)
    .filter((days) => counts[days].sessions < FEW_SESSIONS)
    .map(
      (days) => `The ${days}-day rate rests on ${countOf(counts[days].sessions, 'session')}: too few to judge alone.`,
    );
}

function describeRecent({ counts }: InsightInput): string[] {
  const { sessions, reschedules } = counts[7];
  if (reschedules > 0)
    return [`${countOf(reschedules, 'move')} in the last 7 days, out of ${countOf(sessions, 'session')}.`];
  if (sessions > 0 && counts[30].reschedules > 0)
    return [`No moves in the last 7 days, out of ${countOf(sessions, 'session')}.`];
  return [];
}

function describeNotice({ asOf, moves }: InsightInput): string[] {
  const recent = noticesWithin(asOf, 30, moves);
  const { days, known, unknown } = recent.known.length > 1 ? recent : noticesWithin(asOf, 90, moves);
  if (known.length < 2) return [];
  const short = known.filter((hours) => hours < 24).length;
  const late = known.filter((hours) => hours < 0).length;
  const group = `moves${unknown === 0 ? '' : ' with known notice'} in the last ${days} days`;
  if (short === 0) return [`${allOf(known.length)} ${group} came at least a day ahead.`];
  const who = short === known.length ? allOf(short) : `${short} of ${known.length}`;
  return [
    `${who} ${group} came with less than a day's notice${late === 0 ? '' : `, ${late} of them after the start`}.`,
  ];
}

function noticesWithin(asOf: Date, days: WindowDays, moves: readonly TutorMove[]) {
  const window = windowAt(asOf, days);
  const notices = moves.filter((move) => isWithin(move.original_time, window)).map((move) => move.hours_before_session);
  const known = notices.filter((hours) => hours !== null);
  return { days, known, unknown: notices.length - known.length };
}

function describeTrend({ counts, previous30d }: InsightInput): string[] {
  const now = counts[30];
  if (Math.min(now.sessions, previous30d.sessions) < FEW_SESSIONS) return [];
  if (now.reschedules + previous30d.reschedules === 0) return [];
  const points = 100 * (now.reschedules / now.sessions - previous30d.reschedules / previous30d.sessions);
  const counted = `(${formatCounts(previous30d)}, then ${formatCounts(now)})`;
  const tenths = Math.round(Math.abs(points) * 10) / 10;
  if (tenths === 0) return [`The same 30-day rate as in the 30 days before ${counted}.`];
  return [`${points > 0 ? '+' : '−'}${tenths.toFixed(1)} points against the 30 days before ${counted}.`];
}

function nounFor(count: number): string {
  return count === 1 ? 'session' : 'sessions';
}

function allOf(count: number): string {
  return count === 2 ? 'Both' : `All ${count}`;
}
