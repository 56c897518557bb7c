import { countOf, formatCounts, formatProbability, formatThreshold } from '../contract/format.ts';
import type { TutorPattern } from '../contract/pattern.ts';
import { isAboveThreshold, type ScoreCounts, windowsAbove } from '../scoring/risk.ts';
import { questionAbout } from './describe-pattern.ts';
import type { ReportedEvidence } from './facts.ts';

export type Situation = {
  counts: ScoreCounts;
  /** Percent. */
  threshold: number;
  /** `null` = not weighed yet: then the counts alone tell what to do. */
  evidence: ReportedEvidence | null;
  /** Where moves gather more than chance explains, most surprising first. */
  patterns: readonly TutorPattern[];
};

/** With fewer sessions a single move swings the rate by 10 points or more. */
export const FEW_SESSIONS = 10;

/** One sentence or two on what to do: what the evidence allows, and of a pattern what it asks for. */
export function recommend(situation: Situation): string {
  const { counts, evidence, patterns } = situation;
  if (counts[90].sessions === 0) return 'Nothing to do.';
  const [pattern] = patterns;
  const question = pattern === undefined ? null : questionAbout(pattern);
  return evidence === null ? byCounts(situation, question) : byEvidence(situation, evidence, question);
}

function byEvidence({ counts, threshold }: Situation, evidence: ReportedEvidence, question: string | null): string {
  switch (evidence.tier) {
    case 'confirmed':
      return talkAbout(question);
    case 'watch':
      return question === null
        ? watchNext(evidence, threshold)
        : `Keep an eye on the next sessions, and ask ${question}.`;
    case 'too_few':
      return `Wait for more sessions: ${outOf(counts[90])} ${counts[90].reschedules === 1 ? 'says' : 'say'} too little.`;
    case 'clear':
      return whenClear(counts, threshold, evidence, question);
    default:
      return evidence.tier satisfies never;
  }
}

function talkAbout(question: string | null): string {
  return `Talk to the tutor: ask ${question ?? 'what is behind the moves, and whether the booked hours still suit'}.`;
}

function watchNext({ expected_rate }: ReportedEvidence, threshold: number): string {
  const expected = countOf(Math.max(1, Math.round(expected_rate / 10)), 'move');
  return `Keep an eye on the next 10 sessions: about ${expected} can be expected. More would speak for a rate above ${formatThreshold(threshold)}, none against it.`;
}

function whenClear(
  counts: ScoreCounts,
  threshold: number,
  evidence: ReportedEvidence,
  question: string | null,
): string {
  const [days] = windowsAbove(counts, threshold);
  const later = question === null ? '' : ` When you speak next, ask ${question}.`;
  if (evidence.rise_signalled_at !== null) {
    return `Keep an eye on the next sessions: the tutor's own rate has risen.${later}`;
  }
  if (days === undefined) return question === null ? 'Nothing to do.' : `Nothing urgent.${later}`;
  const chance = `${formatProbability(evidence.risk_probability)} likely to be above ${formatThreshold(threshold)}`;
  return `No action: ${outOf(counts[days])} in ${days} days can well be chance; by all 90 days the tutor is ${chance}.${later}`;
}

/** "3 moves in 4 sessions". */
function outOf({ sessions, reschedules }: ScoreCounts[90]): string {
  return `${countOf(reschedules, 'move')} in ${countOf(sessions, 'session')}`;
}

/** While evidence is not weighed yet. */
function byCounts({ counts, threshold }: Situation, question: string | null): string {
  if (counts[90].sessions < FEW_SESSIONS) {
    return 'Too few sessions to judge: wait for more before drawing conclusions.';
  }
  const above = windowsAbove(counts, threshold);
  if (above.length === 0) return belowThreshold(counts, threshold);
  if (above.every((days) => counts[days].sessions < FEW_SESSIONS)) {
    return 'Keep an eye on the next sessions: the flag rests on too few to act on.';
  }
  if (!above.includes(30) && !above.includes(7) && counts[30].sessions >= FEW_SESSIONS) {
    return `Keep an eye: the last 30 days are not above ${formatThreshold(threshold)}, older moves still count in the 90 days.`;
  }
  return talkAbout(question);
}

function belowThreshold(counts: ScoreCounts, threshold: number): string {
  const { sessions, reschedules } = counts[30];
  const oneMore = { sessions: sessions + 1, reschedules: reschedules + 1 };
  const isClose = sessions >= FEW_SESSIONS && reschedules > 1 && isAboveThreshold(oneMore, threshold);
  if (!isClose) return 'Nothing to do.';
  return `Keep an eye: one more move would put the 30-day rate above ${formatThreshold(threshold)} (${formatCounts(oneMore)}).`;
}
