/**
 * The natural logarithm of the gamma function, ln Γ(x), for x > 0; Γ(n + 1) is n! for whole n.
 * Right to about 1e-15, relative or absolute, whichever is looser: near x = 1 and x = 2, where it is zero, absolute.
 * Source: Stirling's series, NIST DLMF 5.11.1.
 *
 * @example logGamma(5)   // 3.178…: ln 24
 * @example logGamma(0.5) // 0.572…: ln √π
 */
export function logGamma(x: number): number {
  return (x - 0.5) * Math.log(x) - x + HALF_LOG_TWO_PI + stirlingError(x);
}

/**
 * What Stirling's formula leaves out of ln Γ(x), for x > 0. Probabilities are made of this small remainder and of
 * `deviance`: the large logarithms of the gamma function, which would cancel to noise, never appear.
 * Source: Loader 2000, Fast and Accurate Computation of Binomial Probabilities.
 *
 * @example stirlingError(10) // 0.00833…: nearly 1/120
 */
export function stirlingError(x: number): number {
  let error = 0;
  let at = x;
  // The series is exact to a double from 15 on; below, one step of Γ(x + 1) = x Γ(x) after another.
  for (; at < 15; at += 1) error += (at + 0.5) * Math.log1p(1 / at) - 1;
  const square = 1 / (at * at);
  return error + (1 / 12 - square * (1 / 360 - square * (1 / 1260 - square * (1 / 1680 - square / 1188)))) / at;
}

/**
 * x·ln(x/mean) + mean - x: how far a count lies from its mean, in units of log-likelihood; 0 where they are equal.
 * Both are above 0. Near the mean a series takes the place of the difference, which would lose its digits.
 *
 * @example deviance(8, 8)  // 0
 * @example deviance(20, 8) // 6.325…
 */
export function deviance(x: number, mean: number): number {
  const difference = x - mean;
  if (Math.abs(difference) >= 0.1 * (x + mean)) return x * Math.log(x / mean) - difference;
  const ratio = difference / (x + mean);
  let sum = difference * ratio;
  let term = 2 * x * ratio;
  for (let odd = 3; ; odd += 2) {
    term *= ratio * ratio;
    const next = sum + term / odd;
    if (next === sum) return sum;
    sum = next;
  }
}

const HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);
