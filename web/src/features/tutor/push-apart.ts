/**
 * Moves labels on a line so that neighbours are at least `gap` apart and all lie between `least` and `most`, each as
 * near to where it belongs as that allows; the order of the answer is that of the question.
 */
export function pushApart(wanted: readonly number[], gap: number, least: number, most: number): number[] {
  const order = wanted.map((at, index) => ({ at, index })).sort((a, b) => a.at - b.at);
  let floor = least;
  for (const label of order) {
    label.at = Math.max(label.at, floor);
    floor = label.at + gap;
  }
  let ceiling = most;
  for (const label of order.toReversed()) {
    label.at = Math.min(label.at, ceiling);
    ceiling = label.at - gap;
  }
  return order.sort((a, b) => a.index - b.index).map(({ at }) => at);
}
