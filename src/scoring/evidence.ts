import { answeredOnce } from './answered-once.ts';
import { type Interval, jeffreysInterval } from './interval.ts';
import { credibleInterval, expectedRate, posteriorOf, probabilityAbove, type RateBelief } from './posterior.ts';
import type { WindowCounts } from './reschedule-rate.ts';

/**
 * How sure it is that a tutor's true rate is above the threshold. `confirmed`: sure enough to speak with the tutor.
 * `watch`: more likely than not. `clear`: neither. `too_few`: not confirmed, and so few sessions that neither `watch` nor
 * `clear` should be said.
 */
export const EVIDENCE_TIERS = ['confirmed', 'watch', 'clear', 'too_few'] as const;

export type EvidenceTier = (typeof EVIDENCE_TIERS)[number];

/**
 * What is known of one tutor. `expected_rate` and `interval` are shares: the rate to expect of the next sessions, and
 * the stretch that holds the true rate with 90 %. `risk_probability` is the chance that it is above the threshold.
 */
export type Evidence = {
  expected_rate: number;
  interval: Interval;
  risk_probability: number;
  evidence: EvidenceTier;
};

/** What evidence is weighed from: `threshold` is a share, `before` the tier said last, `null` when none was. */
export type EvidenceQuestion = {
  prior: RateBelief;
  counts: WindowCounts;
  threshold: number;
  before: EvidenceTier | null;
};

/** How likely a tutor must be above the threshold for a tier to be said, and below what likelihood it is taken back. */
export const TIER_LIMITS = { confirmed: { from: 0.9, until: 0.5 }, watch: { from: 0.5, until: 0.4 } } as const;
/** Own sessions that leave the rate open by more than this, as a share, are too few to call a tutor clear. */
const WIDEST_INTERVAL = 0.3;

/**
 * Weighs a tutor's sessions of the last 90 days against what tutors are like.
 *
 * One move in one session is a rate of 100 %, and says next to nothing: most tutors who moved their only session are
 * ordinary ones. So a tutor starts as what tutors are like (the `prior`, fitted to all of them each night), and each
 * own session counts against that. From both together follows how likely the true rate is above the threshold.
 *
 * Each tier has two limits, so that the word stays: it takes 90 % to say `confirmed` and less than 50 % to take it back,
 * 50 % to say `watch` and less than 40 % to take that back. In between, what was said before stands, so that seldom a single
 * session opens and closes it. Asking again with nothing new gives the same answer.
 *
 * Days on which something made everybody move sessions (`commonCauseDays`) are to be left out of the counts.
 * Source: the posterior of the beta-binomial, Casella 1985; the figures of this rule: docs/decisions/0010-evidence.md.
 *
 * @example
 * evidenceOf({ prior: { a: 2.04, b: 23.95 }, counts: { sessions: 85, reschedules: 20 }, threshold: 0.15, before: null })
 * // { expected_rate: 0.198…, interval: 0.139… to 0.264…, risk_probability: 0.907…, evidence: 'confirmed' }
 */
export function evidenceOf({ prior, counts, threshold, before }: EvidenceQuestion): Evidence {
  const belief = posteriorOf(prior, counts);
  const probability = probabilityAbove(belief, threshold);
  return {
    expected_rate: expectedRate(belief),
    interval: credibleInterval(belief),
    risk_probability: probability,
    evidence: evidenceTier(probability, counts, before),
  };
}

/**
 * The tier alone, for whoever replays many days: from the probability of being above the threshold, the counts behind
 * it and the tier said last.
 *
 * @example
 * evidenceTier(0.7, { sessions: 60, reschedules: 12 }, null)        // 'watch'
 * evidenceTier(0.7, { sessions: 60, reschedules: 12 }, 'confirmed') // 'confirmed': it stands
 */
export function evidenceTier(probability: number, counts: WindowCounts, before: EvidenceTier | null): EvidenceTier {
  // However sure the prior is: of who has no session nothing is said, and who moved none is not flagged.
  if (counts.sessions === 0) return 'too_few';
  if (counts.reschedules === 0) return isTooFew(counts) ? 'too_few' : 'clear';
  const { confirmed, watch } = TIER_LIMITS;
  const wasConfirmed = before === 'confirmed';
  if (probability >= (wasConfirmed ? confirmed.until : confirmed.from)) return 'confirmed';
  if (isTooFew(counts)) return 'too_few';
  return probability >= (wasConfirmed || before === 'watch' ? watch.until : watch.from) ? 'watch' : 'clear';
}

/** Whether a tier is one that a flag is raised for. */
export function isFlagged(tier: EvidenceTier): tier is 'confirmed' | 'watch' {
  return tier === 'confirmed' || tier === 'watch';
}

/** Whether the tutor's own sessions, without the prior, leave the rate wide open. */
function isTooFew(counts: WindowCounts): boolean {
  return counts.sessions < ALWAYS_ENOUGH && isWideOpen(counts);
}

/** The same for ever, and of a few hundred counts: who replays many nights asks it again and again. */
const isWideOpen = answeredOnce((counts) => {
  const own = jeffreysInterval(counts, 0.9);
  return own === null || own.upper - own.lower > WIDEST_INTERVAL;
});

/** From so many sessions on the interval is narrow enough whatever was moved, and need not be worked out. */
const ALWAYS_ENOUGH = 29;
