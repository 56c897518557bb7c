import { scaleLinear } from 'd3-scale';
import { formatThreshold } from '#contract/format.ts';
import { BottomAxis, thresholdClass, thresholdLabelClass } from '../../ui/chart/axis.tsx';
import styles from './belief-chart.module.css';
import { formatExpectation } from './rate-series.ts';

/** A rate that is expected, and between which rates the true one lies with 90 %; per 100 sessions. */
export type Belief = { name: string; rate: number; lower: number; upper: number };

type BeliefChartProps = { own: Belief; usual: Belief; threshold: number; width: number };

export const BELIEF_HEIGHT = 132;
const TOP = 20;
const BOTTOM = 24;
const LEFT = 4;
const RIGHT = 24;
const ROW = 44;
const BAR = 10;

/** Two bars, one above the other: the tutor's rate and what is usual, with the threshold across both. */
export function BeliefChart({ own, usual, threshold, width }: BeliefChartProps) {
  const right = width - LEFT - RIGHT;
  const bottom = BELIEF_HEIGHT - TOP - BOTTOM;
  const x = scaleLinear([0, Math.max(own.upper, usual.upper, 1.3 * threshold, 1)], [0, right]).nice(5);
  const ticks = x.ticks(4);
  const at = x(threshold);
  const isFarRight = at > right / 2;
  return (
    <svg width={width} height={BELIEF_HEIGHT} aria-hidden="true">
      <g transform={`translate(${LEFT} ${TOP})`}>
        {ticks.map((tick) => (
          <line key={tick} className={styles.grid} x1={x(tick)} x2={x(tick)} y1={0} y2={bottom} />
        ))}
        <BottomAxis
          top={bottom}
          ticks={ticks.map((tick) => ({ at: x(tick), label: tick === ticks.at(-1) ? `${tick} %` : String(tick) }))}
        />
        <line className={thresholdClass} x1={at} x2={at} y1={-14} y2={bottom} />
        <text
          className={thresholdLabelClass}
          x={isFarRight ? at - 6 : at + 6}
          y={-6}
          textAnchor={isFarRight ? 'end' : 'start'}
        >
          threshold {formatThreshold(threshold)}
        </text>
        {[own, usual].map((belief, row) => (
          <g
            key={belief.name}
            className={row === 0 ? styles.own : styles.usual}
            transform={`translate(0 ${row * ROW})`}
          >
            <rect x={x(belief.lower)} width={Math.max(2, x(belief.upper) - x(belief.lower))} y={24} height={BAR} />
            <circle cx={x(belief.rate)} cy={24 + BAR / 2} r={5} />
            <text x={0} y={16}>
              {belief.name}: {formatExpectation(belief)}
            </text>
          </g>
        ))}
      </g>
    </svg>
  );
}
