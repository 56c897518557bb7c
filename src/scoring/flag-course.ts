/** How many tutors are flagged at the end of a day, and how many of the flags opened and closed since the day before. */
export type FlagDay = { flagged: number; opened: number; closed: number };

/**
 * What became of the flags from one night to the next, by tutor in the same order.
 *
 * @example flagDay([true, true, false], [true, false, true]) // { flagged: 2, opened: 1, closed: 1 }
 */
export function flagDay(before: readonly boolean[], now: readonly boolean[]): FlagDay {
  const day = { flagged: 0, opened: 0, closed: 0 };
  for (const [tutor, isFlagged] of now.entries()) {
    if (isFlagged) day.flagged += 1;
    if (isFlagged !== (before[tutor] ?? false)) day[isFlagged ? 'opened' : 'closed'] += 1;
  }
  return day;
}

/**
 * How many tutors are to be expected above the threshold, how many flags to be wrong, and how many of those above to be
 * missed. Expected numbers, with decimals.
 */
export type ExpectedMistakes = { above: number; wrong: number; missed: number };

/**
 * The mistakes to expect of flags, from how likely each tutor is above the threshold: ten tutors flagged at 90 % each are
 * nine right ones and a wrong one. `null` is a tutor without sessions, who is neither found nor missed.
 *
 * @example expectedMistakes([true, false], [0.9, 0.2]) // { above: 1.1, wrong: 0.1, missed: 0.2 }
 */
export function expectedMistakes(
  flags: readonly boolean[],
  probabilities: readonly (number | null)[],
): ExpectedMistakes {
  const expected = { above: 0, wrong: 0, missed: 0 };
  for (const [tutor, probability] of probabilities.entries()) {
    if (probability === null) continue;
    expected.above += probability;
    if (flags[tutor] === true) expected.wrong += 1 - probability;
    else expected.missed += probability;
  }
  return expected;
}
