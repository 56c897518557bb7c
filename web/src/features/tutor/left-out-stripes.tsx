import type { ScaleTime } from 'd3-scale';
import styles from './rates-chart.module.css';

type LeftOutStripesProps = { days: readonly { day: string }[]; x: ScaleTime<number, number>; height: number };

const HALF_DAY_MS = 12 * 60 * 60 * 1000;
const LEAST_WIDTH = 3;

/** Where a day with a common cause is left out. Days of the business are drawn as days in UTC: nobody sees the hours. */
export function LeftOutStripes({ days, x, height }: LeftOutStripesProps) {
  const [left = 0, right = 0] = x.range();
  return days.map(({ day }) => {
    const noon = new Date(`${day}T12:00:00Z`).getTime();
    const width = Math.max(LEAST_WIDTH, x(noon + HALF_DAY_MS) - x(noon - HALF_DAY_MS));
    const from = Math.min(Math.max(left, x(noon) - width / 2), right - width);
    return <rect key={day} className={styles.leftOut} data-day={day} x={from} width={width} y={0} height={height} />;
  });
}
