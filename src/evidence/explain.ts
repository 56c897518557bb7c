import type { TutorEvidence } from '../contract/evidence.ts';
import {
  countOf,
  formatCounts,
  formatEstimate,
  formatProbability,
  formatRange,
  formatThreshold,
} from '../contract/format.ts';
import { isFlagged } from '../scoring/evidence.ts';

/** All that is explained of a tutor. */
export type Explained = Omit<TutorEvidence, 'sentences'>;

/**
 * Why a tutor is where the evidence puts it, for a reader who is no statistician, most important first; the first
 * sentence alone says why. Days are told in the business time zone.
 */
export function explain(facts: Explained, timezone: string): string[] {
  return [
    describeWhy(facts),
    ...describeExpected(facts),
    ...describeClearing(facts, timezone),
    ...describeRise(facts, timezone),
    ...facts.left_out.map((day) => describeLeftOut(day)),
    ...describePriorOf(facts),
  ];
}

function describeWhy(facts: Explained): string {
  const { evidence, evidence_sessions: sessions, evidence_reschedules: reschedules, risk_probability } = facts;
  if (sessions === 0) return 'No sessions in the last 90 days that count.';
  const moved = `Moved ${formatCounts({ sessions, reschedules })} ${sessions === 1 ? 'session' : 'sessions'} in the last 90 days`;
  if (risk_probability === null) return `${moved}: not weighed yet.`;
  const likely = `${formatProbability(risk_probability)} likely to be above ${formatThreshold(facts.risk_threshold)}`;
  return evidence === 'too_few' ? `${moved}: too few to say (${likely}).` : `${moved}: ${likely}.`;
}

function describeExpected(facts: Explained): string[] {
  const { expected_rate, expected_rate_lower: lower, expected_rate_upper: upper, prior } = facts;
  if (expected_rate === null || lower === null || upper === null || facts.evidence_sessions === 0) return [];
  const expected = `About ${formatEstimate(expected_rate)} % of the next sessions are to be expected to be moved, most likely ${formatRange(lower, upper)}`;
  const usual = `usual among ${prior.tutors > 0 ? `the ${prior.tutors} active tutors` : 'tutors'} are ${formatRange(prior.rate_lower, prior.rate_upper)}`;
  return [prior.basis === 'no_difference' ? `${expected}.` : `${expected}; ${usual}.`];
}

function describeClearing({ evidence, clears, as_of }: Explained, timezone: string): string[] {
  if (!isFlagged(evidence) || clears === null) return [];
  const { at, moves_leaving, kept_sessions } = clears;
  const leaving =
    moves_leaving === 0
      ? ''
      : `, when ${moves_leaving === 1 ? 'a move has' : `${moves_leaving} moves have`} left the 90 days`;
  const ways = [
    ...(at === null ? [] : [`on ${dayOf(at, as_of, timezone)} if nothing more happens${leaving}`]),
    ...(kept_sessions === null
      ? []
      : [`after ${countOf(kept_sessions, 'kept session')}${kept_sessions === 1 ? '' : ' in a row'}`]),
  ];
  return ways.length === 0 ? ['Time alone does not clear it.'] : [`Clears ${ways.join(', or ')}.`];
}

function describeRise({ rise, as_of }: Explained, timezone: string): string[] {
  if (rise === null) return [];
  const noticed = new Date(rise.signalled_at.getTime() - 1);
  return [
    `The rate has risen: ${formatCounts(rise)} sessions were moved up to ${dayOf(noticed, as_of, timezone)}, where about ${formatEstimate(rise.usual_rate)} % were usual before.`,
  ];
}

function describeLeftOut({ day, sessions, reschedules }: TutorEvidence['left_out'][number]): string {
  return `${plainDay(day)} is left out (${formatCounts({ sessions, reschedules })} here): so many sessions were moved in the whole marketplace that it says nothing of one tutor.`;
}

function describePriorOf({ prior }: Explained): string[] {
  if (prior.basis === 'no_difference') {
    return [
      `The data show no difference between tutors: all move about ${formatEstimate(prior.mean_rate)} % of their sessions.`,
    ];
  }
  if (prior.basis === 'assumed')
    return ['There is too little data yet to tell how tutors differ: the usual is assumed.'];
  return [];
}

/** "6 Dec", with the year where it is not that of the reader. */
function dayOf(at: Date, asOf: Date, timezone: string): string {
  const format = (date: Date, options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat('en-GB', { timeZone: timezone, ...options }).format(date);
  const year = format(at, { year: 'numeric' });
  const day = format(at, { day: 'numeric', month: 'short' });
  return year === format(asOf, { year: 'numeric' }) ? day : `${day} ${year}`;
}

function plainDay(day: string): string {
  return new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', day: 'numeric', month: 'short', year: 'numeric' }).format(
    new Date(`${day}T00:00:00Z`),
  );
}
