import { deviance, stirlingError } from './log-gamma.ts';

/**
 * x^a · y^b / B(a, b) with y = 1 - x, for a, b > 0 and 0 < x < 1: the density of Beta(a, b) on the scale of log-odds,
 * and the factor that binomial probabilities and the incomplete beta function share. No units.
 * `y` is passed because 1 - x has lost its digits where x is close to 1.
 * Source: Loader 2000, the saddle-point form, exact to about 1e-14 also for a + b in the millions.
 *
 * @example betaKernel(0.5, 0.5, 1, 1) // 0.25
 */
export function betaKernel(x: number, y: number, a: number, b: number): number {
  const sum = a + b;
  const exponent =
    stirlingError(sum) - stirlingError(a) - stirlingError(b) - deviance(a, sum * x) - deviance(b, sum * y);
  return Math.sqrt((a / sum) * (b / (2 * Math.PI))) * Math.exp(exponent);
}
