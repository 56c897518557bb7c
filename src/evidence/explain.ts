import type { TutorEvidence } from '../contract/evidence.ts';
import { describeWhy, trueRateWords } from '../contract/evidence-words.ts';
import { countOf, formatCounts, formatEstimate, formatRange } from '../contract/format.ts';
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
    ...describeTrueRate(facts),
    ...describeClearing(facts, timezone),
    ...describeRise(facts, timezone),
    ...facts.left_out.map((day) => describeLeftOut(day)),
    ...describePriorOf(facts),
  ];
}

function describeTrueRate(facts: Explained): string[] {
  const { expected_rate: rate, expected_rate_lower: lower, expected_rate_upper: upper, prior } = facts;
  if (rate === null || lower === null || upper === null || facts.evidence_sessions === 0) return [];
  const own = `The true rate is ${trueRateWords({ rate, lower, upper })}`;
  const usual = `usual among ${prior.basis === 'fitted' ? `the ${prior.tutors} active tutors` : 'tutors'} are ${formatRange(prior.rate_lower, prior.rate_upper)}`;
  return [prior.basis === 'no_difference' ? `${own}.` : `${own}; ${usual}.`];
}

function describeClearing({ evidence, clears, as_of }: Explained, timezone: string): string[] {
  if (!isFlagged(evidence) || clears === null) return [];
  const { at, becomes, moves_leaving, kept_sessions } = clears;
  const kept = kept_sessions === null ? null : keptWords(kept_sessions);
  const day = at === null ? null : `on ${dayOf(at, as_of, timezone)} if nothing more happens`;
  if (day === null) return kept === null ? [] : [`Clears ${kept}.`];
  if (becomes === 'too_few') {
    const ends = `Ends ${day}: too few sessions are left by then to say.`;
    return kept === null ? [ends] : [`Clears ${kept}.`, ends];
  }
  const left = `, when ${moves_leaving === 1 ? 'a move has' : `${moves_leaving} moves have`} left the 90 days`;
  return [`Clears ${day}${moves_leaving === 0 ? '' : left}${kept === null ? '' : `, or ${kept}`}.`];
}

function keptWords(sessions: number): string {
  return `after ${countOf(sessions, 'kept session')}${sessions === 1 ? '' : ' in a row'}`;
}

function describeRise({ rise, as_of }: Explained, timezone: string): string[] {
  if (rise === null) return [];
  const noticed = new Date(rise.signalled_at.getTime() - 1);
  return [
    `The rate has risen: up to ${dayOf(noticed, as_of, timezone)} moves came on ${countOf(rise.move_days, 'day')}, with ${countOf(rise.kept_sessions, 'kept session')} in between; where ${formatEstimate(rise.usual_rate)} % is usual, that is rare.`,
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
