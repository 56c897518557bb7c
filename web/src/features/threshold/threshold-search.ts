import { choice, type RawSearch, withoutDefaults } from '../../search.ts';

export const LEVELS = ['literal', 'flagged', 'confirmed'] as const;

/** What is asked, as an address in the API's own words; without a threshold it is about the stored one. */
export type ThresholdSearch = { risk_threshold?: number | undefined; level: (typeof LEVELS)[number] };

/** How the product raises flags. */
export const THRESHOLD_DEFAULTS = { level: 'flagged' } as const satisfies ThresholdSearch;

export function readThresholdSearch(raw: RawSearch): ThresholdSearch {
  return {
    risk_threshold: readThreshold(raw['risk_threshold']) ?? undefined,
    level: choice(raw['level'], LEVELS, THRESHOLD_DEFAULTS.level),
  };
}

/** A threshold as the API takes it, in per cent with at most two decimals; else `null`. */
export function readThreshold(raw: unknown): number | null {
  if (!/^\d{1,3}(\.\d{1,2})?$/.test(String(raw))) return null;
  const value = Number(raw);
  return value <= 100 ? value : null;
}

/** The same page with something changed, as an address. */
export function addressOf(search: ThresholdSearch, change: Partial<ThresholdSearch>): Partial<ThresholdSearch> {
  return withoutDefaults<ThresholdSearch>({ ...search, ...change }, THRESHOLD_DEFAULTS);
}
