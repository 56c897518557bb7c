/** One target beside what was reached. `excluded`: other targets, or the options, make it impossible. */
export type AuditRow = {
  target: string;
  wanted: string;
  reached: string;
  outcome: 'ok' | 'missed' | 'excluded';
  /** Why, or within which tolerance; may be empty. */
  note: string;
};

type Share = { target: string; part: number; whole: number; wanted: number; tolerancePoints: number };

/** A yes or no. */
export function row(target: string, wanted: string, reached: string, isReached: boolean, note = ''): AuditRow {
  return { target, wanted, reached, outcome: isReached ? 'ok' : 'missed', note };
}

/** A target that cannot be judged here, and why. */
export function excludedRow(target: string, wanted: string, reached: string, note: string): AuditRow {
  return { target, wanted, reached, outcome: 'excluded', note };
}

/** A share of a whole, within percentage points; one unit is always allowed, as units are whole. */
export function shareRow({ target, part, whole, wanted, tolerancePoints }: Share): AuditRow {
  const wantedText = percent(wanted, 1);
  if (whole === 0) return excludedRow(target, wantedText, 'none', 'there is nothing to share out');
  const tolerance = Math.max(tolerancePoints / 100, 1 / whole);
  // The last bits of a double must not decide.
  const isReached = Math.abs(part / whole - wanted) <= tolerance + 1e-9;
  const note = `within ${(100 * tolerance).toFixed(1)} points`;
  return row(target, wantedText, `${percent(part, whole)} (${part} of ${whole})`, isReached, note);
}

export function percent(part: number, whole: number): string {
  return whole === 0 ? 'none' : `${((100 * part) / whole).toFixed(1)} %`;
}
