/** The n-th step of a continued fraction: `numerator / (denominator + …)`, from n = 1. */
type Step = (n: number) => { numerator: number; denominator: number };

const MAX_TERMS = 200_000;

/**
 * The value of `1 / (first + numerator₁ / (denominator₁ + numerator₂ / (denominator₂ + …)))`, to the last digits of a
 * double, by the method of Lentz, which needs no end to begin from.
 *
 * Source: Lentz 1976; Thompson and Barnett 1986 (the guard against zero); NIST DLMF 3.10.
 *
 * @example continuedFraction(1, () => ({ numerator: 1, denominator: 1 })) // 0.618…, one over the golden ratio
 */
export function continuedFraction(first: number, step: Step): number {
  let c = 1e300;
  let d = 1 / apart(first);
  let value = d;
  for (let n = 1; n < MAX_TERMS; n += 1) {
    const { numerator, denominator } = step(n);
    d = 1 / apart(numerator * d + denominator);
    c = apart(denominator + numerator / c);
    const change = d * c;
    value *= change;
    if (Math.abs(change - 1) <= 3e-16) break;
  }
  return value;
}

/** Nothing is divided by zero. */
function apart(value: number): number {
  return Math.abs(value) < 1e-300 ? 1e-300 : value;
}
