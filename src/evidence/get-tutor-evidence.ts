import type { TutorEvidence } from '../contract/evidence.ts';
import type { TutorListItem } from '../contract/tutors.ts';
import type { Db } from '../database/connection.ts';
import { type Clearing, whenCleared } from '../scoring/clearing.ts';
import { isFlagged } from '../scoring/evidence.ts';
import { DAY_MS, windowAt } from '../scoring/window.ts';
import { getTutor } from '../tutors/queries.ts';
import { weighedScoresAt } from '../tutors/scores-at.ts';
import { describeDay, describePrior } from './describe.ts';
import { explain } from './explain.ts';
import { EVIDENCE_DAYS } from './left-out-days.ts';
import type { Moment } from './moment.ts';
import type { StoredPrior } from './prior-queries.ts';
import { alarmAt } from './rise-queries.ts';
import { type WeighedSession, weighedSessions } from './tutor-queries.ts';

/** Sessions are booked at most two years ahead; those of a past day are looked at as if none had been. */
const BOOKED_DAYS = 731;

/** Why a tutor is in a tier, what it rests on, and what clears it; `null` if the tutor is unknown. */
export async function getTutorEvidence(
  db: Db,
  { asOf, isPast }: Moment,
  id: string,
  timezone: string,
): Promise<TutorEvidence | null> {
  const scores = await weighedScoresAt(db, { asOf, isPast }, id);
  const tutor = await getTutor(db, id, scores);
  if (tutor === null) return null;
  const { from } = windowAt(asOf, EVIDENCE_DAYS);
  const until = isPast ? asOf : new Date(asOf.getTime() + BOOKED_DAYS * DAY_MS);
  const [sessions, rise] = await Promise.all([
    weighedSessions(db, id, { from, until }),
    tutor.rise_signalled_at === null ? null : alarmAt(db, id, new Date(tutor.rise_signalled_at)),
  ]);
  const counted = sessions.filter(({ left_out_day }) => left_out_day === null);
  const facts = {
    as_of: asOf,
    risk_threshold: tutor.risk_threshold,
    ...evidenceOf(tutor),
    prior: describePrior(scores.prior),
    moves: movesOf(counted, asOf),
    left_out: leftOutOf(sessions, asOf),
    clears: isFlagged(tutor.evidence) ? clearsOf(counted, tutor, scores.prior, asOf) : null,
    rise,
  };
  return { ...facts, sentences: explain(facts, timezone) };
}

function evidenceOf(tutor: TutorListItem) {
  const { evidence, risk_probability, expected_rate, expected_rate_lower, expected_rate_upper } = tutor;
  const { evidence_sessions, evidence_reschedules, prior_version, rise_signalled_at } = tutor;
  const rates = { expected_rate, expected_rate_lower, expected_rate_upper };
  return {
    evidence,
    risk_probability,
    ...rates,
    evidence_sessions,
    evidence_reschedules,
    prior_version,
    rise_signalled_at,
  };
}

function movesOf(sessions: readonly WeighedSession[], asOf: Date): TutorEvidence['moves'] {
  return sessions
    .filter(({ is_moved_by_tutor, scheduled_time }) => is_moved_by_tutor && scheduled_time < asOf)
    .map(({ session_id, original_time, student_id }) => ({ session_id, original_time, student_id }))
    .toReversed();
}

function leftOutOf(sessions: readonly WeighedSession[], asOf: Date): TutorEvidence['left_out'] {
  const past = sessions.filter(({ scheduled_time }) => scheduled_time < asOf);
  return Array.from(Map.groupBy(past, ({ left_out_day }) => left_out_day)).flatMap(([day, each]) => {
    const reschedules = each.filter(({ is_moved_by_tutor }) => is_moved_by_tutor).length;
    return day === null ? [] : [describeDay({ day, sessions: each.length, reschedules })];
  });
}

function clearsOf(
  sessions: readonly WeighedSession[],
  { evidence, risk_threshold }: TutorListItem,
  { a, b }: StoredPrior,
  asOf: Date,
): TutorEvidence['clears'] {
  const rule = { prior: { a, b }, threshold: risk_threshold / 100, tier: evidence };
  const { at, becomes, movesLeaving, keptSessions }: Clearing = whenCleared({
    sessions,
    asOf,
    windowDays: EVIDENCE_DAYS,
    ...rule,
  });
  return { at, becomes, moves_leaving: movesLeaving, kept_sessions: keptSessions };
}
