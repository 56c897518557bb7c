/**
 * p-values adjusted for how many were looked at, in the order given: an adjusted value below 5 % is a finding that
 * chance alone would produce in fewer than 5 % of such searches, however many places were searched and however they
 * hang together. Each is between its own p-value and 1. None for none.
 * Source: Holm 1979, Scandinavian Journal of Statistics 6:65.
 *
 * @example adjustHolm([0.01, 0.04, 0.5]) // [0.03, 0.08, 0.5]
 */
export function adjustHolm(pValues: readonly number[]): number[] {
  const adjusted = pValues.map(() => 1);
  const ascending = [...pValues.entries()].sort(([, one], [, other]) => one - other);
  let reached = 0;
  for (const [rank, [index, p]] of ascending.entries()) {
    reached = Math.min(1, Math.max(reached, p * (pValues.length - rank)));
    adjusted[index] = reached;
  }
  return adjusted;
}
