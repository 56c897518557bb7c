import { gammaTails } from './incomplete-gamma.ts';

/**
 * P(Z ≤ z) for a standard normal Z. A small result keeps its digits: for an upper tail ask for -z.
 * Source: NIST DLMF 7.11.2, through the incomplete gamma function.
 *
 * @example normalCdf(1.96)  // 0.975…
 * @example normalCdf(-6)    // 9.86…e-10
 */
export function normalCdf(z: number): number {
  const { lower, upper } = gammaTails(0.5, (z * z) / 2);
  return z < 0 ? upper / 2 : 0.5 + lower / 2;
}

/**
 * The z with P(Z ≤ z) = p for a standard normal Z, relative error about 1e-16; -Infinity at p = 0, Infinity at 1.
 * Source: Wichura 1988, Algorithm AS 241 (PPND16), Applied Statistics 37:477.
 *
 * @example normalQuantile(0.975) // 1.959964…
 */
export function normalQuantile(p: number): number {
  if (p <= 0) return -Infinity;
  if (p >= 1) return Infinity;
  const centred = p - 0.5;
  if (Math.abs(centred) <= 0.425) {
    const r = 0.180625 - centred * centred;
    return (centred * polynomial(r, CENTRE_ABOVE)) / polynomial(r, CENTRE_BELOW);
  }
  const depth = Math.sqrt(-Math.log(Math.min(p, 1 - p)));
  const size =
    depth <= 5
      ? polynomial(depth - 1.6, TAIL_ABOVE) / polynomial(depth - 1.6, TAIL_BELOW)
      : polynomial(depth - 5, FAR_ABOVE) / polynomial(depth - 5, FAR_BELOW);
  return centred < 0 ? -size : size;
}

/** Coefficients from the constant one up. */
function polynomial(x: number, coefficients: readonly number[]): number {
  return coefficients.reduceRight((sum, coefficient) => sum * x + coefficient, 0);
}

const CENTRE_ABOVE = [
  3.3871328727963665, 133.14166789178438, 1971.5909503065513, 13731.69376550946, 45921.95393154987, 67265.7709270087,
  33430.57558358813, 2509.0809287301227,
];
const CENTRE_BELOW = [
  1, 42.31333070160091, 687.1870074920579, 5394.196021424751, 21213.794301586597, 39307.89580009271, 28729.085735721943,
  5226.495278852546,
];
const TAIL_ABOVE = [
  1.4234371107496835, 4.630337846156546, 5.769497221460691, 3.6478483247632045, 1.2704582524523684, 0.2417807251774506,
  0.022723844989269184, 0.0007745450142783414,
];
const TAIL_BELOW = [
  1, 2.053191626637759, 1.6763848301838038, 0.6897673349851, 0.14810397642748008, 0.015198666563616457,
  0.0005475938084995345, 1.0507500716444169e-9,
];
const FAR_ABOVE = [
  6.657904643501103, 5.463784911164114, 1.7848265399172913, 0.29656057182850487, 0.026532189526576124,
  0.0012426609473880784, 0.000027115555687434876, 2.0103343992922881e-7,
];
const FAR_BELOW = [
  1, 0.599832206555888, 0.1369298809227358, 0.014875361290850615, 0.0007868691311456133, 0.000018463183175100548,
  1.421511758316446e-7, 2.0442631033899397e-15,
];
