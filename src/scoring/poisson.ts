import { gammaTails } from './incomplete-gamma.ts';

/**
 * P(X ≤ k) for a Poisson count X of the given mean: the chance of at most k events where `mean` are expected.
 * 0 for k < 0; 1 where nothing is expected.
 * Source: NIST DLMF 8.4.10, through the incomplete gamma function.
 *
 * @example poissonCdf(2, 2.5) // 0.543…
 */
export function poissonCdf(k: number, mean: number): number {
  if (k < 0) return 0;
  return gammaTails(Math.floor(k) + 1, mean).upper;
}

/**
 * P(X ≥ k) for a Poisson count X of the given mean. A small result keeps its digits, which 1 - poissonCdf would lose.
 *
 * @example poissonUpperTail(3, 2.5) // 0.456…
 */
export function poissonUpperTail(k: number, mean: number): number {
  if (k <= 0) return 1;
  return gammaTails(Math.ceil(k), mean).lower;
}
