import { area } from 'd3-shape';
import type { Scales } from './rate-scales.ts';
import type { RatePoint } from './rate-series.ts';
import styles from './rates-chart.module.css';

/** Where the true rate lay with 90 %, day by day. */
export function ExpectedBand({ points, scales: { x, y } }: { points: readonly RatePoint[]; scales: Scales }) {
  const path = area<RatePoint>(
    ({ at }) => x(at),
    ({ weighed }) => y(weighed?.lower ?? 0),
    ({ weighed }) => y(weighed?.upper ?? 0),
  ).defined(({ weighed }) => weighed !== null)(points);
  return <path className={styles.expected} data-band="expected" d={path ?? ''} />;
}
