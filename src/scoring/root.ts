/**
 * Where a continuous function crosses zero between `low` and `high`, at which its signs differ (or it is zero),
 * to the last digits of a double. An end is the answer where the signs do not differ: the crossing nearest to the
 * bracket is then beyond that end.
 * Source: Chandrupatla 1997, Advances in Engineering Software 28:145: inverse quadratic steps where they are safe,
 * halving otherwise.
 *
 * @example findRoot((x) => x * x - 2, 0, 2) // 1.4142135…
 */
export function findRoot(f: (x: number) => number, low: number, high: number): number {
  let [a, b, c] = [high, low, high];
  let [fa, fb, fc] = [f(high), f(low), f(high)];
  if (fa * fb > 0) return Math.abs(fa) < Math.abs(fb) ? a : b;
  let share = 0.5;
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const x = a + share * (b - a);
    const fx = f(x);
    if (Math.sign(fx) === Math.sign(fa)) [c, fc] = [a, fa];
    else [c, fc, b, fb] = [b, fb, a, fa];
    [a, fa] = [x, fx];
    const [best, fBest] = Math.abs(fa) < Math.abs(fb) ? [a, fa] : [b, fb];
    const tolerance = (4e-16 * Math.abs(best) + 1e-300) / Math.abs(b - a);
    if (fBest === 0 || tolerance >= 0.5) return best;
    const wanted = isSmooth(a, b, c, fa, fb, fc) ? inverseQuadratic(a, b, c, fa, fb, fc) : 0.5;
    share = Math.min(1 - tolerance, Math.max(tolerance, wanted));
  }
  return a;
}

/** Beyond a hundred, where halving alone would be done. */
const MAX_ROUNDS = 200;

function isSmooth(a: number, b: number, c: number, fa: number, fb: number, fc: number): boolean {
  const place = (a - b) / (c - b);
  const height = (fa - fb) / (fc - fb);
  return height ** 2 < place && (1 - height) ** 2 < 1 - place;
}

function inverseQuadratic(a: number, b: number, c: number, fa: number, fb: number, fc: number): number {
  return (fa / (fb - fa)) * (fc / (fb - fc)) + ((c - a) / (b - a)) * (fa / (fc - fa)) * (fb / (fc - fb));
}
