/** What raises a flag: the literal rule, watch or confirmed (as the product does), or confirmed alone. */
export const FLAG_LEVELS = ['literal', 'flagged', 'confirmed'] as const;

export type FlagLevel = (typeof FLAG_LEVELS)[number];

export const THRESHOLD_RULE = 'must be a number from 0 to 100 with at most two decimals';

/** A threshold in per cent as somebody wrote it, in an address or a field; `null` when it breaks the rule. */
export function readThreshold(text: string): number | null {
  if (!/^\d{1,3}(\.\d{1,2})?$/.test(text)) return null;
  const value = Number(text);
  return value <= 100 ? value : null;
}
