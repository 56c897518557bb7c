import { continuedFraction } from './continued-fraction.ts';
import { deviance, stirlingError } from './log-gamma.ts';

/**
 * The regularised incomplete gamma functions P(a, x) and Q(a, x) = 1 - P, for a > 0 and x ≥ 0: the chance that a
 * gamma variable of shape a lies below x, and above it. Each keeps its digits where it is small.
 * Source: series NIST DLMF 8.11.4 below the mean, continued fraction 8.9.2 (Lentz's method) above it.
 *
 * @example gammaTails(1, 2) // { lower: 0.864…, upper: 0.135… }: 1 - e⁻² and e⁻²
 */
export function gammaTails(a: number, x: number): { lower: number; upper: number } {
  if (x <= 0) return { lower: 0, upper: 1 };
  // x^a e^-x / Γ(a + 1), which for whole a is the Poisson probability of a.
  const kernel = Math.exp(-stirlingError(a) - deviance(a, x)) / Math.sqrt(2 * Math.PI * a);
  if (x < a + 1) {
    const lower = Math.min(1, kernel * series(a, x));
    return { lower, upper: 1 - lower };
  }
  const upper = Math.min(1, kernel * a * fraction(a, x));
  return { lower: 1 - upper, upper };
}

function series(a: number, x: number): number {
  let term = 1;
  let sum = 1;
  for (let n = 1; n < MAX_TERMS && term > sum * 1e-17; n += 1) {
    term *= x / (a + n);
    sum += term;
  }
  return sum;
}

function fraction(a: number, x: number): number {
  return continuedFraction(x + 1 - a, (n) => ({ numerator: -n * (n - a), denominator: x + 1 - a + 2 * n }));
}

const MAX_TERMS = 100_000;
