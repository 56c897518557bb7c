import { binomialCdf, binomialProbability } from './binomial.ts';
import type { Interval } from './interval.ts';
import { normalQuantile } from './normal.ts';

/** The two pairs of limits of a funnel plot: warning (95 %) and alarm (99.8 %), as shares. */
export const FUNNEL_COVERAGES = [0.95, 0.998] as const;

/**
 * Between which rates (shares from 0 to 1) a tutor with so many sessions lies with probability `coverage` when the
 * true rate is `centre`, that of all tutors: what chance alone does. A lower limit of 0 is no limit. `null` without
 * sessions. To draw the funnel, ask for many numbers of sessions; the limits are smooth enough for a line.
 *
 * @example funnelLimits(0.08, 85, 0.95)  // 0.0211… to 0.1368…
 * @example funnelLimits(0.08, 10, 0.998) // 0 to 0.3920…
 */
export function funnelLimits(centre: number, sessions: number, coverage: number): Interval | null {
  if (sessions === 0) return null;
  const tail = (1 - coverage) / 2;
  return {
    lower: Math.max(0, exactLimit(centre, sessions, tail)),
    upper: Math.max(0, exactLimit(centre, sessions, 1 - tail)),
  };
}

/**
 * One limit of the exact binomial, interpolated between whole counts, as a share; below 0 where no count is low
 * enough to be out of limits. With r the least count whose P(X ≤ r) is above p, it lies between r - 1 and r.
 * Source: Spiegelhalter 2005, Statistics in Medicine 24:1185, appendix A.1.1.
 *
 * @example exactLimit(0.08, 27, 0.975) // 0.1789…
 * @example exactLimit(0.08, 27, 0.025) // -0.0282…
 */
export function exactLimit(centre: number, sessions: number, p: number): number {
  let [below, count] = [-1, sessions];
  while (count - below > 1) {
    const middle = Math.floor((below + count) / 2);
    if (binomialCdf(middle, sessions, centre) > p) count = middle;
    else below = middle;
  }
  const excess = binomialCdf(count, sessions, centre) - p;
  return (count - excess / binomialProbability(count, sessions, centre)) / sessions;
}

/**
 * The limits when tutors differ by more than chance in ways nobody is to blame for: `tauSquared`, from
 * `overdispersion`, widens them. With 0 they are those of the normal approximation on the arcsine scale. `null`
 * without sessions.
 * Source: Spiegelhalter 2005; sin²(asin √centre ± z √(1/4N + τ²)).
 *
 * @example overdispersedLimits(0.344, 100, 0.95, 0.0144) // 0.132… to 0.595…
 */
export function overdispersedLimits(
  centre: number,
  sessions: number,
  coverage: number,
  tauSquared: number,
): Interval | null {
  if (sessions === 0) return null;
  const angle = Math.asin(Math.sqrt(centre));
  const reach = normalQuantile((1 + coverage) / 2) * Math.sqrt(1 / (4 * sessions) + tauSquared);
  return {
    lower: Math.sin(Math.max(0, angle - reach)) ** 2,
    upper: Math.sin(Math.min(Math.PI / 2, angle + reach)) ** 2,
  };
}
