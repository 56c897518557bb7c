import { formatEstimate, formatRange } from '#contract/format.ts';
import type { TutorListItem } from '#contract/tutors.ts';

type Interval = Pick<TutorListItem, 'expected_rate_lower' | 'expected_rate_upper'>;

/** "20 %", of a rate that is expected and not counted: more digits would claim too much. */
export function formatExpected(rate: number): string {
  return `${formatEstimate(rate)} %`;
}

/** "14 to 26 %", where the true rate lies with 90 %; nothing while it is not weighed. */
export function formatInterval({ expected_rate_lower, expected_rate_upper }: Interval): string | null {
  if (expected_rate_lower === null || expected_rate_upper === null) return null;
  return formatRange(expected_rate_lower, expected_rate_upper);
}
