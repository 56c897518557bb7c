import { betaKernel } from './beta-kernel.ts';
import { continuedFraction } from './continued-fraction.ts';
import { normalQuantile } from './normal.ts';

/**
 * P(X ≤ x) for X ~ Beta(a, b), a, b > 0: the regularised incomplete beta function I_x(a, b), a probability.
 * 0 at x ≤ 0, 1 at x ≥ 1. A small result keeps its digits down to 1e-300.
 * Source: continued fraction, NIST DLMF 8.17.22, evaluated by Lentz's method.
 *
 * @example betaCdf(0.15, 2.04, 23.95) // 0.902…: how sure the marketplace is that a new tutor stays below 15 %
 */
export function betaCdf(x: number, a: number, b: number): number {
  return tails(x, 1 - x, a, b).lower;
}

/**
 * P(X > x) for X ~ Beta(a, b), a, b > 0. A small result keeps its digits, which 1 - betaCdf would lose.
 *
 * @example betaUpperTail(0.15, 3.04, 23.95) // 0.237…
 */
export function betaUpperTail(x: number, a: number, b: number): number {
  return tails(x, 1 - x, a, b).upper;
}

/**
 * The x with P(X ≤ x) = p for X ~ Beta(a, b), a, b > 0 and p a probability: the inverse of `betaCdf`.
 * 0 at p = 0 and 1 at p = 1, whatever a and b.
 *
 * On the scale of log-odds the logarithm of a tail is concave, so that Newton's method cannot wander; a step that
 * leaves the bracket is replaced by halving it.
 *
 * @example betaQuantile(0.95, 2.04, 23.95) // 0.178…
 */
export function betaQuantile(p: number, a: number, b: number): number {
  if (p <= 0) return 0;
  if (p >= 1) return 1;
  let [low, high] = [-MAX_LOG_ODDS, MAX_LOG_ODDS];
  const guess = Math.log(a / b) + normalQuantile(p) * Math.sqrt(1 / a + 1 / b);
  let logOdds = Math.max(-MAX_GUESS, Math.min(MAX_GUESS, guess));
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const { x, y } = fromLogOdds(logOdds);
    const { lower, upper } = tails(x, y, a, b);
    // The smaller tail decides: the larger one has the digits of 1, not its own.
    const [tail, wanted, direction] = p < 0.5 ? [lower, p, 1] : [upper, 1 - p, -1];
    const gap = direction * Math.log(tail / wanted);
    if (gap < 0) low = logOdds;
    else high = logOdds;
    const next = logOdds - (gap * tail) / betaKernel(x, y, a, b);
    const isInside = next > low && next < high;
    const moved = isInside ? next : (low + high) / 2;
    if (Math.abs(moved - logOdds) <= 1e-15 * Math.max(1, Math.abs(logOdds))) break;
    logOdds = moved;
  }
  return fromLogOdds(logOdds).x;
}

/** Beyond these log-odds a share is 0 or 1 in a double. */
const MAX_LOG_ODDS = 740;
/** A first guess farther out is worse than none. */
const MAX_GUESS = 30;
const MAX_ROUNDS = 200;

function fromLogOdds(logOdds: number): { x: number; y: number } {
  return { x: 1 / (1 + Math.exp(-logOdds)), y: 1 / (1 + Math.exp(logOdds)) };
}

/** Both tails at once: the fraction converges fast on the side of the mean where x lies; the other is the rest. */
function tails(x: number, y: number, a: number, b: number): { lower: number; upper: number } {
  if (x <= 0) return { lower: 0, upper: 1 };
  if (y <= 0) return { lower: 1, upper: 0 };
  const kernel = betaKernel(x, y, a, b);
  if (x < (a + 1) / (a + b + 2)) {
    const lower = Math.min(1, (kernel * fraction(x, a, b)) / a);
    return { lower, upper: 1 - lower };
  }
  const upper = Math.min(1, (kernel * fraction(y, b, a)) / b);
  return { lower: 1 - upper, upper };
}

/** 1 / (1 + d₁ / (1 + d₂ / …)). The number of terms grows with the square root of the larger of a and b. */
function fraction(x: number, a: number, b: number): number {
  return continuedFraction(1, (n) => {
    const m = Math.floor(n / 2);
    const above = n % 2 === 0 ? m * (b - m) * x : -(a + m) * (a + b + m) * x;
    return { numerator: above / ((a + n - 1) * (a + n)), denominator: 1 };
  });
}
