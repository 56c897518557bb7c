/** How many are flagged by a threshold, in per cent. */
type Step = { risk_threshold: number; flagged: number };

/** The curve with what is told beside it in its places, as far as the curve goes; by threshold. */
export function curveThrough(curve: readonly Step[], told: readonly Step[]): Step[] {
  const end = Math.max(...curve.map(({ risk_threshold }) => risk_threshold));
  const steps = new Map<number, Step>();
  for (const step of [...curve, ...told.filter(({ risk_threshold }) => risk_threshold <= end)]) {
    steps.set(step.risk_threshold, step);
  }
  return [...steps.values()].toSorted((one, other) => one.risk_threshold - other.risk_threshold);
}
