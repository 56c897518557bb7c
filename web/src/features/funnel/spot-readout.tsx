import { formatCounts, formatRate } from '#contract/format.ts';
import styles from './funnel-plot.module.css';
import type { Spot } from './spots.ts';
import { describePlace, describeTier, describeTiers, type Limits, namesAt } from './words.ts';

/** Who stands at a place, with rate and counts, and how sure it is. */
export function SpotReadout({ spot, limits }: { spot: Spot | undefined; limits: Limits }) {
  const tutor = spot?.tutors[0];
  if (spot === undefined || tutor === undefined) return null;
  return (
    <>
      <span className={styles.who}>
        <bdi>{namesAt(spot)}</bdi>
      </span>
      <span>
        <b>{formatRate(spot)}</b> {formatCounts(spot)}
      </span>
      <span>{spot.tutors.length === 1 ? describeTier(tutor) : describeTiers(spot)}</span>
      <span>{describePlace(tutor, limits)}</span>
    </>
  );
}
