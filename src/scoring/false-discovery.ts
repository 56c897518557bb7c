/**
 * p-values adjusted for the rate of false discoveries, in the order given: those whose adjusted value is at most 5 %
 * form a list of which about 5 % at most are there by chance. Each is between its own p-value and 1. None for none.
 * Source: Benjamini and Hochberg 1995, Journal of the Royal Statistical Society B 57:289.
 *
 * @example adjustBenjaminiHochberg([0.01, 0.04, 0.5]) // [0.03, 0.06, 0.5]
 */
export function adjustBenjaminiHochberg(pValues: readonly number[]): number[] {
  const adjusted = pValues.map(() => 1);
  const descending = [...pValues.entries()].sort(([, one], [, other]) => other - one);
  let reached = 1;
  for (const [rank, [index, p]] of descending.entries()) {
    reached = Math.min(reached, p * (pValues.length / (pValues.length - rank)));
    adjusted[index] = reached;
  }
  return adjusted;
}

/**
 * The longest list of tutors of whom at most `level`, a share, are expected to be wrongly on it: `probabilities` are
 * each tutor's probability of being above the threshold; the answer is their indices, most probable first. Empty
 * when not even the most probable one is sure enough. Equals come in the order given.
 * Source: Müller, Parmigiani, Robert, Rousseau 2004, Journal of the American Statistical Association 99:990.
 *
 * @example largestSureSet([0.99, 0.5, 0.93], 0.05) // [0, 2]: on average 4 % wrong; with the third it would be 19 %
 */
export function largestSureSet(probabilities: readonly number[], level = 0.05): number[] {
  const descending = [...probabilities.entries()].sort(([, one], [, other]) => other - one);
  const chosen: number[] = [];
  let expectedWrong = 0;
  for (const [index, probability] of descending) {
    expectedWrong += 1 - probability;
    // 1 - 0.95 is a hair above 0.05 in a double.
    if (expectedWrong > level * (chosen.length + 1) + 1e-12) break;
    chosen.push(index);
  }
  return chosen;
}
