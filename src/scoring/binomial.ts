import { betaKernel } from './beta-kernel.ts';
import { betaCdf, betaUpperTail } from './incomplete-beta.ts';

/**
 * P(X ≤ k) for X ~ Bin(n, p): the chance of at most k moves in n sessions that are each moved with chance p.
 * 0 for k < 0, 1 for k ≥ n. A small result keeps its digits.
 * Source: NIST DLMF 8.17.5, through the incomplete beta function.
 *
 * @example binomialCdf(2, 5, 0.2) // 0.94208
 */
export function binomialCdf(k: number, n: number, p: number): number {
  if (k < 0) return 0;
  if (k >= n) return 1;
  return betaUpperTail(p, Math.floor(k) + 1, n - Math.floor(k));
}

/**
 * P(X ≥ k) for X ~ Bin(n, p): the chance of at least k moves. A small result keeps its digits, which
 * 1 - binomialCdf would lose.
 *
 * @example binomialUpperTail(3, 5, 0.2)   // 0.05792
 * @example binomialUpperTail(12, 20, 0.2) // 0.000101…
 */
export function binomialUpperTail(k: number, n: number, p: number): number {
  if (k <= 0) return 1;
  if (k > n) return 0;
  return betaCdf(p, Math.ceil(k), n - Math.ceil(k) + 1);
}

/**
 * P(X = k) for X ~ Bin(n, p) and whole k from 0 to n.
 *
 * @example binomialProbability(3, 5, 0.2) // 0.0512
 */
export function binomialProbability(k: number, n: number, p: number): number {
  if (k === 0) return (1 - p) ** n;
  if (k === n) return p ** n;
  if (p <= 0 || p >= 1) return 0;
  return betaKernel(p, 1 - p, k, n - k) * (n / k / (n - k));
}

/**
 * P(X > k) + ½ P(X = k) for X ~ Bin(n, p): the upper mid-P. An exact tail counts the whole of what was seen and so
 * errs on the side of silence; the mid-P counts half of it. The lower mid-P is 1 minus this one.
 * Source: Lancaster 1961, Significance Tests in Discrete Distributions.
 *
 * @example binomialMidP(3, 5, 0.2) // 0.03232
 */
export function binomialMidP(k: number, n: number, p: number): number {
  return binomialUpperTail(k, n, p) - binomialProbability(k, n, p) / 2;
}
