import type { WindowCounts } from './reschedule-rate.ts';

/**
 * How much tutors differ beyond chance. `centre` is the rate of all together, a share. `phi` is the mean square of
 * the z-scores: about 1 when chance explains everything. `tauSquared` is the variance between tutors on the arcsine
 * scale, 0 when there is none. `zScores` are one a tutor in the order given, `null` where there is no session.
 */
export type Overdispersion = { centre: number; phi: number; tauSquared: number; zScores: (number | null)[] };

/**
 * Measures over-dispersion for a funnel plot; `null` with fewer than two tutors that have sessions. The `winsorised`
 * share of the lowest and of the highest z-scores is drawn in to the next one first, so that the few tutors whom the
 * funnel is meant to show do not widen it until they hide in it.
 *
 * The arcsine scale is poor below about five sessions a tutor: leave such tutors out.
 * Source: Spiegelhalter 2005, Statistics in Medicine 24:1185; τ² by DerSimonian and Laird.
 *
 * @example overdispersion(counts)?.tauSquared // 0.0143… for ten tutors with φ = 6.04
 */
export function overdispersion(counts: readonly WindowCounts[], winsorised = 0.1): Overdispersion | null {
  const seen = counts.filter(({ sessions }) => sessions > 0);
  if (seen.length < 2) return null;
  const sessions = total(seen.map((each) => each.sessions));
  const centre = total(seen.map((each) => each.reschedules)) / sessions;
  const phi = meanSquare(
    winsorise(
      seen.map((each) => zScore(each, centre)),
      winsorised,
    ),
  );
  // Weights are one over the variance, 4n, of the arcsine of a square root.
  const weight = 4 * sessions - (4 * total(seen.map((each) => each.sessions ** 2))) / sessions;
  return {
    centre,
    phi,
    tauSquared: Math.max(0, seen.length * phi - (seen.length - 1)) / weight,
    zScores: counts.map((each) => (each.sessions === 0 ? null : zScore(each, centre))),
  };
}

/** How many standard deviations a rate lies from the centre, on the scale where its variance is 1/4n at any rate. */
function zScore({ sessions, reschedules }: WindowCounts, centre: number): number {
  return 2 * Math.sqrt(sessions) * (Math.asin(Math.sqrt(reschedules / sessions)) - Math.asin(Math.sqrt(centre)));
}

/** Draws so many at either end in to the next value. */
function winsorise(values: readonly number[], share: number): number[] {
  const ascending = values.toSorted((one, other) => one - other);
  const cut = Math.min(Math.floor(share * values.length), Math.floor((values.length - 1) / 2));
  const lowest = ascending[cut] ?? 0;
  const highest = ascending[values.length - 1 - cut] ?? 0;
  return values.map((value) => Math.min(highest, Math.max(lowest, value)));
}

function meanSquare(values: readonly number[]): number {
  return total(values.map((value) => value * value)) / values.length;
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
