import { FLAG_LEVELS, type FlagLevel, readThreshold } from '#contract/threshold-question.ts';
import { choice, type RawSearch, withoutDefaults } from '../../search.ts';

/** What is asked, as an address in the API's own words; without a threshold it is about the stored one. */
export type ThresholdSearch = { risk_threshold?: number | undefined; level: FlagLevel };

/** How the product raises flags. */
export const THRESHOLD_DEFAULTS = { level: 'flagged' } as const satisfies ThresholdSearch;

export function readThresholdSearch(raw: RawSearch): ThresholdSearch {
  return {
    risk_threshold: readThreshold(String(raw['risk_threshold'])) ?? undefined,
    level: choice(raw['level'], FLAG_LEVELS, THRESHOLD_DEFAULTS.level),
  };
}

/** The same page with something changed, as an address. */
export function addressOf(search: ThresholdSearch, change: Partial<ThresholdSearch>): Partial<ThresholdSearch> {
  return withoutDefaults<ThresholdSearch>({ ...search, ...change }, THRESHOLD_DEFAULTS);
}
