import type { ScaleLinear } from 'd3-scale';
import styles from './chart.module.css';

/** Enough to read a value off, few enough to stay in the background. */
const MOST_TICKS = 5;

const NUMBERS = new Intl.NumberFormat('en-US');

type Tick = { at: number; label: string };

/** Values along the left edge, each with a hairline across; the unit stands once, at the topmost. */
export function LeftAxis({ scale, unit, right }: { scale: ScaleLinear<number, number>; unit: string; right: number }) {
  const many = scale.ticks(4);
  const ticks = many.length > MOST_TICKS ? scale.ticks(3) : many;
  return (
    <g aria-hidden="true">
      {ticks.map((value) => (
        <g key={value} transform={`translate(0 ${scale(value)})`}>
          <line className={styles.grid} x1={0} x2={right} />
          <text className={styles.axis} x={-8} dy="0.32em" textAnchor="end">
            {value === ticks.at(-1) ? `${NUMBERS.format(value)} ${unit}` : NUMBERS.format(value)}
          </text>
        </g>
      ))}
    </g>
  );
}

/** Labels below the drawing. */
export function BottomAxis({ ticks, top }: { ticks: readonly Tick[]; top: number }) {
  return (
    <g aria-hidden="true" transform={`translate(0 ${top})`}>
      {ticks.map(({ at, label }) => (
        <text key={at} className={styles.axis} x={at} y={18} textAnchor="middle">
          {label}
        </text>
      ))}
    </g>
  );
}

export const thresholdClass = styles.threshold;
export const thresholdLabelClass = styles.thresholdLabel;
